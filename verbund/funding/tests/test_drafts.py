"""A draft is saved while one types, and saving it in the end keeps what the background saved."""

from datetime import date

import pytest
from django.urls import reverse

from tests.support.cast import member
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
ROW = {
    "label": "Fachkraft 1",
    "function": "SOCIAL_EDUCATION",
    "full_time_share": "1",
    "occupied_from": "2023-01-01",
    "occupied_until": "2023-12-31",
    "is_qualified": "on",
}


@pytest.fixture
def application():
    call = story.call_for(2023)
    cast = story.people()
    return operations.start_application(
        call, centre=story.Centre.objects.get(key="05122"), on=call.opens_on, actor=cast.lead
    )


def typed(*rows, version: int, stored: int = 0) -> dict:
    fields = {"version": version, "purpose": "Aufbau", "posts-TOTAL_FORMS": len(rows), "posts-INITIAL_FORMS": stored}
    return fields | {f"posts-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def test_posts_saved_in_the_background_are_still_there_after_saving_the_page(application, client_of):
    client = client_of(member(Role.CENTRE_LEAD))
    address = reverse("funding:edit", args=[application.pk])

    version = client.post(address, typed(ROW, {}, version=1), headers={"X-Autosave": "1"}).json()["version"]
    client.post(address, typed(ROW, {}, version=version))

    assert [post.label for post in application.posts.all()] == ["Fachkraft 1"]


def test_a_row_that_somebody_emptied_is_no_post_any_more(application, client_of):
    client = client_of(member(Role.CENTRE_LEAD))
    address = reverse("funding:edit", args=[application.pk])
    second = {**ROW, "label": "Fachkraft 2", "occupied_from": str(date(2023, 3, 1))}
    client.post(address, typed(ROW, second, version=1))

    client.post(address, typed({}, second, version=2, stored=2))

    assert [post.label for post in application.posts.all()] == ["Fachkraft 2"]


def test_a_new_application_offers_a_row_for_each_post_the_rules_fund(application, client_of):
    page = client_of(member(Role.CENTRE_LEAD)).get(reverse("funding:edit", args=[application.pk])).content.decode()

    assert page.count("Neue Zeile") == 5 + 1


def test_the_same_draft_sent_twice_is_saved_once_and_no_conflict(application, client_of):
    client = client_of(member(Role.CENTRE_LEAD))
    address = reverse("funding:edit", args=[application.pk])

    first, second = (client.post(address, typed(ROW, {}, version=1)) for _time in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    application.refresh_from_db()
    assert application.version == 2


def test_a_post_that_two_changed_is_shown_with_both_versions(application, client_of):
    client = client_of(member(Role.CENTRE_LEAD))
    address = reverse("funding:edit", args=[application.pk])
    client.post(address, typed(ROW, {}, version=1))

    answer = client.post(address, typed({**ROW, "occupied_until": "2023-06-30"}, {}, version=1))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Stelle Fachkraft 1" in page
    assert "01.01.2023 – 31.12.2023" in page
    assert "01.01.2023 – 30.06.2023" in page
