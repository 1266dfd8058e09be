"""Pages everybody reads."""

from bench.harness import Figures, Visitor, measure
from bench.registry import operation
from verbund.directory.models import Centre


@operation("public_detail", limit="page", goal="≥ 30 % of the page limit, ≤ 5 SQL")
def public_detail() -> Figures:
    """The page of a centre with its life, as a visitor opens it."""
    centre = Centre.objects.get(key="05122")
    visitor = Visitor()
    return measure(lambda: visitor.get(f"/zentren/{centre.key}/").expect(200), rows=centre.life_steps.count())
