"""Tests change rows without the operations that renew a page kept in memory: begin each without any."""

import pytest

from verbund.directory import views


@pytest.fixture(autouse=True)
def _no_pages_kept():
    views._body_for_visitors.cache_clear()
    views._found.cache_clear()
