"""What the desk check finds in a proof of use by itself: sentences for the officer, none of them a decision."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from verbund.core.money import format_euro
from verbund.funding import payout, queries
from verbund.funding.models import ProofLine, ProofOfUse
from verbund.funding.operations import amount_recognisable


@dataclass(frozen=True)
class Finding:
    """One thing that catches the eye: a code for the program, a sentence for people."""

    code: str
    text: str


def findings(proof: ProofOfUse) -> list[Finding]:
    """Return what is worth a look before anything is decided, in the order of the page."""
    found = []
    if proof.is_late:
        found.append(Finding("LATE", _("Der Nachweis ging nach der Frist ein.")))
    for line in proof.lines.all():
        found += _of_line(line, must_explain=proof.is_final)
    if proof.is_final:
        found += _of_money(proof)
        if not (proof.has_audit_office and proof.audit_confirmed_on):
            found.append(Finding("NO_AUDIT", _("Eine örtliche Rechnungsprüfung hat den Nachweis nicht bestätigt.")))
    return found


def _of_line(line: ProofLine, *, must_explain: bool) -> list[Finding]:
    found = []
    values = {"item": line.label}
    if must_explain and line.differs and not line.explanation.strip():
        found.append(Finding("UNEXPLAINED", _("%(item)s: Die Abweichung ist nicht erläutert.") % values))
    if line.amount_spent is not None and line.amount_spent > line.amount_granted:
        more = format_euro(line.amount_spent - line.amount_granted)
        text = _("%(item)s: %(more)s mehr ausgegeben als bewilligt.") % {**values, "more": more}
        found.append(Finding("ABOVE_GRANT", text))
    if line.months is not None and line.months_known is not None and line.months > line.months_known:
        text = _("%(item)s: mehr Personenmonate als nach dem Stellenplan besetzt.") % values
        found.append(Finding("ABOVE_POSTS", text))
    return found


def _of_money(proof: ProofOfUse) -> list[Finding]:
    paid = payout.amount_paid(proof.application) - queries.amount_claimed(proof.application)
    beyond = paid - amount_recognisable(proof)
    if proof.amount_recognised is not None or beyond <= 0:
        return []
    text = _("Gezahlt ist %(beyond)s mehr, als nach den Angaben anzuerkennen ist.") % {"beyond": format_euro(beyond)}
    return [Finding("PAID_BEYOND", text)]
