"""Each test starts with nobody counted as guessing."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_guessed(db):
    cache.clear()
