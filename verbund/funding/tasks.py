"""What the clock does for funding."""

from verbund.core import reminders
from verbund.core.acting import SYSTEM
from verbund.core.dates import day_in_berlin
from verbund.core.demo_guard import demo_world_is_loaded
from verbund.core.tasks import every
from verbund.funding import operations, reminder_rules


@every(minutes=10)
def finalise_notices(now) -> None:
    """Make notices final whose appeal period has ended; in the demonstration its own day decides (`receivers`)."""
    if demo_world_is_loaded():
        return
    operations.finalise_due_notices(on=day_in_berlin(now))


@every(minutes=60)
def remind_of_deadlines(now) -> None:
    """Recall to everybody what is due, once a day in one mail; in the demonstration its own day decides.

    Asked every hour: a run that finds today's mails written does nothing, one after a crash writes those that are
    missing.
    """
    if demo_world_is_loaded():
        return
    day = day_in_berlin(now)
    reminders.send_due(on=day, rules=reminder_rules.in_force(on=day))


@every(minutes=60)
def end_deferrals(now) -> None:
    """Let deferred reclaims fall due again after their last day."""
    if not demo_world_is_loaded():
        operations.end_due_deferrals(on=day_in_berlin(now), actor=SYSTEM)


@every(minutes=1)
def go_on_with_bulk_runs(now) -> None:
    """Carry out what is left of acts on many records, after a server stopped in the middle or a page was closed."""
    for run in operations.unfinished_bulk_runs():
        while operations.advance_bulk_run(run):
            pass


@every(minutes=1)
def go_on_with_retention_runs(now) -> None:
    """Delete what is left of approved runs, after a server stopped in the middle or a page was closed."""
    for run in operations.unfinished_retention_runs():
        while operations.advance_retention_run(run):
            pass


@every(minutes=1)
def write_receipts(now) -> None:
    """Typeset the receipts of submissions that nobody has opened yet."""
    operations.write_receipts()
