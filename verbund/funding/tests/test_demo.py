"""The demonstration's grants come and go, those made by hand in it included."""

from datetime import date
from decimal import Decimal

import pytest

from verbund.accounts.models import User
from verbund.core.dates import BERLIN
from verbund.funding import operations
from verbund.funding.letters import _moment
from verbund.funding.models import BudgetTitle, Call, GrantApplication, GrantNotice, RetentionItem, RetentionRun
from verbund.funding.tests import story
from verbund.portal import demo

pytestmark = pytest.mark.django_db


def test_a_grant_made_by_hand_in_the_demonstration_goes_with_it():
    demo.load()
    cast = story.people("05315")
    User.objects.filter(pk__in=[actor.user.pk for actor in vars(cast).values()]).update(is_demo=True)
    officer = cast.officer
    officer.user.refresh_from_db()
    example = Call.objects.get(budget_year=2012)
    by_hand = Call(
        programme=example.programme,
        guideline=example.guideline,
        budget_title=example.budget_title,
        budget_year=2012,
        period_from=example.period_from,
        period_until=example.period_until,
        opens_on=date(2012, 10, 1),
        drawdowns_until=date(2012, 12, 31),
    )
    operations.prepare_call(by_hand, actor=officer)
    operations.open_call(by_hand, actor=officer)
    posts = story.full_staff(2012, first=date(2012, 12, 1))
    notice = story.final(by_hand, cast, amount="14167", key="05315", posts=posts, on=date(2012, 12, 10))
    assert BudgetTitle.objects.get(budget_year=2012).amount_committed == Decimal("28334.00")
    run = RetentionRun.objects.create(proposed_on=date(2012, 12, 10), proposed_by=officer.user)
    RetentionItem.objects.create(run=run, application=notice.application, number=1, goes_on=date(2023, 1, 1))

    demo.remove()

    assert not GrantApplication.objects.exists()
    assert not RetentionRun.objects.exists()
    assert not GrantNotice.objects.filter(pk=notice.pk).exists()
    published = BudgetTitle.objects.get()
    assert (published.amount_planned, published.amount_committed) == (Decimal("9830000.00"), 0)


def test_a_letter_of_another_day_bears_that_day():
    assert _moment(date(2012, 12, 10)).astimezone(BERLIN).date() == date(2012, 12, 10)
