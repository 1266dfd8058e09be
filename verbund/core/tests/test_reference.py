"""The holidays of the Land as rows."""

from datetime import date

import pytest

from verbund.core import reference
from verbund.core.models import Holiday

pytestmark = pytest.mark.django_db


def names_in(year: int) -> set[str]:
    return set(Holiday.objects.filter(day__year=year).values_list("name", flat=True))


def test_north_rhine_westphalia_has_eleven_holidays_a_year():
    assert names_in(2026) == {
        "Neujahr",
        "Karfreitag",
        "Ostermontag",
        "Erster Mai",
        "Christi Himmelfahrt",
        "Pfingstmontag",
        "Fronleichnam",
        "Tag der Deutschen Einheit",
        "Allerheiligen",
        "Erster Weihnachtstag",
        "Zweiter Weihnachtstag",
    }


def test_the_reformation_day_was_a_holiday_once_and_says_why():
    assert Holiday.objects.get(day=date(2017, 10, 31)).source.startswith("500 Jahre Reformation")
    assert not Holiday.objects.filter(day=date(2018, 10, 31)).exists()


def test_the_rows_reach_from_2010_to_2036_and_name_their_source():
    years = {day.year for day in Holiday.objects.values_list("day", flat=True)}
    assert years == set(range(2010, 2037))
    assert not Holiday.objects.filter(source="").exists()


def test_loading_again_changes_nothing_and_repairs_what_is_missing_or_from_another_version():
    assert reference.load() == 0
    Holiday.objects.filter(day=date(2026, 1, 1)).update(name="Neujohr", source="ältere Fassung der Bibliothek")
    Holiday.objects.filter(day=date(2026, 5, 1)).delete()
    assert reference.load() == 2
    assert len(names_in(2026)) == 11
    assert reference.load() == 0


def test_the_number_of_rows_that_counts_as_complete_is_the_number_there_is():
    assert len(reference.wanted("Quelle")) == reference.ROWS


def test_days_that_were_entered_by_hand_stay():
    Holiday.objects.create(day=date(2030, 6, 3), name="Sondertag", source="Gesetz")
    assert reference.load() == 0
    assert Holiday.objects.filter(name="Sondertag").exists()
