"""What can be asked about publishers and their pages."""

from django.db.models import Exists, OuterRef, Q

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry
from verbund.directory.models import Centre, Organisation, PublisherPage


def publishers_visible_to(_actor=None):
    """Return who publishes: the operator of the platform and the carriers of centres. That they do is public."""
    carries = Exists(Centre.objects.filter(carrier=OuterRef("pk")))
    return Organisation.objects.filter(
        Q(kind=Organisation.Kind.OPERATOR) | (Q(kind=Organisation.Kind.CARRIER) & carries)
    )


def operator() -> Organisation | None:
    """Return the operator of the platform; None before the platform is set up."""
    return Organisation.objects.filter(kind=Organisation.Kind.OPERATOR).order_by("pk").first()


def publisher_with(code: str) -> Organisation | None:
    """Return the publisher with a fixed code ("TR-05122")."""
    return publishers_visible_to().filter(code=code).first()


def publisher_of(actor) -> Organisation | None:
    """Return the publisher an actor writes for: the operator, or the carrier they work for."""
    if actor.role == Role.OPERATOR:
        return operator()
    return publishers_visible_to().filter(pk=actor.carrier_id).first()


def page_of(publisher, kind: str) -> PublisherPage | None:
    """Return a page of a publisher (or of its id); None if it was never written.

    A page whose sections were all taken back is still there, without sections.
    """
    if publisher is None:
        return None
    return PublisherPage.objects.filter(publisher=publisher, kind=kind).first()


def sections_of(page: PublisherPage | None) -> list[tuple[str, str]]:
    """Return the sections of a page in their order, as heading and text; none where there is no page."""
    return list(page.sections.values_list("heading", "text")) if page else []


def centre_of(publisher) -> Centre | None:
    """Return the centre of a carrier, for the way back."""
    return Centre.objects.filter(carrier=publisher.pk).select_related("organisation").order_by("key").first()


def pages_of_the_demonstration():
    """Return the pages last written by an account of the demonstration."""
    acts = AuditEntry.objects.filter(target_type=PublisherPage._meta.label).order_by("pk")
    last_writer = dict(acts.values_list("target_id", "actor_id"))
    people = set(User.objects.filter(is_demo=True).values_list("pk", flat=True))
    return PublisherPage.objects.filter(pk__in=[int(page) for page, who in last_writer.items() if who in people])
