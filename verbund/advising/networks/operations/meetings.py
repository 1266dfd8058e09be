"""Plan a meeting, set its agenda, record who came, write and release its minutes, or call it off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.advising.models import (
    Meeting,
    Network,
    NetworkDecision,
    NetworkLink,
    NetworkMember,
    Paper,
    Participation,
    Sending,
)
from verbund.advising.networks import notifications
from verbund.advising.networks.lifecycle import MEETING, MeetingStatus
from verbund.advising.networks.reading import Names
from verbund.core import audit, files
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.funding import operations as funding

WHEN_AND_WHERE = ("day", "begins", "ends", "place", "online_url")


class DayTaken(DomainError):
    """The network already meets on that day."""


class TimesOutOfOrder(DomainError):
    """A meeting that ends before it begins."""


class NowhereToMeet(DomainError):
    """A meeting with neither place nor address."""


class ForeignItem(DomainError):
    """A point, member or decision of another meeting."""


class NotYet(DomainError):
    """A meeting that is still to come cannot have been held."""


@dataclass(frozen=True)
class Point:
    """A point of an agenda as typed; `pk` of one that is there already."""

    title: str
    brought_by: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Attendance:
    """How many came for each member (by id), and guests."""

    came: Mapping[int, int | None]
    guests: int = 0


@transaction.atomic
def plan_meeting(
    network: Network, *, day: date, begins: time, ends: time, place: str = "", online_url: str = "", actor
) -> Meeting:
    """Plan a meeting. Raises DayTaken, TimesOutOfOrder, NowhereToMeet."""
    locking(Network.objects).get(pk=network.pk)
    values = {"day": day, "begins": begins, "ends": ends, "place": place, "online_url": online_url}
    _refuse_wrong(network.pk, values)
    meeting = Meeting.objects.create(network=network, **values)
    audit.record("plan_meeting", meeting, actor=actor, after=values)
    return meeting


@transaction.atomic
def move_meeting(meeting: Meeting, *, seen: int, actor, **values) -> None:
    """Change day, time or place before the meeting; who was invited is told, once for each change.

    Raises NotAllowedNow, StaleVersion, DayTaken, TimesOutOfOrder, NowhereToMeet, OutsideGrantPeriod.
    """
    _network, before = _locked(meeting)
    MEETING.check("hold_meeting", before)
    _refuse_wrong(meeting.network_id, values, except_pk=meeting.pk)
    funding.refuse_outside_grant_period(before, values["day"], field="day")
    claim_version(meeting, seen)
    old = {name: getattr(before, name) for name in WHEN_AND_WHERE}
    for name in WHEN_AND_WHERE:
        setattr(meeting, name, values[name])
    meeting.changed_at = timezone.now()
    meeting.save(update_fields=[*WHEN_AND_WHERE, "changed_at"])
    funding.keep_in_step(meeting)
    new = {name: values[name] for name in WHEN_AND_WHERE}
    audit.record("move_meeting", meeting, actor=actor, before=old, after=new)
    if old != new:
        _tell_invited(meeting)


def _locked(meeting: Meeting) -> tuple[Network, Meeting]:
    """Lock network and meeting, always in this order, and return them as stored."""
    network = locking(Network.objects).get(pk=meeting.network_id)
    return network, locking(Meeting.objects).get(pk=meeting.pk)


def _refuse_wrong(network_id: int, values: dict, *, except_pk: int | None = None) -> None:
    if values["ends"] <= values["begins"]:
        raise TimesOutOfOrder(_("Das Ende liegt nicht nach dem Beginn."), field="ends")
    if not values["place"] and not values["online_url"]:
        raise NowhereToMeet(_("Nennen Sie den Ort oder die Adresse der Online-Sitzung."), field="place")
    same_day = Meeting.objects.filter(network=network_id, day=values["day"]).exclude(status=MeetingStatus.CANCELLED)
    if same_day.exclude(pk=except_pk).exists():
        raise DayTaken(_("An diesem Tag steht schon eine Sitzung dieses Netzwerks."), field="day")


def _tell_invited(meeting: Meeting) -> None:
    """Tell members with an invitation that holds, with a mailbox, what has changed."""
    links = NetworkLink.objects.filter(meeting=meeting, kind=Sending.Kind.INVITATION, recalled_on=None)
    invited = [
        link for link in links.exclude(recipient="").select_related("member") if link.member.sits_on(meeting.day)
    ]
    notifications.tell_of_change(invited, meeting, network=Names().of_network(meeting.network, meeting.day))


@transaction.atomic
def set_agenda(meeting: Meeting, points: Sequence[Point], *, seen: int, actor) -> None:
    """Replace the agenda in the given order; points that stay keep what the minutes say of them.

    A point with minutes cannot be left out. Raises NotAllowedNow, StaleVersion, ForeignItem.
    """
    _network, stored = _locked(meeting)
    _refuse_finished(stored)
    claim_version(meeting, seen)
    items = {item.pk: item for item in meeting.agenda.all()}
    before = [str(item) for item in items.values()]
    kept = [point.pk for point in points if point.pk is not None]
    if set(kept) - items.keys() or len(kept) != len(set(kept)):
        raise ForeignItem(_("Ein Punkt gehört nicht zu dieser Sitzung. Laden Sie die Seite neu."))
    gone = [item for pk, item in items.items() if pk not in kept]
    if any(item.minutes for item in gone):
        raise NotAllowedNow(_("Zu einem Punkt, den Sie weglassen, steht schon etwas in der Niederschrift."))
    meeting.agenda.filter(pk__in=[item.pk for item in gone]).delete()
    for position, point in enumerate(points, start=1):
        values = {"position": position, "title": point.title, "brought_by": point.brought_by}
        if point.pk is None:
            meeting.agenda.create(**values)
        else:
            meeting.agenda.filter(pk=point.pk).update(**values)
    after = [str(item) for item in meeting.agenda.all()]
    audit.record(
        "set_agenda", meeting, actor=actor, before={"agenda": "\n".join(before)}, after={"agenda": "\n".join(after)}
    )


def _refuse_finished(meeting: Meeting) -> None:
    """Raise NotAllowedNow once the meeting is cancelled or its minutes are released."""
    if meeting.is_cancelled or meeting.is_released:
        MEETING.check("hold_meeting", meeting)


@transaction.atomic
def add_paper(meeting: Meeting, *, title: str, content: bytes, filename: str, actor) -> Paper:
    """Add a PDF (`content` from `core.files.check_upload`) to a meeting. Raises NotAllowedNow."""
    _network, stored = _locked(meeting)
    _refuse_finished(stored)
    file = files.store(content, name=filename, kind="network-paper")
    paper = Paper.objects.create(meeting=meeting, title=title, file=file)
    audit.record("add_paper", paper, actor=actor, after={"title": title, "file": file})
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, actor) -> None:
    """Take a paper out; the file stays in the store. Raises NotAllowedNow once the minutes are released."""
    _network, stored = _locked(paper.meeting)
    _refuse_finished(stored)
    audit.record("remove_paper", paper, actor=actor, before={"title": paper.title, "file": paper.file})
    paper.delete()


@transaction.atomic
def hold_meeting(meeting: Meeting, *, on: date, actor) -> None:
    """Record that a meeting took place. Raises NotAllowedNow, NotYet."""
    if meeting.day > on:
        raise NotYet(_("Diese Sitzung ist erst am %s.") % f"{meeting.day:%d.%m.%Y}")
    MEETING.apply("hold_meeting", meeting, actor=actor)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, actor) -> None:
    """Call a meeting off; who was invited is told. Raises NotAllowedNow."""
    _network, stored = _locked(meeting)
    changes = {"cancel_reason": reason, "changed_at": timezone.now(), "version": stored.version + 1}
    MEETING.apply("cancel_meeting", meeting, actor=actor, changes=changes)
    _tell_invited(meeting)


@transaction.atomic
def write_minutes(meeting: Meeting, texts: Mapping[int, str], attendance: Attendance, *, seen: int, actor) -> None:
    """Write what was said on each point (by id), and who came. Of two who write at once the second one is refused.

    Raises NotAllowedNow, StaleVersion, ForeignItem.
    """
    _network, stored = _locked(meeting)
    MEETING.check("release_minutes", stored)
    items = {item.pk: item for item in meeting.agenda.all()}
    members = {member.pk for member in NetworkMember.objects.filter(network=meeting.network_id)}
    if texts.keys() - items.keys() or attendance.came.keys() - members:
        raise ForeignItem(_("Diese Sitzung hat andere Punkte oder Mitglieder. Laden Sie die Seite neu."))
    claim_version(meeting, seen)
    before = {"guests": stored.guests, "items": [str(item) for item in items.values() if item.minutes]}
    for pk, text in texts.items():
        meeting.agenda.filter(pk=pk).update(minutes=text)
    for pk, count in attendance.came.items():
        Participation.objects.update_or_create(meeting=meeting, member_id=pk, defaults={"came": count})
    meeting.guests = attendance.guests
    meeting.save(update_fields=["guests"])
    said = [str(items[pk]) for pk, text in texts.items() if text != items[pk].minutes]
    after = {"guests": meeting.guests, "items": "; ".join(said)}
    audit.record("write_minutes", meeting, actor=actor, before=before | {"items": ""}, after=after)


@transaction.atomic
def release_minutes(meeting: Meeting, *, on: date, actor) -> None:
    """Release the minutes: they no longer change and can be sent. Raises NotAllowedNow."""
    MEETING.apply("release_minutes", meeting, actor=actor, changes={"released_on": on})


@transaction.atomic
def record_decision(meeting: Meeting, *, text: str, actor) -> NetworkDecision:
    """Record a decision with the next number of the network in the year of the meeting. Raises NotAllowedNow."""
    network, stored = _locked(meeting)
    MEETING.check("release_minutes", stored)
    year = stored.day.year
    last = network.decisions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    decision = NetworkDecision.objects.create(network=network, meeting=meeting, year=year, number=last + 1, text=text)
    audit.record("record_decision", decision, actor=actor, after={"number": decision.reference, "text": text})
    return decision


@transaction.atomic
def correct_decision(decision: NetworkDecision, *, text: str, actor) -> None:
    """Correct the words of a decision before the minutes are released. Raises NotAllowedNow."""
    _network, stored = _locked(decision.meeting)
    MEETING.check("release_minutes", stored)
    before, decision.text = {"text": decision.text}, text
    decision.save(update_fields=["text"])
    audit.record("correct_decision", decision, actor=actor, before=before, after={"text": text})
