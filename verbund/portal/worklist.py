"""The work list: everything that waits for a person, gathered from the apps and sorted by when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.utils.translation import gettext as _

from verbund.core.worklist import Task

SOURCES = (
    "verbund.funding.queries",
    "verbund.offers.freshness.queries",
    "verbund.offers.proposals.queries",
    "verbund.staffing.queries",
    "verbund.programmes.queries",
    "verbund.directory.queries",
)
"""Modules asked for `tasks_for(actor, on) -> iterable of Task`; one without this question has no work to hand out."""


@dataclass(frozen=True)
class Group:
    """Tasks that are due in the same stretch of time."""

    key: str
    title: str
    tasks: list[Task]


def tasks_for(actor, on: date) -> list[Task]:
    """Return all tasks of an actor; what is due first stands first, what has no day stands last."""
    found: list[Task] = []
    for name in SOURCES:
        ask = getattr(import_module(name), "tasks_for", None) if find_spec(name) else None
        if ask is not None:
            found.extend(ask(actor, on))
    return sorted(found, key=lambda task: (task.due_on or date.max, task.title, task.subject))


def grouped(tasks: list[Task], on: date) -> list[Group]:
    """Split tasks into overdue, due this week (to Sunday), and later or without a day; without the empty groups."""
    sunday = on + timedelta(days=6 - on.weekday())
    overdue = [task for task in tasks if task.is_overdue(on)]
    this_week = [task for task in tasks if task.due_on is not None and on <= task.due_on <= sunday]
    later = [task for task in tasks if task.due_on is None or task.due_on > sunday]
    groups = [
        Group("overdue", _("Überfällig"), overdue),
        Group("this-week", _("Diese Woche"), this_week),
        Group("later", _("Später"), later),
    ]
    return [group for group in groups if group.tasks]
