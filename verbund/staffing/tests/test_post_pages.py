"""The acts on funded posts by their pages: who may, what is refused at which field, who reads names."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.directory.models import Organisation
from verbund.staffing import operations, queries
from verbund.staffing.models import Occupancy
from verbund.staffing.tests.posts import occupied, plan, provided

pytestmark = pytest.mark.django_db

TYPED = {
    "holder": "Person B",
    "full_time_share": "0,5",
    "valid_from": "2024-03-01",
    "valid_until": "31.12.2024",
    "is_qualified": "on",
    "is_funded": "on",
}


@pytest.fixture(autouse=True)
def in_march_2024():
    with time_machine.travel("2024-03-05 12:00+01:00", tick=True):
        yield


@pytest.fixture
def half_held():
    """A post of Solingen, half of it held by Person A, whose qualification nobody has confirmed."""
    (post,) = provided()
    return post, occupied(post, share="0.5", is_qualified=False)


def unit(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def everybody() -> dict:
    """Return a person of every function that could try, and what they get: own readers 403, others do not find it."""
    own = {role: (cast_of.member(role), 403) for role in (Role.CENTRE_STAFF, Role.SIGNATORY, Role.TREASURY)}
    others = {
        role: (cast_of.member(role), 404)
        for role in (Role.COORDINATOR, Role.CONTROLLER, Role.MINISTRY_APPROVER, Role.PROVIDER_MEMBER, Role.OPERATOR)
    }
    return {
        **own,
        **others,
        "visitor": (None, 403),
        "other lead": (cast_of.member(Role.CENTRE_LEAD, at="05978"), 404),
        "auditor": (cast_of.member(Role.AUDITOR, unit("BRA-36")), 404),
        "lead": (cast_of.member(Role.CENTRE_LEAD), 302),
    }


def test_only_the_lead_of_the_centre_records_and_changes_and_refusals_change_nothing(half_held, client_of):
    post, occupancy = half_held
    people = everybody() | {"officer": (cast_of.member(Role.GRANT_OFFICER), None)}
    acts = {
        "occupancy-new": (post.pk, TYPED),
        "occupancy-qualification": (occupancy.pk, {}),
        "occupancy-share": (occupancy.pk, {"first_day": "2024-04-01", "full_time_share": "0,25", "is_funded": "on"}),
        "occupancy-end": (None, {"last_day": "2024-06-30"}),
        "occupancy-cancel": (None, {}),
    }
    wrong = []
    for act, (pk, typed) in acts.items():
        pk = pk or Occupancy.objects.filter(status="RECORDED").earliest("pk").pk
        for who, (member, status) in people.items():
            status = status or (403 if act == "occupancy-new" else 404)
            before = list(Occupancy.objects.values())
            answer = client_of(member).post(reverse(f"staffing:{act}", args=[pk]), typed)
            changed = list(Occupancy.objects.values()) != before
            if (answer.status_code, changed) != (status, who == "lead"):
                wrong.append(f"{act}: {who} {answer.status_code}, changed: {changed}")
            if status == 302 and answer["Location"] != post.get_absolute_url():
                wrong.append(f"{act}: leads to {answer['Location']}")
    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"full_time_share": "0,51"}, "Am 01.03.2024 wäre die Stelle zu 1,01 besetzt"),
        ({"full_time_share": "1,5"}, "höchstens 1"),
        ({"valid_until": "29.02.2025"}, "Diesen Tag gibt es nicht"),
        ({"valid_until": "2025-01-01"}, "vom 01.01.2024 bis zum 31.12.2024 gefördert"),
        ({"valid_until": "2024-02-29"}, "Das Ende liegt vor dem Beginn."),
        ({"holder": ""}, "Name"),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(half_held, client_of, typed, words):
    post, _occupancy = half_held
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    answer = client.post(reverse("staffing:occupancy-new", args=[post.pk]), TYPED | typed)
    text = answer.content.decode()
    assert (answer.status_code, words in text, "0,5" in text) == (422, True, True)
    assert Occupancy.objects.count() == 1


def test_the_form_brings_the_days_of_the_gap_and_asks_for_a_qualification_only_where_one_is_needed(client_of):
    post, assistant = provided(plan(), plan("Assistenz", "0.5", needs_qualification=False))
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    address = reverse("staffing:occupancy-new", args=[post.pk])
    text = client.get(f"{address}?von=2024-04-01&bis=2024-06-30&anteil=0.25").content.decode()
    for part in ('value="2024-04-01"', 'value="2024-06-30"', 'value="0,25"', "is_qualified"):
        assert part in text
    text = client.get(f"{address}?von=gestern&anteil=2").content.decode()
    assert ('value="2024-01-01"' in text, 'value="1"' in text) == (True, True)
    text = client.get(reverse("staffing:occupancy-new", args=[assistant.pk])).content.decode()
    assert ("is_qualified" in text, 'value="0,5"' in text) == (False, True)


def test_what_is_over_is_refused_with_a_sentence(half_held, client_of):
    _post, occupancy = half_held
    operations.cancel_occupancy(occupancy, actor=cast_of.acting(cast_of.member(Role.CENTRE_LEAD)))
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    ends = {"last_day": "2024-06-30"}
    for act, typed in {"occupancy-cancel": {}, "occupancy-end": ends, "occupancy-qualification": {}}.items():
        answer = client.post(reverse(f"staffing:{act}", args=[occupancy.pk]), typed)
        assert (answer.status_code, "gestrichen" in answer.content.decode()) == (422, True)


def test_names_are_for_the_own_carrier_and_where_a_proof_needs_them_for_the_authority(half_held):
    post, _occupancy = half_held
    source = post.source_key
    actors = {who: cast_of.acting(member) for who, (member, _status) in everybody().items() if member is not None} | {
        "officer": cast_of.acting(cast_of.member(Role.GRANT_OFFICER))
    }
    own = {Role.CENTRE_STAFF, Role.SIGNATORY, Role.TREASURY, "lead"}
    assert {who for who, actor in actors.items() if queries.occupancies_visible_to(actor).exists()} == own
    assert {who for who, actor in actors.items() if queries.posts_visible_to(actor).exists()} == own | {"officer"}
    named = {who for who, actor in actors.items() if queries.occupancies_for_proof(actor, source_key=source).exists()}
    assert named == own | {"officer"}
    assert not queries.occupancies_for_proof(actors["officer"], source_key="application:0").exists()


def test_the_overview_counts_posts_of_all_centres_for_everybody_who_reads_numbers(half_held, client_of):
    _post, occupancy = half_held
    operations.confirm_qualification(
        occupancy, on=date(2024, 3, 5), actor=cast_of.acting(cast_of.member(Role.CENTRE_LEAD))
    )
    provided(plan(), key="05978", source="application:13")
    for role in (Role.CENTRE_LEAD, Role.GRANT_OFFICER, Role.COORDINATOR, Role.MINISTRY_READER):
        page = client_of(cast_of.member(role, at="05916")).get("/stellen/").content.decode()
        main = page.split("<main")[1].split("</main")[0]
        assert "Person A" not in main
        assert main.count("/stellen/plan/") == 2 + (role == Role.CENTRE_LEAD)
        assert main.count(">0,5</bdi>") == 3  # filled and vacant in Solingen, filled in sum
        assert main.count(">1,5</bdi>") == 1  # vacant in sum
