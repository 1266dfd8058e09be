"""When an entry is due for a question, and by when the centre looks at what came in. Pure."""

from collections.abc import Container
from datetime import date, timedelta

from verbund.core.dates import add_months


def due_if_checked_before(on: date, months: int) -> date:
    """Return the first day whose check still holds on `on`; an entry checked earlier is due."""
    return add_months(on, -months)


def answer_by(received: date, working_days: int, holidays: Container[date]) -> date:
    """Return the last of so many working days after the day something came in; that day itself does not count."""
    day = received
    while working_days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            working_days -= 1
    return day
