"""Reading the address of the finder: every value is checked, a wrong one is named and not applied."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.search import has_words
from verbund.directory import places
from verbund.directory.models import District, Municipality, Postcode
from verbund.offers.finding import NO_LIMIT, RADII, WHEN, YES_OR_NO, Spot, Wanted
from verbund.offers.forms import position
from verbund.offers.stock import Stock

LONGEST = 120
LONGEST_SHOWN = 40
MOST_PAGES = 5_000
ALSO_WORDS = frozenset({"essen", "halle", "lage", "senden"})
"""Towns that are called like something one may look for."""

_RADII = {str(radius) for radius in (*RADII, NO_LIMIT)}
CLOCK = re.compile(r"([01]?\d|2[0-3])(?::?([0-5]\d))?")
FIELDS = (
    "was",
    "woertlich",
    "ort",
    "position",
    "umkreis",
    "anliegen",
    "wann",
    "tag",
    "von",
    "bis",
    "spricht",
    "auch",
    "fuer",
    *YES_OR_NO,
)
"""The names in the address that say what is wanted; `seite` and `sprache` say what is shown of it."""


@dataclass
class Asked:
    """What an address asks for: `values` are its valid parts as they stand there, `refused` sentences on the others."""

    wanted: Wanted
    values: dict[str, str]
    page: int = 1
    refused: list[str] = field(default_factory=list)
    similar_places: tuple[str, ...] = ()
    town: "Town | None" = None

    def link(self, **changes) -> str:
        """Return the end of an address that asks for the same with changes; None leaves a part out. Back to page 1."""
        values = {**self.values, **changes}
        return "?" + "&".join([_pair(name, value) for name, value in values.items() if value not in (None, "")])


@dataclass(frozen=True)
class Town:
    """A town or postcode typed among the words: `link` leads to the other reading, as words where it was taken."""

    name: str
    link: str
    is_taken: bool


@lru_cache(maxsize=2_000)
def _pair(name: str, value) -> str:
    return urlencode({name: value})


def said(parameters) -> dict[str, str]:
    """Return what an address (`request.GET`) says to the finder, cleaned; all the rest of it means nothing."""
    found = {name: clean(parameters.get(name, "")) for name in (*FIELDS, "seite")}
    return {name: typed for name, typed in found.items() if typed}


def read(parameters, stock: Stock) -> Asked:
    """Read an address (`request.GET`); at most three statements, for the name of a place not asked for before."""
    asked = Asked(Wanted(), {})
    found: dict = {}
    readers = _readers(stock)
    typed_in, town = _with_town(said(parameters))
    for name, typed in typed_in.items():
        if name == "seite":
            continue
        if name == "ort":
            _read_place(asked, found, typed)
        elif name == "position":
            _read_position(asked, found, typed, is_needed="ort" not in typed_in)
        elif (value := readers[name](typed)) is None:
            asked.refused.append(_refusal(name, typed))
        else:
            found[name] = value
            asked.values[name] = typed
    _check_together(asked, found)
    found.pop("woertlich", None)
    yes = frozenset(name for name in YES_OR_NO if found.pop(name, None))
    asked.wanted = Wanted(words=found.pop("was", ""), yes=yes, **found)
    asked.page = _page(asked, typed_in.get("seite", ""))
    if town and ("ort" not in typed_in or "ort" in asked.values):
        asked.town = _other_reading(asked, town, typed=said(parameters)["was"])
    return asked


def _with_town(typed_in: dict[str, str]) -> tuple[dict[str, str], str]:
    """Return what was typed, with a town or postcode at the end of the words as the place where none is named; and it.

    One that may as well be a word, or that somebody wants as a word, stays among the words.
    """
    if {"ort", "position"} & typed_in.keys() or "was" not in typed_in:
        return {name: typed for name, typed in typed_in.items() if name != "woertlich"}, ""
    town, words = places.place_at_end(typed_in["was"])
    if not town or town.casefold() in ALSO_WORDS or typed_in.get("woertlich") == "1":
        return typed_in, town
    return {name: typed for name, typed in (typed_in | {"was": words, "ort": town}).items() if typed}, town


def _other_reading(asked: Asked, town: str, *, typed: str) -> Town:
    """Return the town with the way to the reading that was not taken."""
    if "ort" in asked.values:
        return Town(town, asked.link(was=typed, woertlich="1", ort=None, umkreis=None), is_taken=True)
    rest = places.place_at_end(typed)[1]
    return Town(town, asked.link(was=rest, ort=town, woertlich=None), is_taken=False)


def clean(typed: str) -> str:
    """Return what was typed without signs nobody sees, in one line, and no more of it than is worth reading.

    A sign that only shapes a word (a place to break it, a direction) leaves no gap in it.
    """
    seen = (sign for sign in typed[: LONGEST * 4] if unicodedata.category(sign) != "Cf")
    signs = (sign if sign.isprintable() else " " for sign in seen)
    return " ".join("".join(signs).split())[:LONGEST]


def _readers(stock: Stock) -> dict[str, Callable]:
    """Return for each name in the address what makes a value of what was typed; None for what makes no sense."""

    def one_of(known) -> Callable:
        return lambda typed: typed if typed in known else None

    readers: dict[str, Callable] = dict.fromkeys(YES_OR_NO, one_of({"1"}))
    return readers | {
        "was": lambda typed: typed if has_words(typed) else None,
        "woertlich": lambda typed: True if typed == "1" else None,
        "umkreis": lambda typed: int(typed) if typed in _RADII else None,
        "anliegen": one_of({code for code, _picture in stock.words.vocabulary["anliegen"]}),
        "fuer": one_of({code for code, _picture in stock.words.vocabulary["fuer"]}),
        "spricht": one_of(stock.words.language_names),
        "auch": lambda typed: True if typed == "1" else None,
        "tag": lambda typed: int(typed) if typed in "0123456" and len(typed) == 1 else None,
        "wann": one_of(WHEN),
        "von": _clock,
        "bis": _clock,
    }


def _clock(typed: str) -> time | None:
    found = CLOCK.fullmatch(typed.replace(".", ":").replace(" Uhr", ""))
    return time(int(found[1]), int(found[2] or 0)) if found else None


def _refusal(name: str, typed: str) -> str:
    if name == "was":
        return _("In „%(typed)s“ ist kein Wort, nach dem gesucht werden kann.") % {"typed": typed[:LONGEST_SHOWN]}
    return _("„%(name)s=%(typed)s“ kennt diese Suche nicht. Die Angabe wurde nicht angewendet.") % {
        "name": name,
        "typed": typed[:LONGEST_SHOWN],
    }


def _check_together(asked: Asked, found: dict) -> None:
    """Drop what makes sense only with something else that is missing, and hours in the wrong order."""
    if "umkreis" in found and "spot" not in found:
        del found["umkreis"], asked.values["umkreis"]
    if "auch" in found and "spricht" not in found:
        del found["auch"], asked.values["auch"]
    if "von" in found and "bis" in found and found["von"] >= found["bis"]:
        asked.refused.append(_("„bis“ liegt nicht nach „von“. Die Uhrzeiten wurden nicht angewendet."))
        for name in ("von", "bis"):
            del found[name], asked.values[name]


def _page(asked: Asked, typed: str) -> int:
    if not typed:
        return 1
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MOST_PAGES:
        return int(typed[:9])
    asked.refused.append(_refusal("seite", typed))
    return 1


def _read_place(asked: Asked, found: dict, typed: str) -> None:
    spot, similar, is_outside = place_named(typed)
    if spot:
        found["spot"] = spot
        asked.values["ort"] = typed
        return
    asked.similar_places = similar
    shown = {"typed": typed[:LONGEST_SHOWN]}
    if similar:
        asked.refused.append(_("Welchen Ort meinen Sie mit „%(typed)s“? Bis dahin wird überall gesucht.") % shown)
    elif is_outside:
        asked.refused.append(
            _("Die Postleitzahl %(typed)s gibt es in Nordrhein-Westfalen nicht. Gesucht wird überall.") % shown
        )
    else:
        asked.refused.append(_("Keinen Ort namens „%(typed)s“ gefunden. Gesucht wird überall.") % shown)


def _read_position(asked: Asked, found: dict, typed: str, *, is_needed: bool) -> None:
    """Read where the visitor is; a place somebody named goes before it."""
    if not is_needed:
        return
    spot, written, refusal = position.read(typed)
    if spot:
        found["spot"], asked.values["position"] = spot, written
    else:
        asked.refused.append(refusal)


@lru_cache(maxsize=1_000)
def place_named(typed: str) -> tuple[Spot | None, tuple[str, ...], bool]:
    """Return the place a postcode or a name means, else names that are similar; and whether it was a postcode.

    Towns and postcodes are reference data that does not change while the program runs.
    """
    sought = places.wanted(typed)
    if sought.postcode:
        row = Postcode.objects.filter(code=sought.postcode).order_by("-is_primary").select_related("municipality")
        postcode = row.first()
        if postcode is None:
            return None, (), True
        town = postcode.municipality
        name = f"{postcode.code} {town.name}"
        return Spot(float(postcode.latitude), float(postcode.longitude), name, town.district_id), (), True
    if not sought.is_enough:
        return None, (), sought.has_digits
    answer = places.find(sought, centres=[], on=today(), vouched_since=today())
    towns = [town for group in answer.responsible for town in group.towns]
    if len(towns) == 1:
        return _town(towns[0].key), (), False
    if towns and len({town.district_key for town in towns}) == 1:
        return _district(towns[0].district_key), (), False
    similar = towns or [town for group in answer.similar for town in group.towns]
    return None, tuple(town.name for town in similar[:6]), False


def _town(key: str) -> Spot:
    town = Municipality.objects.get(pk=key)
    return Spot(float(town.latitude), float(town.longitude), town.name, town.district_id)


def _district(key: str) -> Spot:
    district = District.objects.get(pk=key)
    return Spot(float(district.latitude), float(district.longitude), district.display_name, key)
