"""Reading JSON strictly: types, keys, amounts, shares and days, each refusal with the path of the value."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from verbund.funding.calculations import InputRefused, Period

AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
SHARE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_CHARACTERS = 200
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
                raise InputRefused(_("Die Angabe „%(key)s“ fehlt.") % {"key": key}, self._at(key))
        for key in self.values:
            if key not in needed and key not in optional:
                raise InputRefused(_("Die Angabe „%(key)s“ ist unbekannt.") % {"key": key[:60]}, self._at(key[:60]))

    def text(self, key: str) -> Any:
        """Return a text of 1 to 200 characters."""
        value = self.values.get(key)
        if key in self.values and not (isinstance(value, str) and 1 <= len(value) <= MOST_CHARACTERS):
            raise InputRefused(_("Hier steht ein Text mit 1 bis 200 Zeichen."), self._at(key))
        return value

    def choice(self, key: str, choices: Sequence[str]) -> Any:
        """Return one of the choices."""
        value = self.values.get(key)
        if key in self.values and value not in choices:
            raise InputRefused(_("Möglich sind: %(choices)s.") % {"choices": ", ".join(choices)}, self._at(key))
        return value

    def whole_number(self, key: str) -> int:
        """Return a whole number; neither a truth value nor a text nor 2012.0 is one."""
        value = self.values[key]
        if type(value) is not int:
            raise InputRefused(_("Hier steht eine ganze Zahl."), self._at(key))
        return value

    def amount(self, key: str) -> Decimal:
        """Return euros, written as text with at most two places after a point."""
        value = self.values[key]
        if not isinstance(value, str) or not AMOUNT.fullmatch(value):
            raise InputRefused(
                _('Ein Betrag steht als Text mit Punkt und höchstens zwei Nachkommastellen da: "57000.00".'),
                self._at(key),
            )
        return Decimal(value)

    def share(self, key: str) -> Fraction:
        """Return a share, written as text with at most six places after a point."""
        value = self.values[key]
        if not isinstance(value, str) or not SHARE.fullmatch(value):
            raise InputRefused(
                _('Ein Anteil steht als Text mit Punkt und höchstens sechs Nachkommastellen da: "0.5".'), self._at(key)
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
        raise InputRefused(_('Ein Tag steht als Jahr-Monat-Tag da: "2012-12-01".'), self._at(key))

    def period(self) -> Period:
        """Return the days `from` to `to`."""
        self.keys("from", "to")
        return Period(self.day("from"), self.day("to"))

    def rows(self, key: str) -> list["Reader"]:
        """Return the objects of a list, each with its own path; an optional list that is missing is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise InputRefused(_("Hier steht eine Liste."), self._at(key))
        readers = []
        for index, row in enumerate(value):
            path = f"{self._at(key)}[{index}]"
            if not isinstance(row, dict):
                raise InputRefused(_("Hier steht ein JSON-Objekt."), path)
            readers.append(Reader(row, path))
        return readers

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
