"""Funded posts and who holds them, for tests: what a notice provides, and a row on a post."""

from datetime import date
from decimal import Decimal

from tests.support.cast import centre
from verbund.core.acting import SYSTEM, Actor
from verbund.staffing import operations
from verbund.staffing.models import Occupancy, Post
from verbund.staffing.operations import PostPlan

YEAR = 2024
ON = date(YEAR, 1, 10)
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
F, R = Post.Function, Post.RateClass


def plan(label: str = "Fachkraft 1", share: str = "1", **changes) -> PostPlan:
    """Return a specialist's post; by the rule its qualification is needed."""
    values = {"function": F.SOCIAL_EDUCATION, "rate_class": R.SPECIALIST, "needs_qualification": True, **changes}
    return PostPlan(label, full_time_share=Decimal(share), **values)


def provided(*plans: PostPlan, key: str = "05122", source: str = "application:12", on: date = ON) -> list[Post]:
    """Provide posts (one specialist without any) for the whole year."""
    return operations.provide_posts(
        centre(key),
        source_key=source,
        source_reference="36.01-12",
        valid_from=FIRST,
        valid_until=LAST,
        posts=plans or [plan()],
        on=on,
        actor=SYSTEM,
    )


def occupied(
    post: Post,
    *,
    holder: str = "Person A",
    share: str = "1",
    first: tuple[int, int] = (1, 1),
    last: tuple[int, int] = (12, 31),
    is_funded: bool = True,
    is_qualified: bool = True,
    actor: Actor = SYSTEM,
) -> Occupancy:
    return operations.record_occupancy(
        post,
        holder=holder,
        full_time_share=Decimal(share),
        valid_from=date(post.valid_from.year, *first),
        valid_until=date(post.valid_from.year, *last),
        is_funded=is_funded,
        is_qualified=is_qualified,
        on=ON,
        actor=actor,
    )
