"""After an invitation: remind who has not answered, write down what was answered elsewhere, mails that came back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Meeting, NetworkLink, NetworkMember, Participation, Sending
from verbund.advising.networks import notifications, queries
from verbund.advising.networks.operations.sending import (
    ForeignRecipient,
    NobodyToSendTo,
    NoFunction,
    NothingToRecall,
    new_link,
)
from verbund.advising.networks.reading import Names
from verbund.core import audit, outbox
from verbund.core.acting import SYSTEM, Actor
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking


@transaction.atomic
def remind(meeting: Meeting, members: Iterable[NetworkMember], *, on: date, actor: Actor) -> Sending:
    """Send who was invited and has not answered a new link; it takes the place of the first. Once a day each.

    Raises NobodyToSendTo, ForeignRecipient, NotAllowedNow, UnmailableAddress.
    """
    meeting = _coming(meeting, on)
    wanted = {member.pk for member in members}
    silent = queries.without_answer(meeting, on=on).in_bulk(wanted)
    if len(silent) != len(wanted):
        raise ForeignRecipient(_("Nicht alle Gewählten sind eingeladen und ohne Antwort."), field="members")
    links = locking(NetworkLink.objects).filter(
        meeting=meeting, kind=Sending.Kind.INVITATION, member__in=silent, recalled_on=None, sending__sent_on__lt=on
    )
    former = {link.member_id: link for link in links.select_related("sending")}
    if not former:
        raise NobodyToSendTo(_("Heute ist schon eine Mail an alle Gewählten gegangen."), field="members")
    sending = Sending.objects.create(network=meeting.network, meeting=meeting, kind=Sending.Kind.INVITATION, sent_on=on)
    name = Names().of_network(meeting.network, meeting.day)
    replaced = NetworkLink.objects.filter(pk__in=[link.pk for link in former.values()])
    replaced.update(recalled_on=on, recall_reason=_("durch den Link der Erinnerung ersetzt"))
    for pk, link in former.items():
        made, token = new_link(sending, silent[pk], until=link.valid_until)
        notifications.send_link(made, token=token, network=name, is_reminder=True)
    audit.record("remind_members", sending, actor=actor, after={"recipients": len(former)})
    return sending


def _coming(meeting: Meeting, on: date) -> Meeting:
    meeting = locking(Meeting.objects).select_related("network__centre__carrier").get(pk=meeting.pk)
    if not meeting.is_coming or meeting.day < on:
        raise NotAllowedNow(_("Auf diese Einladung lässt sich nicht mehr antworten."))
    return meeting


@transaction.atomic
def enter_answer(
    meeting: Meeting, *, member: NetworkMember, answer: str, deputy_function: str = "", on: date, actor: Actor
) -> None:
    """Write down what a member answered by telephone or in person.

    Raises ForeignRecipient, NotAllowedNow once the meeting is over, NoFunction.
    """
    meeting = _coming(meeting, on)
    if not queries.members_of(meeting.network, on=on).filter(pk=member.pk).exists():
        raise ForeignRecipient(_("Diese Stelle ist heute kein Mitglied."), field="member")
    if answer == Participation.Answer.SENDS_DEPUTY and not deputy_function:
        raise NoFunction(_("Nennen Sie die Funktion der Vertretung, keinen Namen."), field="deputy_function")
    said = {
        "answer": answer,
        "deputy_function": deputy_function if answer == Participation.Answer.SENDS_DEPUTY else "",
    }
    row, _is_new = locking(Participation.objects).get_or_create(meeting=meeting, member=member)
    before = {name: getattr(row, name) for name in said}
    Participation.objects.filter(pk=row.pk).update(**said, answered_on=on)
    audit.record("enter_answer", row, actor=actor, before=before, after=said)


@transaction.atomic
def note_bounce(link: NetworkLink, *, on: date, actor: Actor) -> None:
    """Note that a mail came back: its link no longer holds, the mailbox is to be put right. Raises NothingToRecall."""
    link = locking(NetworkLink.objects).get(pk=link.pk)
    if link.is_recalled:
        raise NothingToRecall(_("Dieser Link gilt schon nicht mehr."))
    link.bounced_on = link.recalled_on = on
    link.recall_reason = _("Die Mail kam nicht an.")
    link.save(update_fields=["bounced_on", "recalled_on", "recall_reason"])
    audit.record("note_bounce", link, actor=actor, after={"bounced_on": on})


def note_refused_mails(*, on: date) -> int:
    """Note the links whose mail the mail server refused for good; returns how many."""
    keys = outbox.given_up("network-link:")
    ids = [int(key.rpartition(":")[2]) for key in keys]
    found = list(NetworkLink.objects.filter(pk__in=ids, recalled_on=None))
    for link in found:
        note_bounce(link, on=on, actor=SYSTEM)
    return len(found)
