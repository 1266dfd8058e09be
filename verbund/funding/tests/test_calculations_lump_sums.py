"""Lump sums of KOMM-AN II: the published examples, each limit beside what just passes, and every request."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.funding.calculations import InputRefused
from verbund.funding.calculations.lump_sums import LumpSumItem, lump_sums
from verbund.programmes.rules import NoRulesForYear, UnknownProgramme
from verbund.programmes.shipped import dated_rows

RULES = dated_rows().lump_sum_rules_for("KOMM_AN_II", 2023)
USE = Fraction("0.4")
MAY = date(2023, 5, 6)


def operation(months=12, building="Haus A", use=USE):
    return LumpSumItem("A_OPERATION", building=building, months=months, target_group_use=use)


def room(item="A_RENOVATION", name="Saal", building="Haus A", use=USE):
    return LumpSumItem(item, building=building, room=name, target_group_use=use)


def accompaniment(count, volunteer="v1", month="2023-03"):
    return LumpSumItem("B_ACCOMPANIMENT", volunteer=volunteer, month=month, count=count)


def gathering(participants=10, volunteers=2, **values):
    return LumpSumItem(
        "B_GATHERING",
        measure=values.pop("measure", "Café"),
        month="2023-03",
        participants=participants,
        volunteers=volunteers,
        **values,
    )


def trainer(hours, on=MAY, name=None):
    return LumpSumItem("D_TRAINER", on=on, hours=Fraction(hours), trainer=name)


def amounts(*items, **options):
    return [line.amount for line in lump_sums(RULES, items, **options).lines]


def refusals(*items):
    return [line.refused is not None for line in lump_sums(RULES, items).lines]


def test_a_meeting_place_costs_4800_euros_in_twelve_months():
    assert lump_sums(RULES, [operation()]).total == 4_800


def test_a_building_runs_twelve_months_at_most_over_all_lines():
    result = lump_sums(RULES, [operation(8), operation(6), operation(3, "Haus B")])
    assert [line.amount for line in result.lines] == [3_200, 1_600, 1_200]
    assert (result.requested, result.total) == (6_800, 6_000)


def test_a_volunteer_with_four_accompaniments_in_a_month_gets_105_euros():
    result = lump_sums(RULES, [accompaniment(4)])
    assert (result.requested, result.total) == (140, 105)
    assert amounts(accompaniment(2), accompaniment(2), accompaniment(1, "v2"), accompaniment(1, month="2023-04")) == [
        70,
        35,
        35,
        35,
    ]


def test_renovation_and_equipment_of_one_room_are_one_lump_sum_a_year():
    items = [room(), room("A_EQUIPMENT"), room("A_EQUIPMENT", "Küche")]
    assert (amounts(*items), refusals(*items)) == ([1_000, 0, 1_000], [False, True, False])


def test_a_building_has_two_lump_sums_for_rooms_and_another_building_its_own():
    items = [room(name="1"), room(name="2"), room(name="3"), room(name="3", building="Haus B")]
    assert amounts(*items) == [1_000, 1_000, 0, 1_000]


@pytest.mark.parametrize(("use", "refused"), [("0.33", False), ("0.329999", True), ("0", True), ("1", False)])
def test_a_room_is_used_a_third_of_the_time_for_the_target_group(use, refused):
    items = [room(use=Fraction(use)), operation(use=Fraction(use))]
    assert refusals(*items) == [refused, refused]


def test_a_refused_line_uses_up_nothing():
    assert amounts(room(use=Fraction(0)), room(), room(name="2")) == [0, 1_000, 1_000]
    assert amounts(operation(use=Fraction(0)), operation()) == [0, 4_800]
    assert amounts(gathering(participants=3), gathering(), gathering()) == [0, 250, 0]


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({}, False),
        ({"participants": 9}, True),
        ({"volunteers": 1}, True),
        ({"participants": 9, "justification": "Treffen für gehörlose Menschen"}, False),
        ({"participants": 9, "justification": "  "}, True),
    ],
)
def test_a_gathering_has_ten_people_and_two_volunteers_or_a_reason(values, refused):
    assert refusals(gathering(**values)) == [refused]


def test_material_website_and_digital_work_are_paid_once_per_applicant():
    items = [
        LumpSumItem(item, applicant=applicant)
        for item in ("A_DIGITAL", "C_MATERIAL", "C_WEBSITE")
        for applicant in ("Verein", "Verein", "Gemeinde", None, None)
    ]
    assert refusals(*items) == [False, True, False, False, True] * 3


def test_translations_and_exchange_are_paid_by_page_and_month():
    assert amounts(LumpSumItem("C_TRANSLATION", pages=12), LumpSumItem("D_EXCHANGE", months=12)) == [600, 600]


PLENTY = [operation(building=name) for name in "abc"]  # 14,400 euros beside the trainers


def test_a_trainer_gets_800_euros_for_ten_hours_on_a_day():
    result = lump_sums(RULES, [*PLENTY, trainer(10)])
    assert (result.requested, result.total) == (15_400, 15_200)


def test_the_day_counts_for_each_trainer():
    items = [trainer(5), trainer(5), trainer(5, name="b"), trainer(5, on=date(2023, 5, 7))]
    assert amounts(*PLENTY, *items)[3:] == [500, 300, 500, 500]


def test_trainers_get_three_sevenths_of_the_rest_rounded_down():
    result = lump_sums(RULES, [operation(1), trainer(8)])
    assert [line.amount for line in result.lines] == [400, 800, Decimal("-628.58")]
    assert result.total == Decimal("571.42")
    assert lump_sums(RULES, [trainer(8)]).total == 0


def test_where_the_ceiling_binds_trainers_get_30_percent_of_it():
    days = [trainer(8, on=date(2023, 5, day)) for day in range(1, 9)]  # 6,400 euros
    result = lump_sums(RULES, [*PLENTY, *days], ceiling=Decimal(15_000))
    assert [line.amount for line in result.lines[-2:]] == [-1_900, -3_900]
    assert result.total == 15_000


def test_herne_is_granted_57100_below_its_ceiling_and_never_more_than_57134():
    asked = [operation(building=str(number)) for number in range(11)]  # 52,800
    asked += [LumpSumItem("C_TRANSLATION", pages=86)]  # 4,300
    assert lump_sums(RULES, asked, ceiling=Decimal(57_134)).total == 57_100
    more = lump_sums(RULES, [*asked, LumpSumItem("C_MATERIAL")], ceiling=Decimal(57_134))
    assert (more.requested, more.total, more.lines[-1].amount) == (57_600, 57_134, -466)


def test_hours_are_counted_exactly_and_rounded_once():
    thirds = [trainer("0.333333", on=date(2023, 5, day)) for day in (1, 2, 3)]
    result = lump_sums(RULES, [*PLENTY, *thirds])
    assert [line.amount for line in result.lines[3:]] == [Decimal("33.33")] * 3 + [Decimal("0.01")]
    assert result.total == 14_500


def test_only_years_with_rates_are_computed_and_2021_knows_rooms_only():
    rows = dated_rows()
    for year in (2015, 2019, 2025):
        with pytest.raises(NoRulesForYear, match=str(year)):
            rows.lump_sum_rules_for("KOMM_AN_II", year)
    with pytest.raises(UnknownProgramme):
        rows.lump_sum_rules_for("KI_BASE", 2023)
    earlier = rows.lump_sum_rules_for("KOMM_AN_II", 2021)
    assert lump_sums(earlier, [room(), room(name="2"), room(name="3")]).total == 2_000
    with pytest.raises(InputRefused) as refusal:
        lump_sums(earlier, [room(), operation()])
    assert refusal.value.field == "items[1].item"


def test_a_limit_that_no_row_gives_is_refused_and_a_ceiling_below_zero():
    without = replace(RULES, limits={key: value for key, value in RULES.limits.items() if key != "LEAST_USE"})
    with pytest.raises(InputRefused, match="LEAST_USE"):
        lump_sums(without, [room()])
    with pytest.raises(InputRefused) as refusal:
        lump_sums(RULES, [], ceiling=Decimal(-1))
    assert refusal.value.field == "ceiling"


# --- for every request

names = st.sampled_from("abc")
months = st.sampled_from(["2023-01", "2023-02"])
few = st.integers(0, 15)
items = st.one_of(
    st.builds(
        room, st.sampled_from(["A_RENOVATION", "A_EQUIPMENT"]), names, names, st.sampled_from([USE, Fraction(0)])
    ),
    st.builds(operation, few, names),
    st.builds(accompaniment, st.integers(0, 5), names, months),
    st.builds(gathering, few, st.integers(0, 3), measure=names),
    st.builds(LumpSumItem, st.sampled_from(["A_DIGITAL", "C_MATERIAL", "C_WEBSITE"]), applicant=names),
    st.builds(LumpSumItem, st.just("C_TRANSLATION"), pages=few),
    st.builds(trainer, st.fractions(0, 12, max_denominator=64), st.dates(MAY, date(2023, 5, 9)), names),
    st.builds(LumpSumItem, st.just("D_EXCHANGE"), months=few),
)
ceilings = st.none() | st.integers(0, 2_000_000).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(items, max_size=25), ceilings)
def test_the_lines_sum_to_the_total_and_no_limit_is_passed(asked, ceiling):
    result = lump_sums(RULES, asked, ceiling=ceiling)
    assert sum(line.amount for line in result.lines) == result.total
    assert 0 <= result.total <= result.requested
    assert ceiling is None or result.total <= ceiling
    assert all(line.amount == 0 for line in result.lines if line.refused)
    paired = list(zip(asked, result.lines, strict=False))
    cut = sum(line.amount for line in result.lines if line.label == "Kürzung der Qualifizierung")
    trainers = sum(line.amount for item, line in paired if item.item == "D_TRAINER") + cut
    assert trainers <= Decimal("0.3") * result.total + Decimal("0.05")  # lines are shown in cents
    by_building = [line.amount for item, line in paired if item.item == "A_OPERATION" and item.building == "a"]
    assert sum(by_building) <= 4_800


@given(st.lists(items, max_size=12), ceilings, items)
def test_one_more_line_never_lowers_what_is_granted(asked, ceiling, another):
    assert lump_sums(RULES, [*asked, another], ceiling=ceiling).total >= lump_sums(RULES, asked, ceiling=ceiling).total
