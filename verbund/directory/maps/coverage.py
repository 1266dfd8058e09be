"""How far the network reached on a day: what the steps in each centre's life evidence. Pure, no database."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from verbund.directory.calculations import PREPARING_KINDS, CentreState, state_on

FIRST_YEAR = 2012
"""The year of the law that founded the centres: the first the map shows."""

STATE_NAMES = {
    CentreState.RUNNING: _("belegt in Betrieb"),
    CentreState.PREPARING: _("belegt in Vorbereitung"),
    CentreState.RANGE: _("Zeitraum umfasst den Tag"),
    CentreState.NONE: _("noch keines"),
}
STATE_PATTERNS = {
    CentreState.RUNNING: "solid",
    CentreState.PREPARING: "diagonal",
    CentreState.RANGE: "dots",
    CentreState.NONE: "empty",
}
STATES = tuple(STATE_NAMES)


@dataclass(frozen=True)
class Standing:
    """Where a centre stands on a day, and the step that says so: for NONE the start that is still to come, or None."""

    state: CentreState
    step: object | None

    @property
    def is_evidenced(self) -> bool:
        """Whether a source tells it of this centre; False where only a range covers the day or has run out."""
        return self.state in {CentreState.RUNNING, CentreState.PREPARING} and self.step.evidence == "EVIDENCED"


def standing_on(steps, day: date) -> Standing:
    """Return where a centre stands on a day, from its life steps (as `state_on`), with the step that says so.

    Of several that do, the evidenced one comes before a range; of those, the earliest start, the latest preparation.
    """
    state = state_on(steps, day)
    starts = sorted(
        (step for step in steps if step.kind == "RUNNING"),
        key=lambda step: (step.evidence != "EVIDENCED", step.day_until, step.day_from),
    )
    if state == CentreState.RUNNING:
        return Standing(state, next(step for step in starts if step.day_until <= day))
    if state == CentreState.PREPARING:
        happened = [
            step
            for step in steps
            if step.kind in PREPARING_KINDS and step.evidence == "EVIDENCED" and step.day_until <= day
        ]
        return Standing(state, max(happened, key=lambda step: (step.day_until, step.day_from)))
    if state == CentreState.RANGE:
        return Standing(state, next(step for step in starts if step.day_from <= day))
    return Standing(state, starts[0] if starts else None)


@dataclass(frozen=True)
class Count:
    """How many centres stand where on a day; `evidenced`: running ones of which a source tells the start itself."""

    running: int
    evidenced: int
    preparing: int
    in_range: int
    none: int

    @property
    def total(self) -> int:
        return self.running + self.preparing + self.in_range + self.none

    @property
    def by_expired_range(self) -> int:
        """Running ones of which only a range of the start is known, and it has ended."""
        return self.running - self.evidenced

    def of(self, state: CentreState) -> int:
        return {
            CentreState.RUNNING: self.running,
            CentreState.PREPARING: self.preparing,
            CentreState.RANGE: self.in_range,
            CentreState.NONE: self.none,
        }[state]


def count(standings) -> Count:
    """Return how many stand where."""
    standings = list(standings)
    states = Counter(one.state for one in standings)
    return Count(
        running=states[CentreState.RUNNING],
        evidenced=sum(one.state == CentreState.RUNNING and one.is_evidenced for one in standings),
        preparing=states[CentreState.PREPARING],
        in_range=states[CentreState.RANGE],
        none=states[CentreState.NONE],
    )


def last_day_of(year: int, *, now: date) -> date:
    """Return the day that stands for a year: its last one; for the current year today."""
    return now if year == now.year else date(year, 12, 31)


def years_until(now: date) -> range:
    """Return the years the map can show."""
    return range(FIRST_YEAR, now.year + 1)


def days_apart(figure, day: date) -> int:
    """Return how many days a published figure lies from a day: 0 where it was, or may have been, stated then."""
    if day < figure.stated_from:
        return (figure.stated_from - day).days
    return max(0, (day - figure.stated_until).days)
