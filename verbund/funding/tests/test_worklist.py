"""What waits for whom: each stage of a grant is on the work list of those whose turn it is, and on no other."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations, queries
from verbund.funding.models import Decision, GrantApplication
from verbund.funding.tests import proofs, story

pytestmark = pytest.mark.django_db
BEGIN = date(2022, 6, 10)
DAY = date(2023, 5, 3)


@pytest.fixture
def cast():
    return story.people()


@pytest.fixture
def call(cast):
    return story.call_for(2023, closes_on=date(2022, 10, 31), actor=cast.officer)


def waiting(cast, on=BEGIN) -> dict[str, list[str]]:
    """Return the titles of the tasks of each of the cast who has any."""
    titles = {name: [task.title for task in queries.tasks_for(actor, on)] for name, actor in vars(cast).items()}
    return {name: found for name, found in titles.items() if found}


def test_an_open_call_waits_for_staff_and_lead_until_there_is_an_application(cast, call):
    assert waiting(cast) == {"staff": ["Antrag beginnen"], "lead": ["Antrag beginnen"]}
    (task,) = queries.tasks_for(cast.lead, BEGIN)
    assert (task.due_on, task.centre) == (date(2022, 10, 31), "Kommunales Integrationszentrum Stadt Solingen")
    story.drafted(call, cast)
    assert waiting(cast) == {"staff": ["Antrag vervollständigen"], "lead": ["Antrag vervollständigen"]}


def test_calls_of_years_gone_by_do_not_nag(cast, call):
    assert waiting(cast, on=date(2024, 1, 1)) == {}


def test_the_second_signature_waits_for_signatory_and_treasury_but_not_for_who_signed_first(cast, call):
    application = story.drafted(call, cast)
    operations.offer_for_signature(application, on=BEGIN, actor=cast.signatory)
    assert waiting(cast) == {"treasury": ["Antrag mitzeichnen"]}
    operations.countersign_application(application, on=BEGIN, actor=cast.treasury)
    assert waiting(cast) == {"lead": ["Antrag einreichen"], "signatory": ["Antrag einreichen"]}


def test_the_review_waits_for_the_officer_and_an_open_question_for_the_centre(cast, call):
    application = story.submitted(call, cast)
    assert waiting(cast) == {"officer": ["Antrag übernehmen"]}
    operations.declare_conflict(application, has_conflict=False, statement="", actor=cast.officer)
    operations.take_over(application, on=BEGIN, actor=cast.officer)
    assert waiting(cast) == {"officer": ["Antrag prüfen"]}
    request = operations.request_information(
        application, text="Bitte den Beschluss", due_on=date(2022, 6, 20), on=BEGIN, actor=cast.officer
    )
    both = ["Nachforderung beantworten"]
    assert waiting(cast) == {"staff": both, "lead": both}
    assert waiting(cast, on=date(2022, 6, 21)) == {"staff": both, "lead": both, "officer": ["Nachforderung nachfassen"]}
    operations.answer_request(request, answer="Liegt bei.", on=BEGIN, actor=cast.lead)
    (task,) = queries.tasks_for(cast.officer, BEGIN)
    assert task.reason == "Die Nachforderung ist beantwortet."
    application = GrantApplication.objects.get()
    operations.hand_back(application, reason="Stellenplan", on=BEGIN, actor=cast.officer)
    assert waiting(cast) == {"staff": ["Antrag überarbeiten"], "lead": ["Antrag überarbeiten"]}


def test_a_review_waits_for_its_own_officer_only_and_never_for_who_declared_a_conflict(cast, call):
    application = story.submitted(call, cast)
    other, partial = acting(member(Role.GRANT_OFFICER)), acting(member(Role.GRANT_OFFICER))
    operations.declare_conflict(application, has_conflict=True, statement="Bruder", actor=partial)
    assert queries.tasks_for(partial, BEGIN) == []
    operations.declare_conflict(application, has_conflict=False, statement="", actor=cast.officer)
    operations.take_over(application, on=BEGIN, actor=cast.officer)
    assert queries.tasks_for(other, BEGIN) == []


def test_a_proposal_waits_for_the_approver_and_not_for_who_proposed(cast, call):
    decision = story.proposed(call, cast, amount="193500")
    assert waiting(cast) == {"approver": ["Entscheidung zeichnen"]}
    same_person = acting(member(Role.GRANT_APPROVER, user=cast.officer.user))
    assert queries.tasks_for(same_person, BEGIN) == []
    Decision.objects.filter(pk=decision.pk).update(proposed_for=cast.approver.user)
    assert waiting(cast) == {}


def test_a_notice_waits_to_be_notified_then_for_the_waiver(cast, call):
    notice = story.granted(call, cast, amount="193500")
    assert waiting(cast) == {"officer": ["Bekanntgabe festhalten"]}
    operations.record_notification(notice, how="HANDED_OVER", day=BEGIN, on=BEGIN, actor=cast.officer)
    assert waiting(cast) == {"signatory": ["Über einen Rechtsbehelfsverzicht entscheiden"]}
    (task,) = queries.tasks_for(cast.signatory, BEGIN)
    assert task.due_on == notice.__class__.objects.get().appeal_until


def test_money_that_has_fallen_due_waits_to_be_called_verified_ordered_and_paid(cast, call):
    notice = story.final(call, cast, amount="193500", on=date(2023, 4, 17))
    assert waiting(cast, on=date(2023, 5, 1)) == {}
    assert waiting(cast, on=DAY) == {"signatory": ["Mittel abrufen"], "treasury": ["Mittel abrufen"]}
    drawdown = operations.request_drawdown(notice, amount=Decimal(96750), on=DAY, actor=cast.treasury)
    assert waiting(cast, on=DAY) == {"officer": ["Mittelabruf feststellen"]}
    operations.verify_drawdown(drawdown, on=DAY, actor=cast.officer)
    assert waiting(cast, on=DAY) == {"approver": ["Auszahlung anordnen"]}
    same_person = acting(member(Role.GRANT_APPROVER, user=cast.officer.user))
    assert queries.tasks_for(same_person, DAY) == []
    operations.order_drawdown(drawdown, on=DAY, actor=cast.approver)
    assert waiting(cast, on=DAY) == {"cashier": ["Auszahlung festhalten"]}
    operations.record_disbursement(drawdown, paid_on=DAY, on=DAY, reference="K-1", actor=cast.cashier)
    assert waiting(cast, on=DAY) == {}
    proof = ["Verwendungsnachweis vorlegen"]
    assert waiting(cast, on=date(2024, 4, 2)) == {"lead": proof, "treasury": proof}


def test_a_proof_that_did_not_come_by_its_day_waits_for_the_officer_until_it_comes(cast):
    notice = proofs.paid_grant(cast)
    late = date(2024, 4, 3)
    (task,) = queries.tasks_for(cast.officer, late)
    assert (task.title, task.due_on) == ("Verwendungsnachweis anmahnen", date(2024, 4, 2))
    assert client_of(member(Role.GRANT_OFFICER, user=cast.officer.user)).get(task.url).status_code == 200
    assert queries.tasks_for(acting(member(Role.GRANT_OFFICER)), late) == []
    proofs.submitted(notice, cast, on=late)
    assert [task.title for task in queries.tasks_for(cast.officer, late)] == ["Verwendungsnachweis prüfen"]


def test_without_an_account_that_comes_first_and_its_confirmation_waits_for_the_second_person(cast, call):
    notice = story.granted(call, cast, amount="193500", on=date(2023, 4, 17))
    operations.record_notification(notice, how="HANDED_OVER", day=date(2023, 4, 17), on=DAY, actor=cast.officer)
    operations.waive_remedy(notice, on=DAY, actor=cast.signatory)
    assert waiting(cast, on=DAY) == {"signatory": ["Konto hinterlegen"], "treasury": ["Konto hinterlegen"]}
    carrier = notice.application.carrier
    operations.propose_account(carrier, iban=story.IBAN, holder="Stadt Solingen", actor=cast.treasury)
    assert waiting(cast, on=DAY) == {
        "signatory": ["Konto bestätigen", "Mittel abrufen"],
        "treasury": ["Mittel abrufen"],
    }


def test_a_draft_waits_for_the_coordination_unit_once_it_is_invited_and_until_it_commented(cast, call):
    coordinator = acting(member(Role.COORDINATOR))
    application = story.drafted(call, cast)
    assert queries.tasks_for(coordinator, BEGIN) == []
    operations.invite_comments(application, actor=cast.lead)
    assert [task.title for task in queries.tasks_for(coordinator, BEGIN)] == ["Entwurf kommentieren"]
    operations.comment_on_draft(application, section="POSTS", text="Gut.", actor=coordinator)
    assert queries.tasks_for(coordinator, BEGIN) == []


def test_what_waits_for_the_principal_is_marked_for_the_deputy(cast, call):
    application = story.drafted(call, cast)
    operations.offer_for_signature(application, on=BEGIN, actor=cast.lead)
    principal = member(Role.SIGNATORY)
    (task,) = queries.tasks_for(acting(principal, by=cast.staff.user), BEGIN)
    assert (task.title, task.deputised) == ("Antrag mitzeichnen", True)
    assert queries.tasks_for(acting(principal, by=cast.lead.user), BEGIN) == []


def test_others_have_no_tasks_and_another_carrier_has_none_of_these(cast, call):
    story.drafted(call, cast)
    for role in (Role.MINISTRY_READER, Role.CONTROLLER, Role.OPERATOR, Role.SCHOOL):
        assert queries.tasks_for(acting(member(role)), BEGIN) == []
    assert [task.title for task in queries.tasks_for(acting(member(Role.CENTRE_LEAD, at="05916")), BEGIN)] == [
        "Antrag beginnen"
    ]


def one_of_each(cast) -> None:
    """Bring six applications of one carrier to six stages, so that everybody has something on the list."""

    def another():
        return story.call_for(2023, opens_on=date(2022, 6, 1))

    operations.invite_comments(story.drafted(another(), cast), actor=cast.lead)
    operations.offer_for_signature(story.drafted(another(), cast), on=BEGIN, actor=cast.lead)
    story.submitted(another(), cast)
    story.proposed(another(), cast, amount="193500")
    notice = story.granted(another(), cast, amount="193500", on=BEGIN)
    operations.record_notification(notice, how="HANDED_OVER", day=BEGIN, on=BEGIN, actor=cast.officer)
    notice = story.final(another(), cast, amount="193500", on=date(2023, 4, 17))
    _submitted, verified, ordered = (
        operations.request_drawdown(notice, amount=Decimal(1000), on=DAY, actor=cast.treasury) for _number in range(3)
    )
    for drawdown in (verified, ordered):
        operations.verify_drawdown(drawdown, on=DAY, actor=cast.officer)
    operations.order_drawdown(ordered, on=DAY, actor=cast.approver)


def test_three_of_each_cost_as_many_statements_as_one(cast):
    everybody = {**vars(cast), "coordinator": acting(member(Role.COORDINATOR))}

    def measure() -> tuple[dict, dict]:
        statements, rows = {}, {}
        for name, actor in everybody.items():
            with CaptureQueriesContext(connection) as seen:
                rows[name] = len(queries.tasks_for(actor, DAY))
            statements[name] = len(seen)
        return statements, rows

    one_of_each(cast)
    statements, rows = measure()
    one_of_each(cast)
    one_of_each(cast)
    later_statements, later_rows = measure()
    assert statements == later_statements
    assert max(statements.values()) <= 11
    lists = {"cashier": 1}  # of several ordered payments a list can be made
    assert {name: 3 * count + lists.get(name, 0) for name, count in rows.items()} == later_rows
    assert min(rows.values()) >= 1
