"""Who hears what about advice and surveys: the coordination of a unit, staff and lead of a centre."""

from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.advising.models import AdviceMessage, AdviceRequest, AdviceVisit, NeedsSurvey
from verbund.advising.permissions import CENTRE_SIDE
from verbund.core.dates import today
from verbund.core.notifications import tell
from verbund.directory.models import Membership, Organisation
from verbund.directory.queries import valid_on


def _people(*roles: str, **where):
    holders = Membership.objects.filter(valid_on(today()), role__in=roles, **where)
    return User.objects.filter(pk__in=holders.values("user_id"), is_active=True)


def _tell(people, text: str, url: str, *, key: str) -> None:
    for person in people:
        tell(person, text, url, key=f"advising:{key}")


def tell_unit_about_question(request: AdviceRequest) -> None:
    text = _("Neue Frage von %(centre)s: %(title)s") % {"centre": request.centre, "title": request.title}
    people = _people(Role.COORDINATOR, organisation_id=request.unit_id)
    _tell(people, text, request.get_absolute_url(), key=f"request-asked:{request.pk}")


def tell_other_side(message: AdviceMessage) -> None:
    """Tell the centre what the unit said, and the unit what the centre said."""
    request = message.request
    text = _("%(kind)s zu: %(title)s") % {"kind": message.get_kind_display(), "title": request.title}
    if message.is_from_unit:
        people = _people(*CENTRE_SIDE, organisation_id=request.centre_id)
    else:
        people = _people(Role.COORDINATOR, organisation_id=request.unit_id)
    _tell(people, text, request.get_absolute_url(), key=f"request-message:{message.pk}")


def tell_centre_about_visit(visit: AdviceVisit) -> None:
    said = {"day": f"{visit.visited_on:%d.%m.%Y}", "title": visit.request.title}
    text = _("Besuch am %(day)s geplant zu: %(title)s") % said
    people = _people(*CENTRE_SIDE, organisation_id=visit.request.centre_id)
    _tell(people, text, visit.get_absolute_url(), key=f"visit-planned:{visit.pk}")


def tell_leads_about_survey(survey: NeedsSurvey) -> None:
    """Tell the lead of every centre that a survey is open."""
    said = {"survey": survey, "day": f"{survey.due_on:%d.%m.%Y}"}
    text = _("%(survey)s: Bitte antworten Sie bis %(day)s.") % said
    people = _people(Role.CENTRE_LEAD, organisation__kind=Organisation.Kind.CENTRE)
    _tell(people, text, survey.get_absolute_url(), key=f"survey-opened:{survey.pk}")
