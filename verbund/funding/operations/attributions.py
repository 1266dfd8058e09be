"""Tie what happened to the cost items that pay for it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import percent
from verbund.core.versions import StaleVersion
from verbund.funding import queries
from verbund.funding.models import Attribution

FIELD = "attributed_to"
audit.call_fields({FIELD: gettext_lazy("was es bezahlt")})
audit.describe("attribute", gettext_lazy("Kostenpositionen zugeordnet"))


class SharesNotOne(DomainError):
    """The shares of a happening are not one together, or one of them is nothing."""


class NoSuchItem(DomainError):
    """A notice of another centre or another time, an item it does not have, or the same item twice."""


class OutsideGrantPeriod(DomainError):
    """A grant pays for what happens in its period; what it pays for does not move out of it unnoticed."""


@dataclass(frozen=True)
class Share:
    """A share (over 0, at most 1) of a happening that a cost item pays; without a notice `item` says which money."""

    notice_id: int | None
    item: str
    share: Decimal


@transaction.atomic
def attribute(happening, shares: Sequence[Share], *, seen: str, actor) -> None:
    """Replace what pays for a happening; no shares at all take every link away.

    `happening` is a record with `happening_key`, `centre_id`, `counted_on` and a page; `seen` is `sign_of` what was on
    the screen. Nothing is recorded where nothing changes. Raises StaleVersion, NoSuchItem, SharesNotOne.
    """
    locking(type(happening)._base_manager).get(pk=happening.pk)
    stored = shares_of(happening)
    if sign_of(stored) != seen:
        raise StaleVersion(_("Jemand anderes hat inzwischen festgehalten, was es bezahlt."))
    _check_items(happening, shares, stored, actor)
    _check_sum(shares)
    if list(shares) == stored:
        return
    before = _as_text(happening)
    queries.attributions_of(happening).delete()
    Attribution.objects.bulk_create(
        Attribution(
            centre_id=happening.centre_id,
            happening=happening.happening_key,
            **_said_of(happening),
            **vars(share),
        )
        for share in shares
    )
    audit.record("attribute", happening, actor=actor, before={FIELD: before}, after={FIELD: _as_text(happening)})


def refuse_outside_grant_period(happening, day: date, *, field: str) -> None:
    """Raise OutsideGrantPeriod if a grant pays for a happening whose period does not hold its new day.

    Call it before the day of a happening changes; `field` is where the sentence stands.
    """
    for row in queries.attributions_of(happening).exclude(notice=None).exclude(happened_on=day):
        call = row.notice.application.call
        if not call.period_from <= day <= call.period_until:
            raise OutsideGrantPeriod(
                _(
                    "Für den %(day)s zahlt der Bescheid %(reference)s nicht: Sein Zeitraum geht vom %(first)s bis zum "
                    "%(last)s. Ändern Sie zuerst, was es bezahlt."
                )
                % {
                    "day": f"{day:%d.%m.%Y}",
                    "reference": row.notice.file_reference,
                    "first": f"{call.period_from:%d.%m.%Y}",
                    "last": f"{call.period_until:%d.%m.%Y}",
                },
                field=field,
            )


def keep_in_step(happening) -> None:
    """Let what pays for a happening say its name and day as they are now; call it where either changes.

    A new day is checked before (`refuse_outside_grant_period`).
    A name that was cut out of the happening is then kept here no longer.
    """
    queries.attributions_of(happening).order_by().update(**_said_of(happening))


def _said_of(happening) -> dict:
    return {
        "happened_on": happening.counted_on,
        "title": str(happening)[:200],
        "path": happening.get_absolute_url(),
    }


def shares_of(happening) -> list[Share]:
    """Return what is stored, in the order it was written down."""
    rows = queries.attributions_of(happening).values_list("notice_id", "item", "share")
    return [Share(notice_id, item, share.normalize()) for notice_id, item, share in rows]


def sign_of(shares: Iterable[Share]) -> str:
    """Return a sign of what is stored, another one after every change."""
    said = repr([(one.notice_id, one.item, f"{one.share:f}") for one in shares])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _check_items(happening, shares: Sequence[Share], stored: Sequence[Share], actor) -> None:
    """Check that notices are the centre's own, readable and of that time, with that item, and nothing named twice."""
    if len({(one.notice_id, one.item) for one in shares}) < len(shares):
        raise NoSuchItem(_("Eine Kostenposition steht zweimal da. Fassen Sie die Anteile zusammen."))
    wanted = {one.notice_id for one in shares if one.notice_id}
    if not wanted:
        return
    notices = queries.notices_that_can_pay(
        actor, happening.centre_id, on=happening.counted_on, named=[one.notice_id for one in stored if one.notice_id]
    ).in_bulk(wanted)
    for one in shares:
        if one.notice_id and one.notice_id not in notices:
            raise NoSuchItem(_("Dieser Bescheid gehört nicht zu Ihrem Zentrum oder gilt an diesem Tag nicht."))
        if one.notice_id and one.item not in queries.cost_items_of(notices[one.notice_id]):
            raise NoSuchItem(_("Diese Kostenposition steht nicht in dem Bescheid."))


def _check_sum(shares: Sequence[Share]) -> None:
    total = sum((one.share for one in shares), Decimal(0))
    if shares and (total != 1 or any(one.share <= 0 for one in shares)):
        raise SharesNotOne(_("Die Anteile ergeben zusammen %(sum)s, nicht 100 %%.") % {"sum": percent(total)})


def _as_text(happening) -> str:
    rows = queries.attributions_of(happening)
    return "\n".join(
        ", ".join(filter(None, (row.item, row.notice and str(row.notice), percent(row.share)))) for row in rows
    )
