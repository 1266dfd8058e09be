"""Reading JSON strictly: types, keys, amounts, shares and days, each refusal with the path of the value."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from verbund.funding.calculations import InputRefused, Period

AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
SHARE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
MOST_CHARACTERS = 200
MOST_OF_A_REMARK = 2_000
LONGEST_NUMBER = 18


class NotWhole:
    """Stands for a number that is not whole, or too long: no computation takes one."""


def read_json(text: str) -> dict[str, Any]:
    """Return the one object of a JSON text.

    Raises ValueError if it is no JSON (NaN and Infinity are none), InputRefused if it is JSON but no object, names a
    key twice or is nested beyond reading.
    """
    try:
        given = json.loads(
            text,
            object_pairs_hook=_without_twins,
            parse_float=lambda _text: NotWhole(),
            parse_int=lambda digits: int(digits) if len(digits) <= LONGEST_NUMBER else NotWhole(),
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        raise InputRefused(_("Die Eingabe ist zu tief verschachtelt.")) from None
    if not isinstance(given, dict):
        raise InputRefused(_("Die Eingabe muss ein JSON-Objekt sein."))
    return given


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputRefused(_("Der Schlüssel „%(key)s“ steht zweimal da.") % {"key": key[:60]}, key[:60])
        found[key] = value
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


class Reader:
    """One JSON object with its path; a missing key reads as None (`keys` has said which may be missing)."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self.values = values
        self.path = path

    def keys(self, *needed: str, optional: Iterable[str] = ()) -> None:
        """Refuse missing and unknown keys."""
        for key in needed:
            if key not in self.values:
                raise InputRefused(_("Die Angabe „%(key)s“ fehlt.") % {"key": key}, self.at(key))
        for key in self.values:
            if key not in needed and key not in optional:
                raise InputRefused(_("Die Angabe „%(key)s“ ist unbekannt.") % {"key": key[:60]}, self.at(key[:60]))

    def has(self, key: str) -> bool:
        """Whether the key is there, whatever its value."""
        return key in self.values

    def text(self, key: str) -> Any:
        """Return a text of 1 to 200 characters."""
        value = self.values.get(key)
        if key in self.values and not (isinstance(value, str) and 1 <= len(value) <= MOST_CHARACTERS):
            raise InputRefused(_("Hier steht ein Text mit 1 bis 200 Zeichen."), self.at(key))
        return value

    def remark(self, key: str) -> str:
        """Return a text that may be empty or missing, of at most 2,000 characters."""
        value = self.values.get(key, "")
        if not (isinstance(value, str) and len(value) <= MOST_OF_A_REMARK):
            raise InputRefused(_("Hier steht ein Text mit höchstens 2.000 Zeichen."), self.at(key))
        return value

    def choice(self, key: str, choices: Sequence[str]) -> Any:
        """Return one of the choices."""
        value = self.values.get(key)
        if key in self.values and value not in choices:
            raise InputRefused(_("Möglich sind: %(choices)s.") % {"choices": ", ".join(choices)}, self.at(key))
        return value

    def whole_number(self, key: str) -> int:
        """Return a whole number; neither a truth value nor a text nor 2012.0 is one."""
        value = self.values[key]
        if type(value) is not int:
            raise InputRefused(_("Hier steht eine ganze Zahl."), self.at(key))
        return value

    def is_whole(self, key: str) -> bool:
        """Whether a whole number stands there."""
        return type(self.values.get(key)) is int

    def year(self, key: str) -> int:
        """Return a year of the calendar."""
        year = self.whole_number(key)
        if not MINYEAR <= year <= MAXYEAR:
            raise InputRefused(_("Dieses Jahr gibt es im Kalender nicht."), self.at(key))
        return year

    def count(self, key: str) -> int:
        """Return a whole number of things, from 0 on."""
        number = self.whole_number(key)
        if number < 0:
            raise InputRefused(_("Die Zahl darf nicht negativ sein."), self.at(key))
        return number

    def truth(self, key: str) -> bool:
        """Return true or false; a key that is missing is false."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise InputRefused(_("Hier steht true oder false."), self.at(key))
        return value

    def amount(self, key: str) -> Decimal:
        """Return euros, written as text with at most two places after a point."""
        value = self.values[key]
        if not isinstance(value, str) or not AMOUNT.fullmatch(value):
            raise InputRefused(
                _('Ein Betrag steht als Text mit Punkt und höchstens zwei Nachkommastellen da: "57000.00".'),
                self.at(key),
            )
        return Decimal(value)

    def share(self, key: str) -> Fraction:
        """Return a share, written as text with at most six places after a point."""
        value = self.values[key]
        if not isinstance(value, str) or not SHARE.fullmatch(value):
            raise InputRefused(
                _('Ein Anteil steht als Text mit Punkt und höchstens sechs Nachkommastellen da: "0.5".'), self.at(key)
            )
        return Fraction(value)

    def day(self, key: str) -> date:
        """Return an ISO day (2012-12-01)."""
        value = self.values[key]
        try:
            if isinstance(value, str) and DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise InputRefused(_('Ein Tag steht als Jahr-Monat-Tag da: "2012-12-01".'), self.at(key))

    def weight(self, key: str) -> Fraction:
        """Return a number from 0 on, written as text with at most six places after a point."""
        value = self.share(key)
        if value < 0:
            raise InputRefused(_("Der Wert darf nicht negativ sein."), self.at(key))
        return value

    def day_in(self, key: str, year: int) -> date:
        """Return an ISO day within a year."""
        day = self.day(key)
        if day.year != year:
            raise InputRefused(_("Der Tag liegt nicht im Jahr %(year)s.") % {"year": year}, self.at(key))
        return day

    def month_in(self, key: str, year: int) -> str:
        """Return a month (2023-03) within a year."""
        value = self.values[key]
        if not isinstance(value, str) or not MONTH.fullmatch(value):
            raise InputRefused(_('Ein Monat steht als Jahr-Monat da: "2023-03".'), self.at(key))
        if value[:4] != f"{year:04d}":
            raise InputRefused(_("Der Monat liegt nicht im Jahr %(year)s.") % {"year": year}, self.at(key))
        return value

    def period(self) -> Period:
        """Return the days `from` to `to`."""
        self.keys("from", "to")
        return Period(self.day("from"), self.day("to"))

    def rows(self, key: str) -> list["Reader"]:
        """Return the objects of a list, each with its own path; an optional list that is missing is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise InputRefused(_("Hier steht eine Liste."), self.at(key))
        readers = []
        for index, row in enumerate(value):
            path = f"{self.at(key)}[{index}]"
            if not isinstance(row, dict):
                raise InputRefused(_("Hier steht ein JSON-Objekt."), path)
            readers.append(Reader(row, path))
        return readers

    def at(self, key: str) -> str:
        """Return the path of a key."""
        return f"{self.path}.{key}" if self.path else key
