"""Checks a list line by line and keeps what was found as rows of the run; nothing is written to entries."""

from collections.abc import Iterator
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core.spreadsheets import reading
from verbund.directory.models import Municipality
from verbund.offers.content import OfferContent
from verbund.offers.editing.reading import label_of, shown
from verbund.offers.importing import matching
from verbund.offers.importing.understanding import Line, Vocabulary
from verbund.offers.models import ImportRow, ImportRun, Language, Offer, Term

AT_ONCE = 500
Kind = ImportRow.Kind


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

    def rows(self, table: reading.Table) -> Iterator[ImportRow]:
        """Yield what becomes of each line, not saved yet."""
        for line in table.rows(self.run.sheet):
            yield self.row(line)

    def row(self, line: reading.Row) -> ImportRow:
        understood = Line(line.cells, self.columns, self.words, partner=self.partner).read()
        said = understood.said
        row = ImportRow(run=self.run, number=line.number, title=said.get("title", ""), notes=understood.notes[:20])
        row.said, row.reasons = said, understood.reasons
        if not row.reasons:
            self._match(row)
        row.kind = Kind.REFUSED if row.reasons else row.kind
        if row.kind == Kind.REFUSED:
            row.cells = [as_json(cell) for cell in line.cells]
        if row.kind in {Kind.REFUSED, Kind.UNCHANGED}:
            row.said = {}
        return row

    def _match(self, row: ImportRow) -> None:
        said = row.said
        key = matching.key_of(said)
        first = self.lines.setdefault(key, row.number)
        if first != row.number:
            row.reasons = [["", _("Dasselbe Angebot steht schon in Zeile %d") % first]]
            return
        place = self.known.place_of(said.get("place"))
        if said.get("place") and place is None:
            sentence = _("Der Ort „%s“ ist noch nicht angelegt und hat keine Anschrift; weggelassen.")
            row.notes.append(sentence % said["place"]["name"][:60])
            del said["place"]
        offer, is_sure = self.known.find(said, place)
        if offer is None:
            row.kind = Kind.NEW
            return
        if is_sure and self.offers.setdefault(offer, row.number) != row.number:
            row.reasons = [["", _("Zeile %d meint schon denselben Eintrag") % self.offers[offer]]]
            return
        self._compare(row, offer, place, is_sure=is_sure)

    def _compare(self, row: ImportRow, offer: int, place: int | None, *, is_sure: bool) -> None:
        before = OfferContent.of(Offer.objects.get(pk=offer))
        after = matching.content_of(row.said, before, place)
        row.offer_id, row.seen = offer, self.known.versions[offer]
        row.changes = self.names.changes(before, after, row.said)
        row.kind = (Kind.CHANGED if row.changes else Kind.UNCHANGED) if is_sure else Kind.SUSPICIOUS


class Names:
    """How contents read on the preview: field, old, new."""

    def __init__(self):
        self.terms = {(kind, code): name for kind, code, name in Term.objects.values_list("kind", "code", "name")}
        self.languages = dict(Language.objects.values_list("code", "name"))
        self.towns: dict[int, str] = {}

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
            from verbund.offers.models import Place

            name = Place.objects.filter(pk=at.place).values_list("name", flat=True).first() or ""
        return ", ".join([name, *hours_in_words(at.hours), *filter(None, [at.hours_note])])

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


def check(run: ImportRun, table: reading.Table) -> None:
    """Compare every line and keep the rows; what an earlier try left behind is replaced."""
    with transaction.atomic():
        run.rows.all().delete()
    checker = Checker(run)
    for some in batched(checker.rows(table), AT_ONCE):
        with transaction.atomic():
            ImportRow.objects.bulk_create(some)
