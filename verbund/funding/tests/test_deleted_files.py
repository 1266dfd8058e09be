"""Deleting a file whose period is over: what goes, what stays, and that everything that reads it still works."""

from collections import Counter

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.core.privacy import places_naming
from verbund.funding import operations
from verbund.funding.models import BudgetEntry, BudgetTitle, RetentionItem
from verbund.funding.tests import closed_files, story
from verbund.funding.tests.closed_files import CANARY, DUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return story.people()


@pytest.fixture
def application(cast, time_machine):
    found = closed_files.everything(cast, acting(member(Role.COORDINATOR)))
    time_machine.move_to(f"{DUE} 12:00+01:00")
    return found


def delete(application, cast, capture) -> RetentionItem:
    run = closed_files.answered([application], cast)
    with capture(execute=True):
        operations.approve_retention_run(run, on=DUE, actor=cast.approver)
    return RetentionItem.objects.get(run=run)


def test_everything(application, cast, django_capture_on_commit_callbacks):
    before = places_naming(CANARY)
    print(Counter(one.split(":")[0] for one in before))
    titles = list(BudgetTitle.objects.values())
    entries = list(BudgetEntry.objects.values())
    item = delete(application, cast, django_capture_on_commit_callbacks)
    print(item.outcome, item.sentence, item.contents, item.deleted, item.rules)
    assert item.outcome == "DELETED"
    print(Counter(one.split(":")[0] for one in places_naming(CANARY)))
    assert audit.verify() == []
