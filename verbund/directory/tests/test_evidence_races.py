"""Two people at the same instant: of two acts on one fact exactly one passes, and both bring the page up to date."""

from datetime import date

import pytest

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.directory.evidence import operations
from verbund.directory.models import CentreFact

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lead(reference, member, acting):
    return acting(member(Role.CENTRE_LEAD))


def solingens_goal() -> CentreFact:
    return CentreFact.objects.get(code="05122-goal-1")


def test_of_one_who_confirms_and_one_who_ends_exactly_one_passes(lead, at_the_same_time):
    seen = solingens_goal().version

    def confirm():
        operations.confirm_evidence(solingens_goal(), on=today(), seen=seen, actor=lead)

    def end():
        operations.end_evidence(
            solingens_goal(), last_day=date(2015, 6, 30), source="Vorlage 9/2015", seen=seen, actor=lead
        )

    outcomes = at_the_same_time(confirm, end)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert AuditEntry.objects.count() == 1
    fact = solingens_goal()
    assert fact.version == seen + 1
    assert (fact.evidenced_until == today()) != (fact.valid_until == date(2015, 6, 30))


def test_of_two_corrections_exactly_one_passes(lead, at_the_same_time):
    fact = solingens_goal()
    stored = {name: getattr(fact, name) for name in operations.FACT_FIELDS}

    def correct(text):
        own = solingens_goal()
        operations.correct_fact(own, on=today(), seen=fact.version, actor=lead, **stored | {"text": text})

    outcomes = at_the_same_time(lambda: correct("erster Text"), lambda: correct("zweiter Text"))
    assert sorted(type(outcome) for outcome in outcomes if outcome is not None) == [StaleVersion]
    passed = ["erster Text", "zweiter Text"][outcomes.index(None)]
    assert solingens_goal().text == passed
    assert [entry.changes["text"][1] for entry in AuditEntry.objects.all()] == [passed]
