"""The officer goes through applications with one key and takes them over together; the pages are accessible."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support import browser as browsers
from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import BudgetTitle, GrantApplication
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db(transaction=True)
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)


def arrived_at(page, place: str) -> None:
    """Wait for a place among the applications, and until its page listens to keys."""
    page.get_by_text(place).wait_for()
    page.wait_for_load_state()


def test_an_officer_goes_on_with_one_key_and_takes_over_what_is_ticked(site):
    call = story.call_for(2023)
    officer = cast_of.member(Role.GRANT_OFFICER)
    for key in ("05122", "05916", "05513"):
        application = story.submitted(call, story.people(key), key=key)
        operations.declare_conflict(application, has_conflict=False, statement="", actor=cast_of.acting(officer))
    page = site.open("/foerderung/antraege/?stand=SUBMITTED", member=officer)
    bar = page.locator(".bulk__bar")
    assert not bar.is_visible()
    page.locator("tbody a.row-link").first.click()
    arrived_at(page, "1 von 3")
    page.keyboard.press("n")
    arrived_at(page, "2 von 3")
    page.keyboard.press("n")
    arrived_at(page, "3 von 3")
    page.keyboard.press("p")
    arrived_at(page, "2 von 3")
    page.get_by_label("Mit den Tasten N").uncheck()
    page.keyboard.press("n")
    assert page.get_by_text("2 von 3").is_visible()
    browsers.assert_accessible(page)
    page.get_by_role("link", name="Zur Liste").click()
    for tick in page.locator(".bulk__tick").all()[:2]:
        tick.check()
    assert bar.is_visible()
    browsers.assert_accessible(page)
    browsers.picture(page, "sammelleiste")
    page.get_by_role("button", name="Beginnen").click()
    page.get_by_text("2 von 2 bearbeitet: 2 erledigt, 0 nicht möglich.").wait_for()
    browsers.assert_accessible(page)
    browsers.picture(page, "sammelvorgang")
    assert GrantApplication.objects.filter(status="UNDER_REVIEW").count() == 2


def test_a_run_that_was_stopped_goes_on_by_itself_while_its_page_is_open(site):
    officer = cast_of.member(Role.GRANT_OFFICER)
    application = story.submitted(story.call_for(2023), story.people())
    actor = cast_of.acting(officer)
    run = operations.start_bulk_run("TAKE_OVER", [application.pk], options={}, on=APRIL, actor=actor)
    run.items.update(outcome="PENDING", done_at=None, sentence="")
    page = site.open(run.get_absolute_url(), member=officer)
    page.get_by_text("1 von 1 bearbeitet: 0 erledigt, 1 nicht möglich.").wait_for()


def test_payment_lists_entries_and_origins_are_accessible_on_screen_and_phone(site):
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    for amount in (1000, 2000):
        drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=MAY, actor=cast.treasury)
        operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
        operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier)
    story.granted(story.call_for(2022, opens_on=date(2021, 6, 1)), cast, amount="187500", on=APRIL)
    cashier, approver = cast_of.member(Role.CASHIER), cast_of.member(Role.GRANT_APPROVER)
    title = BudgetTitle.objects.get(budget_year=2023)
    pages = [
        ("/foerderung/zahllisten/", cashier, "zahllisten"),
        (made.get_absolute_url(), cashier, "zahlliste"),
        (f"/foerderung/titel/{title.pk}/", approver, "titel-buchungen"),
        (f"/foerderung/titel/{title.pk}/woher/", approver, "titel-woher"),
        (f"/foerderung/bescheide/{notice.pk}/woher/", approver, "bescheid-woher"),
        (f"/foerderung/bescheide/{notice.pk}/buchungen/", approver, "zuwendung-buchungen"),
        ("/foerderung/zeichnen/", approver, "zeichnen"),
    ]
    for path, member, name in pages:
        site.look_at(path, name, member=member)
