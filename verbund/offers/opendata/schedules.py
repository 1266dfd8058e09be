"""Hours as rows of HSDS `schedule`: one row per rule, and one per extra date to come.

Hours are those of the clock in Berlin, in summer and in winter. HSDS knows only a fixed offset: rows carry the one in
force on the day of the answer (or on the first day of a rule that begins later), and the notes name the time zone.
"""

from collections import Counter
from datetime import date, datetime, time

from verbund.core.dates import BERLIN
from verbund.offers.opendata.values import derived, joined, present

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH = {"FIRST": 1, "SECOND": 2, "THIRD": 3, "FOURTH": 4, "LAST": -1}
WEEKS = {
    "EVEN_WEEKS": ",".join(str(week) for week in range(2, 54, 2)),
    "ODD_WEEKS": ",".join(str(week) for week in range(1, 54, 2)),
}
"""Calendar weeks by number: every second week would go wrong after a year of 53 weeks."""

ZONE = "Uhrzeiten in Europe/Berlin, im Sommer wie im Winter dieselben."


def rows(offer, at, *, on: date) -> list[dict]:
    """Return the schedule of an offer at a place, nothing of what is over; no statements when prefetched."""
    notes = _notes(at, on)
    seen: Counter = Counter()
    found = []
    for slot in at.slots.all():
        first, last = _latest(slot.valid_from, offer.valid_from), _earliest(slot.valid_until, offer.valid_until)
        if last and (last < on or (first and first > last)):
            continue
        key = _key(slot)
        seen[key] += 1
        found.append(
            present(
                id=derived("schedule", at.uid, *key, seen[key]),
                service_at_location_id=str(at.uid),
                valid_from=first and first.isoformat(),
                valid_to=last and last.isoformat(),
                **_rule(slot),
                **_hours(slot, max(on, first or on)),
                description="nur mit Termin" if slot.by_appointment else "",
                notes=joined(_holidays(slot), notes),
            )
        )
    return found + [
        _extra(at, change) for change in at.date_changes.all() if change.kind == "EXTRA" and change.day >= on
    ]


def _key(slot) -> tuple:
    """What makes a rule what it is: rules are stored anew whenever an entry is edited."""
    return slot.weekday, slot.opens, slot.closes, slot.rhythm, slot.valid_from, slot.valid_until, slot.by_appointment


def _rule(slot) -> dict:
    day = DAYS[slot.weekday]
    if slot.rhythm in NTH:
        return {"freq": "MONTHLY", "interval": 1, "byday": f"{NTH[slot.rhythm]}{day}"}
    weekly = {"freq": "WEEKLY", "interval": 1, "byday": day, "wkst": "MO"}
    return weekly | ({"byweekno": WEEKS[slot.rhythm]} if slot.rhythm in WEEKS else {})


def _hours(one, day: date) -> dict:
    return {"opens_at": clock(one.opens, day), "closes_at": clock(one.closes, day), "timezone": offset(day)}


def clock(hour: time, day: date) -> str:
    """Return an hour as HSDS writes it: "15:00+01:00"."""
    return f"{hour:%H:%M}{offset(day):+03d}:00"


def offset(day: date) -> int:
    """Return by how many hours Berlin is ahead of UTC on a day (at noon)."""
    return int(datetime.combine(day, time(12), BERLIN).utcoffset().total_seconds() // 3600)


def _extra(at, change) -> dict:
    return present(
        id=derived("schedule", at.uid, "extra", change.day, change.opens, change.closes),
        service_at_location_id=str(at.uid),
        valid_from=change.day.isoformat(),
        valid_to=change.day.isoformat(),
        dtstart=change.day.isoformat(),
        freq="WEEKLY",
        interval=1,
        byday=DAYS[change.day.weekday()],
        count=1,
        **_hours(change, change.day),
        description="zusätzlicher Termin",
        notes=joined(change.note, ZONE),
    )


def _holidays(slot) -> str:
    left_out = []
    if not slot.in_school_holidays:
        left_out.append("in den Schulferien in Nordrhein-Westfalen")
    if not slot.on_public_holidays:
        left_out.append("an Feiertagen")
    return f"Nicht {' und nicht '.join(left_out)}." if left_out else ""


def _notes(at, on: date) -> str:
    """What holds for all rules of a place: closures and cancelled dates to come, and the time zone."""
    closed = [
        f"{row.first_day:%d.%m.%Y} bis {row.last_day:%d.%m.%Y}" for row in at.closures.all() if row.last_day >= on
    ]
    gone = [f"{row.day:%d.%m.%Y}" for row in at.date_changes.all() if row.kind == "CANCELLED" and row.day >= on]
    return joined(
        f"Geschlossen vom {', vom '.join(closed)}." if closed else "",
        f"Fällt aus am {', '.join(gone)}." if gone else "",
        ZONE,
    )


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
