"""The pages of openings and concepts: who opens them, what is typed, and that refusals change nothing."""

import pytest
import time_machine
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import InterculturalOpening, OpeningMeasure
from verbund.advising.openings import operations
from verbund.advising.tests import opening_story as story
from verbund.directory.models import Organisation, Partner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march_2025():
    with time_machine.travel("2025-03-06 12:00+01:00", tick=True):
        yield


@pytest.fixture
def cast():
    return story.people()


@pytest.fixture
def client(client_of):
    return client_of(cast_of.member(Role.CENTRE_STAFF))


def unit_client(client_of, code: str = "KOORD"):
    return client_of(cast_of.member(Role.COORDINATOR, Organisation.objects.get(code=code)))


def path(page: str, *args) -> str:
    return reverse(f"advising:{page}", args=args)


def test_from_the_first_proposal_to_the_review_on_screen(cast, client):
    new = {
        "new_partner": "Gesundheitsamt", "new_kind": "OFFICE", "subject": "Beratung für alle",
        "responsible": "Amtsleitung", "field": story.field().pk,
    }  # fmt: skip
    answer = client.post(path("opening-new"), new)
    opening = InterculturalOpening.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, opening.get_absolute_url())
    assert Partner.objects.get().kind == Partner.Kind.OFFICE
    assert "Das erste Ziel eintragen" in client.get(opening.get_absolute_url()).content.decode()
    goal = {"text": "Alle kommen", "indicator": "Besuche", "target": "100"}
    client.post(path("opening-goal-new", opening.pk), goal)
    measure = {"kind": "LANGUAGE", "text": "Dolmetschen", "responsible": "Leitung", "due_on": "2025-09-01"}
    client.post(path("opening-measure-new", opening.pk), measure)
    agreement = {"agreement": "Wir beginnen.", "agreed_on": "2024-03-05", "agreed_until": ""}
    client.post(path("opening-agree", opening.pk), agreement)
    page = client.get(opening.get_absolute_url()).content.decode()
    assert "Die Jahresprüfung ist fällig" in page
    goal = opening.goals.get()
    review = {
        "year": "2025", "next_steps": "Weiter", "review_due_on": "2026-03-05", f"result-{goal.pk}": "NOT",
        f"reason-{goal.pk}": "",
    }  # fmt: skip
    refused = client.post(path("opening-review", opening.pk), review)
    assert refused.status_code == 422
    assert not opening.reviews.exists()
    client.post(path("opening-review", opening.pk), {**review, f"reason-{goal.pk}": "Zu wenig Zeit"})
    assert opening.reviews.get().results.get().reason == "Zu wenig Zeit"
    assert "Zu wenig Zeit" in client.get(opening.get_absolute_url()).content.decode()


def test_foreign_partners_and_records_are_refused_and_change_nothing(cast, client, client_of):
    other = story.people("05978")
    foreign = story.agreed(other)
    before = InterculturalOpening.objects.values().get()
    sent = {"partner": foreign.partner_id, "subject": "x", "responsible": "y", "field": story.field().pk}
    assert client.post(path("opening-new"), sent).status_code == 422
    goal, measure = foreign.goals.get(), foreign.measures.get()
    pages = [
        ("opening-edit", foreign.pk), ("opening-end", foreign.pk), ("opening-goal-new", foreign.pk),
        ("opening-goal-edit", goal.pk), ("opening-goal-remove", goal.pk), ("opening-measure-finish", measure.pk),
        ("opening-adopt", foreign.pk),
    ]  # fmt: skip
    assert {client.post(path(page, pk), {"end_reason": "x"}).status_code for page, pk in pages} == {404}
    assert InterculturalOpening.objects.values().get() == before
    assert OpeningMeasure.objects.get().status == "PLANNED"
    unit = unit_client(client_of)
    assert unit.get(path("openings")).status_code == 403
    assert "1" in unit.get(path("opening-numbers")).content.decode()
    assert client.get(path("opening-numbers")).status_code == 403


def test_the_school_unit_counts_openings_in_education_only(cast, client_of):
    story.agreed(cast)
    story.proposed(cast, name="Schulamt", field=None, stage=story.stage())
    counts = {}
    for code in ("KOORD", "LASI"):
        said = unit_client(client_of, code).get(path("opening-numbers-csv")).content.decode("utf-8-sig")
        counts[code] = said.splitlines()[1]
    centre = str(cast.centre)
    assert counts == {"KOORD": f'"{centre}";"1";"1";"0";"0";"0"', "LASI": f'"{centre}";"1";"0";"0";"0";"0"'}


def test_the_council_sees_offices_with_and_without_an_agreement(cast, client):
    opening = story.agreed(cast)
    operations.finish_measure(opening.measures.get(), on=story.ON, actor=cast.staff)
    story.office(cast, "Ordnungsamt")
    story.agreed(story.people("05978"), name="Fremdes Amt")
    page = client.get(path("opening-state")).content.decode()
    assert "1 von 1" in page
    assert "noch keine Vereinbarung" in page
    assert "Fremdes Amt" not in page


def test_a_unit_writes_releases_and_sees_only_who_took_it_over(cast, client, client_of):
    unit = unit_client(client_of)
    unit.post(path("template-new"), {"title": "Konzept", "summary": "kurz", "field": story.field().pk})
    made = story.template(cast)
    assert client.get(made.get_absolute_url()).status_code == 404
    goal = {"text": "Zweites Ziel", "indicator": "Zahl", "target": "5"}
    unit.post(path("template-part-new", made.pk, "ziel"), goal)
    assert unit.get(path("template-part-new", made.pk, "unsinn")).status_code == 404
    unit.post(path("template-release", made.pk), {"note": "Erste Fassung"})
    assert client.post(path("template-release", made.pk), {"note": "x"}).status_code == 403
    taken = {"new_partner": "Jugendamt", "new_kind": "OFFICE", "responsible": "Leitung"}
    client.post(path("template-take-over", made.pk), taken)
    opening = InterculturalOpening.objects.get()
    assert opening.goals.count() == 2
    client.post(path("opening-goal-edit", opening.goals.first().pk), {**goal, "text": "Geheimes Ziel", "seen": "1"})
    page = client.get(opening.get_absolute_url()).content.decode()
    assert "Was Sie geändert haben" in page
    assert "Geheimes Ziel" in page
    page = unit.get(made.get_absolute_url()).content.decode()
    assert str(cast.centre) in page
    assert "Geheimes Ziel" not in page
    assert "Jugendamt" not in page


def counted(client, where: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(cast, client, client_of, django_assert_max_num_queries):
    made = story.released(cast)
    opening, unit = story.agreed(cast), unit_client(client_of)
    story.taken_over(made, cast, name="Amt 0")

    def counts():
        pages = [(client, path("openings")), (client, opening.get_absolute_url()), (client, path("opening-state"))]
        pages += [(client, "/aufgaben/"), (unit, made.get_absolute_url()), (unit, path("opening-numbers"))]
        pages += [(unit, path("templates")), (client, path("openings-csv"))]
        return [counted(*page, django_assert_max_num_queries) for page in pages]

    with_one = counts()
    for number in (1, 2):
        story.taken_over(made, cast, name=f"Amt {number}")
        story.agreed(cast, name=f"Dienst {number}")
        story.released(cast, title=f"Konzept {number}")
    operations.start_measure(story.measure(opening, cast), on=story.ON, actor=cast.staff)
    story.goal(opening, cast)
    assert counts() == with_one
