"""A name cut out of everything written about a piece of work: texts, old versions, comments, mails, the trail."""

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.advising.cutting.kinds import PARTS, models_of, text_fields
from verbund.advising.cutting.operations import NotThere, Reached, SaysItAgain, cut_passage
from verbund.advising.models import ConceptVersion, NetworkLink
from verbund.advising.networks import operations as networks
from verbund.advising.openings import template_operations as templates
from verbund.advising.requests import answer_operations as answers
from verbund.advising.requests import operations as advice
from verbund.advising.tests import network_story, opening_story, venture_story
from verbund.advising.tests.cutting_story import (
    NAME,
    answer_that_names,
    meeting_that_names,
    opening_that_names,
    practice_that_names,
    request_that_names,
    return_that_names,
    survey_that_names,
    template_that_names,
    topic_that_names,
    venture_that_names,
)
from verbund.advising.ventures import operations as ventures
from verbund.advising.ventures import queries
from verbund.core import append_only, audit, privacy
from verbund.core.audit import keys
from verbund.core.models import AuditEntry, OutboxMail, SubjectKey
from verbund.core.privacy import declaration_of
from verbund.core.versions import StaleVersion
from verbund.directory.models import Partner

pytestmark = pytest.mark.django_db
CUT = {"passage": NAME, "reason": "Name gehört nicht hierher", "confirmed": "on"}


def all_of_trail() -> str:
    """Everything the trail can still say: what stands in clear, and what its keys open."""
    entries = AuditEntry.objects.all()
    ring = keys.KeyRing(SubjectKey.objects.values_list("subject", flat=True))
    said = [one.note for one in entries]
    for value in (value for one in entries for pair in one.changes.values() for value in pair):
        said.append(str(ring.read(value) if keys.is_locked_up(value) else value))
    return "\n".join(said)


def test_a_name_in_the_minutes_goes_from_every_text_from_mails_and_from_the_trail_and_the_chain_verifies(client_of):
    person = cast.member(Role.CENTRE_STAFF, at="05122")
    staff, client = cast.acting(person), client_of(person)
    meeting = meeting_that_names(staff)
    assert f"bei {NAME}" in OutboxMail.objects.get(key__startswith="network-change").body
    assert "Übelacker" not in str(list(AuditEntry.objects.values_list("changes", "note")))
    assert NAME in all_of_trail()
    address = reverse("advising:meeting-cut", args=[meeting.pk])
    assert f"{address}" in client.get(meeting.get_absolute_url()).content.decode()
    assert "„Familie Übelacker“: der Name einer Familie" in client.get(address).content.decode()

    asked = client.post(address, CUT | {"confirmed": ""})

    assert asked.status_code == 422
    assert "in 6 Texten: Ort, Punkt, Niederschrift, Beschluss, Aufgabe, Bemerkung" in asked.content.decode()
    answer = client.post(address, CUT, follow=True)
    page = answer.content.decode()
    assert "Die Stelle ist ausgeblendet, auch im bisherigen Verlauf." in page
    assert "schon hinausgegangen" not in page
    assert "belacker" not in page.casefold()
    assert "Hilfe für [entfernt]" in page
    assert "gelöscht am" in page
    assert privacy.places_naming("Übelacker", "ÜBELACKER") == []
    said = all_of_trail()
    assert "belacker" not in said.casefold()
    assert "[entfernt] wartet seit Mai." in said
    assert CUT["reason"] in said
    assert audit.verify() == []


@pytest.mark.postgres
def test_a_name_in_a_concept_goes_from_all_versions_and_comments_and_from_sections_removed_long_ago(client_of):
    people = venture_story.people()
    venture = venture_that_names(people)
    client = client_of(cast.member(Role.CENTRE_STAFF, at="05122"))
    old = reverse("advising:concept-version", args=[venture.versions.last().pk])
    assert NAME in client.get(old).content.decode()
    assert NAME in all_of_trail()

    client.post(reverse("advising:venture-cut", args=[venture.pk]), CUT)

    assert privacy.places_naming("Übelacker") == []
    said = all_of_trail()
    assert "Übelacker" not in said
    assert "[entfernt] besser nicht nennen" in said
    page = client.get(old).content.decode()
    assert "Übelacker" not in page
    assert "Nach [entfernt]" in page
    assert "Aus dieser Fassung ist nachträglich eine Stelle ausgeblendet worden" in page
    assert "Übelacker" not in client.get(venture.get_absolute_url()).content.decode()
    assert queries.is_newest_text(venture, queries.newest_version(venture))
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("make", "page", "who"),
    [
        (opening_that_names, "opening-cut", "staff"),
        (request_that_names, "request-cut", "staff"),
        (request_that_names, "request-cut", "general"),
        (answer_that_names, "answer-cut", "general"),
        (template_that_names, "template-cut", "general"),
        (practice_that_names, "practice-cut", "staff"),
        (practice_that_names, "practice-cut", "general"),
        (topic_that_names, "topic-cut", "staff"),
        (survey_that_names, "survey-cut", "general"),
    ],
)
def test_a_name_in_other_work_of_a_centre_or_a_unit_goes_from_everywhere(make, page, who, client_of):
    people = opening_story.people()
    record = make(people)
    of_unit = who == "general"
    client = client_of(
        cast.member(Role.COORDINATOR, people.units["KOORD"]) if of_unit else cast.member(Role.CENTRE_STAFF, at="05122")
    )
    assert NAME in client.get(record.get_absolute_url()).content.decode()
    assert NAME in all_of_trail()
    assert NAME not in str(list(AuditEntry.objects.values_list("changes", "note")))

    shown = client.post(reverse(f"advising:{page}", args=[record.pk]), CUT, follow=True).content.decode()

    assert "Die Stelle ist ausgeblendet, auch im bisherigen Verlauf." in shown
    assert "Übelacker" not in shown
    assert "[entfernt]" in shown
    assert privacy.places_naming("Übelacker") == []
    assert "Übelacker" not in all_of_trail()
    assert audit.verify() == []


def test_who_had_the_old_text_on_the_screen_cannot_bring_the_name_back():
    people = venture_story.people()
    venture = venture_that_names(people)
    section = venture.sections.get()

    cut_passage(venture, NAME, reason="Name", actor=people.staff)

    with pytest.raises(StaleVersion):
        ventures.edit_section(
            section, heading="Ziel", text=f"Wie bei {NAME}, neu.", position=1, seen=section.version,
            on=venture_story.BEGUN, actor=people.staff,
        )  # fmt: skip


def test_texts_written_after_a_cut_are_kept_and_can_be_cut_again():
    staff = network_story.staff()
    meeting = meeting_that_names(staff)
    cut_passage(meeting, NAME, reason="Name", actor=staff)
    networks.record_decision(meeting, text="Frau Muster wird gefragt", actor=staff)
    assert "Frau Muster wird gefragt" in all_of_trail()

    cut_passage(meeting, "Frau Muster", reason="Name", actor=staff)

    assert "Muster" not in all_of_trail()
    assert "[entfernt] wird gefragt" in all_of_trail()
    assert audit.verify() == []


@pytest.mark.postgres
def test_what_stood_in_clear_before_texts_were_sealed_is_counted_and_no_longer_shown(client_of):
    people = venture_story.people()
    venture = venture_story.idea(people, need=f"Bedarf wie bei {NAME}")
    entry = AuditEntry.objects.filter(verb="start_venture").get()
    written = {**entry.changes, "need": [None, f"Bedarf wie bei {NAME}"]}
    with append_only.unlocked(tables=["core_auditentry"]):
        QuerySet(AuditEntry).filter(pk=entry.pk).update(changes=written, note=f"über {NAME}")
    client = client_of(cast.member(Role.CENTRE_STAFF, at="05122"))
    assert NAME in client.get(venture.get_absolute_url()).content.decode()

    answer = client.post(reverse("advising:venture-cut", args=[venture.pk]), CUT, follow=True).content.decode()

    assert "Ein Eintrag im Protokoll ist älter als die Verschlüsselung und enthält sie noch." in answer
    assert "Übelacker" not in answer
    assert "ausgeblendet am" in answer


def test_what_members_already_got_by_mail_or_link_is_said():
    staff = network_story.staff()
    meeting = meeting_that_names(staff)
    OutboxMail.objects.filter(key__startswith="network-change").update(sent_at=timezone.now())
    NetworkLink.objects.update(opened_at=timezone.now())

    reached = cut_passage(meeting, NAME, reason="Name", actor=staff)

    assert reached == Reached(texts=6, sent_mails=1, opened_links=1, older_entries=0)


def test_what_is_not_there_or_named_again_in_the_reason_is_not_cut_out():
    staff = network_story.staff()
    meeting = meeting_that_names(staff)
    for passage, reason, error in (
        ("Familie Anders", "Name", NotThere),
        ("  ", "Name", NotThere),
        (NAME, "familie  übelacker steht da", SaysItAgain),
    ):
        with pytest.raises(error):
            cut_passage(meeting, passage, reason=reason, actor=staff)
    meeting.refresh_from_db()
    assert meeting.key_number == 0
    assert NAME in all_of_trail()


@pytest.mark.postgres
def test_the_database_lets_a_version_change_only_where_a_cut_is_counted():
    people = venture_story.people()
    version = venture_that_names(people).versions.first()
    for change in ({"content": []}, {"cuts": 1, "number": 9}, {"cuts": 2, "content": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ConceptVersion.objects.filter(pk=version.pk).update(**change)


@pytest.mark.parametrize(
    ("page", "make", "seen_by_partner"),
    [
        ("meeting-cut", lambda: meeting_that_names(network_story.staff()), 404),
        ("network-cut", lambda: network_story.network(network_story.staff()), 404),
        ("venture-cut", lambda: venture_that_names(venture_story.people()), 403),
        ("opening-cut", lambda: opening_that_names(opening_story.people()), 404),
    ],
)
def test_only_staff_and_lead_of_the_centre_cut(page, make, seen_by_partner, client_of):
    record = make()
    partner = cast.member(Role.PROVIDER_MEMBER, Partner.objects.get().organisation if seen_by_partner == 403 else None)
    others = (cast.member(Role.CENTRE_LEAD, at="05978"), cast.member(Role.GRANT_OFFICER))
    refused = [*((one, 404) for one in others), (partner, seen_by_partner)]
    refuse(client_of, reverse(f"advising:{page}", args=[record.pk]), refused)
    for role in (Role.CENTRE_STAFF, Role.CENTRE_LEAD):
        person = cast.member(role, at="05122")
        assert client_of(person).get(reverse(f"advising:{page}", args=[record.pk])).status_code == 200


def test_a_question_is_cut_by_either_side_and_an_answer_for_all_by_its_unit_alone(client_of):
    people = opening_story.people()
    request, answer = request_that_names(people), answer_that_names(people)
    answers.release_answer(answer, on=opening_story.ON, actor=people.general)
    units = {code: cast.member(Role.COORDINATOR, unit) for code, unit in people.units.items()}
    staff, other = (cast.member(Role.CENTRE_STAFF, at=key) for key in ("05122", "05978"))
    refuse(client_of, reverse("advising:request-cut", args=[request.pk]), [(units["LASI"], 404), (other, 404)])
    of_answer = [(units["LASI"], 403), (staff, 403), (cast.member(Role.GRANT_OFFICER), 404)]
    refuse(client_of, reverse("advising:answer-cut", args=[answer.pk]), of_answer)
    draft = advice.begin_request(
        people.centre,
        title="Entwurf",
        question="-",
        field=opening_story.field(),
        on=opening_story.ON,
        actor=people.staff,
    )
    refuse(client_of, reverse("advising:request-cut", args=[draft.pk]), [(units["KOORD"], 404)])


def test_a_concept_or_topic_is_cut_by_its_house_and_a_practice_by_who_describes_or_releases_it(client_of):
    people = opening_story.people()
    template, practice, topic = (make(people) for make in (template_that_names, practice_that_names, topic_that_names))
    units = {code: cast.member(Role.COORDINATOR, unit) for code, unit in people.units.items()}
    staff, other = (cast.member(Role.CENTRE_STAFF, at=key) for key in ("05122", "05978"))
    of_template = [(units["LASI"], 403), (staff, 403), (cast.member(Role.GRANT_OFFICER), 404)]
    refuse(client_of, reverse("advising:template-cut", args=[template.pk]), of_template)
    of_practice = [(other, 403), (cast.member(Role.GRANT_OFFICER), 404)]
    refuse(client_of, reverse("advising:practice-cut", args=[practice.pk]), of_practice)
    of_topic = [(other, 403), (units["KOORD"], 403), (cast.member(Role.GRANT_OFFICER), 403)]
    refuse(client_of, reverse("advising:topic-cut", args=[topic.pk]), of_topic)


def refuse(client_of, address, expected) -> None:
    """Check that persons get nothing of the page, neither to read nor to act."""
    before = AuditEntry.objects.count()
    for person, status in expected:
        assert client_of(person).get(address).status_code == status
        assert client_of(person).post(address, CUT).status_code == status
    assert AuditEntry.objects.count() == before


def test_every_text_of_a_whole_lies_under_the_key_of_the_whole():
    for whole in PARTS:
        for model in models_of(whole()):
            declaration = declaration_of(model)
            assert declaration.seals_texts or set(text_fields(model)) <= set(declaration.personal), model
            assert model is whole or hasattr(model, "key_holder") or not text_fields(model), model


def test_what_began_with_the_texts_is_named_and_cut_by_whoever_keeps_it():
    people = opening_story.people()
    template = template_that_names(people)
    template_texts = {"title": "Warum", "text": f"Weil {NAME} kam."}
    templates.save_template_part(template, "sections", key="", values=template_texts, actor=people.general)
    templates.release_template(template, note="", on=opening_story.ON, actor=people.general)
    opening = opening_story.taken_over(template, people)
    untouched = opening_story.taken_over(opening_story.released(people), people, name="Standesamt")

    reached = cut_passage(template, NAME, reason="Name", actor=people.general)

    assert reached.copies == 1
    assert NAME in opening.sections.latest("pk").text
    cut_passage(opening, NAME, reason="Name", actor=people.staff)
    assert privacy.places_naming("Übelacker") == []
    untouched.refresh_from_db()
    assert untouched.key_number == 0


@pytest.mark.parametrize("who", ["staff", "general"])
def test_a_name_in_an_answer_that_was_sent_is_cut_by_the_centre_or_by_the_unit_that_reads_it(who, client_of):
    people = opening_story.people()
    answer = return_that_names(people)
    staff, other = (cast.member(Role.CENTRE_STAFF, at=key) for key in ("05122", "05978"))
    units = {code: cast.member(Role.COORDINATOR, unit) for code, unit in people.units.items()}
    client = client_of(units["KOORD"] if who == "general" else staff)
    page, cut = answer.get_absolute_url(), reverse("advising:return-cut", args=[answer.pk])
    refuse(client_of, cut, [(other, 404), (units["LASI"], 404), (cast.member(Role.GRANT_OFFICER), 404)])
    before = client.get(page).content.decode()
    assert f"wie bei {NAME}" in before
    assert cut in before

    shown = client.post(cut, CUT, follow=True).content.decode()

    assert "Übelacker" not in shown
    assert "Hilfe für [entfernt]" in shown
    assert privacy.places_naming("Übelacker") == []
    assert "Übelacker" not in all_of_trail()
    assert audit.verify() == []
