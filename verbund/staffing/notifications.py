"""Who hears what about teacher posts: all letters of this app on one page.

Everything is written in the transaction of the act; keys keep a message from going out twice.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.notifications import tell
from verbund.directory.models import Membership, Organisation
from verbund.directory.queries import valid_on
from verbund.staffing.models import TeacherRequest
from verbund.staffing.queries import SCHOOL_MINISTRY


def _holders(*roles: str) -> QuerySet[Membership]:
    return Membership.objects.filter(valid_on(today()), role__in=roles)


def _ministry() -> QuerySet[User]:
    ministries = Organisation.objects.filter(SCHOOL_MINISTRY)
    approvers = _holders(Role.MINISTRY_APPROVER).filter(organisation__in=ministries)
    return User.objects.filter(pk__in=approvers.values("user_id"), is_active=True)


def _carrier(request: TeacherRequest) -> QuerySet[User]:
    """The lead of the centre and the signatories of its carrier."""
    own = Q(organisation_id=request.centre_id) | Q(organisation_id=request.centre.carrier_id)
    people = _holders(Role.CENTRE_LEAD, Role.SIGNATORY).filter(own)
    return User.objects.filter(pk__in=people.values("user_id"), is_active=True)


def _tell(people: QuerySet[User], text: str, request: TeacherRequest, event: str) -> None:
    for person in people:
        tell(person, text % {"request": request}, request.get_absolute_url(), key=f"staffing:{event}:{request.pk}")


def tell_ministry_about_request(request: TeacherRequest) -> None:
    _tell(_ministry(), _("Angefordert: %(request)s. Bitte bestätigen oder ablehnen."), request, "requested")


def tell_ministry_about_withdrawal(request: TeacherRequest) -> None:
    _tell(_ministry(), _("Zurückgezogen: %(request)s. Es ist nichts mehr zu entscheiden."), request, "withdrawn")


def tell_carrier_about_confirmation(request: TeacherRequest) -> None:
    _tell(_carrier(request), _("Bestätigt: %(request)s. Tragen Sie die Abordnungen ein."), request, "confirmed")


def tell_carrier_about_refusal(request: TeacherRequest) -> None:
    _tell(_carrier(request), _("Abgelehnt: %(request)s. Die Begründung steht auf der Seite."), request, "declined")
