"""Checking translations: who sees which, what a check changes for readers, and what it never loses."""

from datetime import date

import pytest

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.offers import operations as offers
from verbund.offers.content import OfferContent
from verbund.offers.models import Offer, OfferText
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.words import operations, queries

pytestmark = pytest.mark.django_db
TEXTS = "/angebote/uebersetzungen/"
UNCHECKED = "لم تتم مراجعة الترجمة"
OUTDATED = "تغيّر النص الألماني"


@pytest.fixture
def reviewer(member):
    return member(Role.TRANSLATION_REVIEWER)


def translated(offer, language: str = "ar", **more) -> OfferText:
    said = {"title": "مقهى اللغة", "summary": "نتحدث الألمانية", "source_sha256": offer.text_sha256()}
    return OfferText.objects.create(offer=offer, language_id=language, **said | more)


def checked(offer, language: str = "ar", **more) -> OfferText:
    said = {"checked_on": date(2026, 5, 1), "checked_by_function": "Sprachmittlung", "origin": "HUMAN"}
    return translated(offer, language, **said | more)


def typed(text, **more) -> dict:
    text = OfferText.objects.select_related("offer").get(pk=text.pk)
    return {"seen": operations.sign_of_text(text), **{name: getattr(text, name) for name in operations.TEXTS}} | more


def read(client, offer) -> str:
    return client.get(f"{offer.get_absolute_url()}?sprache=ar").content.decode()


def test_after_the_check_the_public_page_no_longer_says_not_checked(client, client_of, reviewer, staff):
    offer = publish(staff)
    text = translated(offer, origin="MACHINE")
    assert UNCHECKED in read(client, offer)
    answer = client_of(reviewer).post(f"{TEXTS}{text.pk}/", typed(text))
    assert answer.status_code == 302
    assert UNCHECKED not in read(client, offer)
    text.refresh_from_db()
    assert (text.checked_on, text.origin) == (today(), "MACHINE")
    assert text.checked_by_function.startswith("Übersetzungsprüfung")
    assert reviewer.user.display_name not in text.checked_by_function
    assert AuditEntry.objects.filter(verb="check_text", target_id=str(text.pk)).count() == 1


def test_a_corrected_text_counts_as_one_of_a_human_being_and_is_read_at_once(client, client_of, reviewer, staff):
    offer = publish(staff)
    text = translated(offer, origin="MACHINE", source_sha256="alt")
    assert OUTDATED in read(client, offer)
    client_of(reviewer).post(f"{TEXTS}{text.pk}/", typed(text, title="مقهى المحادثة"))
    shown = read(client, offer)
    assert "مقهى المحادثة" in shown
    assert OUTDATED not in shown
    text.refresh_from_db()
    assert (text.origin, text.source_sha256) == ("HUMAN", offer.text_sha256())
    history = client_of(reviewer).get(f"{TEXTS}{text.pk}/").content.decode()
    assert "Übersetzung berichtigt und geprüft" in history
    assert AuditEntry.objects.get(verb="correct_text").changes["title"] == ["مقهى اللغة", "مقهى المحادثة"]


def test_a_corrected_text_is_found_by_its_new_words(client, client_of, reviewer, staff):
    offer = publish(staff)
    text = translated(offer)
    client_of(reviewer).post(f"{TEXTS}{text.pk}/", typed(text, description="لعبة الشطرنج"))
    assert offer.get_absolute_url() in client.get("/angebote/?was=الشطرنج").content.decode()


@pytest.mark.postgres
def test_what_waits_is_what_nobody_checked_or_what_was_made_from_another_text(database, member, acting, staff):
    offer = publish(staff, title="Nähtreff für Mütter", description="Größe „egal“,\r\nمرحبا – ça va?")
    same, other = checked(offer, "ar"), checked(offer, "tr", source_sha256="0" * 64)
    unchecked = translated(offer, "uk")
    actor = acting(member(Role.TRANSLATION_REVIEWER))
    visible = queries.texts_visible_to(actor)
    assert [text.pk for text in queries.texts_to_check(visible)] == [other.pk, unchecked.pk]
    assert queries.waiting_by_language(visible) == [("tr", "Türkisch", 1), ("uk", "Ukrainisch", 1)]
    assert {text.pk: text.is_outdated for text in queries.with_age(visible)} == {
        same.pk: False,
        other.pk: True,
        unchecked.pk: False,
    }
    values = OfferContent.of(offer).values | {"summary": "Jetzt auch mit Nähmaschine"}
    content = OfferContent(values=values, terms=(("NEED", "learn-german"),))
    offers.edit_offer(offer, content, seen=offer.version, on=story.TODAY, actor=staff)
    assert queries.texts_to_check(visible).count() == 3


@pytest.mark.parametrize(
    ("role", "at", "public", "draft"),
    [
        (Role.TRANSLATION_REVIEWER, "", 200, 404),
        (Role.CENTRE_STAFF, "05122", 200, 200),
        (Role.CENTRE_LEAD, "05122", 200, 200),
        (Role.CENTRE_STAFF, "05978", 404, 404),
        (Role.COORDINATOR, "", 404, 404),
        (Role.OPERATOR, "", 404, 404),
        (Role.PROVIDER_MEMBER, "", 404, 404),
        (Role.LANGUAGE_MEDIATOR, "", 404, 404),
        (None, "", 302, 302),
    ],
)
def test_reviewers_check_what_is_public_and_a_centre_its_own(client_of, member, staff, role, at, public, draft):
    shown = translated(publish(staff, title="Öffentlich"))
    hidden = translated(offers.create_offer(story.partner(), story.content(), on=story.TODAY, actor=staff))
    client = client_of((member(role, at=at) if at else member(role)) if role else None)
    for text, status in ((shown, public), (hidden, draft)):
        path = f"{TEXTS}{text.pk}/"
        assert client.get(path).status_code == status
        answer = client.post(path, typed(text))
        text.refresh_from_db()
        assert (text.checked_on is not None) is (status == 200)
        assert answer.status_code == {200: 302, 302: 403}.get(status, status)


@pytest.mark.parametrize(
    ("role", "at", "status", "is_listed"),
    [
        (Role.TRANSLATION_REVIEWER, "", 200, True),
        (Role.CENTRE_STAFF, "05122", 200, True),
        (Role.CENTRE_STAFF, "05978", 200, False),
        (Role.COORDINATOR, "", 403, False),
        (Role.PROVIDER_MEMBER, "", 403, False),
    ],
)
def test_the_list_shows_only_what_one_may_check(client_of, member, staff, role, at, status, is_listed):
    translated(publish(staff, title="Nähtreff"))
    answer = client_of(member(role, at=at) if at else member(role)).get(TEXTS)
    assert answer.status_code == status
    assert ("Nähtreff" in answer.content.decode()) is is_listed


def test_the_list_is_filtered_by_language_and_the_next_text_follows(client_of, reviewer, staff):
    first, second = publish(staff, title="Anfang"), publish(staff, title="Zweites")
    one, two = translated(first), translated(second)
    turkish = translated(first, "tr", title="Dil kahvesi")
    client = client_of(reviewer)
    shown = client.get(f"{TEXTS}?sprache=tr").content.decode()
    assert "Dil kahvesi" in shown
    assert "مقهى اللغة" not in shown
    assert client.post(f"{TEXTS}{one.pk}/", typed(one)).url == f"{TEXTS}{two.pk}/"
    assert client.post(f"{TEXTS}{two.pk}/", typed(two)).url == TEXTS
    assert client.post(f"{TEXTS}{turkish.pk}/", typed(turkish)).url == TEXTS
    assert "Keine Übersetzung wartet." in client.get(TEXTS).content.decode()


def test_who_read_another_german_text_or_another_translation_does_not_overwrite_it(client_of, reviewer, staff):
    offer = publish(staff)
    text = translated(offer)
    client, path, old = client_of(reviewer), f"{TEXTS}{text.pk}/", typed(text, title="مقهى")
    Offer.objects.filter(pk=offer.pk).update(summary="Jetzt nur noch freitags")
    answer = client.post(path, old)
    assert answer.status_code == 409
    assert "مقهى" in answer.content.decode()
    old = typed(text, title="مقهى")
    OfferText.objects.filter(pk=text.pk).update(title="مقهى آخر")
    answer = client.post(path, old)
    assert answer.status_code == 409
    assert "مقهى آخر" in answer.content.decode()
    text.refresh_from_db()
    assert (text.title, text.checked_on) == ("مقهى آخر", None)


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "x" * 161}, {"description": "x" * 6001}, {"seen": ""}])
def test_a_text_without_title_or_too_long_is_refused_and_stays_on_the_page(client_of, reviewer, staff, wrong):
    text = translated(publish(staff))
    answer = client_of(reviewer).post(f"{TEXTS}{text.pk}/", typed(text, summary="كلمات جديدة") | wrong)
    assert answer.status_code == 422
    assert "كلمات جديدة" in answer.content.decode()
    text.refresh_from_db()
    assert text.checked_on is None


def test_html_in_a_translation_is_text(client, client_of, reviewer, staff):
    offer = publish(staff, summary="<i>kursiv</i>")
    text = translated(offer)
    client_of(reviewer).post(f"{TEXTS}{text.pk}/", typed(text, title="<b>fett</b>"))
    for shown in (client_of(reviewer).get(f"{TEXTS}{text.pk}/").content.decode(), read(client, offer)):
        assert "<b>fett" not in shown
        assert "<i>kursiv" not in shown
        assert "&lt;b&gt;fett" in shown


def test_the_list_costs_the_same_for_few_and_many(client_of, reviewer, staff, django_assert_max_num_queries):
    for number in range(4):
        translated(publish(staff, story.partner(), title=f"Kurs {number}"))
    client = client_of(reviewer)
    with django_assert_max_num_queries(15):
        assert client.get(TEXTS).status_code == 200
