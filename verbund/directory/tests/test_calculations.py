"""A centre's state on a day, and how periods read."""

from dataclasses import dataclass
from datetime import date

import pytest

from verbund.directory.calculations import CentreState, covers, folded, period_label, state_on


@dataclass
class Step:
    kind: str
    day_from: date | None
    day_until: date
    evidence: str = "EVIDENCED"


SOLINGEN = [
    Step("PREDECESSOR_RAA", None, date(2012, 11, 30)),
    Step("AWARD", date(2005, 1, 1), date(2005, 12, 31)),
    Step("MANDATE", date(2011, 11, 1), date(2011, 11, 30)),
    Step("RESOLUTION", date(2012, 7, 5), date(2012, 7, 5)),
    Step("RUNNING", date(2012, 12, 1), date(2012, 12, 1)),
]
ONLY_A_RANGE = [Step("RUNNING", date(2012, 1, 1), date(2014, 12, 31), "RANGE")]


@pytest.mark.parametrize(
    ("steps", "day", "expected"),
    [
        (SOLINGEN, date(2011, 11, 29), CentreState.NONE),
        (SOLINGEN, date(2011, 11, 30), CentreState.PREPARING),
        (SOLINGEN, date(2012, 11, 30), CentreState.PREPARING),
        (SOLINGEN, date(2012, 12, 1), CentreState.RUNNING),
        (ONLY_A_RANGE, date(2011, 12, 31), CentreState.NONE),
        (ONLY_A_RANGE, date(2012, 1, 1), CentreState.RANGE),
        (ONLY_A_RANGE, date(2014, 12, 30), CentreState.RANGE),
        (ONLY_A_RANGE, date(2014, 12, 31), CentreState.RUNNING),
        ([], date(2026, 1, 1), CentreState.NONE),
        ([Step("PREDECESSOR_RAA", None, date(2000, 1, 1))], date(2026, 1, 1), CentreState.NONE),
        ([Step("START_PHASE", date(2017, 1, 1), date(2017, 2, 28), "RANGE")], date(2017, 5, 1), CentreState.NONE),
    ],
)
def test_the_state_of_a_centre_follows_from_what_is_evidenced(steps, day, expected):
    assert state_on(steps, day) == expected


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2012, 7, 5), date(2012, 7, 5), "05.07.2012"),
        (date(2011, 11, 1), date(2011, 11, 30), "November 2011"),
        (date(2012, 2, 1), date(2012, 2, 29), "Februar 2012"),
        (date(2012, 2, 1), date(2012, 2, 28), "01.02.2012 bis 28.02.2012"),
        (date(2012, 12, 1), date(2013, 1, 31), "Dezember 2012 bis Januar 2013"),
        (date(2013, 1, 1), date(2013, 12, 31), "2013"),
        (date(2012, 1, 1), date(2014, 12, 31), "2012 bis 2014"),
        (None, date(2012, 11, 30), "bis 30.11.2012"),
        (date(2021, 4, 1), None, "seit 01.04.2021"),
        (None, None, ""),
    ],
)
def test_a_period_reads_as_people_say_it(first, last, label):
    assert period_label(first, last) == label


def test_a_period_includes_both_its_days():
    @dataclass
    class Period:
        valid_from: date | None
        valid_until: date | None

    laki = Period(date(2013, 7, 1), date(2021, 3, 31))
    days = [date(2013, 6, 30), date(2013, 7, 1), date(2021, 3, 31), date(2021, 4, 1)]
    assert [covers(laki, day) for day in days] == [False, True, True, False]
    assert covers(Period(None, None), date(1900, 1, 1))


def test_case_and_umlauts_do_not_matter_when_searching():
    assert folded("  KÖLN ") == folded("köln") == "koln"
