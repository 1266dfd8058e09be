"""Checks a list line by line and keeps what was found as rows of the run; nothing is written to entries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import bulk
from verbund.directory.models import Municipality
from verbund.offers.content import OfferContent
from verbund.offers.editing.reading import label_of, shown
from verbund.offers.importing import matching, reading
from verbund.offers.importing.mapping import FIELDS
from verbund.offers.importing.understanding import Line, Vocabulary
from verbund.offers.models import ImportRow, ImportRun, Language, Offer, Place, Term

AT_ONCE = 1_000
FOUND = ("number", "kind", "title", "cells", "said", "reasons", "notes", "changes", "offer_id", "seen")
ROW = ("run_id", *FOUND, "choice", "outcome", "outcome_note", "before", "version")
FOUND_OF = attrgetter(*FOUND)
LATER = ("", "", "", {}, 0)
"""What is only known after the preview."""

Kind = ImportRow.Kind


@dataclass(slots=True)
class Compared:
    """What becomes of a line; its fields are those of `ImportRow`, not saved yet."""

    number: int
    title: str
    said: dict
    reasons: list
    notes: list
    kind: str = ""
    cells: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    offer_id: int | None = None
    seen: int = 0


class Checker:
    """Compares the lines of one list with the entries of its centre."""

    def __init__(self, run: ImportRun):
        self.run = run
        self.columns = {int(position): code for position, code in run.columns.items()}
        self.known = matching.Known(run.centre_id)
        self.words = Vocabulary()
        self.partner = run.partner.organisation.name if run.partner_id else ""
        self.lines: dict[tuple, int] = {}
        self.offers: dict[int, int] = {}
        self.names = Names()

    def rows(self, table: reading.Table) -> Iterator[Compared]:
        """Yield what becomes of each line; the entries of a thousand lines are read at once."""
        for lines in batched(table.rows(self.run.sheet), AT_ONCE):
            found = [self._read(line) for line in lines]
            pairs = [(row, match) for row in found if not row.reasons and (match := self._match(row))]
            stored = Offer.objects.filter(pk__in={offer for _row, (offer, *_rest) in pairs})
            contents = OfferContent.of_many(list(stored))
            for row, match in pairs:
                self._compare(row, *match, contents)
            for row, line in zip(found, lines, strict=True):
                yield self._settled(row, line)

    def _read(self, line: reading.Row) -> Compared:
        understood = Line(line.cells, self.columns, self.words, partner=self.partner).read()
        said = understood.said
        return Compared(line.number, said.get("title", ""), said, understood.reasons, understood.notes[:20])

    def _match(self, row: Compared) -> tuple[int, int | None, bool] | None:
        """Return the entry a line means, its place, and whether that is sure; None for a new or refused line."""
        said = row.said
        number = said.get("own_number")
        if number and number not in self.known.versions:
            sentence = _(
                "In Ihrem Zentrum läuft kein Eintrag mit dieser Nummer. Lassen Sie das Feld für einen neuen leer."
            )
            row.reasons = [[str(FIELDS["own_number"].label), sentence]]
            return None
        key = matching.key_of(said)
        first = self.lines.setdefault(key, row.number)
        if first != row.number:
            row.reasons = [["", _("Dasselbe Angebot steht schon in Zeile %d") % first]]
            return None
        place = self.known.place_of(said.get("place"))
        if said.get("place") and place is None:
            sentence = _("Der Ort „%s“ ist noch nicht angelegt und hat keine Anschrift; weggelassen.")
            row.notes.append(sentence % said["place"]["name"][:60])
            del said["place"]
        offer, is_sure = self.known.find(said, place)
        if offer is None:
            row.kind = Kind.NEW
            return None
        if is_sure and self.offers.setdefault(offer, row.number) != row.number:
            row.reasons = [["", _("Zeile %d meint schon denselben Eintrag") % self.offers[offer]]]
            return None
        return offer, place, is_sure

    def _compare(self, row: Compared, offer: int, place: int | None, is_sure: bool, contents: dict) -> None:
        if offer not in contents:  # deleted while the list was compared
            row.kind = Kind.NEW
            return
        before = contents[offer]
        after = matching.content_of(row.said, before, place)
        row.offer_id, row.seen = offer, self.known.versions[offer]
        row.changes = self.names.changes(before, after, row.said)
        row.kind = (Kind.CHANGED if row.changes else Kind.UNCHANGED) if is_sure else Kind.SUSPICIOUS

    def _settled(self, row: Compared, line: reading.Row) -> Compared:
        """Keep of a line what its kind needs."""
        if row.reasons:
            row.kind, row.cells = Kind.REFUSED, [as_json(cell) for cell in line.cells]
        if row.kind in {Kind.REFUSED, Kind.UNCHANGED}:
            row.said = {}
        return row


class Names:
    """How contents read on the preview: field, old, new."""

    def __init__(self):
        self.terms = {(kind, code): name for kind, code, name in Term.objects.values_list("kind", "code", "name")}
        self.languages = dict(Language.objects.values_list("code", "name"))
        self.towns: dict[int, str] = {}
        self.places: dict[int, str] = {}

    def changes(self, before: OfferContent, after: OfferContent, said: dict) -> list[list[str]]:
        return [
            [str(label_of(name)), self._told(name, old, said), self._told(name, new, said)]
            for name, (old, new) in before.differences(after).items()
        ]

    def _told(self, name: str, value, said: dict) -> str:
        if name == "terms":
            return ", ".join(self.terms.get(term, term[1]) for term in value)
        if name == "languages":
            return ", ".join(self.languages.get(code, code) for code, _mode in value)
        if name == "at":
            return "; ".join(self._place(at, said) for at in value)
        return str(shown(name, value))[:600]

    def _place(self, at, said: dict) -> str:
        if at.place is None:
            name = _("telefonisch oder online")
        elif at.place == matching.NEW_PLACE:
            name = self.address(said["place"])
        else:
            name = self._name_of(at.place)
        return ", ".join([name, *hours_in_words(at.hours), *filter(None, [at.hours_note])])

    def _name_of(self, place: int) -> str:
        if place not in self.places:
            self.places[place] = Place.objects.filter(pk=place).values_list("name", flat=True).first() or ""
        return self.places[place]

    def address(self, place: dict) -> str:
        """Return a place as people read it."""
        if not self.towns:
            self.towns = dict(Municipality.objects.values_list("pk", "name"))
        town = f"{place.get('postcode', '')} {self.towns.get(place.get('municipality'), '')}".strip()
        parts = dict.fromkeys(filter(None, [place.get("name"), place.get("street"), town]))
        return ", ".join(parts)


def hours_in_words(rules) -> list[str]:
    """Return rules as people write them: "Di 15:00–17:00"."""
    days = (_("Mo"), _("Di"), _("Mi"), _("Do"), _("Fr"), _("Sa"), _("So"))
    return [f"{days[one.weekday]} {one.opens:%H:%M}–{one.closes:%H:%M}" for one in rules]


def as_json(cell):
    """Return a cell as JSON keeps it."""
    return cell if cell is None or isinstance(cell, (str, int, float, bool)) else str(cell)


def check(run: ImportRun, table: reading.Table, *, tell: Callable[[int], None]) -> None:
    """Compare every line and keep the rows; what an earlier try left behind is replaced.

    `tell` is called now and then with the number of lines that are done.
    """
    with transaction.atomic():
        run.rows.all().delete()
    done, batches = 0, batched(Checker(run).rows(table), AT_ONCE)
    while some := _next(batches):
        with transaction.atomic():
            bulk.insert(ImportRow, ROW, ((run.pk, *FOUND_OF(row), *LATER) for row in some))
        done += len(some)
        tell(done)
        bulk.give_way()


@bulk.without_cycles()
def _next(batches: Iterator[tuple]) -> tuple:
    """Compare the lines of the next batch; none are left where it is empty."""
    return next(batches, ())
