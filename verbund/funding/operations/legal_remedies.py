"""Rows of the legal remedies: one operator proposes, another adopts; what a notice relied on is not rewritten."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding.lifecycle import REMEDY_ROW, RemedyRowStatus
from verbund.funding.models import CourtAddress, CourtDistrict, GrantNotice, PostalPresumption
from verbund.funding.models.legal_remedies import DatedRule

BOOKKEEPING = frozenset({"id", "status", "proposed_by", "proposed_for", "proposed_at", "adopted_by", "adopted_for",
                         "adopted_at"})  # fmt: skip


class NoticesRelyOnIt(DomainError):
    """Notices went out on days the row would cover: what they were issued under is not changed afterwards."""


class AlreadyProposed(DomainError):
    """A row for the same matter and day waits for its second person."""


@transaction.atomic
def propose_remedy_row(row: DatedRule, *, actor: Actor) -> DatedRule:
    """Propose a text, address, court district or postal rule; it counts once a second person has adopted it.

    Raises NoticesRelyOnIt or AlreadyProposed.
    """
    _refuse_where_notices_went_out(row)
    waiting = type(row)._default_manager.filter(**row.about, valid_from=row.valid_from, status=RemedyRowStatus.PROPOSED)
    if waiting.exists():
        raise AlreadyProposed(_("Für diesen Tag wartet schon eine Zeile auf die zweite Person."), field="valid_from")
    row.proposed_by, row.proposed_for, row.proposed_at = actor.user, actor.on_behalf_of, timezone.now()
    row.save(force_insert=True)
    audit.record("propose_remedy_row", row, actor=actor, after=_values(row))
    return row


@transaction.atomic
def adopt_remedy_row(row: DatedRule, *, actor: Actor) -> None:
    """Adopt a proposed row as the second person.

    A row of the same matter and day is replaced by it; if it has no end, the one before ends the day before.
    Raises SamePerson for whoever proposed it, NoticesRelyOnIt, or NotAllowedNow.
    """
    REMEDY_ROW.check("adopt_remedy_row", row)
    refuse_same_person(actor, persons_of(row, "proposed"))
    rivals = locking(type(row)._default_manager).filter(**row.about).order_by("pk")
    adopted = [other for other in rivals if other.status == RemedyRowStatus.ADOPTED]
    _refuse_where_notices_went_out(row)
    for other in adopted:
        if other.valid_from == row.valid_from:
            REMEDY_ROW.apply("replace_remedy_row", other, actor=actor)
        elif row.valid_until is None and _reaches_into(other, row):
            _end(other, before=row, actor=actor)
    adoption = {**actor.signs("adopted"), "adopted_at": timezone.now()}
    REMEDY_ROW.apply("adopt_remedy_row", row, actor=actor, changes=adoption)


@transaction.atomic
def reject_remedy_row(row: DatedRule, *, actor: Actor) -> None:
    """Reject a proposed row; whoever proposed it may, too. Raises NotAllowedNow."""
    REMEDY_ROW.apply("reject_remedy_row", row, actor=actor)


def _reaches_into(earlier: DatedRule, later: DatedRule) -> bool:
    return earlier.valid_from < later.valid_from and (
        earlier.valid_until is None or earlier.valid_until >= later.valid_from
    )


def _end(row: DatedRule, *, before: DatedRule, actor: Actor) -> None:
    old, row.valid_until = row.valid_until, before.valid_from - timedelta(days=1)
    row.save(update_fields=["valid_until"])
    audit.record(
        "end_remedy_row", row, actor=actor, before={"valid_until": old}, after={"valid_until": row.valid_until}
    )


def _refuse_where_notices_went_out(row: DatedRule) -> None:
    """Raise NoticesRelyOnIt if a notice the row would concern was issued (or posted) on a day it would cover."""
    if not row.concerns_notices:
        return
    day = "posted_on" if isinstance(row, PostalPresumption) else "issued_on"
    concerned = _notices_concerned_by(row).filter(**{f"{day}__gte": row.valid_from})
    if row.valid_until:
        concerned = concerned.filter(**{f"{day}__lte": row.valid_until})
    last = concerned.aggregate(last=Max(day))["last"]
    if last:
        raise NoticesRelyOnIt(
            _(
                "Am %(last)s ist ein Bescheid mit der bisherigen Angabe hinausgegangen. Die neue kann frühestens am "
                "%(next)s beginnen. Ist ein Bescheid falsch, vermerken Sie das an ihm: Dann gilt die Jahresfrist."
            )
            % {"last": f"{last:%d.%m.%Y}", "next": f"{last + timedelta(days=1):%d.%m.%Y}"},
            field="valid_from",
        )


def _notices_concerned_by(row: DatedRule):
    """Return the notices for whose carrier the row would count: all, those of a district, those of a court's."""
    notices = GrantNotice.objects.order_by()
    district = "decision__application__carrier__district"
    if isinstance(row, CourtDistrict):
        return notices.filter(**{district: row.district_ags})
    if isinstance(row, CourtAddress):
        own = CourtDistrict.objects.filter(court=row.court_id, status=RemedyRowStatus.ADOPTED).values("district_ags")
        return notices.filter(**{f"{district}__in": own})
    return notices


def _values(row: DatedRule) -> dict:
    return {
        field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in BOOKKEEPING
    }
