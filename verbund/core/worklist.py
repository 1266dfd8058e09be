"""What waits for a person: the shape in which every app hands its open work to the work list ("Aufgaben")."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Task:
    """One thing that waits for the actor.

    `title` is the verb of the trade ("Mitzeichnen"), `subject` what it is about, `centre` for whom, `reason` why it
    waits for this person, `url` the page where it is done. `due_on` is None where nothing is due.
    """

    title: str
    subject: str
    url: str
    due_on: date | None = None
    centre: str = ""
    reason: str = ""
    deputised: bool = False

    def is_overdue(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on


OVERDUE, THIS_WEEK, LATER = "overdue", "this-week", "later"


def stretch_of(due_on: date | None, on: date) -> str:
    """Return in which stretch of time a day lies: overdue, this week (to Sunday), or later (also without a day)."""
    if due_on is None:
        return LATER
    if due_on < on:
        return OVERDUE
    return THIS_WEEK if due_on <= sunday_of(on) else LATER


def sunday_of(day: date) -> date:
    """Return the Sunday with which the week of a day ends."""
    return day + timedelta(days=6 - day.weekday())
