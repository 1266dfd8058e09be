"""What every calendar file needs: the rules of Berlin's time (RFC 5545, section 3.6.5)."""

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from verbund.core.dates import BERLIN

if TYPE_CHECKING:
    import icalendar

WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


@cache
def berlin_time_zone() -> "icalendar.Timezone":
    """Return the rules: summer time from the last Sunday of March to that of October (directive 2000/84/EC).

    Each begins at the local time that held before it: summer at 2:00, winter at 3:00.
    """
    import icalendar  # only a calendar pays for it, not every start

    zone = icalendar.Timezone()
    zone.add("tzid", str(BERLIN))
    zone.add_component(_part(icalendar.TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), WINTER, SUMMER))  # noqa: DTZ001
    zone.add_component(_part(icalendar.TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), SUMMER, WINTER))  # noqa: DTZ001
    return zone


def _part(part, name: str, first: datetime, before: timedelta, after: timedelta):
    part.add("dtstart", first)
    part.add("rrule", {"freq": "YEARLY", "bymonth": first.month, "byday": "-1SU"})
    part.add("tzname", name)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    return part
