"""Runs that delete files: proposed, offered to the archive, approved by a second person, resumed after a crash."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.support.cast import acting, centre, client_of, home_of, member
from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.core.acting import SamePerson
from verbund.core.lifecycle import NotAllowedNow
from verbund.funding import operations, tasks
from verbund.funding.models import AuditMandate, GrantApplication, RetentionItem, RetentionRun
from verbund.funding.operations.retention_runs import (
    AlreadyInARun,
    NotForTheArchive,
    NotHandedOver,
    NothingDue,
    WrongArchiveDays,
)
from verbund.funding.tests import closed_files, story
from verbund.funding.tests.closed_files import DUE

pytestmark = pytest.mark.django_db
PAGE, NEW = "/foerderung/aufbewahrung/", "/foerderung/aufbewahrung/loeschlaeufe/neu/"


@pytest.fixture
def cast(db) -> story.People:
    return story.people()


@pytest.fixture
def two(cast, time_machine) -> list[GrantApplication]:
    """Two withdrawn applications; their period is over, and it is 2035."""
    found = [closed_files.withdrawn(cast, year) for year in (2024, 2025)]
    time_machine.move_to(f"{DUE} 12:00+01:00")
    return found


def outcomes(run) -> list[tuple[str, str]]:
    return list(run.items.values_list("outcome", "sentence"))


def approve(run, cast, capture) -> None:
    with capture(execute=True):
        operations.approve_retention_run(run, on=DUE, actor=cast.approver)
    run.refresh_from_db()


# --- proposing


def test_only_files_that_are_due_free_and_in_no_other_run_are_proposed(two, cast):
    with pytest.raises(NothingDue):
        operations.propose_retention_run([one.pk for one in two], on=date(2028, 12, 31), actor=cast.officer)
    operations.set_hold(two[0], reason="Anfrage", actor=cast.officer)
    run = operations.propose_retention_run([one.pk for one in two], on=date(2029, 1, 1), actor=cast.officer)
    assert [(item.application, item.goes_on) for item in run.items.all()] == [(two[1], date(2029, 1, 1))]
    assert run.items.get().contents["documents"] == 5
    with pytest.raises(AlreadyInARun):
        operations.propose_retention_run([two[1].pk], on=DUE, actor=cast.officer)
    assert RetentionRun.objects.count() == 1


def test_a_dropped_run_lets_its_files_be_proposed_again(two, cast):
    run = closed_files.answered(two, cast)
    operations.drop_retention_run(run, reason="noch einmal prüfen", actor=cast.officer)
    assert outcomes(run) == [("KEPT", "Der Löschlauf wurde verworfen.")] * 2
    with pytest.raises(NotAllowedNow):
        operations.approve_retention_run(run, on=DUE, actor=cast.approver)
    assert closed_files.answered(two, cast).items.count() == 2


# --- the archive


def test_nothing_is_approved_before_the_archive_has_answered_in_the_order_of_the_days(two, cast):
    run = operations.propose_retention_run([one.pk for one in two], on=DUE, actor=cast.officer)
    with pytest.raises(NotAllowedNow):
        operations.approve_retention_run(run, on=DUE, actor=cast.approver)
    day = timedelta(days=1)
    for offered_on, answered_on in ((DUE - day, DUE), (DUE, DUE - day), (DUE, DUE + day), (DUE + day, DUE + day)):
        with pytest.raises(WrongArchiveDays):
            operations.record_archive_answer(
                run, offered_on=offered_on, answered_on=answered_on, taken=(), note="", on=DUE, actor=cast.officer
            )
    with pytest.raises(NotAllowedNow):
        operations.record_handover(run, handed_over_on=DUE, on=DUE, actor=cast.officer)
    assert RetentionRun.objects.get().status == "PROPOSED"


def test_what_the_archive_takes_is_copied_and_handed_over_before_it_is_deleted(
    two, cast, django_capture_on_commit_callbacks
):
    run = closed_files.answered(two, cast)
    with pytest.raises(NotForTheArchive):
        operations.record_handover(run, handed_over_on=DUE, on=DUE, actor=cast.officer)
    taken = run.items.first()
    days = {"offered_on": DUE, "answered_on": DUE, "note": "", "on": DUE}
    operations.record_archive_answer(run, **days, taken=[taken.pk], actor=cast.officer)
    with pytest.raises(NotHandedOver):
        operations.approve_retention_run(run, on=DUE, actor=cast.approver)
    officer = client_of(member(Role.GRANT_OFFICER))
    assert officer.get(f"{run.get_absolute_url()}kopie/").status_code == 405
    answer = officer.post(f"{run.get_absolute_url()}kopie/")
    names = check_archive(b"".join(answer.streaming_content), taken.application)
    assert len([name for name in names if name.endswith(".pdf")]) == 6
    operations.record_handover(run, handed_over_on=DUE, on=DUE, actor=cast.officer)
    approve(run, cast, django_capture_on_commit_callbacks)
    assert outcomes(run) == [("DELETED", "")] * 2
    assert officer.post(f"{run.get_absolute_url()}kopie/").status_code == 422
    verbs = [entry["what"] for entry in audit.history_of(run)]
    assert verbs.count("Kopie für das Archiv heruntergeladen") == 1


def check_archive(content: bytes, application) -> list[str]:
    """Check documents, record and list of a copy for the archive; return the names in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        listed = list(csv.DictReader(io.StringIO(archive.read("inhalt.csv").decode("utf-8-sig")), delimiter=";"))
        (record,) = [json.loads(archive.read(name)) for name in names if name.endswith("akte.json")]
        assert all(archive.read(row["Datei"]) for row in listed)
    assert sorted([*(row["Datei"] for row in listed), "inhalt.csv"]) == sorted(names)
    assert record["akte"] == str(application)
    (values,) = record["GrantApplication"]
    assert (values["withdrawal_reason"], values["status"]) == (f"{closed_files.CANARY} Verzicht", "zurückgezogen")
    return names


# --- the second person


def test_whoever_proposed_does_not_approve_not_even_through_a_deputy(two, cast, django_capture_on_commit_callbacks):
    proposer = member(Role.GRANT_APPROVER)
    run = operations.propose_retention_run([one.pk for one in two], on=DUE, actor=acting(proposer))
    operations.record_archive_answer(
        run, offered_on=DUE, answered_on=DUE, taken=(), note="", on=DUE, actor=acting(proposer)
    )
    other = member(Role.GRANT_APPROVER)
    for actor in (acting(proposer), acting(other, by=proposer.user), acting(proposer, by=other.user)):
        with pytest.raises(SamePerson):
            operations.approve_retention_run(run, on=DUE, actor=actor)
    approve(run, cast, django_capture_on_commit_callbacks)
    assert (run.status, run.approved_by) == ("DONE", cast.approver.user)
    with pytest.raises(NotAllowedNow):
        operations.approve_retention_run(run, on=DUE, actor=acting(other))


@pytest.mark.postgres
def test_the_database_refuses_one_person_a_run_without_archive_and_a_file_in_two_runs(two, cast):
    run = closed_files.answered(two, cast)
    rows = RetentionRun.objects.filter(pk=run.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(approved_by=cast.officer.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(answered_on=None, approved_on=DUE)
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionItem.objects.create(run=run, application=two[0], number=3, goes_on=DUE)
    with pytest.raises(IntegrityError), transaction.atomic():
        run.items.update(outcome="DELETED")


# --- carrying out


def test_what_got_a_hold_an_audit_or_a_longer_period_meanwhile_stays_and_says_why(
    two, cast, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to("2023-05-03 12:00+02:00")
    others = [closed_files.withdrawn(cast, year) for year in (2026, 2027)]
    time_machine.move_to(f"{DUE} 12:00+01:00")
    run = closed_files.answered([*two, *others], cast)
    operations.set_hold(two[0], reason="Anfrage des Landtags", actor=cast.officer)
    AuditMandate.objects.create(
        auditor=member(Role.AUDITOR, centre().carrier.organisation), body=centre().carrier.organisation,
        valid_from=DUE, valid_until=DUE, reason="Prüfung", file_reference="14-1", first_year=2025, last_year=2025,
    )  # fmt: skip
    GrantApplication.objects.filter(pk=others[0].pk).update(status_since=DUE)
    approve(run, cast, django_capture_on_commit_callbacks)
    assert outcomes(run) == [
        ("KEPT", "Löschsperre: Anfrage des Landtags"),
        ("KEPT", "eine Prüfung läuft oder steht bevor"),
        ("KEPT", "die Frist läuft bis zum 31.12.2040"),
        ("DELETED", ""),
    ]
    assert list(GrantApplication.objects.filter(deleted_on=DUE)) == [others[1]]
    assert GrantApplication.objects.get(pk=two[0].pk).withdrawal_reason


def test_a_run_that_stops_in_the_middle_is_carried_on_by_the_clock_and_a_repetition_does_nothing(two, cast):
    run = closed_files.answered(two, cast)
    operations.approve_retention_run(run, on=DUE, actor=cast.approver)  # nobody is left to carry out anything

    assert operations.advance_retention_run(run, steps=1) == 1
    with transaction.atomic():
        operations.advance_retention_run(run)
        transaction.set_rollback(True)  # the server is gone: all was done, nothing of it committed
    assert [outcome for outcome, _sentence in outcomes(run)] == ["DELETED", "PENDING"]
    assert GrantApplication.objects.get(pk=two[1].pk).attachments.count() == 5
    entries = audit.head()
    tasks.go_on_with_retention_runs(None)
    run.refresh_from_db()
    assert (run.status, outcomes(run)) == ("DONE", [("DELETED", "")] * 2)
    after = audit.head()
    assert after != entries
    tasks.go_on_with_retention_runs(None)
    assert operations.advance_retention_run(run) == 0
    assert audit.head() == after
    assert audit.verify() == []


# --- pages


def test_the_authority_proposes_and_approves_on_its_pages_and_sees_what_goes(
    two, cast, django_capture_on_commit_callbacks
):
    officer, approver = (client_of(member(role)) for role in (Role.GRANT_OFFICER, Role.GRANT_APPROVER))
    listed = officer.get(PAGE).content.decode()
    assert listed.count('name="chosen"') == 2
    previewed = officer.get(NEW, {"chosen": [two[0].pk, "x", 10**30]}).content.decode()
    assert "Hochgeladene Unterlagen: 5" in previewed
    assert previewed.count('name="chosen"') == 1
    assert officer.get(NEW, {"all": "1"}).content.decode().count('name="chosen"') == 2
    assert officer.post(NEW, {}).status_code == 422
    url = officer.post(NEW, {"chosen": [one.pk for one in two]}).headers["Location"]
    assert officer.get(PAGE).content.decode().count('name="chosen"') == 0
    assert approver.post(f"{url}freigeben/", {"is_examined": "on"}).status_code == 422
    days = {"offered_on": "2035-01-02", "answered_on": "2035-01-02", "note": ""}
    assert officer.post(f"{url}archiv/", {**days, "taken": ["999999"]}).status_code == 422
    assert officer.post(f"{url}archiv/", days).status_code == 302
    assert "Löschung freigeben" not in officer.get(url).content.decode()
    assert "Löschung freigeben" in approver.get(url).content.decode()
    assert approver.post(f"{url}freigeben/", {"is_examined": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert approver.post(f"{url}freigeben/", {"is_examined": "on"}).status_code == 302
    done = approver.get(url).content.decode()
    assert "2 von 2 bearbeitet: 2 gelöscht, 0 nicht gelöscht." in done
    assert approver.post(f"{url}weiter/").status_code == 302


def test_who_sees_a_run_and_who_acts_on_it(two, cast):
    run = closed_files.answered(two, cast)
    url = run.get_absolute_url()
    platform = member(Role.DATA_PROTECTION_OFFICER, home_of(Role.OPERATOR))
    people = {
        "visitor": None,
        "lead": member(Role.CENTRE_LEAD),
        "carrier's data protection": member(Role.DATA_PROTECTION_OFFICER, centre().carrier.organisation),
        "cashier": member(Role.CASHIER),
        "ministry": member(Role.MINISTRY_READER),
        "auditor": member(Role.AUDITOR),
        "operator": member(Role.OPERATOR),
        "platform's data protection": platform,
        "officer": member(Role.GRANT_OFFICER),
        "approver": member(Role.GRANT_APPROVER),
    }
    stranger = {"run": 404, "archiv/": 404, "freigeben/": 404, "verwerfen/": 404}
    reader = {"run": 200, "archiv/": 403, "freigeben/": 403, "verwerfen/": 403}
    expected = {
        **dict.fromkeys(("lead", "carrier's data protection", "cashier", "ministry", "auditor"), stranger),
        **dict.fromkeys(("operator", "platform's data protection"), reader),
        "visitor": dict.fromkeys(stranger, 302),
        "officer": {**reader, "archiv/": 200, "verwerfen/": 200},
        "approver": dict.fromkeys(stranger, 200),
    }
    found = {
        name: {page: client_of(one).get(url + page.removeprefix("run")).status_code for page in stranger}
        for name, one in people.items()
    }
    assert found == expected
    may_propose = {name for name, one in people.items() if client_of(one).get(NEW).status_code == 200}
    assert may_propose == {"officer", "approver"}
    assert client_of(people["operator"]).post(NEW, {"chosen": [two[0].pk]}).status_code == 403


def test_what_waits_of_a_run_stands_on_the_work_list_of_who_can_do_it(two, cast):
    def waiting(actor) -> list[str]:
        return [one.title for one in story.queries.tasks_for(actor, DUE) if "Löschlauf" in one.subject]

    run = operations.propose_retention_run([one.pk for one in two], on=DUE, actor=cast.officer)
    assert (waiting(cast.officer), waiting(cast.approver)) == (["Antwort des Archivs festhalten"], [])
    days = {"offered_on": DUE, "answered_on": DUE, "note": "", "on": DUE, "actor": cast.officer}
    operations.record_archive_answer(run, **days, taken=[run.items.first().pk])
    assert (waiting(cast.officer), waiting(cast.approver)) == (["Akten an das Archiv übergeben"], [])
    operations.record_handover(run, handed_over_on=DUE, on=DUE, actor=cast.officer)
    assert (waiting(cast.officer), waiting(cast.approver)) == ([], ["Löschung freigeben"])


def test_the_pages_ask_the_same_number_of_questions_for_one_file_and_for_three(two, cast, time_machine):
    officer, counts = client_of(member(Role.GRANT_OFFICER)), []
    time_machine.move_to("2023-05-03 12:00+02:00")
    files = [*two, closed_files.withdrawn(cast, 2026)]
    time_machine.move_to(f"{DUE} 12:00+01:00")
    for chosen in (files[:1], files):
        run = closed_files.answered(chosen, cast)
        officer.get(PAGE)
        counts.append([])
        for page in (run.get_absolute_url(), PAGE):
            with CaptureQueriesContext(connection) as captured:
                assert officer.get(page).status_code == 200
            counts[-1].append(len(captured))
        operations.drop_retention_run(run, reason="weiter", actor=cast.officer)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(NEW, {"chosen": [one.pk for one in chosen]}).status_code == 200
        counts[-1].append(len(captured))
    assert counts[0] == counts[1]
