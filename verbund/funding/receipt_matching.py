"""To which claim money belongs: by its reference, exactly; for a reference with a typing error only suggestions."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from verbund.core.money import format_euro, to_cents
from verbund.funding import queries
from verbund.funding.calculations.references import plain_reference, references_in
from verbund.funding.lifecycle import OPEN_RECLAIMS
from verbund.funding.models import Receipt, Reclaim

ALIKE = 80
"""From how alike (of 100) a reference counts as perhaps meant."""
MOST_SUGGESTIONS = 5
SHORT_LIST = 10
LONGEST_SEARCH = 80
MONEY = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Suggestion:
    """A claim that money may belong to, and why."""

    reclaim: Reclaim
    because: str


def named_claims(receipt: Receipt) -> list[Reclaim]:
    """Return the claims whose reference the payer wrote, with right check digits."""
    return list(_claims().filter(reference__in=references_in(receipt.purpose)))


def suggestions_for(receipt: Receipt) -> list[Suggestion]:
    """Return open claims the money may be meant for, the likeliest first: by reference, sum, payer. Two statements."""
    written, payer = plain_reference(receipt.purpose), receipt.payer.casefold()
    unassigned = receipt.amount_unassigned
    found: list[tuple[int, Suggestion]] = []
    for reclaim in open_claims().annotate(amount_open=Coalesce(Sum("entries__amount"), Decimal(0), output_field=MONEY)):
        alike = fuzz.partial_ratio(reclaim.reference or "", written) if written else 0
        reasons = []
        if alike >= ALIKE:
            reasons.append((int(alike), _("Verwendungszweck ähnlich")))
        if to_cents(reclaim.amount_open) == unassigned:
            reasons.append((60, _("offener Betrag gleich: %(amount)s") % {"amount": format_euro(unassigned)}))
        if payer and fuzz.partial_ratio(str(reclaim.application.carrier).casefold(), payer) >= 90:
            reasons.append((40, _("Zahler heißt wie der Träger")))
        if reasons:
            text = "; ".join(sentence for _weight, sentence in reasons)
            found.append((sum(weight for weight, _sentence in reasons), Suggestion(reclaim, text)))
    found.sort(key=lambda one: (-one[0], one[1].reclaim.pk))
    return [suggestion for _weight, suggestion in found[:MOST_SUGGESTIONS]]


def open_claims() -> QuerySet[Reclaim]:
    """Return the claims to which money can be assigned."""
    return _claims().filter(status__in=OPEN_RECLAIMS)


def choices_for(suggestions: list[Suggestion], text: str) -> tuple[list[tuple[int, str]], bool]:
    """Return a short list of claims to choose from (id and words), and whether more match the text that was searched.

    First those whose reference, file reference or centre a text names, then the suggestions.
    """
    text = text.replace("\0", "").strip()[:LONGEST_SEARCH]
    named = list(open_claims().filter(queries.named_as(text))[: SHORT_LIST + 1]) if text else []
    words = {one.pk: in_words(one) for one in named[:SHORT_LIST]}
    words |= {one.reclaim.pk: f"{in_words(one.reclaim)} ({one.because})" for one in suggestions}
    return list(words.items()), len(named) > SHORT_LIST


def in_words(reclaim: Reclaim) -> str:
    """Return a claim as a person recognises it: reference, occasion, grant."""
    return f"{reclaim.reference_in_groups}: {reclaim}"


def _claims() -> QuerySet[Reclaim]:
    return Reclaim.objects.exclude(reference=None).select_related(
        "application__call__programme", "application__centre__organisation", "application__carrier__organisation"
    )
