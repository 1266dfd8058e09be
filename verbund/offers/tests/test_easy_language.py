"""Leichte Sprache: written at a centre, read by a reviewer, shown with the day of the check; never by a machine."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations as offers
from verbund.offers.content import OfferContent
from verbund.offers.editing.words import Words
from verbund.offers.models import EASY, Offer, OfferText
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.words import operations

pytestmark = pytest.mark.django_db
PLAIN = {
    "title": "Sprach-Café",
    "summary": "Sie sprechen Deutsch. Dazu gibt es Kaffee.",
    "description": "",
    "next_steps": "Kommen Sie einfach.",
    "to_bring": "",
}
NOT_YET = "Diesen Text gibt es noch nicht in Leichter Sprache. Hier steht der deutsche Text."
OUTDATED = "Der deutsche Text ist neu. Der deutsche Text gilt."


@pytest.fixture
def staff(reference, member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def reviewer(member):
    return member(Role.TRANSLATION_REVIEWER)


@pytest.fixture
def offer(staff, acting):
    return publish(acting(staff), title="Sprachcafé", next_steps="")


def write(offer, actor, **more) -> OfferText:
    seen = operations.sign_of_text(operations.easy_text_of(offer))
    return operations.write_easy_text(offer, PLAIN | more, seen=seen, actor=actor)


def check(text, actor):
    text = OfferText.objects.select_related("offer").get(pk=text.pk)
    said = {name: getattr(text, name) for name in operations.TEXTS}
    operations.check_text(text, said, seen=operations.sign_of_text(text), on=today(), actor=actor)


def read(client, offer) -> str:
    return client.get(f"{offer.get_absolute_url()}?sprache=leicht").content.decode()


def test_readers_see_the_text_once_a_reviewer_has_read_it_with_the_day_and_the_function(
    client, client_of, offer, staff, reviewer
):
    address = reverse("offers:easy-text", args=[offer.pk])
    assert NOT_YET in read(client, offer)
    seen = operations.sign_of_text(operations.easy_text_of(offer))
    assert client_of(staff).post(address, PLAIN | {"seen": seen}).status_code == 302
    waiting = read(client, offer)
    assert NOT_YET in waiting
    assert PLAIN["summary"] not in waiting
    lists = ("/angebote/?sprache=leicht", f"/merkliste/?e={offer.pk}&sprache=leicht")
    assert all("noch nicht in Leichter Sprache" in client.get(one).content.decode() for one in lists)

    text = operations.easy_text_of(offer)
    answer = client_of(reviewer).post(
        reverse("offers:text", args=[text.pk]), PLAIN | {"seen": operations.sign_of_text(text)}
    )
    assert answer.status_code == 302
    page = read(client, offer)
    assert '<html lang="de-simple" dir="ltr">' in page
    assert "<h1>Sprach-Café</h1>" in page
    assert f"Leichte Sprache, geprüft am {today():%d.%m.%Y} von: Übersetzungsprüfung" in page
    assert NOT_YET not in page
    assert not any("noch nicht in Leichter Sprache" in client.get(one).content.decode() for one in lists)


def test_a_text_whose_german_original_changed_is_marked_as_outdated(client, client_of, offer, staff, reviewer, acting):
    check(write(offer, acting(staff)), acting(reviewer))
    assert OUTDATED not in read(client, offer)
    offer.refresh_from_db()
    content = OfferContent.of(offer)
    changed = replace(content, values=content.values | {"summary": "Nur noch mit Anmeldung"})
    offers.edit_offer(offer, changed, seen=offer.version, on=today(), actor=acting(staff))

    assert OUTDATED in read(client, offer)
    page = client_of(staff).get(reverse("offers:easy-text", args=[offer.pk])).content.decode()
    assert "Veraltet: Der deutsche Text wurde seitdem geändert." in page


def test_a_new_version_waits_again_and_readers_get_the_german_text_meanwhile(client, offer, staff, reviewer, acting):
    check(write(offer, acting(staff)), acting(reviewer))
    write(offer, acting(staff), title="Sprach-Café am Abend")

    assert NOT_YET in read(client, offer)
    assert "am Abend" not in read(client, offer)


def test_whoever_wrote_the_text_does_not_check_it_in_another_function(client_of, member, offer, staff, acting):
    both = member(Role.TRANSLATION_REVIEWER)
    both.user = staff.user
    both.save()
    text = write(offer, acting(staff))

    with pytest.raises(operations.OwnText):
        check(text, acting(both))
    answer = client_of(both).post(
        reverse("offers:text", args=[text.pk]),
        PLAIN | {"seen": operations.sign_of_text(operations.easy_text_of(offer))},
    )
    assert answer.status_code == 422
    assert "prüft ihn nicht selbst" in answer.content.decode()
    assert OfferText.objects.get().checked_on is None


def test_only_the_centre_that_keeps_the_entry_writes_and_it_does_not_check(
    client, client_of, member, offer, staff, reviewer, acting
):
    address = reverse("offers:easy-text", args=[offer.pk])
    foreign = member(Role.CENTRE_STAFF, at="05978")
    provider = member(Role.PROVIDER_MEMBER, offer.partner.organisation)
    assert client_of(staff).get(address).status_code == 200
    for one, status in ((foreign, 404), (reviewer, 404), (provider, 403)):
        for answer in (client_of(one).get(address), client_of(one).post(address, PLAIN | {"seen": "x"})):
            assert (one.role, answer.status_code) == (one.role, status)
    assert client.get(address).status_code == 302
    assert not OfferText.objects.exists()

    text = write(offer, acting(staff))
    check_address = reverse("offers:text", args=[text.pk])
    assert client_of(staff).get(check_address).status_code == 404
    assert client_of(reviewer).get(check_address).status_code == 200


def test_two_people_who_write_do_not_overwrite_each_other(client_of, offer, staff, acting):
    seen = operations.sign_of_text(operations.easy_text_of(offer))
    write(offer, acting(staff), title="Café zum Sprechen")
    answer = client_of(staff).post(reverse("offers:easy-text", args=[offer.pk]), PLAIN | {"seen": seen})

    assert answer.status_code == 409
    assert "Café zum Sprechen" in answer.content.decode()
    assert OfferText.objects.get().title == "Café zum Sprechen"


@pytest.mark.postgres
def test_a_text_by_a_machine_cannot_even_be_stored(offer):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferText.objects.create(offer=offer, language_id=EASY, origin="MACHINE", **PLAIN, source_sha256="x")


def test_the_same_search_finds_the_same_entries_in_german_arabic_and_leichte_sprache(client, staff, acting, reviewer):
    actor = acting(staff)
    found = [publish(actor, title=title) for title in ("Sprachcafé", "Deutschkurs am Abend", "Nähkurs")]
    check(write(found[0], actor), acting(reviewer))
    OfferText.objects.create(
        offer=found[1], language_id="ar", title="دورة", summary="تعلم", source_sha256=found[1].text_sha256()
    )
    shown = {}
    for search in ("was=Deutschkurs", "ort=42651&anliegen=learn-german&tag=1", "was=Sprach-Café", "kostenlos=1"):
        for language in ("de", "ar", EASY):
            page = client.get(f"/angebote/?{search}&sprache={language}").content.decode()
            shown.setdefault(search, []).append(
                [pk for pk in (one.pk for one in found) if f'data-offer="{pk}"' in page]
            )
    assert all(german == arabic == easy != [] for german, arabic, easy in shown.values()), shown


def test_what_waits_for_the_check_is_in_no_search_feed_or_open_data(client, offer, staff, reviewer, acting):
    text = write(offer, acting(staff), title="Wartetext", summary="Wartetext für alle")
    addresses = [
        "/angebote/?was=Wartetext&sprache=leicht",
        "/angebote/?sprache=leicht",
        f"/api/hsds/services/{offer.uid}",
        "/angebote/feed.atom?sprache=leicht",
        f"/angebote/{offer.pk}/kalender.ics?sprache=leicht",
        f"/merkliste/?e={offer.pk}&sprache=leicht",
    ]
    assert [one for one in addresses if "Wartetext für alle" in client.get(one).content.decode()] == []
    check(text, acting(reviewer))
    assert "Wartetext für alle" in client.get(addresses[0]).content.decode()
    assert '"de-simple"' in client.get(addresses[2]).content.decode()


def test_leichte_sprache_is_read_and_never_spoken(client, offer):
    page = client.get("/angebote/?sprache=leicht").content.decode()

    assert 'value="leicht"' not in page.partition('id="spricht"')[2].partition("</select>")[0]
    assert EASY not in Words().languages
    assert 'hreflang="de-simple"' in page
    assert "Schule und Kinder-Garten" in page
    assert "Noch keine Prüf-Gruppe hat die Seite gelesen." in page
    assert Offer.objects.get().languages.get().language_id == "ar"


def test_a_text_of_an_entry_that_is_not_public_is_nothing_for_reviewers(client_of, staff, reviewer, acting):
    draft = offers.create_offer(story.partner(), story.content(), on=story.TODAY, actor=acting(staff))
    text = write(draft, acting(staff))

    assert client_of(reviewer).get(reverse("offers:text", args=[text.pk])).status_code == 404


def test_a_next_step_that_says_the_first_one_again_stands_once(client, staff, reviewer, acting):
    offer = publish(acting(staff), next_steps="", registration=Offer.Registration.NONE)
    said = "Kommen Sie einfach. Sie müssen sich nicht anmelden."
    check(write(offer, acting(staff), next_steps=said), acting(reviewer))
    pages = [read(client, offer), client.get(f"{offer.get_absolute_url()}druck/?sprache=leicht").content.decode()]
    assert [page.count(said) for page in pages] == [1, 1]
    check(write(offer, acting(staff), next_steps="Bringen Sie Zeit mit."), acting(reviewer))
    assert "Bringen Sie Zeit mit." in read(client, offer)
