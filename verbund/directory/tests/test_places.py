"""Which centre is responsible for what people type: postcodes, names, parts and spellings of names."""

from datetime import date

import pytest

from verbund.directory import places
from verbund.directory.models import Centre, CentreContact, Municipality
from verbund.directory.place_names import OTHER_NAMES

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def ask(text: str, *, on: date = TODAY) -> places.Answer:
    since = on.replace(year=on.year - 1)
    return places.find(places.wanted(text), centres=places.centres_of_areas(), on=on, vouched_since=since)


def found(text: str) -> list[tuple[str, str]]:
    """Return the responsible centres with what they are responsible for."""
    return [(group.centre["key"], group.place) for group in ask(text).responsible]


def similar(text: str) -> list[str]:
    return [town.name for group in ask(text).similar for town in group.towns]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("59174", [("05978", "Kamen (Kreis Unna)")]),
        ("42651", [("05122", "Solingen")]),
        ("52062", [("05334002", "Aachen (Städteregion Aachen)")]),
        ("33154", [("05774", "Salzkotten, Paderborn (Kreis Paderborn)")]),
        ("33161", [("05774", "Hövelhof, Paderborn (Kreis Paderborn)")]),
        ("40472", [("05111", "Düsseldorf"), ("05158", "Ratingen (Kreis Mettmann)")]),
        ("40721", [("05158", "Hilden (Kreis Mettmann)"), ("05111", "Düsseldorf")]),
        ("51467", [("05378", "Bergisch Gladbach (Rheinisch-Bergischer Kreis)"), ("05315", "Köln")]),
        ("52525", [("05370", "Heinsberg (Rheinland), Waldfeucht (Kreis Heinsberg)")]),
        ("52538", [("05370", "Gangelt, Selfkant (Kreis Heinsberg)")]),
        ("80331", []),
        ("99999", []),
    ],
)
def test_a_postcode_leads_to_the_centres_of_its_towns_the_main_one_first(typed, expected):
    assert found(typed) == expected
    assert similar(typed) == []


@pytest.mark.parametrize("typed", ["4 2 6 5 1", "D-42651", " 42651 Solingen", "42.651", "４２６５１", "٤٢٦٥١"])
def test_a_postcode_is_read_however_it_is_written(typed):
    assert places.wanted(typed).postcode == "42651"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Solingen", "05122"),
        ("sOLINGEN", "05122"),
        ("Köln", "05315"),
        ("Koeln", "05315"),
        ("Koln", "05315"),
        ("KO\u0308LN", "05315"),
        ("Muenster", "05515"),
        ("Soest", "05974"),
        ("Rheda Wiedenbrück", "05754"),
        ("RhedaWiedenbrueck", "05754"),
        ("preussisch oldendorf", "05770"),
        ("Schloss Holte-Stukenbrock", "05754"),
        ("Preußisch-Oldendorf", "05770"),
        ("St. Augustin", "05382"),
        ("Mülheim a. d. Ruhr", "05117"),
        ("Muelheim/Ruhr", "05117"),
        ("Halle Westfalen", "05754"),
        ("Halle (Westf.)", "05754"),
        ("Stolberg", "05334"),
        ("Aachen", "05334002"),
        ("Kreis Unna", "05978"),
        ("Unna", "05978"),
        ("Lippe", "05766"),
        ("Rhein Sieg Kreis", "05382"),
        ("Hochsauerland", "05958"),
        ("Wermels", "05378"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(typed, key):
    assert [group.centre["key"] for group in ask(typed).responsible] == [key]


def test_the_region_around_aachen_has_two_centres():
    assert found("Städteregion Aachen") == [
        ("05334002", "Aachen (Städteregion Aachen)"),
        ("05334", "Städteregion Aachen, übrige Orte"),
    ]


def test_a_part_of_a_name_lists_the_towns_that_begin_with_it_first():
    assert similar("Neuenk") == []  # one alone is the answer
    assert similar("berg")[:4] == ["Bergheim", "Bergisch Gladbach", "Bergkamen", "Bergneustadt"]
    assert found("berg") == []


def test_a_list_holds_twenty_towns_and_says_that_there_are_more():
    long, short = ask("en"), ask("Bad")

    assert (len(long.similar), long.has_more) == (20, True)
    assert (len(short.similar), short.has_more) == (12, False)


@pytest.mark.parametrize(
    ("typed", "towns"),
    [
        ("Sollingen", ["Solingen"]),
        ("dormund", ["Dortmund"]),
        ("Gelsenkirschen", ["Gelsenkirchen", "Geilenkirchen"]),
        ("Hamburg", []),
        ("Frankfurt am Main", []),
    ],
)
def test_a_slip_in_a_name_is_answered_with_the_towns_that_are_written_alike(typed, towns):
    assert found(typed) == []
    assert similar(typed) == towns


@pytest.mark.parametrize("typed", ["Cologne", "كولونيا", "Кельн"])
def test_a_big_town_is_known_by_its_name_in_other_languages(typed):
    assert found(typed) == [("05315", "Köln")]


def test_every_name_in_another_language_means_a_town_of_the_state():
    towns = set(Municipality.objects.values_list("name", flat=True))
    assert {name.title() for name in OTHER_NAMES.values()} <= towns


def test_beside_the_town_itself_stand_those_of_a_similar_name():
    assert found("Essen") == [("05113", "Essen")]
    assert similar("Hamm") == ["Hamminkeln"]


@pytest.mark.parametrize(("typed", "towns"), [("Solingen-Ohligs", ["Solingen"]), ("Stadt Herne", ["Herne"])])
def test_a_part_of_town_leads_to_the_town_it_is_named_with(typed, towns):
    assert found(typed) == []
    assert similar(typed) == towns


@pytest.mark.parametrize("typed", ["Ohligs", "München", "كامن", "'; DROP TABLE", "x" * 300])
def test_what_is_no_town_of_the_state_is_not_found(typed):
    assert ask(typed).is_empty


@pytest.mark.parametrize("typed", ["", "  ", "ü", "a b", "a\x00b", "1234", "123456", "🎉", "%", "__", "²"])
def test_too_little_is_nothing_to_look_for(typed):
    assert not places.wanted(typed).is_enough


def test_a_name_that_two_towns_bear_shows_both_with_their_district():
    Municipality.objects.filter(name="Olpe").update(name="Herscheid")

    assert set(found("Herscheid")) == {
        ("05962", "Herscheid (Märkischer Kreis)"),
        ("05966", "Herscheid (Kreis Olpe)"),
    }


def test_where_no_centre_is_recorded_nobody_is_named():
    Centre.objects.get(key="05978").delete()

    assert [(group.centre, group.place) for group in ask("Kamen").responsible] == [(None, "Kamen (Kreis Unna)")]
    assert found("52525")


def test_every_town_of_the_state_is_found_by_its_own_name_at_the_centre_that_serves_it():
    served = {}
    for centre in Centre.objects.select_related("carrier"):
        towns = Municipality.objects.filter(district=centre.carrier.district_id, carrier=None)
        own = centre.carrier.municipality_id
        served |= dict.fromkeys([own] if own else towns.values_list("pk", flat=True), centre.key)
    wrong = []
    for town in Municipality.objects.all():
        groups = ask(town.name).responsible
        if [(group.centre["key"], [one.key for one in group.towns]) for group in groups] != [
            (served[town.pk], [town.pk])
        ]:
            wrong.append(town.name)

    assert len(served) == 396
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "ended_on", "is_shown"),
    [
        (date(2026, 9, 30), None, False),  # not there yet
        (date(2026, 10, 1), None, True),
        (date(2026, 11, 22), None, True),  # vouched for three weeks before
        (date(2027, 10, 31), None, True),
        (date(2027, 11, 1), None, False),  # nobody has vouched for it for a year
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 22), date(2026, 11, 21), False),  # ended
    ],
)
def test_a_contact_is_shown_while_it_is_there_and_somebody_vouched_for_it_lately(day, ended_on, is_shown):
    CentreContact.objects.create(
        centre=Centre.objects.get(key="05978"),
        function="Auskunft",
        phone="0000 000",
        valid_from=date(2026, 10, 1),
        evidenced_until=date(2026, 10, 31),
        valid_until=ended_on,
        source="Test",
    )
    contacts = [contact.function for group in ask("Kamen", on=day).responsible for contact in group.contacts]

    assert contacts == (["Auskunft"] if is_shown else [])


def test_a_contact_of_2012_is_not_shown_as_one_of_today():
    assert [contact.function for contact in ask("Solingen", on=date(2012, 12, 15)).responsible[0].contacts] == [
        "Integrationsbeauftragte"
    ]
    assert ask("Solingen").responsible[0].contacts == []


@pytest.mark.parametrize("typed", ["59174", "40472", "Kamen", "Essen"])
def test_an_answer_takes_three_statements(typed, django_assert_num_queries):
    with django_assert_num_queries(3):
        ask(typed)
