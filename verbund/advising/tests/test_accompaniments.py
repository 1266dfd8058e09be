"""Accompaniments: begin, write down steps, follow up, close and take up again; what is refused and why."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from verbund.accounts.roles import Role
from verbund.advising.accompaniments import calculations, operations, queries
from verbund.advising.accompaniments.operations import StepFacts
from verbund.advising.calculations import passages_naming_people
from verbund.advising.models import Accompaniment, AccompanimentStep, KindOfAdvice, PlannedTraining
from verbund.advising.tests import advice
from verbund.advising.tests.advice import TODAY
from verbund.core import audit
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.versions import StaleVersion
from verbund.directory.models import Organisation
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return advice.people().as_staff


def test_an_accompaniment_begins_with_its_first_step_and_says_who_took_part_by_function(staff):
    partner = advice.daycare("Kita Sonnenweg")
    first = advice.step(attended="3 Erzieherinnen; Kita-Leitung", minutes=90, done_on=date(2026, 3, 4))

    made = advice.accompanied(partner, staff, first=first, field=advice.field("sports"))

    step = made.steps.get()
    assert (made.centre_id, made.started_on, made.status) == (partner.centre_id, date(2026, 3, 4), "RUNNING")
    assert (step.attended, step.people, step.minutes) == ("3 Erzieherinnen, 1 Kita-Leitung", 4, 90)
    assert [entry["what"] for entry in audit.history_of(made, step)] == ["Schritt eingetragen", "Begleitung begonnen"]


def test_an_earlier_step_moves_the_beginning(staff):
    made = advice.accompanied(advice.daycare(), staff)

    operations.record_step(made, advice.step(done_on=date(2026, 2, 1)), on=TODAY, actor=staff)

    assert Accompaniment.objects.get().started_on == date(2026, 2, 1)


def training(*, is_published: bool) -> PlannedTraining:
    """Plan a training of the coordination unit."""
    return PlannedTraining.objects.create(
        unit=Organisation.objects.get(code="KOORD"), year=2026, quarter=2, title="Einfache Sprache", audience="Kitas",
        field=advice.field(), status="PUBLISHED" if is_published else "PLANNED", status_since=TODAY,
    )  # fmt: skip


def test_an_accompaniment_leads_to_a_training_of_the_programme_and_to_material(staff, client_of, member):
    made = advice.accompanied(advice.daycare("Kita Sonnenweg"), staff, training=training(is_published=True))
    Accompaniment.objects.update(material="https://beispiel.example/briefe")
    page = client_of(member(Role.CENTRE_STAFF)).get(made.get_absolute_url()).text

    assert "Einfache Sprache</a>, 2026" in page
    assert 'href="https://beispiel.example/briefe"' in page
    form = client_of(member(Role.CENTRE_STAFF)).get(f"{made.get_absolute_url()}bearbeiten/").text
    assert "Einfache Sprache, 2. Quartal 2026" in form


def test_what_cannot_be_is_refused_with_its_reason(staff):
    partner, tomorrow = advice.daycare(), TODAY + timedelta(days=1)
    founding = KindOfAdvice.objects.get(code="founding")
    foreign = story.Offer.objects.create(partner=story.partner("05978"), title="Kurs", summary="Deutsch")
    refused = {
        operations.NotInProgramme: lambda: advice.accompanied(partner, staff, training=training(is_published=False)),
        operations.WrongDay: lambda: advice.accompanied(partner, staff, first=advice.step(done_on=tomorrow)),
        operations.WrongKind: lambda: advice.accompanied(partner, staff, stage=None),
        operations.WrongOffer: lambda: advice.accompanied(partner, staff, offer=foreign),
    }
    for error, act in refused.items():
        with pytest.raises(error):
            act()
    with pytest.raises(operations.WrongKind, match="Gründung"):
        advice.accompanied(partner, staff, kind_of_advice=founding)

    assert not Accompaniment.objects.exists()
    assert advice.accompanied(story.partner(), staff, kind_of_advice=founding).kind_of_advice == founding


def test_a_closed_accompaniment_says_its_result_and_gets_no_steps_until_it_is_taken_up_again(staff):
    made = advice.accompanied(advice.daycare(), staff)
    operations.set_follow_up(made, follow_up_on=TODAY, follow_up_note="nachfragen", actor=staff)

    operations.close_accompaniment(
        made, outcome="PARTLY", closing_reason="Leitung hat gewechselt", closed_on=TODAY, on=TODAY, actor=staff
    )
    with pytest.raises(operations.ClosedForIt):
        operations.record_step(made, advice.step(), on=TODAY, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.close_accompaniment(
            made, outcome="REACHED", closing_reason="", closed_on=TODAY, on=TODAY, actor=staff
        )
    stored = Accompaniment.objects.get()
    assert (stored.outcome, stored.closed_on, stored.follow_up_on) == ("PARTLY", TODAY, None)

    operations.reopen_accompaniment(made, reason="es geht weiter", on=TODAY, actor=staff)
    operations.record_step(made, advice.step(), on=TODAY, actor=staff)
    assert Accompaniment.objects.get().outcome == ""
    assert made.steps.count() == 2


@pytest.mark.postgres
def test_the_database_refuses_what_must_never_be(staff):
    made = advice.accompanied(advice.daycare(), staff)
    wrong = [
        lambda: Accompaniment.objects.update(field=None, stage=None),
        lambda: Accompaniment.objects.update(closed_on=TODAY),
        lambda: Accompaniment.objects.update(agreed_from=TODAY, agreed_until=TODAY - timedelta(days=1)),
        lambda: made.steps.update(minutes=1441),
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_step_is_corrected_once_and_struck_out_with_a_reason(staff):
    made = advice.accompanied(advice.daycare(), staff)
    step = made.steps.get()
    facts = StepFacts(done_on=TODAY, what="Telefonat geführt", kind="PHONE", minutes=20)

    operations.edit_step(step, facts, seen=1, on=TODAY, actor=staff)
    with pytest.raises(StaleVersion):
        operations.edit_step(step, advice.step("anderes"), seen=1, on=TODAY, actor=staff)
    operations.edit_step(step, facts, seen=1, on=TODAY, actor=staff)  # nothing changes, nothing is refused
    assert AccompanimentStep.objects.get().what == "Telefonat geführt"

    operations.remove_step(step, reason="doppelt", actor=staff)
    assert not AccompanimentStep.objects.exists()
    assert audit.history_of(made, reveal=True)[0]["note"] == "doppelt"


def test_an_institution_that_leaves_closes_all_that_runs_and_is_offered_no_more(staff):
    leaving, staying = advice.daycare("Kita Alt"), advice.daycare("Kita Neu")
    for _number in range(2):
        advice.accompanied(leaving, staff)
    advice.accompanied(staying, staff)

    closed = operations.end_partner(
        leaving, ended_on=TODAY, outcome="NOT_REACHED", reason="Träger schließt die Kita", on=TODAY, actor=staff
    )

    tomorrow = TODAY + timedelta(days=1)
    offered = {name for _pk, name in queries.names_of_institutions(leaving.centre_id, on=tomorrow)}
    assert closed == 2
    assert set(Accompaniment.objects.filter(status="RUNNING").values_list("partner", flat=True)) == {staying.pk}
    assert "Kita Neu" in offered
    assert "Kita Alt" not in offered
    with pytest.raises(operations.AlreadyEnded):
        operations.end_partner(leaving, ended_on=TODAY, outcome="REACHED", reason="x", on=TODAY, actor=staff)
    with pytest.raises(operations.EndedInstitution):
        operations.start_accompaniment(
            leaving, {"occasion": "neu", "stage": advice.stage()}, step=None, on=tomorrow, actor=staff
        )
    operations.resume_partner(leaving, reason="neuer Träger", actor=staff)
    assert advice.accompanied(leaving, staff).is_running


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Familie Öztürk-Meyer braucht einen Platz", ["Familie Öztürk-Meyer"]),
        ("mit Frau Dr. Beispiel und Herrn Muster gesprochen", ["Frau Dr. Beispiel", "Herrn Muster"]),
        ("Schülerin Amira, geb. 3.4.2012", ["Schülerin Amira", "geb. 3.4.2012"]),
        ("Rückruf unter 0212 290-2225 oder a.b@example.org", ["0212 290-2225", "a.b@example.org"]),
        ("Besuch am 11.03.2026, 14:30 Uhr, 20 Familien, 3 Frauen, Konzept 2026/2027", []),
        ("Gespräch mit Kita-Leitung und Frau Bürgermeisterin", []),
        ("Elterncafé für Familien und Frauen, 10 Termine à 90 Minuten", []),
    ],
)
def test_what_looks_like_a_person_is_found_and_dates_and_numbers_of_people_are_not(text, found):
    assert [passage.text for passage in passages_naming_people(text)] == found


def test_similar_names_are_hinted_and_different_houses_of_one_kind_are_not():
    names = [(1, "Städtische Kita Sonnenweg"), (2, "Kita Regenbogen"), (3, "KiTa Sonnenweg e. V."), (4, "Rathaus")]

    assert set(calculations.alike("Kita Sonnen-Weg", names)) == {1, 3}
    assert calculations.alike("Kita Waldrand", names) == []
