"""Where the numbers of a proof of use come from: each line opens to its parts, what comes back or is open as well."""

from collections import Counter
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.money import format_euro
from verbund.funding import amounts, payout, queries
from verbund.funding.calculations.proofs import Settlement
from verbund.funding.lifecycle import ReclaimStatus
from verbund.funding.models import GrantApplication, ProofLine, ProofOfUse
from verbund.funding.proof_sources import cap_of
from verbund.programmes.rules import FIXED_SUM

ZERO = Decimal("0.00")


def rows_of(proof: ProofOfUse, lines: list[ProofLine]) -> list[dict]:
    """Return the lines, each with the place in the notice its grant comes from, and how its recognised sum arose."""
    origin = reverse("funding:notice-origin", args=[proof.notice_id])
    financing = {
        year["year"]: year["rules"]["financing_type"] for year in amounts.years_in(proof.notice.parameters)
    }  # empty once the file is deleted
    posts: Counter[int] = Counter()
    rows = []
    for line in lines:
        posts[line.year] += line.is_post
        place = f"stelle-{line.year}-{posts[line.year]}" if line.is_post else "posten"
        working = _recognised(line, financing.get(line.year)) if line.amount_spent is not None else []
        rows.append({"line": line, "origin": f"{origin}#{place}", "working": working})
    return rows


def _recognised(line: ProofLine, financing_type: str | None) -> list[dict]:
    cap, spent = cap_of(line), line.amount_spent
    least = min(cap, spent)
    steps = [{"label": _("bewilligt"), "value": line.amount_granted}]
    if cap != line.amount_granted:
        months = {"months": _plain(line.months), "of": _plain(line.months_granted)}
        note = _("%(amount)s × %(months)s/%(of)s Personenmonate") % {
            **months,
            "amount": format_euro(line.amount_granted),
        }
        steps.append({"label": _("Höchstbetrag nach Besetzung"), "value": cap, "note": note})
    steps.append({"label": _("ausgegeben"), "value": spent, "note": _("es zählt der kleinere Betrag")})
    more = line.amount_recognised - least
    if more:
        is_fixed = financing_type == FIXED_SUM
        label = _("Festbetrag: insgesamt ist genug ausgegeben") if is_fixed else _("Ausgleich mit anderen Stellen")
        steps.append({"label": label, "value": more})
    return steps


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def of_settlement(
    application: GrantApplication, settlement: Settlement, recognised: Decimal, granted: Decimal, actor: Actor
) -> list[dict]:
    """Return how what comes back, or is still open, came about; nothing where a claim plays in that is still hidden."""
    claimed = queries.amount_claimed(application)
    seen = queries.reclaims_visible_to(actor).filter(application=application).exclude(status=ReclaimStatus.DROPPED)
    if sum((claim.principal for claim in seen), ZERO) != claimed:
        return []
    paid, counts = payout.amount_paid(application), min(granted, recognised)
    sign = 1 if settlement.repay else -1
    steps = [
        {"label": _("ausgezahlt"), "value": sign * paid},
        {"label": _("anerkannt, höchstens bewilligt"), "value": -sign * counts},
    ]
    if claimed:
        steps.insert(1, {"label": _("davon schon zurückgegeben oder zurückgefordert"), "value": -sign * claimed})
    return steps if settlement.repay else steps[::-1]
