"""What funding hears from below."""

from django.dispatch import receiver

from verbund.core.signals import demo_day_chosen
from verbund.funding import operations


@receiver(demo_day_chosen)
def finalise_notices_until(sender, day, **_others) -> None:
    """Make notices final whose appeal period ended before the day of the demonstration."""
    operations.finalise_due_notices(on=day)
