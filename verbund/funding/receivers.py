"""What funding hears from below."""

from django.dispatch import receiver

from verbund.core import reminders
from verbund.core.dates import on_demo_day
from verbund.core.signals import demo_day_chosen
from verbund.funding import operations, reminder_rules


@receiver(demo_day_chosen)
def finalise_notices_until(sender, day, **_others) -> None:
    """Make notices final whose appeal period ended before the day of the demonstration."""
    operations.finalise_due_notices(on=day)


@receiver(demo_day_chosen)
def remind_on(sender, day, **_others) -> None:
    """Recall what is due on the day of the demonstration."""
    with on_demo_day(day):
        reminders.send_due(on=day, rules=reminder_rules.in_force(on=day))
