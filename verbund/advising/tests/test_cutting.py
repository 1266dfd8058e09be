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
from verbund.advising.tests import network_story, venture_story
from verbund.advising.ventures import operations as ventures
from verbund.advising.ventures import queries
from verbund.core import append_only, audit, privacy
from verbund.core.audit import keys
from verbund.core.models import AuditEntry, OutboxMail, SubjectKey
from verbund.core.privacy import declaration_of
from verbund.core.versions import StaleVersion

pytestmark = pytest.mark.django_db
NAME = "Familie Übelacker"
CUT = {"passage": NAME, "reason": "Name gehört nicht hierher", "confirmed": "on"}


def meeting_that_names(staff):
    """A meeting whose minutes, decision, task and call-off of links name a family, sent to a member."""
    record = network_story.network(staff)
    member = network_story.sitting(record, staff)
    meeting = network_story.invited(record, staff, [member], points=[f"Fall {NAME}", "Verschiedenes"])
    networks.move_meeting(
        meeting, seen=meeting.version, actor=staff,
        day=meeting.day, begins=meeting.begins, ends=meeting.ends, place=f"bei {NAME}", online_url="",
    )  # fmt: skip
    network_story.held(meeting, staff)
    first = meeting.agenda.first()
    attendance = networks.Attendance({member.pk: 1})
    texts = {first.pk: f"{NAME} wartet seit Mai.\nFamilie\nÜbelacker kommt wieder."}
    networks.write_minutes(meeting, texts, attendance, seen=meeting.version, actor=staff)
    decision = networks.record_decision(meeting, text="Hilfe für Familie Ubelacker", actor=staff)
    networks.correct_decision(decision, text=f"Hilfe für {NAME}", actor=staff)
    task = networks.agree_task(
        meeting, text=f"{NAME.upper()} anrufen", member=member, centre_function="", due_on=None, actor=staff
    )
    networks.complete_task(task, note=f"{NAME} erreicht", on=meeting.day, actor=staff)
    return meeting


def venture_that_names(people):
    """A venture with a section, two versions, a comment and a removed section that name a family."""
    venture, staff = venture_story.carried(people), people.staff
    on = venture_story.BEGUN
    section = ventures.add_section(venture, heading="Ziel", text=f"Wie bei {NAME}.", on=on, actor=staff)
    removed = ventures.add_section(venture, heading=f"Nach {NAME}", text=f"{NAME} sagt ja.", on=on, actor=staff)
    ventures.freeze_version(venture, note=f"mit {NAME}", on=on, actor=staff)
    ventures.remove_section(removed, on=on, actor=staff)
    comment = ventures.comment_section(section, text=f"{NAME} besser nicht nennen", on=on, actor=people.provider)
    ventures.resolve_comment(comment, answer=f"{NAME} bleibt vorerst", on=on, actor=staff)
    ventures.freeze_version(venture, on=on, actor=staff)
    return venture_story.fresh(venture)


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


def test_the_database_lets_a_version_change_only_where_a_cut_is_counted():
    people = venture_story.people()
    version = venture_that_names(people).versions.first()
    for change in ({"content": []}, {"cuts": 1, "number": 9}, {"cuts": 2, "content": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ConceptVersion.objects.filter(pk=version.pk).update(**change)


KINDS = {
    "meeting-cut": lambda people: meeting_that_names(people.staff),
    "network-cut": lambda people: network_story.network(people.staff),
    "venture-cut": venture_that_names,
}
SEEN_BY_PARTNERS = {"venture-cut"}


@pytest.mark.parametrize("page", KINDS)
def test_only_staff_and_lead_of_the_centre_cut(page, client_of):
    people = venture_story.people()
    record = KINDS[page](people)
    address = reverse(f"advising:{page}", args=[record.pk])
    before = AuditEntry.objects.count()
    partner = cast.member(Role.PROVIDER_MEMBER, people.partner.organisation)
    others = [cast.member(Role.CENTRE_LEAD, at="05978"), cast.member(Role.GRANT_OFFICER), cast.member(Role.SIGNATORY)]
    refused = [*((one, 404) for one in others), (partner, 403 if page in SEEN_BY_PARTNERS else 404)]
    for person, status in refused:
        assert client_of(person).get(address).status_code == status
        assert client_of(person).post(address, CUT).status_code == status
    assert AuditEntry.objects.count() == before
    for role in (Role.CENTRE_STAFF, Role.CENTRE_LEAD):
        assert client_of(cast.member(role, at="05122")).get(address).status_code == 200


def test_every_text_of_a_whole_lies_under_the_key_of_the_whole():
    for whole in PARTS:
        for model in models_of(whole()):
            assert declaration_of(model).seals_texts, model
            assert model is whole or hasattr(model, "key_holder") or not text_fields(model), model
