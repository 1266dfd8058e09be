"""What the clock does for funding."""

from verbund.core.acting import SYSTEM
from verbund.core.dates import day_in_berlin
from verbund.core.demo_guard import demo_world_is_loaded
from verbund.core.tasks import every
from verbund.funding import operations


@every(minutes=10)
def finalise_notices(now) -> None:
    """Make notices final whose appeal period has ended; in the demonstration its own day decides (`receivers`)."""
    if demo_world_is_loaded():
        return
    operations.finalise_due_notices(on=day_in_berlin(now))


@every(minutes=60)
def end_deferrals(now) -> None:
    """Let deferred reclaims fall due again after their last day."""
    if not demo_world_is_loaded():
        operations.end_due_deferrals(on=day_in_berlin(now), actor=SYSTEM)
