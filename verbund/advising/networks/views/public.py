"""What members without an account open by their link. Opening the address changes nothing, whoever does it.

Mail scanners open links, so a GET neither answers nor counts as reading. Before the button "Unterlagen öffnen" is
pressed the page shows what the mail said already (which meeting, when, where) and takes an answer; agenda, papers,
minutes and tasks come with the press, a POST, which notes the first time. That makes a recall exact: who has not
pressed has seen nothing of them. The address of the token is logged by its pattern only (`core/logs.py`), it is not
stored with the forms (no once token: each act by itself makes no difference the second time), and nothing but this
site is told where a reader comes from (Referrer-Policy: same-origin).
"""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.models import MeetingTask, NetworkLink, Participation, Sending
from verbund.advising.networks import calendar, forms, operations, queries, reading
from verbund.advising.networks.views.meetings import minutes_of, respond_minutes
from verbund.core import files, public_forms
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.notifications import address_of
from verbund.core.permissions import public
from verbund.core.public_forms import open_form
from verbund.core.views import show

PURPOSE = "network-link"
OF_ONE, OF_ALL = 120, 5_000
DONE = {
    "geantwortet": gettext_lazy("Danke. Ihre Antwort ist beim Zentrum."),
    "erledigt": gettext_lazy("Danke. Die Aufgabe steht als erledigt."),
}


@public
@require_safe
@open_form
def link(request, token: str):
    """The page of a link."""
    found = _found(token)
    return _over(request, found) or _page(request, found, token)


@public
@require_POST
@open_form
def open_papers(request, token: str):
    """Show agenda, papers, minutes and tasks from now on; the first press is noted."""
    return _act(request, token, None, lambda one: operations.open_papers(one, at=timezone.now(), on=today()), "")


@public
@require_POST
@open_form
def answer(request, token: str):
    """Accept, decline, or send a deputy."""
    form = forms.AnswerForm(request.POST)
    return _act(
        request,
        token,
        form,
        lambda one: operations.answer_invitation(one, **form.cleaned_data, on=today()),
        "geantwortet",
    )


@public
@require_POST
@open_form
def complete_task(request, token: str):
    """Say that an own task is done."""
    found = _found(token)
    form = forms.OwnTaskForm(request.POST, among=MeetingTask.objects.filter(member=found.member_id))
    return _act(
        request, token, form, lambda one: operations.complete_own_task(one, **form.cleaned_data, on=today()), "erledigt"
    )


@public
@require_safe
def paper(request, token: str, pk: int):
    """A paper of the link's meeting, once the papers are opened."""
    found = _found(token)
    over = _over(request, found)
    if over:
        return over
    one = (
        found.meeting.papers.select_related("file").filter(pk=pk).first() if found.meeting and found.opened_at else None
    )
    if one is None:
        raise Http404
    return _quiet(files.respond(one.file))


@public
@require_safe
def minutes_file(request, token: str):
    """The minutes as PDF, by a link that was sent with them, once its papers are opened."""
    found = _found(token)
    over = _over(request, found)
    if over:
        return over
    if not (found.kind == Sending.Kind.MINUTES and found.opened_at and found.meeting.is_released):
        raise Http404
    return _quiet(respond_minutes(found.meeting))


@public
@require_safe
def link_calendar(request, token: str):
    """The link's meeting, or all meetings of its network, for the member's own calendar."""
    found, on = _found(token), today()
    over = _over(request, found)
    if over:
        return over
    network = found.sending.network
    since = on.replace(month=1, day=1)
    meetings = [found.meeting] if found.meeting else list(queries.coming_meetings(network, since=since))
    name = reading.Names().of_network(network, found.meeting.day if found.meeting else on)
    return _quiet(calendar.respond(calendar.write(meetings, name=name), filename="sitzungen"))


def _found(token: str) -> NetworkLink:
    """Return the link of a token; 404 for a token we never gave out."""
    found = queries.link_of(token)
    if found is None:
        raise Http404
    return found


def _over(request, found: NetworkLink):
    """Return the plain page that says why a link no longer leads anywhere; None where it does."""
    try:
        operations.check_link(found, on=today())
    except operations.LinkOver as refusal:
        context = {
            "sentence": str(refusal),
            "is_recalled": isinstance(refusal, operations.LinkRecalled),
            "centre": found.sending.network.centre,
        }
        return _quiet(show(request, "advising/networks/link_over.html", context, status=410))
    return None


def _act(request, token: str, form, do, done: str):
    """Do what was pressed and show the page; a refusal keeps what was typed."""
    found = _found(token)
    if over := _over(request, found):
        return over
    if not public_forms.may_send(request, PURPOSE, of_one=OF_ONE, of_all=OF_ALL, now=timezone.now()):
        return show(request, "advising/networks/too_many.html", status=429)
    form = form or forms.NothingForm(request.POST)
    if form.is_valid():
        if public_forms.is_fresh(request, PURPOSE):
            try:
                do(found)
            except operations.LinkOver:
                return _over(request, _found(token))
            except DomainError as refusal:
                show_on(form, refusal)
            else:
                return redirect(reverse("advising:network-link", args=[token]) + (f"?getan={done}" if done else ""))
        else:
            form.add_error(None, _("Die Seite war länger als einen Tag offen. Bitte drücken Sie noch einmal."))
    return _page(request, found, token, form)


def _page(request, found: NetworkLink, token: str, form=None):
    """Show what the link is for; before the papers are opened only what the mail said."""
    on, names, meeting = today(), reading.Names(), found.meeting
    own = queries.open_tasks_of(found.member).order_by("due_on", "pk") if found.opened_at else ()
    row = Participation.objects.filter(meeting=meeting, member=found.member).first() if meeting else None
    context = {
        "link": found,
        "token": token,
        "form": form,
        "name": names.of_network(found.sending.network, meeting.day if meeting else on),
        "member": names.of_member(found.member, on),
        "centre": found.sending.network.centre,
        "meeting": meeting,
        "when": reading.when(meeting) if meeting else "",
        "takes_answers": bool(meeting and meeting.is_coming and meeting.day >= on),
        "given": row if row and row.answer else None,
        "deputy": forms.AnswerForm(form.data if isinstance(form, forms.AnswerForm) else None)["deputy_function"],
        "own_tasks": own,
        "is_opened": found.opened_at is not None,
        "done": DONE.get(request.GET.get("getan", "")) if request.method != "POST" else None,
        "form_field": public_forms.FIELD,
        "form_token": public_forms.new_token(PURPOSE),
        "shows_minutes": found.kind == Sending.Kind.MINUTES,
        "calendar_address": address_of(reverse("advising:network-link-calendar", args=[token])),
    }
    if found.opened_at and meeting:
        context |= minutes_of(meeting)
    elif found.opened_at:
        coming = queries.coming_meetings(found.sending.network, since=on)
        context["coming"] = [{"meeting": one, "when": reading.when(one)} for one in coming]
    status = 422 if form is not None and form.errors else 200
    return _quiet(show(request, "advising/networks/link.html", context, status=status))


def _quiet(response):
    """Let nobody index or keep what a link leads to."""
    response["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
