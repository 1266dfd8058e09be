"""What can be asked about local networks, and what a person may see of them. The own centre sees its own."""

import hashlib
from datetime import date
from itertools import chain

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from verbund.advising import permissions
from verbund.advising.accompaniments.queries import HIDDEN
from verbund.advising.education import within_own_field
from verbund.advising.models import (
    Meeting,
    MeetingTask,
    Network,
    NetworkDecision,
    NetworkLink,
    NetworkMember,
    Paper,
    Participation,
    Sending,
)
from verbund.advising.networks.lifecycle import COMING, TOOK_PLACE, MeetingStatus, TaskStatus
from verbund.core.acting import Actor
from verbund.directory.models import Partner
from verbund.directory.queries import valid_on


def _own(actor: Actor, path: str = "") -> Q:
    """Return the condition "of the own centre"; nobody outside a centre has one."""
    if not permissions.works_in_centre(actor):
        return Q(pk__in=[])
    return Q(**{f"{path}centre_id": actor.organisation_id})


def networks_visible_to(actor: Actor) -> QuerySet[Network]:
    """Return the networks of the own centre; for its staff and lead only."""
    found = Network.objects.select_related("centre__organisation", "centre__carrier", "field", "stage", "municipality")
    return found.filter(_own(actor))


def members_visible_to(actor: Actor) -> QuerySet[NetworkMember]:
    found = NetworkMember.objects.select_related("network__centre__carrier", "partner__organisation")
    return found.filter(_own(actor, "network__"))


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    found = Meeting.objects.select_related("network__centre__carrier", "network__centre__organisation")
    return found.filter(_own(actor, "network__"))


def tasks_visible_to(actor: Actor) -> QuerySet[MeetingTask]:
    return _with_members(MeetingTask.objects.filter(_own(actor, "meeting__network__")))


def decisions_visible_to(actor: Actor) -> QuerySet[NetworkDecision]:
    found = NetworkDecision.objects.select_related("network__centre", "meeting__network")
    return found.filter(_own(actor, "network__"))


def papers_visible_to(actor: Actor) -> QuerySet[Paper]:
    return Paper.objects.select_related("meeting__network", "file").filter(_own(actor, "meeting__network__"))


def sendings_visible_to(actor: Actor) -> QuerySet[Sending]:
    found = Sending.objects.select_related("network__centre__carrier", "meeting__network__centre__carrier")
    return found.filter(_own(actor, "network__"))


def links_visible_to(actor: Actor) -> QuerySet[NetworkLink]:
    found = NetworkLink.objects.select_related("sending__network", "sending__meeting", "member")
    return found.filter(_own(actor, "sending__network__"))


def partners_for(actor: Actor) -> QuerySet[Partner]:
    """Return the institutions the own centre works with, to choose members from; none that went on as another one."""
    found = Partner.objects.select_related("organisation").filter(_own(actor), ~Exists(HIDDEN))
    return found.order_by("organisation__name")


def _with_members(tasks: QuerySet[MeetingTask]) -> QuerySet[MeetingTask]:
    return tasks.select_related(
        "meeting__network__centre__carrier", "member__partner__organisation", "member__network__centre__carrier"
    )


# one network, one meeting


def members_of(network: Network, *, on: date) -> QuerySet[NetworkMember]:
    """Return who belongs to a network on a day."""
    found = network.members.select_related("network__centre__carrier", "partner__organisation")
    return found.filter(valid_on(on)).order_by("pk")


def mailable(members: QuerySet[NetworkMember]) -> QuerySet[NetworkMember]:
    """Return the members whose function has a mailbox."""
    return members.exclude(email="")


def holding_link(kind: str, *, on: date, meeting: Meeting | None = None) -> Exists:
    """Return the condition that a member has a link of a kind that still holds."""
    links = NetworkLink.objects.filter(member=OuterRef("pk"), kind=kind, recalled_on=None, valid_until__gte=on)
    return Exists(links.filter(meeting=meeting))


def newer_link(link: NetworkLink, *, on: date) -> bool:
    """Whether the member got a later link of the same kind to the same meeting, and it holds."""
    later = NetworkLink.objects.filter(member=link.member_id, kind=link.kind, meeting=link.meeting_id, pk__gt=link.pk)
    return later.filter(recalled_on=None, valid_until__gte=on).exists()


def without_answer(meeting: Meeting, *, on: date) -> QuerySet[NetworkMember]:
    """Return the members who were invited, can open their link, and have not answered."""
    answered = Participation.objects.filter(meeting=meeting, member=OuterRef("pk")).exclude(answer="")
    invited = holding_link(Sending.Kind.INVITATION, on=on, meeting=meeting)
    return members_of(meeting.network, on=on).filter(invited, ~Exists(answered))


def to_remind(meeting: Meeting, *, on: date) -> QuerySet[NetworkMember]:
    """Return those without an answer who got no mail today."""
    earlier = NetworkLink.objects.filter(
        member=OuterRef("pk"), meeting=meeting, kind=Sending.Kind.INVITATION, recalled_on=None, sending__sent_on__lt=on
    )
    return without_answer(meeting, on=on).filter(Exists(earlier))


def unreached(meeting: Meeting, *, on: date) -> list[NetworkLink]:
    """Return the links whose mail came back and whose member has got no other since."""
    found = NetworkLink.objects.filter(meeting=meeting, bounced_on__isnull=False)
    found = found.select_related("member__partner__organisation", "member__network__centre__carrier").order_by("pk")
    return [link for link in found if link.member.sits_on(on) and not newer_link(link, on=on)]


def to_follow_up(actor: Actor, *, on: date) -> list[tuple[Meeting, int]]:
    """Return the coming meetings of networks the centre leads to which members have not answered, and how many."""
    found = meetings_visible_to(actor).filter(status=MeetingStatus.INVITED, day__gte=on)
    answered = Participation.objects.filter(meeting=OuterRef("meeting"), member=OuterRef("member")).exclude(answer="")
    silent = NetworkLink.objects.filter(
        ~Exists(answered), meeting__in=found, kind=Sending.Kind.INVITATION, recalled_on=None, valid_until__gte=on
    )
    counts = dict(silent.order_by().values_list("meeting").annotate(Count("pk")))
    meetings = found.filter(network__part=Network.Part.LEADS, pk__in=counts).order_by("day")
    return [(meeting, counts[meeting.pk]) for meeting in meetings]


def mailboxes_to_correct(actor: Actor, *, on: date) -> list[NetworkLink]:
    """Return the last links that did not reach a member whose mailbox is still the same."""
    found = NetworkLink.objects.filter(
        bounced_on__isnull=False, recipient=F("member__email"), sending__network__in=networks_visible_to(actor)
    )
    found = found.filter(valid_on(on, prefix="member__")).select_related(
        "member__partner__organisation", "member__network__centre__carrier", "sending__network"
    )
    return list({link.member_id: link for link in found.order_by("pk")}.values())


def tasks_carried_to(meeting: Meeting) -> QuerySet[MeetingTask]:
    """Return what earlier meetings agreed and was still open on the day: the first point of every agenda.

    Read from the days themselves, so an agenda of last year still shows what was open then.
    """
    earlier = MeetingTask.objects.filter(meeting__network=meeting.network_id, meeting__day__lt=meeting.day)
    return _with_members(earlier.filter(Q(closed_on=None) | Q(closed_on__gte=meeting.day)))


def open_tasks_of(member: NetworkMember) -> QuerySet[MeetingTask]:
    """Return what a member has still to do."""
    return _with_members(MeetingTask.objects.filter(member=member, status=TaskStatus.OPEN))


def tasks_without_member(network: Network, *, on: date) -> QuerySet[MeetingTask]:
    """Return the open tasks of members who have left: to be given to somebody else."""
    found = MeetingTask.objects.filter(meeting__network=network, status=TaskStatus.OPEN, member__valid_until__lt=on)
    return _with_members(found)


# links of members without an account


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> NetworkLink | None:
    """Return the link a token belongs to, also one that has ended or was recalled."""
    found = NetworkLink.objects.select_related(
        "sending__network__centre__organisation",
        "sending__network__centre__carrier",
        "meeting__network__centre__carrier",
        "meeting__network__centre__organisation",
        "member__partner__organisation",
        "member__network__centre__carrier",
    )
    return found.filter(token_sha256=token_hash(token)).first()


def coming_meetings(network: Network, *, since: date) -> QuerySet[Meeting]:
    """Return the meetings of a network from a day on, cancelled ones too, for calendars."""
    found = network.meetings.select_related("network__centre__carrier", "network__centre__organisation")
    return found.filter(day__gte=since).order_by("day", "pk")


# what waits for a centre


def to_invite(actor: Actor, *, on: date) -> QuerySet[Meeting]:
    """Return the planned meetings of networks the centre leads, to which nobody is invited yet."""
    found = meetings_visible_to(actor).filter(status=MeetingStatus.PLANNED, day__gte=on)
    return found.filter(network__part=Network.Part.LEADS).order_by("day")


def without_minutes(actor: Actor, *, on: date) -> QuerySet[Meeting]:
    """Return the meetings that are over, of networks the centre leads, whose minutes are not released."""
    over = Q(status=MeetingStatus.HELD) | Q(status__in=COMING, day__lt=on)
    return meetings_visible_to(actor).filter(over, network__part=Network.Part.LEADS).order_by("day")


def open_tasks_of_centre(actor: Actor) -> QuerySet[MeetingTask]:
    """Return what the centre itself has to do from its networks."""
    return (
        tasks_visible_to(actor)
        .filter(status=TaskStatus.OPEN, member=None)
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def to_reassign(actor: Actor, *, on: date) -> QuerySet[MeetingTask]:
    """Return the open tasks whose member has left."""
    return tasks_visible_to(actor).filter(status=TaskStatus.OPEN, member__valid_until__lt=on)


# figures


def figures_of_year(networks: QuerySet[Network], year: int) -> dict:
    """Return how many meetings of networks took place in a year, with minutes, and how many institutions sat there.

    An institution in three networks counts once; bodies and other places by their name. Two statements.
    """
    ids = networks.order_by().values("pk")
    held = Meeting.objects.filter(network__in=ids, day__year=year, status__in=TOOK_PLACE).order_by()
    released = Count("pk", filter=Q(status=MeetingStatus.RELEASED))
    counts = held.aggregate(held=Count("pk"), with_minutes=released)
    return counts | {"institutions": institutions_of(members_in_year(year).filter(network__in=ids))}


def members_in_year(year: int) -> QuerySet[NetworkMember]:
    """Return the members who belonged to their network on some day of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return NetworkMember.objects.filter(Q(valid_until=None) | Q(valid_until__gte=first), valid_from__lte=last)


DISTINCT = {
    "partners": Count("partner", distinct=True),
    "bodies": Count("body", filter=~Q(body=""), distinct=True),
    "others": Count(Lower("body_text"), filter=~Q(body_text=""), distinct=True),
}


def institutions_of(members: QuerySet[NetworkMember]) -> int:
    """Return how many different institutions members stand for, within one centre."""
    return sum(members.order_by().aggregate(**DISTINCT).values())


def numbers_by_centre(actor: Actor, year: int) -> list[dict]:
    """Return the networks of each centre in numbers, for those who read nothing else; the unit for schools: education.

    Networks that ran in the year, meetings held, with minutes, member institutions, each once. Three statements.
    """
    networks = Network.objects.filter(Q(valid_until=None) | Q(valid_until__year__gte=year), valid_from__year__lte=year)
    if not permissions.reads_numbers(actor):
        return []
    networks = networks.filter(within_own_field(actor))
    rows = (
        networks.order_by()
        .values("centre_id", "centre__organisation__name")
        .annotate(
            networks=Count("pk"),
            led=Count("pk", filter=Q(part=Network.Part.LEADS)),
            demo=Count("pk", filter=Q(is_demo=True)),
        )
    )
    found = {
        row["centre_id"]: {**row, "name": row["centre__organisation__name"], "held": 0, "with_minutes": 0}
        for row in rows
    }
    released = Count("pk", filter=Q(status=MeetingStatus.RELEASED))
    meetings = Meeting.objects.filter(network__in=networks, day__year=year, status__in=TOOK_PLACE).order_by()
    members = members_in_year(year).filter(network__in=networks).order_by()
    counted = chain(
        meetings.values(centre=F("network__centre_id")).annotate(held=Count("pk"), with_minutes=released),
        members.values(centre=F("network__centre_id")).annotate(**DISTINCT),
    )
    for row in counted:
        found[row.pop("centre")] |= row
    for row in found.values():
        row["institutions"] = sum(row.get(name, 0) for name in DISTINCT)
    return sorted(found.values(), key=lambda row: row["name"])


def years_of(meetings: QuerySet[Meeting], *, on: date) -> list[int]:
    """Return the years in which there are meetings, and this year, newest first."""
    found = {day.year for day in meetings.order_by().dates("day", "year")}
    return sorted(found | {on.year}, reverse=True)
