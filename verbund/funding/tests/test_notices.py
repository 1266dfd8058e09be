"""Notices: computed, stored unchanged, notified, contested, final on the right day."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.funding import amounts, operations, tasks
from verbund.funding.models import BudgetTitle, GrantNotice
from verbund.funding.operations.notices import WrongDay
from verbund.funding.tests import story
from verbund.programmes.models import Rate

pytestmark = pytest.mark.django_db
ISSUED = date(2023, 4, 17)


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def notice(cast) -> GrantNotice:
    return story.granted(story.call_for(2023), cast, amount="193500", on=ISSUED)


def notify(notice, cast, day=ISSUED, how="HANDED_OVER", on=date(2023, 6, 1)):
    operations.record_notification(notice, how=how, day=day, on=on, actor=cast.officer)
    notice.refresh_from_db()


def test_a_notice_recomputes_to_the_cent_whatever_the_rates_say_later(notice):
    Rate.objects.update(amount=Decimal("1.00"))
    again = amounts.recompute(GrantNotice.objects.get().parameters)
    assert again.total == notice.amount_granted == Decimal(193500)
    assert sum(line.amount for line in again.lines) == again.total


@pytest.mark.parametrize(
    ("first", "specialists"), [(date(2023, 1, 16), 2), (date(2023, 3, 10), 4), (date(2023, 12, 31), 1)]
)
def test_what_an_application_computes_to_is_what_its_kept_parameters_compute_to(cast, first, specialists):
    posts = story.full_staff(2023, specialists=specialists, first=first)
    application = story.drafted(story.call_for(2023), cast, posts=posts)
    computed = amounts.compute(application)
    again = amounts.recompute(amounts.parameters_of(application))
    assert (again.total, again.lines) == (computed.total, computed.lines)


def test_the_document_is_stored_unchanged_under_its_hash_and_a_change_is_noticed(notice):
    stored = notice.document
    with stored.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == stored.sha256
    assert AuditEntry.objects.get(verb="issue_notice").changes["sha256"][1] == stored.sha256
    assert stored.is_unchanged()
    stored.sha256 = "0" * 64
    assert not stored.is_unchanged()


def test_a_deviation_from_the_computed_sum_needs_a_reason_and_is_granted_with_it(cast):
    application = story.reviewed(story.call_for(2023), cast)
    with pytest.raises(operations.decisions.ReasonMissing, match="weicht vom errechneten ab"):
        operations.propose_decision(application, kind="GRANT", amount=Decimal(150000), on=ISSUED, actor=cast.officer)
    decision = operations.propose_decision(
        application,
        kind="GRANT",
        amount=Decimal(150000),
        deviation_reason="Restmittel",
        on=ISSUED,
        actor=cast.officer,
    )
    notice = operations.countersign_decision(decision, issued_on=ISSUED, actor=cast.approver)
    assert (notice.amount_granted, notice.decision.amount_computed) == (Decimal(150000), Decimal(193500))
    assert sum(part.amount for part in notice.instalments.all()) == Decimal(150000)
    assert BudgetTitle.objects.get().amount_committed == Decimal(150000)


# notification and appeal period


@pytest.mark.parametrize(
    ("how", "day", "notified_on", "appeal_until"),
    [
        ("HANDED_OVER", date(2023, 4, 17), date(2023, 4, 17), date(2023, 5, 17)),
        ("ELECTRONIC", date(2023, 4, 18), date(2023, 4, 18), date(2023, 5, 19)),
        ("POST", date(2023, 4, 17), date(2023, 4, 20), date(2023, 5, 22)),
    ],
    ids=["by hand", "electronically, end on a holiday", "by post, end on a Saturday"],
)
def test_the_appeal_period_begins_with_the_notification_and_ends_on_a_working_day(
    notice, cast, how, day, notified_on, appeal_until
):
    notify(notice, cast, day, how)
    assert (notice.status, notice.notified_on, notice.appeal_until) == ("NOTIFIED", notified_on, appeal_until)
    assert notice.posted_on == (day if how == "POST" else None)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2023, 4, 16), "erst am 17.04.2023 erlassen"), (date(2023, 6, 2), "liegt in der Zukunft")],
)
def test_a_notification_before_the_issue_or_in_the_future_is_refused(notice, cast, day, sentence):
    with pytest.raises(WrongDay, match=sentence):
        notify(notice, cast, day)
    assert GrantNotice.objects.get().status == "ISSUED"


def test_a_notice_is_notified_once(notice, cast):
    notify(notice, cast)
    with pytest.raises(NotAllowedNow):
        notify(notice, cast)


def test_the_clock_makes_a_notice_final_the_day_after_the_appeal_period_and_not_before(notice, cast):
    notify(notice, cast)
    assert operations.finalise_due_notices(on=date(2023, 5, 17)) == 0
    assert operations.finalise_due_notices(on=date(2023, 5, 20)) == 1
    notice.refresh_from_db()
    assert (notice.status, notice.final_on) == ("FINAL", date(2023, 5, 18))
    assert operations.finalise_due_notices(on=date(2023, 5, 21)) == 0
    assert AuditEntry.objects.get(verb="become_final").actor_label == "System (Uhr)"


def test_the_clock_leaves_notices_alone_that_were_not_notified_or_are_contested(notice, cast):
    assert operations.finalise_due_notices(on=date(2030, 1, 1)) == 0
    notify(notice, cast)
    operations.contest(notice, reason="Klage vom 2. Mai", brought_on=date(2023, 5, 2), actor=cast.officer)
    assert operations.finalise_due_notices(on=date(2030, 1, 1)) == 0
    operations.settle_contest(notice, reason="Klage abgewiesen", on=date(2024, 2, 1), actor=cast.officer)
    notice.refresh_from_db()
    assert (notice.status, notice.final_on) == ("FINAL", date(2024, 2, 1))


def test_the_job_of_the_clock_counts_days_in_berlin(notice, cast):
    notify(notice, cast)
    tasks.finalise_notices(datetime(2023, 5, 17, 21, 59, tzinfo=UTC))
    assert GrantNotice.objects.get().status == "NOTIFIED"
    tasks.finalise_notices(datetime(2023, 5, 17, 22, 0, tzinfo=UTC))
    assert GrantNotice.objects.get().status == "FINAL"


def test_a_wrong_legal_remedy_gives_a_year_whether_noticed_before_or_after_the_notification(cast, notice):
    operations.mark_remedy_as_wrong(notice, reason="Verwaltungsgericht Köln gedruckt", actor=cast.officer)
    notify(notice, cast)
    assert (notice.remedy_is_correct, notice.appeal_until) == (False, date(2024, 4, 17))
    other = story.granted(story.call_for(2024, opens_on=date(2022, 6, 1)), cast, amount="193500", on=ISSUED)
    notify(other, cast)
    operations.mark_remedy_as_wrong(other, reason="Anschrift falsch", actor=cast.officer)
    other.refresh_from_db()
    assert (other.status, other.appeal_until) == ("NOTIFIED", date(2024, 4, 17))
    assert operations.finalise_due_notices(on=date(2024, 4, 17)) == 0
    assert operations.finalise_due_notices(on=date(2024, 4, 18)) == 2
    with pytest.raises(WrongDay, match="schon bestandskräftig"):
        operations.mark_remedy_as_wrong(other, reason="zu spät", actor=cast.officer)


def test_an_action_is_brought_within_the_appeal_period_only(notice, cast):
    with pytest.raises(NotAllowedNow):
        operations.contest(notice, reason="Klage", brought_on=ISSUED, actor=cast.officer)
    notify(notice, cast)
    with pytest.raises(WrongDay, match=r"Klagefrist ist am 17\.05\.2023 abgelaufen"):
        operations.contest(notice, reason="Klage", brought_on=date(2023, 5, 18), actor=cast.officer)
    with pytest.raises(WrongDay, match="als bekannt gegeben"):
        operations.contest(notice, reason="Klage", brought_on=date(2023, 4, 16), actor=cast.officer)
    operations.contest(notice, reason="Klage", brought_on=date(2023, 5, 17), actor=cast.officer)
    with pytest.raises(NotAllowedNow):
        operations.waive_remedy(notice, on=date(2023, 5, 17), actor=cast.signatory)


def test_a_waiver_makes_the_notice_final_at_once_but_not_before_it_counts_as_notified(notice, cast):
    with pytest.raises(NotAllowedNow):
        operations.waive_remedy(notice, on=ISSUED, actor=cast.signatory)
    notify(notice, cast, how="POST")
    with pytest.raises(WrongDay, match=r"erst am 20\.04\.2023 als bekannt gegeben"):
        operations.waive_remedy(notice, on=date(2023, 4, 19), actor=cast.signatory)
    operations.waive_remedy(notice, on=date(2023, 4, 20), actor=cast.signatory)
    notice.refresh_from_db()
    assert (notice.status, notice.final_on, notice.waived_by) == ("FINAL", date(2023, 4, 20), cast.signatory.user)
    with pytest.raises(NotAllowedNow):
        operations.waive_remedy(notice, on=date(2023, 4, 21), actor=cast.signatory)


def test_a_refusal_is_a_notice_with_reasons_that_commits_nothing(cast):
    application = story.reviewed(story.call_for(2023), cast)
    with pytest.raises(operations.decisions.ReasonMissing, match="braucht Gründe"):
        operations.propose_decision(
            application, kind="REFUSAL", amount=Decimal(0), reasons=" ", on=ISSUED, actor=cast.officer
        )
    decision = operations.propose_decision(
        application,
        kind="REFUSAL",
        amount=Decimal(5),
        reasons="Das Konzept fehlt.",
        on=ISSUED,
        actor=cast.officer,
    )
    notice = operations.countersign_decision(decision, issued_on=ISSUED, actor=cast.approver)
    application.refresh_from_db()
    assert (application.status, notice.amount_granted, notice.instalments.count()) == ("REFUSED", Decimal(0), 0)
    assert BudgetTitle.objects.get().amount_committed == 0
    assert notice.document.name.startswith("Ablehnungsbescheid")
    notify(notice, cast)
    operations.finalise_due_notices(on=date(2023, 6, 1))
    with pytest.raises(operations.payments.TooMuch):
        operations.request_drawdown(notice, amount=Decimal(1), on=date(2023, 6, 1), actor=cast.treasury)
