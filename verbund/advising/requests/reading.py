"""What the page of a request says: who is waited for, what was said, what the reader's side can do next."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.cutting.reading import history_of
from verbund.advising.models import AdviceRequest
from verbund.advising.requests import listing
from verbund.advising.requests.lifecycle import REQUEST, VISIT, RequestStatus
from verbund.advising.requests.permissions import advises, asks
from verbund.core.acting import Actor

S = RequestStatus
STEPS = (S.DRAFT, S.ASKED, S.ANSWERED, S.CLOSED)
CENTRE_ACTS = {
    # the move: (page, button)
    "ask_unit": ("request-ask", gettext_lazy("Absenden")),
    "reply_to_unit": ("request-reply", gettext_lazy("Rückfrage beantworten")),
    "ask_further": ("request-further", gettext_lazy("Weiter fragen")),
    "close_request": ("request-close", gettext_lazy("Abschließen")),
}
UNIT_ACTS = {
    "answer_centre": ("request-answer", gettext_lazy("Antworten")),
    "ask_back": ("request-ask-back", gettext_lazy("Zurückfragen")),
    "close_request": ("request-close", gettext_lazy("Abschließen")),
}


def page_of(request: AdviceRequest, actor: Actor) -> dict:
    """Return the context of the page."""
    is_centre, is_unit = asks(actor, request), advises(actor, request)
    moves = REQUEST.open_for(request.status)
    visits = list(request.visits.all())
    return {
        "record": request,
        "tone": listing.TONES[request.status],
        "steps": _steps(request),
        "is_centre": is_centre,
        "is_unit": is_unit,
        "is_draft": request.status == S.DRAFT,
        "waiting_for": _waiting_for(request, is_centre=is_centre),
        "next_title": _next_title(request, is_centre=is_centre),
        "acts": _acts(request, moves, CENTRE_ACTS if is_centre else UNIT_ACTS if is_unit else {}),
        "may_judge": is_centre and request.answered_on is not None,
        "may_plan": is_unit and request.status != S.CLOSED,
        "may_share": is_unit and request.answered_on is not None,
        "common_answers": list(request.common_answers.all()) if is_unit else [],
        "days": (request.answered_on - request.asked_on).days if request.answered_on else None,
        "messages_said": list(request.messages.select_related("file", "template")),
        "visits": [
            {"visit": one, "is_open": is_unit and "record_visit" in VISIT.open_for(one.status)} for one in visits
        ],
        "history": history_of(request, *visits),
    }


def _steps(request: AdviceRequest) -> list[dict]:
    """Return the course of a request; a question back is a step of having asked."""
    status = S.ASKED if request.status == S.ASKED_BACK else S(request.status)
    now = STEPS.index(status)
    states = ["done"] * now + ["current"] + ["todo"] * (len(STEPS) - now - 1)
    return [{"label": one.label, "state": state, "note": ""} for one, state in zip(STEPS, states, strict=True)]


def _waiting_for(request: AdviceRequest, *, is_centre: bool) -> str:
    """Return who is waited for where it is not the reader."""
    if is_centre and request.status == S.ASKED:
        return str(request.unit)
    if not is_centre and request.status in {S.ASKED_BACK, S.ANSWERED}:
        return str(request.centre)
    return ""


def _next_title(request: AdviceRequest, *, is_centre: bool) -> str:
    """Return what is to be done now by the reader's side; empty where nothing is."""
    if is_centre:
        titles = {
            S.DRAFT: _("Die Frage absenden"),
            S.ASKED_BACK: _("Die Koordinierungsstelle fragt zurück"),
            S.ANSWERED: _("Die Antwort ist da"),
        }
    else:
        titles = {S.ASKED: _("Die Frage beantworten")}
    return titles.get(request.status, "")


def _acts(request: AdviceRequest, moves: set[str], known: dict) -> list[dict]:
    return [
        {
            "url": reverse(f"advising:{page}", args=[request.pk]),
            "label": label,
            "by_post": move == "ask_unit",
            "is_primary": move in {"reply_to_unit", "answer_centre"},
        }
        for move, (page, label) in known.items()
        if move in moves
    ]
