"""Which town a postcode or a name means, and which centre is responsible there. Questions only; nothing is changed."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import F
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from verbund.directory.calculations import folded
from verbund.directory.models import Centre, CentreContact, Municipality
from verbund.directory.place_names import german_name

MOST_TOWNS = 20
"""How many towns a list of similar names holds."""

MOST_ALIKE = 3
LIKENESS = 82
"""From which likeness of two names (0 to 100) on one may be a slip of the other."""

FEWEST_FOR_LIKENESS = 4
FEWEST_LETTERS = 2
MOST_WORDS_OF_A_NAME = 3
BEFORE_A_TOWN = frozenset({"in", "bei", "nahe", "near", "у", "в", "في"})
NOT_LETTERS = re.compile(r"[^\w]+|_+")
LONGEST_POSTCODE = 8
"""As people type one: "42651", "D-42651", "42651,"."""

FIVE_DIGITS = re.compile(r"[0-9]{5}")
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
IN_FULL = {"st": "sankt", "westf": "westfalen", "rhld": "rheinland"}
"""How people shorten the names of towns in North Rhine-Westphalia."""
Sought = tuple[tuple[str, ...], ...]
"""The words of a name in both spellings (`_spellings`): all in the first, then all in the second."""


@dataclass(frozen=True)
class Wanted:
    """What somebody typed, taken apart: a postcode of five digits or "", and the words of a name in lower case."""

    postcode: str
    words: tuple[str, ...]
    has_digits: bool

    @property
    def is_enough(self) -> bool:
        """Whether there is something to look for."""
        return bool(self.postcode or self.words)


@dataclass(frozen=True)
class Town:
    """A town with its district; `district` is "" for a town that is one itself."""

    key: str
    name: str
    district: str
    district_key: str


@dataclass
class Responsible:
    """A centre (pk, key, name, seat; None where none is recorded), and for which of the towns asked about.

    `area` names the district, where a whole one was asked about.
    """

    centre: dict | None
    towns: list[Town]
    area: str = ""
    contacts: list[CentreContact] = field(default_factory=list)

    @property
    def place(self) -> str:
        """What it is responsible for, in words: "Kreis Unna", "Kamen (Kreis Unna)", "Salzkotten, Paderborn (…)"."""
        if self.area:
            return self.area
        names, district = ", ".join(town.name for town in self.towns), self.towns[0].district
        return f"{names} ({district})" if district else names


@dataclass(frozen=True)
class Answer:
    """Who is responsible for what was asked, and towns of a similar name; `has_more`: some of them are left out."""

    responsible: list[Responsible]
    similar: list[Responsible]
    has_more: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.responsible or self.similar)


def wanted(text: str) -> Wanted:
    """Take apart what was typed: a postcode also with blanks ("4 2 6 5 1"), with "D-", or in other digits than ours."""
    plain = "".join(_as_digit(sign) for sign in unicodedata.normalize("NFKC", text))
    words = tuple(NOT_LETTERS.sub(" ", plain.casefold()).split())
    digits = "".join(sign for sign in plain if sign in "0123456789")
    names = tuple(word for word in words if len(word) >= FEWEST_LETTERS and not any(sign.isdigit() for sign in word))
    return Wanted(digits if FIVE_DIGITS.fullmatch(digits) else "", _in_full(german_name(names)), bool(digits))


def _as_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _in_full(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(IN_FULL.get(word, word) for word in words) if len(words) > 1 else words


def centres_of_areas() -> list[dict]:
    """Return every centre with the town or the district it serves; one statement."""
    return list(
        Centre.objects.order_by("key").values(
            "pk",
            "key",
            "seat",
            name=F("organisation__name"),
            town=F("carrier__municipality_id"),
            district=F("carrier__district_id"),
        )
    )


def place_at_end(text: str) -> tuple[str, str]:
    """Return the town, the postcode or both that a text ends with, as typed, and what stands before: "Kita 42651".

    Of names only whole ones count, in any language they are known in; ("", text) where the text ends with neither.
    """
    typed = text.split()
    length = _length_of_town(typed)
    if _is_postcode(typed[: len(typed) - length]):
        length += 1 + (_length_of_town(typed[:-1]) if length == 0 else 0)
    if not length:
        return "", text
    before = typed[:-length]
    while before and before[-1].casefold() in BEFORE_A_TOWN:
        before.pop()
    return " ".join(typed[-length:]), " ".join(before)


def _length_of_town(typed: list[str]) -> int:
    """Return of how many words the name of the town is that these words end with; 0 where they end with none."""
    for length in range(min(MOST_WORDS_OF_A_NAME, len(typed)), 0, -1):
        sought = wanted(" ".join(typed[-length:]))
        if sought.words and not sought.has_digits and _spellings("".join(sought.words))[0] in _names_of_towns():
            return length
    return 0


def _is_postcode(typed: list[str]) -> bool:
    """Whether the last of these words is one, in whatever digits."""
    return bool(typed) and len(typed[-1]) <= LONGEST_POSTCODE and bool(wanted(typed[-1]).postcode)


@lru_cache(maxsize=1)
def _names_of_towns() -> frozenset[str]:
    """Return the names of all towns in one spelling: reference data that does not change while the program runs."""
    return frozenset(_spellings(name)[0] for name in Municipality.objects.values_list("name", flat=True))


def find(sought: Wanted, *, centres: list[dict], on: date, vouched_since: date) -> Answer:
    """Return which of the `centres` (`centres_of_areas`) are responsible for a postcode or a name; two statements.

    Of a postcode over several towns the main one comes first. Contacts are those there on the day that a source has
    vouched for since another day: an older one may have changed without anybody saying so.
    """
    by_area = {centre["town"] or centre["district"]: centre for centre in centres}
    if sought.postcode:
        answer = Answer(_by_centre(_towns_of_postcode(sought.postcode), by_area), [])
    else:
        answer = _by_name(sought.words, by_area)
    _add_contacts(answer.responsible, on, vouched_since)
    return answer


def _towns_of_postcode(code: str) -> list[Town]:
    return _towns(Municipality.objects.filter(postcodes__code=code).order_by("-postcodes__is_primary", "name"))


def _towns(municipalities) -> list[Town]:
    rows = municipalities.values_list("ags", "name", "district__display_name", "district_id")
    return [Town(key, name, "" if district == name else district, area) for key, name, district, area in rows]


def _by_name(words: tuple[str, ...], by_area: dict) -> Answer:
    """Look for towns of this name, else for a district, else for names that hold it, else for names within it."""
    sought = _both_spellings(words)
    towns = sorted(_towns(Municipality.objects.order_by()), key=lambda town: (_spellings(town.name), town.key))
    named = [town for town in towns if _is(town.name, sought)]
    similar = [town for town in towns if _holds(town.name, sought) and town not in named]
    district = [] if named else [town for town in towns if _is_district(town.district, sought)]
    if not (named or district or similar):
        district = [town for town in towns if _holds(town.district, sought)]
    if not (named or district or similar):
        similar = [town for town in towns if _is_within(town.name, sought)] or _written_alike(towns, sought)
    elif len(similar) == 1 and not (named or district):
        named, similar = similar, []
    responsible = _by_centre(named, by_area) + _by_centre(district, by_area, is_district=True)
    similar = sorted(similar, key=lambda town: not _begins(town.name, sought))
    listed = [Responsible(_centre_of(town, by_area), [town]) for town in similar[:MOST_TOWNS]]
    return Answer(responsible, listed, has_more=len(similar) > MOST_TOWNS)


def _written_alike(towns: list[Town], sought: Sought) -> list[Town]:
    """Return the few towns whose names differ from what was typed by a slip or two: "Sollingen", "Dormund"."""
    typed = ["".join(words) for words in sought]
    if len(typed[0]) < FEWEST_FOR_LIKENESS:
        return []
    pairs = ((max(map(fuzz.ratio, _spellings(town.name), typed)), town) for town in towns)
    alike = sorted((pair for pair in pairs if pair[0] >= LIKENESS), key=lambda pair: -pair[0])
    return [town for _likeness, town in alike[:MOST_ALIKE]]


def _by_centre(towns: Iterable[Town], by_area: dict, *, is_district: bool = False) -> list[Responsible]:
    """Put towns together that the same centre serves, in the order of the first of them."""
    groups: dict[str, Responsible] = {}
    for town in towns:
        centre = _centre_of(town, by_area)
        group = groups.setdefault(centre["key"] if centre else town.key, Responsible(centre, []))
        group.towns.append(town)
    if is_district:
        _name_areas(groups.values())
    return list(groups.values())


def _name_areas(groups) -> None:
    """Call the towns of a district by its name; beside a town with a centre of its own they are the others."""
    others = len(groups) > 1
    for group in groups:
        district = group.towns[0].district
        if len(group.towns) > 1:
            group.area = _("%(area)s, übrige Orte") % {"area": district} if others else district


def _centre_of(town: Town, by_area: dict) -> dict | None:
    """Return a town's own centre, else that of its district."""
    return by_area.get(town.key) or by_area.get(town.district_key)


def _add_contacts(responsible: list[Responsible], on: date, vouched_since: date) -> None:
    """Give each centre its contacts; one statement, none without a centre."""
    groups = {group.centre["pk"]: group for group in responsible if group.centre}
    if not groups:
        return
    for contact in CentreContact.objects.filter(centre__in=groups, evidenced_until__gte=vouched_since):
        if contact.is_there(on):
            groups[contact.centre_id].contacts.append(contact)


@lru_cache(maxsize=2_000)
def _spellings(name: str) -> tuple[str, str]:
    """Return a name as one word in two spellings, with umlauts as their base letters and as "ae", "oe", "ue"."""
    words = "".join(_in_full(tuple(NOT_LETTERS.sub(" ", name.casefold()).split())))
    return folded(words), words.translate(SPELLED_OUT)


def _both_spellings(words: tuple[str, ...]) -> Sought:
    return tuple(zip(*map(_spellings, words), strict=True))


def _is(name: str, sought: Sought) -> bool:
    return any(spelled == "".join(words) for spelled, words in zip(_spellings(name), sought, strict=True))


def _is_district(name: str, sought: Sought) -> bool:
    """Whether a district is meant, with or without the word in front: "Kreis Lippe", "Lippe"."""
    return _is(name, sought) or _is(name.removeprefix("Kreis "), sought)


def _begins(name: str, sought: Sought) -> bool:
    return any(spelled.startswith(words[0]) for spelled, words in zip(_spellings(name), sought, strict=True))


def _holds(name: str, sought: Sought) -> bool:
    """Whether every word sought stands in the name: "Halle Westfalen" finds "Halle (Westf.)"."""
    pairs = zip(_spellings(name), sought, strict=True)
    return any(all(word in spelled for word in words) for spelled, words in pairs)


def _is_within(name: str, sought: Sought) -> bool:
    """Whether the whole name is among the words sought: "Solingen Ohligs" and "Stadt Solingen" find Solingen."""
    pairs = zip(_spellings(name), sought, strict=True)
    return any(spelled in (*words, "".join(words[1:])) for spelled, words in pairs)
