"""Many entries at once: shown before, done one by one, undone where nobody changed anything since."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.content import OfferContent
from verbund.offers.editing import listing
from verbund.offers.models import BulkChange, Offer
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
CHOOSE, PREVIEW, APPLY = ("offers:bulk-choose", "offers:bulk-preview", "offers:bulk-apply")


@pytest.fixture
def staff(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def offers(staff, acting):
    partner, actor, made = story.partner(), acting(staff), []
    for title in ("Eins", "Zwei", "Drei"):
        content = story.content(at=[story.tuesdays(story.place())], title=title)
        made.append(operations.create_offer(partner, content, on=today(), actor=actor))
        operations.publish_offer(made[-1], on=today(), actor=actor)
    return made


def posted(offers, what="PHONE", **typed) -> dict:
    seen = {f"stand-{offer.pk}": str(Offer.objects.get(pk=offer.pk).version) for offer in offers}
    return {"angebot": [str(offer.pk) for offer in offers], "what": what} | seen | typed


def phones() -> list[str]:
    return list(Offer.objects.order_by("pk").values_list("phone", flat=True))


def test_all_of_the_list_as_it_is_filtered_are_chosen_with_one_press_and_never_those_of_others(
    client, offers, client_of, member, acting
):
    foreign = story.partner("05978")
    lead = member(Role.CENTRE_LEAD, at="05978")
    operations.create_offer(foreign, story.content(title="Drei und fremd"), on=today(), actor=acting(lead))
    assert "Alle 3 gemeinsam ändern" in client.get(reverse("offers:kept")).content.decode()

    some = client.post(f"{reverse(CHOOSE)}?q=Drei", {"alle": "1"})
    everything = client.post(reverse(CHOOSE), {"alle": "1", "angebot": [str(offers[0].pk)]})

    assert [offer.title for offer in some.context["offers"]] == ["Drei"]
    assert [offer.title for offer in everything.context["offers"]] == ["Drei", "Eins", "Zwei"]
    assert "gemeinsam ändern" in client.get(reverse("offers:kept")).content.decode()
    assert "Alle 1 gemeinsam" not in client.get(reverse("offers:kept"), {"q": "Drei"}).content.decode()


def test_more_than_can_be_changed_at_once_are_neither_offered_nor_taken(client, offers, monkeypatch):
    monkeypatch.setattr(listing, "MOST_AT_ONCE", 2)
    assert "Alle 3" not in client.get(reverse("offers:kept")).content.decode()
    assert client.post(reverse(CHOOSE), {"alle": "1"}).status_code == 404
    assert client.post(f"{reverse(CHOOSE)}?q=Drei", {"alle": "1"}).status_code == 200


def test_the_preview_shows_old_and_new_and_who_cannot_and_changes_nothing(client, offers, acting, staff):
    operations.end_offer(offers[2], reason="vorbei", on=today(), actor=acting(staff))
    text = client.post(reverse(PREVIEW), posted(offers, phone="0212 5")).content.decode()

    assert text.count("0212 290-0") == 3
    assert "0212 5" in text
    assert "Geht nicht: Das Angebot ist beendet." in text
    assert "2 Einträge ändern" in text
    assert phones() == ["0212 290-0"] * 3


def test_each_entry_is_changed_by_itself_and_failures_do_not_stop_the_others(client, offers, acting, staff):
    typed = posted(offers, phone="0212 5")
    content = OfferContent.of(offers[0])
    changed = OfferContent(content.values | {"title": "Neu"}, content.terms, content.languages, content.at)
    operations.edit_offer(offers[0], changed, seen=1, on=today(), actor=acting(staff))
    operations.end_offer(offers[2], reason="vorbei", on=today(), actor=acting(staff))
    answer = client.post(reverse(APPLY), typed, follow=True)
    text = answer.content.decode()

    assert phones() == ["0212 290-0", "0212 5", "0212 290-0"]
    assert "Jemand anderes hat inzwischen gespeichert" in text
    assert "Das Angebot ist beendet" in text


def test_undo_restores_exactly_those_that_nobody_changed_since(client, offers, acting, staff):
    client.post(reverse(APPLY), posted(offers, phone="0212 5"))
    again = Offer.objects.get(pk=offers[1].pk)
    content = OfferContent.of(again)
    changed = OfferContent(content.values | {"title": "Danach"}, content.terms, content.languages, content.at)
    operations.edit_offer(again, changed, seen=again.version, on=today(), actor=acting(staff))
    change = BulkChange.objects.get()
    client.post(reverse("offers:bulk-undo", args=[change.pk]))

    assert phones() == ["0212 290-0", "0212 5", "0212 290-0"]
    assert client.post(reverse("offers:bulk-undo", args=[change.pk])).status_code == 422
    assert "nicht zurückgesetzt" in client.get(reverse("offers:bulk", args=[change.pk])).content.decode()


def test_after_a_day_nothing_is_undone(client, offers):
    client.post(reverse(APPLY), posted(offers, phone="0212 5"))
    change = BulkChange.objects.get()
    BulkChange.objects.update(made_at=change.made_at - timedelta(hours=24, minutes=1))

    assert client.post(reverse("offers:bulk-undo", args=[change.pk])).status_code == 422
    assert phones() == ["0212 5"] * 3


def test_the_end_the_contact_and_the_check_are_set_and_put_back(client, offers):
    cases = {
        "VALID_UNTIL": ({"valid_until": "30.06.2099"}, "valid_until", date(2099, 6, 30)),
        "CONTACT": ({"contact": "Büro"}, "contact_function", "Büro"),
        "CHECKED": ({"note": "am Telefon besprochen"}, "checked_on", today()),
    }
    Offer.objects.update(checked_on=date(2020, 1, 1))
    for what, (typed, name, value) in cases.items():
        before = list(Offer.objects.order_by("pk").values_list(name, flat=True))
        client.post(reverse(APPLY), posted(offers, what, **typed))
        assert list(Offer.objects.values_list(name, flat=True)) == [value] * 3, what
        change = BulkChange.objects.order_by("-pk").first()
        client.post(reverse("offers:bulk-undo", args=[change.pk]))
        assert list(Offer.objects.order_by("pk").values_list(name, flat=True)) == before, what


def test_the_public_page_tells_the_check_before_again_once_a_check_is_undone(client, offers, client_of, acting, staff):
    day = date(2020, 1, 1)
    operations.check_offer(offers[0], on=day, how=Offer.Checked.CENTRE, actor=acting(staff))

    def says_old() -> bool:
        return "01.01.2020" in client_of().get(offers[0].get_absolute_url()).content.decode()

    assert says_old()
    client.post(reverse(APPLY), posted(offers[:1], "CHECKED", note="am Telefon besprochen"))
    assert not says_old()
    client.post(reverse("offers:bulk-undo", args=[BulkChange.objects.get().pk]))
    assert says_old()


@pytest.mark.parametrize("step", [CHOOSE, PREVIEW, APPLY])
def test_a_list_with_a_foreign_entry_does_not_exist_and_nothing_happens(client, offers, member, acting, step):
    other = acting(member(Role.CENTRE_LEAD, at="05978"))
    foreign = operations.create_offer(story.partner("05978"), story.content(), on=today(), actor=other)
    for ids in ([offers[0].pk, foreign.pk], ["1' OR 1=1"], [offers[0].pk, 10**14], ["9" * 400], [-1]):
        typed = {"angebot": [str(one) for one in ids], "what": "PHONE", "phone": "666"}
        assert client.post(reverse(step), typed).status_code == 404

    assert set(phones()) == {"0212 290-0"}
    assert not BulkChange.objects.exists()


def test_a_provider_changes_its_own_and_sees_no_change_of_others(offers, client_of, member, client):
    client.post(reverse(APPLY), posted(offers[:1], phone="0212 5"))
    change = BulkChange.objects.get()
    own = client_of(member(Role.PROVIDER_MEMBER, offers[0].partner.organisation))
    other = client_of(member(Role.PROVIDER_MEMBER, story.partner().organisation))

    assert own.post(reverse(APPLY), posted(offers, phone="0212 7")).status_code == 302
    assert phones() == ["0212 7"] * 3
    assert other.post(reverse(APPLY), posted(offers, phone="666")).status_code == 404
    for client_without in (own, other, client_of(member(Role.CENTRE_LEAD, at="05978"))):
        assert client_without.get(reverse("offers:bulk", args=[change.pk])).status_code == 404
        assert client_without.post(reverse("offers:bulk-undo", args=[change.pk])).status_code == 404


def test_wrong_values_are_said_and_an_end_before_the_beginning_is_refused_for_that_entry(client, offers):
    Offer.objects.filter(pk=offers[0].pk).update(valid_from=date(2099, 1, 1))
    wrong = client.post(reverse(APPLY), posted(offers, "VALID_UNTIL", valid_until="31.02.2098"))
    client.post(reverse(APPLY), posted(offers, "VALID_UNTIL", valid_until="01.02.2098"))

    no_number = client.post(reverse(APPLY), posted(offers, phone="im Büro"))
    assert (wrong.status_code, no_number.status_code) == (422, 422)
    assert phones() == ["0212 290-0"] * 3
    assert list(Offer.objects.order_by("pk").values_list("valid_until", flat=True)) == [None] + [date(2098, 2, 1)] * 2


def test_an_end_that_is_over_says_that_the_entries_leave_the_finder(client, offers):
    said = "steht danach nicht mehr in der Suche"
    passed, to_come = (today() + timedelta(days=days) for days in (-1, 1))
    pages = [
        client.post(reverse(PREVIEW), posted(offers, "VALID_UNTIL", valid_until=f"{day:%d.%m.%Y}")).content.decode()
        for day in (passed, to_come)
    ]
    assert [page.count(said) for page in pages] == [3, 0]


def test_without_a_choice_one_is_sent_back_to_the_list(client):
    assert client.post(reverse(CHOOSE)).status_code == 302


def test_the_time_for_undo_is_named(client, offers):
    client.post(reverse(APPLY), posted(offers, phone="0212 5"))
    change = BulkChange.objects.get()
    text = client.get(reverse("offers:bulk", args=[change.pk])).content.decode()

    assert f"{localtime(change.made_at + timedelta(hours=24)):%d.%m.%Y, %H:%M}" in text
