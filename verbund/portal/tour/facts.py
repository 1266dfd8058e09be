"""What the five texts say, read from the tables in `data/`: texts, facts, the way of Solingen; how much is covered."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).resolve().parent / "data"


class Area(models.TextChoices):
    """The part of the product that will bring what is not there yet."""

    VOLUNTEERS = "VOLUNTEERS", _("Ehrenamt und Ankommenstreffpunkte")
    TRAININGS = "TRAININGS", _("Fortbildungen")
    EXCHANGE = "EXCHANGE", _("Austausch und gute Praxis")
    STATE_PROGRAMMES = "STATE_PROGRAMMES", _("Landesprogramme")
    NEWCOMER_PUPILS = "NEWCOMER_PUPILS", _("neu zugewanderte Schülerinnen und Schüler")
    CONTROLLING = "CONTROLLING", _("Controlling")
    PRESS = "PRESS", _("Presse und Öffentlichkeit")
    PRIORITIES = "PRIORITIES", _("Handlungsfelder und Schwerpunkte")


@dataclass(frozen=True)
class Fact:
    """One fact of a text in our own words: covered by screens, or to come with an area."""

    number: str
    text: str
    place: str
    sentence: str
    screens: tuple[str, ...]
    area: str

    @property
    def is_covered(self) -> bool:
        return bool(self.screens)

    @property
    def area_label(self) -> str:
        return str(Area(self.area).label) if self.area else ""


@dataclass(frozen=True)
class Coverage:
    """How many facts lead to a page, out of how many."""

    covered: int
    total: int

    @property
    def missing(self) -> int:
        return self.total - self.covered

    @classmethod
    def of(cls, facts) -> "Coverage":
        facts = list(facts)
        return cls(sum(fact.is_covered for fact in facts), len(facts))


@dataclass(frozen=True)
class Text:
    """One of the five texts with its facts, in the order of its sentences."""

    number: str
    name: str
    kind: str
    source: str
    facts: tuple[Fact, ...]

    @property
    def coverage(self) -> Coverage:
        return Coverage.of(self.facts)


@dataclass(frozen=True)
class Step:
    """One step on the way of Solingen; `life_step` is its code in the reference data of the directory, or empty."""

    first_day: date
    last_day: date
    when: str
    title: str
    text: str
    life_step: str
    screens: tuple[str, ...]


@cache
def texts() -> tuple[Text, ...]:
    """Return the five texts with their facts, numbered within each text (2.14)."""
    facts: dict[str, list[Fact]] = {row["number"]: [] for row in _rows("texts")}
    for row in _rows("facts"):
        of_text = facts[row["text"]]
        number = f"{row['text']}.{len(of_text) + 1}"
        screens = tuple(row["screens"].split())
        of_text.append(Fact(number, row["text"], row["place"], row["fact"], screens, row["area"]))
    return tuple(Text(facts=tuple(facts[row["number"]]), **row) for row in _rows("texts"))


@cache
def way_of_solingen() -> tuple[Step, ...]:
    """Return the steps from the mandate to the first payment, in the order of their days."""
    return tuple(
        Step(
            first_day=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]),
            when=row["when"],
            title=row["title"],
            text=row["text"],
            life_step=row["life_step"],
            screens=tuple(row["screens"].split()),
        )
        for row in _rows("solingen")
    )


def coverage() -> Coverage:
    """Return how many facts of all texts lead to a page."""
    return Coverage.of(fact for text in texts() for fact in text.facts)


def to_come() -> list[tuple[str, int]]:
    """Return the areas that will bring what is missing, with the number of facts; the largest first."""
    counts = Counter(fact.area for text in texts() for fact in text.facts if fact.area)
    return [(str(Area(area).label), number) for area, number in counts.most_common()]


def screens() -> set[str]:
    """Return every screen that is named by a fact or a step."""
    named = [fact.screens for text in texts() for fact in text.facts]
    named += [step.screens for step in way_of_solingen()]
    return {screen for group in named for screen in group}


def _rows(name: str) -> list[dict]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
