"""What people write into cells, read as what they mean."""

from datetime import date, time
from decimal import Decimal

import pytest

from verbund.directory.models import Municipality
from verbund.offers.importing import hours, mapping, values
from verbund.offers.importing.understanding import Line, Vocabulary
from verbund.offers.importing.values import NotUnderstood
from verbund.offers.tests.import_story import CAFE, HEAD


@pytest.mark.parametrize(
    ("north", "east", "found"),
    [
        ("51,17", "7,08", ("51.17000", "7.08000")),
        (51.17, 7.08, ("51.17000", "7.08000")),
        ("51.962.510", "7.626.846", ("51.96251", "7.62685")),
        ("7.626.846", "51.962.510", ("51.96251", "7.62685")),
        (51962510, 7626846, ("51.96251", "7.62685")),
        ("51°10'N", "7°5'E", ("51.16667", "7.08333")),
        ("N 51° 10′ 30″", "O 7° 4,5′", ("51.17500", "7.07500")),
        ("51°10'12\" N", "7° 04' 59.9'' O", ("51.17000", "7.08331")),
    ],
)
def test_coordinates_are_read_however_a_spreadsheet_spoilt_them(north, east, found):
    latitude, longitude, _note = values.point(north, east)

    assert (str(latitude), str(longitude)) == found


@pytest.mark.parametrize(("north", "east"), [("52,5", "13,4"), ("51,2", ""), ("nan", "7"), ("x", "7"), ("0", "0"),
                                              ("51°70'N", "7°5'E"), ("51°10'S", "7°5'W")])  # fmt: skip
def test_coordinates_that_mean_nothing_here_are_refused(north, east):
    with pytest.raises(NotUnderstood):
        values.point(north, east)


@pytest.mark.parametrize(
    "cell", [46326, "46326", "31.10.2026", "31.10.26", "31. Oktober 2026", "2026-10-31", date(2026, 10, 31)]
)
def test_days_are_read_as_german_ones_and_as_counts_of_a_spreadsheet(cell):
    assert values.day(cell) == date(2026, 10, 31)


@pytest.mark.parametrize("cell", ["31.02.2026", "bald", "99999", "1.1.1850", "9" * 5_000])
def test_days_that_do_not_exist_are_refused(cell):
    with pytest.raises(NotUnderstood):
        values.day(cell)


@pytest.mark.parametrize("cell", [900, "900", "9", 9, "9 Uhr", "09:00", "9.00 Uhr", 0.375, "0,375", time(9)])
def test_times_are_read_in_every_usual_way(cell):
    assert hours.clock(cell) == time(9)


@pytest.mark.parametrize("cell", ["25", 2575, "9:75", "nachmittags", "1e9"])
def test_times_that_do_not_exist_are_refused(cell):
    with pytest.raises(NotUnderstood):
        hours.clock(cell)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Mo, Mi 15–17 Uhr", ["0 15:00 17:00 WEEKLY", "2 15:00 17:00 WEEKLY"]),
        ("Di 9-12", ["1 09:00 12:00 WEEKLY"]),
        ("montags 900-1200", ["0 09:00 12:00 WEEKLY"]),
        ("Mo-Mi: 8.30 bis 12 Uhr", [f"{day} 08:30 12:00 WEEKLY" for day in range(3)]),
        ("Do 9-12 und 14-16 Uhr; Fr 9-11", ["3 09:00 12:00 WEEKLY", "3 14:00 16:00 WEEKLY", "4 09:00 11:00 WEEKLY"]),
        ("jeden 1. Dienstag im Monat von 15 bis 17 Uhr", ["1 15:00 17:00 FIRST"]),
    ],
)
def test_hours_are_read_as_rules_by_weekday(text, rules):
    found = hours.rules(text)

    assert [f"{one.weekday} {one.opens:%H:%M} {one.closes:%H:%M} {one.rhythm}" for one in found] == rules


@pytest.mark.parametrize("text", ["nach Vereinbarung", "9-12", "Di 17-15", "Di 15-17 außer Ferien", "Mo" * 500])
def test_hours_that_say_more_than_rules_are_not_guessed(text):
    with pytest.raises(NotUnderstood):
        hours.rules(text)


@pytest.mark.parametrize("cell", ["", None, "-", "k.A.", "keine", "keine Angabe", " – "])
def test_an_empty_mail_is_empty_in_all_its_words(cell):
    assert values.mail(cell) == ""


def test_signs_that_turn_the_text_around_are_left_out():
    assert values.text("\u202eKurs\u202c für \u200falle", longest=40) == ("Kurs für \u200falle", "")


def test_html_becomes_text_even_when_it_is_hidden_twice():
    text, note = values.text("<p>Komm &amp; <b>bleib</b></p><script>alert(1)</script>", longest=100)
    twice, _note = values.text("&lt;img src=x onerror=alert(1)&gt;Hallo", longest=100)

    assert (text, bool(note)) == ("Komm & bleib", True)
    assert twice == "Hallo"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("kostenlos", (True, None, "")),
        (0, (True, None, "")),
        (5, (False, Decimal("5.00"), "")),
        ("5,50 €", (False, Decimal("5.50"), "")),
        ("1.200 EUR", (False, Decimal("1200"), "")),
        ("3 € pro Termin", (False, Decimal("3"), "3 € pro Termin")),
        ("nach Einkommen", (False, None, "nach Einkommen")),
    ],
)
def test_costs_are_read_as_amount_or_kept_as_remark(cell, found):
    assert values.cost(cell) == found


@pytest.mark.parametrize(("cell", "found"), [("6-12 Jahre", (6, 12)), ("ab 18", (18, None)), ("bis 14", (None, 14))])
def test_ages_are_read(cell, found):
    assert values.ages(cell) == found


def test_a_telephone_number_that_became_a_number_gets_its_zero_back():
    assert [values.phone(cell) for cell in (2122905555, 492122905555, "0212 / 290-0")] == [
        "02122905555", "+492122905555", "0212 / 290-0",
    ]  # fmt: skip


def test_several_categories_in_one_cell_are_taken_apart():
    assert values.parts("Sprache; Kita/Schule, Arbeit\nGesundheit") == [
        "Sprache", "Kita", "Schule", "Arbeit", "Gesundheit",
    ]  # fmt: skip
    assert values.parts("Schule und Kita; Arbeit und Sport", {"schule und kita"}) == [
        "Schule und Kita", "Arbeit", "Sport",
    ]  # fmt: skip


def test_columns_are_suggested_by_name_by_likeness_and_by_content():
    head = ["Angebotstitel", "TRÄGER:", "E-Mail-Adresse", "Unbekannt", "x", "Telefonnumer"]
    samples = [["a", "b", "x@y.de", "42651", "Di 15-17 Uhr", "1"]] * 3

    found = mapping.suggest(head, samples)

    assert {head[position]: code for position, code in found.items()} == {
        "TRÄGER:": "partner", "E-Mail-Adresse": "email", "Unbekannt": "postcode", "x": "hours",
        "Telefonnumer": "phone",
    }  # fmt: skip


@pytest.mark.django_db
def test_languages_are_known_by_german_native_and_english_names_and_unknown_ones_are_named():
    line = Line(["Arabisch, Türkçe; english / Klingonisch"], {0: "languages"}, Vocabulary()).read()

    assert line.said["languages"] == ["ar", "en", "tr"]
    assert ["Klingonisch" in note for note in line.notes] == [True]


@pytest.mark.django_db
def test_what_is_too_long_is_refused_with_its_column():
    line = Line(["x" * 121, *CAFE[1:]], mapping.suggest(HEAD, [CAFE]), Vocabulary()).read()

    assert line.reasons == [["Titel", "zu lang: 121 Zeichen, höchstens 120 sind möglich"]]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("a<b und c>d", "a<b und c>d"),
        ("Alter <6 oder > 12, <wichtig>", "Alter <6 oder > 12, <wichtig>"),
        ("Fragen an <info@example.org>", "Fragen an <info@example.org>"),
        ("<b>Komm</b>, wenn 3 <b und c> 4", "Komm, wenn 3 <b und c> 4"),
        ('<p class="x y">Hallo<br/>Welt</p><!-- weg -->', "Hallo Welt"),
        ("<script async src=x.js>alert(1)</script>Kurs<o:p></o:p>", "Kurs"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Kurs &amp; Café", "Kurs & Café"),
    ],
)
def test_only_html_is_taken_out_of_a_text(said, read):
    assert values.text(said, longest=100)[0] == read


@pytest.mark.django_db
def test_a_column_called_ort_with_towns_in_it_says_the_town(reference):
    def place_of(**said) -> dict:
        columns = dict(enumerate(["title", "partner", *said]))
        result = Line(["Kurs", "Verein", *said.values()], columns, Vocabulary()).read()
        assert not result.reasons
        return result.said.get("place") or {}

    solingen = Municipality.objects.get(name="Solingen").pk
    assert place_of(place="Solingen")["municipality"] == solingen
    assert place_of(place="Solingen")["name"] == "Solingen"
    assert place_of(place="Solingen", latitude="51,2", longitude="7,1") == place_of(place="Solingen")
    addressed = place_of(place="solingen", street="Markt 3")
    assert (addressed["municipality"], addressed["name"], addressed["street"]) == (solingen, "Markt 3", "Markt 3")
    assert place_of(place="Haus am Markt") == {"name": "Haus am Markt"}
    assert place_of(place="Solingen", street="Kamp 1", town="Unna")["name"] == "Solingen"


@pytest.mark.django_db
@pytest.mark.parametrize(("north", "east"), [("ungefähr 51", "7,08"), ("51,17", ""), ("51°70'N", "7°5'E")])
def test_coordinates_that_cannot_be_read_are_left_out_and_the_line_stays(reference, north, east):
    cells = {
        "title": "Kurs",
        "partner": "Verein",
        "place": "Treff",
        "town": "Solingen",
        "latitude": north,
        "longitude": east,
    }
    result = Line(list(cells.values()), dict(enumerate(cells)), Vocabulary()).read()
    town = Municipality.objects.get(name="Solingen")
    assert result.reasons == []
    assert [note for note in result.notes if note.startswith("Koordinaten weggelassen")]
    assert result.said["place"]["latitude"] == str(town.latitude)
