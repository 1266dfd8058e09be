"""Hours of the made-up offers: patterns by kind (a course, a consultation, a group), breaks and single dates."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from verbund.core.dates import WEEKDAYS
from verbund.offers.content import Break, Change, Hours
from verbund.offers.demo_data import Draw

WEEK = (0, 1, 2, 3, 4)
ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)
NTH = ("FIRST", "SECOND", "THIRD", "FOURTH", "LAST")
EVERY_SECOND = ("EVEN_WEEKS", "ODD_WEEKS")
FIRST_DAYS_OF_A_WEEK = 4


@dataclass(frozen=True)
class Pattern:
    """On how many of which weekdays, when it begins, how long it lasts, and in which rhythm."""

    days: tuple[int, ...]
    begins: tuple[str, ...]
    minutes: tuple[int, ...]
    most_days: int = 1
    fewest_days: int = 1
    rhythms: tuple[str, ...] = ("WEEKLY",)
    in_holidays: bool | None = None
    on_public_holidays: bool = False
    is_advice: bool = False


OFTEN_WEEKLY = ("WEEKLY",) * 7 + EVERY_SECOND + ("FIRST",)
DAILY = {"days": ALL_DAYS, "fewest_days": 7, "most_days": 7, "in_holidays": True, "on_public_holidays": True}
PATTERNS = {
    "morning": Pattern(WEEK, ("09:00", "09:30", "10:00"), (90, 120), 2, rhythms=OFTEN_WEEKLY),
    "afternoon": Pattern(WEEK, ("14:30", "15:00", "15:30", "16:00"), (120, 150), 2, rhythms=OFTEN_WEEKLY),
    "evening": Pattern(WEEK, ("18:00", "18:30", "19:00"), (90, 120), 1, rhythms=OFTEN_WEEKLY),
    "course": Pattern((0, 1, 2, 3), ("08:45", "09:00", "13:30", "17:30"), (135, 195), 4, 2, in_holidays=False),
    "school": Pattern((0, 1, 2, 3), ("13:45", "14:00", "14:30"), (90, 120), 3, 1, in_holidays=False),
    "kita": Pattern(WEEK, ("08:30", "09:00", "09:30"), (90, 120), 1, in_holidays=False),
    "office": Pattern(WEEK, ("09:00", "10:00", "13:30", "14:00"), (120, 180), 2, 1, is_advice=True),
    "office-open": Pattern(WEEK, ("09:00", "10:00", "13:00"), (240, 300), 3, 3),
    "saturday": Pattern((5,), ("10:00", "11:00", "14:00"), (120, 180), rhythms=("WEEKLY", *EVERY_SECOND, "FIRST")),
    "weekend-morning": Pattern((5, 6), ("10:00", "10:30"), (120, 150), rhythms=(*EVERY_SECOND, "FIRST", "THIRD")),
    "weekly-day": Pattern((1, 2, 3, 4), ("10:00", "13:00"), (150, 180)),
    "monthly": Pattern((0, 1, 2, 3), ("17:00", "18:00", "18:30"), (120,), rhythms=NTH),
    "monthly-day": Pattern((1, 2, 3, 4), ("14:30", "15:00"), (120, 150), rhythms=NTH),
    "hotline": Pattern(begins=("16:00",), minutes=(360,), **DAILY),
    "night": Pattern(begins=("18:00",), minutes=(240,), **DAILY),
    "always": Pattern(begins=("00:00",), minutes=(24 * 60 - 1,), **DAILY),
}
HOLIDAYS = "holidays"
MAJOR_HOLIDAYS = ("Osterferien", "Sommerferien", "Herbstferien")


@dataclass(frozen=True)
class Times:
    """Everything about time of an offer at a place, as `content.At` takes it."""

    hours: tuple[Hours, ...] = ()
    changes: tuple[Change, ...] = ()
    breaks: tuple[Break, ...] = ()
    note: str = ""


def times(when: str, draw: Draw, *, on: date, by_appointment: bool, spoken=(), holidays=()) -> Times:
    """Return the hours of a pattern; `spoken` are languages of which one may be spoken on one weekday only.

    `holidays` are (name, first, last) of the school holidays to come, in order.
    """
    if when == HOLIDAYS:
        return _in_holidays(draw, on, holidays)
    hours = _hours(PATTERNS[when], draw, by_appointment=by_appointment, spoken=spoken)
    if PATTERNS[when].on_public_holidays:
        return Times(hours)
    note = "Bitte pünktlich kommen." if draw.chance("note", 6) else ""
    return Times(hours, _changes(hours, draw, on), _breaks(draw, on), note)


def _hours(pattern: Pattern, draw: Draw, *, by_appointment: bool, spoken) -> tuple[Hours, ...]:
    count = pattern.fewest_days + draw.number("days", pattern.most_days - pattern.fewest_days + 1)
    rhythm = draw.pick("rhythm", pattern.rhythms) if count == 1 else "WEEKLY"
    in_holidays = pattern.in_holidays if pattern.in_holidays is not None else not draw.chance("school holidays", 20)
    only_first_open = pattern.is_advice and draw.chance("first open", 50)
    begins = draw.pick("begin", pattern.begins)
    minutes = draw.pick("minutes", pattern.minutes)
    weekdays = sorted(draw.some("weekday", pattern.days, count))
    in_one = (draw.pick("spoken", spoken),) if spoken and count > 1 and draw.chance("by weekday", 40) else ()
    return tuple(
        Hours(
            weekday=weekday,
            opens=_at(begins),
            closes=_at(begins, minutes),
            rhythm=rhythm,
            in_school_holidays=in_holidays,
            on_public_holidays=pattern.on_public_holidays,
            by_appointment=by_appointment and not (only_first_open and number == 0),
            languages=in_one if number == 1 else (),
        )
        for number, weekday in enumerate(weekdays)
    )


def _at(text: str, minutes: int = 0) -> time:
    hour, minute = divmod(int(text[:2]) * 60 + int(text[3:]) + minutes, 60)
    return time(hour, minute)


def _changes(hours: tuple[Hours, ...], draw: Draw, on: date) -> tuple[Change, ...]:
    """Return a cancelled or an extra date in the coming weeks, for few offers."""
    first = hours[0]
    if draw.chance("cancelled", 7):
        day = on + timedelta(days=(first.weekday - on.weekday()) % 7 + 7 * draw.number("cancelled week", 3))
        return (Change("CANCELLED", day, note="Fällt aus, die Leitung ist auf Fortbildung."),)
    if draw.chance("extra", 4):
        day = on + timedelta(days=(5 - on.weekday()) % 7 + 7 * draw.number("extra week", 4))
        return (Change("EXTRA", day, time(11), time(14), note="Tag der offenen Tür"),)
    return ()


def _breaks(draw: Draw, on: date) -> tuple[Break, ...]:
    if draw.chance("christmas", 6):
        return (Break(date(on.year, 12, 22), date(on.year + 1, 1, 6), "Winterpause"),)
    if draw.chance("renovation", 2):
        first = on + timedelta(days=3 + draw.number("renovation day", 20))
        return (Break(first, first + timedelta(days=13), "Renovierung"),)
    return ()


def _in_holidays(draw: Draw, on: date, holidays) -> Times:
    """Return the first days of a week in the next long school holidays as single dates."""
    coming = [one for one in holidays if one[0] in MAJOR_HOLIDAYS and one[1] > on]
    if not coming:
        return Times(note="Die Termine der nächsten Ferien stehen noch nicht fest.")
    name, first, _last = coming[draw.number("which holidays", min(2, len(coming)))]
    monday = first + timedelta(days=-first.weekday() % 7)
    days = [monday + timedelta(days=number) for number in range(FIRST_DAYS_OF_A_WEEK)]
    note = f"{WEEKDAYS[0]} bis {WEEKDAYS[FIRST_DAYS_OF_A_WEEK - 1]} in der ersten vollen Woche der {name}"
    return Times(changes=tuple(Change("EXTRA", day, time(9), time(15)) for day in days), note=note)
