"""What the clock does for the directory."""

from verbund.core.dates import add_months, day_in_berlin
from verbund.core.tasks import every
from verbund.directory.models import Absence

MONTHS_AN_ABSENCE_IS_KEPT = 24


@every(minutes=24 * 60)
def forget_old_absences(now) -> None:
    """Delete absences that ended two years ago; the deputyships stay, for they say who could act."""
    Absence.objects.filter(valid_until__lt=add_months(day_in_berlin(now), -MONTHS_AN_ABSENCE_IS_KEPT)).delete()
