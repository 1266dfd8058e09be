"""Puts back what the rows of a run did, many at once: what they made is deleted, what they changed is as before.

An entry that was public already is ended instead. What somebody has edited since stays as it is, and so says its row.
Partners and places made for the list go at the end, unless something refers to them.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.models import Partner
from verbund.directory.operations import delete_unused_partners
from verbund.offers import operations, place_operations
from verbund.offers.content import OfferContent
from verbund.offers.importing.applying import MADE, Row, keep
from verbund.offers.models import ImportRow, ImportRun, Offer, Place
from verbund.offers.operations import Edit

Outcome = ImportRow.Outcome
TO_UNDO = Q(outcome__in=[Outcome.CREATED, Outcome.CHANGED])


class Undoer:
    """Puts back rows of one run."""

    left = TO_UNDO

    def __init__(self, run: ImportRun, *, on: date, actor):
        self.run, self.on, self.actor = run, on, actor

    def work(self, rows: Sequence[Row]) -> None:
        """Put back rows and keep what came of each, in the caller's transaction."""
        found = Offer.objects.filter(pk__in=[row.offer_id for row in rows]).select_related("partner").order_by("pk")
        offers = {offer.pk: offer for offer in locking(found, to_delete=True)}
        audit.hold({self.run.centre_id, *(offer.partner_id for offer in offers.values())})
        self._put_back([(row, offers.get(row.offer_id)) for row in rows])
        keep(rows)

    def _put_back(self, pairs: Sequence[tuple[Row, Offer | None]]) -> None:
        """Put back rows together; where something is refused, by halves."""
        was = {row.pk: (row.outcome, row.offer_id) for row, _offer in pairs}
        try:
            with transaction.atomic():
                self._write(pairs)
        except (DomainError, DataError, IntegrityError):
            for row, _offer in pairs:
                row.outcome, row.offer_id = was[row.pk]
            if len(pairs) > 1:
                middle = len(pairs) // 2
                self._put_back(self._fresh(pairs[:middle]))
                self._put_back(self._fresh(pairs[middle:]))
            else:
                pairs[0][0].outcome = Outcome.KEPT

    def _fresh(self, pairs):
        """Return the rows with their entries read anew: a refusal leaves them changed in memory only."""
        offers = Offer.objects.select_related("partner").in_bulk([row.offer_id for row, _offer in pairs])
        return [(row, offers.get(row.offer_id)) for row, _offer in pairs]

    def _write(self, pairs: Sequence[tuple[Row, Offer | None]]) -> None:
        made, changed = [], []
        for row, offer in pairs:
            is_made = row.outcome == Outcome.CREATED
            is_kept = offer is None or offer.version != row.version
            is_kept = is_kept or (is_made and offer.status != row.before["status"])
            row.outcome = Outcome.KEPT if is_kept else Outcome.UNDONE
            if not is_kept:
                (made if is_made else changed).append((row, offer))
        self._take_away(made)
        self._edit_back(changed)

    def _take_away(self, pairs: Sequence[tuple[Row, Offer]]) -> None:
        reason = _("Übernahme der Liste rückgängig gemacht")
        left = operations.discard_offers([offer for _row, offer in pairs], actor=self.actor)
        operations.end_offers(left, reason=reason, on=self.on, actor=self.actor)
        stay = {offer.pk for offer in left}
        for row, offer in pairs:
            row.offer_id = offer.pk if offer.pk in stay else None

    def _edit_back(self, pairs: Sequence[tuple[Row, Offer]]) -> None:
        edits = [Edit(offer, OfferContent.from_data(row.before), offer.version) for row, offer in pairs]
        operations.edit_offers(edits, on=self.on, actor=self.actor)
        checked = defaultdict(list)
        for row, offer in pairs:
            day, how = row.before["checked"]
            if offer.is_public and how:
                checked[day, how].append(offer)
        for (day, how), offers in checked.items():
            operations.check_offers(offers, on=date.fromisoformat(day), how=how, actor=self.actor)

    def finish(self) -> None:
        """Delete the partners and places that were made for the list and that nothing refers to any more."""
        rows = self.run.rows.filter(before__has_key=MADE).values_list(f"before__{MADE}", flat=True)
        made = {kind: [one[kind] for one in rows if kind in one] for kind in ("place", "partner")}
        for model, kind in ((Place, "place"), (Partner, "partner")):
            list(locking(model.objects.filter(pk__in=made[kind]).order_by("pk"), to_delete=True))
        audit.hold({self.run.centre_id, *made["partner"]})
        place_operations.delete_unused_places(self.run.centre, made["place"], actor=self.actor)
        delete_unused_partners(self.run.centre, made["partner"], actor=self.actor)
