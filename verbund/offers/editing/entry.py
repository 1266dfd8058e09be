"""The one form of a whole entry: its texts, its languages, and blocks for each place with their rows.

Names of rows in the posted form: `sprachen-0-…`, `orte-0-…`, `orte-0-neu-…`, `orte-0-zeiten-0-…`, `…-termine-…`,
`…-pausen-…`. Everything typed comes back, valid or not.
"""

import re

from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from verbund.core.form_rows import row_set
from verbund.core.templatetags import ui_fields
from verbund.offers.content import At, OfferContent
from verbund.offers.editing.entry_forms import NEW, REMOTE, AtForm, EntryForm, term_field
from verbund.offers.editing.place_forms import PlaceForm
from verbund.offers.editing.rows import MOST, BreakRow, ChangeRow, HoursRow, LanguageRow
from verbund.offers.editing.words import KINDS, Words
from verbund.offers.models import Offer, OfferLanguage, Slot

MOST_PLACES = 10
MORE = ("description", "to_bring", "child_care", "valid_from", "valid_until", "terms_field", "terms_chain_stage")
UNSAID = (None, "", [], Offer.Known.UNKNOWN)
ROWS = re.compile(r"sprachen|orte|orte-[0-9]-(zeiten|termine|pausen)")
"""What can grow by a row."""


def count_field(prefix: str) -> str:
    return f"{prefix}-TOTAL_FORMS"


def grown(data, what: str):
    """Return typed data with one more empty row, or one more place; unchanged where there are enough already."""
    data = data.copy()
    most = MOST_PLACES if what == "orte" else MOST[what.split("-")[-1]]
    typed = data.get(count_field(what), "")
    count = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    if count >= most:
        return data
    data[count_field(what)] = str(count + 1)
    if what.endswith("zeiten"):
        _begin_hours(data, f"{what}-{count}")
    if what == "orte":
        _begin_hours(data, f"orte-{count}-zeiten-0")
        for kind, first in (("zeiten", 1), ("termine", 0), ("pausen", 0)):
            data[count_field(f"orte-{count}-{kind}")] = str(first)
            data[f"orte-{count}-{kind}-INITIAL_FORMS"] = "0"
    return data


def _begin_hours(data, prefix: str) -> None:
    """Begin a row of hours as a page that was never sent shows it: every week, also in the school holidays."""
    data[f"{prefix}-in_school_holidays"] = "on"
    data[f"{prefix}-rhythm"] = Slot.Rhythm.WEEKLY


class Block:
    """One place of an entry: the choice, a new place, hours, single dates, breaks."""

    def __init__(self, number: int, data, at: At | None, *, places, words: Words):
        self.number, self.prefix = number, f"orte-{number}"
        initial = _at_initial(at) if at else None
        self.form = AtForm(data, prefix=self.prefix, initial=initial, places=places)
        self.new = PlaceForm(data, prefix=f"{self.prefix}-neu", use_required_attribute=False)
        extra = 0 if at else 1
        hours = [_hours_initial(row, words) for row in at.hours] if at else []
        changes = [vars(row) for row in at.changes] if at else []
        breaks = [vars(row) for row in at.breaks] if at else []
        named, most = f"{self.prefix}-zeiten", MOST["zeiten"]
        self.hours = row_set(HoursRow, named, data, hours, most=most, extra=extra, words=words)
        self.changes = row_set(ChangeRow, f"{self.prefix}-termine", data, changes, most=MOST["termine"], extra=0)
        self.breaks = row_set(BreakRow, f"{self.prefix}-pausen", data, breaks, most=MOST["pausen"], extra=0)

    @property
    def sets(self) -> tuple:
        return self.hours, self.changes, self.breaks

    @property
    def makes_place(self) -> bool:
        """Whether a place is to be made: chosen so, or nothing chosen and a new one written down."""
        chosen = str(self.form["place"].value() or "")
        return chosen == NEW or (not chosen and any(self.new[name].value() for name in ("name", "street", "postcode")))

    @property
    def is_empty(self) -> bool:
        chosen = str(self.form["place"].value() or "")
        rows = any(form.has_changed() for rows in self.sets for form in rows)
        said = any(self.form[name].value() for name in ("room", "phone", "hours_note"))
        return not (chosen or self.makes_place or rows or said)

    def is_valid(self) -> bool:
        parts = [self.form, *self.sets, *([self.new] if self.makes_place else [])]
        judged = [part.is_valid() for part in parts]  # all of them: every error is to be shown
        if self.form.is_valid() and not self.form.cleaned_data["place"] and not (self.makes_place or self.is_empty):
            self.form.add_error("place", _("Wählen Sie den Ort, zu dem diese Zeiten gehören."))
            return False
        return all(judged)

    def as_content(self, place_id: int | None) -> At:
        typed = self.form.cleaned_data
        return At(
            place=place_id,
            room=typed["room"],
            phone=typed["phone"],
            hours_note=typed["hours_note"],
            hours=tuple(sorted(self.hours.as_content(), key=lambda row: (row.weekday, row.opens))),
            changes=tuple(sorted(self.changes.as_content(), key=lambda row: (row.day, str(row.opens or "")))),
            breaks=tuple(sorted(self.breaks.as_content(), key=lambda row: row.first_day)),
        )


class Entry:
    """The whole form, empty, from a stored content, or as typed (`data`)."""

    def __init__(self, data=None, *, partners, places, content: OfferContent | None = None, initial=None):
        self.kept_terms = content.terms if content else ()
        self.words = Words(borne=self.kept_terms)
        self.places = list(places)
        start = {**_initial(content), **(initial or {})}
        self.form = EntryForm(data, initial=start, words=self.words, partners=partners, use_required_attribute=False)
        spoken = content.languages if content else (("de", OfferLanguage.Mode.SPOKEN),)
        rows = [{"language": code, "mode": mode} for code, mode in spoken]
        self.languages = row_set(LanguageRow, "sprachen", data, rows, most=MOST["sprachen"], extra=1, words=self.words)
        self.blocks = [
            Block(number, data, at, places=self.places, words=self.words)
            for number, at in enumerate(self._stored_places(data, content))
        ]

    @staticmethod
    def _stored_places(data, content) -> list:
        if data is None:
            return list(content.at) if content and content.at else [None]
        typed = data.get(count_field("orte"), "")
        count = int(typed) if typed.isdecimal() and len(typed) < 4 else 1
        return [None] * max(1, min(count, MOST_PLACES))

    def quiet(self) -> "Entry":
        """Show what was typed without judging it yet: a row was added, nothing was to be saved."""
        for form in self._all_forms():
            form._errors = ErrorDict()
        return self

    def _all_forms(self) -> list:
        blocks = [form for block in self.blocks for form in (block.form, block.new)]
        rows = [form for rows in self._all_sets() for form in rows]
        return [self.form, *blocks, *rows]

    def _all_sets(self) -> list:
        return [self.languages, *(rows for block in self.blocks for rows in block.sets)]

    def is_valid(self) -> bool:
        valid = all([self.form.is_valid(), self.languages.is_valid(), *[block.is_valid() for block in self.blocks]])
        return valid and self._names_each_once()

    def _names_each_once(self) -> bool:
        """Whether no place and no language stands twice."""
        valid, seen = True, set()
        for block in self.blocks:
            chosen = block.form.cleaned_data["place"]
            if chosen in seen and chosen != NEW:
                block.form.add_error("place", _("Dieser Ort steht schon weiter oben. Tragen Sie die Zeiten dort ein."))
                valid = False
            seen |= {chosen} - {""}
        spoken: set = set()
        for row in self.languages.kept_forms:
            language = row.cleaned_data["language"]
            if language in spoken:
                row.add_error("language", _("Diese Sprache steht schon weiter oben."))
                valid = False
            spoken.add(language)
        return valid

    @property
    def errors(self) -> list[dict]:
        """Return every error with the id of its field, in the order of the page."""
        found = ui_fields.errors_of(self.form, self.languages) if self._was_judged else []
        for block in self.blocks if self._was_judged else ():
            place = _("Ort %(number)d") % {"number": block.number + 1}
            parts = [block.form, *([block.new] if block.makes_place else [])]
            entries = [entry for form in parts for entry in ui_fields.errors_of(form)]
            for rows in block.sets:
                entries += ui_fields.errors_of(None, rows)
            for entry in entries:
                entry["place"] = ", ".join(text for text in (place, entry.get("place")) if text)
            found += entries
        return found

    @property
    def says_more(self) -> bool:
        """Whether any of the voluntary fields at the end is filled or wrong."""
        errors = self.form._errors or {}
        return any(name in errors or self.form[name].value() not in UNSAID for name in MORE)

    @property
    def _was_judged(self) -> bool:
        return self.form.is_bound and self.languages._errors is not None

    def content(self, place_of) -> OfferContent:
        """Return what was typed; `place_of(form)` gives the id of a new place from its valid `PlaceForm`."""
        at = [block.as_content(self._place_id(block, place_of)) for block in self.blocks if not block.is_empty]
        spoken = tuple(sorted(self.languages.as_content()))
        return OfferContent(
            values=self.form.values(), terms=self.form.terms(self.kept_terms), languages=spoken, at=tuple(at)
        )

    @staticmethod
    def _place_id(block: Block, place_of) -> int | None:
        chosen = block.form.cleaned_data["place"]
        if block.makes_place:
            return place_of(block.new)
        return None if chosen == REMOTE else int(chosen)


def _initial(content: OfferContent | None) -> dict:
    if content is None:
        return {}
    chosen = {term_field(kind): [code for one, code in content.terms if one == kind] for kind in KINDS}
    return content.values | chosen


def _at_initial(at: At) -> dict:
    place = REMOTE if at.place is None else str(at.place)
    return {"place": place, "room": at.room, "phone": at.phone, "hours_note": at.hours_note}


def _hours_initial(row, words: Words) -> dict:
    return vars(row) | {"languages": words.names_of(row.languages)}
