"""Legal remedies: the right court for every district, the text as printed, and the last day for an action."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from verbund.core.models import Holiday
from verbund.funding import legal_remedy
from verbund.funding.models.legal_remedies import (
    AdministrativeCourt,
    CourtAddress,
    CourtDistrict,
    LegalRemedyText,
    PostalPresumption,
    check_placeholders,
)

pytestmark = pytest.mark.django_db

COURTS = {
    "Aachen": "05334 05358 05366 05370",
    "Arnsberg": "05914 05915 05954 05958 05962 05966 05970 05974",
    "Düsseldorf": "05111 05112 05114 05116 05117 05119 05120 05122 05124 05154 05158 05162 05166 05170",
    "Gelsenkirchen": "05113 05512 05513 05562 05911 05913 05916 05978",
    "Köln": "05314 05315 05316 05362 05374 05378 05382",
    "Minden": "05711 05754 05758 05762 05766 05770 05774",
    "Münster": "05515 05554 05558 05566 05570",
}


@pytest.fixture
def courts():
    legal_remedy.load_courts()


def test_all_53_districts_have_the_court_the_law_names(courts):
    found = dict(CourtDistrict.objects.values_list("district_ags", "court__name"))
    expected = {ags: f"Verwaltungsgericht {seat}" for seat, keys in COURTS.items() for ags in keys.split()}
    assert found == expected
    assert len(found) == 53


def test_loading_twice_changes_nothing_and_keeps_what_an_operator_corrected(courts):
    models = (AdministrativeCourt, CourtAddress, CourtDistrict, LegalRemedyText, PostalPresumption)
    CourtAddress.objects.filter(court__code="koeln").update(address="Neue Straße 1, 50667 Köln")
    before = [list(model.objects.order_by("pk").values()) for model in models]
    legal_remedy.load_courts()
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_a_start_asks_once_for_each_kind_of_row_however_many_there_are(courts, django_assert_num_queries):
    number_of_courts, kinds, transaction_marks = AdministrativeCourt.objects.count(), 4, 2
    with django_assert_num_queries(number_of_courts + kinds + transaction_marks):
        legal_remedy.load_courts()


def test_the_instruction_names_court_and_address_and_has_no_placeholder_left(courts):
    instruction = legal_remedy.instruction_for("05122", on=date(2012, 12, 3))
    assert instruction.court == "Verwaltungsgericht Düsseldorf"
    assert "Verwaltungsgericht Düsseldorf, Bastionstraße 39, 40213 Düsseldorf" in instruction.text
    assert "innerhalb eines Monats nach seiner Bekanntgabe" in instruction.text
    assert "{" not in instruction.text


def test_the_city_of_aachen_belongs_to_the_court_of_its_region(courts):
    assert legal_remedy.court_for("05334002").name == "Verwaltungsgericht Aachen"


@pytest.mark.parametrize(
    ("on", "street"),
    [
        (date(2012, 12, 3), "Piusallee 38"),
        (date(2019, 6, 1), "Manfred-von-Richthofen-Straße 8"),
        (date(2023, 4, 27), "Piusallee 38"),
    ],
)
def test_a_notice_prints_the_address_the_court_had_on_its_day(courts, on, street):
    assert street in legal_remedy.instruction_for("05515", on=on).address


def test_without_a_competent_court_or_a_text_there_is_no_instruction(courts):
    with pytest.raises(legal_remedy.NoCompetentCourt):
        legal_remedy.court_for("09162")
    LegalRemedyText.objects.all().delete()
    with pytest.raises(legal_remedy.NoRemedyText):
        legal_remedy.instruction_for("05122", on=date(2023, 4, 27))


def test_another_court_than_the_competent_one_makes_the_instruction_wrong(courts):
    day = date(2023, 4, 27)
    assert legal_remedy.is_correct("Verwaltungsgericht Gelsenkirchen", district_ags="05978", on=day)
    assert not legal_remedy.is_correct("Verwaltungsgericht Arnsberg", district_ags="05978", on=day)


@pytest.mark.parametrize(
    ("notified", "correct", "last_day"),
    [
        (date(2023, 4, 27), True, date(2023, 5, 30)),  # Saturday, Sunday, Whit Monday
        (date(2023, 1, 31), True, date(2023, 2, 28)),
        (date(2024, 1, 31), True, date(2024, 2, 29)),
        (date(2012, 12, 6), True, date(2013, 1, 7)),  # Sunday
        (date(2023, 4, 27), False, date(2024, 4, 29)),  # Saturday
        (date(2024, 2, 29), False, date(2025, 2, 28)),
    ],
)
def test_an_action_is_open_for_a_month_or_a_year_if_the_instruction_was_wrong(notified, correct, last_day):
    Holiday.objects.get_or_create(
        day=date(2023, 5, 29), defaults={"name": "Pfingstmontag", "source": "Feiertagsgesetz NW"}
    )
    assert legal_remedy.appeal_until(notified, remedy_is_correct=correct) == last_day


@pytest.mark.parametrize(
    ("posted", "notified"),
    [
        (date(2012, 12, 3), date(2012, 12, 6)),
        (date(2024, 12, 31), date(2025, 1, 3)),
        (date(2025, 1, 2), date(2025, 1, 6)),
        (date(2025, 1, 8), date(2025, 1, 12)),  # a Sunday: the presumption does not move
    ],
)
def test_a_letter_counts_as_received_on_the_third_and_since_2025_on_the_fourth_day(courts, posted, notified):
    assert legal_remedy.notified_on_by_post(posted) == notified


@pytest.mark.parametrize(
    "text", ["Klage beim {court}.", "Klage in {address}.", "{court}, {address}, {user}", "{court} {address} {", "Klage"]
)
def test_a_text_with_missing_or_foreign_placeholders_is_refused(text):
    with pytest.raises(ValidationError):
        check_placeholders(text)


def test_the_database_refuses_a_text_without_court_and_a_period_that_ends_before_it_begins(courts):
    row = {"valid_from": date(2026, 1, 1), "source": "Probe", "mark": "E"}
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalRemedyText.objects.create(text="Klage beim Gericht", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        PostalPresumption.objects.create(days=3, valid_until=date(2025, 1, 1), **row)
