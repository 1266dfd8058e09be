"""Which file would go on which day and why; what is open or held stays. Nothing is deleted here."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.support.cast import acting, centre, client_of, home_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations, queries, retention
from verbund.funding.models import (
    AuditMandate,
    GrantApplication,
    GrantNotice,
    LegalHold,
    Reclaim,
    RetentionRule,
)
from verbund.funding.operations.retention import AlreadyHeld, NotHeld
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)
PAGE = "/foerderung/aufbewahrung/"
LATER = date(2035, 1, 1)


@pytest.fixture
def notice(db) -> GrantNotice:
    """A grant for 2023: its proof is due on 2 April 2024."""
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        yield story.final(story.call_for(2023), story.people(), amount="193500", on=APRIL)


def files():
    return GrantApplication.objects.all()


def only(on: date = LATER) -> retention.Retained:
    (found,) = retention.preview(files(), on=on)
    return found


# --- the day


def test_a_file_goes_when_the_longer_period_of_both_sides_is_over(notice):
    found = only()
    assert {rule.side: retention.goes_on(rule, date(2024, 4, 2)) for rule in found.rules} == {
        "RECIPIENT": date(2029, 4, 3),
        "AUTHORITY": date(2035, 1, 1),
    }
    assert found.goes_on == date(2035, 1, 1)
    assert (found.is_due(date(2034, 12, 31)), found.is_due(date(2035, 1, 1))) == (False, True)


def test_a_withdrawn_application_counts_from_its_day_and_a_running_one_is_not_in_the_preview(notice):
    cast = story.people()
    running = story.submitted(story.call_for(2024, opens_on=date(2022, 6, 1)), cast)
    assert [one.application for one in retention.preview(files(), on=MAY)] == [notice.application]
    operations.withdraw_application(running, reason="Verzicht", on=MAY, actor=cast.lead)
    first = retention.preview(files(), on=MAY)[0]
    assert (first.application, first.goes_on) == (running, date(2029, 1, 1))


def test_without_a_rule_no_day_is_named_and_nothing_is_due(notice):
    RetentionRule.objects.all().delete()
    found = only()
    assert (found.goes_on, found.is_due(LATER)) == (None, False)


def test_the_authoritys_own_period_is_marked_as_not_confirmed():
    marks = {(rule.kind, rule.side): rule.mark for rule in retention.rules_in_force(on=MAY)}
    assert marks == {
        ("GRANTED", "RECIPIENT"): "A",
        ("GRANTED", "AUTHORITY"): "E",
        ("REFUSED", "AUTHORITY"): "E",
        ("WITHDRAWN", "AUTHORITY"): "E",
    }


# --- what holds a file


def test_an_action_a_reclaim_an_audit_and_a_hold_keep_a_file_from_going(notice):
    assert only().holds == []
    GrantNotice.objects.update(status="CONTESTED")
    Reclaim.objects.create(
        application=notice.application, occasion="UNUSED", principal=100, reason="Rest", arose_on=MAY, status_since=MAY
    )
    AuditMandate.objects.create(
        auditor=member(Role.AUDITOR, centre().carrier.organisation),
        body=centre().carrier.organisation,
        valid_from=MAY,
        valid_until=LATER,
        reason="Prüfung",
        file_reference="14-1",
    )
    operations.set_hold(notice.application, reason="Anfrage des Landtags", actor=acting(member(Role.GRANT_OFFICER)))
    found = only()
    assert found.holds == [
        "Löschsperre: Anfrage des Landtags",
        "eine Rückforderung ist offen",
        "eine Klage ist anhängig",
        "eine Prüfung läuft oder steht bevor",
    ]
    assert not found.is_due(LATER)


def test_what_is_over_holds_nothing_any_more(notice):
    Reclaim.objects.create(
        application=notice.application,
        occasion="UNUSED",
        principal=100,
        reason="Rest",
        arose_on=MAY,
        status_since=MAY,
        status="SETTLED",
    )
    officer = acting(member(Role.GRANT_OFFICER))
    hold = operations.set_hold(notice.application, reason="Anfrage", actor=officer)
    with pytest.raises(AlreadyHeld):
        operations.set_hold(notice.application, reason="noch eine", actor=officer)
    operations.lift_hold(hold, reason="beantwortet", actor=officer)
    with pytest.raises(NotHeld):
        operations.lift_hold(hold, reason="noch einmal", actor=officer)
    assert only().holds == []


@pytest.mark.postgres
def test_the_database_keeps_one_hold_per_file_and_no_hold_without_a_reason(notice):
    LegalHold.objects.create(application=notice.application, reason="Klage")
    for reason in ("zweite", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalHold.objects.create(application=notice.application, reason=reason)


# --- who sees and who holds


def test_the_authority_sets_and_lifts_a_hold_and_both_sides_see_it(notice):
    file = notice.application.get_absolute_url()
    set_page = f"{file}loeschsperre/"
    people = {
        "visitor": None,
        "lead": member(Role.CENTRE_LEAD),
        "other lead": member(Role.CENTRE_LEAD, at="05916"),
        "operator": member(Role.OPERATOR),
        "cashier": member(Role.CASHIER),
        "ministry": member(Role.MINISTRY_READER),
        "officer": member(Role.GRANT_OFFICER),
    }
    expected = {"visitor": 302, "lead": 403, "other lead": 404, "operator": 404, "cashier": 403, "ministry": 403}
    assert {name: client_of(one).get(set_page).status_code for name, one in people.items()} == {
        **expected,
        "officer": 200,
    }
    client_of(people["officer"]).post(set_page, {"reason": "Canarius-Anfrage"})
    hold = LegalHold.objects.get()
    assert all("Canarius-Anfrage" in client_of(people[name]).get(file).content.decode() for name in ("lead", "officer"))
    lift = f"/foerderung/loeschsperren/{hold.pk}/aufheben/"
    assert {name: client_of(one).get(lift).status_code for name, one in people.items()} == {**expected, "officer": 200}
    assert client_of(people["officer"]).post(lift, {"reason": "erledigt"}).status_code == 302
    assert "Canarius-Anfrage" not in client_of(people["lead"]).get(file).content.decode().split("history")[0]


def test_operator_authority_and_data_protection_see_the_preview_each_for_their_files(notice):
    platform = member(Role.DATA_PROTECTION_OFFICER, home_of(Role.OPERATOR))
    people = {
        "operator": (member(Role.OPERATOR), 200, 1),
        "officer": (member(Role.GRANT_OFFICER), 200, 1),
        "platform": (platform, 200, 1),
        "own carrier": (member(Role.DATA_PROTECTION_OFFICER, centre().carrier.organisation), 200, 1),
        "other carrier": (member(Role.DATA_PROTECTION_OFFICER, centre("05916").carrier.organisation), 200, 0),
        "lead": (member(Role.CENTRE_LEAD), 403, 0),
        "ministry": (member(Role.MINISTRY_READER), 403, 0),
        "auditor": (member(Role.AUDITOR), 403, 0),
    }
    for name, (one, status, count) in people.items():
        answer = client_of(one).get(PAGE)
        assert answer.status_code == status, name
        assert queries.files_in_retention(acting(one)).count() == count, name
        assert answer.content.decode().count("01.01.2035") == count, name


def test_the_preview_asks_the_same_number_of_questions_for_one_file_and_for_three(notice):
    cast = story.people()
    counts = []
    call = story.call_for(2024, opens_on=date(2022, 6, 1))
    one = story.submitted(call, cast)
    operations.withdraw_application(one, reason="Verzicht", on=MAY, actor=cast.lead)
    for number in (2, 3):
        with CaptureQueriesContext(connection) as captured:
            assert len(retention.preview(files(), on=MAY)) == number
        counts.append(len(captured))
        again = story.submitted(call, cast)
        operations.withdraw_application(again, reason="Verzicht", on=MAY, actor=cast.lead)
    assert counts[0] == counts[1]
