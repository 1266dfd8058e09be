"""`compute lump-sums`."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.lump_sums import LumpSumItem, lump_sums
from verbund.funding.compute.policy import Policy
from verbund.funding.reading import Reader


def compute_lump_sums(given: Reader, policy: Policy) -> dict[str, Any]:
    """Compute the lump sums of a year; see `calculations.lump_sums`."""
    given.keys("programme", "year", "items", optional=("ceiling",))
    programme, year = given.text("programme"), given.year("year")
    ceiling = given.amount("ceiling") if given.has("ceiling") else None
    rules = policy.dated_rows().lump_sum_rules_for(programme, year)
    result = lump_sums(rules, [_item(row, year) for row in given.rows("items")], ceiling=ceiling)
    return {
        "lines": [
            {"label": line.label, "formula": line.formula, "amount": str(line.amount), "refused": line.refused}
            for line in result.lines
        ],
        "requested": str(result.requested),
        "total": str(result.total),
        "guideline": {"code": result.programme, "version": result.version},
    }


def _item(row: Reader, year: int) -> LumpSumItem:
    if not row.has("item"):
        raise InputRefused(_("Die Angabe „%(key)s“ fehlt.") % {"key": "item"}, row.at("item"))
    name = row.choice("item", tuple(SHAPES))
    needed, optional = SHAPES[name]
    row.keys("item", *needed, optional=optional)
    values = {key: READERS[key](row, key, year) for key in (*needed, *optional) if row.has(key)}
    return LumpSumItem(name, **values)


ROOM = (("building", "room", "target_group_use"), ())
APPLICANT = ((), ("applicant",))
SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "A_RENOVATION": ROOM,
    "A_EQUIPMENT": ROOM,
    "A_OPERATION": (("building", "months", "target_group_use"), ()),
    "A_DIGITAL": APPLICANT,
    "B_ACCOMPANIMENT": (("volunteer", "month", "count"), ()),
    "B_GATHERING": (("measure", "month", "participants", "volunteers"), ("justification",)),
    "C_MATERIAL": APPLICANT,
    "C_WEBSITE": APPLICANT,
    "C_TRANSLATION": (("pages",), ("applicant",)),
    "D_TRAINER": (("on", "hours"), ("trainer",)),
    "D_EXCHANGE": (("months",), ()),
}
"""Which values an item needs and which it may have."""


def _share(row: Reader, key: str, _year: int):
    share = row.weight(key)
    if share > 1:
        raise InputRefused(_("Der Anteil liegt zwischen 0 und 1."), row.at(key))
    return share


def _text(row: Reader, key: str, _year: int):
    return row.text(key)


def _count(row: Reader, key: str, _year: int):
    return row.count(key)


def _month(row: Reader, key: str, year: int):
    return row.month_in(key, year)


READERS: dict[str, Callable[[Reader, str, int], Any]] = {
    "building": _text,
    "room": _text,
    "target_group_use": _share,
    "months": _count,
    "applicant": _text,
    "volunteer": _text,
    "measure": _text,
    "month": _month,
    "count": _count,
    "participants": _count,
    "volunteers": _count,
    "justification": lambda row, key, _year: row.remark(key),
    "pages": _count,
    "on": lambda row, key, year: row.day_in(key, year),
    "hours": lambda row, key, _year: row.weight(key),
    "trainer": _text,
}
"""How each value is read."""
