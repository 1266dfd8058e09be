"""The authority's side: conflict of interest, checklist, questions, hand back, proposal."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.funding import operations, queries
from verbund.funding.models import ChecklistAnswer, Decision, GrantApplication, InformationRequest
from verbund.funding.operations.decisions import AboveMaximum, ChecklistOpen, ReasonMissing
from verbund.funding.operations.reviews import ConflictOfInterest, DeadlineTooEarly, NotUnderReview
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 10)


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def submitted(cast) -> GrantApplication:
    return story.submitted(story.call_for(2023), cast)


@pytest.fixture
def reviewed(cast) -> GrantApplication:
    return story.reviewed(story.call_for(2023), cast)


def declare(application, actor, *, conflict: bool):
    operations.declare_conflict(application, has_conflict=conflict, statement="Bruder" if conflict else "", actor=actor)


def grant(application, actor, amount="193500", **more):
    return operations.propose_decision(application, kind="GRANT", amount=Decimal(amount), on=JUNE, actor=actor, **more)


def everything_an_officer_does(application, actor) -> dict:
    return {
        "take over": lambda: operations.take_over(application, on=JUNE, actor=actor),
        "assign": lambda: operations.assign_officer(application, actor=actor),
        "checklist": lambda: operations.answer_checklist(application, answers={}, on=JUNE, actor=actor),
        "ask": lambda: operations.request_information(
            application, text="Bitte", due_on=date(2022, 7, 1), on=JUNE, actor=actor
        ),
        "hand back": lambda: operations.hand_back(application, reason="Bitte", on=JUNE, actor=actor),
        "propose": lambda: grant(application, actor),
    }


@pytest.mark.parametrize("declared", [None, True], ids=["without a declaration", "with a conflict"])
def test_nobody_works_on_an_application_without_being_declared_free_of_conflicts(submitted, cast, declared):
    if declared:
        declare(submitted, cast.officer, conflict=True)
    for act in everything_an_officer_does(submitted, cast.officer).values():
        with pytest.raises(ConflictOfInterest):
            act()
    submitted.refresh_from_db()
    assert (submitted.status, submitted.officer) == ("SUBMITTED", None)


def test_a_conflict_of_whom_one_stands_in_for_bars_as_well(submitted, cast):
    declare(submitted, cast.officer, conflict=True)
    deputy = acting(member(Role.GRANT_OFFICER, user=cast.officer.user), by=member(Role.GRANT_OFFICER).user)
    declare(submitted, deputy, conflict=False)
    with pytest.raises(ConflictOfInterest):
        operations.take_over(submitted, on=JUNE, actor=deputy)


def test_a_conflict_declared_later_takes_the_review_from_the_officer(reviewed, cast):
    declare(reviewed, cast.officer, conflict=True)
    reviewed.refresh_from_db()
    assert reviewed.officer is None
    with pytest.raises(ConflictOfInterest):
        grant(reviewed, cast.officer)
    other = acting(member(Role.GRANT_OFFICER))
    declare(reviewed, other, conflict=False)
    operations.assign_officer(reviewed, actor=other)
    assert grant(reviewed, other).proposed_by == other.user


def test_an_approver_with_a_conflict_does_not_sign(cast):
    decision = story.proposed(story.call_for(2023), cast, amount="193500")
    declare(decision.application, cast.approver, conflict=True)
    with pytest.raises(ConflictOfInterest):
        operations.countersign_decision(decision, issued_on=JUNE, actor=cast.approver)
    undeclared = acting(member(Role.GRANT_APPROVER))
    with pytest.raises(ConflictOfInterest, match="Erklären Sie zuerst"):
        operations.countersign_decision(decision, issued_on=JUNE, actor=undeclared)
    assert Decision.objects.get().status == "PROPOSED"


def test_what_a_conflict_is_about_stands_encrypted_in_the_trail(submitted, cast):
    declare(submitted, cast.officer, conflict=True)
    entry = AuditEntry.objects.get(verb="declare_conflict")
    assert "Bruder" not in str(entry.changes)


# checklist and proposal


def test_of_two_officers_at_one_checklist_the_second_overwrites_nothing(reviewed, cast):
    item = next(iter(queries.checklist_of(reviewed)))
    page, save = (reverse(f"funding:{name}", args=[reviewed.pk]) for name in ("review", "checklist"))
    colleague = member(Role.GRANT_OFFICER)
    declare(reviewed, acting(colleague), conflict=False)
    browser = client_of(colleague)
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', browser.get(page).content.decode())
    operations.answer_checklist(reviewed, answers={item: ("NOT_MET", "fehlt")}, on=JUNE, actor=cast.officer)

    typed = {f"result_{item.pk}": "MET", f"note_{item.pk}": "liegt vor"}
    late = browser.post(save, typed | {"seen": seen})
    assert late.status_code == 422
    assert "inzwischen geändert" in late.content.decode()
    assert 'value="liegt vor"' in late.content.decode()
    assert reviewed.checklist_answers.get(item=item).result == "NOT_MET"

    (now,) = re.findall(r'name="seen" value="([^"]*)"', late.content.decode())
    assert browser.post(save, typed | {"seen": now}).status_code == 302
    assert reviewed.checklist_answers.get(item=item).result == "MET"


def test_a_note_without_a_result_is_not_lost(submitted, cast):
    operations.declare_conflict(submitted, has_conflict=False, statement="", actor=cast.officer)
    operations.take_over(submitted, on=JUNE, actor=cast.officer)
    item = next(iter(queries.checklist_of(submitted)))
    browser = client_of(member(Role.GRANT_OFFICER, user=cast.officer.user))
    answer = browser.post(reverse("funding:checklist", args=[submitted.pk]), {f"note_{item.pk}": "kommt am Montag"})

    assert answer.status_code == 422
    assert "Wählen Sie zu Ihrem Vermerk auch ein Ergebnis." in answer.content.decode()
    assert 'value="kommt am Montag"' in answer.content.decode()


def test_an_open_checklist_refuses_every_decision_and_an_unmet_item_a_grant(reviewed, cast):
    answer = ChecklistAnswer.objects.first()
    item = answer.item
    answer.delete()
    with pytest.raises(ChecklistOpen, match="noch 1 Punkte offen"):
        grant(reviewed, cast.officer)
    operations.answer_checklist(reviewed, answers={item: ("NOT_MET", "fehlt")}, on=JUNE, actor=cast.officer)
    with pytest.raises(ChecklistOpen, match="nicht erfüllt"):
        grant(reviewed, cast.officer)
    operations.answer_checklist(reviewed, answers={item: ("NOT_APPLICABLE", "")}, on=JUNE, actor=cast.officer)
    assert grant(reviewed, cast.officer).status == "PROPOSED"


@pytest.mark.parametrize(
    ("amount", "error", "sentence"),
    [
        ("193500.01", AboveMaximum, "Höchstens 193.500,00"),
        ("0", AboveMaximum, "über null"),
        ("-1", AboveMaximum, "über null"),
        ("193499.99", ReasonMissing, "weicht vom errechneten ab"),
    ],
)
def test_a_grant_is_never_above_the_computed_sum_and_below_it_only_with_a_reason(
    reviewed, cast, amount, error, sentence
):
    with pytest.raises(error, match=sentence):
        grant(reviewed, cast.officer, amount)
    assert Decision.objects.count() == 0


def test_a_proposal_can_be_sent_back_with_a_reason_and_made_again(reviewed, cast):
    first = grant(reviewed, cast.officer)
    with pytest.raises(NotAllowedNow):
        grant(reviewed, cast.officer)
    with pytest.raises(ReasonMissing):
        operations.reject_proposal(first, reason="  ", on=JUNE, actor=cast.approver)
    operations.reject_proposal(first, reason="Stellenplan prüfen", on=JUNE, actor=cast.approver)
    reviewed.refresh_from_db()
    assert reviewed.status == "UNDER_REVIEW"
    second = grant(reviewed, cast.officer)
    with pytest.raises(NotAllowedNow):
        operations.countersign_decision(first, issued_on=JUNE, actor=cast.approver)
    operations.countersign_decision(second, issued_on=JUNE, actor=cast.approver)
    assert list(Decision.objects.values_list("status", flat=True)) == ["REJECTED", "SIGNED"]


def test_a_signed_decision_is_not_signed_again_nor_sent_back(cast):
    notice = story.granted(story.call_for(2023), cast, amount="193500")
    for act in (
        lambda: operations.countersign_decision(notice.decision, issued_on=JUNE, actor=cast.approver),
        lambda: operations.reject_proposal(notice.decision, reason="doch nicht", on=JUNE, actor=cast.approver),
    ):
        with pytest.raises(NotAllowedNow):
            act()


# questions


def test_a_deadline_lies_ahead_and_moves_to_a_working_day(reviewed, cast):
    for day in (JUNE, date(2022, 6, 9)):
        with pytest.raises(DeadlineTooEarly):
            operations.request_information(reviewed, text="Bitte", due_on=day, on=JUNE, actor=cast.officer)
    request = operations.request_information(
        reviewed, text="Bitte den Beschluss\nund den Stellenplan", due_on=date(2022, 6, 18), on=JUNE, actor=cast.officer
    )
    assert request.due_on == date(2022, 6, 20)
    assert request.document.is_unchanged()
    operations.attach(reviewed, kind="ANSWER", upload=story.upload(), actor=cast.lead)
    operations.answer_request(request, answer="Liegt bei.", on=date(2022, 6, 25), actor=cast.lead)
    with pytest.raises(NotAllowedNow):
        operations.answer_request(request, answer="Noch einmal", on=date(2022, 6, 25), actor=cast.lead)
    reviewed.refresh_from_db()
    assert (reviewed.status, InformationRequest.objects.get().answer) == ("UNDER_REVIEW", "Liegt bei.")


def test_while_questions_are_open_nothing_is_proposed(reviewed, cast):
    operations.request_information(reviewed, text="Bitte", due_on=date(2022, 7, 1), on=JUNE, actor=cast.officer)
    reviewed.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        grant(reviewed, cast.officer)


# hand back


def test_what_was_handed_back_is_signed_twice_and_submitted_again_under_its_number(reviewed, cast):
    operations.hand_back(reviewed, reason="Stellenplan", on=JUNE, actor=cast.officer)
    application = GrantApplication.objects.get()
    assert (application.status, application.offered_by, application.signed_by) == ("RETURNED", None, None)
    with pytest.raises(NotAllowedNow):
        operations.submit_application(application, on=JUNE, actor=cast.lead)
    operations.offer_for_signature(application, on=JUNE, actor=cast.lead)
    operations.countersign_application(application, on=JUNE, actor=cast.treasury)
    again = operations.submit_application(application, on=date(2022, 7, 1), actor=cast.lead)
    application.refresh_from_db()
    assert (again.number, application.file_reference) == (2, reviewed.file_reference)
    assert application.received_on == reviewed.received_on
    assert application.officer == cast.officer.user


def test_a_review_is_taken_over_once_and_only_while_it_runs(submitted, cast):
    declare(submitted, cast.officer, conflict=False)
    operations.take_over(submitted, on=JUNE, actor=cast.officer)
    other = acting(member(Role.GRANT_OFFICER))
    declare(submitted, other, conflict=False)
    with pytest.raises(NotAllowedNow):
        operations.take_over(submitted, on=JUNE, actor=other)
    operations.assign_officer(submitted, actor=other)
    assert GrantApplication.objects.get().officer == other.user
    draft = story.drafted(story.call_for(2024), cast)
    declare(draft, cast.officer, conflict=False)
    with pytest.raises(NotUnderReview):
        operations.assign_officer(draft, actor=cast.officer)
    with pytest.raises(NotUnderReview):
        operations.answer_checklist(draft, answers={}, on=JUNE, actor=cast.officer)


def test_the_checklist_of_an_application_asks_for_extras_only_with_them(cast):
    with_pool = story.drafted(story.call_for(2023), cast, extras={"LANGUAGE_POOL": Decimal(10000)})
    without = story.drafted(story.call_for(2023), cast)
    extra = {item.code for item in queries.checklist_of(with_pool)} - {
        item.code for item in queries.checklist_of(without)
    }
    assert all("LANGUAGE" in code for code in extra)
