"""Which rules a year follows, from the database and from the rows that come with the program."""

from datetime import date
from decimal import Decimal

import pytest

from verbund.programmes import queries, reference
from verbund.programmes.models import DeadlineRule, FundingGuideline, Mark, Programme, ProgrammePart, Rate
from verbund.programmes.rules import NoRulesForYear, Rules, UnknownProgramme
from verbund.programmes.shipped import shipped_rules

YEARS = range(2012, 2030)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "code"),
    [
        (2012, "KI_BASE_2012"),
        (2016, "KI_BASE_2012"),
        (2017, "KI_BASE_2017"),
        (2018, "KI_BASE_2018"),
        (2020, "KI_BASE_2018"),
        (2021, "KI_BASE_2021"),
        (2022, "KI_BASE_2021"),
        (2023, "KI_BASE_2023"),
        (2024, "KI_BASE_2023"),
        (2025, "KI_BASE_2025"),
        (2040, "KI_BASE_2025"),
    ],
)
def test_each_grant_year_has_its_guideline(year, code):
    assert queries.guideline_for("KI_BASE", year).code == code


@pytest.mark.django_db
def test_the_database_and_the_shipped_rows_say_the_same():
    for year in YEARS:
        assert queries.rules_for("KI_BASE", year).as_data() == comparable(shipped_rules("KI_BASE", year))


def comparable(rules: Rules) -> dict:
    """The database prints decimals with its own places."""
    data = rules.as_data()
    for row in [*data["rates"], *data["extras"]]:
        row["amount"] = f"{Decimal(row['amount']):.2f}"
    for row in data["rates"]:
        row["full_time_share"] = f"{Decimal(row['full_time_share']):.6f}"
    for row in data["limits"]:
        row["posts"] = f"{Decimal(row['posts']):.2f}"
    return data


@pytest.mark.django_db
@pytest.mark.parametrize("ask", [queries.rules_for, queries.rules_in_force, shipped_rules])
def test_an_unknown_programme_or_year_is_refused_by_name(ask):
    with pytest.raises(UnknownProgramme, match="KI_BASIS"):
        ask("KI_BASIS", 2023)
    with pytest.raises(NoRulesForYear, match="2011"):
        ask("KI_BASE", 2011)


def test_rules_survive_being_stored_with_a_notice():
    for year in YEARS:
        rules = shipped_rules("KI_BASE", year)
        assert Rules.from_data(rules.as_data()) == rules


@pytest.mark.django_db
def test_the_rows_of_2020_and_2025_are_marked_as_derived():
    def marks(year):
        return {rate.mark for rate in queries.rules_for("KI_BASE", year).rates}

    assert marks(2019) == marks(2023) == {"A"}
    assert marks(2012) == marks(2020) == marks(2025) == {"D"}


@pytest.mark.django_db
def test_loading_the_shipped_rows_again_adds_and_changes_nothing():
    stored = (FundingGuideline, Rate, Programme, ProgrammePart)
    before = [list(model.objects.values()) for model in stored]
    assert reference.load() == 0
    assert [list(model.objects.values()) for model in stored] == before


@pytest.mark.django_db
def test_every_shipped_row_names_its_source_and_mark():
    for guideline in queries.with_rows(FundingGuideline.objects.all()):
        assert guideline.is_adopted
        for row in [*guideline.rates.all(), *guideline.limits.all(), *guideline.deadlines.all()]:
            assert row.source
            assert row.mark in Mark.values


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "last_day"),
    [
        (2012, None),
        (2013, date(2012, 10, 31)),
        (2018, date(2017, 10, 31)),
        (2023, date(2023, 4, 7)),
        (2024, date(2023, 10, 31)),
    ],
)
def test_applications_end_in_october_but_2012_has_no_day_and_2023_four_weeks(year, last_day):
    guideline = queries.guideline_for("KI_BASE", year)
    rule = queries.deadline_rule(guideline, DeadlineRule.Kind.APPLICATION, year)
    assert rule.nominal_day(year) == last_day


@pytest.mark.django_db
def test_proof_is_due_three_months_after_the_period_and_an_action_within_one_month():
    guideline = queries.guideline_for("KI_BASE", 2023)
    proof = queries.deadline_rule(guideline, "PROOF_OF_USE", 2023)
    assert proof.ends_after(date(2023, 12, 31)) == date(2024, 3, 31)
    assert proof.ends_after(date(2023, 4, 30)) == date(2023, 7, 31)
    appeal = queries.deadline_rule(guideline, "APPEAL", 2023)
    assert appeal.ends_after(date(2023, 1, 31)) == date(2023, 2, 28)
    assert queries.deadline_rule(guideline, "POST_PRESUMPTION", 2023).ends_after(date(2023, 5, 1)) == date(2023, 5, 4)


@pytest.mark.django_db
def test_half_is_paid_in_may_and_october_but_2012_when_the_notice_is_final():
    def plan(year):
        rows = queries.payout_plan_for(queries.guideline_for("KI_BASE", year), year)
        return [(row.falls_on(year), row.part) for row in rows]

    assert plan(2012) == [(None, 1)]
    for year in (2013, 2018, 2023, 2025):
        assert plan(year) == [(date(year, 5, 1), Decimal("0.5")), (date(year, 10, 1), Decimal("0.5"))]


@pytest.mark.django_db
def test_2012_has_its_own_checklist_and_the_language_pool_its_own_item():
    def codes(year, **options):
        return [item.code for item in queries.checklist_for(queries.guideline_for("KI_BASE", year), year, **options)]

    assert codes(2012)[:5] == ["CONCEPT", "RESOLUTION", "SITUATION_REPORT", "ORGANISATIONAL_PLACEMENT", "WORK_PLAN"]
    assert len(codes(2023)) == 8
    assert {*codes(2023, extras=["LANGUAGE_POOL"])} - {*codes(2023)} == {"LANGUAGE_POOL_CONCEPT"}


@pytest.mark.django_db
def test_the_court_of_audit_receives_a_copy_above_50000_euros():
    guideline = queries.guideline_for("KI_BASE", 2012)
    value = queries.policy_value(guideline, "COURT_OF_AUDIT_COPY_ABOVE", 2012)
    assert (value.value, value.unit, value.mark) == ("50000", "EUR", "A")
