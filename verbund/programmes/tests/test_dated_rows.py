"""Base rates, values and lump sums: shipped with source and mark, read by everybody, changed by two operators."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.acting import SamePerson
from verbund.core.lifecycle import NotAllowedNow
from verbund.programmes import queries, reference, shipped
from verbund.programmes.dated import forms, operations
from verbund.programmes.dated.operations import AlreadyProposed
from verbund.programmes.models import DATED_ROWS, BaseRate, LegalValue, LumpSum, Mark

pytestmark = pytest.mark.django_db

PAGE = "/programme/werte/"
NEW_RATE = {"year": "2026", "half": "1", "percent": "1,27", "source": "Bekanntmachung vom Januar 2026", "mark": "B"}
JANUARY = date(2026, 1, 1)


@pytest.fixture
def operators(member):
    return member(Role.OPERATOR), member(Role.OPERATOR)


def rate(first=JANUARY, percent="1.27"):
    return BaseRate(valid_from=first, percent=Decimal(percent), source="Bekanntmachung", mark="B")


def surcharge(first, points, until=None):
    values = {"key": "INTEREST_SURCHARGE", "value": points, "source": "Gesetz", "mark": "A"}
    return LegalValue(valid_from=first, valid_until=until, **values)


def adopt(row, operators, acting):
    first, second = map(acting, operators)
    operations.propose_dated_row(row, actor=first)
    operations.adopt_dated_row(row, actor=second)


# --- what is shipped


def test_the_base_rates_run_from_2012_to_2025_without_a_gap_and_not_on():
    assert len(queries.base_rates()) == 28
    assert queries.base_rate_gaps(date(2012, 1, 1), date(2025, 12, 31)) == []
    assert queries.base_rate_gaps(date(2011, 12, 31), date(2026, 7, 1)) == [
        "2. Halbjahr 2011",
        "1. Halbjahr 2026",
        "2. Halbjahr 2026",
    ]


@pytest.mark.parametrize(
    ("day", "percent", "mark"),
    [
        (date(2012, 1, 1), "0.12", "E"),
        (date(2013, 12, 31), "-0.38", "E"),
        (date(2016, 6, 30), "-0.83", "E"),
        (date(2016, 7, 1), "-0.88", "B"),
        (date(2022, 12, 31), "-0.88", "B"),
        (date(2023, 1, 1), "1.62", "B"),
        (date(2024, 1, 1), "3.62", "A"),
        (date(2025, 12, 31), "1.27", "E"),
    ],
)
def test_a_day_has_its_base_rate(day, percent, mark):
    found = [rate for rate in queries.base_rates() if rate.first <= day <= rate.last]
    assert [(rate.percent, rate.mark) for rate in found] == [(Decimal(percent), mark)]


def test_the_surcharge_changes_on_5_may_2023():
    found = queries.interest_rules_on(date(2024, 1, 1))
    assert [(one.first, one.last, one.points) for one in found.surcharges] == [
        (date(2012, 1, 1), date(2023, 5, 4), 5),
        (date(2023, 5, 5), None, 3),
    ]
    assert (found.day_count, found.mark) == ("ACT/365", "D")


def test_the_database_and_the_shipped_rows_say_the_same():
    stored, along = queries.adopted_rows(), shipped.dated_rows()
    assert stored.all_base_rates() == along.all_base_rates()
    assert stored.allocation_rules_on(JANUARY) == along.allocation_rules_on(JANUARY)
    for year in (2020, 2022, 2023, 2024):
        assert stored.lump_sum_rules_for("KOMM_AN_II", year) == along.lump_sum_rules_for("KOMM_AN_II", year)


def test_every_shipped_row_has_its_source_and_mark_and_passes_its_own_checks():
    for model in DATED_ROWS:
        for row in model._default_manager.all():
            row.full_clean()
            assert row.source
            assert row.mark in Mark.values
    assert reference.load() == 0


# --- two persons


def test_a_rate_counts_from_its_adoption_by_a_second_person(operators, acting):
    first, second = map(acting, operators)
    row = operations.propose_dated_row(rate(), actor=first)
    assert queries.base_rate_gaps(JANUARY, JANUARY) == ["1. Halbjahr 2026"]
    with pytest.raises(SamePerson):
        operations.adopt_dated_row(row, actor=first)
    operations.adopt_dated_row(BaseRate.objects.get(pk=row.pk), actor=second)
    assert queries.base_rates()[-1].last == date(2026, 6, 30)
    assert queries.base_rate_gaps(JANUARY, date(2026, 7, 1)) == ["2. Halbjahr 2026"]


def test_a_deputy_of_the_proposer_cannot_adopt_and_a_rejected_row_never_counts(operators, acting):
    first, second = operators
    row = operations.propose_dated_row(rate(), actor=acting(first))
    with pytest.raises(SamePerson):
        operations.adopt_dated_row(row, actor=acting(first, by=second.user))
    with pytest.raises(AlreadyProposed):
        operations.propose_dated_row(rate(percent="1.3"), actor=acting(second))
    operations.reject_dated_row(row, actor=acting(first))
    with pytest.raises(NotAllowedNow):
        operations.adopt_dated_row(row, actor=acting(second))


def test_a_corrected_rate_replaces_the_shipped_one_and_survives_the_next_loading(operators, acting):
    adopt(rate(date(2025, 7, 1), "1.28"), operators, acting)
    assert reference.load() == 0
    assert [one.percent for one in queries.base_rates() if one.first == date(2025, 7, 1)] == [Decimal("1.28")]
    assert BaseRate.objects.filter(valid_from=date(2025, 7, 1), status="REPLACED").count() == 1


def test_a_new_surcharge_ends_the_one_before(operators, acting):
    adopt(surcharge(JANUARY, "4"), operators, acting)
    found = queries.interest_rules_on(JANUARY).surcharges
    assert [(one.points, one.last) for one in found] == [(5, date(2023, 5, 4)), (3, date(2025, 12, 31)), (4, None)]


@pytest.mark.postgres
@pytest.mark.parametrize(
    "row",
    [
        BaseRate(valid_from=date(2026, 2, 1), valid_until=date(2026, 6, 30), percent=1, source="x", mark="A"),
        BaseRate(valid_from=JANUARY, percent=1, source="x", mark="A"),
        BaseRate(valid_from=date(2025, 7, 1), valid_until=date(2025, 12, 31), percent=1, source="x", mark="A"),
        LegalValue(key="LEAST_USE", value="", valid_from=JANUARY, source="x", mark="A"),
        LumpSum(programme_code="KOMM_AN_II", item="A_DIGITAL", amount=-1, unit="x", valid_from=JANUARY, mark="A"),
    ],
    ids=["in mid half-year", "without an end", "twice", "empty", "below zero"],
)
def test_the_database_refuses_a_row_that_cannot_be(row):
    row.pk, row.status = None, "ADOPTED"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_rows_of_the_demonstration_go_with_it(operators, acting):
    adopt(rate(date(2025, 7, 1), "9.99"), operators, acting)
    for operator in operators:
        operator.user.is_demo = True
        operator.user.save(update_fields=["is_demo"])
    operations.remove_demo_rows()
    assert queries.base_rates()[-1].percent == Decimal("1.27")


# --- the pages


def test_everybody_reads_the_values_with_their_sources_and_what_is_missing(client_of, time_machine):
    time_machine.move_to("2026-11-01 12:00+01:00", tick=False)
    text = client_of().get(PAGE).content.decode()
    for words in (
        "−0,88\u202f%",
        "Basiszinssatz, 1. Halbjahr 2024",
        "1. Halbjahr 2026, 2. Halbjahr 2026: Zinsen über diese Zeit werden nicht berechnet",
        "400,00\u202f€ je Monat",
        "§ 49a (3) VwVfG NRW, Gesetz vom 25. April 2023",
        "nicht bestätigt",
        "abgeleitet",
    ):
        assert words in text
    assert "vorschlagen" not in text


def test_two_operators_enter_a_base_rate_on_the_page(client_of, operators):
    first, second = map(client_of, operators)
    sent = first.post(reverse("programmes:value-propose", args=["basiszinssatz"]), NEW_RATE)
    assert sent.status_code == 302
    row = BaseRate.objects.get(valid_from=JANUARY)
    assert "Annehmen kann nur eine zweite Person" in first.get(PAGE).content.decode()
    assert first.post(reverse("programmes:value-adopt", args=["basiszinssatz", row.pk])).status_code == 422
    assert second.post(reverse("programmes:value-adopt", args=["basiszinssatz", row.pk])).status_code == 302
    assert "Bekanntmachung vom Januar 2026" in client_of().get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("basiszinssatz", {**NEW_RATE, "percent": ""}, "Eine Angabe"),
        ("basiszinssatz", {**NEW_RATE, "percent": "1.2.7"}, "1,27 oder −0,88"),
        ("basiszinssatz", {**NEW_RATE, "percent": "127"}, "1,27 oder −0,88"),
        ("basiszinssatz", {**NEW_RATE, "year": "1899"}, "Eine Angabe"),
        ("basiszinssatz", {**NEW_RATE, "source": ""}, "Eine Angabe"),
        ("wert", {"key": "INTEREST_DAY_COUNT", "value": "30/360"}, "Möglich sind"),
        ("wert", {"key": "INTEREST_SURCHARGE", "value": "-3"}, "Zahl ab 0"),
        ("wert", {"key": "INTEREST_SURCHARGE", "value": "NaN"}, "Zahl ab 0"),
        ("wert", {"key": "LEAST_USE", "value": "1,5"}, "bis 1"),
        ("wert", {"key": "ROOMS_PER_BUILDING", "value": "2,5"}, "ganze Zahl"),
        ("wert", {"key": "TRAINER_SHARE", "value": "1"}, "unter 1"),
        ("wert", {"key": "ALLOCATION_CAP_FACTOR", "value": "0,9"}, "ab 1"),
        ("pauschale", {"valid_from": "2026-03-01"}, "ab einem 1. Januar"),
        ("pauschale", {"valid_from": "2026-01-01", "valid_until": "2025-01-01"}, "endet, bevor er beginnt"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(client_of, operators, name, typed, words):
    general = {"valid_from": "2026-01-01", "source": "Erlass", "mark": "A", "programme_code": "KOMM_AN_II"}
    general |= {"item": "A_DIGITAL", "amount": "5", "unit": "Jahr"}
    answer = client_of(operators[0]).post(reverse("programmes:value-propose", args=[name]), general | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("typed", ["-0,88", "−0,88", "-0.88"])
def test_a_rate_below_zero_is_read_with_comma_or_point(typed):
    form = forms.BaseRateForm({**NEW_RATE, "percent": typed})
    assert form.is_valid(), form.errors
    assert form.save(commit=False).percent == Decimal("-0.88")


@pytest.mark.parametrize(("role", "status"), [(None, 302), (Role.GRANT_OFFICER, 403), (Role.CENTRE_LEAD, 403)])
def test_others_than_operators_change_nothing(client_of, member, operators, acting, role, status):
    row = operations.propose_dated_row(rate(), actor=acting(operators[0]))
    client = client_of(member(role) if role else None)
    for act in ("value-adopt", "value-reject"):
        assert client.post(reverse(f"programmes:{act}", args=["basiszinssatz", row.pk])).status_code == 403
    assert client.get(reverse("programmes:value-propose", args=["wert"])).status_code == status
    row.refresh_from_db()
    assert row.status == "PROPOSED"


def test_an_unknown_kind_or_a_row_of_another_kind_does_not_exist(client_of, operators):
    client = client_of(operators[0])
    assert client.get(reverse("programmes:value-propose", args=["tee"])).status_code == 404
    assert client.post(reverse("programmes:value-adopt", args=["wert", 10**6])).status_code == 404


def test_a_proposed_row_is_a_task_of_the_other_operator(operators, acting):
    first, second = map(acting, operators)
    row = operations.propose_dated_row(rate(), actor=first)
    assert queries.tasks_for(first, JANUARY) == []
    assert [task.subject for task in queries.tasks_for(second, JANUARY)] == [str(row)]


def test_the_page_has_the_same_number_of_queries_for_one_proposal_and_for_three(
    client_of, operators, acting, django_assert_num_queries
):
    client = client_of(operators[1])
    operations.propose_dated_row(rate(), actor=acting(operators[0]))
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for first in (date(2026, 7, 1), date(2027, 1, 1)):
        operations.propose_dated_row(rate(first), actor=acting(operators[0]))
    with django_assert_num_queries(len(one)):
        client.get(PAGE)
