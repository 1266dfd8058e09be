"""The authority examines: take over, hand back, object with a hearing, check in depth, decide with four eyes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import letters, notifications, payout, proof_clocks, proof_sources, queries
from verbund.funding.calculations.proofs import Settlement, settle
from verbund.funding.lifecycle import DECISION, PROOF, DecisionStatus
from verbund.funding.models import GrantApplication, Hearing, ProofDecision, ProofOfUse, Reclaim
from verbund.funding.operations import hearings
from verbund.funding.operations.changes import OpenDrawdowns
from verbund.funding.operations.decisions import ReasonMissing
from verbund.funding.operations.payments import locked_grant
from verbund.funding.operations.proofs import NOBODY, bring_up_to_date
from verbund.funding.operations.reclaims import open_reclaim
from verbund.funding.operations.reviews import DeadlineTooEarly, refuse_conflict

Outcome = ProofDecision.Outcome
MOVES = {
    Outcome.ACCEPTED: "accept_proof",
    Outcome.ACCEPTED_WITH_CUT: "accept_proof_with_cut",
    Outcome.REFUSED: "refuse_proof",
}


class OnlyNoted(DomainError):
    """Nothing is decided on an interim proof, and a final one is not only noted."""


class NotInSample(DomainError):
    """Only what is in a sample is checked in depth."""


class CheckMissing(DomainError):
    """A proof in the sample is decided after its examination in depth."""


class WrongCut(DomainError):
    """A cut is lower than what would be recognised, and not below zero."""


class GrantChanged(DomainError):
    """The grant was changed while the proposal waited; it must be judged anew."""


@dataclass(frozen=True)
class Cut:
    """What is accepted of a line instead of what would be recognised, and why."""

    accepted: Decimal
    reason: str


@transaction.atomic
def take_over_proof(proof: ProofOfUse, *, on: date, actor: Actor) -> None:
    """Begin the examination as the officer. Raises ConflictOfInterest or NotAllowedNow."""
    refuse_conflict(locked_grant(proof.application_id), actor=actor)
    PROOF.apply("take_over_proof", proof, actor=actor, changes={"officer": actor.user, "status_since": on})
    bring_up_to_date(proof)


@transaction.atomic
def hand_back_proof(proof: ProofOfUse, *, reason: str, due_on: date, on: date, actor: Actor) -> None:
    """Hand the proof back for revision until a day; two persons sign it again.

    Raises ConflictOfInterest, ReasonMissing, DeadlineTooEarly or NotAllowedNow.
    """
    refuse_conflict(locked_grant(proof.application_id), actor=actor)
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    if due_on <= on:
        raise DeadlineTooEarly(_("Die Frist muss nach heute liegen."), field="due_on")
    changes = {**dict.fromkeys(NOBODY), "hand_back_reason": reason, "status_since": on}
    PROOF.apply("hand_back_proof", proof, actor=actor, changes=changes, note=reason)
    proof_clocks.handed_back(proof, due_on=due_on, on=on, actor=actor)
    notifications.tell_carrier_about_returned_proof(proof)


@transaction.atomic
def object_to_proof(proof: ProofOfUse, *, text: str, due_on: date, on: date, actor: Actor) -> Hearing:
    """Object and hear the carrier before a cut or refusal (§ 28 VwVfG NRW). Raises as `open_hearing`, NotAllowedNow."""
    _refuse_interim(proof)
    application = locked_grant(proof.application_id)
    PROOF.check("object_to_proof", ProofOfUse.objects.get(pk=proof.pk))
    hearing = hearings.open_hearing(
        application, occasion=Hearing.Occasion.PROOF, text=text, due_on=due_on, known_on=on, on=on, actor=actor
    )
    PROOF.apply("object_to_proof", proof, actor=actor, changes={"hearing": hearing, "status_since": on})
    return hearing


def _refuse_interim(proof: ProofOfUse) -> None:
    if not proof.is_final:
        raise OnlyNoted(_("Über einen Zwischennachweis wird nicht entschieden; er wird zur Kenntnis genommen."))


@transaction.atomic
def note_interim_proof(proof: ProofOfUse, *, on: date, actor: Actor) -> None:
    """Take note of an interim proof; nothing follows for the money. Raises ConflictOfInterest or NotAllowedNow."""
    if proof.is_final:
        raise OnlyNoted(_("Über einen Verwendungsnachweis entscheiden zwei Personen."))
    refuse_conflict(locked_grant(proof.application_id), actor=actor)
    PROOF.apply("note_interim_proof", proof, actor=actor, changes={"status_since": on})


@transaction.atomic
def record_check(proof: ProofOfUse, *, note: str, on: date, actor: Actor) -> None:
    """Record the examination in depth of a sampled proof (Prüfungsvermerk).

    Raises ConflictOfInterest, ReasonMissing, NotInSample or NotAllowedNow.
    """
    refuse_conflict(locked_grant(proof.application_id), actor=actor)
    PROOF.check("propose_proof", ProofOfUse.objects.get(pk=proof.pk))
    if not proof.samples.exists():
        raise NotInSample(_("Dieser Nachweis ist in keiner Stichprobe."))
    if not note.strip():
        raise ReasonMissing(_("Der Vermerk ist leer."), field="note")
    before = {"check_note": proof.check_note}
    changes = {"check_note": note, "checked_on": on, **actor.signs("checked")}
    for name, value in changes.items():
        setattr(proof, name, value)
    proof.save(update_fields=list(changes))
    audit.record("record_check", proof, actor=actor, before=before, after={"check_note": note, "checked_on": on})


@transaction.atomic
def propose_proof(
    proof: ProofOfUse,
    *,
    outcome: str,
    reasons: str = "",
    cuts: Mapping[int, Cut] | None = None,
    on: date,
    actor: Actor,
) -> ProofDecision:
    """Propose to accept a proof, with cuts by the key of their line, or to refuse it.

    Judged by the version of the notice that counts now. Raises ConflictOfInterest, OnlyNoted, CheckMissing, NotHeard,
    ReasonMissing, WrongCut or NotAllowedNow.
    """
    _refuse_interim(proof)
    application = locked_grant(proof.application_id)
    refuse_conflict(application, actor=actor)
    PROOF.check("propose_proof", ProofOfUse.objects.get(pk=proof.pk))
    if proof.samples.exists() and not proof.check_note:
        raise CheckMissing(_("Der Nachweis ist in der Stichprobe: Erst kommt der Prüfungsvermerk."))
    if outcome != Outcome.ACCEPTED:
        hearings.refuse_unheard(proof.hearing)
        if not reasons.strip():
            raise ReasonMissing(_("Kürzung und Ablehnung brauchen eine Begründung."), field="reasons")
    bring_up_to_date(proof)
    amount = _amount_of(proof, outcome, cuts or {})
    PROOF.apply("propose_proof", proof, actor=actor, changes={"status_since": on})
    decision = ProofDecision.objects.create(
        proof=proof,
        outcome=outcome,
        amount_recognised=amount,
        reasons=reasons,
        proposed_on=on,
        **actor.signs("proposed"),
    )
    after = {"outcome": outcome, "amount_recognised": amount, "reasons": reasons}
    audit.record("propose_proof_decision", decision, actor=actor, after=after)
    notifications.tell_approvers_about_proof(decision)
    return decision


def amount_recognisable(proof: ProofOfUse) -> Decimal:
    """Return the euros that the financing type recognises of what was spent, under the notice of the proof."""
    found = proof_sources.recognised(proof.notice, list(proof.lines.all()))
    return sum((recognition.total for _lines, recognition in found), Decimal("0.00"))


def _amount_of(proof: ProofOfUse, outcome: str, cuts: Mapping[int, Cut]) -> Decimal:
    """Store what is accepted of each line and return the sum that counts."""
    if outcome == Outcome.REFUSED:
        return Decimal("0.00")
    total = amount_recognisable(proof)
    if outcome == Outcome.ACCEPTED:
        return total
    lines = {line.pk: line for line in proof.lines.all()}
    kept = {key: cut for key, cut in cuts.items() if key in lines and cut.accepted != lines[key].amount_recognised}
    if not kept:
        raise WrongCut(_("Tragen Sie bei mindestens einer Position ein, was weniger anerkannt wird."))
    for key, cut in kept.items():
        line = lines[key]
        if not 0 <= cut.accepted < line.amount_recognised:
            raise WrongCut(
                _("%(item)s: Höchstens %(most)s können anerkannt werden.")
                % {"item": line.label, "most": format_euro(line.amount_recognised)}
            )
        if not cut.reason.strip():
            raise ReasonMissing(_("%(item)s: Nennen Sie den Grund der Kürzung.") % {"item": line.label})
        line.amount_accepted, line.cut_reason = cut.accepted, cut.reason
        line.save(update_fields=["amount_accepted", "cut_reason"])
        total -= line.amount_recognised - cut.accepted
    return max(total, Decimal("0.00"))


@transaction.atomic
def countersign_proof(decision: ProofDecision, *, on: date, actor: Actor) -> ProofDecision:
    """Sign the result of an examination; the letter is stored, and what was paid beyond it becomes a reclaim.

    Raises SamePerson, ConflictOfInterest, GrantChanged, OpenDrawdowns or NotAllowedNow.
    """
    application = locked_grant(decision.proof.application_id)
    current = locking(ProofDecision.objects).get(pk=decision.pk)
    DECISION.check("countersign", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    refuse_conflict(application, actor=actor)
    proof = decision.proof
    notice = queries.valid_notice(application)
    if notice.pk != proof.notice_id:
        raise GrantChanged(_("Der Bescheid wurde inzwischen geändert; der Nachweis ist neu zu beurteilen."))
    settlement = settlement_of(application, decision.amount_recognised)
    _refuse_open_drawdowns(notice, decision.amount_recognised)
    signed = {**actor.signs("signed"), "signed_on": on}
    signed["document"] = letters.proof_result(decision, settlement=settlement, on=on)
    DECISION.apply("countersign", decision, actor=actor, changes=signed)
    changes = {"amount_recognised": decision.amount_recognised, "status_since": on}
    PROOF.apply(MOVES[Outcome(decision.outcome)], proof, actor=actor, changes=changes)
    if settlement.repay:
        open_reclaim(
            application,
            occasion=Reclaim.Occasion.PROOF,
            principal=settlement.repay,
            reason=_reason_of_reclaim(application, decision.amount_recognised),
            on=on,
            actor=actor,
            notice=notice,
            hearing=proof.hearing,
            told_on=on,
        )
    notifications.tell_carrier_about_proof_result(decision)
    return decision


def settlement_of(application: GrantApplication, recognised: Decimal) -> Settlement:
    """Return what comes back and what is open if `recognised` euros are recognised of a grant."""
    return settle(
        granted=queries.valid_notice(application).amount_granted,
        recognised=recognised,
        paid=payout.amount_paid(application),
        claimed=queries.amount_claimed(application),
    )


def _reason_of_reclaim(application: GrantApplication, recognised: Decimal) -> str:
    return _("Gezahlt %(paid)s, nach dem Verwendungsnachweis anerkannt %(recognised)s.") % {
        "paid": format_euro(payout.amount_paid(application)),
        "recognised": format_euro(recognised),
    }


def _refuse_open_drawdowns(notice, recognised: Decimal) -> None:
    called = payout.amount_called(notice)
    open_ones = called - payout.amount_paid(notice.application)
    if open_ones and payout.amount_drawn(notice) > recognised:
        raise OpenDrawdowns(
            _("Mittelabrufe über %(open)s laufen noch; weisen Sie sie zuerst zurück, oder warten Sie die Zahlung ab.")
            % {"open": format_euro(open_ones)}
        )


@transaction.atomic
def reject_proof_proposal(decision: ProofDecision, *, reason: str, on: date, actor: Actor) -> None:
    """Send a proposal back into the examination with a reason. Raises ReasonMissing or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    locked_grant(decision.proof.application_id)
    DECISION.apply("reject", decision, actor=actor, changes={"rejection_reason": reason}, note=reason)
    PROOF.apply("reject_proof_proposal", decision.proof, actor=actor, changes={"status_since": on})
    notifications.tell_officer_about_rejected_proof(decision)


def open_proposal(proof: ProofOfUse) -> ProofDecision | None:
    """Return the proposal that waits for a second person."""
    return proof.decisions.filter(status=DecisionStatus.PROPOSED).first()
