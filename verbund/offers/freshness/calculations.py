"""When an entry is due for a question. Pure."""

from datetime import date

from verbund.core.dates import add_months


def due_if_checked_before(on: date, months: int) -> date:
    """Return the first day whose check still holds on `on`; an entry checked earlier is due."""
    return add_months(on, -months)
