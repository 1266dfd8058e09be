"""Whose files somebody may see in the preview of what goes when, and the holds on them."""

from django.db.models import Q, QuerySet

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Organisation
from verbund.funding import parties
from verbund.funding.models import GrantApplication, LegalHold
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
        if Organisation.objects.filter(PLATFORM_OR_AUTHORITY, pk=actor.organisation_id or 0).exists():
            return submitted
    return submitted.none()


def holds_visible_to(actor: Actor) -> QuerySet[LegalHold]:
    """Holds on files this person may open: both sides know of them."""
    found = LegalHold.objects.filter(of_visible_applications(actor, "application__"))
    return found.select_related("application__call__programme", "application__centre__organisation")
