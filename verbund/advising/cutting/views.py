"""Cutting a passage out: one gated view for each kind of work, one page for all."""

from verbund.advising.accompaniments import permissions as accompaniments
from verbund.advising.accompaniments.queries import accompaniments_visible_to
from verbund.advising.cutting.pages import cut_page
from verbund.advising.networks import permissions as networks
from verbund.advising.networks.queries import meetings_visible_to, networks_visible_to
from verbund.advising.openings import permissions as openings
from verbund.advising.openings.queries import openings_visible_to, templates_visible_to
from verbund.advising.practices import permissions as practices
from verbund.advising.practices.queries import practices_visible_to
from verbund.advising.requests import permissions as requests
from verbund.advising.requests import survey_permissions as surveys
from verbund.advising.requests.queries import answers_visible_to, requests_visible_to
from verbund.advising.requests.surveys import returns_visible_to, surveys_visible_to
from verbund.advising.topics import permissions as topics
from verbund.advising.topics.queries import topics_visible_to
from verbund.advising.ventures import permissions as ventures
from verbund.advising.ventures.queries import ventures_visible_to
from verbund.core.permissions import gate


@gate(among=accompaniments_visible_to, may=accompaniments.can_write)
def cut_from_accompaniment(request, accompaniment):
    return cut_page(request, accompaniment)


@gate(among=meetings_visible_to, may=networks.keeps_networks)
def cut_from_meeting(request, meeting):
    return cut_page(request, meeting)


@gate(among=networks_visible_to, may=networks.keeps_networks)
def cut_from_network(request, network):
    return cut_page(request, network)


@gate(among=ventures_visible_to, may=ventures.keeps_venture)
def cut_from_venture(request, venture):
    return cut_page(request, venture)


@gate(among=openings_visible_to, may=openings.keeps_opening)
def cut_from_opening(request, opening):
    return cut_page(request, opening)


@gate(among=requests_visible_to, may=requests.closes)
def cut_from_request(request, advice_request):
    """Either side: who reads a name can take it out, whoever wrote it."""
    return cut_page(request, advice_request)


@gate(among=answers_visible_to, may=requests.writes_answer)
def cut_from_answer(request, answer):
    return cut_page(request, answer)


@gate(among=templates_visible_to, may=openings.writes_template)
def cut_from_template(request, template):
    return cut_page(request, template)


@gate(among=practices_visible_to, may=practices.reads_course)
def cut_from_practice(request, practice):
    """The centre that describes it and the coordination that releases it."""
    return cut_page(request, practice)


@gate(among=topics_visible_to, may=topics.keeps_topic)
def cut_from_topic(request, topic):
    return cut_page(request, topic)


@gate(among=surveys_visible_to, may=surveys.holds_survey)
def cut_from_survey(request, survey):
    return cut_page(request, survey)


@gate(among=returns_visible_to)
def cut_from_return(request, answer):
    """The centre that answered, and the unit once it reads the answer; nobody changes it any more then."""
    return cut_page(request, answer)
