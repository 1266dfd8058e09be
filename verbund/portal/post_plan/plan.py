"""What the post plan of a centre says to whom.

The own carrier reads names, the granting authority posts without names, everybody else sums by class without money.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.funding import queries as funding
from verbund.funding import vacancies
from verbund.funding.models import Decision, GrantNotice
from verbund.portal.post_plan.picture import Row, segments_of
from verbund.programmes.rules import TEACHER
from verbund.staffing import permissions
from verbund.staffing import queries as staffing
from verbund.staffing.models import Occupancy, Post


@dataclass(frozen=True)
class Line:
    """One line of the table: an occupancy or a vacancy of a post; the first one of a post bears its consequence."""

    post: Post
    who: str
    first: date
    last: date
    share: Decimal
    is_vacant: bool = False
    occupancy: Occupancy | None = None
    consequence: vacancies.PostConsequence | None = None


@dataclass(frozen=True)
class Source:
    """The posts of one notice, line by line, with what their vacancies come to.

    `recorded` are the occupancies ever recorded, struck out ones too; empty for whoever sees no names.
    """

    notice: GrantNotice
    consequences: vacancies.Consequences
    lines: tuple[Line, ...]
    recorded: tuple[Occupancy, ...]

    @property
    def posts(self) -> list[Post]:
        return [one.post for one in self.consequences.posts if one.post]


@dataclass(frozen=True)
class Plan:
    """The post plan of a centre for a year as one reader gets it: posts of notices, or only sums by class."""

    year: int
    sees_posts: bool
    sees_names: bool
    sources: tuple[Source, ...]
    classes: tuple[Row, ...]
    rows: tuple[Row, ...] = field(default=())


def years_of(centre_id: int, *, on: date) -> list[int]:
    """Return the years for which a centre has funded or confirmed posts, newest first; this one where there is none."""
    found = {*staffing.years_with_funded_posts(centre_id), *staffing.years_with_posts(centre_id)}
    return sorted(found, reverse=True) or [on.year]


def plan_for(actor: Actor, centre, year: int, *, on: date) -> Plan:
    """Return the plan of a centre and year as far as the actor may see it."""
    sees_posts, sees_names = permissions.sees_posts(actor, centre), permissions.sees_names(actor, centre)
    classes = [
        (one.rate_class, Row(one.label, segments_of(one.funded, one.occupied, year=year)))
        for one in staffing.numbers_by_class(centre.pk, year)
    ]
    sums = tuple(row for _class, row in classes)
    as_sums = Plan(year, sees_posts=False, sees_names=False, sources=(), classes=sums, rows=sums)
    if not sees_posts:
        return as_sums
    teachers = tuple(row for rate_class, row in classes if rate_class == TEACHER)
    call = "decision__application__call__"
    notices = funding.notices_visible_to(actor).filter(
        Q(**{f"{call}budget_year": year}) | Q(**{f"{call}further_years__budget_year": year}),
        decision__kind=Decision.Kind.GRANT,
        decision__application__centre_id=centre.pk,
    )
    applications = {notice.application.pk: notice.application for notice in notices.order_by("pk")}
    kept = [one for one in applications.values() if one.deleted_on is None]
    if applications and not kept:  # the posts one by one went with the files
        return as_sums
    found = [_source(one, actor, year=year, on=on, sees_names=sees_names) for one in kept]
    sources = tuple(source for source, _rows in found)
    rows = tuple(row for _source_of, rows in found for row in rows)
    return Plan(year, sees_posts, sees_names, sources, classes=teachers, rows=(*rows, *teachers))


def _source(application, actor: Actor, *, year: int, on: date, sees_names: bool) -> tuple[Source, list[Row]]:
    """Return the posts of a grant, of all its budget years, and what the picture shows of them in one year."""
    counted = vacancies.consequences(application, on=on)
    known = [one for one in counted.posts if one.post]
    posts = [one.post for one in known]
    stretches = {row.post_id: row.stretches for row in staffing.occupied_rows(posts)}
    recorded = list(staffing.occupancies_visible_to(actor).filter(post__in=posts)) if sees_names else []
    lines: list[Line] = []
    for one in known:
        if sees_names:
            held = [_held(row) for row in recorded if row.post_id == one.post.pk and not row.is_cancelled]
        else:
            held = [_occupied(one.post, stretch) for stretch in stretches[one.post.pk]]
        lines += _lines(one, held)
    rows = [
        Row(
            f"{one.label} · {one.post.get_function_display()}",
            segments_of(one.granted, stretches[one.post.pk], year=year),
        )
        for one in known
    ]
    return Source(counted.notice, counted, tuple(lines), tuple(recorded)), [row for row in rows if row.segments]


def _held(row: Occupancy) -> Line:
    return Line(row.post, row.holder, row.valid_from, row.valid_until, row.full_time_share, occupancy=row)


def _occupied(post: Post, stretch) -> Line:
    return Line(post, _("besetzt"), stretch.first, stretch.last, stretch.share)


def _lines(one: vacancies.PostConsequence, held: Iterable[Line]) -> list[Line]:
    """Return the lines of a post in the order of their days, vacancies among them; the first bears the consequence."""
    gaps = [Line(one.post, _vacancy(gap, held), gap.first, gap.last, gap.share, is_vacant=True) for gap in one.gaps]
    first, *others = sorted([*held, *gaps], key=lambda line: (line.first, line.is_vacant, line.last))
    return [replace(first, consequence=one), *others]


def _vacancy(gap: vacancies.Span, held: Iterable[Line]) -> str:
    """Return what a gap is called: vacant, or held by somebody who does not count for the grant."""
    without_counting = (line for line in held if line.occupancy and not line.occupancy.counts)
    is_held = any(line.first <= gap.first and gap.last <= line.last for line in without_counting)
    return _("für die Förderung unbesetzt") if is_held else _("unbesetzt")
