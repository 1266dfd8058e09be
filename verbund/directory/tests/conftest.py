"""Tests change rows without the operations that renew a page kept in memory: begin each without any."""

import pytest

from verbund.directory.models import CentreContact, CentreFact
from verbund.directory.views import centres, coverage
from verbund.portal import centre_page


@pytest.fixture(autouse=True)
def _no_pages_kept():
    centre_page._parts_for_visitors.cache_clear()
    centres._found.cache_clear()
    coverage._body.cache_clear()


@pytest.fixture
def fact(db) -> CentreFact:
    """A goal of Solingen that came with the program: evidenced in December 2012."""
    return CentreFact.objects.get(code="05122-goal-1")


@pytest.fixture
def contact(db) -> CentreContact:
    """A contact of Solingen that came with the program: evidenced in December 2012."""
    return CentreContact.objects.get(code="05122-contact-2012")
