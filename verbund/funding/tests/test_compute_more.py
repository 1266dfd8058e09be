"""`compute interest | deadline | allocation | lump-sums`: shapes, exit states, and refusals with their place."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verbund.funding.compute import compute
from verbund.funding.compute.policy import Policy
from verbund.programmes.models import BaseRate
from verbund.programmes.shipped import dated_rows, shipped_rules

SHIPPED = Policy(shipped_rules, dated_rows)
INTEREST = {"principal": "10000", "from": "2022-01-01", "to": "2022-12-31"}
ROWS = [{"id": "a", "weight": "1", "population": 10, "area_km2": "5"}, {"id": "b", "weight": "2", "population": 5}]
TOWNS = [ROWS[0], {**ROWS[1], "area_km2": "7.5"}]
ALLOCATION = {"pot": "100", "unit": "1", "key": "FLUEAG", "rows": TOWNS}
OPERATION = {"item": "A_OPERATION", "building": "Haus", "months": 12, "target_group_use": "0.40"}
LUMP_SUMS = {"programme": "KOMM_AN_II", "year": 2023, "items": [OPERATION]}


def run(name, given):
    text = given if isinstance(given, str) else json.dumps(given)
    begun = time.monotonic()
    status, answer = compute(name, text, policy=SHIPPED)
    assert time.monotonic() - begun < 5
    return status, json.loads(answer)


def without(given, key):
    return {name: value for name, value in given.items() if name != key}


def test_interest_answers_with_its_lines_and_rule():
    status, answer = run("interest", INTEREST)
    assert status == 0
    assert answer == {
        "interest": "412.00",
        "lines": [
            {
                "label": "01.01.2022 – 31.12.2022",
                "formula": "10.000,00\u202f€ × (−0,88\u202f% + 5\u202f%) × 365/365 Tage",
                "amount": "412.00",
            }
        ],
        "day_count": "ACT/365",
        "guideline": {"code": "VWVFG_NRW_49A", "version": 1},
    }


@pytest.mark.parametrize("points", ["5", 5, "5.000000"])
def test_a_surcharge_of_ones_own_counts_instead_of_the_rule(points):
    own = {**INTEREST, "surcharge": [{"from": "2012-01-01", "points": points}]}
    status, answer = run("interest", own)
    assert (status, answer["interest"], "guideline" in answer) == (0, "412.00", False)
    changing = {
        **INTEREST,
        "surcharge": [{"from": "2022-07-01", "points": "0.88"}, {"from": "2022-01-01", "points": "5"}],
    }
    assert [line["amount"] for line in run("interest", changing)[1]["lines"]] == ["204.31", "0.00"]


@pytest.mark.django_db
def test_deadlines_answer_with_their_reasons():
    easter = {"nominal": "2024-03-31", "due": "2024-04-02", "because": ["Sonntag", "Ostermontag"]}
    assert run("deadline", {"nominal": "2024-03-31"}) == (0, easter)
    assert run("deadline", {"kind": "PROOF_OF_USE", "period_end": "2023-12-31"}) == (0, easter)
    fixed = {"nominal": "2024-03-31", "due": "2024-03-31", "because": []}
    assert run("deadline", {"nominal": "2024-03-31", "fixed_calendar_date": True}) == (0, fixed)
    assert run("deadline", {"kind": "USE_WITHIN_TWO_MONTHS", "event_on": "2023-12-31"})[1]["nominal"] == "2024-02-29"
    saturday = run("deadline", {"nominal": "2022-12-24", "fixed_calendar_date": False})[1]
    assert (saturday["due"], saturday["because"]) == (
        "2022-12-27",
        ["Samstag", "Erster Weihnachtstag", "Zweiter Weihnachtstag"],
    )


def test_a_pot_is_spread_with_the_places_of_its_unit():
    assert run("allocation", ALLOCATION) == (
        0,
        {"rows": [{"id": "a", "amount": "64"}, {"id": "b", "amount": "36"}], "sum": "100"},
    )
    weights = {**ALLOCATION, "key": "WEIGHT", "unit": "0.01", "pot": "1"}
    assert run("allocation", weights)[1] == {
        "rows": [{"id": "a", "amount": "0.33"}, {"id": "b", "amount": "0.67"}],
        "sum": "1.00",
    }
    assert run("allocation", {**ALLOCATION, "pot": "0"})[1]["sum"] == "0"


def test_lump_sums_answer_with_lines_requested_and_total():
    assert run("lump-sums", LUMP_SUMS) == (
        0,
        {
            "lines": [
                {
                    "label": "Betrieb eines Ankommenstreffpunkts (Haus)",
                    "formula": "12 × 400,00\u202f€ je Monat",
                    "amount": "4800.00",
                    "refused": None,
                }
            ],
            "requested": "4800.00",
            "total": "4800.00",
            "guideline": {"code": "KOMM_AN_II", "version": 2},
        },
    )


def lumps(**values):
    return "lump-sums", {**LUMP_SUMS, "items": [OPERATION, values]}


LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("interest", without(INTEREST, "to"), "to"),
        ("interest", {**INTEREST, "principal": 10_000}, "principal"),
        ("interest", {**INTEREST, "principal": "0"}, "principal"),
        ("interest", {**INTEREST, "principal": LONG}, "principal"),
        ("interest", {**INTEREST, "rate": "5"}, "rate"),
        ("interest", {**INTEREST, "to": "2021-12-31"}, "to"),
        ("interest", {**INTEREST, "to": "2022-02-30"}, "to"),
        ("interest", {**INTEREST, "to": "9999-12-31"}, "to"),
        ("interest", {**INTEREST, "from": "0001-01-01"}, "from"),
        ("interest", {**INTEREST, "day_count": "30/360"}, "day_count"),
        ("interest", {**INTEREST, "day_count": ["ACT/365"]}, "day_count"),
        ("interest", {**INTEREST, "repayments": {}}, "repayments"),
        ("interest", {**INTEREST, "repayments": [[]]}, "repayments[0]"),
        ("interest", {**INTEREST, "repayments": [{"on": "2022-06-01"}]}, "repayments[0].amount"),
        ("interest", {**INTEREST, "repayments": [{"on": "2023-06-01", "amount": "1"}]}, "repayments[0].on"),
        ("interest", {**INTEREST, "repayments": [{"on": "2022-06-01", "amount": "10000.01"}]}, "repayments[0].amount"),
        ("interest", {**INTEREST, "repayments": [{"on": "2022-06-01", "amount": "0.01"}] * 6_000}, "repayments"),
        ("interest", {**INTEREST, "surcharge": []}, "surcharge"),
        ("interest", {**INTEREST, "surcharge": [{"from": "2022-01-02", "points": "5"}]}, "surcharge[0].from"),
        ("interest", {**INTEREST, "surcharge": [{"from": "2022-01-01", "points": "-5"}]}, "surcharge[0].points"),
        ("interest", {**INTEREST, "surcharge": [{"from": "2022-01-01", "points": True}]}, "surcharge[0].points"),
        ("interest", {**INTEREST, "surcharge": [{"from": "2022-01-01", "points": 5.0}]}, "surcharge[0].points"),
        ("interest", {**INTEREST, "surcharge": [{"from": "2022-01-01", "points": "5"}] * 2}, "surcharge[1].from"),
        ("deadline", {}, "nominal"),
        ("deadline", {"nominal": "31.03.2024"}, "nominal"),
        ("deadline", {"nominal": "1994-12-31"}, "nominal"),
        ("deadline", {"nominal": "9999-12-31"}, "nominal"),
        ("deadline", {"kind": "PROOF_OF_USE", "period_end": "9999-12-31", "fixed_calendar_date": True}, "period_end"),
        ("deadline", {"nominal": "2024-03-31", "fixed_calendar_date": "false"}, "fixed_calendar_date"),
        ("deadline", {"nominal": "2024-03-31", "fixed_calendar_date": 0}, "fixed_calendar_date"),
        ("deadline", {"kind": "PROOF_OF_USE"}, "period_end"),
        ("deadline", {"kind": "PROOF_OF_USE", "period_end": "2023-12-31", "nominal": "2024-03-31"}, "nominal"),
        ("deadline", {"kind": "TEA", "period_end": "2023-12-31"}, "kind"),
        ("deadline", {"kind": None, "nominal": "2023-12-31"}, "kind"),
        ("allocation", without(ALLOCATION, "unit"), "unit"),
        ("allocation", {**ALLOCATION, "unit": "0.1"}, "unit"),
        ("allocation", {**ALLOCATION, "unit": 1}, "unit"),
        ("allocation", {**ALLOCATION, "key": "FLUAG"}, "key"),
        ("allocation", {**ALLOCATION, "pot": "-100"}, "pot"),
        ("allocation", {**ALLOCATION, "pot": "0.50"}, "pot"),
        ("allocation", {**ALLOCATION, "rows": []}, "rows"),
        ("allocation", {**ALLOCATION, "rows": ROWS}, "rows[1].area_km2"),
        ("allocation", {**ALLOCATION, "rows": [TOWNS[0], TOWNS[0]]}, "rows[1].id"),
        ("allocation", {**ALLOCATION, "rows": [{**TOWNS[0], "id": LONG}]}, "rows[0].id"),
        ("allocation", {**ALLOCATION, "rows": [{**TOWNS[0], "population": "10"}]}, "rows[0].population"),
        ("allocation", {**ALLOCATION, "rows": [{**TOWNS[0], "population": -1}]}, "rows[0].population"),
        ("allocation", {**ALLOCATION, "rows": [{**TOWNS[0], "weight": "-1"}]}, "rows[0].weight"),
        ("allocation", {**ALLOCATION, "rows": [{**TOWNS[0], "area": "1"}]}, "rows[0].area"),
        ("allocation", {**ALLOCATION, "rows": [{"id": str(number)} for number in range(6_000)]}, "rows"),
        ("allocation", {**ALLOCATION, "key": "EQUAL", "cap_factor": "0.99"}, "cap_factor"),
        ("allocation", {**ALLOCATION, "population_share": "0.8"}, "population_share"),
        ("lump-sums", {**LUMP_SUMS, "programme": "KOMM_AN_III"}, "programme"),
        ("lump-sums", {**LUMP_SUMS, "year": 2025}, "year"),
        ("lump-sums", {**LUMP_SUMS, "year": 2016}, "year"),
        ("lump-sums", {**LUMP_SUMS, "year": 10**9}, "year"),
        ("lump-sums", {**LUMP_SUMS, "ceiling": "-1"}, "ceiling"),
        ("lump-sums", {**LUMP_SUMS, "ceiling": None}, "ceiling"),
        ("lump-sums", {**LUMP_SUMS, "items": [OPERATION] * 6_000}, "items"),
        (*lumps(), "items[1].item"),
        (*lumps(item="A_COFFEE"), "items[1].item"),
        (*lumps(item=["A_DIGITAL"]), "items[1].item"),
        (*lumps(item="A_DIGITAL", building="Haus"), "items[1].building"),
        (*lumps(**without(OPERATION, "building")), "items[1].building"),
        (*lumps(**{**OPERATION, "months": -1}), "items[1].months"),
        (*lumps(**{**OPERATION, "months": "12"}), "items[1].months"),
        (*lumps(**{**OPERATION, "target_group_use": "1.01"}), "items[1].target_group_use"),
        (*lumps(**{**OPERATION, "target_group_use": 0.4}), "items[1].target_group_use"),
        (*lumps(item="B_ACCOMPANIMENT", volunteer="v", month="2022-12", count=1), "items[1].month"),
        (*lumps(item="B_ACCOMPANIMENT", volunteer="v", month="2023-13", count=1), "items[1].month"),
        (*lumps(item="B_ACCOMPANIMENT", volunteer="v", month="2023-3", count=1), "items[1].month"),
        (*lumps(item="C_TRANSLATION", pages=1.5), "items[1].pages"),
        (*lumps(item="D_TRAINER", on="2022-12-31", hours="8"), "items[1].on"),
        (*lumps(item="D_TRAINER", on="2023-05-06", hours=8), "items[1].hours"),
        (*lumps(item="D_TRAINER", on="2023-05-06", hours="-1"), "items[1].hours"),
        (*lumps(item="B_GATHERING", measure="m", month="2023-03", participants=9, volunteers=2, justification=LONG),
         "items[1].justification"),
        ("lump-sums", '{"programme": "KOMM_AN_II", "year": 2023, "items": [{"item": "A_DIGITAL", "item": 1}]}', "item"),
        ("allocation", "[" * 100_000, ""),
    ],
)  # fmt: skip
def test_input_that_cannot_be_right_is_refused_at_its_field(name, given, field):
    status, answer = run(name, given)
    assert (status, answer["field"]) == (1, field)
    assert answer["error"].endswith(".")


@pytest.mark.parametrize("name", ["interest", "deadline", "allocation", "lump-sums"])
@pytest.mark.parametrize("text", ["", "{", '{"principal": NaN}'])
def test_what_is_no_json_ends_with_2(name, text):
    assert run(name, text)[0] == 2


def test_an_allocation_may_name_its_own_weights():
    own = {**ALLOCATION, "population_share": "0.5", "area_share": "0.5", "cap_factor": "2"}
    assert [row["amount"] for row in run("allocation", own)[1]["rows"]] == ["53", "47"]


@pytest.mark.django_db
def test_the_rows_of_the_database_come_before_those_of_the_program():
    assert json.loads(compute("interest", json.dumps(INTEREST))[1])["interest"] == "412.00"
    BaseRate.objects.filter(valid_from="2022-07-01").update(percent="0.12")
    assert json.loads(compute("interest", json.dumps(INTEREST))[1])["interest"] == "462.41"


def test_the_command_computes_before_any_database_exists(tmp_path):
    environment = {**os.environ, "VERBUND_DATA_DIR": str(tmp_path / "var")}
    environment.pop("DATABASE_URL", None)
    command = [Path(sys.executable).parent / "verbund", "compute"]
    for name, given in (("deadline", {"nominal": "2024-03-31"}), ("lump-sums", LUMP_SUMS)):
        done = subprocess.run(
            [*command, name], input=json.dumps(given), capture_output=True, text=True, env=environment
        )
        assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (0, 1, "")
    assert not list(tmp_path.glob("**/*.sqlite3"))
