"""What can be asked about teacher posts, and what a person may see of them. What is not visible does not exist.

Own carrier: everything. School ministry and coordinators: requests once sent, with the sum of what is filled. Granting
authority, other centres, integration ministry, controllers, auditors: numbers of confirmed and filled posts only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.core.worklist import Task
from verbund.directory.models import Centre, Organisation
from verbund.programmes import queries as programmes
from verbund.programmes.models import FundingGuideline
from verbund.programmes.rules import TEACHER, NoRulesForYear, PostLimit, UnknownProgramme
from verbund.staffing.lifecycle import RequestStatus, SecondmentStatus
from verbund.staffing.models import Secondment, TeacherRequest
from verbund.staffing.parties import CARRIER_SIDE, MINISTRIES

PROGRAMME = "KI_BASE"
SCHOOL_MINISTRY = Q(kind=Organisation.Kind.MINISTRY, field=Organisation.Field.EDUCATION)
NO_POSTS = Value(Decimal(0), output_field=DecimalField(max_digits=12, decimal_places=6))


def is_of_school_ministry(actor: Actor) -> bool:
    """Whether the actor works for the ministry of schools, which provides the teachers."""
    if actor.role not in MINISTRIES or actor.organisation_id is None:
        return False
    return Organisation.objects.filter(SCHOOL_MINISTRY, pk=actor.organisation_id).exists()


def _of_visible_requests(actor: Actor, path: str = "") -> Q:
    """Return the condition on requests (reached by `path`, with trailing __) this person may open."""
    if actor.role in CARRIER_SIDE and actor.carrier_id is not None:
        return Q(**{f"{path}centre__carrier_id": actor.carrier_id})
    if actor.role == Role.COORDINATOR or is_of_school_ministry(actor):
        return Q(**{f"{path}requested_on__isnull": False})
    return Q(pk__in=[])


def opens_requests(actor: Actor) -> bool:
    """Whether there are requests this person could open, apart from the numbers."""
    return actor.role in CARRIER_SIDE | {Role.COORDINATOR} or is_of_school_ministry(actor)


def requests_visible_to(actor: Actor) -> QuerySet[TeacherRequest]:
    """Return the requests a person may open: own carrier all, school ministry and coordinators those once sent."""
    return TeacherRequest.objects.filter(_of_visible_requests(actor)).select_related(
        "centre__organisation", "centre__carrier__organisation", "guideline__programme"
    )


def secondments_visible_to(actor: Actor) -> QuerySet[Secondment]:
    """Return the secondments a person may see one by one: only those of the own carrier; all others get sums."""
    if actor.role not in CARRIER_SIDE or actor.carrier_id is None:
        return Secondment.objects.none()
    return Secondment.objects.filter(_of_visible_requests(actor, "request__")).select_related(
        "request__centre__organisation"
    )


def with_filled(requests: QuerySet[TeacherRequest], *, on: date) -> QuerySet[TeacherRequest]:
    """Add `posts_filled`: the shares seconded on a day, in full posts."""
    counting = ~Q(secondments__status=SecondmentStatus.CANCELLED) & Q(
        secondments__valid_from__lte=on, secondments__valid_until__gte=on
    )
    filled = Coalesce(Sum("secondments__full_time_share", filter=counting), NO_POSTS)
    return requests.annotate(posts_filled=filled).order_by("-year", "centre__organisation__name", "-pk")


def counting_secondments(request: TeacherRequest) -> list[Secondment]:
    """Return the secondments of a request that were not cancelled."""
    return list(request.secondments.exclude(status=SecondmentStatus.CANCELLED))


def confirmed_request(centre_id: int, year: int) -> TeacherRequest | None:
    """Return the request of a centre for a year that the school ministry confirmed."""
    return TeacherRequest.objects.filter(centre_id=centre_id, year=year, status=RequestStatus.CONFIRMED).first()


@dataclass(frozen=True)
class Limit:
    """The most teacher posts of a carrier in a year, with the guideline that says so.

    `row` is None where the guideline (or every guideline) is silent on teachers: then nothing bounds a request, and the
    page says that the number is not confirmed.
    """

    guideline: FundingGuideline | None
    row: PostLimit | None

    @property
    def posts(self) -> Decimal | None:
        return self.row.posts if self.row else None

    @property
    def mark(self) -> str:
        """The mark of the row; E ("nicht bestätigt") where there is none."""
        return self.row.mark if self.row else "E"

    @property
    def is_confirmed(self) -> bool:
        return self.mark in {"A", "B"}


def limit_for(carrier_kind: str, year: int, *, guideline: FundingGuideline | None = None) -> Limit:
    """Return the limit for a kind of carrier in a year, by `guideline` or the newest version in force."""
    try:
        guideline = guideline or programmes.guideline_for(PROGRAMME, year)
    except (NoRulesForYear, UnknownProgramme):
        return Limit(None, None)
    wanted = (carrier_kind, TEACHER)
    rows = programmes.rules_of(guideline, year).limits
    return Limit(guideline, next((row for row in rows if (row.carrier_kind, row.rate_class) == wanted), None))


def requests_in_the_way(centre: Centre, year: int) -> QuerySet[TeacherRequest]:
    """Return the request because of which another one of the centre for the year cannot be made."""
    over = [RequestStatus.DECLINED, RequestStatus.WITHDRAWN]
    return TeacherRequest.objects.filter(centre=centre, year=year).exclude(status__in=over)


@dataclass(frozen=True)
class Numbers:
    """Confirmed and filled posts of a year: of one centre, or the sum over all with their count."""

    year: int
    confirmed: Decimal
    filled: Decimal
    centres: int = 1
    centre: str = ""
    centre_id: int | None = None
    is_demo: bool = False

    @property
    def vacant(self) -> Decimal:
        return max(self.confirmed - self.filled, Decimal(0))


def reference_day(year: int, on: date) -> date:
    """Return the day on which a year's filled posts are counted: today within it, else its last or first day."""
    if on.year == year:
        return on
    return date(year, 12, 31) if year < on.year else date(year, 1, 1)


def years_with_posts(centre_id: int | None = None) -> list[int]:
    """Return the years for which posts were confirmed (to a centre), newest first."""
    confirmed = TeacherRequest.objects.filter(status=RequestStatus.CONFIRMED)
    if centre_id is not None:
        confirmed = confirmed.filter(centre_id=centre_id)
    return list(confirmed.order_by("-year").values_list("year", flat=True).distinct())


def numbers_by_centre(year: int, *, on: date) -> list[Numbers]:
    """Return the confirmed and filled posts of every centre in a year; in one statement."""
    confirmed = TeacherRequest.objects.filter(status=RequestStatus.CONFIRMED, year=year)
    rows = with_filled(confirmed, on=reference_day(year, on)).order_by("centre__organisation__name")
    return [
        Numbers(year, row["posts_confirmed"], row["posts_filled"], centre=row["name"], is_demo=row["is_demo"])
        for row in rows.values("posts_confirmed", "posts_filled", "is_demo", name=F("centre__organisation__name"))
    ]


def total_of(year: int, by_centre: Iterable[Numbers]) -> Numbers:
    """Return the sum over the centres of a year."""
    rows = list(by_centre)
    zero = Decimal(0)
    total = Numbers(year, sum((row.confirmed for row in rows), zero), sum((row.filled for row in rows), zero))
    return replace(total, centres=len(rows))


def next_label(request: TeacherRequest) -> str:
    """Return the function name to suggest: "Lehrkraft 3" after two."""
    return _("Lehrkraft %(number)s") % {"number": request.secondments.count() + 1}


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what waits for the actor: decisions for the school ministry, drafts and vacancies for the own centre."""
    if actor.role == Role.MINISTRY_APPROVER:
        waiting = requests_visible_to(actor).filter(status=RequestStatus.REQUESTED)
        reason = _("Das Zentrum hat Lehrkräftestellen angefordert.")
        return [_task(actor, one, _("Lehrkräftestellen bestätigen oder ablehnen"), reason) for one in waiting]
    if actor.role not in {Role.CENTRE_LEAD, Role.SIGNATORY}:
        return []
    own = requests_visible_to(actor)
    reason = _("Der Entwurf ist noch nicht abgesandt.")
    tasks = [
        _task(actor, one, _("Lehrkräftestellen anfordern"), reason) for one in own.filter(status=RequestStatus.DRAFT)
    ]
    return tasks + _vacancies(actor, own, on)


def _vacancies(actor: Actor, own: QuerySet[TeacherRequest], on: date) -> list[Task]:
    """Return the confirmed posts of this year that nobody fills today; only the lead of that centre records them."""
    if actor.role != Role.CENTRE_LEAD:
        return []
    confirmed = own.filter(status=RequestStatus.CONFIRMED, year=on.year, centre_id=actor.organisation_id)
    open_ones = with_filled(confirmed, on=on).filter(posts_filled__lt=F("posts_confirmed"))
    reason = _("Bestätigte Stellen sind heute nicht besetzt.")
    return [_task(actor, one, _("Abordnungen eintragen"), reason) for one in open_ones]


def _task(actor: Actor, request: TeacherRequest, title: str, reason: str) -> Task:
    return Task(
        title=title,
        subject=_("Lehrkräftestellen %(year)s") % {"year": request.year},
        url=request.get_absolute_url(),
        centre=str(request.centre),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )


def numbers_of_centre(centre_id: int, *, on: date) -> Numbers | None:
    """Return a centre's teacher posts confirmed for the year of a day by then, and those filled on it; None without.

    One statement; the numbers are public.
    """
    confirmed = TeacherRequest.objects.filter(
        status=RequestStatus.CONFIRMED, year=on.year, centre_id=centre_id, decided_on__lte=on
    )
    row = with_filled(confirmed, on=on).values("posts_confirmed", "posts_filled", "is_demo").first()
    return row and Numbers(on.year, row["posts_confirmed"], row["posts_filled"], is_demo=row["is_demo"])
