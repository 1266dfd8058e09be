"""The dates of some entries as a calendar wants them: each once, in order, and also those that are called off."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from verbund.offers.calculations import dates_between
from verbund.offers.finding import MODES, Wanted
from verbund.offers.lifecycle import PUBLIC, OfferStatus
from verbund.offers.models import Closure, DateChange, Occurrence, OfferLanguage, Slot
from verbund.offers.stock import Stock, fits
from verbund.offers.upcoming import WEEKS_AHEAD, calendar_between

MOST_EVENTS = 500
MOST_IN_A_LIST = 1_000
"""Ids named in one statement; of more entries all rows are read until enough are found."""


@dataclass(frozen=True)
class Event:
    """A date of an entry at a place (`at`, an id); Berlin time. What is called off stays and says so."""

    at: int
    offer: int
    slot: int | None
    day: date
    opens: time
    closes: time
    by_appointment: bool = False
    is_cancelled: bool = False


Keeps = Callable[[Event], bool]


def everything(_event: Event) -> bool:
    """Keep all dates."""
    return True


def fitting(stock: Stock, wanted: Wanted, *, now: datetime) -> Keeps:
    """Return what keeps the dates in the wanted time and language; the entries are chosen before, by the finder.

    At most one statement. Who looks for Tuesday afternoons wants no Mondays of the same entries in the calendar.
    """
    speaks = _speaking(stock, wanted) if wanted.spricht else everything

    def keeps(event: Event) -> bool:
        when = (event.day if wanted.wann else event.day.weekday(), event.opens, event.closes)
        return fits(when, wanted.wann, wanted.tag, wanted.von, wanted.bis, now) and speaks(event)

    return keeps


def _speaking(stock: Stock, wanted: Wanted) -> Keeps:
    always = 0
    for mode in MODES if wanted.auch else MODES[:1]:
        always |= stock.spoken.get((wanted.spricht, mode), 0)
    rows = OfferLanguage.objects.filter(language=wanted.spricht, slot__isnull=False)
    hours = frozenset(rows.values_list("slot", flat=True))
    return lambda event: event.slot in hours or bool(always >> stock.position.get(event.offer, 0) & 1)


def coming(ids: Collection[int], *, on: date, keeps: Keeps = everything) -> tuple[list[Event], bool]:
    """Return the dates of public entries from a day on, at most 500, and whether there are more.

    At most seven statements, however many entries and dates.
    """
    wanted = frozenset(ids)
    found: dict[tuple, Event] = {}
    for event in _called_off(wanted, on):
        _take(found, event, keeps)
    limit = len(found) + MOST_EVENTS
    for event in _taking_place(wanted, on):
        _take(found, event, keeps)
        if len(found) > limit:
            break
    events = sorted(found.values(), key=lambda one: (one.day, one.opens, one.at))
    return events[:MOST_EVENTS], len(events) > MOST_EVENTS


def _take(found: dict[tuple, Event], event: Event, keeps: Keeps) -> None:
    """Note a date; what begins at the same moment at the same place is one date, until the last of them ends."""
    if not keeps(event):
        return
    key = (event.at, event.day, event.opens)
    other = found.get(key)
    if other is None or (other.is_cancelled and not event.is_cancelled):
        found[key] = event
    else:
        by_appointment = other.by_appointment and event.by_appointment
        found[key] = replace(other, closes=max(other.closes, event.closes), by_appointment=by_appointment)


def _taking_place(ids: frozenset[int], on: date) -> Iterable[Event]:
    rows = Occurrence.objects.filter(day__gte=on).order_by("day", "opens", "pk")
    names = ("at_id", "at__offer_id", "slot_id", "day", "opens", "closes", "by_appointment")
    return (Event(*row) for row in _of(ids, rows.values_list(*names)))


def _of(ids: frozenset[int], rows) -> Iterable[tuple]:
    """Return the rows of some entries; the second value of each is the entry's id."""
    if len(ids) <= MOST_IN_A_LIST:
        return rows.filter(at__offer__in=ids)
    return (row for row in rows.iterator() if row[1] in ids)


def _called_off(ids: frozenset[int], on: date) -> Iterable[Event]:
    """Yield the dates that the rules would bring on days somebody called off."""
    last = on + timedelta(weeks=WEEKS_AHEAD)
    kinds = DateChange.Kind
    rows = DateChange.objects.filter(kind=kinds.CANCELLED, day__range=(on, last)).order_by("day", "pk")
    names = ("status", "paused_until", "valid_from", "valid_until")
    rows = rows.values_list("at_id", "at__offer_id", "day", *(f"at__offer__{name}" for name in names))
    days = [row[:3] for row in _of(ids, rows) if _is_running(row[2], *row[3:])][:MOST_EVENTS]
    if not days:
        return
    places = {at for at, _offer, _day in days}
    slots = _by_place(Slot.objects.filter(at__in=places))
    extra = _by_place(DateChange.objects.filter(at__in=places, kind=kinds.EXTRA))
    closures = _by_place(Closure.objects.filter(at__in=places))
    calendar = calendar_between(on, last)
    for at, offer, day in dict.fromkeys(days):
        rules = {"slots": slots[at], "changes": extra[at], "closures": closures[at]}
        for one in dates_between(day, day, **rules, calendar=calendar):
            yield Event(at, offer, one.slot, day, one.opens, one.closes, one.by_appointment, is_cancelled=True)


def _is_running(
    day: date, status: str, paused_until: date | None, valid_from: date | None, valid_until: date | None
) -> bool:
    """Whether an entry would take place on a day at all, as its dates to come are computed (see `upcoming.renew`)."""
    is_open = status != OfferStatus.PAUSED or (paused_until is not None and day > paused_until)
    return status in PUBLIC and is_open and (valid_from or day) <= day <= (valid_until or day)


def _by_place(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.at_id].append(row)
    return found
