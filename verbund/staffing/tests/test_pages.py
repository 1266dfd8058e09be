"""The pages of teacher posts: who opens and does what, what stands on them, and that refusals change nothing."""

import pytest
import time_machine
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.directory.models import Organisation
from verbund.staffing import queries
from verbund.staffing.models import Secondment, TeacherRequest
from verbund.staffing.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march_2024():
    with time_machine.travel("2024-03-05 12:00+01:00", tick=True):
        yield


@pytest.fixture
def cast():
    return story.people()


def unit(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


WHO = {
    "visitor": lambda: None,
    "lead": lambda: cast_of.member(Role.CENTRE_LEAD),
    "staff": lambda: cast_of.member(Role.CENTRE_STAFF),
    "signatory": lambda: cast_of.member(Role.SIGNATORY),
    "treasury": lambda: cast_of.member(Role.TREASURY),
    "other lead": lambda: cast_of.member(Role.CENTRE_LEAD, at="05978"),
    "school ministry": story.at_school_ministry,
    "school ministry reader": lambda: story.at_school_ministry(Role.MINISTRY_READER),
    "other ministry": lambda: cast_of.member(Role.MINISTRY_APPROVER, unit("MIN-INTEGRATION")),
    "LaSI": lambda: cast_of.member(Role.COORDINATOR, unit("LASI")),
    "LaKI": lambda: cast_of.member(Role.COORDINATOR, unit("KOORD")),
    "controller": lambda: cast_of.member(Role.CONTROLLER, unit("KOORD")),
    "officer": lambda: cast_of.member(Role.GRANT_OFFICER),
    "auditor": lambda: cast_of.member(Role.AUDITOR, unit("BRA-36")),
    "provider": lambda: cast_of.member(Role.PROVIDER_MEMBER),
    "operator": lambda: cast_of.member(Role.OPERATOR),
}
SIGN_IN_FIRST = 403
"""What a form gets that comes without a session: the sign-in page, with what was typed kept for afterwards."""
NUMBERS_ONLY = {"other lead", "other ministry", "controller", "officer", "auditor"}
NOTHING = {"provider", "operator"}
TABLE = {
    # the page: (for the own carrier, the school ministry's approver, its reader and the coordination units)
    "home": (200, 200, 200),
    "request": (200, 200, 200),
    "draft": (200, 404, 404),
}


def expected(page: str, who: str) -> int:
    """Return the status the table promises; a visitor is sent to the sign-in page."""
    own, ministry, reader = TABLE[page]
    if who == "visitor":
        return 302
    if who in NOTHING:
        return 403 if page == "home" else 404
    if who in NUMBERS_ONLY:
        return 200 if page == "home" else 404
    if who in {"lead", "staff", "signatory", "treasury"}:
        return own
    return ministry if who == "school ministry" else reader


@pytest.mark.parametrize("who", WHO)
def test_who_opens_which_page(cast, client_of, who):
    draft, sent = story.draft(cast, year=2025), story.requested(cast)
    client = client_of(WHO[who]())
    opened = {
        "home": client.get("/stellen/").status_code,
        "request": client.get(sent.get_absolute_url()).status_code,
        "draft": client.get(draft.get_absolute_url()).status_code,
    }
    assert opened == {page: expected(page, who) for page in TABLE}


MAY = {
    # the act: (stage of the request, who may; readers who may not get 403, everybody else 404)
    "submit": (story.draft, {"lead", "signatory"}),
    "edit": (story.draft, {"lead", "signatory"}),
    "withdraw": (story.requested, {"lead", "signatory"}),
    "confirm": (story.requested, {"school ministry"}),
    "decline": (story.requested, {"school ministry"}),
    "secondment-new": (story.confirmed, {"lead"}),
}
POSTED = {
    "edit": {"posts_requested": "1,5", "reason": "", "seen_version": "1"},
    "confirm": {"posts_confirmed": "2"},
    "decline": {"decision_reason": "Lehrermangel"},
    "secondment-new": {
        "label": "Lehrkraft 1",
        "full_time_share": "0,5",
        "valid_from": "2024-04-01",
        "valid_until": "31.12.2024",
    },
}


@pytest.mark.parametrize("act", MAY)
@pytest.mark.parametrize("who", WHO)
def test_who_does_what(cast, client_of, act, who):
    stage, allowed = MAY[act]
    request = stage(cast)
    before = TeacherRequest.objects.values().get(), Secondment.objects.count()
    answer = client_of(WHO[who]()).post(reverse(f"staffing:{act}", args=[request.pk]), POSTED.get(act, {}))
    after = TeacherRequest.objects.values().get(), Secondment.objects.count()
    if who in allowed:
        assert (answer.status_code, answer["Location"]) == (302, request.get_absolute_url())
        assert after != before
        return
    reads = expected("draft" if stage is story.draft else "request", who)
    assert answer.status_code == {200: 403, 302: SIGN_IN_FIRST}.get(reads, reads)
    assert after == before


@pytest.mark.parametrize("act", ["secondment-end", "secondment-cancel"])
@pytest.mark.parametrize("who", WHO)
def test_who_changes_a_secondment(cast, client_of, act, who):
    secondment = story.seconded(story.confirmed(cast), cast)
    typed = {"last_day": "30.06.2024", "end_reason": "Elternzeit"}
    answer = client_of(WHO[who]()).post(reverse(f"staffing:{act}", args=[secondment.pk]), typed)
    own = {"staff": 403, "signatory": 403, "treasury": 403, "lead": 302, "visitor": SIGN_IN_FIRST}
    assert answer.status_code == own.get(who, 404)
    assert (Secondment.objects.get().status != "RECORDED") == (who == "lead")


@pytest.mark.parametrize(
    ("who", "status"), [("lead", 302), ("signatory", 302), ("staff", 403), ("school ministry", 403), ("officer", 403)]
)
def test_who_begins_a_request(client_of, who, status):
    centre = cast_of.centre()
    typed = {"centre": centre.pk, "year": "2025", "posts_requested": "2", "reason": "Sprachbildung"}
    assert client_of(WHO[who]()).post("/stellen/anforderungen/neu/", typed).status_code == status
    assert TeacherRequest.objects.exists() == (status == 302)


def test_nobody_begins_a_request_for_another_carrier(cast, client_of):
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    typed = {"centre": cast_of.centre("05978").pk, "year": "2025", "posts_requested": "2"}
    assert client.post("/stellen/anforderungen/neu/", typed).status_code == 422
    assert not TeacherRequest.objects.exists()


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"posts_requested": "2,5"}, "Höchstens 2 Stellen"),
        ({"posts_requested": "1,3"}, "2 oder 1,5"),
        ({"posts_requested": "zwei"}, "2 oder 1,5"),
        ({"year": "2012"}, "dieses und das kommende Jahr"),
    ],
)
def test_a_request_that_cannot_be_right_is_refused_and_what_was_typed_stays(client_of, typed, words):
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    given = {"centre": cast_of.centre().pk, "year": "2024", "posts_requested": "2", "reason": "Bleibt stehen"}
    answer = client.post("/stellen/anforderungen/neu/", given | typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "Bleibt stehen" in text
    assert not TeacherRequest.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"full_time_share": "1,5"}, "höchstens 1"),
        ({"full_time_share": "halb"}, "1 oder 0,5"),
        ({"valid_until": "31.02.2024"}, "Diesen Tag gibt es nicht"),
        ({"valid_from": "2023-12-31"}, "gelten für 2024"),
        ({"valid_until": "2024-03-31"}, "Das Ende liegt vor dem Beginn."),
        ({"label": ""}, "Funktion"),
    ],
)
def test_a_secondment_that_cannot_be_right_is_refused_at_its_field(cast, client_of, typed, words):
    request = story.confirmed(cast)
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    answer = client.post(reverse("staffing:secondment-new", args=[request.pk]), POSTED["secondment-new"] | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Secondment.objects.exists()


def test_the_whole_way_by_its_pages(client_of):
    lead, ministry = client_of(cast_of.member(Role.CENTRE_LEAD)), client_of(story.at_school_ministry())
    assert "Noch keine Anforderung." in page(lead, "/stellen/")
    typed = {"centre": cast_of.centre().pk, "year": "2024", "posts_requested": "2", "reason": "Sprachbildung"}
    url = lead.post("/stellen/anforderungen/neu/", typed)["Location"]
    assert "an das Schulministerium senden" in page(lead, url)
    lead.post(f"{url}anfordern/")
    assert "Es wartet auf: das Schulministerium" in page(lead, url)
    assert "Über die Stellen entscheiden." in page(ministry, url)
    ministry.post(f"{url}bestaetigen/", {"posts_confirmed": "2"})
    assert "Eintragen, wer die Stellen besetzt." in page(lead, url)
    for number in (1, 2):
        typed = {
            "label": f"Lehrkraft {number}",
            "school_type": "PRIMARY",
            "full_time_share": "1",
            "valid_from": "2024-03-01",
            "valid_until": "2024-12-31",
        }
        assert lead.post(f"{url}abordnung/", typed)["Location"] == url
    text = page(lead, url)
    for words in ("Lehrkraft 1", "Grundschule", "01.03.2024", "alle bestätigten Stellen sind besetzt", "Verlauf"):
        assert words in text
    assert lead.post(f"{url}abordnung/", typed | {"label": "Lehrkraft 3"}).status_code == 422
    assert lead.post(f"{url}zurueckziehen/").status_code == 422


def test_the_table_says_that_the_posts_are_in_kind_and_names_the_guideline(cast, client_of):
    text = page(client_of(cast_of.member(Role.TREASURY)), story.confirmed(cast).get_absolute_url())
    for words in ("Sachleistung des Landes, kein Geldbetrag", "Richtlinie", "Sicherheit der Angabe: B"):
        assert words in text
    assert "€" not in text.split("<main")[1].split("</main")[0]


def test_a_number_nobody_confirmed_is_marked(cast, client_of):
    text = page(client_of(cast_of.member(Role.TREASURY)), story.requested(cast, year=2025).get_absolute_url())
    assert "abgeleitet" in text
    assert "für 2025 nicht bestätigt" in text


@pytest.mark.parametrize("who", ["school ministry", "LaSI"])
def test_outside_the_carrier_a_request_shows_sums_and_not_who_fills_the_posts(cast, client_of, who):
    request = story.confirmed(cast)
    story.seconded(request, cast, label="Merkwort", share="0.5")
    text = page(client_of(WHO[who]()), request.get_absolute_url())
    assert "Merkwort" not in text
    assert "0,5" in text
    assert "Abordnung eingetragen" not in text


@pytest.mark.parametrize("who", sorted(NUMBERS_ONLY))
def test_others_read_numbers_of_confirmed_posts_and_nothing_of_requests(cast, client_of, who):
    request = story.confirmed(cast, reason="Merkwort")
    story.seconded(request, cast, label="Merkwort", share="0.5")
    story.requested(story.people("05916"), key="05916", reason="Merkwort")
    text = page(client_of(WHO[who]()), "/stellen/")
    assert str(cast_of.centre()) in text
    assert "1,5" in text
    assert "Herne" not in text.split("<main")[1]
    assert "Merkwort" not in text
    assert "/stellen/anforderungen/" not in text.replace("/stellen/anforderungen/neu/", "")


def test_a_past_year_counts_its_last_day_and_a_coming_one_its_first(cast, client_of):
    past, coming = story.confirmed(cast, year=2023), story.confirmed(cast, year=2025)
    story.seconded(past, cast, share="0.5", first=(12, 1))
    story.seconded(coming, cast, share="0.75")
    client = client_of(cast_of.member(Role.GRANT_OFFICER))
    text = page(client, "/stellen/?jahr=2023")
    assert ("31.12.2023" in text, "0,5" in text) == (True, True)
    text = page(client, "/stellen/?jahr=2025")
    assert ("01.01.2025" in text, "0,75" in text) == (True, True)
    assert "01.01.2025" in page(client, "/stellen/?jahr=unsinn")


def test_what_waits_for_whom(cast, acting):
    on = story.SECONDED.replace(year=2024, month=3)
    draft = story.draft(cast, year=2025)
    assert [task.title for task in queries.tasks_for(cast.lead, on)] == ["Lehrkräftestellen anfordern"]
    assert queries.tasks_for(cast.ministry, on) == []
    request = story.requested(cast)
    (task,) = queries.tasks_for(cast.ministry, on)
    assert (task.url, task.centre) == (request.get_absolute_url(), str(cast_of.centre()))
    assert queries.tasks_for(acting(cast_of.member(Role.MINISTRY_APPROVER, unit("MIN-INTEGRATION"))), on) == []
    assert queries.tasks_for(acting(cast_of.member(Role.CENTRE_LEAD, at="05978")), on) == []
    TeacherRequest.objects.filter(pk=draft.pk).delete()
    assert queries.tasks_for(cast.lead, on) == []
    confirmed = story.confirmed(story.people("05916"), key="05916")
    assert queries.tasks_for(acting(cast_of.member(Role.SIGNATORY, at="05916")), on) == []
    lead = acting(cast_of.member(Role.CENTRE_LEAD, at="05916"))
    assert [task.title for task in queries.tasks_for(lead, on)] == ["Abordnungen eintragen"]
    for number in (1, 2):
        story.seconded(confirmed, cast, label=f"Lehrkraft {number}")
    assert queries.tasks_for(lead, on) == []


def counted(client, path: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_requests_and_secondments(
    cast, client_of, django_assert_max_num_queries
):
    ministry, lead = client_of(story.at_school_ministry()), client_of(cast_of.member(Role.CENTRE_LEAD))
    request = story.confirmed(cast)
    story.seconded(request, cast, share="0.25")

    def counts():
        pages = [(ministry, "/stellen/"), (lead, "/stellen/"), (lead, request.get_absolute_url())]
        pages += [(ministry, request.get_absolute_url()), (ministry, "/aufgaben/")]
        return [counted(client, path, django_assert_max_num_queries) for client, path in pages]

    with_one = counts()
    for key, year in (("05916", 2024), ("05978", 2023)):
        story.seconded(story.confirmed(story.people(key), key=key, year=year), cast, share="0.25")
    for year in (2022, 2023):
        story.requested(cast, year=year)
    for number in (2, 3):
        story.seconded(request, cast, label=f"Lehrkraft {number}", share="0.25")
    assert counts() == with_one


def test_a_number_longer_than_the_database_keeps_is_refused_and_no_fault(client_of):
    client = client_of(cast_of.member(Role.CENTRE_LEAD))
    answer = client.post("/stellen/anforderungen/neu/", {"centre": "9" * 23, "year": "2024", "posts_requested": "2"})

    assert answer.status_code == 400
    assert "Geändert wurde nichts" in answer.content.decode()
