"""One meeting: from the plan to released minutes, with agenda, papers, decisions and tasks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.attributing.pages import shown
from verbund.advising.cutting.reading import history_of
from verbund.advising.models import Sending
from verbund.advising.networks import calendar, documents, forms, operations, queries, reading
from verbund.advising.networks.permissions import keeps_networks
from verbund.advising.networks.views.networks import act, guarded
from verbund.core import files
from verbund.core.acts import act_at_once
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show


@gate(among=queries.networks_visible_to, may=keeps_networks)
def new_meeting(request, record):
    return act(
        request,
        forms.MeetingForm(request.POST or None),
        lambda typed: operations.plan_meeting(record, **typed, actor=request.actor),
        title=_("Sitzung planen"),
        label=_("Planen"),
        back=record.get_absolute_url(),
        done=_("Geplant. Legen Sie nun die Tagesordnung fest."),
        goes_to_made=True,
        subject=record,
    )


@require_safe
@gate(among=queries.meetings_visible_to)
def meeting(request, record):
    """One meeting with everything that belongs to it, and the one next step."""
    context = minutes_of(record) | {
        "tone": reading.TONES[record.status],
        "steps": reading.steps_of(record),
        "invite_by": reading.invite_by(record),
        "minutes_by": reading.minutes_by(record),
        "is_over": record.day <= today(),
        "takes_invitations": record.day >= today(),
        "sendings": (sendings := _sendings(record)),
        "minutes_are_sent": any(one["sending"].is_about_minutes and one["links"] > one["recalled"] for one in sendings),
        "silent": _silent(record),
        "can_remind": record.is_coming and queries.to_remind(record, on=today()).exists(),
        "unreached": queries.unreached(record, on=today()) if record.is_coming else [],
        "attributed": shown(record),
        "history": history_of(record, *record.tasks.all(), *record.decisions.all(), *record.sendings.all()),
    }
    return show(request, "advising/networks/meeting.html", context)


def _silent(record) -> list[dict]:
    """Return who was invited to a coming meeting and has not answered."""
    if not record.is_coming:
        return []
    names = reading.Names()
    members = queries.without_answer(record, on=today())
    return [{"member": one, "name": names.of_member(one, record.day)} for one in members]


def minutes_of(record) -> dict:
    """Return what page and print of a meeting show: agenda, what is carried over, who came, decisions, tasks."""
    names, day = reading.Names(), record.day
    rows = record.participations.select_related("member__partner__organisation", "member__network__centre__carrier")
    tasks = record.tasks.select_related(
        "member__partner__organisation", "member__network__centre__carrier", "meeting__network"
    )
    participations = [{"row": row, "name": names.of_member(row.member, day)} for row in rows]
    return {
        "record": record,
        "name": names.of_network(record.network, day),
        "when": reading.when(record),
        "agenda": list(record.agenda.all()),
        "carried": [_task(one, names, day) for one in queries.tasks_carried_to(record)],
        "participations": participations,
        "answered": [one for one in participations if one["row"].answer],
        "present": [one for one in participations if one["row"].came],
        "people": sum(one["row"].came or 0 for one in participations) + record.guests,
        "decisions": list(record.decisions.order_by("number")),
        "tasks": [_task(one, names, day) for one in tasks],
        "papers": list(record.papers.select_related("file")),
    }


def _task(task, names, day) -> dict:
    return {"task": task, "who": names.of_responsible(task, day), "tone": reading.TASK_TONES[task.status]}


def _sendings(record) -> list[dict]:
    """Return what was sent about a meeting, with how many were opened and recalled."""
    found = record.sendings.prefetch_related("links")
    return [
        {
            "sending": one,
            "links": len(one.links.all()),
            "opened": sum(link.opened_at is not None for link in one.links.all()),
            "recalled": sum(link.is_recalled for link in one.links.all()),
        }
        for one in found
    ]


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def move_meeting(request, record):
    return guarded(
        request,
        forms.MeetingForm(request.POST or None, instance=record),
        lambda typed: operations.move_meeting(record, **typed, actor=request.actor),
        title=_("Zeit oder Ort ändern"),
        label=_("Ändern"),
        intro=_("Wer schon eingeladen ist, bekommt eine Mail mit der Änderung.") if record.invited_on else "",
        back=record.get_absolute_url(),
        done=_("Geändert."),
        subject=record,
    )


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def cancel_meeting(request, record):
    return act(
        request,
        forms.ReasonForm(request.POST or None),
        lambda typed: operations.cancel_meeting(record, **typed, actor=request.actor),
        title=_("Sitzung absagen"),
        label=_("Absagen"),
        intro=_("Wer schon eingeladen ist, bekommt eine Mail mit dem Grund."),
        back=record.get_absolute_url(),
        done=_("Abgesagt."),
        subject=record,
    )


@require_POST
@gate(among=queries.meetings_visible_to, may=keeps_networks)
def hold_meeting(request, record):
    return act_at_once(
        request,
        lambda: operations.hold_meeting(record, on=today(), actor=request.actor),
        back=reverse("advising:network-minutes", args=[record.pk]),
        done=_("Festgehalten. Schreiben Sie nun die Niederschrift."),
    )


@require_POST
@gate(among=queries.meetings_visible_to, may=keeps_networks)
def release_minutes(request, record):
    """Release the minutes and go on to who gets them."""
    return act_at_once(
        request,
        lambda: operations.release_minutes(record, on=today(), actor=request.actor),
        back=reverse("advising:network-send", args=[record.pk, Sending.Kind.MINUTES.value.lower()]),
        done=_("Freigegeben. Wählen Sie nun, wer die Niederschrift bekommt."),
    )


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def reopen_minutes(request, record):
    return act(
        request,
        forms.ReasonForm(request.POST or None),
        lambda typed: operations.reopen_minutes(record, **typed, on=today(), actor=request.actor),
        title=_("Niederschrift berichtigen"),
        label=_("Zum Berichtigen öffnen"),
        intro=_(
            "Die verschickten Links zur Niederschrift werden zurückgerufen. Nach der Freigabe verschicken Sie neue."
        ),
        back=record.get_absolute_url(),
        done=_("Geöffnet. Berichtigen Sie die Niederschrift und geben Sie sie neu frei."),
        subject=record,
    )


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def agenda(request, record):
    """The whole agenda on one page."""
    typed = request.POST if request.method == "POST" else None
    form = forms.SeenForm(typed, initial={"seen": record.version})
    rows = forms.agenda_rows(typed, record)
    if typed is not None and form.is_valid() and rows.is_valid():
        try:
            operations.set_agenda(record, forms.points_of(rows), **form.cleaned_data, actor=request.actor)
        except StaleVersion as refusal:
            return conflict(request, sentence=str(refusal), back_href=request.path)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Die Tagesordnung ist gespeichert."))
            return redirect(f"{record.get_absolute_url()}#tagesordnung")
    is_refused = bool(form.errors or (rows.is_bound and not rows.is_valid()))
    context = {"record": record, "form": form, "rows": rows}
    return show(request, "advising/networks/agenda.html", context, status=422 if is_refused else 200)


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def minutes(request, record):
    """Minutes and attendance; who is second of two keeps the own text beside what is stored."""
    names = reading.Names()
    members = queries.members_of(record.network, on=record.day)
    came = dict(record.participations.values_list("member_id", "came"))
    parts = {"meeting": record, "items": record.agenda.all(), "members": members, "came": came, "names": names}
    form = forms.MinutesForm(request.POST if request.method == "POST" else None, **parts)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            operations.write_minutes(record, form.texts(), form.attendance(), seen=seen, actor=request.actor)
        except StaleVersion as refusal:
            return conflict(request, sentence=str(refusal), changes=_differences(form), back_href=request.path)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(record)
    context = {"record": record, "form": form, "tasks": queries.tasks_carried_to(record)}
    return show(request, "advising/networks/minutes.html", context, status=422 if form.errors else 200)


def _differences(form) -> list[dict]:
    """Return the points and counts that differ from what is stored, in both versions, to be copied."""
    fields = [*form.item_fields(), *form.count_fields()]
    pairs = [(field, field.initial, form.cleaned_data.get(field.name)) for field in fields]
    return [
        {"label": field.label, "theirs": "" if theirs is None else theirs, "mine": "" if mine is None else mine}
        for field, theirs, mine in pairs
        if (theirs or "") != (mine or "")
    ]


@require_safe
@gate(among=queries.meetings_visible_to)
def print_minutes(request, record):
    """The minutes as a page to file."""
    return show(request, "advising/networks/print.html", minutes_of(record))


@require_safe
@gate(among=queries.meetings_visible_to)
def minutes_file(request, record):
    """The minutes as PDF, also while they are a draft; not of a meeting that did not take place."""
    if not record.took_place:
        raise Http404
    return respond_minutes(record)


def respond_minutes(record) -> HttpResponse:
    """Return the minutes of a meeting as a file to keep, in German in every language."""
    with translation.override("de"):
        content = documents.minutes_pdf(record, minutes_of(record))
    name = f"niederschrift-{record.day:%Y-%m-%d}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@gate(among=queries.meetings_visible_to)
def meeting_calendar(request, record):
    """The meeting for one's own calendar."""
    name = reading.Names().of_network(record.network, record.day)
    return calendar.respond(calendar.write([record], name=name), filename=f"sitzung-{record.day:%Y-%m-%d}")


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def new_paper(request, record):
    form = forms.PaperForm(request.POST or None, request.FILES or None)
    return act(
        request,
        form,
        lambda typed: operations.add_paper(
            record, title=typed["title"], content=form.content, filename=typed["upload"].name, actor=request.actor
        ),
        template="advising/networks/upload.html",
        title=_("Unterlage hinzufügen"),
        label=_("Hochladen"),
        back=f"{record.get_absolute_url()}#unterlagen",
        done=_("Hinzugefügt."),
        subject=record,
    )


@require_safe
@gate(among=queries.papers_visible_to)
def paper(request, record):
    return files.respond(record.file)


@require_POST
@gate(among=queries.papers_visible_to, may=keeps_networks)
def remove_paper(request, record):
    return act_at_once(
        request,
        lambda: operations.remove_paper(record, actor=request.actor),
        back=f"{record.meeting.get_absolute_url()}#unterlagen",
        done=_("Die Unterlage ist entfernt."),
    )


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def new_decision(request, record):
    return act(
        request,
        forms.DecisionForm(request.POST or None),
        lambda typed: operations.record_decision(record, **typed, actor=request.actor),
        title=_("Beschluss festhalten"),
        label=_("Festhalten"),
        back=f"{record.get_absolute_url()}#beschluesse",
        done=_("Festgehalten."),
        subject=record,
    )


@gate(among=queries.decisions_visible_to, may=keeps_networks)
def correct_decision(request, record):
    return act(
        request,
        forms.DecisionForm(request.POST or None, instance=record),
        lambda typed: operations.correct_decision(record, **typed, actor=request.actor),
        title=_("Beschluss %(reference)s berichtigen") % {"reference": record.reference},
        label=_("Berichtigen"),
        back=f"{record.meeting.get_absolute_url()}#beschluesse",
        done=_("Berichtigt."),
        subject=record.meeting,
    )
