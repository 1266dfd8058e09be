"""Proofs of use in the demonstration: one that was accepted, one with a vacancy that waits for its examination."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from verbund.accounts.roles import Role
from verbund.core.dates import on_demo_day
from verbund.core.models import Deadline
from verbund.directory.demo import World
from verbund.funding import operations
from verbund.funding.models import (
    CourtOfAuditCopy,
    GrantApplication,
    GrantNotice,
    ProofDecision,
    ProofOfUse,
    ProofSubmission,
    SampledProof,
    SampleDraw,
)
from verbund.funding.operations import AuditConfirmation, Spending

KFI = "BRA-36"
PAY_RISE = "Tarifliche Eingruppierung; was über dem Bewilligten liegt, trägt der Träger."
VACANCY = "Die Stelle war von Januar bis März unbesetzt; die Nachfolge begann am 1. April."


def accepted(world: World, notice: GrantNotice, key: str, *, submitted_on: date, decided_on: date) -> None:
    """A proof of a centre that spent a little more than granted, accepted by two persons."""
    spent = {line: line + Decimal("112.40") for line in (Decimal("4166.67"), Decimal("1666.67"))}
    proof = _submitted(
        world,
        notice,
        key,
        lambda line: Spending(spent[line.amount_granted], line.months_granted, PAY_RISE),
        narrative="Das Zentrum hat im Dezember 2012 mit allen Stellen begonnen und die ersten Vorhaben geplant.",
        on=submitted_on,
    )
    officer, approver = world.actor(Role.GRANT_OFFICER, KFI), world.actor(Role.GRANT_APPROVER, KFI)
    with on_demo_day(decided_on):
        operations.take_over_proof(proof, on=decided_on, actor=officer)
        proof = ProofOfUse.objects.get(pk=proof.pk)
        decision = operations.propose_proof(proof, outcome="ACCEPTED", on=decided_on, actor=officer)
        operations.countersign_proof(decision, on=decided_on, actor=approver)


def with_a_vacancy(world: World, notice: GrantNotice, key: str, *, submitted_on: date) -> None:
    """A proof with one post vacant for three months, which the carrier explains."""

    def say(line) -> Spending:
        if line.item == "Fachkraft 1":
            return Spending(Decimal("44180.25"), Decimal(9), VACANCY)
        return Spending(line.amount_granted + Decimal("2310.75"), line.months_granted, PAY_RISE)

    _submitted(world, notice, key, say, narrative="", on=submitted_on)


def _submitted(world: World, notice: GrantNotice, key: str, say, *, narrative: str, on: date) -> ProofOfUse:
    lead, treasury = world.actor(Role.CENTRE_LEAD, f"KI-{key}"), world.actor(Role.TREASURY, f"TR-{key}")
    with on_demo_day(on):
        proof = operations.begin_proof(notice.application, on=on, actor=lead)
        operations.save_proof(
            proof,
            lines={line.pk: say(line) for line in proof.lines.all()},
            narrative=narrative,
            audit_confirmation=AuditConfirmation(exists=True, office="Rechnungsprüfung (Vorführung)", confirmed_on=on),
            is_declared=True,
            seen_version=proof.version,
            actor=lead,
        )
        proof = ProofOfUse.objects.get(pk=proof.pk)
        operations.offer_proof(proof, on=on, actor=lead)
        operations.submit_proof(proof, on=on, actor=treasury)
    return ProofOfUse.objects.get(pk=proof.pk)


def remove(applications: QuerySet[GrantApplication]) -> None:
    """Remove what these grants have of proofs, copies and clocks."""
    proofs = ProofOfUse.objects.filter(application__in=applications)
    notices = GrantNotice.objects.filter(decision__application__in=applications)
    for model, found in ((ProofOfUse, proofs), (GrantNotice, notices)):
        ids = list(found.values_list("pk", flat=True))
        Deadline.objects.filter(subject_type=model._meta.label, subject_id__in=ids).delete()
    draws = list(SampledProof.objects.filter(proof__in=proofs).values_list("draw_id", flat=True))
    for model in (SampledProof, ProofDecision, ProofSubmission):
        model.objects.filter(proof__in=proofs).delete()
    SampleDraw.objects.filter(pk__in=draws, proofs=None).delete()
    proofs.delete()
    CourtOfAuditCopy.objects.filter(notice__in=notices).delete()
