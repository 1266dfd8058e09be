"""Auditors read, for a time, what their audit is about; every page is noted for the house that let them."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.cast import acting, centre, client_of, home_of, member
from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.directory.models import Organisation
from verbund.funding import operations, queries, worklist
from verbund.funding.models import AuditMandate
from verbund.funding.operations.audits import NotRunning, NotToBeGranted, WrongPeriod
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE = date(2023, 4, 17), date(2023, 5, 3), date(2023, 6, 30)
FILES = "/foerderung/pruefungen/"


def carrier_of(key: str):
    return centre(key).carrier


def auditor_at(key: str):
    """Make an auditor in the carrier's own audit office."""
    return member(Role.AUDITOR, carrier_of(key).organisation)


def auditor_outside():
    return member(Role.AUDITOR, Organisation.objects.filter(kind="REGIONAL_GOVERNMENT").first())


def mandate(auditor, **changes) -> AuditMandate:
    values = {
        "auditor": auditor,
        "valid_from": MAY,
        "valid_until": JUNE,
        "reason": "Prüfung der Förderung",
        "file_reference": "14/2023-7",
        **changes,
    }
    return AuditMandate(**values)


@pytest.fixture
def solingen(db) -> dict:
    """A grant of 2023 with a verified call for money, and a draft for 2024, on 3 May 2023."""
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        cast = story.people()
        notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
        drawdown = operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury)
        operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
        draft = story.drafted(story.call_for(2024, opens_on=date(2022, 6, 1)), cast)
        application = notice.application
        pages = {
            "application": application.get_absolute_url(),
            "attachment": reverse("funding:attachment", args=[application.attachments.first().pk]),
            "receipt": reverse("funding:receipt", args=[application.submissions.get().pk]),
            "notice": notice.get_absolute_url(),
            "document": reverse("funding:notice-document", args=[notice.pk]),
            "balance": reverse("funding:notice-balance", args=[notice.pk]),
        }
        yield {"cast": cast, "notice": notice, "application": application, "draft": draft, "pages": pages}


def answers(auditor, pages) -> dict:
    client = client_of(auditor)
    return {name: client.get(url).status_code for name, url in pages.items()}


# --- what a mandate opens


def test_an_auditor_with_a_mandate_reads_the_file_and_every_page_is_noted(solingen):
    auditor, pages = auditor_at("05122"), solingen["pages"]
    assert set(answers(auditor, pages).values()) == {404}

    made = operations.grant_audit_access(mandate(auditor), on=MAY, actor=solingen["cast"].signatory)

    assert set(answers(auditor, pages).values()) == {200}
    noted = [one["note"] for one in audit.history_of(made, verb="read_for_audit")]
    assert len(noted) == len(pages)
    page = client_of(member(Role.SIGNATORY)).get(made.get_absolute_url()).content.decode()
    assert all(note.startswith(str(solingen["application"])) and note in page for note in noted)


def test_nothing_can_be_read_without_a_mandate_before_it_after_it_or_outside_of_it(solingen):
    signatory, approver = solingen["cast"].signatory, solingen["cast"].approver
    own, elsewhere, authority = (
        auditor_at("05122"),
        auditor_at("05916"),
        member(Role.AUDITOR, home_of(Role.GRANT_OFFICER)),
    )
    ahead, another_year, ended = auditor_at("05122"), auditor_at("05122"), auditor_at("05122")
    operations.grant_audit_access(mandate(ahead, valid_from=date(2023, 5, 4)), on=MAY, actor=signatory)
    operations.grant_audit_access(mandate(another_year, first_year=2024), on=MAY, actor=signatory)
    over = operations.grant_audit_access(mandate(ended), on=MAY, actor=signatory)
    operations.end_audit_access(over, reason="Prüfung abgebrochen", on=MAY, actor=signatory)
    other = operations.grant_audit_access(mandate(authority, carrier=carrier_of("05916")), on=MAY, actor=approver)

    for auditor in (own, elsewhere, authority, ahead, another_year, ended):
        assert set(answers(auditor, solingen["pages"]).values()) == {404}, auditor
    running = auditor_at("05122")
    operations.grant_audit_access(mandate(running, first_year=2023, last_year=2023), on=MAY, actor=signatory)
    assert client_of(running).get(solingen["pages"]["notice"]).status_code == 200
    assert client_of(running).get(solingen["draft"].get_absolute_url()).status_code == 404
    with time_machine.travel("2023-07-01 12:00+02:00"):
        assert set(answers(running, solingen["pages"]).values()) == {404}
    assert client_of(running).get(other.get_absolute_url()).status_code == 404


def test_an_auditor_writes_nothing_and_sees_neither_proposals_nor_accounts_nor_lists_of_others(solingen):
    auditor, notice = auditor_at("05122"), solingen["notice"]
    operations.grant_audit_access(mandate(auditor), on=MAY, actor=solingen["cast"].signatory)
    client = client_of(auditor)
    forbidden = {
        "bearbeiten": (f"/foerderung/antraege/{solingen['application'].pk}/bearbeiten/", 403),
        "zurückziehen": (f"/foerderung/antraege/{solingen['application'].pk}/zurueckziehen/", 403),
        "Prüfung": (f"/foerderung/antraege/{solingen['application'].pk}/pruefung/", 403),
        "Abruf": (f"/foerderung/bescheide/{notice.pk}/abrufen/", 403),
        "Änderung": (f"/foerderung/bescheide/{notice.pk}/aenderung-beantragen/", 403),
        "Entscheidung": (f"/foerderung/entscheidungen/{notice.decision_id}/", 404),
        "Konten": ("/foerderung/konten/", 403),
        "Titel": ("/foerderung/titel/", 403),
        "CSV": ("/foerderung/antraege.csv", 403),
        "Zugang geben": (f"{FILES}neu/", 403),
    }
    assert {name: client.get(url).status_code for name, (url, _status) in forbidden.items()} == {
        name: status for name, (_url, status) in forbidden.items()
    }
    page = client.get(solingen["pages"]["notice"]).content.decode()
    assert "DE89 … 3000" in page
    assert story.IBAN not in page
    assert '<form method="post"' not in page.split("<main")[1].split("</main>")[0]


# --- who grants


def test_a_carrier_opens_only_its_own_files_and_only_to_its_own_or_an_outside_audit(solingen):
    signatory = solingen["cast"].signatory
    made = operations.grant_audit_access(mandate(auditor_outside()), on=MAY, actor=signatory)
    assert (made.carrier_id, made.body_id) == (signatory.carrier_id, signatory.carrier_id)
    refused = [
        mandate(auditor_at("05916")),
        mandate(member(Role.AUDITOR, home_of(Role.GRANT_OFFICER))),
        mandate(member(Role.TREASURY)),
        mandate(auditor_at("05122"), carrier=carrier_of("05916")),
        mandate(auditor_at("05122"), centre=centre("05916")),
        mandate(member(Role.AUDITOR, carrier_of("05122").organisation, user=signatory.user)),
    ]
    for one in refused:
        with pytest.raises(NotToBeGranted):
            operations.grant_audit_access(one, on=MAY, actor=signatory)
    with pytest.raises(WrongPeriod):
        operations.grant_audit_access(
            mandate(auditor_at("05122"), valid_from=APRIL, valid_until=date(2023, 5, 2)), on=MAY, actor=signatory
        )
    assert AuditMandate.objects.count() == 1


def test_the_form_takes_no_foreign_auditor_and_the_page_of_another_house_does_not_exist(solingen):
    client = client_of(member(Role.SIGNATORY))
    typed = {"valid_from": "2023-05-03", "valid_until": "2023-06-30", "reason": "Prüfung", "file_reference": "14-1"}
    foreign = {**typed, "auditor": auditor_at("05916").pk}
    assert client.post(f"{FILES}neu/", foreign).status_code == 422
    assert (
        client.post(
            f"{FILES}neu/", {**typed, "auditor": auditor_at("05122").pk, "centre": centre("05916").pk}
        ).status_code
        == 422
    )
    assert client.post(f"{FILES}neu/", {**typed, "auditor": auditor_at("05122").pk}).status_code == 302
    made = AuditMandate.objects.get()
    end = reverse("funding:audit-end", args=[made.pk])
    found = {
        name: (client_of(one).get(made.get_absolute_url()).status_code, client_of(one).post(end).status_code)
        for name, one in {
            "visitor": None,
            "lead": member(Role.CENTRE_LEAD),
            "treasury": member(Role.TREASURY),
            "other signatory": member(Role.SIGNATORY, at="05916"),
            "approver": member(Role.GRANT_APPROVER),
            "auditor": made.auditor,
            "other auditor": auditor_at("05122"),
            "ministry": member(Role.MINISTRY_READER),
        }.items()
    }
    assert found == {
        "visitor": (302, 403),
        "lead": (200, 403),
        "treasury": (404, 404),
        "other signatory": (404, 404),
        "approver": (404, 404),
        "auditor": (200, 403),
        "other auditor": (404, 404),
        "ministry": (404, 404),
    }
    made.refresh_from_db()
    assert made.ended_at is None
    assert client.post(end, {"reason": "fertig"}).status_code == 302
    made.refresh_from_db()
    assert made.ended_reason == "fertig"
    with pytest.raises(NotRunning):
        operations.end_audit_access(made, reason="noch einmal", on=MAY, actor=acting(member(Role.SIGNATORY)))


def test_the_log_of_what_was_read_leaves_nothing_out(solingen):
    auditor = auditor_at("05122")
    made = operations.grant_audit_access(mandate(auditor), on=MAY, actor=solingen["cast"].signatory)
    for number in range(101):
        operations.note_reading(solingen["application"], page=f"Seite {number}.", on=MAY, actor=acting(auditor))
    client = client_of(member(Role.SIGNATORY))
    newest, all_of_them = (client.get(made.get_absolute_url() + query).content.decode() for query in ("", "?gelesen=2"))
    assert ("Seite 0." in newest, "Seite 100." in newest, "?gelesen=2" in newest) == (False, True, True)
    assert ("Seite 0." in all_of_them, "Seite 100." in all_of_them, "?gelesen=3" in all_of_them) == (True, True, False)


@pytest.mark.postgres
def test_an_access_that_ends_before_it_begins_or_without_a_reason_is_refused_by_the_database(solingen):
    made = operations.grant_audit_access(mandate(auditor_at("05122")), on=MAY, actor=solingen["cast"].signatory)
    wrong = ({"valid_until": APRIL}, {"ended_reason": "ohne Tag"}, {"first_year": 2024, "last_year": 2023})
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditMandate.objects.filter(pk=made.pk).update(**values)


# --- where it is found


def test_an_auditor_finds_audits_on_the_work_list_and_is_led_from_funding_to_them(solingen):
    auditor = auditor_at("05122")
    signatory = solingen["cast"].signatory
    operations.grant_audit_access(mandate(auditor), on=MAY, actor=signatory)
    operations.grant_audit_access(mandate(auditor, valid_from=date(2023, 5, 20)), on=MAY, actor=signatory)
    tasks = [(task.title, task.due_on) for task in worklist.tasks_for(acting(auditor), MAY)]
    assert sorted(tasks) == [("Akten prüfen", JUNE), ("Prüfung vorbereiten", date(2023, 5, 20))]
    assert worklist.tasks_for(acting(auditor), date(2023, 7, 1)) == []
    for url in ("/foerderung/", "/foerderung/antraege/"):
        assert client_of(auditor).get(url)["Location"] == FILES
    assert client_of(auditor).get(FILES).content.decode().count('class="row-link"') == 2


def test_the_list_asks_the_same_number_of_questions_for_one_audit_and_for_three(solingen):
    client, signatory = client_of(member(Role.SIGNATORY)), solingen["cast"].signatory
    counts = []
    for number in (1, 2):
        for _time in range(number):
            operations.grant_audit_access(mandate(auditor_at("05122")), on=MAY, actor=signatory)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(FILES)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert queries.mandates_visible_to(signatory).count() == 3
