"""What of advice waits: answers of a unit, questions back at a centre, visits to be recorded."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.requests import queries, surveys
from verbund.advising.requests.lifecycle import RequestStatus, VisitStatus
from verbund.core.acting import Actor
from verbund.core.worklist import Task

MOST = 50


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return the tasks of a unit's coordination, or of a centre's staff and lead."""
    if coordinates(actor):
        return [*_questions(actor), *_visits(actor, on), *_surveys_over(actor, on)]
    return [*_questions_back(actor), *_surveys(actor)] if works_in_centre(actor) else []


def _questions(actor: Actor) -> list[Task]:
    reason = _("Das Zentrum hat Ihre Stelle gefragt.")
    waiting = queries.requests_visible_to(actor).filter(status=RequestStatus.ASKED).order_by("status_since", "pk")
    return [_task(actor, _("Frage beantworten"), one, reason) for one in waiting[:MOST]]


def _visits(actor: Actor, on: date) -> list[Task]:
    reason = _("Der Tag des Besuchs ist vorbei.")
    past = queries.visits_visible_to(actor).filter(status=VisitStatus.PLANNED, visited_on__lt=on)
    past = past.select_related("request__centre__organisation").order_by("visited_on", "pk")[:MOST]
    return [_task(actor, _("Besuch festhalten"), one.request, reason, due_on=one.visited_on) for one in past]


def _questions_back(actor: Actor) -> list[Task]:
    mine = queries.requests_visible_to(actor).filter(status__in=[RequestStatus.ASKED_BACK, RequestStatus.DRAFT])
    words = {
        RequestStatus.ASKED_BACK: (_("Rückfrage beantworten"), _("Die Koordinierungsstelle fragt zurück.")),
        RequestStatus.DRAFT: (_("Frage absenden"), _("Der Entwurf ist noch nicht abgesandt.")),
    }
    return [
        _task(actor, words[RequestStatus(one.status)][0], one, words[RequestStatus(one.status)][1])
        for one in mine.order_by("status_since", "pk")[:MOST]
    ]


def _surveys(actor: Actor) -> list[Task]:
    reason = _("Ihr Zentrum hat noch nicht geantwortet; die Leitung sendet ab.")
    waiting = surveys.to_be_answered(actor).order_by("due_on", "pk")[:MOST]
    return [_survey_task(actor, _("Bedarf angeben und absenden"), one, reason) for one in waiting]


def _surveys_over(actor: Actor, on: date) -> list[Task]:
    reason = _("Der Tag, bis zu dem geantwortet werden sollte, ist vorbei.")
    over = surveys.to_be_closed(actor, on=on).order_by("due_on", "pk")[:MOST]
    return [_survey_task(actor, _("Abfrage abschließen oder verlängern"), one, reason) for one in over]


def _survey_task(actor: Actor, title: str, survey, reason: str) -> Task:
    return Task(
        title=title,
        subject=str(survey),
        url=survey.get_absolute_url(),
        due_on=survey.due_on,
        centre=actor.label,
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )


def _task(actor: Actor, title: str, request, reason: str, *, due_on=None) -> Task:
    return Task(
        title=title,
        subject=request.title,
        url=request.get_absolute_url(),
        due_on=due_on,
        centre=str(request.centre),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )
