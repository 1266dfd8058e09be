"""A notice that claims money back goes the way of every notice: notified, contested, final."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.errors import DomainError
from verbund.core.models import Deadline
from verbund.funding import operations, queries
from verbund.funding.models import GrantNotice, ReclaimNotice
from verbund.funding.operations import notices, reclaims
from verbund.funding.tests import claims, story

pytestmark = pytest.mark.django_db
MONDAY, LAST_DAY, FINAL = date(2023, 1, 2), date(2023, 2, 6), date(2023, 2, 7)


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def notice(cast) -> ReclaimNotice:
    return claims.issued(claims.paid_grant(cast), cast).issued_notice


def posted(notice, cast) -> ReclaimNotice:
    operations.record_notification(notice, how="POST", day=MONDAY, on=MONDAY, actor=cast.officer)
    return ReclaimNotice.objects.get(pk=notice.pk)


def titles(actor, on) -> list[str]:
    return [task.title for task in queries.tasks_for(actor, on)]


@pytest.mark.postgres
def test_a_claim_sent_by_post_counts_as_notified_on_the_third_day_and_is_final_after_a_month(notice, cast):
    for day, on, reason in ((date(2022, 12, 30), MONDAY, "erst am 31.12.2022"), (MONDAY, claims.SILVESTER, "Zukunft")):
        with pytest.raises(notices.WrongDay, match=reason):
            operations.record_notification(notice, how="POST", day=day, on=on, actor=cast.officer)
    notice = posted(notice, cast)
    assert (notice.status, notice.notified_on, notice.appeal_until) == ("NOTIFIED", date(2023, 1, 5), LAST_DAY)
    period = Deadline.objects.get(kind="APPEAL", subject_type="funding.ReclaimNotice")
    assert (period.nominal_on, period.due_on, period.because) == (date(2023, 2, 5), LAST_DAY, ["Sonntag"])
    assert (operations.finalise_due_notices(on=LAST_DAY), operations.finalise_due_notices(on=FINAL)) == (0, 1)
    notice.refresh_from_db()
    assert (notice.status, notice.final_on) == ("FINAL", FINAL)
    assert deadlines.due_of("APPEAL", notice) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        ReclaimNotice.objects.update(notified_on=None)


def test_while_an_action_is_pending_nothing_is_final_and_nobody_is_reminded(notice, cast):
    reclaim, late = notice.reclaim, date(2023, 2, 20)
    with pytest.raises(reclaims.NotDueYet, match="bekannt gegeben"):
        operations.remind(reclaim, payable_until=date(2023, 3, 6), on=late, actor=cast.officer)
    notice = posted(notice, cast)
    with pytest.raises(notices.WrongDay, match="abgelaufen"):
        operations.contest(notice, reason="VG Düsseldorf", brought_on=FINAL, actor=cast.officer)
    operations.contest(notice, reason="VG Düsseldorf", brought_on=LAST_DAY, actor=cast.officer)
    assert operations.finalise_due_notices(on=late) == 0
    with pytest.raises(reclaims.NotDueYet, match="geklagt"):
        operations.remind(reclaim, payable_until=date(2023, 3, 6), on=late, actor=cast.officer)
    assert (titles(cast.officer, late), titles(cast.treasury, late)) == ([], ["Verwendungsnachweis vorlegen"])
    operations.settle_contest(notice, reason="Klage abgewiesen", on=late, actor=cast.officer)
    assert ReclaimNotice.objects.get().is_final
    assert titles(cast.officer, late) == ["An die Zahlung erinnern"]


def test_a_wrong_instruction_makes_the_period_a_year_and_a_waiver_ends_it_at_once(notice, cast):
    notice = posted(notice, cast)
    operations.mark_remedy_as_wrong(notice, reason="falsches Gericht", actor=cast.officer)
    assert ReclaimNotice.objects.get().appeal_until == date(2024, 1, 5)
    with pytest.raises(DomainError, match=r"erst am 05\.01\.2023"):
        operations.waive_remedy(notice, on=date(2023, 1, 4), actor=cast.signatory)
    operations.waive_remedy(notice, on=date(2023, 1, 5), actor=cast.signatory)
    assert ReclaimNotice.objects.get().final_on == date(2023, 1, 5)


def test_the_notification_waits_for_the_officer_the_action_for_the_signatory_the_payment_for_the_treasury(notice, cast):
    assert titles(cast.officer, MONDAY) == ["Bekanntgabe festhalten"]
    posted(notice, cast)
    sixth = date(2023, 1, 6)
    assert titles(cast.officer, sixth) == []
    (action,) = [task for task in queries.tasks_for(cast.signatory, sixth) if "Klage" in task.title]
    assert (action.title, action.due_on) == ("Über eine Klage entscheiden", LAST_DAY)
    assert "Rückforderung zahlen" in titles(cast.treasury, sixth)
    assert "Über eine Klage entscheiden" not in titles(cast.treasury, sixth)
    operations.finalise_due_notices(on=FINAL)
    assert "Über eine Klage entscheiden" not in titles(cast.signatory, FINAL)
    assert titles(cast.officer, FINAL) == ["An die Zahlung erinnern"]


def test_the_page_of_a_claim_takes_the_notification_and_shows_until_when_an_action_is_possible(
    notice, cast, time_machine
):
    time_machine.move_to("2023-01-06 12:00+01:00")
    url, address = notice.get_absolute_url(), f"/foerderung/erstattungsbescheide/{notice.pk}"
    officer, signatory, treasury = (
        client_of(member(role)) for role in (Role.GRANT_OFFICER, Role.SIGNATORY, Role.TREASURY)
    )
    assert f"{address}/bekanntgabe/" in officer.get(url).content.decode()
    assert f"{address}/bekanntgabe/" not in treasury.get(url).content.decode()
    typed = {"how": "POST", "day": "2023-01-02"}
    assert treasury.post(f"{address}/bekanntgabe/", typed).status_code == 403
    assert officer.post(f"{address}/bekanntgabe/", {"how": "POST", "day": "2023-01-07"}).status_code == 422
    assert officer.post(f"{address}/bekanntgabe/", typed).status_code == 302
    page = treasury.get(url).content.decode()
    assert "06.02.2023" in page
    assert "Sonntag" in page
    assert "Bekanntgabe festgehalten" in page
    assert f"{address}/verzicht/" in signatory.get(url).content.decode()
    assert (treasury.post(f"{address}/verzicht/").status_code, GrantNotice.objects.count()) == (403, 1)
    assert signatory.post(f"{address}/verzicht/").status_code == 302
    assert "bestandskräftig seit" in treasury.get(url).content.decode()
