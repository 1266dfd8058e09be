"""Tests change rows without the operations that renew a page kept in memory: begin each without any."""

import pytest

from verbund.directory.views import centres
from verbund.portal import centre_page


@pytest.fixture(autouse=True)
def _no_pages_kept():
    centre_page._parts_for_visitors.cache_clear()
    centres._found.cache_clear()
