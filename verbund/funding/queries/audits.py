"""Audits: which files a mandate opens today, who sees a mandate, and whom a house may let read."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.directory.models import Carrier, Centre, Membership, Organisation
from verbund.funding import parties
from verbund.funding.models import AuditMandate

OUTSIDE = frozenset({Organisation.Kind.REGIONAL_GOVERNMENT})
"""Bodies that audit others than their own house, beside the own audit office of carrier and authority."""


def under_audit(actor: Actor, path: str) -> Q:
    """Return the condition on applications (reached by `path`) a mandate of this auditor opens today."""
    mandates = AuditMandate.objects.running(on=today()).filter(auditor_id=actor.membership_id or 0)
    covering = mandates.covering(
        carrier=OuterRef(f"{path}carrier_id"),
        centre=OuterRef(f"{path}centre_id"),
        programme=OuterRef(f"{path}call__programme_id"),
        year=OuterRef(f"{path}call__budget_year"),
    )
    return Q(Exists(covering)) & Q(**{f"{path}received_on__isnull": False})


def mandates_visible_to(actor: Actor) -> QuerySet[AuditMandate]:
    """Auditors: their own. Carrier and authority: those their own house granted."""
    found = AuditMandate.objects.select_related(
        "auditor__organisation", "body", "carrier__organisation", "centre__organisation", "programme"
    )
    if parties.is_auditor(actor):
        return found.filter(auditor_id=actor.membership_id or 0)
    is_of_carrier = actor.role in {Role.CENTRE_LEAD, Role.SIGNATORY} and actor.carrier_id is not None
    if is_of_carrier or parties.decides_on_grants(actor):
        return found.filter(body_id=parties.granting_body(actor))
    return found.none()


def auditors_for(actor: Actor, *, on: date) -> QuerySet[Membership]:
    """Return the auditors this house may let read: its own audit office and bodies that audit others; never oneself."""
    found = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), role=Role.AUDITOR)
    houses = Q(organisation_id=parties.granting_body(actor)) | Q(organisation__kind__in=OUTSIDE)
    return found.filter(houses).exclude(user_id__in=actor.persons).select_related("organisation", "user")


def carriers_for_audit(actor: Actor) -> QuerySet[Carrier]:
    """Return the carriers whose files this house may open: the authority all, a carrier its own."""
    found = Carrier.objects.select_related("organisation")
    return found if parties.is_of_authority(actor) else found.filter(pk=actor.carrier_id or 0)


def centres_for_audit(actor: Actor) -> QuerySet[Centre]:
    return Centre.objects.filter(carrier__in=carriers_for_audit(actor)).select_related("organisation")
