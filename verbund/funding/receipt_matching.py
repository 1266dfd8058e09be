"""To which claim money belongs: by its reference, exactly; for a reference with a typing error only suggestions."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from verbund.core.money import format_euro
from verbund.funding import reclaim_account
from verbund.funding.calculations.references import plain_reference, references_in
from verbund.funding.lifecycle import OPEN_RECLAIMS
from verbund.funding.models import Receipt, Reclaim

ALIKE = 80
"""From how alike (of 100) a reference counts as perhaps meant."""
MOST_SUGGESTIONS = 5


@dataclass(frozen=True)
class Suggestion:
    """A claim that money may belong to, and why."""

    reclaim: Reclaim
    because: str


def named_claims(receipt: Receipt) -> list[Reclaim]:
    """Return the claims whose reference the payer wrote, with right check digits."""
    return list(_claims().filter(reference__in=references_in(receipt.purpose)))


def suggestions_for(receipt: Receipt) -> list[Suggestion]:
    """Return open claims the money may be meant for, the likeliest first: by reference, sum, payer."""
    written, payer = plain_reference(receipt.purpose), receipt.payer.casefold()
    found: list[tuple[int, Suggestion]] = []
    for reclaim in _claims().filter(status__in=OPEN_RECLAIMS):
        alike = fuzz.partial_ratio(reclaim.reference or "", written) if written else 0
        reasons = []
        if alike >= ALIKE:
            reasons.append((int(alike), _("Verwendungszweck ähnlich")))
        open_amount = _open(reclaim)
        if open_amount == receipt.amount_unassigned:
            reasons.append((60, _("offener Betrag gleich: %(amount)s") % {"amount": format_euro(open_amount)}))
        if payer and fuzz.partial_ratio(str(reclaim.application.carrier).casefold(), payer) >= 90:
            reasons.append((40, _("Zahler heißt wie der Träger")))
        if reasons:
            text = "; ".join(sentence for _weight, sentence in reasons)
            found.append((sum(weight for weight, _sentence in reasons), Suggestion(reclaim, text)))
    found.sort(key=lambda one: (-one[0], one[1].reclaim.pk))
    return [suggestion for _weight, suggestion in found[:MOST_SUGGESTIONS]]


def _claims():
    return Reclaim.objects.exclude(reference=None).select_related(
        "application__call__programme", "application__centre__organisation", "application__carrier__organisation"
    )


def _open(reclaim: Reclaim) -> Decimal:
    return reclaim_account.booked(reclaim)
