"""Whose data somebody may hand out or erase."""

from django.db.models import Exists, OuterRef, Q

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.directory.models import Membership, Organisation
from verbund.directory.people.queries import own_organisations


def people_visible_to(actor):
    """Return the people whose data this person may hand out.

    Operators and the platform's data protection officer: everybody. The officer of another body: those who only ever
    worked in that body's house, for what the others hold is theirs to answer.
    """
    people = User.objects.all()
    if actor.role == Role.OPERATOR or _is_officer_of_the_platform(actor):
        return people
    if actor.role != Role.DATA_PROTECTION_OFFICER or actor.organisation_id is None:
        return people.none()
    functions = Membership.objects.filter(user=OuterRef("pk"))
    own_house = Q(organisation__in=Organisation.objects.filter(own_organisations(actor)))
    return people.filter(Exists(functions.filter(own_house)), ~Exists(functions.exclude(own_house)))


def _is_officer_of_the_platform(actor) -> bool:
    return (
        actor.role == Role.DATA_PROTECTION_OFFICER
        and Organisation.objects.filter(pk=actor.organisation_id, kind=Organisation.Kind.OPERATOR).exists()
    )


def open_memberships(person, *, on):
    """Return the functions a person has on a day or will have later."""
    return Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), user=person)
