"""Deleting a file whose period is over: what goes, what stays, and that everything that reads it still works."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core import audit, files
from verbund.core.models import AuditEntry, Deadline, StoredFile
from verbund.core.privacy import erase_subject, places_naming
from verbund.funding import file_contents, ledger, operations, publication
from verbund.funding.models import (
    Attachment,
    BudgetEntry,
    BudgetTitle,
    GrantApplication,
    GrantNotice,
    ReclaimEntry,
    RetentionItem,
)
from verbund.funding.operations.grants import FileDeleted
from verbund.funding.tests import closed_files, story
from verbund.funding.tests.closed_files import CANARY, DUE

pytestmark = pytest.mark.django_db


@dataclass
class Deleted:
    """A file before and after: what stood of it in the books, and where its bytes were."""

    application: GrantApplication
    notice: GrantNotice
    books: list
    bytes: list[Path]
    shared: Path
    granted_posts: list[dict]
    cast: story.People


def books() -> list:
    """Return all that must not move: titles, their entries, the entries of claims, what is published."""
    models = (BudgetTitle, BudgetEntry, ReclaimEntry)
    published = [(first.pk, counting.amount_granted) for first, counting in publication.published_grants(on=DUE)]
    return [*(list(model.objects.order_by("pk").values()) for model in models), published]


def granted_posts(application) -> list[dict]:
    return story.queries.posts_granted(application.centre_id, on=closed_files.JULY, known_on=DUE)


@pytest.fixture
def deleted(db, time_machine, django_capture_on_commit_callbacks) -> Deleted:
    cast = story.people()
    application = closed_files.everything(cast, acting(member(Role.COORDINATOR)))
    time_machine.move_to(f"{DUE} 12:00+01:00")
    stored = StoredFile.objects.all()
    shared = application.attachments.filter(kind="CONCEPT").get()
    follower = GrantApplication.objects.create(
        call=story.call_for(2036, opens_on=DUE), carrier=application.carrier, centre=application.centre
    )
    Attachment.objects.create(application=follower, kind="CONCEPT", file=shared.file)
    paths = {files.path_of(one.sha256) for one in stored}
    before = Deleted(
        application,
        story.queries.valid_notice(application),
        books(),
        sorted(paths - {files.path_of(shared.file.sha256)}),
        files.path_of(shared.file.sha256),
        granted_posts(application),
        cast,
    )
    assert len(before.bytes) >= 8
    assert all(path.exists() for path in before.bytes)
    with django_capture_on_commit_callbacks(execute=True):
        operations.approve_retention_run(closed_files.answered([application], cast), on=DUE, actor=cast.approver)
    before.application.refresh_from_db()
    return before


def test_nothing_of_a_deleted_file_can_be_read_anywhere_and_the_books_stay(deleted):
    application, item = deleted.application, RetentionItem.objects.get()
    assert (item.outcome, application.deleted_on) == ("DELETED", DUE)
    assert item.deleted == item.contents
    assert item.deleted == {
        "documents": 6, "letters": 8, "review": 11, "questions": 4, "posts": 4, "proofs": 6, "money": 1, "texts": 4,
    }  # fmt: skip
    assert places_naming(CANARY) == []
    assert books() == deleted.books
    assert [line.is_fine for line in ledger.findings()] == [True]
    assert granted_posts(application) == deleted.granted_posts
    assert not [path for path in deleted.bytes if path.exists()]
    assert deleted.shared.exists()
    assert not Deadline.objects.filter(organisation_id=application.carrier_id).exists()
    for part in file_contents.PARTS:
        rows = part.of([application.pk])
        assert (
            not rows.exists()
            if part.goes
            else {getattr(row, name) or None for row in rows for name in part.leaves if name != "reason"} <= {None}
        )


def test_the_trail_of_a_deleted_file_still_verifies_and_says_that_its_texts_are_gone(deleted):
    assert audit.verify() == []
    entries = audit.history_of(deleted.application, reveal=True)
    assert entries[0]["what"] == "Akte nach Ablauf ihrer Frist gelöscht"
    asked = next(one for one in entries if one["what"] == "Unterlagen nachgefordert")
    assert asked["note"] == f"gelöscht am {DUE:%d.%m.%Y}"
    signed = next(one for one in entries if one["what"] == "mitgezeichnet")
    assert {change["after"] for change in signed["changes"] if change["label"] == "Mitgezeichnet von"} == {
        f"gelöscht am {DUE:%d.%m.%Y}"
    }


def test_until_its_file_goes_a_text_in_the_trail_is_read_by_whoever_reads_the_history(db):
    cast = story.people()
    application = story.submitted(story.call_for(2023), cast)
    operations.withdraw_application(application, reason=CANARY, on=closed_files.MAY, actor=cast.lead)
    newest = audit.history_of(application)[0]
    assert newest["note"] == CANARY
    assert next(one for one in newest["changes"] if one["label"] == "Grund")["after"] == CANARY
    assert CANARY not in str(list(AuditEntry.objects.values("changes", "note")))
    assert audit.verify() == []


def test_a_declaration_of_conflict_goes_with_its_file_and_with_its_person(db):
    cast = story.people()
    application = story.submitted(story.call_for(2023), cast)
    made = operations.declare_conflict(application, has_conflict=True, statement=CANARY, actor=cast.officer)
    (entry,) = AuditEntry.objects.filter(verb="declare_conflict")
    assert entry.changes["statement"][1]["subject"] == f"funding.ConflictDeclaration:{made.pk}"
    assert CANARY in str(audit.history_of(made, reveal=True))
    erase_subject(cast.officer.user, actor=cast.officer)
    assert CANARY not in str(audit.history_of(made, reveal=True))


def addresses(found: Deleted) -> list[str]:
    """Return the addresses of records of the file that are still there, and of acts on them."""
    application, notice = found.application, found.notice
    proof, reclaim = application.proofs.get(), application.reclaims.get()
    named = [
        *(("funding:application", application), ("funding:review", application), ("funding:hold-set", application)),
        *(("funding:notice", notice), ("funding:notice-document", notice), ("funding:notice-origin", notice)),
        *(("funding:grant-entries", notice), ("funding:decision", notice.decision), ("funding:proof", proof)),
        *(("funding:reclaim", reclaim), ("funding:reclaim-document", reclaim.issued_notice)),
        ("funding:proof-result", proof),
    ]
    return [reverse(name, args=[record.pk]) for name, record in named]


def test_every_page_of_a_deleted_file_is_the_one_that_says_so(deleted):
    officer, page = client_of(member(Role.GRANT_OFFICER)), deleted.application.page_instead
    for address in addresses(deleted):
        answer = officer.get(address)
        assert (address, answer.status_code, answer.headers.get("Location")) == (address, 302, page)
    before = AuditEntry.objects.count()
    assert officer.post(addresses(deleted)[2], {"reason": "zu spät"}).headers["Location"] == page
    assert AuditEntry.objects.count() == before
    with pytest.raises(FileDeleted, match=r"02\.01\.2035"):
        operations.set_hold(deleted.application, reason="zu spät", actor=deleted.cast.officer)
    with pytest.raises(FileDeleted):
        operations.open_hearing(
            deleted.application, occasion="REVOCATION", text="x", due_on=DUE, on=DUE, actor=deleted.cast.officer
        )


def test_the_page_of_a_deleted_file_names_rule_run_and_sums_to_whoever_could_read_the_file(deleted):
    page = deleted.application.page_instead
    people = {
        "visitor": (None, 302),
        "lead": (member(Role.CENTRE_LEAD), 200),
        "other lead": (member(Role.CENTRE_LEAD, at="05916"), 404),
        "officer": (member(Role.GRANT_OFFICER), 200),
        "ministry": (member(Role.MINISTRY_READER), 200),
        "operator": (member(Role.OPERATOR), 404),
        "auditor without mandate": (member(Role.AUDITOR), 404),
    }
    assert {name: client_of(one).get(page).status_code for name, (one, _status) in people.items()} == {
        name: status for name, (_one, status) in people.items()
    }
    said = client_of(people["officer"][0]).get(page).content.decode()
    for words in (
        "Diese Akte wurde am 02.01.2035 gelöscht.",
        "10 Jahre ab dem Ende des Jahres",
        "193.000,00",
        "90.000,00",
    ):
        assert words in said
    run = RetentionItem.objects.get().run.get_absolute_url()
    assert run in said
    assert run not in client_of(people["lead"][0]).get(page).content.decode()


LISTS = (
    "/foerderung/", "/foerderung/antraege/", "/foerderung/erstattungen/", "/foerderung/nachweise/",
    "/foerderung/aufbewahrung/", "/foerderung/landesrechnungshof/", "/foerderung/stichproben/", "/aufgaben/",
    "/foerderung/titel/", "/foerderung/offene-daten/360giving.json",
)  # fmt: skip


def test_lists_files_and_sums_work_with_a_deleted_file_among_them(deleted):
    application, notice = deleted.application, deleted.notice
    title = notice.years.get().budget_title_id
    exports = [
        reverse(f"funding:{name}-{ending}")
        for name in ("applications", "notices", "drawdowns", "changes", "reclaims")
        for ending in ("csv", "xlsx")
    ]
    more = [
        *exports,
        f"/foerderung/titel/{title}/woher/",
        f"/foerderung/titel/{title}/",
        application.call.get_absolute_url(),
        reverse("portal:post-plan", args=[application.centre_id]) + "?jahr=2023",
        f"/zentren/{application.centre.key}/?stichtag=2023-07-03",
        reverse("funding:verification", args=[notice.verification_code]),
    ]
    officer, lead = client_of(member(Role.GRANT_OFFICER)), client_of(member(Role.CENTRE_LEAD))
    wrong = [(one, officer.get(one).status_code) for one in (*LISTS, *more)]
    assert [pair for pair in wrong if pair[1] != 200] == []
    failing = [(one, lead.get(one).status_code) for one in (*LISTS, *more)]
    assert [pair for pair in failing if pair[1] not in {200, 403, 404}] == []
    assert officer.get("/foerderung/antraege/").content.decode().count("Akte gelöscht") == 1
    origin = officer.get(f"/foerderung/titel/{title}/woher/").content.decode()
    assert "193.000,00" in origin
    shown = officer.get(more[-1]).content.decode()
    assert "seine Akte ist gelöscht" in shown


def test_nothing_waits_for_anybody_on_a_deleted_file(deleted):
    for role in (Role.CENTRE_LEAD, Role.TREASURY, Role.SIGNATORY, Role.GRANT_OFFICER, Role.GRANT_APPROVER):
        found = story.queries.tasks_for(acting(member(role)), DUE)
        assert [one for one in found if "2023" in one.subject] == []


def test_every_model_that_leads_to_a_file_goes_is_emptied_or_stays_with_a_reason():
    listed = {part.model for part in file_contents.PARTS} | file_contents.STAYS.keys()
    of_file, missing = {part.model for part in file_contents.PARTS}, set()
    for model in apps.get_models():
        links = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
        if links & of_file and model not in listed:
            missing.add(model._meta.label)
    assert missing == {"offers.OfferFunding"}  # who pays an offer stays as long as the offer


def test_what_is_emptied_holds_no_text_that_nobody_decided_about():
    """Free texts of rows that stay are either emptied or named here with the reason why they are not."""
    kept = {
        "GrantApplication.file_reference", "GrantNotice.file_reference", "GrantNotice.verification_code",
        "ReclaimNotice.verification_code", "Reclaim.reference", "Disbursement.reference",
    }  # fmt: skip
    left = set()
    for part in file_contents.PARTS:
        for column in [] if part.goes else part.model._meta.concrete_fields:
            holds_text = column.get_internal_type() in {"CharField", "TextField", "JSONField"} and not column.choices
            if holds_text and column.name not in part.leaves:
                left.add(f"{part.model.__name__}.{column.name}")
    assert left == kept


def test_a_stored_file_goes_with_the_last_record_that_needs_it_unless_it_was_stored_just_now(db, time_machine):
    stored = files.store(b"%PDF-einmalig", name="a.pdf")
    path = files.path_of(stored.sha256)
    files.forget([stored.pk])
    files.clear_forgotten()
    assert path.exists()  # another act may be storing the same content in this instant
    assert list(StoredFile.objects.values_list("name", "kind")) == [("", files.FORGOTTEN)]
    twin = files.store(b"%PDF-einmalig", name="b.pdf")
    time_machine.move_to("2099-01-01 12:00+01:00")
    files.clear_forgotten()
    assert list(StoredFile.objects.all()) == [twin]
    assert twin.is_unchanged()
    files.forget([twin.pk])
    files.clear_forgotten()
    assert not path.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_is_referred_to_again_in_the_same_instant_keeps_its_content(db, time_machine):
    cast = story.people()
    application = story.drafted(story.call_for(2023), cast)
    stored = application.attachments.filter(kind="CONCEPT").get().file
    StoredFile.objects.filter(pk=stored.pk).update(kind=files.FORGOTTEN, name="")
    time_machine.move_to(f"{DUE} 12:00+01:00")
    files.clear_forgotten()
    stored.refresh_from_db()
    assert (stored.kind, stored.name) == ("", stored.sha256[:12])
    assert stored.is_unchanged()
