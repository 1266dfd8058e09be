"""Reference data of the mechanisms: the public holidays of North Rhine-Westphalia."""

from datetime import date
from functools import cache
from importlib.metadata import version

from verbund.core.models import Holiday

FIRST_YEAR, LAST_YEAR = 2010, 2036
ONE_OFF = {date(2017, 10, 31): "500 Jahre Reformation, einmalig (Reformationsfeiertagsgesetz NRW 2015)"}


ROWS = 298  # eleven a year and the one-off; no two of them fall on one day in these years


def load() -> int:
    """Bring the holiday rows of 2010 to 2036 up to date and return how many changed; quick when nothing did.

    Complete rows of this version of the library are left alone without computing them anew (that costs a second start
    more than all the rest).
    """
    source = f"Feiertagsgesetz NW § 2, Tage berechnet mit der Bibliothek holidays {version('holidays')}"
    if Holiday.objects.filter(source__in=[source, *ONE_OFF.values()]).count() == ROWS:
        return 0
    stored = {row.day: (row.name, row.source) for row in Holiday.objects.all()}
    changed = [
        Holiday(day=day, name=name, source=row_source)
        for day, (name, row_source) in wanted(source).items()
        if stored.get(day) != (name, row_source)
    ]
    Holiday.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["day"], update_fields=["name", "source"], batch_size=200
    )
    return len(changed)


def wanted(source: str) -> dict[date, tuple[str, str]]:
    """Return name and source of every holiday, by day."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return {day: (name, ONE_OFF.get(day, source)) for year in years for day, name in computed(year).items()}


@cache
def computed(year: int) -> dict[date, str]:
    """Return the holidays of the Land in a year as the library computes them, by day."""
    import holidays  # loads slowly, and only an incomplete calendar needs it

    found = holidays.Germany(subdiv="NW", years=year, language="de")
    return {day: name.split(";")[0] for day, name in sorted(found.items())}
