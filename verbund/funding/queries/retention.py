"""Whose files somebody may see in the preview of what goes when, and the holds on them."""

from django.db.models import Q, QuerySet

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Organisation
from verbund.funding import parties
from verbund.funding.models import GrantApplication, LegalHold, RetentionItem, RetentionRun
from verbund.funding.queries.applications import of_visible_applications

PLATFORM_OR_AUTHORITY = Q(kind=Organisation.Kind.OPERATOR) | Q(parts__kind=Organisation.Kind.GRANTING_AUTHORITY)


def files_in_retention(actor: Actor) -> QuerySet[GrantApplication]:
    """Operator, authority, data protection officer of platform or authority: what was submitted. A carrier's officer:
    the carrier's own. The preview names file, year and centre; it opens nothing.
    """
    submitted = GrantApplication.objects.filter(received_on__isnull=False)
    if actor.role == Role.OPERATOR or parties.decides_on_grants(actor):
        return submitted
    if actor.role == Role.DATA_PROTECTION_OFFICER:
        if actor.carrier_id is not None:
            return GrantApplication.objects.filter(carrier_id=actor.carrier_id)
        if _protects_platform_data(actor):
            return submitted
    return submitted.none()


def files_in_open_runs() -> QuerySet:
    """Return the ids of the files that stand in a run that is not over, or that one deleted."""
    outcomes = RetentionItem.Outcome
    found = RetentionItem.objects.filter(outcome__in=[outcomes.PENDING, outcomes.DELETED])
    return found.order_by().values("application_id")


def retention_runs_visible_to(actor: Actor) -> QuerySet[RetentionRun]:
    """Runs name files of all carriers: whoever sees all of them in the preview sees the runs."""
    sees_all = actor.role == Role.OPERATOR or parties.decides_on_grants(actor) or _protects_platform_data(actor)
    found = RetentionRun.objects.select_related("proposed_by", "approved_by")
    return found if sees_all else found.none()


def _protects_platform_data(actor: Actor) -> bool:
    """The data protection officer of the platform or of the authority."""
    if actor.role != Role.DATA_PROTECTION_OFFICER or actor.carrier_id is not None:
        return False
    return Organisation.objects.filter(PLATFORM_OR_AUTHORITY, pk=actor.organisation_id or 0).exists()


def holds_visible_to(actor: Actor) -> QuerySet[LegalHold]:
    """Holds on files this person may open: both sides know of them."""
    found = LegalHold.objects.filter(of_visible_applications(actor, "application__"))
    return found.select_related("application__call__programme", "application__centre__organisation")
