"""Pages of advice: the list of either side, a question with everything that was said, what can be said next."""

from functools import partial

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.models import AdviceMessage
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.requests import listing, operations, permissions, queries, reading
from verbund.advising.requests.exports import COLUMNS
from verbund.advising.requests.forms import (
    CloseForm,
    HelpedForm,
    MessageForm,
    QuestionForm,
    UnitMessageForm,
    VisitForm,
    VisitResultForm,
)
from verbund.advising.requests.lifecycle import RequestStatus, Wish
from verbund.core import exports, files
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre

act = partial(act_with_form, template="advising/requests/act.html")
Kind = AdviceMessage.Kind


@require_safe
@gate(may=permissions.has_requests)
def requests(request):
    """The questions of a centre, or those asked of a unit; with the time units take to answer."""
    on, actor, wanted = today(), request.actor, listing.Wanted.from_address(request.GET)
    is_unit = coordinates(actor)
    found = listing.found(queries.requests_visible_to(actor), wanted, is_unit=is_unit)
    context = {
        "wanted": wanted,
        "is_unit": is_unit,
        "page": listing.page_of(found, request.GET.get("seite")),
        "statuses": [one for one in RequestStatus.choices if not is_unit or one[0] != RequestStatus.DRAFT],
        "wishes": Wish.choices,
        "times": queries.answer_times(list(queries.units_on(on)), on=on),
    }
    return show(request, "advising/requests/list.html", context)


@require_safe
@gate(may=permissions.has_requests)
def requests_csv(request):
    return exports.respond_csv(COLUMNS, _rows(request), name="anfragen")


@require_safe
@gate(may=permissions.has_requests)
def requests_xlsx(request):
    return exports.respond_xlsx(COLUMNS, _rows(request), name="anfragen", title=_("Beratung"))


def _rows(request):
    wanted = listing.Wanted.from_address(request.GET)
    mine = queries.requests_visible_to(request.actor)
    return listing.found(mine, wanted, is_unit=coordinates(request.actor))


@gate(may=works_in_centre)
def new_request(request):
    centre = Centre.objects.get(pk=request.actor.organisation_id)
    form = QuestionForm(request.POST or None, units=queries.units_on(today()), use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: operations.begin_request(centre, **form.values(), on=today(), actor=request.actor),
        title=_("Frage an die Koordinierungsstelle"),
        label=_("Entwurf speichern"),
        intro=_("Sie speichern zuerst einen Entwurf. Die Koordinierungsstelle sieht ihn, wenn Sie ihn absenden."),
        back=reverse("advising:requests"),
        done=_("Gespeichert. Prüfen Sie die Frage und senden Sie sie ab."),
        goes_to_made=True,
    )


@require_safe
@gate(among=queries.requests_visible_to)
def advice_request(request, record):
    """A question and what was said; what comes next for the reader's side."""
    return show(request, "advising/requests/request.html", reading.page_of(record, request.actor))


def _acted(request, record, form, act_on, **words):
    return act(request, form, act_on, back=record.get_absolute_url(), subject=record, **words)


@gate(among=queries.requests_visible_to, may=permissions.asks)
def edit_request(request, record):
    initial = {**{name: getattr(record, name) for name in operations.EDITED}, "seen": record.version}
    form = QuestionForm(
        request.POST or None, initial=initial, units=queries.units_on(today()), use_required_attribute=False
    )
    return _acted(
        request,
        record,
        form,
        lambda typed: operations.edit_request(
            record, values=form.values(), seen=typed["seen"], on=today(), actor=request.actor
        ),
        title=_("Frage ändern"),
        label=_("Speichern"),
        done=_("Gespeichert."),
    )


@require_POST
@gate(among=queries.requests_visible_to, may=permissions.asks)
def ask(request, record):
    return act_at_once(
        request,
        lambda: operations.ask_unit(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Abgesandt. Sie bekommen eine Nachricht, sobald geantwortet wurde."),
    )


def _said(request, record, kind: str, form, **words):
    return _acted(
        request,
        record,
        form,
        lambda typed: operations.say(record, kind, **typed, on=today(), actor=request.actor),
        label=_("Absenden"),
        done=_("Abgesandt."),
        **words,
    )


@gate(among=queries.requests_visible_to, may=permissions.asks)
def reply(request, record):
    return _said(request, record, Kind.REPLY, MessageForm(request.POST or None), title=_("Rückfrage beantworten"))


@gate(among=queries.requests_visible_to, may=permissions.asks)
def further(request, record):
    return _said(request, record, Kind.FURTHER, MessageForm(request.POST or None), title=_("Weiter fragen"))


@gate(among=queries.requests_visible_to, may=permissions.advises)
def ask_back(request, record):
    return _said(request, record, Kind.ASK_BACK, MessageForm(request.POST or None), title=_("Zurückfragen"))


@gate(among=queries.requests_visible_to, may=permissions.advises)
def answer(request, record):
    form = UnitMessageForm(
        request.POST or None,
        request.FILES or None,
        templates=queries.templates_of(record.unit_id),
        use_required_attribute=False,
    )
    return _said(request, record, Kind.ANSWER, form, title=_("Antworten"))


@gate(among=queries.requests_visible_to, may=permissions.closes)
def close(request, record):
    return _acted(
        request,
        record,
        CloseForm(request.POST or None),
        lambda typed: operations.close_request(record, **typed, on=today(), actor=request.actor),
        title=_("Abschließen"),
        label=_("Abschließen"),
        intro=_("Was gesagt wurde, bleibt stehen. Danach kann niemand mehr etwas dazu schreiben."),
        done=_("Abgeschlossen."),
    )


@gate(among=queries.requests_visible_to, may=permissions.asks)
def helped(request, record):
    initial = {"helped": record.helped, "helped_note": record.helped_note}
    return _acted(
        request,
        record,
        HelpedForm(request.POST or None, initial=initial),
        lambda typed: operations.say_whether_it_helped(record, **typed, actor=request.actor),
        title=_("Hat es geholfen?"),
        label=_("Speichern"),
        intro=_("Das liest die Koordinierungsstelle."),
        done=_("Danke. Die Koordinierungsstelle sieht es."),
    )


@gate(among=queries.requests_visible_to, may=permissions.advises)
def plan_visit(request, record):
    return _acted(
        request,
        record,
        VisitForm(request.POST or None),
        lambda typed: operations.plan_visit(record, **typed, actor=request.actor),
        title=_("Besuch planen"),
        label=_("Planen"),
        done=_("Geplant. Das Zentrum bekommt eine Nachricht."),
    )


@gate(among=queries.visits_visible_to, may=permissions.advises_at_visit)
def record_visit(request, visit):
    return _visit(request, visit, operations.record_visit, title=_("Besuch festhalten"), done=_("Festgehalten."))


@gate(among=queries.visits_visible_to, may=permissions.advises_at_visit)
def cancel_visit(request, visit):
    return _visit(request, visit, operations.cancel_visit, title=_("Besuch absagen"), done=_("Abgesagt."))


def _visit(request, visit, operation, **words):
    return _acted(
        request,
        visit.request,
        VisitResultForm(request.POST or None),
        lambda typed: operation(visit, **typed, actor=request.actor),
        label=_("Speichern"),
        intro=str(visit),
        **words,
    )


@require_safe
@gate(among=queries.messages_visible_to)
def message_file(request, message):
    """The file attached to an answer, for both sides."""
    if message.file is None:
        raise Http404
    return files.respond(message.file)
