"""Acts on tasks: agree one, give it to somebody else, settle it, open it again."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.advising.networks import forms, operations, queries
from verbund.advising.networks.permissions import keeps_networks
from verbund.advising.networks.views.networks import act
from verbund.core.acts import act_at_once
from verbund.core.dates import today
from verbund.core.permissions import gate


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def new_task(request, record):
    return act(
        request,
        forms.TaskForm(request.POST or None, network=record.network, on=today()),
        lambda typed: operations.agree_task(record, **typed, actor=request.actor),
        title=_("Aufgabe vergeben"),
        label=_("Vergeben"),
        intro=_(
            "An ein Mitglied oder an eine Funktion im Zentrum. Was offen bleibt, steht von selbst auf der nächsten "
            "Tagesordnung."
        ),
        back=f"{record.get_absolute_url()}#aufgaben",
        done=_("Vergeben."),
        subject=record,
    )


@gate(among=queries.tasks_visible_to, may=keeps_networks)
def reassign_task(request, task):
    return act(
        request,
        forms.ResponsibleForm(request.POST or None, instance=task, network=task.meeting.network, on=today()),
        lambda typed: operations.reassign_task(task, **typed, actor=request.actor),
        title=_("Aufgabe neu vergeben"),
        label=_("Neu vergeben"),
        intro=task.text,
        back=task.get_absolute_url(),
        done=_("Neu vergeben."),
        subject=task.meeting,
    )


@gate(among=queries.tasks_visible_to, may=keeps_networks)
def complete_task(request, task):
    return act(
        request,
        forms.NoteForm(request.POST if request.method == "POST" else None),
        lambda typed: operations.complete_task(task, **typed, on=today(), actor=request.actor),
        title=_("Aufgabe erledigt"),
        label=_("Erledigt"),
        intro=task.text,
        back=task.get_absolute_url(),
        done=_("Erledigt."),
        subject=task.meeting,
    )


@gate(among=queries.tasks_visible_to, may=keeps_networks)
def drop_task(request, task):
    return act(
        request,
        forms.DropForm(request.POST or None),
        lambda typed: operations.drop_task(task, **typed, on=today(), actor=request.actor),
        title=_("Aufgabe entfällt"),
        label=_("Entfällt"),
        intro=task.text,
        back=task.get_absolute_url(),
        done=_("Festgehalten."),
        subject=task.meeting,
    )


@require_POST
@gate(among=queries.tasks_visible_to, may=keeps_networks)
def reopen_task(request, task):
    return act_at_once(
        request,
        lambda: operations.reopen_task(task, actor=request.actor),
        back=task.get_absolute_url(),
        done=_("Die Aufgabe ist wieder offen."),
    )
