"""What most tests of the offers begin with: a Monday, and staff of a centre."""

import pytest
import time_machine

from verbund.accounts.roles import Role
from verbund.offers.tests.finder_world import MONDAY_MORNING


@pytest.fixture
def monday():
    """Let it be that Monday morning."""
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def staff(member, acting):
    """Staff of the centre of Solingen, as operations take them."""
    return acting(member(Role.CENTRE_STAFF))
