"""The carrier's side: begin, save, sign inside, submit, withdraw; what is refused and what it says."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.cast import acting, centre, member
from verbund.accounts.roles import Role
from verbund.core.files import UnacceptableFile
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.versions import StaleVersion
from verbund.funding import operations
from verbund.funding.models import Attachment, Call, Decision, GrantApplication, Submission
from verbund.funding.operations.applications import TooLate
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 10)


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def call(db) -> Call:
    return story.call_for(2023, closes_on=date(2022, 10, 31))


def fresh(application) -> GrantApplication:
    return GrantApplication.objects.get(pk=application.pk)


def save(application, cast, **changes):
    operations.save_draft(
        application,
        values=story.values(**changes),
        posts=story.full_staff(2023),
        extras={},
        seen_version=application.version,
        actor=cast.lead,
    )


# begin


def test_an_application_begins_once_per_centre_and_call_while_the_call_is_open(call, cast):
    with pytest.raises(operations.CallNotOpen):
        operations.start_application(call, centre=centre(), on=date(2022, 5, 31), actor=cast.lead)
    operations.start_application(call, centre=centre(), on=JUNE, actor=cast.lead)
    with pytest.raises(operations.AlreadyApplied, match="schon einen Antrag"):
        operations.start_application(call, centre=centre(), on=JUNE, actor=cast.staff)
    operations.start_application(call, centre=centre("05916"), on=JUNE, actor=cast.lead)
    operations.close_call(call, actor=cast.officer)
    with pytest.raises(operations.CallNotOpen):
        operations.start_application(call, centre=centre("05513"), on=JUNE, actor=cast.lead)
    assert GrantApplication.objects.count() == 2


def test_after_a_withdrawal_the_centre_may_begin_anew(call, cast):
    first = operations.start_application(call, centre=centre(), on=JUNE, actor=cast.lead)
    operations.withdraw_application(first, reason="Neu anfangen", on=JUNE, actor=cast.lead)
    second = operations.start_application(call, centre=centre(), on=JUNE, actor=cast.lead)
    assert second.pk != first.pk


def test_last_years_content_is_carried_over_into_the_new_year(cast):
    earlier = story.drafted(story.call_for(2022), cast, posts=story.full_staff(2022, first=date(2022, 3, 1)))
    call = story.call_for(2023)
    application = operations.start_application(
        call, centre=centre(), on=call.opens_on, actor=cast.lead, carry_over=earlier
    )
    posts = list(application.posts.values_list("label", "occupied_from", "occupied_until"))
    assert posts[0] == ("Fachkraft 1", date(2023, 3, 1), date(2023, 12, 31))
    assert len(posts) == 4
    assert fresh(application).purpose == earlier.purpose
    kinds = set(application.attachments.values_list("kind", flat=True))
    assert kinds == {"CONCEPT", "RESOLUTION"}
    assert (fresh(application).status, fresh(application).signed_by) == ("DRAFT", None)


# save


def test_two_who_edit_the_same_draft_are_told_and_nothing_of_the_first_is_lost(call, cast):
    application = story.drafted(call, cast)
    second_screen = fresh(application)
    save(application, cast, purpose="zuerst")
    with pytest.raises(StaleVersion):
        save(second_screen, cast, purpose="danach")
    assert fresh(application).purpose == "zuerst"


@pytest.mark.parametrize("stage", ["AWAITING_SIGNATURE", "SIGNED", "SUBMITTED"])
def test_what_is_signed_or_submitted_does_not_change(call, cast, stage):
    application = story.drafted(call, cast)
    operations.offer_for_signature(application, on=JUNE, actor=cast.lead)
    if stage != "AWAITING_SIGNATURE":
        operations.countersign_application(application, on=JUNE, actor=cast.signatory)
    if stage == "SUBMITTED":
        operations.submit_application(application, on=JUNE, actor=cast.lead)
    application = fresh(application)
    with pytest.raises(operations.NotEditable):
        save(application, cast, purpose="heimlich")
    with pytest.raises(operations.NotEditable):
        operations.attach(application, kind="OTHER", upload=story.upload(), actor=cast.lead)
    with pytest.raises(operations.NotEditable):
        operations.remove_attachment(application.attachments.first(), actor=cast.lead)
    with pytest.raises(operations.NotEditable):
        operations.comment_on_draft(application, section="POSTS", text="x", actor=cast.lead)
    assert (fresh(application).purpose, fresh(application).status) == (story.values()["purpose"], stage)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leer.pdf", b""),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n"),
        ("seite.pdf", b"<html><script>alert(1)</script></html>"),
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("konzept.docx", story.PDF),
        ("archiv.pdf", b"PK\x03\x04" + b"0" * 100),
        ("gross.pdf", story.PDF + b"0" * (20 * 1024 * 1024)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_attachment_that_is_not_what_it_claims_is_refused(call, cast, name, content):
    application = operations.start_application(call, centre=centre(), on=JUNE, actor=cast.lead)
    with pytest.raises(UnacceptableFile):
        operations.attach(application, kind="CONCEPT", upload=story.upload(name, content), actor=cast.lead)
    assert Attachment.objects.count() == 0


def test_the_path_in_the_name_of_an_upload_is_dropped(call, cast):
    application = operations.start_application(call, centre=centre(), on=JUNE, actor=cast.lead)
    upload = story.upload("../../etc/passwd.pdf")
    upload._name = "../../etc/passwd.pdf"
    assert operations.attach(application, kind="CONCEPT", upload=upload, actor=cast.lead).file.name == "passwd.pdf"


# sign and submit


def test_an_incomplete_draft_is_not_signed_and_the_refusal_lists_what_is_missing(call, cast):
    application = operations.start_application(call, centre=centre(), on=JUNE, actor=cast.lead)
    with pytest.raises(operations.Incomplete) as refusal:
        operations.offer_for_signature(application, on=JUNE, actor=cast.lead)
    sections = {part.section for part in refusal.value.missing}
    assert sections == {"PURPOSE", "POSTS", "DUTIES", "ATTACHMENTS"}
    assert fresh(application).status == "DRAFT"


def test_an_application_is_signed_twice_then_submitted_with_receipt_and_file_number(call, cast):
    application = story.drafted(call, cast)
    for act in (operations.countersign_application, operations.submit_application):
        with pytest.raises(NotAllowedNow):
            act(application, on=JUNE, actor=cast.signatory)
    operations.offer_for_signature(application, on=JUNE, actor=cast.lead)
    with pytest.raises(NotAllowedNow):
        operations.submit_application(application, on=JUNE, actor=cast.lead)
    operations.countersign_application(application, on=JUNE, actor=cast.signatory)
    submission = operations.submit_application(application, on=JUNE, actor=cast.lead)
    with pytest.raises(NotAllowedNow):
        operations.submit_application(application, on=JUNE, actor=cast.lead)
    application = fresh(application)
    assert (application.status, application.received_on, application.is_late) == ("SUBMITTED", JUNE, False)
    assert application.file_reference == "36-KI.BASE-2023-05122"
    assert (submission.number, submission.amount_requested) == (1, Decimal(193500))
    assert operations.receipt_of(submission).is_unchanged()
    assert submission.content["purpose"] == application.purpose


@pytest.mark.parametrize(
    ("on", "is_strict", "late"),
    [
        (date(2022, 10, 31), True, False),
        (date(2022, 11, 1), False, True),
        (date(2022, 10, 31), False, False),
    ],
)
def test_the_last_day_of_the_deadline_is_in_time_and_the_day_after_is_late(cast, on, is_strict, late):
    call = story.call_for(2023, closes_on=date(2022, 10, 31), is_strict=is_strict)
    assert story.submitted(call, cast, on=on).is_late is late


def test_after_a_strict_deadline_nothing_is_submitted(cast):
    call = story.call_for(2023, closes_on=date(2022, 10, 31), is_strict=True)
    with pytest.raises(TooLate, match=r"endete am 31\.10\.2022"):
        story.submitted(call, cast, on=date(2022, 11, 1))
    assert (Submission.objects.count(), GrantApplication.objects.get().status) == (0, "SIGNED")


def test_what_was_begun_may_still_be_submitted_after_the_call_was_closed(call, cast):
    application = story.drafted(call, cast)
    operations.close_call(call, actor=cast.officer)
    operations.offer_for_signature(application, on=JUNE, actor=cast.lead)
    operations.countersign_application(application, on=JUNE, actor=cast.treasury)
    assert operations.submit_application(application, on=JUNE, actor=cast.signatory).number == 1


# comments


def test_the_coordination_unit_comments_on_a_draft_and_the_centre_settles_it(call, cast):
    coordinator = acting(member(Role.COORDINATOR))
    application = story.drafted(call, cast)
    operations.invite_comments(application, actor=cast.lead)
    comment = operations.comment_on_draft(application, section="POSTS", text="Drei Stellen?", actor=coordinator)
    operations.settle_comment(comment, actor=cast.staff)
    comment.refresh_from_db()
    assert comment.settled_at is not None
    assert comment.written_as == coordinator.label


# withdraw


def test_a_withdrawal_lets_the_open_proposal_and_the_open_question_lapse(cast):
    decision = story.proposed(story.call_for(2023), cast, amount="193500")
    application = fresh(decision.application)
    operations.withdraw_application(application, reason="Haushaltslage", on=JUNE, actor=cast.signatory)
    assert Decision.objects.get().status == "LAPSED"
    with pytest.raises(NotAllowedNow):
        operations.countersign_decision(decision, issued_on=JUNE, actor=cast.approver)
    asked = story.reviewed(story.call_for(2024), cast)
    request = operations.request_information(
        asked, text="Bitte", due_on=date(2023, 7, 3), on=date(2023, 6, 5), actor=cast.officer
    )
    operations.withdraw_application(fresh(asked), reason="Haushaltslage", on=date(2023, 6, 6), actor=cast.lead)
    request.refresh_from_db()
    assert request.status == "LAPSED"
    with pytest.raises(NotAllowedNow):
        operations.answer_request(request, answer="Doch", on=date(2023, 6, 7), actor=cast.lead)


def test_after_the_decision_nothing_is_withdrawn(cast):
    notice = story.granted(story.call_for(2023), cast, amount="193500")
    with pytest.raises(NotAllowedNow):
        operations.withdraw_application(notice.application, reason="zu spät", on=JUNE, actor=cast.lead)
    assert fresh(notice.application).status == "GRANTED"
