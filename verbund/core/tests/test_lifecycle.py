"""Statuses and moves: only what the table allows, once, also when two press in the same instant."""

from datetime import date
from threading import Barrier

import pytest

from verbund.core.acting import SYSTEM
from verbund.core.lifecycle import Lifecycle, NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.directory.models import Centre, LifeStep

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

E = LifeStep.Evidence
EVIDENCE = Lifecycle(field="evidence", confirm=({E.RANGE}, E.EVIDENCED))


def step() -> LifeStep:
    return LifeStep.objects.create(
        centre=Centre.objects.first(),
        kind=LifeStep.Kind.RUNNING,
        day_from=date(2012, 12, 1),
        day_until=date(2012, 12, 31),
        evidence=E.RANGE,
        result="Arbeit aufgenommen",
        source="Bericht",
    )


def acts_on(record) -> list[str]:
    entries = AuditEntry.objects.filter(target_type=LifeStep._meta.label, target_id=str(record.pk))
    return list(entries.values_list("verb", flat=True))


def test_a_move_sets_the_status_and_what_belongs_to_it_and_is_recorded():
    found = step()

    EVIDENCE.apply("confirm", found, actor=SYSTEM, changes={"source": "Urkunde"})

    found.refresh_from_db()
    assert (found.evidence, found.source) == (E.EVIDENCED, "Urkunde")
    assert acts_on(found) == ["confirm"]


def test_a_move_that_does_not_start_here_is_refused_and_changes_nothing():
    found = step()
    EVIDENCE.apply("confirm", found, actor=SYSTEM)

    with pytest.raises(NotAllowedNow, match="belegt"):
        EVIDENCE.apply("confirm", found, actor=SYSTEM, changes={"source": "Urkunde"})

    found.refresh_from_db()
    assert found.source == "Bericht"
    assert acts_on(found) == ["confirm"]


def test_what_counts_is_the_status_stored_not_the_one_on_an_old_screen():
    found = step()
    old_screen = LifeStep.objects.get(pk=found.pk)
    EVIDENCE.apply("confirm", found, actor=SYSTEM)

    with pytest.raises(NotAllowedNow):
        EVIDENCE.apply("confirm", old_screen, actor=SYSTEM)


def test_the_table_says_which_moves_are_open():
    assert EVIDENCE.open_for(E.RANGE) == {"confirm"}
    assert EVIDENCE.open_for(E.EVIDENCED) == set()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_in_the_same_instant_one_is_refused(reference, at_the_same_time):
    for _round in range(5):
        found = step()

        def press(pk=found.pk):
            EVIDENCE.apply("confirm", LifeStep.objects.get(pk=pk), actor=SYSTEM)

        outcomes = at_the_same_time(press, press, press)

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "NotAllowedNow", "NotAllowedNow"]
        assert acts_on(found) == ["confirm"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_pass(reference, at_the_same_time):
    """Shows the race that the lock closes: both read the old status before either writes the new one."""
    found, both_have_looked = step(), Barrier(2)

    def press_without_lock():
        record = LifeStep.objects.get(pk=found.pk)
        EVIDENCE.check("confirm", record)
        both_have_looked.wait(timeout=20)
        record.evidence = E.EVIDENCED
        record.save(update_fields=["evidence"])
        return "acted"

    assert at_the_same_time(press_without_lock, press_without_lock) == ["acted", "acted"]
