"""Writing an entry: what the form takes, what it refuses and says, and that nothing typed is lost."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.offers import operations
from verbund.offers.content import OfferContent
from verbund.offers.editing.clock import ClockField, read_time
from verbund.offers.models import Offer, Place
from verbund.offers.proposals.hours import read_spans
from verbund.offers.tests import story
from verbund.offers.tests.editing_story import block, form, hours, rows

pytestmark = pytest.mark.django_db
NEW = "/angebote/pflege/neu/"


@pytest.fixture
def partner():
    return story.partner()


@pytest.fixture
def staff(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def client(client_of, staff, partner):
    return client_of(staff)


@pytest.fixture
def offer(partner, staff, acting):
    content = story.content(at=[story.tuesdays(story.place())])
    return operations.create_offer(partner, content, on=today(), actor=acting(staff))


def errors(answer) -> str:
    return answer.content.decode().split("error-summary", 1)[1].split("</ul>")[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15", time(15)),
        ("15:00", time(15)),
        ("15.00 Uhr", time(15)),
        ("9 Uhr", time(9)),
        ("900", time(9)),
        ("1530", time(15, 30)),
        ("15 Uhr 30", time(15, 30)),
        ("8h", time(8)),
        (" ９：３０ ", time(9, 30)),
        ("24:00", None),
        ("25", None),
        ("15:61", None),
        ("nachmittags", None),
        ("-3", None),
        ("99999", None),
    ],
)
def test_times_are_understood_as_people_type_them(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["24:00", "24", "24 Uhr", "2400"])
def test_an_end_at_midnight_is_the_last_minute_of_the_day_and_nothing_begins_then(typed):
    assert ClockField(is_end=True).clean(typed) == time(23, 59)
    assert read_spans(f"20 - {typed}") == ((time(20), time(23, 59)),)
    assert read_spans(f"{typed}-24") is None
    with pytest.raises(ValidationError):
        ClockField().clean(typed)
    with pytest.raises(ValidationError):
        ClockField(is_end=True).clean("24:30")


def test_a_whole_entry_is_stored_as_it_was_typed(client, partner):
    where = story.place()
    extra = {"kind": "EXTRA", "day": "24.12.2026", "opens": "10", "closes": "12"}
    cancelled = {"kind": "CANCELLED", "day": "29.12.2026", "note": "Feiertage"}
    summer = {"first_day": "05.07.2027", "last_day": "17.08.2027", "reason": "Sommer"}
    timed = hours("3", "900", "9 Uhr 30", languages="Türkisch, arabisch", by_appointment="on")
    first = block(0, where.pk, hours(), timed, changes=[extra, cancelled], breaks=[summer], room="3")
    answer = client.post(NEW, form(partner, place=where, blocks=[first, block(1, "fern", hours("0", "9", "10"))]))
    offer = Offer.objects.get()
    content = OfferContent.of(offer)

    assert answer["Location"] == reverse("offers:kept-offer", args=[offer.pk])
    assert (offer.status, offer.title) == ("DRAFT", "Sprachcafé")
    assert content.terms == (("AUDIENCE", "women"), ("NEED", "learn-german"))
    assert [(row.weekday, row.opens, row.closes) for row in content.at[0].hours] == [
        (1, time(15), time(17)),
        (3, time(9), time(9, 30)),
    ]
    assert (content.at[0].hours[1].languages, content.at[0].hours[1].by_appointment) == (("ar", "tr"), True)
    assert [row.day for row in content.at[0].changes] == [date(2026, 12, 24), date(2026, 12, 29)]
    assert (content.at[0].breaks[0].last_day, content.at[0].room) == (date(2027, 8, 17), "3")
    assert content.at[1].place is None


def test_the_stored_entry_comes_back_into_the_form_and_saving_it_unchanged_records_nothing(client, partner):
    client.post(NEW, form(partner))
    offer, entries = Offer.objects.get(), AuditEntry.objects.count()
    page = client.get(reverse("offers:edit", args=[offer.pk]))
    place = OfferContent.of(offer).at[0].place
    answer = client.post(
        reverse("offers:edit", args=[offer.pk]), form(partner, place=Place.objects.get(pk=place), version="1")
    )

    assert "15:00" in page.content.decode()
    assert (answer.status_code, AuditEntry.objects.count()) == (302, entries)
    assert Offer.objects.get().version == 1


WRONG = {
    "no title": ({"title": " "}, "Titel"),
    "too long": ({"summary": "x" * 221}, "Was man bekommt"),
    "ages": ({"minimum_age": "20", "maximum_age": "10"}, "Das höchste Alter"),
    "huge number": ({"minimum_age": "9" * 5000}, "ab Jahren"),
    "period": ({"valid_from": "02.01.2027", "valid_until": "01.01.2027"}, "Das Ende liegt vor dem Beginn"),
    "no such day": ({"valid_from": "31.02.2027"}, "Diesen Tag gibt es nicht"),
    "free with fee": ({"amount_fee": "5"}, "kostenlos angekreuzt"),
    "mail": ({"email": "kein.mail"}, "E-Mail"),
    "link": ({"website": "javascript:alert(1)"}, "Webseite"),
    "unknown need": ({"terms_need": ["gibt-es-nicht"]}, "Worum geht es"),
    "a word of another kind": ({"terms_need": ["women"]}, "Worum geht es"),
    "unknown language": (rows("sprachen", {"language": "xx", "mode": "SPOKEN"}), "Sprache"),
    "no time": ({"orte-0-zeiten-0-opens": "früh"}, "Diese Uhrzeit verstehen wir nicht"),
    "ends before it begins": ({"orte-0-zeiten-0-closes": "14"}, "Das Ende liegt nicht nach dem Beginn"),
    "half a row": ({"orte-0-zeiten-0-weekday": ""}, "Wochentag"),
    "languages of hours": ({"orte-0-zeiten-0-languages": "Klingonisch"}, "Diese Sprache kennen wir nicht"),
    "hours without a place": ({"orte-0-place": ""}, "Wählen Sie den Ort"),
    "a hundred rows": (rows("orte-0-zeiten", *[hours() for _number in range(100)]), "Höchstens 40"),
    "NUL": ({"title": "a\x00b"}, "Titel"),
    "no management data": ({"sprachen-TOTAL_FORMS": "quer"}, "unvollständig"),
    "language twice": (rows("sprachen", *[{"language": "ar", "mode": "SPOKEN"}] * 2), "steht schon weiter oben"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_entries_are_refused_with_a_sentence_and_nothing_is_stored_or_lost(client, partner, case):
    typed, sentence = WRONG[case]
    answer = client.post(NEW, form(partner, **typed, to_bring="Das hier bleibt stehen"))

    assert answer.status_code == 422
    assert sentence in errors(answer)
    assert "Das hier bleibt stehen" in answer.content.decode()
    assert not Offer.objects.exists()


def test_the_same_place_twice_is_refused(client, partner):
    where = story.place()
    answer = client.post(NEW, form(partner, blocks=[block(0, where.pk, hours()), block(1, where.pk, hours("2"))]))

    assert "Dieser Ort steht schon weiter oben" in errors(answer)


def test_a_row_is_added_without_judging_or_saving_and_keeps_what_was_typed(client, partner, offer):
    typed = form(partner, title="", **{"orte-0-zeiten-0-opens": "früh"})
    for address in (NEW, reverse("offers:edit", args=[offer.pk])):
        answer = client.post(f"{address}zeilen/orte-0-zeiten/", typed)
        text = answer.content.decode()

        assert answer.status_code == 200
        assert 'name="orte-0-zeiten-1-opens"' in text
        assert 'value="früh"' in text
        assert "error-summary" not in text
        assert answer.context["entry"].blocks[0].hours.forms[1]["in_school_holidays"].value() is True
    more = client.post(f"{NEW}zeilen/orte/", typed).content.decode()
    assert 'name="orte-1-zeiten-0-opens"' in more
    assert client.post(f"{NEW}zeilen/quer/", typed).status_code == 404
    assert Offer.objects.count() == 1


def test_a_new_place_gets_its_town_and_an_approximate_point_from_the_postcode(client, partner):
    new = {"neu-name": "Café Welt", "neu-street": "Konrad-Adenauer-Straße 1", "neu-postcode": "42651"}
    client.post(NEW, form(partner, blocks=[block(0, "neu", hours(), **new)]))
    place = Offer.objects.get().at_places.get().place

    assert (place.name, place.municipality.name, place.centre_id) == ("Café Welt", "Solingen", partner.centre_id)
    assert place.latitude is not None


def test_of_a_protected_address_only_the_town_is_stored_anywhere(client, partner):
    new = {"neu-name": "Schutzhaus", "neu-street": "Geheimweg 7", "neu-postcode": "42651", "neu-is_protected": "on"}
    new |= {"neu-directions": "hinter der Kapelle"}
    client.post(NEW, form(partner, blocks=[block(0, "neu", hours(), **new)]))
    place = Offer.objects.get().at_places.get().place
    trail = " ".join(str(entry.changes) + entry.note for entry in AuditEntry.objects.all())

    assert (place.street, place.postcode, place.latitude, place.directions) == ("", "", None, "")
    assert place.municipality.name == "Solingen"
    assert "Geheimweg" not in trail
    assert "Kapelle" not in trail


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({"neu-name": "A", "neu-street": "B 1", "neu-postcode": "99999"}, "gibt es in Nordrhein-Westfalen nicht"),
        ({"neu-name": "A", "neu-street": "B 1", "neu-postcode": "42651", "neu-town": "Köln"}, "Zu dieser Postleitzahl"),
        ({"neu-name": "A", "neu-street": "B 1"}, "Postleitzahl oder die Stadt"),
        ({"neu-name": "A", "neu-postcode": "42651"}, "Straße und Hausnummer"),
    ],
)
def test_a_new_place_without_a_right_address_is_refused_and_leaves_nothing(client, partner, new, sentence):
    answer = client.post(NEW, form(partner, blocks=[block(0, "neu", hours(), **new)]))

    assert sentence in errors(answer)
    assert not Offer.objects.exists()
    assert not Place.objects.exclude(name="Haus der Begegnung").exists()


def test_the_preview_reads_as_the_public_will_and_saves_nothing(client, partner):
    new = {"neu-name": "Schutzhaus", "neu-street": "Geheimweg 7", "neu-postcode": "42651", "neu-is_protected": "on"}
    typed = form(partner, blocks=[block(0, "neu", hours(), **new)], title="<script>alert(1)</script>")
    text = client.post(f"{NEW}vorschau/", typed).content.decode()
    reading = text.split('id="vorschau"')[1].split("</article>")[0]

    assert "geschützte Adresse in Solingen" in reading
    assert "Dienstag 15:00–17:00 Uhr" in reading
    assert "Geheimweg" not in reading
    assert "&lt;script&gt;" in reading
    assert "<script>alert" not in text
    assert not Offer.objects.exists()


def test_a_possible_duplicate_is_shown_once_and_does_not_block(client, partner, offer):
    typed = form(partner, title="Sprach-Café")
    first = client.post(NEW, typed)
    again = client.post(NEW, typed | {"doppelt": str(offer.pk)})

    assert "Gibt es diesen Eintrag schon?" in first.content.decode()
    assert again.status_code == 302
    assert Offer.objects.count() == 2


def test_a_name_or_private_mail_in_the_contact_is_pointed_out_and_saved(client, partner):
    client.post(NEW, form(partner, contact_function="Frau Muster", email="verein@gmx.de"))
    text = client.get(reverse("offers:kept-offer", args=[Offer.objects.get().pk])).content.decode()

    assert "Name einer Person" in text
    assert "sieht privat aus" in text


def test_a_partner_place_or_version_of_others_in_the_form_changes_nothing(client, partner, offer, member, client_of):
    foreign, far = story.partner("05978"), story.place("05978")
    before = OfferContent.of(offer)
    answers = [
        client.post(NEW, form(foreign)),
        client.post(NEW, form(partner, place=far)),
        client.post(reverse("offers:edit", args=[offer.pk]), form(partner, place=far, version="1")),
    ]
    outsider = client_of(member(Role.CENTRE_LEAD, at="05978"))
    for name in ("offers:edit", "offers:edit-preview", "offers:kept-offer"):
        assert outsider.post(reverse(name, args=[offer.pk]), form(partner, title="Fremd")).status_code in {404, 405}

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert Offer.objects.count() == 1
    assert OfferContent.of(Offer.objects.get()) == before


def test_the_second_of_two_editors_sees_what_the_first_saved_and_keeps_the_own_text(client, partner, offer):
    place = Place.objects.get()
    address = reverse("offers:edit", args=[offer.pk])
    client.post(address, form(partner, place=place, version="1", title="Von der Ersten"))
    answer = client.post(address, form(partner, place=place, version="1", title="Von der Zweiten"))
    text = answer.content.decode()

    assert answer.status_code == 409
    assert "Fachkraft" in text
    assert "Von der Ersten" in text
    assert "Von der Zweiten" in text
    assert Offer.objects.get().title == "Von der Ersten"


def test_a_provider_writes_for_the_own_organisation_only(client_of, member, partner):
    provider = client_of(member(Role.PROVIDER_MEMBER, partner.organisation))
    other = story.partner()

    assert provider.post(NEW, form(other)).status_code == 422
    assert provider.post(NEW, form(partner)).status_code == 302
    assert Offer.objects.get().partner == partner


def test_a_provider_that_is_no_partner_yet_is_told_whom_to_ask(client_of, member):
    page = client_of(member(Role.PROVIDER_MEMBER)).get(NEW)

    assert "noch nicht als Anbieter eingetragen" in page.content.decode()
