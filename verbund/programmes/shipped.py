"""The reference rows that come with the program, read from `data/`: guidelines since 2012, the life of programmes.

Used to fill a new database (`reference.load`) and, where there is none yet, to compute without one.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from verbund.programmes.dated_rows import DatedRows
from verbund.programmes.rules import ExtraCap, NoRulesForYear, PostLimit, Rate, Rules, UnknownProgramme

DATA = Path(__file__).parent / "data"
FILES = (DATA / "ki_base.json",)
LIVES = DATA / "programmes.json"
DATED_ROWS = DATA / "dated_rows.json"


@cache
def programmes() -> tuple[Mapping[str, Any], ...]:
    """Return the shipped programmes, each with `programme` and `guidelines`, as in the files."""
    return tuple(json.loads(file.read_text("utf-8")) for file in FILES)


@cache
def lives() -> tuple[Mapping[str, Any], ...]:
    """Return what is shipped about programmes, whether computed or not: their life by day and what they pay.

    A programme named as `predecessor` or `within` stands before the one that names it.
    """
    return tuple(json.loads(LIVES.read_text("utf-8")))


@cache
def dated_rows() -> DatedRows:
    """Return the shipped base rates, values of computations and lump sums."""
    stored = json.loads(DATED_ROWS.read_text("utf-8"))
    return DatedRows(**{kind: tuple(SimpleNamespace(**_typed(row)) for row in rows) for kind, rows in stored.items()})


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_until")}
    return {**row, **days, **{name: Decimal(row[name]) for name in ("percent", "amount") if name in row}}


def shipped_rules(programme_code: str, year: int) -> Rules:
    """Return the shipped rules of a programme for a grant year. Raises UnknownProgramme or NoRulesForYear."""
    for data in programmes():
        if data["programme"]["code"] == programme_code:
            break
    else:
        raise UnknownProgramme(programme_code)
    covering = [
        (version, guideline)
        for version, guideline in enumerate(data["guidelines"], start=1)
        if _covers(period_of({}, guideline), year)
    ]
    if not covering:
        raise NoRulesForYear(programme_code, year)
    version, guideline = covering[-1]
    return _rules(programme_code, version, guideline, year)


def period_of(row: Mapping[str, Any], guideline: Mapping[str, Any]) -> tuple[date, date | None]:
    """Return from when until when a row is valid; without own days it is its guideline's period."""
    first = row.get("valid_from", guideline["applies_from"])
    last = row.get("valid_until", guideline["applies_until"])
    return date.fromisoformat(first), date.fromisoformat(last) if last else None


def _rules(programme_code: str, version: int, guideline: Mapping[str, Any], year: int) -> Rules:
    return Rules(
        programme=programme_code,
        version=version,
        **{name: guideline[name] for name in HEAD},
        rates=tuple(
            Rate(row["rate_class"], row["label"], Decimal(row["amount"]), Decimal(row["full_time_share"]), *_mark(row))
            for row in _in_year(guideline, "rates", year)
        ),
        limits=tuple(
            PostLimit(row["carrier_kind"], row["rate_class"], Decimal(row["posts"]), *_mark(row))
            for row in _in_year(guideline, "limits", year)
        ),
        extras=tuple(
            ExtraCap(row["item"], row["label"], Decimal(row["amount"]), *_mark(row))
            for row in _in_year(guideline, "extras", year)
        ),
    )


HEAD = (
    "code",
    "title",
    "source",
    "mark",
    "financing_type",
    "financing_type_mark",
    "pro_rata",
    "rounding",
    "counting_mark",
)


def _mark(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["mark"], row["source"]


def _in_year(guideline: Mapping[str, Any], kind: str, year: int) -> list[Mapping[str, Any]]:
    return [row for row in guideline[kind] if _covers(period_of(row, guideline), year)]


def _covers(period: tuple[date, date | None], year: int) -> bool:
    """Rates and limits begin and end with a calendar year, as grant periods do."""
    first, last = period
    return first.year <= year and (last is None or year <= last.year)
