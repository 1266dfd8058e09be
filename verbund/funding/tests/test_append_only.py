"""Entries of titles and claims only grow: the database refuses everything else, and lets the demonstration go."""

import pytest
from django.db import DatabaseError, connection, transaction

from verbund.accounts.models import User
from verbund.funding import demo
from verbund.funding.models import BudgetEntry, BudgetTitle, Call, GrantApplication, ReclaimEntry
from verbund.funding.tests import claims, story

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def refused(statement: str) -> bool:
    """Whether the database refuses a statement because the table only grows."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_entries_are_neither_changed_nor_removed_and_those_of_the_demonstration_go_with_it():
    cast = story.people()
    reclaim = claims.issued(claims.paid_grant(cast), cast)
    claims.received(cast, "5000.00", day=claims.SILVESTER, purpose=reclaim.reference)
    kinds = set(BudgetEntry.objects.values_list("kind", flat=True))
    assert kinds == {"COMMITMENT", "PAYMENT", "REPAYMENT", "INTEREST"}
    statements = [
        statement % table
        for table in ("funding_budgetentry", "funding_reclaimentry")
        for statement in ("UPDATE %s SET amount = amount + 1", "UPDATE %s SET day = day", "DELETE FROM %s")
    ]
    assert [one for one in statements if not refused(one)] == []

    Call.objects.update(is_demo=True)
    BudgetTitle.objects.update(is_demo=True)
    User.objects.update(is_demo=True)
    demo.remove()
    assert [model.objects.count() for model in (GrantApplication, BudgetEntry, ReclaimEntry, BudgetTitle)] == [0] * 4

    story.granted(story.call_for(2023), cast, amount="193500")
    assert [one for one in statements[:3] if not refused(one)] == []
