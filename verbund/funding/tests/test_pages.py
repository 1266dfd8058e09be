"""The pages of applications: what each person finds, and that acts go through them."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from tests.support import cast as people_of
from verbund.accounts.roles import Role
from verbund.funding.models import GrantApplication
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 10)


@pytest.fixture(autouse=True)
def in_june_2022():
    with time_machine.travel("2022-06-10 12:00+02:00", tick=True):
        yield


@pytest.fixture
def call(db):
    return story.call_for(2023, closes_on=date(2022, 10, 31))


@pytest.fixture
def lead(db):
    return people_of.member(Role.CENTRE_LEAD)


def rows_of(posts) -> dict:
    typed = {"posts-TOTAL_FORMS": str(len(posts)), "posts-INITIAL_FORMS": "0"}
    for number, post in enumerate(posts):
        typed |= {f"posts-{number}-{name}": value for name, value in post.items()}
    return typed


POST = {
    "label": "Fachkraft 1",
    "function": "SOCIAL_EDUCATION",
    "full_time_share": "0,5",
    "occupied_from": "2023-01-01",
    "occupied_until": "2023-12-31",
    "is_qualified": "on",
}
TYPED = {
    "purpose": "Koordination",
    "provides_rooms": "on",
    "amount_rooms": "57.000,00",
    "extra_LANGUAGE_POOL": "50.000",
}


def begin(client, call, lead) -> GrantApplication:
    client.post(f"/foerderung/antraege/neu/{call.pk}/", {"centre": lead.organisation_id})
    return GrantApplication.objects.get()


def test_a_lead_begins_an_application_and_saves_what_is_typed(call, lead, client_of):
    client = client_of(lead)
    application = begin(client, call, lead)
    answer = client.post(
        f"/foerderung/antraege/{application.pk}/bearbeiten/", {**TYPED, **rows_of([POST]), "version": "1"}
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    post = application.posts.get()
    assert (post.full_time_share, post.rate_class) == (Decimal("0.5"), "SPECIALIST")
    assert application.extras.get().amount == Decimal("50000.00")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount_rooms", "57,000.00", "Bitte schreiben Sie den Betrag so"),
        ("amount_rooms", "viel", "Bitte schreiben Sie den Betrag so"),
        ("posts-0-full_time_share", "1,5", "höchstens 1"),
        ("posts-0-full_time_share", "halb", "Bitte schreiben Sie den Anteil so"),
        ("posts-0-occupied_until", "2022-12-31", "Das Ende liegt vor dem Beginn"),
        ("posts-0-occupied_from", "2023-02-30", "Diesen Tag gibt es nicht"),
    ],
)
def test_bad_input_gets_a_sentence_at_the_field_keeps_what_was_typed_and_changes_nothing(
    call, lead, client_of, field, typed, sentence
):
    client = client_of(lead)
    application = begin(client, call, lead)
    answer = client.post(
        f"/foerderung/antraege/{application.pk}/bearbeiten/",
        {**TYPED, **rows_of([POST]), "version": "1", field: typed},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Koordination" in page
    assert typed in page
    application.refresh_from_db()
    assert (application.purpose, application.version, application.posts.count()) == ("", 1, 0)


def test_of_two_people_who_edit_the_second_sees_what_changed_and_keeps_the_own_text(call, lead, client_of):
    application = begin(client_of(lead), call, lead)
    colleague = client_of(people_of.member(Role.CENTRE_STAFF))
    url = f"/foerderung/antraege/{application.pk}/bearbeiten/"
    client_of(lead).post(url, {**TYPED, **rows_of([]), "version": "1"})
    answer = colleague.post(url, {**TYPED, **rows_of([]), "version": "1", "purpose": "Mein anderer Text"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mein anderer Text" in page
    assert "Koordination" in page
    application.refresh_from_db()
    assert application.purpose == "Koordination"


def test_every_page_of_an_application_opens_for_those_who_work_with_it(call, client_of):
    cast = story.people()
    decision = story.proposed(call, cast, amount="193500", posts=story.full_staff(2023), on=JUNE)
    number = decision.application_id
    carrier = ["", "antraege/", f"antraege/{number}/", "aufrufe/"]
    authority = [*carrier, f"antraege/{number}/pruefung/", f"entscheidungen/{decision.pk}/"]
    for actor, addresses in (
        (cast.lead, carrier),
        (cast.treasury, carrier),
        (cast.officer, authority),
        (cast.approver, authority),
    ):
        client = client_of_actor(client_of, actor)
        for address in addresses:
            answer = client.get(f"/foerderung/{address}")
            assert answer.status_code == 200, (actor.label, address)


def client_of_actor(client_of, actor):
    from verbund.directory.models import Membership

    return client_of(Membership.objects.get(pk=actor.membership_id))


def test_the_review_points_at_a_grant_the_centre_already_has_that_year(call, client_of):
    cast = story.people()
    story.granted(call, cast, amount="193500", posts=story.full_staff(2023), on=JUNE)
    second = story.submitted(story.call_for(2023), cast, posts=story.full_staff(2023), on=JUNE)
    page = client_of_actor(client_of, cast.officer).get(f"/foerderung/antraege/{second.pk}/pruefung/").content.decode()
    assert "schon eine Bewilligung" in page
    assert "193.500,00" in page
