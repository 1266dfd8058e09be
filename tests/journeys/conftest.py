"""The demonstration's people without their grants: each journey makes its own."""

import pytest

from tests.journeys.desk import Desk
from verbund.directory import demo as people
from verbund.directory.demo import World


@pytest.fixture
def world(transactional_db, reference, settings):
    """The people of the demonstration, by function and organisation; a loopback server may show it."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    world = World(on=people.BEGINNING)
    people.load(world)
    return world


@pytest.fixture
def desk(site, world):
    """`desk(path)` opens a window of the demonstration; options as for `site.open`."""

    def open_desk(path: str = "/vorfuehrung/", **options) -> Desk:
        return Desk(site, path, **options)

    return open_desk
