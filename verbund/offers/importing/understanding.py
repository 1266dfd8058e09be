"""A line of a list → what it says of an entry, as plain JSON; what cannot be read is a reason, not a guess.

`said`: partner, own_number (of the entry here), external_key, values (fields of the entry), if_new (only for new
ones), terms, languages, place, hours, is_remote. A field that is missing says nothing: an empty cell never empties an
entry.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import cos, hypot, radians

from django.utils.translation import gettext as _

from verbund.directory.calculations import folded
from verbund.directory.models import Municipality, Postcode
from verbund.offers.importing import hours, values
from verbund.offers.importing.mapping import FIELDS
from verbund.offers.importing.values import NotUnderstood
from verbund.offers.models import Language, Offer, Synonym, Term, TermName

LENGTHS = {"title": 120, "summary": 220, "description": 4000, "contact_function": 120, "next_steps": 400,
           "to_bring": 300}  # fmt: skip
REGISTRATION = {
    "einfach kommen": "NONE", "offen": "NONE", "ohne": "NONE", "ohne anmeldung": "NONE", "keine": "NONE",
    "nicht erforderlich": "NONE", "nein": "NONE", "telefonisch": "PHONE", "telefon": "PHONE", "per telefon": "PHONE",
    "anrufen": "PHONE", "e-mail": "EMAIL", "mail": "EMAIL", "per e-mail": "EMAIL", "per mail": "EMAIL",
    "online": "WEBSITE", "webseite": "WEBSITE", "website": "WEBSITE", "homepage": "WEBSITE",
    "vermittlung": "REFERRAL", "nur mit vermittlung": "REFERRAL", "über beratungsstelle": "REFERRAL",
}  # fmt: skip
FIRST_SENTENCE = 220
LONGEST_NOTE = 200
LARGEST_NUMBER = 999_999_999
FARTHEST_KM = 15
"""So far from the middle of a postcode a point still belongs to its town."""

REPEATED = {
    "_contact": ("phone", "email", "website"),
    "_people": ("ages", "minimum_age", "maximum_age", "is_women_only", "child_care"),
    "_money": ("cost", "is_free"),
    "_days": ("valid_from", "valid_until"),
    "_words": ("terms", "audience", "languages"),
    "_place": (
        "place", "street", "house_number", "postcode", "town", "address", "latitude", "longitude", "room", "step_free",
    ),
    "_hours": ("weekdays", "opens", "closes", "hours", "hours_note"),
}  # fmt: skip
"""Steps of reading whose cells lists repeat, with all columns they look at."""

MOST_REMEMBERED = 10_000


@dataclass
class Understood:
    """What a line says; `reasons` (column, sentence) why it is refused, `notes` what was repaired."""

    said: dict = field(default_factory=dict)
    reasons: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Vocabulary:
    """Terms, languages and towns by the words people use; six statements, read once for a list.

    Beside them what cells of this list said already.
    """

    def __init__(self):
        self.remembered: dict[Hashable, tuple[Understood, dict]] = {}

    def remember(self, key: Hashable, said: tuple[Understood, dict]) -> None:
        """Remember what cells said; from time to time all is forgotten, for the memory."""
        if len(self.remembered) >= MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[key] = said

    @cached_property
    def terms(self) -> dict[str, tuple[str, str]]:
        """Return (kind, code) by name, synonym or name in another language; needs before other kinds."""
        found: dict[str, tuple[str, str]] = {}
        used = Term.objects.filter(is_in_use=True).exclude(kind=Term.Kind.FEATURE)
        keys = {pk: (kind, code) for pk, kind, code in used.values_list("pk", "kind", "code")}
        rows = [*used.values_list("pk", "name"), *TermName.objects.order_by("pk").values_list("term_id", "name")]
        rows += Synonym.objects.order_by("pk").values_list("term_id", "word")
        order = {Term.Kind.NEED: 0, Term.Kind.AUDIENCE: 1}
        for pk, word in sorted(
            (row for row in rows if row[0] in keys), key=lambda row: (order.get(keys[row[0]][0], 2), row[0])
        ):
            found.setdefault(word.casefold(), keys[pk])
        return found

    @cached_property
    def audiences(self) -> dict[str, tuple[str, str]]:
        rows = Term.objects.filter(kind=Term.Kind.AUDIENCE, is_in_use=True).values_list("name", "code")
        return {name.casefold(): (Term.Kind.AUDIENCE.value, code) for name, code in rows}

    @cached_property
    def languages(self) -> dict[str, str]:
        """Return the code by German, native and English name, by the code itself, and by the name before a bracket."""
        found: dict[str, str] = {}
        spoken = Language.objects.filter(is_spoken=True).order_by("position")
        for code, name, native in spoken.values_list("code", "name", "native_name"):
            for word in (name, native, code, name.partition(" (")[0], *ENGLISH.get(code, ())):
                found.setdefault(word.casefold(), code)
        return found

    @cached_property
    def by_postcode(self) -> dict[str, list[tuple[int, str, str, str]]]:
        found: dict[str, list] = {}
        rows = Postcode.objects.order_by("code", "-is_primary").values_list(
            "code", "municipality_id", "municipality__name", "latitude", "longitude"
        )
        for code, pk, name, north, east in rows:
            found.setdefault(code, []).append((pk, folded(name), str(north), str(east)))
        return found

    def town_at(self, latitude: float, longitude: float) -> tuple[int, str] | None:
        """Return the municipality (id, name) whose postcode lies nearest to a point; None far away from all."""
        per_degree = 111.2 * cos(radians(latitude))
        rows = (
            (float(north), float(east), pk) for found in self.by_postcode.values() for pk, _name, north, east in found
        )
        km, pk = min(
            (hypot((north - latitude) * 111.2, (east - longitude) * per_degree), pk) for north, east, pk in rows
        )
        return (pk, self.town_names[pk]) if km <= FARTHEST_KM else None

    @cached_property
    def town_names(self) -> dict[int, str]:
        return dict(Municipality.objects.values_list("pk", "name"))

    @cached_property
    def by_town(self) -> dict[str, tuple[int, str, str]]:
        rows = Municipality.objects.values_list("pk", "name", "latitude", "longitude")
        return {folded(name): (pk, str(north), str(east)) for pk, name, north, east in rows}


ENGLISH = {
    "de": ("german",), "en": ("english",), "ar": ("arabic",), "tr": ("turkish",), "uk": ("ukrainian",),
    "ru": ("russian",), "fa": ("persian", "farsi"), "prs": ("dari",), "ps": ("pashto",), "fr": ("french",),
    "kmr": ("kurmanji", "kurdish", "kurdisch"), "ckb": ("sorani",), "es": ("spanish",), "pt": ("portuguese",),
    "it": ("italian",), "el": ("greek",), "pl": ("polish",), "ro": ("romanian",), "bg": ("bulgarian",),
    "sq": ("albanian",), "sr": ("serbian",), "bs": ("bosnian",), "hr": ("croatian",), "mk": ("macedonian",),
    "rom": ("romani",), "ti": ("tigrinya",), "am": ("amharic",), "so": ("somali", "somalisch"), "ur": ("urdu",),
    "pa": ("punjabi",), "ta": ("tamil",), "bn": ("bengali",), "vi": ("vietnamese",), "zh": ("chinese",),
    "hu": ("hungarian",), "gsg": ("gebärdensprache", "dgs", "sign language"),
}  # fmt: skip


class Line:
    """Reads one line by its columns."""

    def __init__(self, cells: list, columns: dict[int, str], words: Vocabulary, *, partner: str = ""):
        self.cells = {code: cells[position] for position, code in columns.items() if position < len(cells)}
        self.words, self.partner = words, partner
        self.result = Understood()
        self.values: dict = {}

    def read(self) -> Understood:
        """Return what the line says, with a reason for each cell that cannot be read."""
        self._names()
        self._texts()
        for step, codes in REPEATED.items():
            self._as_before(step, codes)
        self._registration()
        self.result.said["values"] = self.values
        return self.result

    def _as_before(self, step: str, codes: tuple[str, ...]) -> None:
        """Read cells, or say what the same cells said in an earlier line: lists repeat towns, hours and words."""
        key: Hashable = step  # what a list says that has none of these columns
        if not self.cells.keys().isdisjoint(codes):
            cells = tuple(map(self.cells.get, codes))
            key = (step, cells, tuple(map(type, cells)))  # 1, 1.0 and True are equal, but do not say the same
        remembered = self.words.remembered.get(key)
        if remembered is None:
            whole, self.result, self.values = (self.result, self.values), Understood(), {}
            getattr(self, step)()
            remembered = self.result, self.values
            self.result, self.values = whole
            self.words.remember(key, remembered)
        result, values_here = remembered
        if values_here:
            self.values |= values_here
        if result.said:
            self.result.said |= result.said
        if result.reasons or result.notes:
            self.result.reasons += result.reasons
            self.result.notes += result.notes

    def _try(self, code: str, act, *arguments):
        """Return what a cell means; a cell that cannot be read becomes a reason."""
        try:
            return act(*arguments)
        except NotUnderstood as problem:
            self._refuse(code, str(problem))
            return None

    def _refuse(self, code: str, sentence: str) -> None:
        self.result.reasons.append([str(FIELDS[code].label), sentence])

    def _text(self, code: str, longest: int, *, several_lines: bool = False) -> str:
        cell = self.cells.get(code)
        if cell is None or cell == "":
            return ""
        try:
            plain, note = values.text(cell, longest=longest, several_lines=several_lines)
        except NotUnderstood as problem:
            self._refuse(code, str(problem))
            return ""
        if note:
            self.result.notes.append(f"{FIELDS[code].label}: {note}")
        return "" if values.is_nothing(plain) else plain

    def _names(self) -> None:
        said = self.result.said
        title = self._text("title", LENGTHS["title"])
        if not title and not self.result.reasons:
            self._refuse("title", _("Der Titel fehlt"))
        said["title"] = self.values["title"] = title
        said["partner"] = self._text("partner", 200) or self.partner
        if not said["partner"] and "partner" not in {code for code, _sentence in self.result.reasons}:
            self._refuse("partner", _("Der Anbieter fehlt"))
        said["external_key"] = self._text("external_key", 120)
        cell = self.cells.get("own_number")
        if number := self._try("own_number", lambda: values.whole_number(cell, most=LARGEST_NUMBER)):
            said["own_number"] = number

    def _texts(self) -> None:
        for code in ("summary", "description", "contact_function", "next_steps", "to_bring"):
            if found := self._text(code, LENGTHS[code], several_lines=code == "description"):
                self.values[code] = found
        if "summary" not in self.values and self.values.get("description"):
            first = self.values["description"].replace("\n", " ").partition(". ")[0]
            shorter = first if len(first) <= FIRST_SENTENCE else first[: FIRST_SENTENCE - 1] + "…"
            self.result.said["if_new"] = {"summary": shorter}

    def _contact(self) -> None:
        for code, act in (("phone", values.phone), ("email", values.mail), ("website", values.website)):
            if found := self._try(code, act, self.cells.get(code)):
                self.values[code] = found

    def _registration(self) -> None:
        cell = self.cells.get("registration")
        if values.is_nothing(cell) and not isinstance(cell, bool):
            return
        plain = str(cell).strip().casefold() if not isinstance(cell, bool) else "ja" if cell else "nein"
        known = REGISTRATION.get(plain)
        if known is None and plain in values.YES | {"erforderlich", "ja, erforderlich", "nötig"}:
            known = "PHONE" if self.values.get("phone") else "EMAIL" if self.values.get("email") else "PHONE"
        if known:
            self.values["registration"] = known
        elif "next_steps" not in self.values:
            text = self._text("registration", LENGTHS["next_steps"])
            if text:
                self.values["next_steps"] = text

    def _people(self) -> None:
        low, high = self._try("ages", values.ages, self.cells.get("ages")) or (None, None)
        found = {
            "minimum_age": self._try(
                "minimum_age", lambda: values.whole_number(self.cells.get("minimum_age"), most=120)
            ),
            "maximum_age": self._try(
                "maximum_age", lambda: values.whole_number(self.cells.get("maximum_age"), most=120)
            ),
        }
        found = {"minimum_age": low if found["minimum_age"] is None else found["minimum_age"],
                 "maximum_age": high if found["maximum_age"] is None else found["maximum_age"]}  # fmt: skip
        self.values |= {name: number for name, number in found.items() if number is not None}
        if None not in found.values() and found["maximum_age"] < found["minimum_age"]:
            self._refuse("maximum_age", _("Das Alter „bis“ liegt unter dem Alter „ab“"))
        women = self._try("is_women_only", values.yes_or_no, self.cells.get("is_women_only"))
        if women is not None:
            self.values["is_women_only"] = women
        care = self._try("child_care", values.yes_or_no, self.cells.get("child_care"))
        if care is not None:
            self.values["child_care"] = Offer.Known.YES.value if care else Offer.Known.NO.value

    def _money(self) -> None:
        cell = self.cells.get("cost")
        says_free = str(cell).strip().casefold() in {"keine", "nein", "0"}
        if says_free or not values.is_nothing(cell):
            found = self._try("cost", values.cost, cell)
            if found:
                free, amount, note = found
                self.values["is_free"] = free
                self.values["amount_fee"] = None if amount is None else str(amount)
                if note:
                    self.values["fee_note"] = note
        is_free = self._try("is_free", values.yes_or_no, self.cells.get("is_free"))
        if is_free is not None and "is_free" not in self.values:
            self.values["is_free"] = is_free

    def _days(self) -> None:
        for code in ("valid_from", "valid_until"):
            found = self._try(code, values.day, self.cells.get(code))
            if found:
                self.values[code] = found.isoformat()
        first, last = self.values.get("valid_from"), self.values.get("valid_until")
        if first and last and date.fromisoformat(last) < date.fromisoformat(first):
            self._refuse("valid_until", _("Das Ende liegt vor dem Beginn"))

    def _words(self) -> None:
        said = self.result.said
        found = [self._term(word, self.words.terms) for word in self._parts("terms", self.words.terms)]
        audiences = self.words.audiences | self.words.terms if "audience" in self.cells else {}
        found += [self._term(word, audiences) for word in self._parts("audience", audiences)]
        terms = sorted({term for term in found if term})
        if terms:
            said["terms"] = [list(term) for term in terms]
        spoken = {self._language(word) for word in self._parts("languages", self.words.languages)} - {""}
        if spoken:
            said["languages"] = sorted(spoken)

    def _parts(self, code: str, known) -> list[str]:
        return self._try(code, values.parts, self.cells.get(code), known) or []

    def _term(self, word: str, known: dict) -> tuple[str, str] | None:
        found = known.get(word.casefold())
        if found is None:
            self.result.notes.append(_("„%s“ kennen wir nicht als Anliegen oder Zielgruppe; weggelassen.") % word[:60])
        return (str(found[0]), found[1]) if found else None

    def _language(self, word: str) -> str:
        found = self.words.languages.get(word.casefold().strip(" ()."), "")
        if not found:
            self.result.notes.append(_("Die Sprache „%s“ kennen wir nicht; weggelassen.") % word[:60])
        return found

    def _place(self) -> None:
        from verbund.offers.importing.places import read_place

        found = read_place(self)
        if found:
            self.result.said |= found

    def _hours(self) -> None:
        said = self.result.said
        days = self._try("weekdays", hours.weekdays, self.cells.get("weekdays"))
        opens = self._try("opens", hours.clock, self.cells.get("opens"))
        closes = self._try("closes", hours.clock, self.cells.get("closes"))
        if days and opens and closes:
            if closes <= opens:
                self._refuse("closes", _("Das Ende liegt nicht nach dem Beginn"))
                return
            found = [hours.Hours(weekday=one, opens=opens, closes=closes) for one in days]
        else:
            found = self._rules()
        if found:
            said["hours"] = [
                [one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}", one.rhythm] for one in hours.in_order(found)
            ]
        if note := self._text("hours_note", LONGEST_NOTE):
            said["hours_note"] = "; ".join(filter(None, [said.get("hours_note"), note]))[:LONGEST_NOTE]

    def _rules(self) -> list:
        """Return the rules of a text; one that cannot be read stays as a remark on the times."""
        cell = self.cells.get("hours")
        if values.is_nothing(cell):
            return []
        try:
            return list(hours.rules(cell))
        except NotUnderstood:
            text = self._text("hours", LONGEST_NOTE)
            if text:
                self.result.said["hours_note"] = text
                self.result.notes.append(
                    _("Zeiten: als Hinweis übernommen, weil kein Wochentag mit Uhrzeit zu lesen ist.")
                )
            return []
