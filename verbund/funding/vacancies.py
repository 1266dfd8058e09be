"""What a vacancy costs: the grant of a notice computed again with the posts as they are really occupied.

By the notice's own rules and with the same engine, so that nothing is counted in two ways. Per day no more counts than
the notice grants for that day. What is recorded counts as it stands on the day asked for: an occupied post until its
occupancy ends, also in the future; a vacant one as vacant, until somebody is recorded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.core.errors import DomainError
from verbund.core.money import format_euro, round_half_up
from verbund.funding import amounts, queries
from verbund.funding.calculations import (
    Computation,
    Extra,
    Line,
    Period,
    PostRow,
    base_grant,
    count_occupied,
    daily_shares,
)
from verbund.funding.calculations.occupancy import MILLIONTHS, Counted
from verbund.funding.models import GrantApplication, GrantNotice
from verbund.programmes.rules import DAYS, HALF_MONTHS, Rules
from verbund.staffing import queries as staffing
from verbund.staffing.models import Post


class NoPostsGranted(DomainError):
    """The application has no notice that grants posts."""


@dataclass(frozen=True)
class Span:
    """A share of a post from `first` to `last`, both days included."""

    share: Decimal
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class PostConsequence:
    """What a post was granted and what it comes to as it is occupied, in euros; `difference` is never above zero.

    `post` is the centre's post, None where none was ever provided. `sentence` says it in one line, `lines` are the
    working. `granted` are the days and shares of the notice, `occupied` what counts of them, `gaps` what is vacant.
    """

    label: str
    post: Post | None
    amount_granted: Decimal
    amount_occupied: Decimal
    sentence: str
    lines: tuple[Line, ...]
    granted: tuple[Span, ...]
    occupied: tuple[Span, ...]
    gaps: tuple[Span, ...]

    @property
    def difference(self) -> Decimal:
        return self.amount_occupied - self.amount_granted

    def is_vacant_on(self, day: date) -> bool:
        """Whether a part of the post is vacant on a day."""
        return any(gap.covers(day) for gap in self.gaps)


@dataclass(frozen=True)
class Consequences:
    """What the vacancies of a notice come to on a day.

    `computation` is the grant with the posts as occupied, `granted` the notice's own. `amount_now` is what remains of
    the granted amount: the new sum, never more than what was granted. `total_difference` is zero or below.
    """

    notice: GrantNotice
    on: date
    posts: tuple[PostConsequence, ...]
    computation: Computation
    granted: Computation

    @property
    def amount_granted(self) -> Decimal:
        return self.notice.amount_granted

    @property
    def amount_now(self) -> Decimal:
        return min(self.amount_granted, self.computation.total)

    @property
    def total_difference(self) -> Decimal:
        return self.amount_now - self.amount_granted

    @property
    def lines(self) -> list[Line]:
        """Return the working of the difference: post by post, then what rounding or the decision changes."""
        lines = [Line(one.label, one.sentence, one.difference) for one in self.posts if one.difference]
        rest = self.total_difference - sum((line.amount for line in lines), Decimal(0))
        if rest:
            reason = _("gerundet wie im Bescheid; nie mehr als bewilligt")
            lines.append(Line(_("Rundung und Abweichung"), reason, rest))
        return lines


def source_key(application: GrantApplication) -> str:
    """Return the key by which staffing knows the posts of an application's notices."""
    return f"application:{application.pk}"


def consequences(application: GrantApplication, *, on: date) -> Consequences:
    """Return post by post what the vacancies known on a day cost under the notice in force.

    Rule: vacant times reduce the yearly amounts (directives of 2018 and 2023); counted as the notice counts, each
    budget year by its own rules. Raises NoPostsGranted.
    """
    notice = queries.valid_notice(application)
    if notice is None or not notice.parameters.get("posts"):
        raise NoPostsGranted(_("Für diesen Antrag sind keine Stellen bewilligt."))
    posts = {post.label: post for post in staffing.posts_of_source(source_key(application))}
    occupied = {row.label: row.stretches for row in staffing.occupied_rows(posts.values())}
    years = [_of_year(parameters, posts, occupied) for parameters in amounts.years_in(notice.parameters)]
    return Consequences(
        notice=notice,
        on=on,
        posts=tuple(one for _year, found, _computation in years for one in found),
        computation=amounts.joined([(year, computation) for year, _found, computation in years]),
        granted=amounts.recompute(notice.parameters),
    )


def _of_year(parameters: dict, posts: dict, occupied: dict) -> tuple[int, list[PostConsequence], Computation]:
    """Return one budget year of a notice: its posts as occupied, and what they compute to."""
    year, rules = parameters["year"], Rules.from_data(parameters["rules"])
    plans = _granted_posts(parameters["posts"], year)
    shares = {plan.label: _occupied_shares(plan, occupied.get(plan.label, ()), year) for plan in plans}
    computation = base_grant(
        rules,
        year=year,
        carrier_kind=parameters["carrier_kind"],
        posts=[row for plan in plans for row in _rows(plan, shares[plan.label], year)],
        extras=[Extra(row["item"], Decimal(row["amount"])) for row in parameters["extras"]],
    )
    granted = amounts.recompute({**parameters, "later_years": []})
    found = [
        _consequence(plan, posts.get(plan.label), shares[plan.label], then, now, granted.pro_rata, year)
        for plan, then, now in zip(plans, granted.lines, computation.lines, strict=False)
    ]
    return year, found, computation


def posts_as_occupied(application: GrantApplication, parameters: dict) -> list[dict]:
    """Return the posts of one budget year as occupied, as rows like those of a notice's parameters.

    Those of the notice where nothing was ever recorded: a notice from before posts were kept, or a centre that does not
    keep them here. Then the carrier says in its proof how they were occupied.
    """
    posts = list(staffing.posts_of_source(source_key(application)))
    if not any(row.stretches for row in staffing.occupied_rows(posts, only_funded=False)):
        return parameters["posts"]
    occupied = {row.label: row.stretches for row in staffing.occupied_rows(posts)}
    year, found = parameters["year"], []
    for plan in _granted_posts(parameters["posts"], year):
        shares = _occupied_shares(plan, occupied.get(plan.label, ()), year)
        found += [
            {
                "post": plan.label,
                "kind": plan.kind,
                "label": plan.title,
                "full_time_share": str(span.share),
                "occupied": [{"from": span.first.isoformat(), "to": span.last.isoformat()}],
            }
            for span in _spans(shares, year)
        ]
    return found


def rows_as_occupied(found: Consequences) -> list[dict]:
    """Return the post plan as it is really occupied, row by row, as the form of a new version takes it."""
    functions = {
        row["post"]: row["function"] for year in amounts.years_in(found.notice.parameters) for row in year["posts"]
    }
    return [
        {
            "label": one.label,
            "function": functions[one.label],
            "full_time_share": span.share,
            "occupied_from": span.first,
            "occupied_until": span.last,
            "is_qualified": True,
        }
        for one in found.posts
        for span in one.occupied
    ]


@dataclass(frozen=True)
class _GrantedPost:
    """A post of the notice: what is granted of it on each day of the year, in millionths."""

    label: str
    kind: str
    title: str
    shares: Sequence[int]


def _granted_posts(rows: Iterable[dict], year: int) -> list[_GrantedPost]:
    """Return the posts in the order in which the engine computes them: as their labels first appear."""
    by_label: dict[str, list[dict]] = {}
    for row in rows:
        by_label.setdefault(row["post"], []).append(row)
    return [
        _GrantedPost(
            label,
            same[0]["kind"],
            same[0]["label"],
            daily_shares(year, [(Fraction(row["full_time_share"]), _periods(row["occupied"])) for row in same]),
        )
        for label, same in by_label.items()
    ]


def _periods(spans: Iterable[dict]) -> list[Period]:
    return [Period(date.fromisoformat(span["from"]), date.fromisoformat(span["to"])) for span in spans]


def _occupied_shares(plan: _GrantedPost, stretches, year: int) -> list[int]:
    """Return what counts of the post on each day: what is occupied, but no more than is granted."""
    beginning, end = date(year, 1, 1), date(year, 12, 31)
    inside = [
        (Fraction(stretch.share), [Period(max(stretch.first, beginning), min(stretch.last, end))])
        for stretch in stretches
        if stretch.first <= end and stretch.last >= beginning
    ]
    return [min(pair) for pair in zip(plan.shares, daily_shares(year, inside), strict=True)]


def _rows(plan: _GrantedPost, shares: Sequence[int], year: int) -> list[PostRow]:
    """Return the rows for the engine: one for each stretch of equal share; an empty one where nobody was there."""
    found = [(share, Period(first, last)) for share, first, last in _equal_stretches(shares, year) if share] or [
        (MILLIONTHS, None)
    ]
    return [
        PostRow(
            kind=plan.kind,
            full_time_share=Fraction(share, MILLIONTHS),
            occupied=(period,) if period else (),
            post=plan.label,
            label=plan.title,
        )
        for share, period in found
    ]


def _equal_stretches(shares: Sequence[int], year: int) -> list[tuple[int, date, date]]:
    """Return the year as stretches of equal value: value, first and last day."""
    found, first = [], date(year, 1, 1)
    for share, days in groupby(shares):
        last = first + timedelta(days=len(list(days)) - 1)
        found.append((share, first, last))
        first = last + timedelta(days=1)
    return found


def _spans(shares: Sequence[int], year: int) -> tuple[Span, ...]:
    """Return the stretches of a year on which there is a share at all."""
    return tuple(
        Span(Decimal(share) / MILLIONTHS, first, last) for share, first, last in _equal_stretches(shares, year) if share
    )


def _consequence(plan, post, shares, then: Line, now: Line, method: str, year: int) -> PostConsequence:
    missing = [granted - occupied for granted, occupied in zip(plan.shares, shares, strict=True)]
    amount = min(now.amount, then.amount)
    lines = (
        Line(_("bewilligt"), then.formula, then.amount, then.source, then.mark),
        Line(_("wie besetzt"), now.formula, now.amount, now.source, now.mark),
    )
    lost = _Lost.of(count_occupied(method, year, plan.shares), count_occupied(method, year, shares))
    return PostConsequence(
        label=plan.label,
        post=post,
        amount_granted=then.amount,
        amount_occupied=amount,
        sentence=_sentence(lost, method, amount - then.amount, days=sum(1 for share in missing if share)),
        lines=lines,
        granted=_spans(plan.shares, year),
        occupied=_spans(shares, year),
        gaps=_spans(missing, year),
    )


@dataclass(frozen=True)
class _Lost:
    """How many units of the granted time are lost; `is_converted` where they are not simply whole vacant ones."""

    units: Fraction
    is_converted: bool

    @classmethod
    def of(cls, granted: Counted, occupied: Counted) -> "_Lost":
        share = granted.share or (granted.weighted / granted.units if granted.units else Fraction(1))
        units = (granted.weighted - occupied.weighted) / share
        return cls(units, is_converted=units != granted.units - occupied.units)


def _sentence(lost: _Lost, method: str, difference: Decimal, *, days: int) -> str:
    """Return the consequence in one line: "3 Monate unbesetzt: −14.250,00 €"."""
    if not days:
        return _("durchgehend besetzt")
    if not difference:
        text = ngettext("%(days)s Tag unbesetzt: kein Abzug", "%(days)s Tage unbesetzt: kein Abzug", days)
        return text % {"days": days}
    text = (
        _("umgerechnet %(time)s unbesetzt: −%(amount)s") if lost.is_converted else _("%(time)s unbesetzt: −%(amount)s")
    )
    return text % {"time": _time(lost.units, method), "amount": format_euro(-difference)}


def _time(units: Fraction, method: str) -> str:
    """Return lost time as clerks say it: "3 Monate", "1,5 Monate", "46 Tage"; rounded to hundredths."""
    number = f"{round_half_up(units).normalize():f}".replace(".", ",")
    count = 1 if units == 1 else 2
    if method == DAYS:
        text = ngettext("%(number)s Tag", "%(number)s Tage", count)
    elif method == HALF_MONTHS:
        text = ngettext("%(number)s halber Monat", "%(number)s halbe Monate", count)
    else:
        text = ngettext("%(number)s Monat", "%(number)s Monate", count)
    return text % {"number": number}
