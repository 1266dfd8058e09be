"""The calculators of interest and deadlines for everybody."""

import pytest

pytestmark = pytest.mark.django_db

INTEREST, DEADLINE = "/programme/rechner/zinsen/", "/programme/rechner/frist/"
LATE_2022 = {"principal": "10.000", "first": "2022-01-01", "last": "2022-12-31", "day_count": ""}


def test_a_visitor_computes_412_euros_of_interest_with_the_sources(client):
    answer = client.get(INTEREST, LATE_2022)
    text = answer.content.decode()
    assert (answer.status_code, str(answer.context["result"].total)) == (200, "412.00")
    for words in ("412,00", "(−0,88\u202f% + 5\u202f%) × 365/365 Tage", "§ 247 BGB", "§ 49a (3) VwVfG NRW", "ACT/365"):
        assert words in text


def test_what_was_paid_back_lowers_the_interest(client):
    paid = {**LATE_2022, "r0-on": "", "r0-amount": "", "r1-on": "30.06.2022", "r1-amount": "4.000"}
    answer = client.get(INTEREST, paid)
    assert str(answer.context["result"].total) == "328.93"
    assert [line.label for line in answer.context["result"].lines] == [
        "01.01.2022 – 30.06.2022",
        "01.07.2022 – 31.12.2022",
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last": "2026-01-31"}, "1. Halbjahr 2026 ist kein Basiszinssatz"),
        ({"first": "2011-01-01"}, "1. Halbjahr 2011 ist kein Basiszinssatz"),
        ({"last": "2021-12-31"}, "endet, bevor er beginnt"),
        ({"last": "31.02.2022"}, "Diesen Tag gibt es nicht"),
        ({"principal": "0"}, "größer als null"),
        ({"principal": "1,000.00"}, "57.000,00"),
        ({"principal": ""}, "Eine Angabe"),
        ({"r0-on": "2022-05-01"}, "Tag und Betrag gehören zusammen"),
        ({"r2-on": "2023-05-01", "r2-amount": "5"}, "nicht im Zeitraum"),
        ({"r0-on": "2022-05-01", "r0-amount": "10.000,01"}, "nur noch 10.000,00"),
        ({"day_count": "ACT/364"}, "Eine Angabe"),
    ],
)
def test_interest_that_cannot_be_computed_says_why_at_its_field(client, changed, words):
    answer = client.get(INTEREST, LATE_2022 | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_visitor_learns_that_the_proof_for_2023_is_due_after_easter(client):
    text = client.get(DEADLINE, {"kind": "PROOF_OF_USE", "day": "2023-12-31"}).content.decode()
    for words in ("Dienstag, 02.04.2024", "31.03.2024", "Montag, 01.04.2024", "Ostermontag", "§ 31 Abs. 3"):
        assert words in text


def test_a_fixed_day_stays_and_two_months_end_with_february(client):
    fixed = client.get(DEADLINE, {"kind": "NOMINAL", "day": "2024-03-31", "fixed": "on"})
    assert "Sonntag, 31.03.2024" in fixed.content.decode()
    used = client.get(DEADLINE, {"kind": "USE_WITHIN_TWO_MONTHS", "day": "2023-12-31"})
    assert "Donnerstag, 29.02.2024" in used.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "PROOF_OF_USE", "day": ""}, "Eine Angabe"),
        ({"kind": "TEA", "day": "2024-03-31"}, "Eine Angabe"),
        ({"kind": "NOMINAL", "day": "1990-01-01"}, "kein Feiertagskalender"),
        ({"kind": "PROOF_OF_USE", "day": "2100-12-31"}, "kein Feiertagskalender"),
        ({"kind": "NOMINAL", "day": "9999-12-31"}, "1970 bis 2100"),
    ],
)
def test_a_deadline_that_cannot_be_computed_says_why(client, typed, words):
    answer = client.get(DEADLINE, typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_empty_calculators_lead_to_each_other(client):
    for address in (INTEREST, DEADLINE, "/programme/rechner/"):
        answer = client.get(address)
        assert answer.status_code == 200
        others = {INTEREST, DEADLINE, "/programme/rechner/"} - {address}
        assert all(f'href="{other}"' in answer.content.decode() for other in others)
