"""The form of a proposed entry as a whole: what it is about (`Start`), its texts, and a block for each place.

Names in the posted form: those of `ProposalForm`, `ort-0-…`, `ort-0-neu-…`, `ort-0-zeiten-…`. Everything typed comes
back, valid or not.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from verbund.core.templatetags import ui_fields
from verbund.directory.models import Centre, Municipality, Partner
from verbund.offers import queries as offers
from verbund.offers.content import TEXT_FIELDS, At, OfferContent
from verbund.offers.editing.entry_forms import REMOTE
from verbund.offers.editing.words import Words
from verbund.offers.models import Offer, Place, TermName
from verbund.offers.proposals import queries
from verbund.offers.proposals.forms import HoursForm, NewPlaceForm, ProposalForm, WhereForm, initial_of

COUNT = "orte"
MOST_PLACES, MOST_LISTED = 5, 120
BEFORE_PLACES = ("title", "summary", "other_language", "other_title", "other_summary", "terms_need", "terms_audience")
FOLDED = (
    "description", "to_bring", "contact_function", "child_care", "minimum_age", "maximum_age", "is_women_only",
    "valid_from", "valid_until", "on_request", "interpreter",
)  # fmt: skip
UNSAID = (None, "", False, Offer.Known.UNKNOWN)


@dataclass(frozen=True)
class Start:
    """What a form is about: a new entry in a town, or a change of an entry; `house` came by a link of its own."""

    centre: Centre
    town: Municipality | None = None
    offer: Offer | None = None
    house: Partner | None = None

    @property
    def is_direct(self) -> bool:
        """Whether what is sent takes effect at once."""
        return self.house is not None and self.house.is_trusted

    @cached_property
    def base(self) -> OfferContent | None:
        """What the entry says now; None for a new one."""
        return OfferContent.of(self.offer) if self.offer else None


class PublicWords(Words):
    """Languages and terms in the language of the page, where their names are known in it."""

    def __init__(self, borne=(), *, language: str = "de"):
        super().__init__(borne)
        self.language = language

    @cached_property
    def terms(self) -> dict[str, list[tuple[str, str]]]:
        found = super().terms
        if self.language == "de":
            return found
        rows = TermName.objects.filter(language=self.language).values_list("term__kind", "term__code", "name")
        names = {(kind, code): name for kind, code, name in rows}
        return {kind: [(code, names.get((kind, code), name)) for code, name in choices]
                for kind, choices in found.items()}  # fmt: skip


class PlaceBlock:
    """One place of an entry: a known one or a new one, with the hours there.

    Of a protected place the room is not shown either (`is_secret`); it stays unless another one is written.
    """

    def __init__(self, number: int, data, at: At | None, *, start: Start, places):
        self.prefix, self.start, self.at = f"ort-{number}", start, at
        self.is_secret = at is not None and any(one.pk == at.place and one.is_protected for one in places)
        initial = _where(replace(at, room="") if self.is_secret else at)
        self.form = WhereForm(data, prefix=self.prefix, initial=initial, places=places)
        town = {"town": start.town.name} if start.town else {}
        self.new = NewPlaceForm(data, prefix=f"{self.prefix}-neu", initial=town)
        self.hours = HoursForm(data, prefix=f"{self.prefix}-zeiten", stored=at)

    @property
    def parts(self) -> list:
        return [self.form, *([self.new] if self.makes_place else []), self.hours]

    @property
    def chosen(self) -> str:
        return str(self.form["place"].value() or "")

    @property
    def makes_place(self) -> bool:
        return not self.chosen and self.new.says_something

    @property
    def is_empty(self) -> bool:
        """Whether the block says nothing at all."""
        said = [self.form[name].value() for name in ("room", "phone")]
        return not (self.chosen or self.new.says_something or any(said) or any(self._typed_hours()))

    def _typed_hours(self):
        return (self.hours.data.get(self.hours.add_prefix(name), "").strip() for name in self.hours.fields)

    def is_valid(self) -> bool:
        judged = [part.is_valid() for part in self.parts]
        if self.form.is_valid() and not (self.chosen or self.new.says_something):
            self.form.add_error("place", _("Wählen Sie einen Ort, oder schreiben Sie die Adresse darunter."))
        elif self.form.is_valid() and self.chosen and self.new.says_something:
            self.form.add_error(
                "place", _("Sie haben einen Ort gewählt und eine Adresse geschrieben. Streichen Sie eins.")
            )
        if self.makes_place and self.new.is_valid():
            self._check_area()
        return all(judged) and not (self.form.errors or (self.makes_place and self.new.errors))

    def _check_area(self) -> None:
        """Refuse a place another centre looks after: that centre decides on proposals there."""
        town = self.new.cleaned_data["municipality"]
        other = queries.centre_for(town)
        if other and other.pk != self.start.centre.pk:
            sentence = _("In %(town)s ist ein anderes Zentrum zuständig. Schlagen Sie das Angebot dort vor.")
            self.new.add_error("postcode", sentence % {"town": town.name})

    def content(self) -> At:
        """Return the place with its hours; what the form does not ask for stays as the entry has it."""
        where, stored = self.form.cleaned_data, self.at or At(place=None)
        place = queries.NEW_PLACE if self.makes_place else None if self.chosen == REMOTE else int(self.chosen)
        unseen = stored.room if self.is_secret and place == stored.place else ""
        return replace(
            stored, place=place, room=where["room"] or unseen, phone=where["phone"], hours=self.hours.hours(),
            hours_note=self.hours.cleaned_data["hours_note"],
        )  # fmt: skip


class ProposedEntry:
    """The whole form: empty, from the entry to be changed, or as typed (`data`)."""

    def __init__(self, start: Start, data=None, *, on: date, language: str = "de"):
        self.start, self.data, self.on = start, data, on
        base = start.base
        self.words = PublicWords(base.terms if base else (), language=language)
        initial = initial_of(base, self.words) if base else {"spoken": self.words.names_of(["de"])}
        initial |= {"version": start.offer.version} if start.offer else {}
        self.form = ProposalForm(
            data,
            initial=initial,
            words=self.words,
            is_house=start.house is not None,
            is_direct=start.is_direct,
            use_required_attribute=False,
        )
        self.places = list(_places_for(start, on=on))
        stored = list(base.at) if base else []
        wanted = max(1, len(stored), _count(data))
        self.blocks = [
            PlaceBlock(number, data, at, start=start, places=self.places)
            for number, at in enumerate([*stored, *[None] * (wanted - len(stored))])
        ]

    def quiet(self) -> "ProposedEntry":
        """Show what was typed without judging it yet."""
        for form in self._forms():
            form._errors = ErrorDict()
        return self

    def _forms(self) -> list:
        return [self.form, *(part for block in self.blocks for part in (block.form, block.new, block.hours))]

    def is_valid(self) -> bool:
        said = [block for block in self.blocks if not block.is_empty] or self.blocks[:1]
        judged = [self.form, *(part for block in said for part in block.parts)]
        for form in self._forms():
            if form not in judged:
                form._errors = ErrorDict()
        valid = all([self._is_text_valid(), *[block.is_valid() for block in said]])
        return valid and self._names_each_once(said)

    def _is_text_valid(self) -> bool:
        """Whether the form that stands once is right, and a new entry does not end before it begins to be read."""
        until = self.form.cleaned_data.get("valid_until") if self.form.is_valid() else None
        if until and until < self.on and self.start.offer is None:
            self.form.add_error("valid_until", _("Dieser Tag ist schon vorbei."))
        return not self.form.errors

    def _names_each_once(self, blocks: list[PlaceBlock]) -> bool:
        """Whether no place stands twice, and at most one is new."""
        chosen = [block.chosen for block in blocks]
        for position, block in enumerate(blocks):
            if block.chosen in chosen[:position]:
                twice = _("Dieser Ort steht schon weiter oben. Tragen Sie die Zeiten dort ein.")
                only_one = _("Schreiben Sie nur eine neue Adresse, und weitere in den Hinweis an das Zentrum.")
                block.form.add_error("place", twice if block.chosen else only_one)
                return False
        return True

    @property
    def errors(self) -> list[dict]:
        """Return every error with the id of its field, in the order of the page."""
        of_form = ui_fields.errors_of(self.form) if self.form.is_bound else []
        first = {"", *(self.form[name].auto_id for name in BEFORE_PLACES)}
        found = [entry for entry in of_form if entry["target"].removesuffix("_0") in first]
        after = [entry for entry in of_form if entry not in found]
        for number, block in enumerate(self.blocks, start=1):
            judged = [part for part in block.parts if part.is_bound and part._errors]
            entries = [entry for part in judged for entry in ui_fields.errors_of(part)]
            if len(self.blocks) > 1:
                entries = [entry | {"place": _("Ort %(number)s") % {"number": number}} for entry in entries]
            found += entries
        return found + after

    @property
    def says_more(self) -> bool:
        """Whether any of the folded fields is filled or wrong."""
        errors = self.form._errors or {}
        return any(name in errors or self.form[name].value() not in UNSAID for name in FOLDED)

    @property
    def can_add_places(self) -> bool:
        return len(self.blocks) < MOST_PLACES

    @cached_property
    def content(self) -> OfferContent:
        """Return what was typed; the form must be valid."""
        base = self.start.base
        values = self.form.values()
        if base:
            values |= {
                name: base.values[name] for name in TEXT_FIELDS if _says_the_same(base.values[name], values[name])
            }
        return OfferContent(
            values=values,
            terms=self.form.terms(base.terms if base else ()),
            languages=self.form.spoken_languages(),
            at=tuple(block.content() for block in self.blocks if not block.is_empty),
        )

    @property
    def new_place(self) -> dict | None:
        """Return the place that does not exist yet, as a proposal keeps it."""
        return next((block.new.as_data() for block in self.blocks if block.makes_place), None)


def _where(at: At | None) -> dict:
    if at is None:
        return {}
    return {"place": REMOTE if at.place is None else str(at.place), "room": at.room, "phone": at.phone}


def _count(data) -> int:
    typed = (data or {}).get(COUNT, "")
    return min(int(typed), MOST_PLACES) if typed.isdecimal() and len(typed) < 3 else 1


def _places_for(start: Start, *, on: date):
    """Return the places one may choose: those in the town where public entries take place, and the entry's own."""
    public = offers.public_offers(on=on).filter(partner__centre=start.centre)
    found = Place.objects.filter(centre=start.centre, is_protected=False, offers_here__offer__in=public)
    own = [at.place for at in start.base.at if at.place] if start.base else []
    towns = [start.town.pk] if start.town else Place.objects.filter(pk__in=own).values("municipality")
    ids = {*found.filter(municipality__in=towns).values_list("pk", flat=True)[:MOST_LISTED], *own}
    return Place.objects.filter(pk__in=ids).select_related("municipality")


def _says_the_same(stored, typed) -> bool:
    """Whether two texts differ in nothing but blanks and line ends, which browsers change on their own."""
    if not (isinstance(stored, str) and isinstance(typed, str)):
        return False
    return stored.split() == typed.split()
