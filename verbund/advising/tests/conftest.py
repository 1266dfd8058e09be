"""What the tests of this app share."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def at_constant_cost():
    """Return a check that `ask()` needs as many statements before `more()` was made as after it."""

    def check(ask, more):
        ask()
        with CaptureQueriesContext(connection) as before:
            ask()
        more()
        with CaptureQueriesContext(connection) as after:
            ask()
        assert len(after) == len(before)

    return check
