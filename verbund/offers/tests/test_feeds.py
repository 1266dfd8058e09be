"""Calendars and feeds of a search: what the finder finds, as programs read it."""

import re
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from verbund.core.dates import BERLIN
from verbund.offers import operations
from verbund.offers.content import At, Break, Change, Hours
from verbund.offers.feeds import events
from verbund.offers.models import Language, Offer, OfferText
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import MONDAY_MORNING, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ATOM = "{http://www.w3.org/2005/Atom}"
TUESDAY = date(2026, 11, 24)
HOSTILE = "Café; \\ „Tee“,\r\nBEGIN:VEVENT 👩‍👧 قهوة\x07 <b>&amp;" + "ü" * 40


@pytest.fixture
def dates(client):
    """`dates(was="…")` returns the events of the calendar of a search, read again by a library."""

    def asked(path: str = "kalender.ics", **filters) -> list:
        answer = client.get(f"/angebote/{path}", filters)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
        return Calendar.from_ical(answer.content).events

    return asked


@pytest.fixture
def entries(client):
    """`entries(was="…")` returns the entries of the feed of a search."""

    def asked(**filters) -> list:
        answer = client.get("/angebote/feed.atom", filters)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own answer

    return asked


def hours(weekday: int, opens: int, closes: int, **more) -> At:
    return At(place=None, hours=(Hours(weekday, time(opens), time(closes), **more),))


def shown_by_finder(client, **filters) -> set[str]:
    text = client.get("/angebote/", filters).content.decode()
    return set(re.findall(r'offer-card__title"><a [^>]*>([^<]*)</a>', text))


def said(found: list) -> set[str]:
    return {str(event["summary"]) for event in found}


def title(entry) -> str:
    return entry.findtext(f"{ATOM}title")


FILTERS = [
    {}, {"anliegen": "meet-people"}, {"was": "Nähkurs"}, {"spricht": "tr"}, {"spricht": "uk"}, {"kostenlos": "1"},
    {"spricht": "uk", "auch": "1"}, {"tag": "1"}, {"tag": "0", "von": "14:00"}, {"wann": "heute"}, {"wann": "woche"},
    {"frauen": "1"}, {"ort": "Solingen", "umkreis": "5"}, {"tag": "1", "spricht": "tr"},
]  # fmt: skip


@pytest.fixture
def small_world(staff):
    """Six public entries that differ in all that can be asked for, and three that nobody may see."""
    publish(staff, title="Sprachcafé")
    publish(staff, title="Nähkurs", terms=[("NEED", "meet-people")], is_free=False, is_women_only=True)
    publish(staff, title="Früh am Montag", at=[hours(0, 8, 9)])
    publish(staff, title="Montag Nachmittag", at=[hours(0, 14, 16)], languages=[("uk", "ON_REQUEST")])
    far = story.place("05978", name="Treff am Markt", postcode="59423")
    publish(staff, story.partner("05978"), title="Weit weg", at=[story.tuesdays(far)], languages=[("de", "SPOKEN")])
    mixed = (Hours(1, time(15), time(17), languages=("tr",)), Hours(2, time(15), time(17)))
    publish(staff, title="Dienstags Türkisch", languages=[("de", "SPOKEN")], at=[At(place=None, hours=mixed)])
    operations.create_offer(story.partner(), story.content(title="Entwurf"), on=story.TODAY, actor=staff)
    ended = publish(staff, title="Beendet")
    operations.end_offer(ended, reason="Vorbei", on=story.TODAY, actor=staff)
    over = publish(staff, title="Abgelaufen")
    Offer.objects.filter(pk=over.pk).update(valid_until=story.TODAY - timedelta(days=1))
    return staff


@pytest.mark.postgres
def test_calendar_and_feed_have_exactly_the_entries_the_finder_shows(small_world, client, dates, entries):
    for asked in FILTERS:
        shown = shown_by_finder(client, **asked)
        assert said(dates(**asked)) == shown, asked
        assert {title(entry) for entry in entries(**asked)} == shown, asked
    assert len(shown_by_finder(client)) == 6


def test_who_looks_for_hours_gets_only_dates_in_them(small_world, dates):
    assert {event["dtstart"].dt.weekday() for event in dates(spricht="tr")} == {1}
    assert {event["dtstart"].dt.date() for event in dates(wann="woche", tag="1")} == {TUESDAY}
    assert {event["dtstart"].dt.hour for event in dates(tag="0", von="14:00")} == {14}


def test_a_date_says_when_where_and_leads_back(staff, dates):
    offer = publish(staff, phone="0212 290-0")
    first, *rest = dates(f"{offer.pk}/kalender.ics")
    assert first["dtstart"].dt == datetime(2026, 11, 24, 15, tzinfo=BERLIN)
    assert first["dtend"].dt == datetime(2026, 11, 24, 17, tzinfo=BERLIN)
    assert first["dtstart"].params["TZID"] == "Europe/Berlin"
    assert first["location"] == f"Haus der Begegnung, Hauptstraße 1, 42651 {story.place().municipality.name}"
    assert str(first["url"]).endswith(offer.get_absolute_url())
    assert first["last-modified"].dt == offer.changed_at
    assert "0212 290-0" in first["description"]
    assert {event["status"] for event in (first, *rest)} == {"CONFIRMED"}
    assert {event["dtstart"].dt.strftime("%a %H:%M") for event in rest} == {"Tue 15:00"}


def test_an_hour_stays_the_same_on_the_clock_when_summer_time_ends(staff, client):
    with time_machine.travel(datetime(2026, 10, 19, 10, tzinfo=BERLIN), tick=False):
        offer = operations.create_offer(
            story.partner(), story.content(at=[story.tuesdays(None)]), on=date(2026, 10, 19), actor=staff
        )
        operations.publish_offer(offer, on=date(2026, 10, 19), actor=staff)
        found = Calendar.from_ical(client.get(f"/angebote/{offer.pk}/kalender.ics").content)
    assert {event["dtstart"].dt.strftime("%H:%M") for event in found.events} == {"15:00"}
    assert {event["dtstart"].dt.utcoffset() for event in found.events} == {timedelta(hours=2), timedelta(hours=1)}
    assert [str(zone["tzid"]) for zone in found.timezones] == ["Europe/Berlin"]


def test_a_date_called_off_keeps_its_name_and_says_so_until_it_takes_place_again(staff, dates):
    offer = publish(staff)
    path = f"{offer.pk}/kalender.ics"
    before = {str(event["uid"]): event for event in dates(path)}
    place = offer.at_places.get().place

    def edit(*changes) -> dict:
        at = At(place=place.pk, hours=(Hours(1, time(15), time(17)),), changes=changes)
        fresh = Offer.objects.get(pk=offer.pk)
        operations.edit_offer(fresh, story.content(at=[at]), seen=fresh.version, on=story.TODAY, actor=staff)
        return {str(event["uid"]): event for event in dates(path)}

    after = edit(Change(kind="CANCELLED", day=TUESDAY), Change(kind="CANCELLED", day=date(2026, 11, 26)))
    assert after.keys() == before.keys()
    off = [event for event in after.values() if event["status"] == "CANCELLED"]
    assert [event["dtstart"].dt.date() for event in off] == [TUESDAY]
    assert off[0]["sequence"] > before[str(off[0]["uid"])]["sequence"]
    again = edit()
    assert again.keys() == before.keys()
    assert {event["status"] for event in again.values()} == {"CONFIRMED"}


def test_a_paused_entry_has_no_dates_not_even_called_off_ones(staff, dates):
    at = At(place=None, hours=(Hours(1, time(15), time(17)),), changes=(Change(kind="CANCELLED", day=TUESDAY),))
    offer = publish(staff, at=[at])
    assert len([event for event in dates() if event["status"] == "CANCELLED"]) == 1
    operations.pause_offer(offer, until=None, reason="Umbau", on=story.TODAY, actor=staff)
    assert dates() == []


def test_what_begins_at_the_same_moment_is_one_date(staff, dates):
    twice = (Hours(1, time(15), time(16), by_appointment=True), Hours(1, time(15), time(17)))
    publish(staff, at=[At(place=None, hours=twice)])
    found = dates()
    assert len({str(event["uid"]) for event in found}) == len(found)
    assert {event["dtend"].dt.hour for event in found} == {17}


@pytest.mark.parametrize("path", ["kalender.ics", "feed.atom", "{pk}/kalender.ics"])
def test_of_a_protected_place_only_the_town_leaves(staff, client, path):
    place = story.place(is_protected=True, name="Kanarienhaus", street="", postcode="")
    at = At(place=place.pk, hours=(Hours(1, time(15), time(17)),), room="Kanarienzimmer")
    offer = publish(staff, at=[at])
    text = client.get("/angebote/" + path.format(pk=offer.pk)).content.decode().replace("\r\n ", "")
    assert "Kanarien" not in text
    assert place.municipality.name in text


def test_hostile_text_stays_text_in_both(staff, dates, entries):
    offer = publish(staff, summary=HOSTILE)
    Offer.objects.filter(pk=offer.pk).update(title=HOSTILE)
    expected = HOSTILE.replace("\x07", "").replace("\r\n", " ")
    found = dates()
    assert {str(event["summary"]) for event in found} == {expected}
    assert all(set(event) == set(found[0]) for event in found)
    entry = entries()[0]
    assert title(entry) == expected
    assert "<b>" not in entry.findtext(f"{ATOM}summary")


@pytest.mark.postgres
def test_a_calendar_holds_at_most_five_hundred_dates_the_next_ones_and_says_so(staff, client, monkeypatch):
    partner = story.partner()
    for _number in range(3):
        publish(staff, partner, at=[At(place=None, hours=tuple(Hours(day, time(9), time(10)) for day in range(7)))])
    monkeypatch.setattr(events, "MOST_EVENTS", 50)
    for most_in_a_list in (events.MOST_IN_A_LIST, 0):
        monkeypatch.setattr(events, "MOST_IN_A_LIST", most_in_a_list)
        found = Calendar.from_ical(client.get("/angebote/kalender.ics", {"x": most_in_a_list}).content)
        assert len(found.events) == 50
        assert max(event["dtstart"].dt.date() for event in found.events) < story.TODAY + timedelta(days=20)
        assert "mehr, als ein Kalender zeigen kann" in found["description"]


@pytest.mark.parametrize("path", ["kalender.ics", "feed.atom"])
def test_an_address_that_makes_no_sense_is_refused_and_brings_nothing(staff, client, path):
    publish(staff)
    for wrong in ({"tag": "9"}, {"ort": "Nirgendwostadt"}, {"anliegen": "gibt-es-nicht"}, {"von": "18", "bis": "9"}):
        answer = client.get(f"/angebote/{path}", wrong)
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert "Sprachcafé" not in answer.content.decode()
        assert "ETag" not in answer
    assert client.get(f"/angebote/{path}", {"seite": "7"}).status_code == 200


@pytest.mark.parametrize("path", ["kalender.ics?tag=1", "feed.atom?tag=1", "{pk}/kalender.ics"])
def test_nothing_is_sent_again_all_day_until_something_changes(staff, client, path):
    offer = publish(staff)
    address = "/angebote/" + path.format(pk=offer.pk)
    sign = client.get(address)["ETag"]
    with time_machine.travel(MONDAY_MORNING + timedelta(hours=9), tick=False):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address, headers={"If-None-Match": sign}).status_code == 304
        assert len(caught) == 1
    with time_machine.travel(MONDAY_MORNING + timedelta(days=1), tick=False):
        assert client.get(address, headers={"If-None-Match": sign}).status_code == 200
    operations.check_offer(offer, on=story.TODAY, how="CENTRE", actor=staff)
    assert client.get(address, headers={"If-None-Match": sign}).status_code == 200


@pytest.mark.postgres
@pytest.mark.parametrize(("path", "most"), [("kalender.ics", 12), ("feed.atom", 5), ("{pk}/kalender.ics", 13)])
def test_the_number_of_statements_does_not_grow_with_the_entries(staff, client, path, most):
    at = At(place=None, hours=(Hours(1, time(15), time(17)),), changes=(Change(kind="CANCELLED", day=TUESDAY),))

    def statements(number: int) -> int:
        made = [publish(staff, at=[at]) for _one in range(number)]
        client.get("/angebote/?spricht=ar")
        address = "/angebote/" + path.format(pk=made[-1].pk)
        with CaptureQueriesContext(connection) as caught:
            client.get(address, {"spricht": "ar", "sprache": "ar"} if "pk" not in path else {"sprache": "ar"})
        return len(caught)

    assert statements(1) == statements(3) <= most


def test_the_feed_has_the_thirty_that_changed_last_each_under_a_name_for_ever(staff, entries, monkeypatch):
    partner = story.partner()
    made = []
    for number in range(32):
        with time_machine.travel(MONDAY_MORNING + timedelta(minutes=number), tick=False):
            made.append(publish(staff, partner, title=f"Treff {number:02}", at=[story.tuesdays(None)]))
    found = entries()
    assert [title(entry) for entry in found] == [f"Treff {number:02}" for number in range(31, 1, -1)]
    assert found[0].findtext(f"{ATOM}id") == f"urn:uuid:{made[-1].uid}"
    assert found[0].find(f"{ATOM}link").get("href").endswith(made[-1].get_absolute_url())
    monkeypatch.setattr("verbund.offers.feeds.atom.MOST_IN_A_LIST", 0)
    assert [title(entry) for entry in entries(x="1")] == [title(entry) for entry in found]


def test_in_another_language_the_translation_is_shown_with_the_german_title_and_whether_it_is_checked(
    staff, dates, entries
):
    offer = publish(staff)
    OfferText.objects.create(
        offer=offer, language=Language.objects.get(pk="ar"), title="مقهى", summary="تحدث", source_sha256="x"
    )
    event, entry = dates(sprache="ar")[0], entries(sprache="ar")[0]
    assert (str(event["summary"]), title(entry)) == ("مقهى", "مقهى")
    assert str(event["url"]).endswith("?sprache=ar")
    for text in (str(event["description"]), entry.findtext(f"{ATOM}summary")):
        assert "Sprachcafé" in text
        assert "تحدث" in text


@pytest.mark.parametrize("status", ["DRAFT", "ENDED"])
def test_what_is_not_public_has_no_calendar(staff, client, status):
    offer = operations.create_offer(story.partner(), story.content(), on=story.TODAY, actor=staff)
    Offer.objects.filter(pk=offer.pk).update(status=status)
    assert client.get(f"/angebote/{offer.pk}/kalender.ics").status_code == 404
    assert client.get("/angebote/99999999/kalender.ics").status_code == 404


def test_the_finder_leads_to_both_with_its_filters_and_an_entry_to_its_own_calendar(staff, client):
    offer = publish(staff)
    text = client.get("/angebote/", {"was": "café & tee", "tag": "1", "seite": "1", "x": "y"}).content.decode()
    for name in ("kalender.ics", "feed.atom"):
        link = f"/angebote/{name}?was=caf%C3%A9+%26+tee&amp;tag=1"
        assert f'href="{link}"' in text
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    assert 'href="/angebote/kalender.ics"' in client.get("/angebote/").content.decode()
    page = client.get(offer.get_absolute_url(), {"sprache": "en"}).content.decode()
    assert f'href="/angebote/{offer.pk}/kalender.ics?sprache=en"' in page


def test_an_extra_date_is_in_the_calendar_and_days_of_closure_are_not_even_those_called_off(staff, dates):
    changes = (
        Change(kind="EXTRA", day=date(2026, 11, 28), opens=time(10), closes=time(12)),
        Change(kind="CANCELLED", day=date(2026, 12, 1)),
        Change(kind="CANCELLED", day=date(2026, 12, 8)),
    )
    closed = (Break(first_day=date(2026, 12, 7), last_day=date(2027, 1, 31)),)
    publish(staff, at=[At(place=None, hours=(Hours(1, time(15), time(17)),), changes=changes, breaks=closed)])
    assert [(event["dtstart"].dt.strftime("%d.%m. %H:%M"), event["status"]) for event in dates()] == [
        ("24.11. 15:00", "CONFIRMED"),
        ("28.11. 10:00", "CONFIRMED"),
        ("01.12. 15:00", "CANCELLED"),
    ]


def test_dates_come_back_after_a_pause_called_off_ones_too(staff, dates):
    days = (TUESDAY, date(2026, 12, 8))
    changes = tuple(Change(kind="CANCELLED", day=day) for day in days)
    offer = publish(staff, at=[At(place=None, hours=(Hours(1, time(15), time(17)),), changes=changes)])
    operations.pause_offer(offer, until=date(2026, 12, 2), reason="Umbau", on=story.TODAY, actor=staff)
    found = {event["dtstart"].dt.date(): event["status"] for event in dates()}
    assert min(found) == date(2026, 12, 8)
    assert [day for day, status in found.items() if status == "CANCELLED"] == [date(2026, 12, 8)]


def test_summer_time_begins_at_two_and_winter_time_at_three_of_the_time_before(staff, client):
    publish(staff)
    [zone] = Calendar.from_ical(client.get("/angebote/kalender.ics").content).timezones
    begins = {str(part["tzname"]): (part["dtstart"].to_ical(), part["rrule"].to_ical()) for part in zone.subcomponents}
    assert begins == {
        "CEST": (b"19960331T020000", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        "CET": (b"19961027T030000", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    }
    berlin = zone.to_tz()
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
        noon = datetime.combine(day, time(12))
        assert noon.replace(tzinfo=berlin).utcoffset() == noon.replace(tzinfo=BERLIN).utcoffset()
