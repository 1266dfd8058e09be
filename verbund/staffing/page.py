"""What the page of a request shows: the next step for the acting person, the course of the process, the rows."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.acting import Actor
from verbund.staffing import permissions, queries
from verbund.staffing.calculations import filled_on
from verbund.staffing.lifecycle import SECONDMENT
from verbund.staffing.lifecycle import RequestStatus as S
from verbund.staffing.lifecycle import SecondmentStatus as Seconded
from verbund.staffing.models import Secondment, TeacherRequest

TONES = {S.DRAFT: "neutral", S.REQUESTED: "info", S.CONFIRMED: "success", S.DECLINED: "danger", S.WITHDRAWN: "neutral"}
SECONDMENT_TONES = {Seconded.RECORDED: "success", Seconded.ENDED: "neutral", Seconded.CANCELLED: "warning"}
ORDER = (
    (gettext_lazy("Entwurf"), {S.DRAFT}),
    (gettext_lazy("Entscheidung des Schulministeriums"), {S.REQUESTED}),
    (gettext_lazy("Abordnung"), {S.CONFIRMED}),
)


@dataclass(frozen=True)
class NextStep:
    """The one primary action of a page: a link, or a button (`by_post`); or only who is waited for."""

    title: str = ""
    label: str = ""
    url: str = ""
    by_post: bool = False
    waiting_for: str = ""


def next_step(request: TeacherRequest, actor: Actor, *, on: date) -> NextStep:
    """Return the next step for the acting person."""
    if request.is_draft and permissions.can_manage_request(actor, request):
        url = reverse("staffing:submit", args=[request.pk])
        return NextStep(_("Prüfen und an das Schulministerium senden."), _("Anfordern"), url, by_post=True)
    if request.is_requested and permissions.can_decide(actor, request):
        url = reverse("staffing:confirm", args=[request.pk])
        return NextStep(_("Über die Stellen entscheiden."), _("Bestätigen"), url)
    if request.is_confirmed and permissions.can_record_secondment(actor, request) and request.year >= on.year:
        return _record_step(request)
    return NextStep(waiting_for=_waited_for(request, on))


def _record_step(request: TeacherRequest) -> NextStep:
    url = reverse("staffing:secondment-new", args=[request.pk])
    if request.posts_filled >= request.posts_confirmed:
        return NextStep(waiting_for=_("niemanden; alle bestätigten Stellen sind besetzt"))
    return NextStep(_("Eintragen, wer die Stellen besetzt."), _("Abordnung eintragen"), url)


def _waited_for(request: TeacherRequest, on: date) -> str:
    if request.is_confirmed:
        open_ones = request.posts_filled < request.posts_confirmed and request.year >= on.year
        return _("die Leitung des Zentrums, die Abordnungen einträgt") if open_ones else _("niemanden")
    return {
        S.DRAFT: _("die Leitung des Zentrums oder die Zeichnung des Trägers"),
        S.REQUESTED: _("das Schulministerium"),
        S.DECLINED: _("niemanden; die Anforderung ist abgelehnt"),
        S.WITHDRAWN: _("niemanden; die Anforderung ist zurückgezogen"),
    }[request.status]


def steps_of(request: TeacherRequest) -> list[dict]:
    """Return the course of the process; a declined or withdrawn request stands still where it ended."""
    current = next((index for index, (_label, found) in enumerate(ORDER) if request.status in found), None)
    if current is None:
        current = 1 if request.requested_on else 0
    names = ["done" if index < current else "current" if index == current else "todo" for index in range(len(ORDER))]
    return [{"label": label, "state": state, "note": ""} for (label, _found), state in zip(ORDER, names, strict=True)]


def secondment_rows(request: TeacherRequest, secondments: list[Secondment], actor: Actor) -> list[dict]:
    """Return the rows of the table with what the actor may do to each."""
    may_change = permissions.can_record_secondment(actor, request)
    return [
        {
            "secondment": one,
            "tone": SECONDMENT_TONES[one.status],
            "can_end": may_change and "end_secondment" in SECONDMENT.open_for(one.status),
            "can_cancel": may_change and "cancel_secondment" in SECONDMENT.open_for(one.status),
        }
        for one in secondments
    ]


def reference_day(request: TeacherRequest, on: date) -> date:
    """Return the day on which the page counts what is filled: today, or the edge of the request's year."""
    return queries.reference_day(request.year, on)


def fill(request: TeacherRequest, secondments: list[Secondment], on: date) -> dict:
    """Set `posts_filled` on the request and return the figures of its posts on the reference day."""
    day = reference_day(request, on)
    request.posts_filled = filled_on([one.stretch for one in secondments if one.counts], day)
    vacant = request.posts_confirmed - request.posts_filled if request.is_confirmed else None
    return {"day": day, "is_today": day == on, "filled": request.posts_filled, "vacant": vacant}


def rows_of(requests, *, on: date) -> list[dict]:
    """Return the rows of the list: the tone of the status, and of this year's confirmed posts how many are filled."""
    return [
        {
            "request": one,
            "tone": TONES[one.status],
            "filled": one.posts_filled if one.is_confirmed and one.year == on.year else None,
        }
        for one in requests
    ]
