"""Who holds the posts of the demonstration's notices: loaded after funding, whose notices provide the posts.

In place of names stand functions. Kreis Unna 2023 has a post vacant for three months, Herne 2023 two part-timers, a
share changed in the middle of a month, a deputy for somebody not funded, and a qualification nobody has confirmed.
"""

from datetime import date
from decimal import Decimal

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.core.dates import on_demo_day
from verbund.directory.demo import World
from verbund.staffing import operations
from verbund.staffing.models import Occupancy, Post

FULL, HALF = Decimal(1), Decimal("0.5")


def load(world: World) -> None:
    """Record who holds the posts where nobody is recorded yet."""
    if Occupancy.objects.filter(post__is_demo=True).exists():
        return
    for key, year, on, occupy in (
        ("05122", 2012, date(2012, 12, 12), _all_year),
        ("05978", 2023, date(2023, 7, 3), _with_a_vacancy),
        ("05916", 2023, date(2023, 10, 4), _with_part_timers),
    ):
        posts = {post.label: post for post in Post.objects.filter(is_demo=True, centre__key=key, valid_from__year=year)}
        with on_demo_day(on):
            occupy(posts, on=on, actor=world.actor(Role.CENTRE_LEAD, f"KI-{key}"))


def _all_year(posts: dict[str, Post], *, on: date, actor: Actor) -> None:
    for post in posts.values():
        _held(post, on=on, actor=actor)


def _with_a_vacancy(posts: dict[str, Post], *, on: date, actor: Actor) -> None:
    vacant = posts.pop("Fachkraft 3")
    _held(vacant, last=date(2023, 3, 31), on=on, actor=actor)
    _held(vacant, holder="Nachfolge Fachkraft 3", first=date(2023, 7, 1), on=on, actor=actor)
    _all_year(posts, on=on, actor=actor)


def _with_part_timers(posts: dict[str, Post], *, on: date, actor: Actor) -> None:
    shared, changed, absent, new = (posts.pop(f"Fachkraft {number}") for number in (1, 2, 3, 4))
    _held(shared, holder="Fachkraft 1 a", share=HALF, on=on, actor=actor)
    _held(shared, holder="Fachkraft 1 b", share=HALF, on=on, actor=actor)
    changing = {"on": on, "actor": actor, "is_funded": True}
    whole = _held(changed, on=on, actor=actor)
    operations.change_share(whole, first_day=date(2023, 9, 18), full_time_share=HALF, **changing)
    paid = _held(absent, on=on, actor=actor)
    unpaid = {**changing, "is_funded": False}
    operations.change_share(paid, first_day=date(2023, 5, 1), full_time_share=FULL, **unpaid)
    _held(absent, holder="Vertretung Fachkraft 3", first=date(2023, 6, 1), on=on, actor=actor)
    _held(new, last=date(2023, 9, 30), on=on, actor=actor)
    _held(new, holder="Nachfolge Fachkraft 4", first=date(2023, 10, 1), is_qualified=False, on=on, actor=actor)
    _all_year(posts, on=on, actor=actor)


def _held(
    post: Post,
    *,
    holder: str = "",
    share: Decimal | None = None,
    first: date | None = None,
    last: date | None = None,
    is_qualified: bool = True,
    on: date,
    actor: Actor,
) -> Occupancy:
    """Record an occupancy: by the post's own function, whole and from end to end unless said otherwise."""
    return operations.record_occupancy(
        post,
        holder=holder or post.label,
        full_time_share=share or post.full_time_share,
        valid_from=first or post.valid_from,
        valid_until=last or post.valid_until,
        is_qualified=is_qualified and post.needs_qualification,
        on=on,
        actor=actor,
    )


def remove() -> None:
    """Remove the posts of the demonstration and who holds them; the audit trail stays."""
    posts = Post.objects.filter(is_demo=True)
    Occupancy.objects.filter(post__in=posts).delete()
    posts.delete()
