"""Proofs of use: who sees them, which wait for whom, which are drawn for an examination in depth.

A proof shows what single posts cost, and with that nearly what single people earn: the carrier's lead, treasury and
signatory see it and the authority that examines it; nobody else, the centre's other staff included.
"""

from django.db.models import Exists, OuterRef, QuerySet

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.funding import parties
from verbund.funding.lifecycle import PROOF_INSIDE, PROOF_UNDER_EXAMINATION
from verbund.funding.models import (
    CourtOfAuditCopy,
    GrantApplication,
    ProofDecision,
    ProofOfUse,
    ProofSubmission,
    SampledProof,
    SampleDraw,
)
from verbund.funding.queries.applications import of_visible_applications

PROVERS = frozenset({Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY})


def proofs_visible_to(actor: Actor) -> QuerySet[ProofOfUse]:
    """Return the own carrier's proofs, or for the authority those that are with it."""
    found = ProofOfUse.objects.select_related(
        "application__call__programme",
        "application__call__guideline",
        "application__centre__organisation",
        "application__carrier__organisation",
        "notice__decision__application__call",
        "hearing",
        "officer",
    )
    if parties.is_of_authority(actor):
        return found.exclude(status__in=PROOF_INSIDE)
    if actor.role in PROVERS:
        return found.filter(of_visible_applications(actor, "application__"))
    return found.none()


def proofs_of(application: GrantApplication) -> QuerySet[ProofOfUse]:
    """Return all proofs of a grant, newest first."""
    return ProofOfUse.objects.filter(application=application)


def proof_submissions_visible_to(actor: Actor) -> QuerySet[ProofSubmission]:
    """Return receipts: they stay with both sides, also while a proof is being revised."""
    found = ProofSubmission.objects.select_related("proof__application", "receipt")
    if parties.is_of_authority(actor):
        return found
    if actor.role in PROVERS:
        return found.filter(of_visible_applications(actor, "proof__application__"))
    return found.none()


def proof_decisions_visible_to(actor: Actor) -> QuerySet[ProofDecision]:
    """Proposals are the authority's own business; the carrier gets the letter."""
    if not parties.is_of_authority(actor):
        return ProofDecision.objects.none()
    return ProofDecision.objects.select_related("proof__application__call__programme", "proof__notice")


def samples_visible_to(actor: Actor) -> QuerySet[SampleDraw]:
    found = SampleDraw.objects.select_related("programme")
    return found if parties.decides_on_grants(actor) else found.none()


def proofs_to_draw_from(programme_id: int, budget_year: int) -> QuerySet[ProofOfUse]:
    """Return the final proofs of a year that are with the authority, undecided and in no sample yet."""
    sampled = SampledProof.objects.filter(proof=OuterRef("pk"))
    found = ProofOfUse.objects.filter(
        kind=ProofOfUse.Kind.FINAL,
        status__in=PROOF_UNDER_EXAMINATION,
        application__call__programme_id=programme_id,
        application__call__budget_year=budget_year,
    )
    return found.exclude(Exists(sampled)).select_related("application__carrier").order_by("pk")


def court_of_audit_copies_visible_to(actor: Actor) -> QuerySet[CourtOfAuditCopy]:
    found = CourtOfAuditCopy.objects.select_related(
        "notice__decision__application__centre__organisation", "notice__decision__application__call__programme"
    )
    return found if parties.decides_on_grants(actor) else found.none()
