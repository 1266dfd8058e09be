"""Which year is looked at."""

from datetime import date

FIRST_YEAR = 2012


def years(*, on: date) -> list[int]:
    """Return the years that can be chosen, the running one first; the network begins in 2012."""
    return list(range(on.year, FIRST_YEAR - 1, -1))


def chosen_year(typed: str | None, *, on: date) -> int:
    """Return the year that stands in the address; without a right one the running year."""
    wanted = int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) == 4 else on.year
    return wanted if wanted in years(on=on) else on.year
