"""Begin a venture, say and show its need, or give it up before it was tried."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import NeedFigure, Venture
from verbund.advising.ventures.lifecycle import OVER, VENTURE
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Municipality
from verbund.funding import operations as funding
from verbund.offers.models import Term


class WrongDay(DomainError):
    """A day in the future, or before what it follows."""


class WrongParty(DomainError):
    """A partner of another centre, one that takes part already, or neither partner nor body."""


class ReasonMissing(DomainError):
    """Whoever ends something says why."""


@dataclass(frozen=True)
class VentureData:
    """What a venture says about itself."""

    title: str
    need: str
    field: Term | None = None
    stage: Term | None = None
    municipality: Municipality | None = None
    audiences: tuple[Term, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "audiences"}


class FieldMissing(DomainError):
    """Neither field of action nor stage of the education chain."""


def locked(venture: Venture) -> Venture:
    """Return the venture as it is now, with its row locked for the act."""
    return locking(Venture.objects).get(pk=venture.pk)


def refuse_future(day: date, on: date, *, field: str) -> None:
    if day > on:
        raise WrongDay(_("Der Tag liegt in der Zukunft."), field=field)


def _refuse_without_field(data: VentureData) -> None:
    if data.field is None and data.stage is None:
        raise FieldMissing(_("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."), field="field")


def _said(data: VentureData) -> dict:
    return {**data.columns, "audiences": ", ".join(sorted(one.name for one in data.audiences))}


@transaction.atomic
def start_venture(centre: Centre, data: VentureData, *, on: date, actor: Actor) -> Venture:
    """Begin a venture with its need. Raises FieldMissing."""
    _refuse_without_field(data)
    is_demo = bool(actor.user and actor.user.is_demo)
    venture = Venture.objects.create(centre=centre, status_since=on, started_on=on, is_demo=is_demo, **data.columns)
    venture.audiences.set(data.audiences)
    audit.record("start_venture", venture, actor=actor, after=_said(data))
    return venture


@transaction.atomic
def edit_venture(venture: Venture, data: VentureData, *, seen: int, actor: Actor) -> None:
    """Change what a venture says about itself. Raises FieldMissing, NotAllowedNow, StaleVersion."""
    _refuse_without_field(data)
    stored = locked(venture)
    refuse_over(stored)
    claim_version(stored, seen)
    before = _said(
        VentureData(audiences=tuple(stored.audiences.all()), **{name: getattr(stored, name) for name in data.columns})
    )
    for name, value in data.columns.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(data.columns))
    stored.audiences.set(data.audiences)
    funding.keep_in_step(stored)
    audit.record("edit_venture", stored, actor=actor, before=before, after=_said(data))


def refuse_over(venture: Venture) -> None:
    if venture.status in OVER:
        raise NotAllowedNow(_("Das Vorhaben ist abgeschlossen und bleibt, wie es ist."))


@transaction.atomic
def add_need_figure(
    venture: Venture, *, what: str, value: Decimal, unit: str, counted_on: date, source: str, place: str = "",
    on: date, actor: Actor,
) -> NeedFigure:  # fmt: skip
    """Add a number that shows the need, with its source. Raises NotAllowedNow, WrongDay."""
    refuse_over(locked(venture))
    refuse_future(counted_on, on, field="counted_on")
    after = {
        "what": what, "value": value, "unit": unit, "counted_on": counted_on, "place": place, "source": source
    }  # fmt: skip
    figure = NeedFigure.objects.create(venture=venture, **after)
    audit.record("add_need_figure", figure, actor=actor, after=after)
    return figure


@transaction.atomic
def remove_need_figure(figure: NeedFigure, *, actor: Actor) -> None:
    """Take a wrong number away; what it said stays in the history. Raises NotAllowedNow."""
    venture = locked(figure.venture)
    refuse_over(venture)
    audit.record(
        "remove_need_figure",
        venture,
        actor=actor,
        note=f"{figure.what}: {figure.value} {figure.unit} ({figure.source})"[:200],
    )
    figure.delete()


@transaction.atomic
def drop_venture(venture: Venture, *, end_reason: str, on: date, actor: Actor) -> None:
    """Give a venture up that is not being tried. Raises ReasonMissing, NotAllowedNow."""
    if not end_reason.strip():
        raise ReasonMissing(_("Bitte schreiben Sie, warum das Vorhaben endet."), field="end_reason")
    changes = {"status_since": on, "end_reason": end_reason}
    VENTURE.apply("drop_venture", venture, actor=actor, changes=changes)
