"""The carrier proves: begin, save, sign with two persons, submit; the authority orders an interim proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit, files
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.core.versions import claim_version
from verbund.funding import letters, notifications, proof_clocks, proof_sources, queries
from verbund.funding.lifecycle import PROOF, ApplicationStatus
from verbund.funding.models import GrantApplication, GrantNotice, ProofLine, ProofOfUse, ProofSubmission
from verbund.funding.operations.decisions import ReasonMissing
from verbund.funding.operations.payments import locked_grant
from verbund.funding.operations.reviews import DeadlineTooEarly, refuse_conflict


class NothingToProve(DomainError):
    """Nothing is granted, so nothing is to be proved."""


class ProofExists(DomainError):
    """A grant has one final proof, and one interim proof at a time."""


class ProofNotEditable(DomainError):
    """What is signed or submitted does not change."""


class ProofIncomplete(DomainError):
    """Something is missing; `missing` lists it."""

    def __init__(self, missing: list[str]):
        self.missing = missing
        super().__init__(" ".join(missing))


class PeriodNotOver(DomainError):
    """A grant is proved in full once its period has ended."""


@dataclass(frozen=True)
class Spending:
    """What a carrier says about one line: euros spent, person months of a post, and why they differ."""

    spent: Decimal | None
    months: Decimal | None
    explanation: str


@dataclass(frozen=True)
class AuditConfirmation:
    """Whether the carrier has an audit office of its own, which, when it confirmed, and a PDF if one is added."""

    exists: bool | None
    office: str = ""
    confirmed_on: date | None = None
    upload: object | None = None


@transaction.atomic
def begin_proof(application: GrantApplication, *, on: date, actor: Actor) -> ProofOfUse:
    """Begin the final proof, filled from the valid notice and the posts. Raises NothingToProve or ProofExists."""
    notice = _granted(locked_grant(application.pk))
    try:
        with transaction.atomic():
            proof = ProofOfUse.objects.create(
                application=application, notice=notice, status_since=on, saved_by=actor.user, saved_at=timezone.now()
            )
    except IntegrityError as taken:
        raise ProofExists(_("Zu dieser Zuwendung gibt es schon einen Verwendungsnachweis.")) from taken
    bring_up_to_date(proof)
    audit.record("begin_proof", proof, actor=actor, after={"status": proof.status, "version": notice.version})
    return proof


@transaction.atomic
def order_interim_proof(
    application: GrantApplication, *, due_on: date, reason: str, on: date, actor: Actor
) -> ProofOfUse:
    """Order an interim proof for a day. Raises ConflictOfInterest, DeadlineTooEarly, ReasonMissing or ProofExists."""
    notice = _granted(locked_grant(application.pk))
    refuse_conflict(application, actor=actor)
    if due_on <= on:
        raise DeadlineTooEarly(_("Die Frist muss nach heute liegen."), field="due_on")
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund; er steht in der Anordnung."), field="reason")
    try:
        with transaction.atomic():
            proof = ProofOfUse.objects.create(
                application=application,
                notice=notice,
                kind=ProofOfUse.Kind.INTERIM,
                status_since=on,
                due_on=due_on,
                order_reason=reason,
                ordered_on=on,
                officer=actor.user,
                **actor.signs("ordered"),
            )
    except IntegrityError as taken:
        raise ProofExists(_("Ein Zwischennachweis ist schon angeordnet und noch offen.")) from taken
    bring_up_to_date(proof)
    proof_clocks.interim_ordered(proof, on=on, actor=actor)
    audit.record("order_interim_proof", proof, actor=actor, after={"due_on": due_on, "reason": reason})
    notifications.tell_carrier_about_interim_proof(proof)
    return proof


def _granted(application: GrantApplication) -> GrantNotice:
    notice = queries.valid_notice(application)
    if application.status != ApplicationStatus.GRANTED or notice is None:
        raise NothingToProve(_("Zu diesem Antrag gibt es keine Bewilligung, also nichts nachzuweisen."))
    return notice


def bring_up_to_date(proof: ProofOfUse) -> None:
    """Judge a proof by the version of the notice that counts now: its items and caps; what was typed stays.

    Call within the transaction of an act, with the grant locked.
    """
    notice = queries.valid_notice(proof.application)
    known = {(line.year, line.item): line for line in proof.lines.all()}
    for granted in proof_sources.granted_items(notice):
        line = known.pop((granted.year, granted.item), None)
        values = {
            "label": granted.label,
            "group": granted.group,
            "amount_granted": granted.amount,
            "months_granted": granted.months,
            "months_known": granted.months_known,
        }
        if line is None:
            key = {"year": granted.year, "item": granted.item}
            ProofLine.objects.create(proof=proof, **key, **values, months=granted.months_known)
            continue
        for name, value in values.items():
            setattr(line, name, value)
        line.save(update_fields=list(values))
    for line in known.values():  # no longer granted
        line.amount_granted, line.months_granted = Decimal("0.00"), line.months_granted and Decimal(0)
        line.save(update_fields=["amount_granted", "months_granted"])
    if proof.notice_id != notice.pk:
        proof.notice = notice
        proof.save(update_fields=["notice"])
    _recognise(proof)


def _recognise(proof: ProofOfUse) -> None:
    for lines, recognition in proof_sources.recognised(proof.notice, list(proof.lines.all())):
        for line, amount in zip(lines, recognition.items, strict=True):
            line.amount_recognised, line.amount_accepted, line.cut_reason = amount, None, ""
            line.save(update_fields=["amount_recognised", "amount_accepted", "cut_reason"])


@transaction.atomic
def save_proof(
    proof: ProofOfUse,
    *,
    lines: Mapping[int, Spending],
    narrative: str,
    audit_confirmation: AuditConfirmation,
    is_declared: bool,
    seen_version: int,
    actor: Actor,
) -> None:
    """Save what was typed, complete or not; `lines` by the key of the line, foreign keys are ignored.

    Raises ProofNotEditable, UnacceptableFile, or StaleVersion when somebody else saved since `seen_version`.
    """
    locked_grant(proof.application_id)
    _refuse_unless_editable(proof)
    claim_version(proof, seen_version)
    before = content_of(proof)
    for line in proof.lines.filter(pk__in=lines):
        typed = lines[line.pk]
        line.amount_spent, line.explanation = typed.spent, typed.explanation
        line.months = typed.months if line.is_post else None
        line.save(update_fields=["amount_spent", "explanation", "months"])
    changes = {
        "narrative": narrative,
        "has_audit_office": audit_confirmation.exists,
        "audit_office": audit_confirmation.office if audit_confirmation.exists else "",
        "audit_confirmed_on": audit_confirmation.confirmed_on if audit_confirmation.exists else None,
        "is_declared": is_declared,
        "saved_by": actor.user,
        "saved_at": timezone.now(),
    }
    if not audit_confirmation.exists:
        changes["audit_confirmation"] = None
    elif audit_confirmation.upload is not None:
        content = files.check_upload(audit_confirmation.upload)
        name = audit_confirmation.upload.name
        changes["audit_confirmation"] = files.store(content, name=name, kind="AUDIT_CONFIRMATION")
    for name, value in changes.items():
        setattr(proof, name, value)
    proof.save(update_fields=list(changes))
    bring_up_to_date(proof)
    after = content_of(proof)
    changed = {name for name in after if before.get(name) != after[name]}
    if changed:
        seen = {name: before.get(name, "") for name in changed}
        audit.record("save_proof", proof, actor=actor, before=seen, after={name: after[name] for name in changed})


def _refuse_unless_editable(proof: ProofOfUse) -> None:
    fresh = locking(ProofOfUse.objects).get(pk=proof.pk)
    if not fresh.is_editable:
        raise ProofNotEditable(
            _("Der Nachweis ist im Stand „%(status)s“ und kann nicht geändert werden.")
            % {"status": fresh.get_status_display()}
        )


def content_of(proof: ProofOfUse) -> dict:
    """Return what a proof says as JSON values, for the trail and a submission: one entry for each line."""
    confirmation = proof.audit_confirmation
    content = {
        "notice_version": proof.notice.version,
        "narrative": proof.narrative,
        "audit_office": proof.audit_office,
        "audit_confirmed_on": str(proof.audit_confirmed_on or ""),
        "audit_confirmation": confirmation.sha256 if confirmation else "",
        "is_declared": proof.is_declared,
    }
    return content | {line.label: _line_in_words(line) for line in proof.lines.all()}


def _line_in_words(line: ProofLine) -> str:
    spent = format_euro(line.amount_spent) if line.amount_spent is not None else "–"
    months = f"{line.months.normalize():f}".replace(".", ",") if line.months is not None else ""
    parts = [_("ausgegeben %(spent)s") % {"spent": spent}]
    if months:
        parts.append(_("%(months)s Personenmonate") % {"months": months})
    return "; ".join([*parts, line.explanation] if line.explanation else parts)


def missing_in(proof: ProofOfUse) -> list[str]:
    """Return a sentence for everything a proof still lacks before it can be signed."""
    missing = []
    for line in proof.lines.all():
        if line.amount_spent is None or (line.is_post and line.months is None):
            missing.append(_("%(item)s: Tragen Sie ein, was ausgegeben wurde.") % {"item": line.label})
        elif proof.is_final and line.differs and not line.explanation.strip():
            missing.append(_("%(item)s: Erläutern Sie die Abweichung vom Bescheid.") % {"item": line.label})
    if proof_sources.asks_for_narrative(proof.application) and not proof.narrative.strip():
        missing.append(_("Der Sachbericht fehlt."))
    if proof.is_final:
        missing += _missing_confirmation(proof)
    if not proof.is_declared:
        missing.append(_("Die Erklärung zu den Ausgaben fehlt."))
    return missing


def _missing_confirmation(proof: ProofOfUse) -> list[str]:
    if proof.has_audit_office is None:
        return [_("Sagen Sie, ob es eine örtliche Rechnungsprüfung gibt.")]
    is_named = proof.audit_office.strip() and proof.audit_confirmed_on
    if proof.has_audit_office and not is_named:
        return [_("Nennen Sie die Rechnungsprüfung und den Tag ihrer Bestätigung.")]
    return []


@transaction.atomic
def offer_proof(proof: ProofOfUse, *, on: date, actor: Actor) -> None:
    """Sign first and hand the proof to the second person. Raises ProofIncomplete, PeriodNotOver or NotAllowedNow."""
    locked_grant(proof.application_id)
    PROOF.check("offer_proof", ProofOfUse.objects.get(pk=proof.pk))
    _refuse_before_the_end(proof, on)
    bring_up_to_date(proof)
    if missing := missing_in(proof):
        raise ProofIncomplete(missing)
    changes = {**actor.signs("offered"), "offered_at": timezone.now(), "status_since": on}
    PROOF.apply("offer_proof", proof, actor=actor, changes=changes)
    notifications.tell_second_signers_about_proof(proof)


def _refuse_before_the_end(proof: ProofOfUse, on: date) -> None:
    last_day = proof.application.call.period_until
    if proof.is_final and on < last_day:
        raise PeriodNotOver(
            _("Der Bewilligungszeitraum läuft bis zum %(day)s; nachweisen können Sie danach.")
            % {"day": f"{last_day:%d.%m.%Y}"}
        )


NOBODY = ("offered_by", "offered_for", "offered_at", "signed_by", "signed_for", "signed_at")


@transaction.atomic
def resume_proof(proof: ProofOfUse, *, on: date, actor: Actor) -> None:
    """Take the proof back for editing; the signature is void."""
    PROOF.apply("resume_proof", proof, actor=actor, changes={**dict.fromkeys(NOBODY), "status_since": on})


@transaction.atomic
def submit_proof(proof: ProofOfUse, *, on: date, actor: Actor) -> ProofSubmission:
    """Sign second and submit; the receipt is stored. A late proof is accepted and marked.

    Raises SamePerson (deputies count as both), ProofIncomplete after a change of the grant, or NotAllowedNow.
    """
    locked_grant(proof.application_id)
    current = locking(ProofOfUse.objects).get(pk=proof.pk)
    PROOF.check("submit_proof", current)
    refuse_same_person(actor, persons_of(current, "offered"))
    bring_up_to_date(proof)
    if missing := missing_in(proof):
        raise ProofIncomplete(missing)
    last_day = proof_clocks.due_on(proof)
    is_first = proof.received_on is None
    changes = {
        **actor.signs("signed"),
        "signed_at": timezone.now(),
        "received_on": on if is_first else proof.received_on,
        "is_late": bool(last_day and on > last_day) if is_first else proof.is_late,
        "hand_back_reason": "",
        "status_since": on,
    }
    PROOF.apply("submit_proof", proof, actor=actor, changes=changes)
    submission = ProofSubmission.objects.create(
        proof=proof,
        number=proof.submissions.count() + 1,
        content=content_of(proof),
        amount_spent=sum((line.amount_spent for line in proof.lines.all()), Decimal("0.00")),
        received_on=on,
        receipt=letters.proof_receipt(proof, on=on),
        **actor.signs("submitted"),
    )
    proof_clocks.submitted(proof, on=on, actor=actor)
    notifications.tell_authority_about_proof(proof)
    return submission
