"""The stages of a proof of use, for tests: each function brings it one stage further."""

from datetime import date
from decimal import Decimal

from verbund.funding import operations
from verbund.funding.models import GrantNotice, ProofDecision, ProofOfUse
from verbund.funding.operations import AuditConfirmation, Spending
from verbund.funding.tests import story
from verbund.funding.tests.story import People

FULL = Decimal("307500.00")
PAID = Decimal("307500.00")
MARCH = date(2024, 3, 4)
APRIL = date(2024, 4, 15)
OFFICE = AuditConfirmation(exists=True, office="Rechnungsprüfungsamt", confirmed_on=date(2024, 2, 20))


def paid_grant(cast: People, *, key: str = "05122", year: int = 2023, amount: str = str(PAID)) -> GrantNotice:
    """Return a final grant of a city with five specialists, of which `amount` euros are paid."""
    call = story.Call.objects.filter(budget_year=year).first() or story.call_for(year)
    on = date(year, 1, 16)
    posts = story.full_staff(year, specialists=5)
    notice = story.final(call, cast, amount=str(FULL), on=on, posts=posts, key=key)
    pay(notice, cast, amount, on=date(year, 10, 4))
    return notice


def pay(notice: GrantNotice, cast: People, amount: str, *, on: date) -> None:
    drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=on, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=on, actor=cast.officer)
    operations.order_drawdown(drawdown, on=on, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=on, on=on, reference="K1", actor=cast.cashier)


def fresh(proof: ProofOfUse) -> ProofOfUse:
    return ProofOfUse.objects.get(pk=proof.pk)


def filled(proof: ProofOfUse, cast: People, *, changes=None, **options) -> ProofOfUse:
    """Fill a proof as granted; `changes` are `Spending` by the beginning of a label."""
    changes = changes or {}
    lines = {
        line.pk: next(
            (said for label, said in changes.items() if line.label.startswith(label)),
            Spending(line.amount_granted, line.months_granted, ""),
        )
        for line in proof.lines.all()
    }
    values = {"narrative": "", "audit_confirmation": OFFICE, "is_declared": True, **options}
    operations.save_proof(proof, lines=lines, seen_version=proof.version, actor=cast.lead, **values)
    return fresh(proof)


def begun(notice: GrantNotice, cast: People, *, on: date = MARCH, **options) -> ProofOfUse:
    return filled(operations.begin_proof(notice.application, on=on, actor=cast.lead), cast, **options)


def submitted(notice: GrantNotice, cast: People, *, on: date = MARCH, **options) -> ProofOfUse:
    proof = begun(notice, cast, on=on, **options)
    operations.offer_proof(proof, on=on, actor=cast.lead)
    operations.submit_proof(proof, on=on, actor=cast.treasury)
    return fresh(proof)


def under_check(notice: GrantNotice, cast: People, *, on: date = MARCH, **options) -> ProofOfUse:
    proof = submitted(notice, cast, on=on, **options)
    operations.take_over_proof(proof, on=on, actor=cast.officer)
    return fresh(proof)


def heard(proof: ProofOfUse, cast: People) -> ProofOfUse:
    hearing = operations.object_to_proof(
        proof, text="Eine Kürzung ist beabsichtigt.", due_on=date(2024, 3, 25), on=MARCH, actor=cast.officer
    )
    operations.answer_hearing(hearing, answer="Wir bitten um Nachsicht.", on=date(2024, 3, 20), actor=cast.lead)
    return fresh(proof)


def proposed(proof: ProofOfUse, cast: People, *, outcome: str = "ACCEPTED", **options) -> ProofDecision:
    values = {"reasons": "", "on": APRIL, "actor": cast.officer, **options}
    decision = operations.propose_proof(proof, outcome=outcome, **values)
    return ProofDecision.objects.get(pk=decision.pk)


def decided(proof: ProofOfUse, cast: People, **options) -> ProofOfUse:
    operations.countersign_proof(proposed(proof, cast, **options), on=APRIL, actor=cast.approver)
    return fresh(proof)
