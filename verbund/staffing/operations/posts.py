"""Provide the posts of a source, and record who holds them.

Every act on a post locks the post's row first, then the centre's, and the trail last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.directory.models import Centre
from verbund.directory.operations import mark_as_changed
from verbund.staffing import queries
from verbund.staffing.calculations import Stretch
from verbund.staffing.lifecycle import OCCUPANCY
from verbund.staffing.models import Occupancy, Post
from verbund.staffing.operations.sums import refuse_sum
from verbund.staffing.operations.teachers import PeriodOutOfOrder


class OccupancyOutside(DomainError):
    """A later version of the source would leave somebody without the post, the days or the share they hold."""


class OutsideThePost(DomainError):
    """The occupancy leaves the days for which the post is funded."""


class MoreThanThePost(DomainError):
    """On some day more of the post would be funded than there is of it."""


class NothingChanged(DomainError):
    """A change of share that changes nothing."""


class AlreadyConfirmed(DomainError):
    """The qualification is confirmed."""


@dataclass(frozen=True)
class PostPlan:
    """A post as its source provides it; without days of its own for the whole period of the source."""

    label: str
    function: str
    rate_class: str
    full_time_share: Decimal
    needs_qualification: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def provide_posts(
    centre: Centre,
    *,
    source_key: str,
    source_reference: str,
    valid_from: date,
    valid_until: date,
    posts: Sequence[PostPlan],
    on: date,
    actor: Actor,
    is_demo: bool = False,
) -> list[Post]:
    """Provide the posts of a source to a centre; a later version of the source comes through here again.

    Posts with the label of an earlier version keep their occupancies and take the new share and days; those no longer
    named end. The same posts again change nothing. Raises OccupancyOutside, naming post and day.
    """
    known = {post.label: post for post in locking(Post.objects).filter(source_key=source_key).order_by("pk")}
    wanted = {
        plan.label: {
            "source_reference": source_reference,
            "function": plan.function,
            "rate_class": plan.rate_class,
            "full_time_share": plan.full_time_share,
            "needs_qualification": plan.needs_qualification,
            "valid_from": plan.valid_from or valid_from,
            "valid_until": plan.valid_until or valid_until,
            "ended_on": None,
        }
        for plan in posts
    }
    for label, post in known.items():
        _refuse_leaving_out(post, wanted.get(label))
    mark_as_changed(centre.pk)
    for label, post in known.items():
        dropped = {} if post.is_ended else {"ended_on": on}
        _change_post(
            post, wanted.get(label, dropped), verb="change_post" if label in wanted else "drop_post", actor=actor
        )
    for label, values in wanted.items():
        if label not in known:
            post = Post.objects.create(centre=centre, source_key=source_key, label=label, is_demo=is_demo, **values)
            audit.record("provide_post", post, actor=actor, after={"label": label, **values})
    return list(queries.posts_of_source(source_key))


def _refuse_leaving_out(post: Post, values: dict | None) -> None:
    """Refuse a version under which an occupancy of the post would be without post, day or share."""
    rows = queries.standing_occupancies(post)
    if not rows:
        return
    words = {"post": post.label}
    if values is None:
        text = _(
            "Die Stelle „%(post)s“ ist noch besetzt; erst wenn die Besetzungen gestrichen sind, kann sie wegfallen."
        )
        raise OccupancyOutside(text % words)
    first, last = min(row.valid_from for row in rows), max(row.valid_until for row in rows)
    for day, is_outside in ((first, first < values["valid_from"]), (last, last > values["valid_until"])):
        if is_outside:
            text = _("Die Stelle „%(post)s“ ist am %(day)s besetzt; das läge außerhalb der bewilligten Zeit.")
            raise OccupancyOutside(text % {**words, "day": f"{day:%d.%m.%Y}"})
    refuse_sum(
        [row.stretch for row in rows if row.is_funded],
        values["full_time_share"],
        OccupancyOutside,
        _("Am %(day)s ist die Stelle „%(post)s“ zu %(sum)s besetzt; bewilligt wäre nur noch %(most)s."),
        **words,
    )


def _change_post(post: Post, values: dict, *, verb: str, actor: Actor) -> None:
    before = {name: getattr(post, name) for name in values}
    if before == values:
        return
    for name, value in values.items():
        setattr(post, name, value)
    post.save(update_fields=list(values))
    audit.record(verb, post, actor=actor, before=before, after=values)


@transaction.atomic
def record_occupancy(
    post: Post,
    *,
    holder: str,
    full_time_share: Decimal,
    valid_from: date,
    valid_until: date,
    is_funded: bool = True,
    is_qualified: bool = False,
    on: date,
    actor: Actor,
) -> Occupancy:
    """Record who holds a post; with `is_qualified` the proof of the qualification was seen.

    Raises NotAllowedNow for a post that ended, PeriodOutOfOrder, OutsideThePost or MoreThanThePost.
    """
    stretch = Stretch(full_time_share, valid_from, valid_until)
    locked = locking(Post.objects).get(pk=post.pk)
    refuse_occupancy(locked, stretch=stretch, is_funded=is_funded)
    confirmed = {"qualification_confirmed_on": on, **actor.signs("qualification_confirmed")} if is_qualified else {}
    mark_as_changed(post.centre_id)
    return _begin(locked, holder, stretch, is_funded=is_funded, confirmed=confirmed, on=on, actor=actor)


def refuse_occupancy(post: Post, *, stretch: Stretch, is_funded: bool, instead_of: Occupancy | None = None) -> None:
    """Refuse what cannot stand on a post; only with its row locked does the answer hold until the end.

    `instead_of` is the occupancy whose place the stretch takes. What is not funded takes no room.
    """
    if post.is_ended:
        raise NotAllowedNow(_("Die Stelle ist weggefallen; besetzen lässt sie sich nicht mehr."))
    if not 0 < stretch.share <= 1:
        raise MoreThanThePost(_("Der Anteil muss über 0 liegen und darf höchstens 1 sein."), field="full_time_share")
    if stretch.last < stretch.first:
        raise PeriodOutOfOrder(_("Das Ende liegt vor dem Beginn."), field="valid_until")
    for day, field in ((stretch.first, "valid_from"), (stretch.last, "valid_until")):
        if not post.valid_from <= day <= post.valid_until:
            text = _("Die Stelle ist vom %(first)s bis zum %(last)s gefördert; der Tag liegt außerhalb.")
            words = {"first": f"{post.valid_from:%d.%m.%Y}", "last": f"{post.valid_until:%d.%m.%Y}"}
            raise OutsideThePost(text % words, field=field)
    if is_funded:
        others = [row.stretch for row in queries.standing_occupancies(post) if row.is_funded and row != instead_of]
        refuse_sum(
            [*others, stretch],
            post.full_time_share,
            MoreThanThePost,
            _("Am %(day)s wäre die Stelle zu %(sum)s besetzt; gefördert ist höchstens %(most)s."),
        )


def _begin(post, holder, stretch, *, is_funded, confirmed, on, actor) -> Occupancy:
    values = {
        "holder": holder,
        "full_time_share": stretch.share,
        "valid_from": stretch.first,
        "valid_until": stretch.last,
        "is_funded": is_funded,
        **confirmed,
    }
    occupancy = Occupancy.objects.create(post=post, recorded_on=on, **values, **actor.signs("recorded"))
    audit.record("record_occupancy", occupancy, actor=actor, after=values)
    return occupancy


@transaction.atomic
def change_share(
    occupancy: Occupancy, *, first_day: date, full_time_share: Decimal, is_funded: bool, on: date, actor: Actor
) -> Occupancy:
    """Change share or funding from a day on: the row ends the day before, and another one of the person begins.

    Returns the new one; it keeps the confirmed qualification. Raises NotAllowedNow, PeriodOutOfOrder (the day lies
    outside of the occupancy or is its first), NothingChanged, or what `refuse_occupancy` raises.
    """
    post, locked = _locked(occupancy)
    OCCUPANCY.check("change_share", locked)
    if not locked.valid_from < first_day <= locked.valid_until:
        text = _("Der erste Tag mit dem neuen Anteil muss nach dem Beginn liegen, spätestens am letzten Tag.")
        raise PeriodOutOfOrder(text, field="first_day")
    if (full_time_share, is_funded) == (locked.full_time_share, locked.is_funded):
        raise NothingChanged(_("Anteil und Förderung sind unverändert."), field="full_time_share")
    stretch = Stretch(full_time_share, first_day, locked.valid_until)
    refuse_occupancy(post, stretch=stretch, is_funded=is_funded, instead_of=locked)
    confirmed = {
        "qualification_confirmed_on": locked.qualification_confirmed_on,
        "qualification_confirmed_by": locked.qualification_confirmed_by,
        "qualification_confirmed_for": locked.qualification_confirmed_for,
    }
    mark_as_changed(post.centre_id)
    OCCUPANCY.apply("change_share", occupancy, actor=actor, changes={"valid_until": first_day - timedelta(days=1)})
    return _begin(post, locked.holder, stretch, is_funded=is_funded, confirmed=confirmed, on=on, actor=actor)


@transaction.atomic
def end_occupancy(occupancy: Occupancy, *, last_day: date, actor: Actor) -> None:
    """End an occupancy before its time; why is nobody's concern here. Raises NotAllowedNow or PeriodOutOfOrder."""
    post, locked = _locked(occupancy)
    OCCUPANCY.check("end_occupancy", locked)
    if not locked.valid_from <= last_day < locked.valid_until:
        text = _("Der letzte Tag muss im Zeitraum der Besetzung und vor ihrem Ende liegen.")
        raise PeriodOutOfOrder(text, field="last_day")
    mark_as_changed(post.centre_id)
    OCCUPANCY.apply("end_occupancy", occupancy, actor=actor, changes={"valid_until": last_day})


@transaction.atomic
def cancel_occupancy(occupancy: Occupancy, *, actor: Actor) -> None:
    """Strike out an occupancy recorded by mistake; it no longer counts. Raises NotAllowedNow."""
    post, _row = _locked(occupancy)
    mark_as_changed(post.centre_id)
    OCCUPANCY.apply("cancel_occupancy", occupancy, actor=actor)


@transaction.atomic
def confirm_qualification(occupancy: Occupancy, *, on: date, actor: Actor) -> None:
    """Confirm that the proof of the qualification was seen: from now on the occupancy counts, from its first day.

    A gate, not a rate: without it the post is not funded. Raises NotAllowedNow (cancelled) or AlreadyConfirmed.
    """
    post, locked = _locked(occupancy)
    if locked.is_cancelled:
        raise NotAllowedNow(_("Die Besetzung ist gestrichen."))
    if locked.qualification_confirmed_on is not None:
        day = f"{locked.qualification_confirmed_on:%d.%m.%Y}"
        raise AlreadyConfirmed(_("Die Qualifikation ist schon am %(day)s bestätigt worden.") % {"day": day})
    values = {"qualification_confirmed_on": on, **actor.signs("qualification_confirmed")}
    before = {name: getattr(locked, name) for name in values}
    for name, value in values.items():
        setattr(occupancy, name, value)
    occupancy.save(update_fields=list(values))
    mark_as_changed(post.centre_id)
    audit.record("confirm_qualification", occupancy, actor=actor, before=before, after=values)


def _locked(occupancy: Occupancy) -> tuple[Post, Occupancy]:
    """Return the post with its row locked, and the occupancy as it is now."""
    post = locking(Post.objects).get(pk=occupancy.post_id)
    return post, locking(Occupancy.objects).get(pk=occupancy.pk)
