"""Two people in the same instant: a run is approved once, a file deleted once, and never one that got a hold."""

import pytest

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.core.models import AuditEntry
from verbund.funding import operations
from verbund.funding.models import GrantApplication, LegalHold, RetentionItem, RetentionRun
from verbund.funding.tests import closed_files, story
from verbund.funding.tests.closed_files import DUE
from verbund.funding.tests.test_races import kinds

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def test_of_two_approvals_at_once_one_counts_and_each_file_is_deleted_once(at_the_same_time):
    cast = story.people()
    run = closed_files.answered([closed_files.withdrawn(cast, year) for year in (2024, 2025)], cast)
    outcomes = at_the_same_time(
        *(
            lambda actor=actor: operations.approve_retention_run(
                RetentionRun.objects.get(pk=run.pk), on=DUE, actor=actor
            )
            for actor in (cast.approver, acting(member(Role.GRANT_APPROVER)))
        )
    )
    assert kinds(outcomes) == ["NotAllowedNow", "done"]
    at_the_same_time(*(lambda: operations.advance_retention_run(run) for _number in range(3)))
    assert list(RetentionItem.objects.values_list("outcome", flat=True)) == ["DELETED", "DELETED"]
    assert AuditEntry.objects.filter(verb="delete_file").count() == 2
    assert RetentionRun.objects.get().status == "DONE"
    assert audit.verify() == []


def test_a_hold_in_the_instant_of_the_deletion_either_keeps_the_file_or_comes_too_late(at_the_same_time):
    cast = story.people()
    application = closed_files.withdrawn(cast, 2024)
    run = closed_files.answered([application], cast)
    RetentionRun.objects.update(status="APPROVED", approved_on=DUE, approved_by=cast.approver.user)
    held, _left = at_the_same_time(
        lambda: operations.set_hold(application, reason="Anfrage", actor=cast.officer),
        lambda: operations.advance_retention_run(run),
    )
    is_deleted = GrantApplication.objects.get().deleted_on is not None
    assert is_deleted is (type(held).__name__ == "FileDeleted")
    assert LegalHold.objects.exists() is not is_deleted
