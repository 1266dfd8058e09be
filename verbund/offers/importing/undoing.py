"""Puts back what the rows of a run did, many at once: what they made is ended, what they changed is as before.

What somebody has edited since stays as it is, and so says its row.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.offers import operations
from verbund.offers.content import OfferContent
from verbund.offers.importing.applying import Row, keep
from verbund.offers.models import ImportRow, ImportRun, Offer
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
        found = Offer.objects.filter(pk__in=[row.offer_id for row in rows]).select_related("partner")
        offers = {offer.pk: offer for offer in found}
        audit.hold({self.run.centre_id, *(offer.partner_id for offer in offers.values())})
        self._put_back([(row, offers.get(row.offer_id)) for row in rows])
        keep(rows)

    def _put_back(self, pairs: Sequence[tuple[Row, Offer | None]]) -> None:
        """Put back rows together; where something is refused, by halves."""
        was = {row.pk: row.outcome for row, _offer in pairs}
        try:
            with transaction.atomic():
                self._write(pairs)
        except (DomainError, DataError, IntegrityError):
            for row, _offer in pairs:
                row.outcome = was[row.pk]
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
        reason = _("Übernahme der Liste rückgängig gemacht")
        operations.end_offers([offer for _row, offer in made], reason=reason, on=self.on, actor=self.actor)
        self._edit_back(changed)

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
