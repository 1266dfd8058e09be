"""What can be asked about funded posts and who holds them.

Names: the own carrier; the granting authority where a proof needs them. Posts one by one: the own carrier and the
authority. Everybody else gets numbers, and they are public.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from verbund.core.acting import Actor
from verbund.programmes.rules import TEACHER
from verbund.staffing.calculations import Stretch, filled_on
from verbund.staffing.lifecycle import OccupancyStatus
from verbund.staffing.models import Occupancy, Post
from verbund.staffing.parties import AUTHORITY, CARRIER_SIDE
from verbund.staffing.queries.teachers import Numbers, confirmed_request, counting_secondments, reference_day

STANDING = ~Q(status=OccupancyStatus.CANCELLED)
COUNTING = (
    STANDING & Q(is_funded=True) & (Q(post__needs_qualification=False) | Q(qualification_confirmed_on__isnull=False))
)
"""What counts for the grant; the same as `Occupancy.counts`."""


def _of_own_carrier(actor: Actor, path: str = "") -> Q:
    if actor.role in CARRIER_SIDE and actor.carrier_id is not None:
        return Q(**{f"{path}centre__carrier_id": actor.carrier_id})
    return Q(pk__in=[])


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    """Return the posts a person may see one by one: own carrier and authority; all others get numbers."""
    found = Post.objects.select_related("centre__organisation")
    return found if actor.role in AUTHORITY else found.filter(_of_own_carrier(actor))


def occupancies_visible_to(actor: Actor) -> QuerySet[Occupancy]:
    """Return the occupancies a person may see with name: those of the own carrier."""
    found = Occupancy.objects.filter(_of_own_carrier(actor, "post__"))
    return found.select_related("post__centre__organisation")


def occupancies_for_proof(actor: Actor, *, source_key: str) -> QuerySet[Occupancy]:
    """Return who held the posts of a source, name and qualification included, for a proof that names them.

    For the own carrier that writes the proof and for the authority that examines it; nobody else.
    """
    found = Occupancy.objects.filter(STANDING, post__source_key=source_key).select_related("post__centre__organisation")
    if actor.role not in AUTHORITY:
        found = found.filter(_of_own_carrier(actor, "post__"))
    return found.order_by("post_id", "valid_from", "pk")


def posts_of_source(source_key: str) -> QuerySet[Post]:
    """Return the posts a source provides now, in its order."""
    return Post.objects.filter(source_key=source_key, ended_on=None)


def posts_in_year(centre_id: int, year: int) -> QuerySet[Post]:
    """Return the posts a centre has in a year by any source."""
    return Post.objects.filter(
        centre_id=centre_id, ended_on=None, valid_from__lte=date(year, 12, 31), valid_until__gte=date(year, 1, 1)
    )


def standing_occupancies(post: Post) -> list[Occupancy]:
    """Return the occupancies of a post that were not cancelled."""
    return list(post.occupancies.filter(STANDING))


@dataclass(frozen=True)
class OccupiedRow:
    """A post and the stretches (share, first and last day) for which it is occupied, in order; perhaps none."""

    post_id: int
    label: str
    stretches: tuple[Stretch, ...]


def occupied_rows(posts: Iterable[Post], *, only_funded: bool = True) -> list[OccupiedRow]:
    """Return how posts are occupied, one row for each post in the given order; one statement.

    `only_funded` leaves out what does not count for a grant: not funded, or without the qualification the post needs.
    """
    known = list(posts)
    rows = Occupancy.objects.filter(COUNTING if only_funded else STANDING, post__in=[post.pk for post in known])
    stretches: dict[int, list[Stretch]] = {}
    for post_id, *values in rows.values_list("post_id", "full_time_share", "valid_from", "valid_until"):
        stretches.setdefault(post_id, []).append(Stretch(*values))
    return [OccupiedRow(post.pk, post.label, tuple(stretches.get(post.pk, ()))) for post in known]


def years_with_funded_posts(centre_id: int | None = None) -> list[int]:
    """Return the years in which a source provides posts (to a centre), newest first; a post may last over several."""
    found = Post.objects.filter(ended_on=None)
    if centre_id is not None:
        found = found.filter(centre_id=centre_id)
    spans = found.order_by().values_list("valid_from__year", "valid_until__year").distinct()
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


def year_to_show(years: Sequence[int], on: date) -> int:
    """Return the year a page opens with: the present one, else the newest of those given."""
    return on.year if on.year in years or not years else max(years)


@dataclass(frozen=True)
class ClassNumbers:
    """Posts of one rate class: the stretches for which they are funded, and those for which they are occupied."""

    rate_class: str
    label: str
    funded: tuple[Stretch, ...]
    occupied: tuple[Stretch, ...]


def numbers_by_class(centre_id: int, year: int) -> list[ClassNumbers]:
    """Return a centre's posts of a year as sums by rate class, teachers in kind last; four statements, no post named.

    The numbers are public.
    """
    posts = list(posts_in_year(centre_id, year))
    occupied = {row.post_id: row.stretches for row in occupied_rows(posts)}
    found = [
        ClassNumbers(
            rate_class,
            str(rate_class.label),
            tuple(Stretch(post.full_time_share, post.valid_from, post.valid_until) for post in of_class),
            tuple(stretch for post in of_class for stretch in occupied[post.pk]),
        )
        for rate_class in Post.RateClass
        if (of_class := [post for post in posts if post.rate_class == rate_class])
    ]
    return found + _teachers(centre_id, year)


def _teachers(centre_id: int, year: int) -> list[ClassNumbers]:
    request = confirmed_request(centre_id, year)
    if request is None:
        return []
    confirmed = Stretch(request.posts_confirmed, date(year, 1, 1), date(year, 12, 31))
    seconded = tuple(one.stretch for one in counting_secondments(request))
    return [ClassNumbers(TEACHER, str(Post.RateClass.TEACHER.label), (confirmed,), seconded)]


def occupied_by_class(centre_id: int, *, on: date) -> dict[str, Decimal]:
    """Return how many full posts of each rate class are occupied on a day, for the classes a centre has posts of."""
    return {row.rate_class: filled_on(row.occupied, on) for row in numbers_by_class(centre_id, on.year)}


def funded_numbers_by_centre(year: int, *, on: date) -> list[Numbers]:
    """Return the funded and occupied posts of every centre in a year, on its reference day; two statements."""
    day = reference_day(year, on)
    inside = {"ended_on": None, "valid_from__lte": date(year, 12, 31), "valid_until__gte": date(year, 1, 1)}
    posts = Post.objects.filter(**inside).order_by("centre__organisation__name", "pk")
    found: dict[int, dict] = {}
    for row in posts.values(
        "centre_id", "full_time_share", "valid_from", "valid_until", "is_demo", name=F("centre__organisation__name")
    ):
        sums = found.setdefault(
            row["centre_id"], {"name": row["name"], "is_demo": row["is_demo"], "funded": [], "occupied": []}
        )
        sums["funded"].append(Stretch(row["full_time_share"], row["valid_from"], row["valid_until"]))
    rows = Occupancy.objects.filter(COUNTING, post__in=posts.order_by().values("pk"))
    for centre_id, *values in rows.values_list("post__centre_id", "full_time_share", "valid_from", "valid_until"):
        found[centre_id]["occupied"].append(Stretch(*values))
    return [
        Numbers(
            year,
            filled_on(sums["funded"], day),
            filled_on(sums["occupied"], day),
            centre=sums["name"],
            centre_id=centre_id,
            is_demo=sums["is_demo"],
        )
        for centre_id, sums in found.items()
    ]
