"""The base grant of an integration centre: posts by rate, share and time, plus capped material costs.

Rule: `cap(post) = rate(rate class, year) × share × occupied time / year` (directives "Richtlinie für die Förderung
Kommunaler Integrationszentren", BASS 11-02 Nr. 10). Exact fractions; rounded once, at the total.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from verbund.core import money
from verbund.core.money import format_euro, round_half_up, to_cents
from verbund.funding.calculations.occupancy import (
    MILLIONTHS,
    Period,
    count_occupied,
    daily_shares,
    day_of,
    in_words,
)
from verbund.funding.calculations.refusals import InputRefused
from verbund.programmes.rules import CARRIER_KINDS, CENT, EURO, PRO_RATA_METHODS, ROUNDINGS, ExtraCap, Rate, Rules

MOST_ROWS = 5_000
UNITS = {EURO: money.EURO, CENT: money.CENT}


@dataclass(frozen=True)
class PostRow:
    """One row of the post plan: a share of a post and when it is occupied. Rows with the same `post` are one post.

    `label` is what the post is called in the working; without it that is the rate's name and the post.
    """

    kind: str
    full_time_share: Fraction | Decimal
    occupied: tuple[Period, ...]
    post: str | None = None
    label: str = ""

    @property
    def share(self) -> Fraction:
        """Return the share as an exact fraction."""
        return Fraction(self.full_time_share)


@dataclass(frozen=True)
class Extra:
    """Euros asked for an item of material costs (such as LANGUAGE_POOL)."""

    item: str
    amount: Decimal


@dataclass(frozen=True)
class Line:
    """One line of the working: what, how in readable German, and how much in cents."""

    label: str
    formula: str
    amount: Decimal
    source: str = ""
    mark: str = ""

    @property
    def note(self) -> str:
        """Return the formula: what the working on a screen shows beside the label."""
        return self.formula


@dataclass(frozen=True)
class Computation:
    """An amount with its working; the lines sum to the total."""

    total: Decimal
    lines: tuple[Line, ...]
    guideline: str
    version: int
    pro_rata: str
    rounding: str
    source: str
    mark: str

    def as_json(self) -> dict[str, object]:
        """Return the answer of `compute base-grant`: whole euros without places, lines in cents."""
        return {
            "total": f"{self.total:.0f}" if self.rounding == EURO else f"{self.total:.2f}",
            "lines": [
                {"label": line.label, "formula": line.formula, "amount": str(line.amount)} for line in self.lines
            ],
            "guideline": {"code": self.guideline, "version": self.version},
            "pro_rata": self.pro_rata,
            "rounding": self.rounding,
        }


@dataclass
class _Post:
    """The rows of one post, with their places in the input."""

    kind: str
    name: str
    label: str
    rows: list[tuple[int, PostRow]] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)


def base_grant(
    rules: Rules,
    *,
    year: int,
    carrier_kind: str,
    posts: Sequence[PostRow],
    extras: Sequence[Extra] = (),
    pro_rata: str | None = None,
    rounding: str | None = None,
) -> Computation:
    """Return the base grant of a year in euros, with its working.

    `pro_rata` and `rounding` replace the guideline's own. The language pool is not reduced by vacancies. Raises
    InputRefused with the path of the value that cannot be right (see `contracts`: compute base-grant).
    """
    method, rounding = _methods(rules, carrier_kind, pro_rata, rounding)
    plan = _posts(rules, year, posts)
    _refuse_too_many(rules, carrier_kind, year, plan)
    exact = [_post_line(rules, method, year, post) for post in plan]
    exact += [_extra_line(rules, year, extras, index) for index in range(len(extras))]
    total = round_half_up(sum((amount for amount, _line in exact), Fraction(0)), UNITS[rounding])
    lines = [line for _amount, line in exact]
    difference = total - sum((line.amount for line in lines), Decimal(0))
    if difference:
        lines.append(Line("Rundung", _rounding_formula(rounding), to_cents(difference)))
    return Computation(
        total=total,
        lines=tuple(lines),
        guideline=rules.code,
        version=rules.version,
        pro_rata=method,
        rounding=rounding,
        source=rules.source,
        mark=rules.mark,
    )


def maximum_grant(rules: Rules, carrier_kind: str) -> Decimal:
    """Return the most a carrier can get for posts in a whole year, in euros, without material costs."""
    most = (rate.per_full_post * Fraction(rules.most_posts(carrier_kind, rate.rate_class)) for rate in rules.rates)
    return to_cents(sum(most, Fraction(0)))


def _methods(rules: Rules, carrier_kind: str, pro_rata: str | None, rounding: str | None) -> tuple[str, str]:
    if carrier_kind not in CARRIER_KINDS:
        raise InputRefused(_("Die Art des Trägers ist CITY (Stadt) oder COUNTY (Kreis, Städteregion)."), "carrier_kind")
    method = rules.pro_rata if pro_rata is None else pro_rata
    if method not in PRO_RATA_METHODS:
        raise InputRefused(_("Diese Zählweise gibt es nicht."), "pro_rata")
    rounding = rules.rounding if rounding is None else rounding
    if rounding not in ROUNDINGS:
        raise InputRefused(_("Diese Rundung gibt es nicht."), "rounding")
    return method, rounding


def _posts(rules: Rules, year: int, rows: Sequence[PostRow]) -> list[_Post]:
    """Check the rows and join those of the same post, in the order in which the posts first appear."""
    if len(rows) > MOST_ROWS:
        raise InputRefused(_("Es sind höchstens %(most)s Zeilen möglich.") % {"most": MOST_ROWS}, "posts")
    joined: dict[object, _Post] = {}
    for index, row in enumerate(rows):
        path = f"posts[{index}]"
        rate = rules.rate(row.kind)
        if rate is None:
            raise InputRefused(_("Diese Art von Stelle fördert die Richtlinie nicht."), f"{path}.kind")
        if not 0 <= row.share <= 1 or (row.share * MILLIONTHS).denominator != 1:
            raise InputRefused(
                _("Der Stellenanteil liegt zwischen 0 und 1 und hat höchstens sechs Nachkommastellen."),
                f"{path}.full_time_share",
            )
        refuse_wrong_periods(row.occupied, year=year, path=f"{path}.occupied")
        number = len(joined) + 1
        key = index if row.post is None else row.post
        name = row.post or str(number)
        post = joined.setdefault(key, _Post(row.kind, name, row.label or f"{rate.label} ({_short(name)})"))
        if post.kind != row.kind:
            raise InputRefused(_("Eine Stelle kann nicht zwei Arten haben."), f"{path}.kind")
        post.rows.append((index, row))
    for post in joined.values():
        post.shares = daily_shares(year, [(row.share, row.occupied) for _index, row in post.rows])
    return list(joined.values())


def refuse_wrong_periods(periods: Sequence[Period], *, year: int, path: str) -> None:
    """Raise InputRefused for periods that end before they begin, leave the year or overlap within a row."""
    for place, period in enumerate(periods):
        if period.last < period.first:
            raise InputRefused(_("Der Zeitraum endet, bevor er beginnt."), f"{path}[{place}].to")
        for day, name in ((period.first, "from"), (period.last, "to")):
            if day.year != year:
                raise InputRefused(
                    _("%(day)s liegt nicht im Jahr %(year)s.") % {"day": _german(day), "year": year},
                    f"{path}[{place}].{name}",
                )
    in_order = sorted(enumerate(periods), key=lambda numbered: (numbered[1].first, numbered[0]))
    for (_place, earlier), (place, later) in pairwise(in_order):
        if later.first <= earlier.last:
            raise InputRefused(
                _("Am %(day)s überschneiden sich zwei Zeiträume derselben Zeile.") % {"day": _german(later.first)},
                f"{path}[{place}].from",
            )


def _refuse_too_many(rules: Rules, carrier_kind: str, year: int, plan: Sequence[_Post]) -> None:
    """Raise InputRefused for a day on which a post has more than one full share or a kind more posts than funded."""
    for post in plan:
        index = _first_above(post.shares, MILLIONTHS)
        if index is not None:
            day = day_of(year, index)
            text = _("Am %(day)s ist die Stelle „%(post)s“ zu %(share)s besetzt; mehr als 1 wird nicht gefördert.")
            values = {"day": _german(day), "post": _short(post.name), "share": _number(post.shares[index])}
            raise InputRefused(text % values, _row_at([post], day))
    for rate in rules.rates:
        of_kind = [post for post in plan if post.kind == rate.rate_class]
        together = [sum(day) for day in zip(*(post.shares for post in of_kind), strict=True)]
        most = int(rules.most_posts(carrier_kind, rate.rate_class) * MILLIONTHS)
        index = _first_above(together, most)
        if index is not None:
            day = day_of(year, index)
            text = _("Am %(day)s sind %(share)s Stellen (%(kind)s) besetzt; die Richtlinie fördert höchstens %(most)s.")
            values = {
                "day": _german(day),
                "share": _number(together[index]),
                "kind": rate.label,
                "most": _number(most),
            }
            raise InputRefused(text % values, _row_at(of_kind, day))


def _post_line(rules: Rules, method: str, year: int, post: _Post) -> tuple[Fraction, Line]:
    rate = rules.rate(post.kind)
    assert rate is not None, "kinds are checked before"
    counted = count_occupied(method, year, post.shares)
    amount = rate.per_full_post * counted.weighted / counted.of
    formula = f"{_rate_formula(rate, counted.share)} × {in_words(method, counted)}"
    return amount, Line(post.label, formula, to_cents(amount), rate.source, rate.mark)


def _rate_formula(rate: Rate, share: Fraction | None) -> str:
    """Return the rate times the common share: "57.000,00 € × 0,5", "20.000,00 € für 0,5 Stelle"."""
    euros = format_euro(rate.amount)
    if rate.full_time_share == 1:
        return euros if share in (None, 1) else f"{euros} × {_share(share)}"
    euros = f"{euros} für {_number(int(rate.full_time_share * MILLIONTHS))} Stelle"
    if share is None:
        return f"{euros} : {_number(int(rate.full_time_share * MILLIONTHS))}"
    return (
        euros
        if share == rate.full_time_share
        else f"{euros} × {_share(share)} : {_share(Fraction(rate.full_time_share))}"
    )


def _extra_line(rules: Rules, year: int, extras: Sequence[Extra], index: int) -> tuple[Fraction, Line]:
    extra, path = extras[index], f"extras[{index}]"
    cap = _cap(rules, year, extra, path)
    if Counter(earlier.item for earlier in extras[:index])[extra.item]:
        raise InputRefused(_("Dieser Posten steht zweimal da."), f"{path}.item")
    if extra.amount < 0:
        raise InputRefused(_("Der Betrag darf nicht negativ sein."), f"{path}.amount")
    if extra.amount > cap.amount:
        raise InputRefused(
            _("Für %(item)s sind höchstens %(cap)s möglich.") % {"item": cap.label, "cap": format_euro(cap.amount)},
            f"{path}.amount",
        )
    formula = f"beantragt {format_euro(extra.amount)}, höchstens {format_euro(cap.amount)}"
    amount = to_cents(extra.amount)
    return Fraction(extra.amount), Line(cap.label, formula, amount, cap.source, cap.mark)


def _cap(rules: Rules, year: int, extra: Extra, path: str) -> ExtraCap:
    cap = rules.cap_of(extra.item)
    if cap is None:
        raise InputRefused(
            _("„%(item)s“ wird im Jahr %(year)s nicht gefördert.") % {"item": _short(extra.item), "year": year},
            f"{path}.item",
        )
    return cap


def _rounding_formula(rounding: str) -> str:
    unit = "volle Euro" if rounding == EURO else "volle Cent"
    return f"Gesamtbetrag kaufmännisch auf {unit} gerundet"


def _first_above(shares: Sequence[int], most: int) -> int | None:
    return next((index for index, share in enumerate(shares) if share > most), None)


def _row_at(posts: Sequence[_Post], day: date) -> str:
    """Return the path of the last row that is occupied on the day: the one that makes it too much."""
    rows = [
        (index, place)
        for post in posts
        for index, row in post.rows
        for place, period in enumerate(row.occupied)
        if row.full_time_share and period.first <= day <= period.last
    ]
    index, place = max(rows)
    return f"posts[{index}].occupied[{place}].from" if len(rows) > 1 else f"posts[{index}].full_time_share"


def _german(day: date) -> str:
    return f"{day:%d.%m.}{day.year:04d}"


def _number(millionths: int) -> str:
    return _share(Fraction(millionths, MILLIONTHS))


def _share(share: Fraction | None) -> str:
    """Return a share in German: up to six places, else the exact fraction in brackets."""
    exact = Fraction(share or 0)
    if (exact * MILLIONTHS).denominator != 1:
        return f"({exact})"
    text = f"{int(exact * MILLIONTHS):07d}"
    return f"{text[:-6]},{text[-6:]}".rstrip("0").rstrip(",")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
