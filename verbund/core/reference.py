"""Reference data of the mechanisms: the public holidays of North Rhine-Westphalia."""

from datetime import date
from importlib.metadata import version

import holidays

from verbund.core.models import Holiday

FIRST_YEAR, LAST_YEAR = 2010, 2036
ONE_OFF = {date(2017, 10, 31): "500 Jahre Reformation, einmalig (Reformationsfeiertagsgesetz NRW 2015)"}


def load() -> int:
    """Bring the holiday rows of 2010 to 2036 up to date and return how many changed; fast when nothing did."""
    wanted = _wanted()
    stored = dict(Holiday.objects.values_list("day", "name"))
    changed = [
        Holiday(day=day, name=name, source=source) for day, (name, source) in wanted.items() if stored.get(day) != name
    ]
    Holiday.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["day"], update_fields=["name", "source"], batch_size=200
    )
    return len(changed)


def _wanted() -> dict[date, tuple[str, str]]:
    found = holidays.Germany(subdiv="NW", years=range(FIRST_YEAR, LAST_YEAR + 1), language="de")
    source = f"Feiertagsgesetz NW § 2, Tage berechnet mit der Bibliothek holidays {version('holidays')}"
    return {day: (name.split(";")[0], ONE_OFF.get(day, source)) for day, name in sorted(found.items())}
