"""The base grant, checked against published grants, the directives' maxima and the refusals of the contract."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from verbund.funding.calculations import Extra, InputRefused, Period, PostRow, base_grant, maximum_grant
from verbund.programmes.rules import DAYS, HALF_MONTHS, MONTHS, STARTED_MONTHS
from verbund.programmes.shipped import shipped_rules


def between(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def year(number: int) -> tuple[Period, ...]:
    return (between(f"{number}-01-01", f"{number}-12-31"),)


def specialist(*periods: Period, share="1", post=None) -> PostRow:
    return PostRow("SPECIALIST", Fraction(share), periods, post)


def assistant(*periods: Period, share="0.5", post=None) -> PostRow:
    return PostRow("ASSISTANT", Fraction(share), periods, post)


def full_staff(number: int, specialists: int) -> list[PostRow]:
    return [specialist(*year(number)) for _ in range(specialists)] + [assistant(*year(number))]


def grant(number: int, posts, *, carrier_kind="CITY", **options):
    return base_grant(shipped_rules("KI_BASE", number), year=number, carrier_kind=carrier_kind, posts=posts, **options)


POOL = [Extra("LANGUAGE_POOL", Decimal(50_000))]


@pytest.mark.parametrize(
    ("number", "carrier_kind", "specialists", "extras", "expected"),
    [
        (2012, "CITY", 3, [], 170_000),
        (2012, "COUNTY", 3, [], 170_000),
        (2018, "COUNTY", 6, POOL, 370_000),
        (2018, "CITY", 5, POOL, 320_000),
        (2020, "COUNTY", 6, [], 320_000),
        (2021, "COUNTY", 6, [], 352_500),
        (2021, "CITY", 5, [], 297_500),
        (2023, "COUNTY", 6, [], 364_500),
        (2023, "CITY", 5, [], 307_500),
        (2025, "COUNTY", 6, [Extra("LANGUAGE_POOL", Decimal(30_000))], 394_500),
    ],
)
def test_a_fully_staffed_centre_receives_the_maximum_of_the_directive(
    number, carrier_kind, specialists, extras, expected
):
    result = grant(number, full_staff(number, specialists), carrier_kind=carrier_kind, extras=extras)
    assert result.total == expected
    assert maximum_grant(shipped_rules("KI_BASE", number), carrier_kind) == expected - sum(e.amount for e in extras)


def test_a_centre_that_starts_in_december_receives_one_twelfth_in_whole_euros():
    december = between("2012-12-01", "2012-12-31")
    result = grant(2012, [specialist(december), specialist(december), specialist(december), assistant(december)])
    assert result.as_json()["total"] == "14167"
    assert [str(line.amount) for line in result.lines] == ["4166.67", "4166.67", "4166.67", "1666.67", "0.32"]
    assert result.lines[-1].label == "Rundung"
    assert result.lines[0].formula == "50.000,00\u202f€ × 1/12 Monate"


def test_a_post_vacant_for_three_months_loses_a_quarter():
    result = grant(2023, [specialist(between("2023-01-01", "2023-09-30"))])
    assert result.total == 42_750


@pytest.mark.parametrize(
    ("method", "expected"),
    [(DAYS, "40602.74"), (HALF_MONTHS, "40375.00"), (STARTED_MONTHS, "42750.00"), (MONTHS, "42750.00")],
)
def test_a_post_from_16_april_counts_differently_by_each_method(method, expected):
    late = specialist(between("2023-04-16", "2023-12-31"))
    assert grant(2023, [late], pro_rata=method, rounding="CENT").as_json()["total"] == expected


@pytest.mark.parametrize(("last", "expected"), [("2023-06-14", 0), ("2023-06-15", 4_750)])
def test_a_month_counts_from_its_fifteenth_occupied_day(last, expected):
    assert grant(2023, [specialist(between("2023-06-01", last))]).total == expected


def test_the_days_of_all_rows_of_a_post_count_together():
    first, second = between("2023-06-01", "2023-06-10"), between("2023-06-21", "2023-06-30")
    together = [specialist(first, post="a"), specialist(second, post="a")]
    apart = [specialist(first, post="a"), specialist(second, post="b")]
    assert grant(2023, together).total == 4_750
    assert grant(2023, apart).total == 0


def test_a_change_of_share_within_a_month_counts_at_the_mean_share_of_the_occupied_days():
    rows = [
        specialist(between("2023-06-01", "2023-06-10"), share="1", post="a"),
        specialist(between("2023-06-11", "2023-06-30"), share="0.5", post="a"),
    ]
    result = grant(2023, rows, rounding="CENT")
    assert result.total == Decimal("3166.67")  # 57,000 / 12 × (10 × 1 + 20 × 0.5) / 30
    vacant_after = [specialist(between("2023-06-01", "2023-06-20"), share="0.5", post="a")]
    assert grant(2023, vacant_after).total == 2_375  # the mean of the occupied days, not of the month


def test_a_share_of_zero_occupies_no_day():
    rows = [
        specialist(between("2023-06-01", "2023-06-15"), post="a"),
        specialist(between("2023-06-01", "2023-06-30"), share="0", post="a"),
    ]
    assert grant(2023, rows).total == 4_750


def test_half_months_and_started_months_count_from_the_first_occupied_day():
    one_day = [specialist(between("2023-06-15", "2023-06-15"))]
    two_days = [specialist(between("2023-06-15", "2023-06-16"))]
    assert grant(2023, one_day, pro_rata=HALF_MONTHS).total == 2_375
    assert grant(2023, two_days, pro_rata=HALF_MONTHS).total == 4_750
    assert grant(2023, one_day, pro_rata=STARTED_MONTHS).total == 4_750


def test_days_count_over_366_in_a_leap_year():
    assert grant(2024, [specialist(between("2024-02-29", "2024-02-29"))], pro_rata=DAYS, rounding="CENT").total == (
        Decimal("155.74")
    )
    assert grant(2024, [specialist(*year(2024))], pro_rata=DAYS).total == 57_000


@pytest.mark.parametrize(("share", "expected"), [("0.5", 22_500), ("0.25", 11_250), ("0.1", 4_500)])
def test_an_assistant_share_of_a_half_is_the_funded_half_post(share, expected):
    assert grant(2023, [assistant(*year(2023), share=share)]).total == expected


def test_the_language_pool_is_not_reduced_by_vacancies():
    result = grant(2023, [specialist(between("2023-12-01", "2023-12-31"))], extras=POOL)
    assert result.total == 54_750
    assert result.lines[-1].label == "Laiensprachmittlerpool (Sachausgaben)"


def test_the_working_names_share_time_and_source():
    result = grant(2023, [specialist(between("2023-01-01", "2023-03-31"), share="0.5", post="Büro 1")])
    (line,) = result.lines
    assert (line.label, line.formula) == ("Fachkraft (Büro 1)", "57.000,00\u202f€ × 0,5 × 3/12 Monate")
    assert line.source == "Richtlinie KI vom 10. März 2023, MBl. NRW. S. 225"
    assert (result.guideline, result.version, result.pro_rata, result.rounding) == ("KI_BASE_2023", 5, MONTHS, "EURO")


REFUSALS = [
    ([specialist(between("2023-03-02", "2023-03-01"))], "posts[0].occupied[0].to", "endet, bevor"),
    ([specialist(between("2022-12-31", "2023-03-01"))], "posts[0].occupied[0].from", "31.12.2022"),
    ([specialist(between("2023-12-01", "2024-01-01"))], "posts[0].occupied[0].to", "01.01.2024"),
    ([specialist(*year(2023), between("2023-05-01", "2023-05-02"))], "posts[0].occupied[1].from", "01.05.2023"),
    ([specialist(*year(2023), share="1.01")], "posts[0].full_time_share", "zwischen 0 und 1"),
    ([specialist(*year(2023), share="-0.1")], "posts[0].full_time_share", "zwischen 0 und 1"),
    ([specialist(*year(2023), share="1/3")], "posts[0].full_time_share", "sechs"),
    ([PostRow("TEACHER", Fraction(1), year(2023))], "posts[0].kind", "fördert"),
    ([assistant(*year(2023), share="0.6")], "posts[0].full_time_share", "01.01.2023"),
    ([specialist(*year(2023), post="a"), assistant(*year(2023), post="a")], "posts[1].kind", "zwei Arten"),
    (
        [specialist(*year(2023), post="a"), specialist(between("2023-03-15", "2023-04-01"), share="0.5", post="a")],
        "posts[1].occupied[0].from",
        "15.03.2023 ist die Stelle „a“ zu 1,5",
    ),
    (
        [specialist(*year(2023)) for _ in range(5)] + [specialist(between("2023-07-01", "2023-07-01"), share="0.1")],
        "posts[5].occupied[0].from",
        "01.07.2023 sind 5,1 Stellen",
    ),
]


@pytest.mark.parametrize(("posts", "path", "words"), REFUSALS)
def test_what_cannot_be_right_is_refused_with_its_place(posts, path, words):
    with pytest.raises(InputRefused) as refusal:
        grant(2023, posts)
    assert refusal.value.field == path
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("number", "extras", "path"),
    [
        (2012, [Extra("LANGUAGE_POOL", Decimal(1))], "extras[0].item"),
        (2023, [Extra("SOMETHING", Decimal(1))], "extras[0].item"),
        (2023, [Extra("LANGUAGE_POOL", Decimal("50000.01"))], "extras[0].amount"),
        (2025, [Extra("LANGUAGE_POOL", Decimal("30000.01"))], "extras[0].amount"),
        (2023, [Extra("LANGUAGE_POOL", Decimal(-1))], "extras[0].amount"),
        (2023, [*POOL, *POOL], "extras[1].item"),
    ],
)
def test_material_costs_outside_the_guideline_are_refused(number, extras, path):
    with pytest.raises(InputRefused) as refusal:
        grant(number, [], extras=extras)
    assert refusal.value.field == path


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"carrier_kind": "REGION"}, "carrier_kind"),
        ({"pro_rata": "WEEKS"}, "pro_rata"),
        ({"rounding": "TEN"}, "rounding"),
    ],
)
def test_unknown_carrier_kinds_methods_and_roundings_are_refused(options, path):
    with pytest.raises(InputRefused) as refusal:
        grant(2023, [], **options)
    assert refusal.value.field == path
