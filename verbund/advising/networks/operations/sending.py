"""Links for members without an account: send them, recall them, and what a member does with its link."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Meeting, MeetingTask, Network, NetworkLink, NetworkMember, Participation, Sending
from verbund.advising.networks import notifications, queries
from verbund.advising.networks.lifecycle import MEETING, TASK, MeetingStatus
from verbund.advising.networks.reading import Names
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking

TOKEN_BYTES = 32


class NobodyToSendTo(DomainError):
    """Nobody chosen, or all have a link that holds."""


class ForeignRecipient(DomainError):
    """A member of another network, one who has left, or one without a mailbox."""


class NothingToRecall(DomainError):
    """Links that are recalled already, or none chosen."""


class LinkOver(DomainError):
    """A link that has ended with its day or with the membership."""


class LinkRecalled(LinkOver):
    """A link the centre has recalled."""


class ForeignTask(DomainError):
    """A task of somebody else."""


class NoFunction(DomainError):
    """A deputy without a function."""


@transaction.atomic
def send_links(
    network: Network, kind: str, members: Iterable[NetworkMember], *, meeting: Meeting | None = None,
    until: date | None = None, on: date, actor,
) -> Sending:  # fmt: skip
    """Send members a link each: to a meeting's invitation, to its minutes, or to the calendar (`until` its last day).

    Who has a link of the kind that holds gets no second one, however often somebody presses; an expired one is
    replaced. The first invitation moves the meeting on.
    Raises NobodyToSendTo, ForeignRecipient, NotAllowedNow, UnmailableAddress.
    """
    network = locking(Network.objects).select_related("centre__carrier").get(pk=network.pk)
    chosen = [member.pk for member in members]
    able = queries.mailable(queries.members_of(network, on=on)).in_bulk(chosen)
    if len(able) != len(set(chosen)):
        raise ForeignRecipient(_("Nicht alle Gewählten sind heute Mitglied und haben ein Postfach."), field="members")
    if meeting is not None:
        meeting = locking(Meeting.objects).get(pk=meeting.pk)
        _refuse_untimely(kind, meeting, on)
        until = max(meeting.day, on) + timedelta(days=network.link_days)
    holding = set(
        NetworkMember.objects.filter(queries.holding_link(kind, on=on, meeting=meeting), pk__in=able).values_list(
            "pk", flat=True
        )
    )
    waiting = [member for pk, member in sorted(able.items()) if pk not in holding]
    if not waiting:
        raise NobodyToSendTo(_("Alle Gewählten haben den Link schon bekommen."), field="members")
    _replace_expired(kind, meeting, waiting, on=on)
    sending = Sending.objects.create(network=network, meeting=meeting, kind=kind, sent_on=on)
    name = Names().of_network(network, meeting.day if meeting else on)
    for member in waiting:
        _send(sending, member, until=until, name=name)
    if meeting is not None and meeting.status == MeetingStatus.PLANNED:
        MEETING.apply("invite_to_meeting", meeting, actor=actor, changes={"invited_on": on})
    audit.record("send_links", sending, actor=actor, after={"kind": kind, "recipients": len(waiting)})
    return sending


def _refuse_untimely(kind: str, meeting: Meeting, on: date) -> None:
    if kind == Sending.Kind.INVITATION and (not meeting.is_coming or meeting.day < on):
        raise NotAllowedNow(_("Zu dieser Sitzung wird nicht mehr eingeladen."))
    if kind == Sending.Kind.MINUTES and not meeting.is_released:
        raise NotAllowedNow(_("Die Niederschrift ist noch nicht freigegeben."))


def _replace_expired(kind: str, meeting: Meeting | None, members: list[NetworkMember], *, on: date) -> None:
    """Recall what no longer holds by its day, so that one link of a kind holds for each member."""
    expired = NetworkLink.objects.filter(kind=kind, meeting=meeting, member__in=members, recalled_on=None)
    expired.update(recalled_on=on, recall_reason=_("abgelaufen und durch einen neuen Link ersetzt"))


def _send(sending: Sending, member: NetworkMember, *, until: date, name: str) -> None:
    link, token = new_link(sending, member, until=until)
    notifications.send_link(link, token=token, network=name)


def new_link(sending: Sending, member: NetworkMember, *, until: date) -> tuple[NetworkLink, str]:
    """Make a member's link of a sending; returns it with its token, which only the mail holds."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = NetworkLink.objects.create(
        sending=sending, kind=sending.kind, meeting=sending.meeting, member=member, recipient=member.email,
        token_sha256=queries.token_hash(token), valid_until=until,
    )  # fmt: skip
    return link, token


@transaction.atomic
def recall_links(sending: Sending, links: Iterable[NetworkLink], *, reason: str, on: date, actor) -> int:
    """Recall links of a sending: from now on their page says so. Return how many had been opened before.

    Who had opened one stays on the sending's page, to be told. Raises NothingToRecall.
    """
    wanted = [link.pk for link in links]
    found = list(locking(NetworkLink.objects).filter(sending=sending, pk__in=wanted, recalled_on=None))
    if not found:
        raise NothingToRecall(_("Diese Links sind schon zurückgerufen."), field="links")
    NetworkLink.objects.filter(pk__in=[link.pk for link in found]).update(recalled_on=on, recall_reason=reason)
    audit.record("recall_links", sending, actor=actor, after={"recipients": len(found)}, note=reason)
    return sum(link.opened_at is not None for link in found)


@transaction.atomic
def reopen_minutes(meeting: Meeting, *, reason: str, on: date, actor) -> None:
    """Open released minutes to be corrected; links to the former words are recalled. Raises NotAllowedNow."""
    MEETING.apply("reopen_minutes", meeting, actor=actor, changes={"released_on": None}, note=reason)
    for sending in meeting.sendings.filter(kind=Sending.Kind.MINUTES):
        standing = sending.links.filter(recalled_on=None)
        if standing.exists():
            recall_links(sending, standing, reason=reason, on=on, actor=actor)


# by link


def link_actor(link: NetworkLink) -> Actor:
    """Return who acts by a link: the member, for whoever opens its mail. No function in the platform, no rights."""
    return Actor(user=None, label=_("Mitglied über Link: %(member)s") % {"member": link.member})


def check_link(link: NetworkLink, *, on: date) -> None:
    """Raise LinkRecalled or LinkOver unless the link still leads somewhere."""
    if link.is_recalled and queries.newer_link(link, on=on):
        raise LinkOver(_("Dieser Link ist durch einen neueren ersetzt. Nehmen Sie den aus der letzten Mail."))
    if link.is_recalled:
        raise LinkRecalled(_("Das Zentrum hat diesen Link zurückgerufen."))
    if link.valid_until < on:
        raise LinkOver(_("Dieser Link galt bis %s.") % f"{link.valid_until:%d.%m.%Y}")
    if not link.member.sits_on(on):
        raise LinkOver(_("Dieser Link gehört zu einer Mitgliedschaft, die geendet hat."))


def _held(link: NetworkLink, *, on: date) -> NetworkLink:
    """Lock a link and check it as it stands now: a recall that was faster wins."""
    locked = locking(NetworkLink.objects).select_related(
        "member__partner__organisation", "member__network", "meeting", "sending__network"
    )
    found = locked.get(pk=link.pk)
    check_link(found, on=on)
    return found


@transaction.atomic
def open_papers(link: NetworkLink, *, at: datetime, on: date) -> None:
    """Note the first time somebody opened agenda, papers and minutes by a link. Raises LinkOver."""
    link = _held(link, on=on)
    if link.opened_at is not None:
        return
    link.opened_at = at
    link.save(update_fields=["opened_at"])
    audit.record("open_papers", link, actor=link_actor(link), after={"opened_at": at})


@transaction.atomic
def answer_invitation(link: NetworkLink, *, answer: str, deputy_function: str = "", on: date) -> None:
    """Accept, decline or send a deputy, named by function; a later answer replaces the former.

    Raises LinkOver, NotAllowedNow once the meeting is over, NoFunction.
    """
    link = _held(link, on=on)
    meeting = link.meeting
    if meeting is None or not meeting.is_coming or meeting.day < on:
        raise NotAllowedNow(_("Auf diese Einladung lässt sich nicht mehr antworten."))
    if answer == Participation.Answer.SENDS_DEPUTY and not deputy_function:
        raise NoFunction(_("Nennen Sie die Funktion der Vertretung, keinen Namen."), field="deputy_function")
    deputy = deputy_function if answer == Participation.Answer.SENDS_DEPUTY else ""
    row, _is_new = locking(Participation.objects).get_or_create(meeting=meeting, member=link.member)
    if (row.answer, row.deputy_function) == (answer, deputy):
        return
    before = {"answer": row.answer, "deputy_function": row.deputy_function}
    row.answer, row.deputy_function, row.answered_on = answer, deputy, on
    row.save(update_fields=["answer", "deputy_function", "answered_on"])
    after = {"answer": answer, "deputy_function": deputy}
    audit.record("answer_invitation", row, actor=link_actor(link), before=before, after=after)


@transaction.atomic
def complete_own_task(link: NetworkLink, task: MeetingTask, *, note: str = "", on: date) -> None:
    """Record by link that the own task is done; pressing again changes nothing. Raises LinkOver, ForeignTask."""
    link = _held(link, on=on)
    task = locking(MeetingTask.objects).select_related("meeting__network").get(pk=task.pk)
    if task.member_id != link.member_id:
        raise ForeignTask(_("Diese Aufgabe ist nicht Ihre."))
    if "complete_task" in TASK.open_for(task.status):
        TASK.apply("complete_task", task, actor=link_actor(link), changes={"closed_on": on, "note": note})
