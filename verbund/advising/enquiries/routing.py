"""Who answers: the centre of the place on a day, else the coordination unit that is there for the topic."""

from dataclasses import dataclass, field
from datetime import date

from verbund.advising.requests.queries import responsible_units, units_on
from verbund.core.dates import add_months
from verbund.directory import places
from verbund.directory.calculations import CentreState
from verbund.directory.models import Centre, Municipality, Organisation
from verbund.directory.queries import centre_states


@dataclass(frozen=True)
class Where:
    """What a typed place means: a town, or only a centre where a whole district was named; `towns` to choose from."""

    centre_id: int | None = None
    town_key: str = ""
    towns: list[places.Town] = field(default_factory=list)
    is_known: bool = True


NOWHERE = Where()
"""No place was given."""


def centres_at_work(on: date) -> list[dict]:
    """Return the centres that were at work on a day, each with the town or district it serves."""
    states = centre_states(on)
    return [one for one in places.centres_of_areas() if states[one["pk"]] == CentreState.RUNNING]


def where(sought: places.Wanted, *, chosen: str, on: date) -> Where:
    """Return where a question comes from. `chosen` is the key of a town among those a first answer offered."""
    if not sought.is_enough:
        return NOWHERE
    found = places.find(sought, centres=centres_at_work(on), on=on, vouched_since=add_months(on, -12))
    groups = [*found.responsible, *found.similar]
    towns = {town.key: (town, one.centre) for one in groups for town in one.towns}
    if not towns:
        return Where(is_known=False)
    if chosen in towns:
        return _of_town(*towns[chosen])
    if len(found.responsible) == 1 and found.responsible[0].centre:
        only = found.responsible[0]
        return Where(only.centre["pk"], only.towns[0].key if len(only.towns) == 1 else "")
    if len(towns) == 1:
        return _of_town(*next(iter(towns.values())))
    return Where(towns=[town for town, _centre in towns.values()])


def _of_town(town: places.Town, centre: dict | None) -> Where:
    return Where(centre["pk"] if centre else None, town.key)


def responsible(found: Where, term, *, on: date) -> tuple[Centre | None, Organisation | None]:
    """Return the centre of a place, else the unit for a field of action; neither where none is recorded."""
    if found.centre_id:
        return Centre.objects.select_related("organisation").get(pk=found.centre_id), None
    return None, next(iter(responsible_units(term, None, on=on)), None)


def town_of(found: Where) -> Municipality | None:
    return Municipality.objects.get(pk=found.town_key) if found.town_key else None


def bodies_on(on: date) -> list[tuple[int, str, bool]]:
    """Return who may have an enquiry on a day: id, name, and whether it is a coordination unit; units first."""
    units = [(one.pk, one.name, True) for one in units_on(on).order_by("code")]
    return units + sorted(((one["pk"], one["name"], False) for one in centres_at_work(on)), key=lambda row: row[1])
