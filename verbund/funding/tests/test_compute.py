"""`compute`: the engine without the web keeps its shapes and exit states, and refuses bad input with its place."""

import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from verbund.funding.compute import compute
from verbund.funding.compute.policy import Policy
from verbund.programmes import memory
from verbund.programmes.models import Rate
from verbund.programmes.shipped import dated_rows, shipped_rules

SHIPPED = Policy(shipped_rules, dated_rows)
DECEMBER = [{"from": "2012-12-01", "to": "2012-12-31"}]
POSTS = [
    {"kind": "SPECIALIST", "full_time_share": "1", "occupied": DECEMBER},
    {"kind": "SPECIALIST", "full_time_share": "1", "occupied": DECEMBER},
    {"kind": "SPECIALIST", "full_time_share": "1", "occupied": DECEMBER},
    {"kind": "ASSISTANT", "full_time_share": "0.5", "occupied": DECEMBER},
]
SOLINGEN = {"programme": "KI_BASE", "year": 2012, "carrier_kind": "CITY", "posts": POSTS, "extras": []}


def run(name, given):
    text = given if isinstance(given, str) else json.dumps(given)
    status, answer = compute(name, text, policy=SHIPPED)
    return status, json.loads(answer)


def changed(**values):
    return {**SOLINGEN, **values}


def with_post(**values):
    return changed(posts=[POSTS[0], {**POSTS[1], **values}])


def test_solingen_receives_14167_for_december_2012():
    status, answer = run("base-grant", SOLINGEN)
    assert status == 0
    assert answer["total"] == "14167"
    assert answer["guideline"] == {"code": "KI_BASE_2012", "version": 1}
    assert {*answer["lines"][0]} == {"label", "formula", "amount"}
    assert sum(Decimal(line["amount"]) for line in answer["lines"]) == 14_167


def test_a_year_of_170000_is_spread_over_whole_euro_months():
    status, answer = run("spread", {"amount": "170000", "parts": 12, "unit": "1"})
    assert (status, answer) == (0, {"parts": ["14167"] * 8 + ["14166"] * 4, "sum": "170000"})


def test_cents_are_spread_with_two_places():
    assert run("spread", {"amount": "1", "parts": 3, "unit": "0.01"}) == (
        0,
        {"parts": ["0.34", "0.33", "0.33"], "sum": "1.00"},
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": "-1", "parts": 2, "unit": "1"}, "amount"),
        ({"amount": "1.50", "parts": 2, "unit": "1"}, "amount"),
        ({"amount": "1.505", "parts": 2, "unit": "0.01"}, "amount"),
        ({"amount": 100, "parts": 2, "unit": "1"}, "amount"),
        ({"amount": "1.000,00", "parts": 2, "unit": "1"}, "amount"),
        ({"amount": "1\n", "parts": 2, "unit": "1"}, "amount"),
        ({"amount": "100", "parts": 0, "unit": "1"}, "parts"),
        ({"amount": "100", "parts": True, "unit": "1"}, "parts"),
        ({"amount": "100", "parts": 2.0, "unit": "1"}, "parts"),
        ({"amount": "100", "parts": 10**12, "unit": "1"}, "parts"),
        ({"amount": "100", "parts": 2, "unit": "0"}, "unit"),
        ({"amount": "100", "parts": 2}, "unit"),
    ],
)
def test_what_cannot_be_spread_is_refused_at_its_field(given, field):
    status, answer = run("spread", given)
    assert (status, answer["field"]) == (1, field)


PERIOD = {"from": "2012-01-01", "to": "2012-03-31"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (changed(programme="KI_BASIS"), "programme"),
        (changed(programme=7), "programme"),
        (changed(year=2011), "year"),
        (changed(year="2012"), "year"),
        (changed(year=2012.0), "year"),
        (changed(year=True), "year"),
        (changed(year=10**30), "year"),
        (changed(year=10**9), "year"),
        (changed(carrier_kind="REGION"), "carrier_kind"),
        (changed(carrier_kind=["CITY"]), "carrier_kind"),
        (changed(pro_rata="WEEKS"), "pro_rata"),
        (changed(rounding="EUR"), "rounding"),
        (changed(posts={}), "posts"),
        (changed(posts=[1]), "posts[0]"),
        (changed(posts=POSTS * 3000), "posts"),
        (changed(pro_rate="DAYS"), "pro_rate"),
        ({key: value for key, value in SOLINGEN.items() if key != "posts"}, "posts"),
        (with_post(kind="TEACHER"), "posts[1].kind"),
        (with_post(kind=None), "posts[1].kind"),
        (with_post(post=""), "posts[1].post"),
        (with_post(post=1), "posts[1].post"),
        (with_post(full_time_share=1), "posts[1].full_time_share"),
        (with_post(full_time_share=True), "posts[1].full_time_share"),
        (with_post(full_time_share="0,5"), "posts[1].full_time_share"),
        (with_post(full_time_share="1.0000001"), "posts[1].full_time_share"),
        (with_post(full_time_share="-0.5"), "posts[1].full_time_share"),
        (with_post(full_time_share="1.5"), "posts[1].full_time_share"),
        (with_post(full_time_share="１"), "posts[1].full_time_share"),
        (with_post(share="1"), "posts[1].share"),
        (with_post(occupied=None), "posts[1].occupied"),
        (with_post(occupied=[{"from": "2012-01-01"}]), "posts[1].occupied[0].to"),
        (with_post(occupied=[PERIOD, {"from": "2012-02-30", "to": "2012-03-01"}]), "posts[1].occupied[1].from"),
        (with_post(occupied=[{"from": "20120101", "to": "2012-03-01"}]), "posts[1].occupied[0].from"),
        (with_post(occupied=[{"from": "2012-W01-1", "to": "2012-03-01"}]), "posts[1].occupied[0].from"),
        (with_post(occupied=[{"from": "2011-12-31", "to": "2012-03-01"}]), "posts[1].occupied[0].from"),
        (with_post(occupied=[{"from": "2012-03-01", "to": "2013-01-01"}]), "posts[1].occupied[0].to"),
        (with_post(occupied=[{"from": "2012-03-01", "to": "2012-02-29"}]), "posts[1].occupied[0].to"),
        (with_post(occupied=[PERIOD, {"from": "2012-03-31", "to": "2012-04-01"}]), "posts[1].occupied[1].from"),
        (changed(extras=[{"item": "LANGUAGE_POOL", "amount": "1"}]), "extras[0].item"),
        (changed(extras=[{"item": "LANGUAGE_POOL", "amount": 1}]), "extras[0].amount"),
        (changed(year=2023, posts=[], extras=[{"item": "LANGUAGE_POOL", "amount": "50000.01"}]), "extras[0].amount"),
        (changed(year=2023, posts=[], extras=[{"item": "LANGUAGE_POOL", "amount": "1"}] * 2), "extras[1].item"),
        ("[]", ""),
        ("7", ""),
        ('{"year": 2012, "year": 2013}', "year"),
        ("[" * 200_000, ""),
    ],
)
def test_input_that_cannot_be_right_is_refused_at_its_field(given, field):
    status, answer = run("base-grant", given)
    assert (status, answer["field"]) == (1, field)
    assert answer["error"].endswith(".")


@pytest.mark.parametrize("text", ["", "{", "{'year': 2012}", '{"year": NaN}', '{"year": -Infinity}', "\ufeff{}"])
def test_what_is_no_json_ends_with_2(text):
    assert run("base-grant", text)[0] == 2


def test_an_unknown_computation_ends_with_2():
    assert run("tea", {})[0] == 2


def test_extras_may_be_left_out():
    without = {key: value for key, value in SOLINGEN.items() if key != "extras"}
    assert run("base-grant", without) == run("base-grant", SOLINGEN)


def test_a_name_that_cannot_be_written_is_still_answered():
    status, answer = run("base-grant", json.dumps(with_post(post="\ud800", full_time_share="1")))
    assert status == 0
    assert answer["lines"][1]["label"] == "Fachkraft (\ud800)"


def test_thousands_of_rows_are_answered_within_seconds():
    day = [{"from": "2023-02-01", "to": "2023-02-01"}]
    rows = [{"kind": "SPECIALIST", "full_time_share": "0.001", "occupied": day} for _ in range(5_000)]
    begun = time.monotonic()
    status, answer = run("base-grant", changed(year=2023, posts=rows, pro_rata="DAYS", rounding="CENT"))
    assert (status, answer["total"]) == (0, "780.82")
    assert time.monotonic() - begun < 5


@pytest.mark.django_db
def test_the_rules_of_the_database_come_before_those_of_the_program():
    assert json.loads(compute("base-grant", json.dumps(SOLINGEN))[1])["total"] == "14167"
    Rate.objects.filter(guideline__code="KI_BASE_2012", rate_class="SPECIALIST").update(amount=60_000)
    memory.forget()
    assert json.loads(compute("base-grant", json.dumps(SOLINGEN))[1])["total"] == "16667"


def test_the_command_computes_before_any_database_exists(tmp_path):
    for given, status in ((json.dumps(SOLINGEN), 0), (json.dumps(changed(year=1999)), 1), ("tea", 2)):
        environment = {**os.environ, "VERBUND_DATA_DIR": str(tmp_path / "var")}
        environment.pop("DATABASE_URL", None)
        command = [Path(sys.executable).parent / "verbund", "compute", "base-grant"]
        done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == status, done.stderr
        assert len(done.stdout.splitlines()) == 1
        assert ("total" in json.loads(done.stdout)) == (status == 0)
    assert not list(tmp_path.glob("**/*.sqlite3"))
