"""The map of coverage on any day, and the list of centres beside it."""

from itertools import cycle

from bench.harness import Figures, Visitor, measure
from bench.registry import operation
from verbund.directory.models import Centre

DAYS = (
    "",
    "?stichtag=2012-12-15",
    "?stichtag=2014-04-25",
    "?stichtag=2016-07-01",
    "?stichtag=2019-12-31&stand=RUNNING",
)
FILTERS = ("", "?bezirk=Köln", "?art=CITY", "?beleg=RANGE", "?stichtag=2014-04-25")


@operation("coverage_map", limit="page", goal="≥ 30 % of the page limit, ≤ 5 SQL")
def coverage_map() -> Figures:
    """The map of the centres as a visitor opens it, on five days in turn."""
    visitor, pages = Visitor(), cycle(DAYS)
    return measure(lambda: visitor.get(f"/karte/{next(pages)}").expect(200), rows=Centre.objects.count())


@operation("centre_list", limit="page", goal="≥ 30 % of the page limit, ≤ 5 SQL")
def centre_list() -> Figures:
    """The list of the centres as a visitor opens it, with filters in turn."""
    visitor, pages = Visitor(), cycle(FILTERS)
    return measure(lambda: visitor.get(f"/zentren/{next(pages)}").expect(200), rows=Centre.objects.count())
