"""What of a spending is recognised at the proof of use, item by item and in all; and what follows for the money.

Rules: with full funding the smaller of spending and cap, with a fixed sum the cap but never more than was spent in all
(directives of 2018 and 2020/2023); surplus and deficit of posts are set off within the group the policy value
OFFSET_BETWEEN_POSTS names (not regulated, mark D). Recognised is never more than spent, nor more than granted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.core import money
from verbund.core.money import round_half_up, to_cents
from verbund.funding.calculations.refusals import InputRefused
from verbund.programmes.rules import CENT, EURO, FIXED_SUM, FULL_FUNDING

SAME_RATE_CLASS, ALL_POSTS, NO_OFFSET = "SAME_RATE_CLASS", "ALL", "NONE"
OFFSETS = (SAME_RATE_CLASS, ALL_POSTS, NO_OFFSET)
UNITS = {EURO: money.EURO, CENT: money.CENT}
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class ProofItem:
    """What was granted for one post or item and what was spent on it, in euros.

    Items of the same `group` (rate class) may be set off against each other. Posts have person months (months times
    share); material costs have none, and their cap is what was granted.
    """

    group: str
    granted: Decimal
    spent: Decimal
    months_granted: Decimal | None = None
    months: Decimal | None = None

    @property
    def cap(self) -> Decimal:
        """Return the most that can be recognised: what was granted, less the months the post was vacant."""
        if not self.months_granted or self.months is None or self.months >= self.months_granted:
            return self.granted
        return to_cents(self.granted * self.months / self.months_granted)


@dataclass(frozen=True)
class Recognition:
    """Recognised euros per item, in the order given; `total` is what counts.

    `rest` is what the total differs from the sum of the items by: rounding of the grant, or a grant below what was
    computed.
    """

    items: tuple[Decimal, ...]
    total: Decimal

    @property
    def rest(self) -> Decimal:
        return self.total - sum(self.items, ZERO)


def recognise(
    items: Sequence[ProofItem], *, financing_type: str, offset: str, rounding: str, amount_granted: Decimal
) -> Recognition:
    """Return what is recognised of the items of one grant year. Raises InputRefused for a financing not known here."""
    if financing_type not in {FULL_FUNDING, FIXED_SUM}:
        raise InputRefused(_("Für diese Finanzierungsart ist keine Anerkennung geregelt."), "financing_type")
    if offset not in OFFSETS:
        raise InputRefused(_("Diesen Ausgleich zwischen Stellen gibt es nicht."), "offset")
    spent = sum((item.spent for item in items), ZERO)
    caps = sum((item.cap for item in items), ZERO)
    recognised = _fixed(items, spent, caps) if financing_type == FIXED_SUM else _actual(items, offset)
    ceiling = _ceiling(items, caps, rounding, amount_granted)
    total = min(ceiling, spent, sum(recognised, ZERO) + max(ceiling - caps, ZERO))
    return Recognition(tuple(recognised), total)


def _ceiling(items: Sequence[ProofItem], caps: Decimal, rounding: str, amount_granted: Decimal) -> Decimal:
    if all(item.cap == item.granted for item in items):
        return amount_granted
    return min(to_cents(round_half_up(caps, UNITS[rounding])), amount_granted)


def _fixed(items: Sequence[ProofItem], spent: Decimal, caps: Decimal) -> list[Decimal]:
    return [item.cap for item in items] if spent >= caps else _set_off(items)


def _actual(items: Sequence[ProofItem], offset: str) -> list[Decimal]:
    if offset == NO_OFFSET:
        return [min(item.spent, item.cap) for item in items]
    groups: dict[tuple[bool, str], list[int]] = {}
    for place, item in enumerate(items):
        is_post = item.months_granted is not None
        key = item.group if offset == SAME_RATE_CLASS or not is_post else ALL_POSTS
        groups.setdefault((is_post, key), []).append(place)
    recognised = [ZERO] * len(items)
    for places in groups.values():
        for place, amount in zip(places, _set_off([items[place] for place in places]), strict=True):
            recognised[place] = amount
    return recognised


def _set_off(items: Sequence[ProofItem]) -> list[Decimal]:
    """Return spending up to the caps; what some leave of theirs goes to those that spent more, first ones first."""
    left = sum((max(item.cap - item.spent, ZERO) for item in items), ZERO)
    recognised = []
    for item in items:
        more = min(max(item.spent - item.cap, ZERO), left)
        left -= more
        recognised.append(min(item.spent, item.cap) + more)
    return recognised


@dataclass(frozen=True)
class Settlement:
    """What follows from a recognised amount: `repay` comes back, `open` is granted, recognised and not paid."""

    repay: Decimal
    open: Decimal


def settle(*, granted: Decimal, recognised: Decimal, paid: Decimal, claimed: Decimal) -> Settlement:
    """Return what comes back and what is still open; what was claimed before counts as given back."""
    kept = paid - claimed
    return Settlement(repay=max(kept - recognised, ZERO), open=max(min(granted, recognised) - kept, ZERO))
