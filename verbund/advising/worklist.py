"""What of the centres' work waits for somebody, gathered from each kind of work."""

from datetime import date
from importlib import import_module

from verbund.core.acting import Actor
from verbund.core.worklist import Task

ROOMS = ("accompaniments", "openings", "requests", "ventures", "practices", "networks", "enquiries")
"""Packages of this app whose module `worklist` has `tasks_for(actor, on)`."""


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return the tasks of all kinds of work."""
    return [task for room in ROOMS for task in import_module(f"verbund.advising.{room}.worklist").tasks_for(actor, on)]
