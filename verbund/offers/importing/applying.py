"""Takes over the rows of a run, many at once; what cannot be taken over is told of its row, the others go on.

A batch is written by the operations of many entries in one savepoint. What was changed meanwhile is known before; where
the database or an operation refuses something else, the batch is taken back and its halves are tried, so that in the
end one row stands alone with its refusal. A single row goes the same way.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.core import audit, bulk
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.calculations import folded
from verbund.directory.models import Partner
from verbund.directory.operations import create_partners
from verbund.offers import operations, place_operations
from verbund.offers.content import OfferContent
from verbund.offers.importing import matching
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import ImportRow, ImportRun, Offer, OfferAtPlace, Place, PlaceFeature
from verbund.offers.operations import Edit
from verbund.offers.writing import Draft

Kind, Choice, Outcome = ImportRow.Kind, ImportRow.Choice, ImportRow.Outcome
TO_APPLY = Q(kind__in=[Kind.NEW, Kind.CHANGED, Kind.SUSPICIOUS], outcome=Outcome.OPEN)
RESULTS = ("outcome", "outcome_note", "offer_id", "before", "version")
RESULTS_OF = attrgetter(*RESULTS, "pk")
PLACE = ("name", "street", "postcode", "latitude", "longitude")
STEP_FREE, YES, NO = "step-free", PlaceFeature.Value.YES, PlaceFeature.Value.NO
MADE = "made"
"""Where a row says in `before` which partner and which place were made for it, so that undoing finds them."""


@dataclass(slots=True)
class Row:
    """What a row of a run is worked on by; its fields are those of `ImportRow`."""

    pk: int
    number: int
    kind: str
    said: dict
    choice: str
    offer_id: int | None
    seen: int
    outcome: str
    outcome_note: str
    before: dict
    version: int


class Meanwhile(DomainError):
    """Something changed between the preview and the taking over."""


class Applier:
    """Takes over rows of one run; remembers the partners and places it has made or found."""

    left = TO_APPLY

    def __init__(self, run: ImportRun, *, on: date, actor):
        self.run, self.on, self.actor = run, on, actor
        self.centre = run.centre
        self.twins = Twins(run)
        self.made: dict[int, dict[str, int]] = defaultdict(dict)
        self._read()

    def _read(self) -> None:
        """Read partners and places: those there are, not what a refused row had made."""
        self.known = matching.Known(self.run.centre_id, has_offers=False)
        rows = Partner.objects.filter(centre_id=self.run.centre_id).select_related("organisation", "centre")
        self.partners = {folded(partner.organisation.name): partner for partner in rows}

    def work(self, rows: Sequence[Row]) -> None:
        """Take over rows and keep what came of each, in the caller's transaction."""
        self.twins.look_again()
        audit.hold({self.run.centre_id, *self._organisations(rows)})
        self._take_over(rows)
        keep(rows)

    def _organisations(self, rows: Sequence[Row]) -> set[int]:
        """Return whose chains will be written to; locks the entries that may change."""
        offers = [row.offer_id for row in rows if row.offer_id]
        named = (self.partners.get(folded(row.said["partner"])) for row in rows)
        found = locking(Offer.objects.filter(pk__in=offers).order_by("pk")).values_list("partner_id", flat=True)
        return {partner.pk for partner in named if partner} | set(found)

    def _take_over(self, rows: Sequence[Row]) -> None:
        try:
            with transaction.atomic():
                self._write(rows)
        except (DomainError, DataError, IntegrityError) as refusal:
            self._read()
            for row in rows:
                self.made.pop(row.pk, None)
            if len(rows) > 1:
                middle = len(rows) // 2
                self._take_over(rows[:middle])
                self._take_over(rows[middle:])
            else:
                self._refuse(rows[0], refusal)

    def _refuse(self, row: Row, refusal: Exception) -> None:
        row.outcome = Outcome.FAILED
        row.outcome_note = str(refusal)[:300]
        if not isinstance(refusal, DomainError):
            row.outcome_note = _("Die Angaben passen nicht zu dem, was schon im Eintrag steht (Alter, Laufzeit).")

    def _write(self, rows: Sequence[Row]) -> None:
        wanted = [row for row in rows if not self._is_skipped(row)]
        makes = {row.pk: row.kind == Kind.NEW or row.choice == Choice.NEW for row in wanted}
        offers = self._unchanged_offers([row for row in wanted if not makes[row.pk]])
        places = self._places([row for row in wanted if makes[row.pk] or row.offer_id in offers])
        self._make_partners([row for row in wanted if makes[row.pk]])
        edits, drafts = [], []
        for row in wanted:
            if makes[row.pk]:
                drafts += self._draft(row, places[row.pk])
            elif row.offer_id in offers:
                edits.append((row, offers.pop(row.offer_id)))
            else:
                sentence = _("Jemand hat den Eintrag inzwischen geändert. Prüfen Sie die Liste noch einmal.")
                self._refuse(row, Meanwhile(sentence))
        results = [*self._create(drafts), *self._edit(edits, places)]
        self.twins.own |= {offer.pk for _row, outcome, offer, _before in results if outcome == Outcome.CREATED}
        for row, outcome, offer, before in results:
            row.outcome, row.outcome_note = outcome, ""
            row.before = before | ({MADE: self.made.pop(row.pk)} if row.pk in self.made else {})
            row.offer_id, row.version = offer.pk, offer.version

    def _is_skipped(self, row: Row) -> bool:
        if row.kind != Kind.SUSPICIOUS or row.choice not in {Choice.OPEN, Choice.SKIP}:
            return False
        row.outcome = Outcome.SKIPPED
        row.outcome_note = "" if row.choice else _("nicht entschieden")
        return True

    def _unchanged_offers(self, rows: Sequence[Row]) -> dict[int, Offer]:
        """Return the entries the rows mean, as far as they are as the preview saw them."""
        seen = {}
        for row in rows:
            seen.setdefault(row.offer_id, row.seen)
        found = Offer.objects.filter(pk__in=seen, partner__centre_id=self.run.centre_id)
        found = found.exclude(status=OfferStatus.ENDED).select_related("partner")
        return {offer.pk: offer for offer in found if offer.version == seen[offer.pk]}

    def _places(self, rows: Sequence[Row]) -> dict[int, int | None]:
        """Return the place of each row by the row's id; those that are missing are made."""
        ids, new, features, found = None, [], {}, {}
        for row in rows:
            place = row.said.get("place")
            found[row.pk] = self.known.place_of(place)
            if found[row.pk] != matching.NEW_PLACE:
                continue
            ids = ids or iter(bulk.reserve(Place, len(rows)))
            found[row.pk] = pk = next(ids)
            new.append({"pk": pk, "municipality_id": place["municipality"], **{name: place[name] for name in PLACE}})
            self.known.learn_place(pk, place["name"], place["street"], place["postcode"])
            self.made[row.pk]["place"] = pk
            if "step_free" in place:
                features[pk] = {STEP_FREE: (YES if place["step_free"] else NO)}
        if new:
            place_operations.create_places(self.centre, new, features=features, actor=self.actor)
        return found

    def _draft(self, row: Row, place: int | None) -> list[tuple[Row, Draft]]:
        """Return the entry of a row to be made, or nothing where somebody made it after the preview.

        A twin the clerk has seen is wanted.
        """
        partner = self.partners[folded(row.said["partner"])]
        if row.kind == Kind.NEW and self.twins.has(row.said, partner, place):
            self._refuse(row, Meanwhile(_("Diesen Eintrag hat inzwischen jemand angelegt.")))
            return []
        content = matching.content_of(row.said, None, place)
        return [(row, Draft(partner, content, row.said.get("external_key", "")))]

    def _make_partners(self, rows: Sequence[Row]) -> None:
        """Make the partners of rows that are missing, each by the name it has first."""
        first: dict[str, Row] = {}
        for row in rows:
            name = folded(row.said["partner"])
            if name not in self.partners:
                first.setdefault(name, row)
        if first:
            names, values = [row.said["partner"] for row in first.values()], {"kind": Partner.Kind.OTHER}
            made = create_partners(self.centre, names, values, actor=self.actor)
            for (name, row), partner in zip(first.items(), made, strict=True):
                self.partners[name] = partner
                self.made[row.pk]["partner"] = partner.pk

    def finish(self) -> None:
        """Nothing is left to do when all rows are taken over."""

    def _create(self, pairs: Sequence[tuple[Row, Draft]]) -> list[tuple]:
        if not pairs:
            return []
        drafts = [draft for _row, draft in pairs]
        offers = operations.create_offers(drafts, on=self.on, actor=self.actor)
        if self.run.aim == ImportRun.Aim.PUBLISH:
            whole = [offer for offer, one in zip(offers, drafts, strict=True) if is_complete(one.content)]
            operations.publish_offers(whole, on=self.on, actor=self.actor)
            operations.check_offers(whole, on=self.on, how=Offer.Checked.IMPORT, actor=self.actor)
        rows = (row for row, _draft in pairs)
        return [
            (row, Outcome.CREATED, offer, {"status": offer.status}) for row, offer in zip(rows, offers, strict=True)
        ]

    def _edit(self, pairs: Sequence[tuple[Row, Offer]], places: dict[int, int | None]) -> list[tuple]:
        if not pairs:
            return []
        contents = OfferContent.of_many([offer for _row, offer in pairs])
        edits, results = [], []
        for row, offer in pairs:
            before = contents[offer.pk]
            edits.append(Edit(offer, matching.content_of(row.said, before, places[row.pk]), row.seen))
            checked = [offer.checked_on and offer.checked_on.isoformat(), offer.checked_how]
            results.append((row, Outcome.CHANGED, offer, before.as_data() | {"checked": checked}))
        operations.edit_offers(edits, on=self.on, actor=self.actor)
        public = [offer for _row, offer in pairs if offer.is_public]
        operations.check_offers(public, on=self.on, how=Offer.Checked.IMPORT, actor=self.actor)
        return results


class Twins:
    """What there is of entries besides those this run made: read once, then only what is newer."""

    def __init__(self, run: ImportRun):
        self.run, self.newest = run, 0
        made_here = run.rows.filter(outcome=Outcome.CREATED)
        self.own = set(made_here.values_list("offer_id", flat=True))
        self.offers: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)

    def look_again(self) -> None:
        """Learn the entries that were made since the last look."""
        rows = Offer.objects.filter(partner__centre_id=self.run.centre_id, pk__gt=self.newest)
        rows = rows.exclude(status=OfferStatus.ENDED).order_by("pk")
        for pk, partner, title, key in rows.values_list("pk", "partner_id", "title", "external_key"):
            self.newest = pk
            if pk not in self.own:
                self.offers[partner, title.casefold()].append((pk, key))

    def has(self, said: dict, partner: Partner, place: int | None) -> bool:
        """Whether there is an entry of this title and key of a partner, at the place if one is named."""
        alike = self.offers.get((partner.pk, said["title"].casefold()), ())
        ids = [pk for pk, key in alike if key == said.get("external_key", "")]
        if not ids:
            return False
        twins = Offer.objects.filter(pk__in=ids).exclude(status=OfferStatus.ENDED)
        if not place:
            return twins.exists()
        return OfferAtPlace.objects.filter(offer__in=twins, place=place).exists()


def is_complete(content: OfferContent) -> bool:
    """Whether an entry says enough to be published: what one gets, a need, and where."""
    return bool(content.values["summary"] and content.at and any(kind == "NEED" for kind, _code in content.terms))


def rows_after(number: int, rows, *, most: int) -> list[Row]:
    """Return the first rows of a query of `ImportRow` that stand below a line."""
    names = [field.name for field in fields(Row)]
    found = rows.filter(number__gt=number).order_by("number")
    return [Row(*values) for values in found.values_list(*names)[:most]]


def keep(rows: Sequence[Row]) -> None:
    """Keep what came of rows."""
    bulk.update(ImportRow, RESULTS, map(RESULTS_OF, rows))
