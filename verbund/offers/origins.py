"""What an entry came from, said by the apps above: they register who knows, the page of keeping shows it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """A record an entry is connected with: what it is, its title and its page."""

    label: str
    title: str
    url: str


FINDERS: list[Callable] = []


def register(find: Callable) -> None:
    """Let `find(offer, actor)` name the origins this person may open; called in `AppConfig.ready()`."""
    FINDERS.append(find)


def origins_of(offer, actor) -> list[Origin]:
    """Return what an entry came from, as far as this person may open it."""
    return [origin for find in FINDERS for origin in find(offer, actor)]
