"""One network: what it is, its members, meetings, decisions and tasks, its calendar; and the acts on members."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.advising.cutting.reading import history_of
from verbund.advising.networks import calendar, forms, operations, queries, reading
from verbund.advising.networks.permissions import keeps_networks
from verbund.core.acts import act_with_form
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory.models import Centre

MOST_SHOWN = 20
act = partial(act_with_form, template="advising/act.html")


@require_safe
@gate(among=queries.networks_visible_to)
def network(request, record):
    """All about a network; members of today first, those who have left below."""
    on, names = today(), reading.Names()
    members = list(record.members.select_related("partner__organisation", "network__centre__carrier"))
    tasks = queries.tasks_visible_to(request.actor).filter(meeting__network=record, status="OPEN")
    meetings = list(record.meetings.all()[:MOST_SHOWN])
    context = {
        "record": record,
        "name": names.of_network(record, on),
        "members": [
            {"member": one, "name": names.of_member(one, on)}
            for one in members
            if one.valid_until is None or one.valid_until >= on
        ],
        "former": [
            {"member": one, "name": names.of_member(one, one.valid_until)}
            for one in members
            if one.valid_until and one.valid_until < on
        ],
        "meetings": [{"meeting": one, "tone": reading.TONES[one.status]} for one in meetings],
        "next": min(
            (one for one in meetings if one.is_coming and one.day >= on), key=lambda one: one.day, default=None
        ),
        "tasks": [{"task": one, "who": names.of_responsible(one, on), "has_left": _has_left(one, on)} for one in tasks],
        "decisions": record.decisions.select_related("meeting")[:MOST_SHOWN],
        "sendings": record.sendings.filter(meeting=None),
        "audiences": record.audiences.all(),
        "is_running": record.runs_on(on),
        "history": history_of(record, *members),
    }
    return show(request, "advising/networks/network.html", context)


def _has_left(task, on) -> bool:
    return bool(task.member and task.member.valid_until and task.member.valid_until < on)


@gate(may=keeps_networks)
def new_network(request):
    centre = Centre.objects.select_related("carrier").get(pk=request.actor.organisation_id)
    form = forms.NetworkForm(request.POST or None, centre=centre, initial={"valid_from": today()})
    return act(
        request,
        form,
        lambda typed: operations.found_network(
            centre, **typed, is_demo=request.actor.user.is_demo, actor=request.actor
        ),
        title=_("Netzwerk anlegen"),
        label=_("Anlegen"),
        back=reverse("advising:network-list"),
        done=_("Angelegt. Nehmen Sie nun die Mitglieder auf."),
        goes_to_made=True,
    )


def guarded(request, form, do, **how):
    """Run an act on a record that two people may change; who is second keeps the own text on a page of its own."""
    try:
        return act(request, form, lambda typed: _or_stale(do, typed), **how)
    except _Stale as refusal:
        return conflict(request, sentence=str(refusal), back_href=request.path)


class _Stale(Exception):
    """A stale version on its way to the page that keeps the typed text."""


def _or_stale(do, typed):
    try:
        return do(typed)
    except StaleVersion as refusal:
        raise _Stale(str(refusal)) from refusal


@gate(among=queries.networks_visible_to, may=keeps_networks)
def edit_network(request, record):
    form = forms.NetworkForm(request.POST or None, instance=record, centre=record.centre)
    return guarded(
        request,
        form,
        lambda typed: operations.describe_network(record, **typed, actor=request.actor),
        title=_("Angaben zum Netzwerk"),
        label=_("Speichern"),
        back=record.get_absolute_url(),
        done=_("Gespeichert."),
        subject=record,
    )


@gate(among=queries.networks_visible_to, may=keeps_networks)
def new_member(request, record):
    partners = queries.partners_for(request.actor)
    initial = {"valid_from": today(), "is_invited": True}
    return act(
        request,
        forms.MemberForm(request.POST or None, partners=partners, initial=initial),
        lambda typed: operations.add_member(record, **typed, actor=request.actor),
        title=_("Mitglied aufnehmen"),
        label=_("Aufnehmen"),
        intro=_("Mitglieder sind Stellen und Funktionen, keine Personen."),
        back=f"{record.get_absolute_url()}#mitglieder",
        done=_("Aufgenommen."),
        subject=record,
    )


@gate(among=queries.members_visible_to, may=keeps_networks)
def edit_member(request, member):
    form = forms.MemberForm(request.POST or None, instance=member, partners=queries.partners_for(request.actor))
    return guarded(
        request,
        form,
        lambda typed: operations.change_member(member, **typed, actor=request.actor),
        title=_("Angaben zum Mitglied"),
        label=_("Speichern"),
        back=member.get_absolute_url(),
        done=_("Gespeichert."),
        subject=member.network,
    )


@gate(among=queries.members_visible_to, may=keeps_networks)
def end_member(request, member):
    """Let a member go; its open tasks are named, and listed afterwards to be given to others."""
    open_tasks = queries.open_tasks_of(member).count()
    intro = _("%(member)s: Ihre Links enden mit diesem Tag. Offene Aufgaben, die neu zu vergeben sind: %(number)s.")
    back = f"{member.network.get_absolute_url()}#aufgaben" if open_tasks else member.get_absolute_url()
    return act(
        request,
        forms.EndForm(request.POST or None, initial={"valid_until": today()}),
        lambda typed: operations.end_member(member, **typed, actor=request.actor),
        title=_("Mitglied scheidet aus"),
        label=_("Ausscheiden festhalten"),
        intro=intro % {"member": member, "number": open_tasks},
        back=back,
        done=_("Festgehalten. Vergeben Sie die offenen Aufgaben neu.") if open_tasks else _("Festgehalten."),
        subject=member.network,
    )


@require_safe
@gate(among=queries.networks_visible_to)
def network_calendar(request, record):
    """The meetings of a network as calendar, for the centre."""
    on = today()
    meetings = list(queries.coming_meetings(record, since=on.replace(month=1, day=1)))
    content = calendar.write(meetings, name=reading.Names().of_network(record, on))
    return calendar.respond(content, filename=f"netzwerk-{record.pk}")
