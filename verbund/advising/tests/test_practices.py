"""A practice from the centre through the coordination unit to other centres."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import Practice, PracticeUse
from verbund.advising.practices import operations, views, worklist
from verbund.advising.tests import venture_story as story
from verbund.core.errors import DomainError
from verbund.core.versions import StaleVersion
from verbund.directory.models import Organisation

pytestmark = pytest.mark.django_db
ON = story.OVER


def unit(code: str = "KOORD", role: Role = Role.COORDINATOR):
    return cast_of.member(role, Organisation.objects.get(code=code))


@pytest.fixture
def lead():
    return cast_of.acting(cast_of.member(Role.CENTRE_LEAD))


@pytest.fixture
def coordinator():
    return cast_of.acting(unit())


def data(**more) -> operations.PracticeData:
    values = dict.fromkeys(("problem", "target_group", "done", "partners", "effect", "conditions", "failures"), "Text")
    values |= {"title": "Elternlotsen", "contact_function": "Fachkraft", "field": story.term("sports")}
    return operations.PracticeData(effort_days=Decimal("7.5"), amount_effort=Decimal(300), **(values | more))


def draft(lead, **more) -> Practice:
    return operations.write_practice(story.centre(), data(**more), on=ON, actor=lead)


def submitted(lead, **more) -> Practice:
    practice = draft(lead, **more)
    operations.submit_practice(practice, on=ON, actor=lead)
    return practice


def released(lead, coordinator, **more) -> Practice:
    practice = submitted(lead, **more)
    operations.release_practice(practice, on=ON, actor=coordinator)
    return practice


def test_a_practice_is_asked_about_answered_and_released(lead, coordinator):
    practice = submitted(lead)
    operations.ask_back(practice, text="Wie viele Familien?", on=ON, actor=coordinator)
    operations.answer_question(practice, answer="46", on=ON, actor=lead)
    operations.release_practice(practice, on=ON, actor=coordinator)

    stored = Practice.objects.get()
    assert (stored.status, stored.released_on) == ("RELEASED", ON)
    assert list(stored.questions.values_list("text", "answer")) == [("Wie viele Familien?", "46")]


def test_a_returned_practice_is_revised_and_submitted_again(lead, coordinator):
    practice = submitted(lead)
    operations.return_practice(practice, return_reason="Bitte Aufwand nennen", on=ON, actor=coordinator)
    operations.edit_practice(practice, data(effect="Mehr"), seen=1, actor=lead)
    with pytest.raises(StaleVersion):
        operations.edit_practice(practice, data(effect="Anders"), seen=1, actor=lead)
    operations.submit_practice(Practice.objects.get(), on=ON, actor=lead)

    stored = Practice.objects.get()
    assert (stored.status, stored.effect, stored.return_reason) == ("SUBMITTED", "Mehr", "")


REFUSED = {
    "change what is submitted": lambda lead, unit: operations.edit_practice(
        submitted(lead), data(), seen=1, actor=lead
    ),
    "material after submission": lambda lead, unit: operations.add_material(
        submitted(lead), name="Plan", address="https://example.invalid", licence="CC BY", actor=lead
    ),
    "release a draft": lambda lead, unit: operations.release_practice(draft(lead), on=ON, actor=unit),
    "return without reason": lambda lead, unit: operations.return_practice(
        submitted(lead), return_reason=" ", on=ON, actor=unit
    ),
    "take up a draft": lambda lead, unit: operations.take_up(
        draft(lead), story.centre("05978"), uptake="ADOPTED", changes="", on=ON, actor=lead
    ),
    "take up the own": lambda lead, unit: operations.take_up(
        released(lead, unit), story.centre(), uptake="ADOPTED", changes="", on=ON, actor=lead
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_says_why(lead, coordinator, what):
    with pytest.raises(DomainError) as refusal:
        REFUSED[what](lead, coordinator)

    assert str(refusal.value).endswith(".")


def test_a_venture_is_described_once_with_what_is_known_of_it(client_of):
    cast = story.people()
    venture = story.decided(cast)
    client = client_of(cast_of.member(Role.CENTRE_STAFF))
    address = reverse("advising:practice-of-venture", args=[venture.pk])
    page = client.get(address).content.decode()
    typed = dict.fromkeys(views.TEXTS, "Text")
    typed |= {"title": "Café", "field": venture.field_id, "effort_days": "7,5", "amount_effort": "1.200,50"}
    first, second = client.post(address, typed), client.post(address, typed)

    assert "Das Café wird angenommen." in page
    assert (first.status_code, second.status_code) == (302, 422)
    made = Practice.objects.get()
    assert (made.venture, made.effort_days, made.amount_effort) == (venture, Decimal("7.5"), Decimal("1200.50"))


WHO = {
    "own": lambda: cast_of.member(Role.CENTRE_STAFF),
    "other centre": lambda: cast_of.member(Role.CENTRE_STAFF, at="05978"),
    "unit": unit,
    "controlling": lambda: unit(role=Role.CONTROLLER),
    "school unit": lambda: unit("LASI"),
    "ministry": lambda: cast_of.member(Role.MINISTRY_READER),
    "provider": lambda: cast_of.member(Role.PROVIDER_MEMBER),
}
READS = {
    "draft": {"own"},
    "submitted": {"own", "unit"},
    "released": {"own", "other centre", "unit", "controlling"},
    "released in education": {"own", "other centre", "unit", "controlling", "school unit"},
}


@pytest.mark.parametrize("stage", READS)
def test_who_reads_a_practice(lead, coordinator, client_of, stage):
    field = story.term("early-education")
    practice = {
        "draft": lambda: draft(lead),
        "submitted": lambda: submitted(lead),
        "released": lambda: released(lead, coordinator),
        "released in education": lambda: released(lead, coordinator, field=field),
    }[stage]()
    statuses = {who: client_of(make()).get(practice.get_absolute_url()).status_code for who, make in WHO.items()}

    assert statuses == {who: 200 if who in READS[stage] else 404 for who in WHO}


def test_only_the_unit_releases_and_only_the_centre_submits(lead, client_of):
    practice = draft(lead)

    def post(who, act):
        return client_of(WHO[who]()).post(reverse(f"advising:practice-{act}", args=[practice.pk])).status_code

    assert [post(who, "submit") for who in ("other centre", "unit", "own")] == [404, 404, 302]
    assert [post(who, "release") for who in ("own", "other centre", "school unit", "unit")] == [403, 404, 404, 302]
    assert [post(who, "submit") for who in ("own", "other centre")] == [422, 403]


def test_another_centre_says_what_it_does_otherwise_and_all_readers_see_it(lead, coordinator, client_of):
    practice = released(lead, coordinator)
    unna = client_of(WHO["other centre"]())
    address = reverse("advising:practice-take-up", args=[practice.pk])
    for uptake in ("INTERESTED", "ADOPTED"):
        unna.post(address, {"uptake": uptake, "changes": "im Familienzentrum"})
    own = client_of(WHO["own"]())

    assert [(use.centre.key, use.uptake) for use in PracticeUse.objects.all()] == [("05978", "ADOPTED")]
    assert "im Familienzentrum" in own.get(practice.get_absolute_url()).content.decode()
    assert own.post(address, {"uptake": "ADOPTED"}).status_code == 403


def test_the_unit_is_asked_and_the_centre_hears_of_a_return(lead, coordinator):
    practice = submitted(lead)
    asked = [(task.title, task.subject) for task in worklist.tasks_for(coordinator, ON)]
    school = worklist.tasks_for(cast_of.acting(unit("LASI")), ON)
    operations.return_practice(practice, return_reason="kürzer", on=ON, actor=coordinator)

    assert asked == [("Gute Praxis freigeben oder zurückfragen", "Elternlotsen")]
    assert school == []
    assert [task.title for task in worklist.tasks_for(lead, ON)] == ["Gute Praxis überarbeiten"]
    assert worklist.tasks_for(coordinator, ON) == []


def test_the_list_asks_the_database_the_same_for_one_and_for_three(lead, coordinator, client_of, at_constant_cost):
    client = client_of(WHO["other centre"]())
    released(lead, coordinator)
    at_constant_cost(
        lambda: client.get("/beratung/gute-praxis/"), lambda: [released(lead, coordinator) for _number in range(2)]
    )

    assert client.get("/beratung/gute-praxis/liste.xlsx").status_code == 200
    assert "Elternlotsen" in client.get("/beratung/gute-praxis/liste.csv?status=RELEASED").content.decode()
