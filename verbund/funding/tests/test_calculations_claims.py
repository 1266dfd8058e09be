"""The account of a claim: interest as `compute interest` says, payments in any order, in any pieces."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbund.funding.calculations.claims import (
    Pause,
    Settlement,
    Terms,
    Tranche,
    account_of,
    late_use,
    not_before,
    tranches_last_in,
)
from verbund.funding.calculations.interest import InputRefused, Repayment, interest_on
from verbund.funding.calculations.references import in_groups, is_right, reference_for, references_in
from verbund.programmes import shipped
from verbund.programmes.rules import INTEREST_FIRST, PRINCIPAL_FIRST, REPAYMENT_ORDERS

ROWS = shipped.dated_rows()
RATES, SURCHARGES = ROWS.all_base_rates(), ROWS.interest_rules_on(date(2023, 1, 1)).surcharges
TEN_THOUSAND = Decimal("10000.00")
NEW_YEAR, SILVESTER = date(2022, 1, 1), date(2022, 12, 31)


def terms(first=NEW_YEAR, amount=TEN_THOUSAND, **more) -> Terms:
    return Terms((Tranche(first, amount),), RATES, SURCHARGES, **more)


@pytest.mark.parametrize(
    ("first", "last", "interest"),
    [(NEW_YEAR, SILVESTER, "412.00"), (date(2023, 1, 1), date(2023, 5, 4), "224.90")],
)
def test_the_interest_of_a_claim_is_that_of_the_published_examples(first, last, interest):
    assert account_of(TEN_THOUSAND, terms(first), [], last).interest == Decimal(interest)


def test_a_payment_settles_interest_first_or_principal_first_as_the_row_says():
    paid = [Settlement(SILVESTER, Decimal("1000.00"), 7)]
    first = account_of(TEN_THOUSAND, terms(order=INTEREST_FIRST), paid, SILVESTER)
    second = account_of(TEN_THOUSAND, terms(order=PRINCIPAL_FIRST), paid, SILVESTER)
    assert (first.parts[0].interest, first.parts[0].principal) == (Decimal("412.00"), Decimal("588.00"))
    assert (second.parts[0].interest, second.parts[0].principal) == (Decimal("0.00"), Decimal("1000.00"))
    assert first.open == second.open == Decimal("9412.00")


def test_principal_first_is_what_compute_interest_does_with_repayments():
    day = date(2022, 7, 1)
    account = account_of(TEN_THOUSAND, terms(order=PRINCIPAL_FIRST), [Settlement(day, Decimal(4000))], SILVESTER)
    computed = interest_on(
        TEN_THOUSAND, NEW_YEAR, SILVESTER, RATES, SURCHARGES, repayments=[Repayment(day, Decimal(4000))]
    )
    assert (account.interest, account.lines) == (computed.total, computed.lines)


def test_what_a_later_version_took_away_bears_no_interest_before_that_version_counts():
    october, may = date(2022, 10, 4), date(2022, 5, 2)
    paid = (Tranche(may, Decimal(4000)), Tranche(october, Decimal(6000)))
    assert not_before(None, paid) == paid
    assert not_before(date(2022, 7, 1), paid) == (Tranche(date(2022, 7, 1), Decimal(4000)), paid[1])
    assert not_before(date(2022, 12, 1), paid) == (Tranche(date(2022, 12, 1), TEN_THOUSAND),)


def test_what_was_overpaid_is_what_was_paid_last_and_bears_interest_from_its_day():
    payments = [(date(2023, 10, 2), Decimal(5000)), (date(2023, 5, 2), Decimal(8000))]
    assert tranches_last_in(Decimal(6000), payments) == (
        Tranche(date(2023, 5, 2), Decimal(1000)),
        Tranche(date(2023, 10, 2), Decimal(5000)),
    )
    with pytest.raises(InputRefused):
        tranches_last_in(Decimal(13001), payments)


def test_each_tranche_bears_interest_from_its_own_day():
    both = (Tranche(date(2023, 5, 5), Decimal(1000)), Tranche(date(2023, 7, 1), Decimal(5000)))
    account = account_of(Decimal(6000), Terms(both, RATES, SURCHARGES), [], date(2023, 12, 31))
    alone = [account_of(one.amount, Terms((one,), RATES, SURCHARGES), [], date(2023, 12, 31)) for one in both]
    assert abs(account.interest - sum(one.interest for one in alone)) <= Decimal("0.02")


def test_no_interest_is_owed_by_who_pays_within_the_term_and_all_of_it_by_who_does_not():
    free = terms(order=PRINCIPAL_FIRST, free_until=date(2022, 6, 30))
    in_time = [Settlement(date(2022, 6, 30), TEN_THOUSAND)]
    late = [Settlement(date(2022, 7, 1), TEN_THOUSAND)]
    assert account_of(TEN_THOUSAND, free, in_time, SILVESTER).open == 0
    assert account_of(TEN_THOUSAND, free, [], date(2022, 6, 30)).interest == 0
    assert account_of(TEN_THOUSAND, free, late, SILVESTER).interest == Decimal("205.44")


def test_a_deferral_without_interest_leaves_its_days_out():
    paused = terms(pauses=(Pause(date(2022, 2, 1), date(2022, 12, 31)),))
    january = account_of(TEN_THOUSAND, terms(), [], date(2022, 1, 31)).interest
    assert account_of(TEN_THOUSAND, paused, [], SILVESTER).interest == january


def test_late_use_costs_interest_only_on_what_was_used_late():
    uses = [Settlement(date(2022, 2, 1), Decimal(3000)), Settlement(SILVESTER, TEN_THOUSAND)]
    total, lines = late_use(NEW_YEAR, date(2022, 3, 1), uses, terms())
    assert (total, len(lines)) == (Decimal("412.00"), 1)
    assert late_use(NEW_YEAR, date(2022, 3, 1), uses[:1], terms()) == (Decimal("0.00"), ())


def test_a_half_year_without_a_base_rate_is_refused_by_name():
    with pytest.raises(InputRefused, match="Halbjahr 2030"):
        account_of(
            TEN_THOUSAND, Terms((Tranche(date(2030, 1, 1), TEN_THOUSAND),), RATES, SURCHARGES), [], date(2030, 3, 1)
        )


CENTS = st.integers(1, 600_000).map(lambda cents: Decimal(cents) / 100)
DAYS = st.integers(0, 700).map(lambda days: NEW_YEAR + timedelta(days=days))
PAYMENTS = st.lists(st.tuples(DAYS, CENTS), max_size=6)
LAST = date(2023, 12, 31)


@given(PAYMENTS, st.sampled_from(REPAYMENT_ORDERS))
@settings(max_examples=60, deadline=None)
def test_what_is_owed_is_what_was_claimed_less_what_settled_it(payments, order):
    told = [Settlement(day, amount, number) for number, (day, amount) in enumerate(payments)]
    account = account_of(TEN_THOUSAND, terms(order=order), told, LAST)
    assert account.open - account.beyond == TEN_THOUSAND + account.interest - sum(amount for _day, amount in payments)
    assert account.principal_open >= 0
    assert account.interest_open >= 0
    shuffled = account_of(TEN_THOUSAND, terms(order=order), reversed(told), LAST)
    assert (shuffled.open, shuffled.interest) == (account.open, account.interest)


@given(PAYMENTS, st.sampled_from(REPAYMENT_ORDERS), st.data())
@settings(max_examples=40, deadline=None)
def test_a_payment_in_two_pieces_on_one_day_settles_the_same(payments, order, data):
    told = [Settlement(day, amount, number) for number, (day, amount) in enumerate(payments)]
    pieces = []
    for one in told:
        first = Decimal(data.draw(st.integers(0, int(one.amount * 100)))) / 100
        pieces += [Settlement(one.on, part, one.key) for part in (first, one.amount - first) if part]
    whole, split = (account_of(TEN_THOUSAND, terms(order=order), some, LAST) for some in (told, pieces))
    assert (whole.open, whole.interest, whole.beyond) == (split.open, split.interest, split.beyond)


@given(st.integers(0, 99_999_999), st.data())
@settings(max_examples=100, deadline=None)
def test_a_wrong_digit_in_a_reference_is_found(number, data):
    right = reference_for(number)
    place = data.draw(st.integers(5, len(right) - 1))
    digit = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != right[place]]))
    assert is_right(right)
    assert not is_right(right[:place] + digit + right[place + 1 :])
    assert references_in(f"Rueckzahlung {in_groups(right).lower()}, KI") == [right]
