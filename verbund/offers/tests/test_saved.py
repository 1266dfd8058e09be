"""The list of kept entries in its address: nothing vanishes from it, and it tells nothing that is not public."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.accounts.roles import Role
from verbund.offers import operations
from verbund.offers.saved import reading
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import MONDAY_MORNING, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY_MORNING, tick=False)


@pytest.fixture
def staff(reference, member, acting):
    return acting(member(Role.CENTRE_STAFF))


def body(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_its_entries_in_the_order_of_the_address_with_dates_that_stay_true(client, staff):
    first, second = publish(staff, title="Sprachcafé"), publish(staff, title="Nähkurs")
    page = body(client, f"/merkliste/?e={second.pk}-{first.pk}-{second.pk}")

    assert page.index("Nähkurs") < page.index("Sprachcafé")
    assert page.count('class="saved-entry"') == 2
    assert "24.11." in page
    assert "morgen" not in page
    assert "Hauptstraße 1, 42651 Solingen" in page
    assert 'href="tel:' in page
    assert f'href="/merkliste/?e={first.pk}"' in page


def test_an_ended_entry_says_so_by_its_title_and_one_never_public_keeps_its_title(client, staff):
    ended = publish(staff, title="Lesekreis")
    draft = operations.create_offer(story.partner(), story.content(title="Geheim"), on=story.TODAY, actor=staff)
    operations.end_offer(ended, reason="Raum fehlt", on=story.TODAY, actor=staff)
    page = body(client, f"/merkliste/?e={ended.pk}-{draft.pk}-987654")

    assert page.count('class="saved-entry"') == 3
    assert page.count("Dieses Angebot ist beendet.") == 1
    assert page.count("Dieses Angebot ist nicht mehr öffentlich.") == 2
    assert "Lesekreis" in page
    assert "Geheim" not in page


def test_a_protected_address_is_not_on_the_list(client, staff):
    hidden = story.place(is_protected=True, street="", postcode="", name="Haus am See")
    offer = publish(staff, title="Frauentreff", at=[story.tuesdays(hidden)])
    page = body(client, f"/merkliste/?e={offer.pk}")

    assert "Haus am See" not in page
    assert "Die Adresse ist geschützt." in page


def test_what_of_an_address_cannot_be_read_is_said(client, staff):
    assert reading.listed("1-2-1-x") == reading.Listed([1, 2], is_damaged=True)
    assert reading.listed("1", more="https://verbund.example/angebote/7/?sprache=ar").numbers == [1, 7]
    assert reading.listed("1", more="Sprachcafé").is_damaged
    too_many = reading.listed("-".join(map(str, range(1, 40))))
    assert (len(too_many.numbers), too_many.is_too_long) == (30, True)
    assert "war nicht zu lesen" in body(client, "/merkliste/?e=1-99999999999999999999")
    assert client.get("/merkliste/qr.svg?e=x").status_code == 404
    assert client.get("/merkliste/qr.svg?e=1-2&sprache=ar").headers["Content-Type"] == "image/svg+xml"


def test_the_list_asks_the_same_number_of_statements_for_one_entry_and_for_three(client, staff):
    numbers = [publish(staff, title=title).pk for title in ("Sprachcafé", "Nähkurs", "Lesekreis")]
    counts = []
    for some in (numbers[:1], numbers):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            body(client, f"/merkliste/?e={'-'.join(map(str, some))}&sprache=ar")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 10


def test_only_pages_for_everybody_say_that_a_device_may_keep_them_and_as_of_when(client, staff, client_of, member):
    offer = publish(staff)
    addresses = ["/angebote/", offer.get_absolute_url(), f"/merkliste/?e={offer.pk}", "/merkliste/ohne-netz/"]

    for address in addresses:
        answer = client.get(address)
        assert answer.headers["Offline-Copy"] == "23.11., 10:00"
        assert answer.cookies == {}
        unchanged = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (unchanged.status_code, unchanged.headers["Offline-Copy"]) == (304, "23.11., 10:00")
    signed_in = client_of(member(Role.CENTRE_STAFF))
    assert [address for address in addresses if "Offline-Copy" in signed_in.get(address).headers] == []
    assert "Offline-Copy" not in client.get("/angebote/987654/").headers


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("tr", "ltr")])
def test_the_application_opens_in_the_language_it_was_installed_in(client, language, direction):
    said = json.loads(client.get(f"/app.webmanifest?sprache={language}").content)

    assert said["dir"] == direction
    assert said["start_url"] == ("/angebote/" if language == "de" else f"/angebote/?sprache={language}")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512", "any"}


def test_the_service_worker_is_asked_for_anew_and_unchanged_when_it_is(client):
    answer = client.get("/ohne-netz.js")

    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"] == "text/javascript"
    assert client.get("/ohne-netz.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
