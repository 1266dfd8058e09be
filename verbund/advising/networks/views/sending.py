"""What is sent: choose who gets a link, see who opened it, recall it, and send anew to the right ones."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from verbund.advising.cutting.reading import history_of
from verbund.advising.models import Sending
from verbund.advising.networks import forms, operations, queries, reading
from verbund.advising.networks.permissions import keeps_networks
from verbund.advising.networks.views.networks import act
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show

KINDS = {"invitation", "minutes"}


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def send(request, record, kind: str):
    """Send links to a meeting: those who get invitations and have no link that holds are chosen already."""
    if kind not in KINDS:
        raise Http404
    sent, on = Sending.Kind(kind.upper()), today()
    among = queries.mailable(queries.members_of(record.network, on=on))
    among = among.exclude(queries.holding_link(sent, on=on, meeting=record))
    return act(
        request,
        forms.SendForm(request.POST or None, among=among, names=reading.Names(), on=record.day),
        lambda typed: operations.send_links(
            record.network, sent, typed["members"], meeting=record, on=on, actor=request.actor
        ),
        title=_("Einladung verschicken") if sent == Sending.Kind.INVITATION else _("Niederschrift verschicken"),
        label=_("Links verschicken"),
        intro=_(
            "Jedes gewählte Mitglied bekommt eine Mail mit einem eigenen Link, ohne Anhang. Wer ihn schon hat, steht "
            "nicht in der Liste."
        ),
        back=record.get_absolute_url(),
        done=_("Die Mails gehen hinaus."),
        subject=record,
    )


@gate(among=queries.networks_visible_to, may=keeps_networks)
def send_calendar(request, record):
    """Send links to the calendar of a network."""
    on = today()
    among = queries.mailable(queries.members_of(record, on=on))
    among = among.exclude(queries.holding_link(Sending.Kind.CALENDAR, on=on))
    form = forms.CalendarForm(request.POST or None, among=among, names=reading.Names(), on=on)
    form.fields["until"].initial = on.replace(year=on.year + 1, month=12, day=31)
    return act(
        request,
        form,
        lambda typed: operations.send_links(
            record, Sending.Kind.CALENDAR, typed["members"], until=typed["until"], on=on, actor=request.actor
        ),
        title=_("Kalender verschicken"),
        label=_("Links verschicken"),
        intro=_(
            "Jedes gewählte Mitglied bekommt einen Link zu den Sitzungen des Netzwerks, "
            "den sein Kalender abonnieren kann."
        ),
        back=record.get_absolute_url(),
        done=_("Die Mails gehen hinaus."),
        subject=record,
    )


@require_safe
@gate(among=queries.sendings_visible_to)
def sending(request, record):
    """Who got a link, who has opened it, what is recalled; after a recall, whom to tell."""
    names, on = reading.Names(), today()
    links = record.links.select_related("member__partner__organisation", "member__network__centre__carrier")
    rows = [{"link": link, "name": names.of_member(link.member, on)} for link in links]
    context = {
        "record": record,
        "rows": rows,
        "to_tell": [row for row in rows if row["link"].is_recalled and row["link"].opened_at],
        "unopened": [row for row in rows if row["link"].is_recalled and not row["link"].opened_at],
        "can_recall": any(not row["link"].is_recalled for row in rows),
        "send_again": _address_of_sending(record),
        "history": history_of(record.subject, record, *links),
    }
    return show(request, "advising/networks/sending.html", context)


def _address_of_sending(record: Sending) -> str:
    if record.meeting_id is None:
        return reverse("advising:network-send-calendar", args=[record.network_id])
    return reverse("advising:network-send", args=[record.meeting_id, record.kind.lower()])


@gate(among=queries.sendings_visible_to, may=keeps_networks)
def recall(request, record):
    """Recall links of a sending, all or single ones."""
    among = record.links.filter(recalled_on=None).select_related("member__partner__organisation")
    opened = sum(link.opened_at is not None for link in among)
    said = ngettext("Einer davon ist schon geöffnet.", "Schon geöffnet sind %(number)s.", opened) % {"number": opened}
    return act(
        request,
        forms.RecallForm(request.POST or None, among=among),
        lambda typed: operations.recall_links(record, **typed, on=today(), actor=request.actor),
        title=_("Links zurückrufen"),
        label=_("Zurückrufen"),
        intro=_("Wer einen zurückgerufenen Link öffnet, liest nur noch, dass er zurückgerufen ist.") + " " + said,
        back=record.get_absolute_url(),
        done=_("Zurückgerufen. Unten steht, wer schon geöffnet hatte."),
        subject=record.subject,
    )
