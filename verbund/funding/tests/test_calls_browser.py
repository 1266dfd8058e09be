"""A call over two budget years, more time for one centre, and the notice that commits both years, in a real browser."""

from datetime import date, timedelta

import pytest

from tests.support import browser as browsers
from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.core.dates import next_working_day, today
from verbund.funding import amounts, operations
from verbund.funding.models import BudgetTitle, Call
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def looked_at(page, name: str) -> None:
    for size, window in (("breit", DESKTOP), ("schmal", PHONE)):
        page.set_viewport_size(window)
        browsers.assert_accessible(page)
        browsers.picture(page, f"{name}-{size}")
    page.set_viewport_size(DESKTOP)


@pytest.fixture
def call(site) -> Call:
    """A call for next year in preparation, whose deadline is three weeks ahead, and a title of the year after."""
    year = today().year + 1
    found = story.call_for(year, opens_on=today() - timedelta(days=5), closes_on=today() + timedelta(days=21))
    Call.objects.filter(pk=found.pk).update(status="DRAFT")
    example = found.budget_title
    BudgetTitle.objects.create(
        chapter=example.chapter,
        title_number=example.title_number,
        budget_year=year + 1,
        purpose=example.purpose,
        amount_planned=example.amount_planned,
        source="Test",
    )
    return found


def test_an_officer_plans_two_years_and_gives_one_centre_more_time(site, call):
    page = site.open(call.get_absolute_url(), member=cast_of.member(Role.GRANT_OFFICER))
    page.get_by_role("link", name="Haushaltsjahr hinzufügen").click()
    page.get_by_label("Haushaltstitel").select_option(index=1)
    looked_at(page, "haushaltsjahr-hinzufuegen")
    page.get_by_role("button", name="Hinzufügen").click()
    page.get_by_role("link", name="Titel ändern").wait_for()
    looked_at(page, "programmjahr-in-vorbereitung")
    page.get_by_role("button", name="Öffnen").click()
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Frist für ein Zentrum verlängern").click()
    until = next_working_day(today() + timedelta(days=40))
    page.get_by_label("Zentrum").select_option(value=str(cast_of.centre("05122").pk))
    page.get_by_label("verlängern bis").fill(until.isoformat())
    page.get_by_label("Grund").fill("Der Rat tagt erst im neuen Jahr.")
    looked_at(page, "antragsfrist-verlaengern")
    page.get_by_role("button", name="Verlängern").click()
    page.get_by_text("Der Rat tagt erst im neuen Jahr.").first.wait_for()
    looked_at(page, "programmjahr")

    own = site.open(call.get_absolute_url(), member=cast_of.member(Role.CENTRE_LEAD))
    own.get_by_text("Ihr Zentrum hat länger Zeit.").wait_for()
    looked_at(own, "programmjahr-zentrum")


def test_the_notice_shows_what_each_year_commits(site, call):
    officer, cast = cast_of.acting(cast_of.member(Role.GRANT_OFFICER)), story.people()
    year, last_day = call.budget_year, date(call.budget_year + 1, 12, 31)
    title = BudgetTitle.objects.get(budget_year=year + 1)
    call.refresh_from_db()
    operations.add_call_year(call, budget_title=title, period_until=last_day, drawdowns_until=last_day, actor=officer)
    call.refresh_from_db()
    operations.open_call(call, actor=officer)
    posts = [operations.PostPlan(**vars(plan) | {"occupied_until": last_day}) for plan in story.full_staff(year)]
    application = story.reviewed(call, cast, posts=posts)
    decision = operations.propose_decision(
        application, kind="GRANT", amount=amounts.compute(application).total, on=call.opens_on, actor=cast.officer
    )
    notice = operations.countersign_decision(decision, issued_on=call.opens_on, actor=cast.approver)
    page = site.open(f"{notice.get_absolute_url()}#haushaltsjahre", member=cast_of.member(Role.GRANT_APPROVER))
    rows = page.locator("#haushaltsjahre tbody tr")
    assert [row.locator("th").inner_text() for row in rows.all()] == [str(year), str(year + 1)]
    looked_at(page, "bescheid-haushaltsjahre")
