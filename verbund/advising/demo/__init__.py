"""The made-up work of the demonstration's centres; each kind of work has its own module with `load` and `remove`."""

from importlib import import_module

from verbund.directory.demo import World

PARTS = ("accompaniments", "openings", "requests", "ventures", "networks", "enquiries")
"""Modules of this package, in the order in which they are loaded."""


def load(world: World) -> None:
    """Make the work of the demonstration, unless it is there already."""
    for part in PARTS:
        import_module(f"verbund.advising.demo.{part}").load(world)


def remove() -> None:
    """Remove what is made up, with all that hangs on it."""
    for part in reversed(PARTS):
        import_module(f"verbund.advising.demo.{part}").remove()
