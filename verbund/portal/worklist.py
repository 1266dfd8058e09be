"""The work list: everything that waits for a person, gathered from the apps and sorted by when it is due."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.utils.translation import gettext as _

from verbund.core.worklist import LATER, OVERDUE, THIS_WEEK, Task, stretch_of
from verbund.directory import queries as directory

SOURCES = (
    "verbund.funding.queries",
    "verbund.offers.editing.worklist",
    "verbund.offers.freshness.queries",
    "verbund.offers.proposals.queries",
    "verbund.advising.worklist",
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


@dataclass(frozen=True)
class Deputised:
    """What waits for somebody the person stands in for: whose it is, until when, how to act for them."""

    person: str
    function: str
    until: date
    choice: str
    count: int
    groups: list[Group]


def deputised_for(actor, on: date) -> list[Deputised]:
    """Return the tasks of those the person stands in for on a day; nothing while they already act for somebody."""
    if actor.user is None or actor.on_behalf_of is not None:
        return []
    found = []
    for one in directory.deputyships_of(actor.user, on=on):
        acting = directory.actor_for(actor.user, one.principal, on_behalf_of=one.principal.user)
        if tasks := tasks_for(acting, on):
            found.append(
                Deputised(
                    person=str(one.principal.user),
                    function=str(one.principal),
                    until=one.valid_until,
                    choice=f"d{one.pk}",
                    count=len(tasks),
                    groups=grouped(tasks, on),
                )
            )
    return found


def grouped(tasks: list[Task], on: date) -> list[Group]:
    """Split tasks into overdue, due this week (to Sunday), and later or without a day; without the empty groups."""
    titles = {OVERDUE: _("Überfällig"), THIS_WEEK: _("Diese Woche"), LATER: _("Später")}
    groups = [
        Group(key, title, [task for task in tasks if stretch_of(task.due_on, on) == key])
        for key, title in titles.items()
    ]
    return [group for group in groups if group.tasks]
