"""Where a base grant comes from: post by post the twelve months, each with what it adds; together exactly the line.

Rule: the same counting as `base_grant` (the guideline's pro-rata method), told month by month instead of as one factor.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from verbund.core.money import CENT, round_half_up, to_cents
from verbund.funding.calculations.base_grant import Computation, Extra, Line, PostRow, base_grant
from verbund.funding.calculations.occupancy import DAYS_FOR_A_MONTH, MILLIONTHS, daily_shares, days_in
from verbund.programmes.rules import DAYS, HALF_MONTHS, MONTHS, Rules


@dataclass(frozen=True)
class Month:
    """What one month adds to a post's line.

    `days` are its occupied days, `share` their mean share, `weighted` the units it counts of the `of` units of a year,
    `amount` what that comes to in euros, exact; `amount_shown` in cents, so that twelve months sum to the line.
    """

    number: int
    days: int
    share: Fraction
    weighted: Fraction
    of: int
    amount: Fraction
    amount_shown: Decimal

    @property
    def is_counted(self) -> bool:
        """Whether the month adds anything by the method."""
        return self.weighted > 0


@dataclass(frozen=True)
class PostOrigin:
    """A line of the computation and the twelve months it consists of."""

    line: Line
    months: tuple[Month, ...]


@dataclass(frozen=True)
class Origin:
    """A computation opened: the posts with their months, then the other lines (material costs, rounding)."""

    computation: Computation
    posts: tuple[PostOrigin, ...]
    others: tuple[Line, ...]


def origin(
    rules: Rules,
    *,
    year: int,
    carrier_kind: str,
    posts: Sequence[PostRow],
    extras: Sequence[Extra] = (),
    pro_rata: str | None = None,
) -> Origin:
    """Return the base grant of a year opened to its months; raises what `base_grant` raises."""
    computed = base_grant(rules, year=year, carrier_kind=carrier_kind, posts=posts, extras=extras, pro_rata=pro_rata)
    joined = _joined(posts)
    found = []
    for rows, line in zip(joined, computed.lines, strict=False):
        rate = rules.rate(rows[0].kind)
        assert rate is not None, "base_grant refuses unknown kinds"
        shares = daily_shares(year, [(row.share, row.occupied) for row in rows])
        found.append(PostOrigin(line, tuple(_months(computed.pro_rata, year, shares, rate.per_full_post))))
    return Origin(computed, tuple(found), computed.lines[len(joined) :])


def _joined(posts: Sequence[PostRow]) -> list[list[PostRow]]:
    """Return the rows of each post, in the order in which the posts first appear."""
    joined: dict[object, list[PostRow]] = {}
    for index, row in enumerate(posts):
        joined.setdefault(index if row.post is None else row.post, []).append(row)
    return list(joined.values())


def _months(method: str, year: int, shares: Sequence[int], per_full_post: Fraction) -> list[Month]:
    months, exact, shown, start = [], Fraction(0), Decimal(0), 0
    of = {DAYS: days_in(year), HALF_MONTHS: 24}.get(method, 12)
    for number in range(1, 13):
        end = start + monthrange(year, number)[1]
        occupied = [share for share in shares[start:end] if share]
        weighted = _weighted(method, shares[start:end])
        amount = per_full_post * weighted / of
        exact += amount
        until_here = to_cents(round_half_up(exact, CENT))
        months.append(
            Month(
                number=number,
                days=len(occupied),
                share=Fraction(sum(occupied), len(occupied) * MILLIONTHS) if occupied else Fraction(0),
                weighted=weighted,
                of=of,
                amount=amount,
                amount_shown=until_here - shown,
            )
        )
        shown, start = until_here, end
    return months


def _weighted(method: str, shares: Sequence[int]) -> Fraction:
    """Return how many units the days of one month count, weighted by share."""
    if method == DAYS:
        return Fraction(sum(shares), MILLIONTHS)
    stretches = [shares[:15], shares[15:]] if method == HALF_MONTHS else [shares]
    least = DAYS_FOR_A_MONTH if method == MONTHS else 1
    counted = [occupied for part in stretches if len(occupied := [share for share in part if share]) >= least]
    return sum((Fraction(sum(occupied), len(occupied) * MILLIONTHS) for occupied in counted), Fraction(0))
