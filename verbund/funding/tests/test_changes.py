"""A grant changes: on request, by vacancy, by rescission or revocation; each change is a version of its own."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core.acting import SamePerson
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.funding import amounts, balances, operations, payout, queries
from verbund.funding.models import BudgetTitle, GrantNotice, Reclaim
from verbund.funding.operations import changes, hearings, payments, titles
from verbund.funding.tests import story
from verbund.funding.tests.story import People

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

MARCH, MAY, JULY, OCTOBER = date(2023, 3, 1), date(2023, 5, 2), date(2023, 7, 3), date(2023, 10, 4)
FULL = Decimal("307500.00")
VACANT = Decimal("293250.00")


@pytest.fixture
def cast(db) -> People:
    return story.people()


@pytest.fixture
def notice(cast) -> GrantNotice:
    call = story.call_for(2023)
    posts = story.full_staff(2023, specialists=5)
    return story.final(call, cast, amount=str(FULL), on=date(2023, 1, 16), posts=posts)


def one_post_vacant_from_october() -> list:
    posts = story.full_staff(2023, specialists=5)
    return [story.shortened(posts[0], until=date(2023, 9, 30)), *posts[1:]]


def proposed(notice, cast, *, amount=VACANT, on=OCTOBER, **options):
    values = {"kind": "AMENDMENT", "effective_from": date(2023, 10, 1), "reasons": "Eine Stelle ist unbesetzt."}
    posts = one_post_vacant_from_october()
    return operations.propose_change(
        notice, **{**values, "posts": posts, "amount": amount, "on": on, "actor": cast.officer, **options}
    )


def amended(notice, cast, *, on=OCTOBER, **options) -> GrantNotice:
    return operations.countersign_change(proposed(notice, cast, on=on, **options), issued_on=on, actor=cast.approver)


def paid(notice, cast, amount: str, *, on: date):
    drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=on, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=on, actor=cast.officer)
    operations.order_drawdown(drawdown, on=on, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=on, on=on, reference="K1", actor=cast.cashier)


def test_a_post_vacant_for_three_months_lowers_the_grant_and_frees_the_title(notice, cast):
    version = amended(notice, cast)
    title = BudgetTitle.objects.get()
    assert (version.version, version.amount_granted, version.replaces) == (2, VACANT, notice)
    assert title.amount_committed == VACANT
    assert queries.valid_notice(notice.application) == version
    assert not Reclaim.objects.exists()


def test_each_version_recomputes_to_its_own_sum_for_ever(notice, cast):
    amended(notice, cast)
    sums = [amounts.recompute(one.parameters).total for one in queries.versions_of(notice.application)]
    assert sums == [FULL, VACANT]


def test_what_was_paid_under_the_first_version_is_judged_by_the_second(notice, cast):
    paid(notice, cast, "153750.00", on=MAY)
    paid(notice, cast, "153750.00", on=OCTOBER)
    amended(notice, cast)
    claim = Reclaim.objects.get()
    assert (claim.principal, claim.occasion) == (FULL - VACANT, "AMENDMENT")
    assert BudgetTitle.objects.get().amount_committed == FULL  # what was paid stays bound until it comes back


@pytest.mark.parametrize(
    ("days", "effective_from", "amount", "interest_from"),
    [
        ((MAY,), JULY, Decimal("150000.00"), JULY),
        ((MAY, OCTOBER), date(2023, 10, 1), VACANT, OCTOBER),
    ],
    ids=["paid before the change counts", "paid after it"],
)
def test_interest_begins_when_the_change_counts_or_the_money_was_paid_after_it(
    notice, cast, days, effective_from, amount, interest_from
):
    """§ 49a (3) VwVfG NRW: from the day on which the notice lost its effect."""
    silvester = date(2023, 12, 31)
    for day in days:
        paid(notice, cast, "153750.00", on=day)
    version = amended(notice, cast, amount=amount, effective_from=effective_from, deviation_reason="weniger Bedarf")
    claim = Reclaim.objects.get()
    hearing = operations.hear_about_reclaim(
        claim, text="Sie sollen zahlen.", due_on=date(2023, 10, 30), on=OCTOBER, actor=cast.officer
    )
    operations.answer_hearing(hearing, answer="Einverstanden.", on=OCTOBER, actor=cast.lead)
    hearing.refresh_from_db()
    operations.propose_reclaim(claim, hearing=hearing, interest_until=silvester, on=silvester, actor=cast.officer)
    claim.refresh_from_db()
    assert claim.principal == Decimal("153750.00") * len(days) - version.amount_granted
    exact = claim.principal * Decimal("0.0612") * ((silvester - interest_from).days + 1) / 365
    assert (claim.interest_from, claim.amount_interest) == (interest_from, exact.quantize(Decimal("0.01")))


def test_a_balance_answers_as_known_on_one_day_and_as_valid_on_another(notice, cast):
    paid(notice, cast, "153750.00", on=MAY)
    amended(notice, cast)
    before = balances.balance_of(
        notice.application, known_on=date(2023, 10, 3), valid_on=date(2023, 12, 31), actor=cast.officer
    )
    after = balances.balance_of(notice.application, known_on=OCTOBER, valid_on=date(2023, 12, 31), actor=cast.officer)
    early = balances.balance_of(notice.application, known_on=OCTOBER, valid_on=date(2023, 9, 30), actor=cast.officer)
    assert [one.granted for one in (before, after, early)] == [FULL, VACANT, FULL]
    assert [one.paid for one in (before, after, early)] == [Decimal("153750.00")] * 3
    assert balances.balance_of(notice.application, known_on=MARCH, valid_on=MARCH, actor=cast.officer).paid == 0


def test_a_lower_version_limits_calls_at_once_and_a_higher_one_when_it_is_final(notice, cast):
    lower = amended(notice, cast)
    assert payout.balance_of(lower, on=OCTOBER).due == VACANT
    with pytest.raises(DomainError, match="noch 293"):
        operations.request_drawdown(notice, amount=FULL, on=OCTOBER, actor=cast.treasury)
    higher = amended(lower, cast, amount=FULL, posts=story.full_staff(2023, specialists=5))
    assert payout.balance_of(higher, on=OCTOBER).due == VACANT  # the last final version is the first
    operations.record_notification(higher, how="HANDED_OVER", day=OCTOBER, on=OCTOBER, actor=cast.officer)
    operations.waive_remedy(higher, on=OCTOBER, actor=cast.signatory)
    assert payout.balance_of(higher, on=OCTOBER).due == FULL


def test_while_one_change_waits_for_its_signature_a_second_officer_proposes_no_other(notice, cast):
    first = proposed(notice, cast)
    colleague = acting(member(Role.GRANT_OFFICER))
    operations.declare_conflict(notice.application, has_conflict=False, statement="", actor=colleague)
    with pytest.raises(changes.ProposalWaits, match="wartet noch auf die zweite Person"):
        proposed(notice, cast, actor=colleague)
    operations.reject_change(first, reason="Noch einmal rechnen", actor=cast.approver)
    assert proposed(notice, cast, actor=colleague).status == "PROPOSED"


def test_the_same_person_never_signs_twice_and_a_replaced_version_is_not_changed_again(notice, cast):
    decision = proposed(notice, cast)
    with pytest.raises(SamePerson):
        operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.officer)
    operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.approver)
    with pytest.raises(NotAllowedNow):
        operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.approver)
    with pytest.raises(changes.VersionReplaced):
        proposed(notice, cast)


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"reasons": " "}, "Gründe"),
        ({"effective_from": date(2024, 1, 1)}, "Bewilligungszeitraum"),
        ({"amount": FULL}, "Höchstens"),
        ({"amount": Decimal("290000.00")}, "Grund"),
        ({"posts": None, "amount": FULL}, "dieselben"),
        ({"kind": "REVOCATION", "posts": None, "amount": Decimal(0)}, "Ermessen"),
    ],
)
def test_a_change_is_refused_without_what_it_needs(notice, cast, options, refusal):
    with pytest.raises(DomainError, match=refusal):
        proposed(notice, cast, **options)


def test_calls_for_money_under_way_stop_a_lower_grant_until_they_are_settled(notice, cast):
    drawdown = operations.request_drawdown(notice, amount=FULL, on=OCTOBER, actor=cast.treasury)
    decision = proposed(notice, cast)
    with pytest.raises(changes.OpenDrawdowns, match="307"):
        operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.approver)
    operations.reject_drawdown(drawdown, reason="Stelle unbesetzt", actor=cast.officer)
    assert operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.approver).amount_granted == VACANT


def test_a_higher_grant_needs_money_in_the_title(notice, cast):
    lower = amended(notice, cast)
    title = BudgetTitle.objects.get()
    operations.change_planned_amount(title, amount=VACANT, reason="Kürzung", actor=cast.approver)
    with pytest.raises(titles.TitleExhausted):
        amended(lower, cast, amount=FULL, posts=story.full_staff(2023, specialists=5))


def heard(notice, cast, *, known_on=date(2023, 6, 1)):
    return operations.open_hearing(
        notice.application,
        occasion="REVOCATION",
        text="Ein Widerruf ist beabsichtigt.",
        due_on=date(2023, 7, 14),
        known_on=known_on,
        on=JULY,
        actor=cast.officer,
    )


def test_a_revocation_needs_a_hearing_and_ends_after_a_year(notice, cast):
    paid(notice, cast, "153750.00", on=MAY)
    hearing = heard(notice, cast)
    extent = operations.Extent(reaches_back=True, discretion="Das öffentliche Interesse überwiegt.", hearing=hearing)
    options = {"kind": "REVOCATION", "posts": None, "amount": Decimal(0), "effective_from": date(2023, 1, 1)}
    with pytest.raises(operations.NotHeard):
        proposed(notice, cast, **options, extent=extent)
    with pytest.raises(operations.HearingStillOpen):
        operations.close_hearing(hearing, on=date(2023, 7, 14), actor=cast.officer)
    operations.close_hearing(hearing, on=date(2023, 7, 17), actor=cast.officer)
    with pytest.raises(changes.YearIsOver, match=r"01\.06\.2024"):
        proposed(notice, cast, **options, extent=extent, on=date(2024, 6, 3))
    version = amended(notice, cast, **options, extent=extent)
    claim = Reclaim.objects.get()
    assert (version.amount_granted, claim.principal, claim.occasion) == (0, Decimal("153750.00"), "REVOCATION")


def test_a_revocation_for_the_future_leaves_what_was_paid(notice, cast):
    paid(notice, cast, "153750.00", on=MAY)
    hearing = heard(notice, cast)
    operations.answer_hearing(hearing, answer="Wir bitten um Nachsicht.", on=JULY, actor=cast.signatory)
    extent = operations.Extent(reaches_back=False, discretion="Für die Zukunft genügt.", hearing=hearing)
    options = {"kind": "REVOCATION", "posts": None, "effective_from": JULY, "extent": extent}
    with pytest.raises(changes.OnlyForTheFuture, match="153"):
        proposed(notice, cast, amount=Decimal(0), **options)
    version = amended(notice, cast, amount=Decimal("153750.00"), **options)
    assert not Reclaim.objects.exists()
    assert version.document.name.startswith("Bescheid Fassung 2")


def test_a_request_is_settled_by_the_version_that_answers_it_or_declined_with_a_reason(notice, cast):
    ask = {"kind": "STAFF", "reason": "Eine Stelle wird frei.", "effective_from": date(2023, 10, 1)}
    first = operations.request_change(notice.application, **ask, amount_requested=None, on=JULY, actor=cast.lead)
    with pytest.raises(DomainError, match="Grund"):
        operations.decline_change_request(first, answer=" ", on=JULY, actor=cast.officer)
    operations.decline_change_request(first, answer="Zu früh.", on=JULY, actor=cast.officer)
    second = operations.request_change(notice.application, **ask, amount_requested=VACANT, on=OCTOBER, actor=cast.lead)
    version = amended(notice, cast)
    second.refresh_from_db()
    assert (first.status, second.status, second.decision) == ("DECLINED", "GRANTED", version.decision)


def test_an_organisational_change_is_announced_before_it_happens(notice, cast):
    ask = {"kind": "ORGANISATION", "reason": "Neues Amt", "amount_requested": None, "on": JULY, "actor": cast.lead}
    late = operations.request_change(notice.application, effective_from=date(2023, 7, 1), **ask)
    in_time = operations.request_change(notice.application, effective_from=date(2023, 8, 1), **ask)
    assert (late.is_announced_late, in_time.is_announced_late) == (True, False)


def test_a_hearing_is_answered_once(notice, cast):
    hearing = heard(notice, cast)
    operations.answer_hearing(hearing, answer="Stellungnahme", on=JULY, actor=cast.lead)
    with pytest.raises(NotAllowedNow):
        operations.answer_hearing(hearing, answer="Noch eine", on=JULY, actor=cast.lead)
    hearings.refuse_unheard(hearing)


def given_back(claim, cast, *, on=OCTOBER):
    operations.record_receipt(
        booking_number=f"B-{claim.pk}",
        day=on,
        amount=claim.principal,
        payer="Stadt Solingen",
        purpose=claim.reference,
        on=on,
        actor=cast.cashier,
    )


def raised_again(notice, cast) -> GrantNotice:
    """Return a final version that grants the first sum again."""
    higher = amended(notice, cast, amount=FULL, posts=story.full_staff(2023, specialists=5))
    operations.record_notification(higher, how="HANDED_OVER", day=OCTOBER, on=OCTOBER, actor=cast.officer)
    operations.waive_remedy(higher, on=OCTOBER, actor=cast.signatory)
    return GrantNotice.objects.get(pk=higher.pk)


def test_what_came_back_can_be_called_again_when_the_grant_is_raised_again_and_no_more(notice, cast):
    for _half in range(2):
        paid(notice, cast, "153750.00", on=OCTOBER)
    lower = amended(notice, cast)
    given_back(Reclaim.objects.get(), cast)
    assert payout.balance_of(lower, on=OCTOBER).due == 0
    higher = raised_again(lower, cast)
    balance = payout.balance_of(higher, on=OCTOBER)
    assert (balance.called, balance.returned, balance.left, balance.due) == (FULL, FULL - VACANT, *[FULL - VACANT] * 2)
    assert "Mittel abrufen" in [task.title for task in queries.tasks_for(cast.treasury, OCTOBER)]
    with pytest.raises(payments.TooMuch, match="14"):
        operations.request_drawdown(higher, amount=Decimal("14250.01"), on=OCTOBER, actor=cast.treasury)
    paid(higher, cast, "14250.00", on=OCTOBER)
    assert payout.balance_of(higher, on=OCTOBER).left == 0
    assert "Mittel abrufen" not in [task.title for task in queries.tasks_for(cast.treasury, OCTOBER)]
    title = BudgetTitle.objects.get()
    assert (title.amount_committed, title.amount_paid, title.amount_repaid) == (FULL + 14250, FULL + 14250, 14250)
    seen = balances.balance_of(notice.application, known_on=OCTOBER, valid_on=date(2023, 12, 31), actor=cast.officer)
    assert (seen.overpaid, seen.unpaid) == (0, 0)

    amended(higher, cast)
    last = Reclaim.objects.latest("pk")
    assert last.principal == FULL - VACANT
    said = last.reason.replace("\u202f", " ")
    assert said.startswith("Gezahlt 321.750,00 €, zurückgefordert 14.250,00 €, nach Fassung 4 stehen 293.250,00 € zu")


def test_a_claim_that_is_not_paid_yet_frees_nothing_and_what_comes_back_later_is_bound_when_it_is_paid_again(
    notice, cast
):
    for _half in range(2):
        paid(notice, cast, "153750.00", on=OCTOBER)
    higher = raised_again(amended(notice, cast), cast)
    assert payout.balance_of(higher, on=OCTOBER).due == 0
    assert BudgetTitle.objects.get().amount_committed == FULL
    given_back(Reclaim.objects.get(), cast)
    paid(higher, cast, "14250.00", on=OCTOBER)
    title = BudgetTitle.objects.get()
    assert (title.amount_committed, title.amount_paid) == (FULL + 14250, FULL + 14250)
    assert payout.balance_of(higher, on=OCTOBER).due == 0


@pytest.mark.parametrize(("occasion", "left"), [("UNUSED", "1000.00"), ("PROOF", "0.00")])
def test_money_not_needed_can_be_called_again_but_not_what_was_cut_at_the_proof(notice, cast, occasion, left):
    for _half in range(2):
        paid(notice, cast, "153750.00", on=OCTOBER)
    claim = operations.claim_back(
        notice.application,
        occasion=occasion,
        principal=Decimal(1000),
        reason="Nicht gebraucht.",
        on=OCTOBER,
        actor=cast.officer,
    )
    given_back(claim, cast)
    assert payout.balance_of(notice, on=OCTOBER).due == Decimal(left)
