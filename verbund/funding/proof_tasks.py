"""What proofs of use wait for whom: present, countersign, examine, sign; a constant number of statements."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from verbund.accounts.roles import Role
from verbund.core import reminders
from verbund.core.acting import Actor
from verbund.core.deadlines import due_day, due_number
from verbund.core.worklist import Task
from verbund.funding.lifecycle import DecisionStatus, HearingStatus
from verbund.funding.lifecycle import ProofStatus as P
from verbund.funding.models import GrantNotice, ProofDecision, ProofOfUse
from verbund.funding.task_rows import in_conflict, task, with_names

PROVERS = frozenset({Role.CENTRE_LEAD, Role.TREASURY})
SIGNERS = frozenset({Role.SIGNATORY, Role.TREASURY})
FINAL, INTERIM = "PROOF_OF_USE", "INTERIM_PROOF"


def _proofs() -> QuerySet[ProofOfUse]:
    return with_names(ProofOfUse.objects.all(), "application__", also=("hearing",))


def of_carrier(actor: Actor, on: date) -> Iterator[Task]:
    """Yield what the carrier owes: a proof to begin once its period is over, drafts, second signatures."""
    if actor.role in PROVERS:
        yield from _to_begin(actor, on)
        for proof in _own(actor).filter(status__in=[P.DRAFT, P.RETURNED]):
            title = _("Nachweis überarbeiten") if proof.status == P.RETURNED else _("%(kind)s vorlegen")
            title = title % {"kind": proof.get_kind_display()}
            due_on = proof.interim_due if not proof.is_final else proof.final_due
            reason = _("Die Bewilligungsbehörde hat ihn zurückgegeben.") if proof.status == P.RETURNED else ""
            yield task(actor, proof.application, title, proof.get_absolute_url(), reason=reason, due_on=due_on)
    if actor.role in SIGNERS:
        for proof in _own(actor).filter(status=P.AWAITING_SIGNATURE):
            if not actor.persons & {proof.offered_by_id, proof.offered_for_id}:
                reason = _("Sie zeichnen als zweite Person.")
                yield task(actor, proof.application, _("Nachweis mitzeichnen"), proof.get_absolute_url(), reason=reason)


def _own(actor: Actor) -> QuerySet[ProofOfUse]:
    first = GrantNotice.objects.filter(decision__application=OuterRef("application"), version=1)
    found = _proofs().filter(application__carrier_id=actor.carrier_id)
    return found.annotate(first_notice=first.values("pk")[:1]).annotate(
        final_due=due_day(FINAL, GrantNotice, path="first_notice"), interim_due=due_day(INTERIM, ProofOfUse)
    )


def _to_begin(actor: Actor, on: date) -> Iterator[Task]:
    begun = ProofOfUse.objects.filter(application=OuterRef("decision__application"), kind=ProofOfUse.Kind.FINAL)
    firsts = GrantNotice.objects.filter(version=1, decision__application__carrier_id=actor.carrier_id)
    firsts = firsts.filter(decision__application__call__period_until__lt=on)
    firsts = firsts.annotate(due=due_day(FINAL, GrantNotice)).exclude(due=None)
    for notice in with_names(firsts.exclude(Exists(begun)), "decision__application__"):
        url = f"{notice.get_absolute_url()}#nachweis"
        yield task(actor, notice.application, _("Verwendungsnachweis vorlegen"), url, due_on=notice.due)


def of_officer(actor: Actor, on: date) -> Iterator[Task]:
    """Yield proofs to take over, to examine, to go on with after a hearing, and those that did not come in time."""
    yield from _missing(actor, on)
    heard = Q(status=P.OBJECTED, hearing__status__in=[HearingStatus.ANSWERED, HearingStatus.CLOSED])
    mine = (Q(status=P.UNDER_CHECK) | heard) & Q(officer_id__in=actor.persons)
    nobodys = Q(status=P.SUBMITTED) & (Q(officer=None) | Q(officer_id__in=actor.persons))
    for proof in _proofs().filter(mine | nobodys).exclude(in_conflict(actor, "application_id")):
        reason = _("Eingegangen am %(day)s.") % {"day": f"{proof.received_on:%d.%m.%Y}"}
        title = _("%(kind)s prüfen") % {"kind": proof.get_kind_display()}
        yield task(actor, proof.application, title, proof.get_absolute_url(), reason=reason)


def _missing(actor: Actor, on: date) -> Iterator[Task]:
    """Yield the grants in the officer's charge of which no proof came by its day."""
    firsts = GrantNotice.objects.filter(version=1, decision__application__officer_id__in=actor.persons)
    late = firsts.annotate(due=due_day(FINAL, GrantNotice), number=due_number(FINAL, GrantNotice)).filter(due__lt=on)
    for notice in with_names(late, "decision__application__"):
        title, reason = _("Verwendungsnachweis anmahnen"), _("Er ist nicht eingegangen.")
        url = f"{reminders.PAGE}{notice.number}/"
        yield task(actor, notice.application, title, url, reason=reason, due_on=notice.due)


def of_approver(actor: Actor) -> Iterator[Task]:
    """Yield results of examinations that another person proposed."""
    waiting = ProofDecision.objects.filter(status=DecisionStatus.PROPOSED)
    waiting = waiting.exclude(in_conflict(actor, "proof__application_id"))
    for decision in with_names(waiting, "proof__application__", also=("proof",)):
        if not actor.persons & {decision.proposed_by_id, decision.proposed_for_id}:
            title, reason = _("Verwendungsnachweis zeichnen"), decision.get_outcome_display()
            yield task(actor, decision.proof.application, title, decision.proof.get_absolute_url(), reason=reason)
