"""Calls: prepare, open, close."""

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import clocks
from verbund.funding.lifecycle import CALL
from verbund.funding.models import Call


class CallDoesNotFit(DomainError):
    """Year, rules and money of a call do not belong together."""


def refuse_misfit(call: Call) -> None:
    """Raise CallDoesNotFit unless period, money and rules belong to the budget years of the call."""
    years = call.years
    _refuse_misfit_of_years(call, years)
    if call.period_from.year != years[0] or call.period_until.year != years[-1]:
        raise CallDoesNotFit(_period_sentence(years), field="period_until")
    if call.budget_title.budget_year != call.budget_year:
        raise CallDoesNotFit(_("Der Haushaltstitel gehört zu einem anderen Jahr."), field="budget_title")
    if call.drawdowns_until < call.period_from:
        raise CallDoesNotFit(_("Mittelabrufe enden vor dem Bewilligungszeitraum."), field="drawdowns_until")
    if call.drawdowns_until.year < years[-1]:
        raise CallDoesNotFit(_("Mittelabrufe enden vor dem letzten Haushaltsjahr."), field="drawdowns_until")


def _refuse_misfit_of_years(call: Call, years: list[int]) -> None:
    if years != list(range(years[0], years[0] + len(years))):
        raise CallDoesNotFit(
            _("Die weiteren Haushaltsjahre schließen daran nicht an; entfernen Sie sie zuerst."), field="budget_year"
        )
    for year in years[1:]:
        if not call.guideline.covers(year):
            raise CallDoesNotFit(
                _("Die Richtlinie gilt nicht für das Haushaltsjahr %(year)s.") % {"year": year}, field="guideline"
            )


def _period_sentence(years: list[int]) -> str:
    if len(years) == 1:
        return _("Der Bewilligungszeitraum muss im Haushaltsjahr liegen.")
    return _("Der Bewilligungszeitraum muss im Haushaltsjahr %(first)s beginnen und im Jahr %(last)s enden.") % {
        "first": years[0],
        "last": years[-1],
    }


@transaction.atomic
def prepare_call(call: Call, *, actor: Actor) -> Call:
    """Save a new call as a draft; one made by an account of the demonstration belongs to it. Raises CallDoesNotFit."""
    refuse_misfit(call)
    call.is_demo = actor.user.is_demo
    call.save()
    after = {"budget_year": call.budget_year, "guideline": str(call.guideline), "budget_title": str(call.budget_title)}
    audit.record("prepare_call", call, actor=actor, organisation_id=0, after=after)
    return call


CORRECTABLE = (
    "programme",
    "budget_year",
    "guideline",
    "budget_title",
    "period_from",
    "period_until",
    "opens_on",
    "closes_on",
    "is_strict",
    "drawdowns_until",
)


@transaction.atomic
def correct_call(call: Call, *, actor: Actor) -> None:
    """Save corrections to a call that was never opened. Raises NotAllowedNow or CallDoesNotFit."""
    stored = locking(Call.objects).get(pk=call.pk)
    CALL.check("correct_call", stored)
    refuse_misfit(call)
    changed = [name for name in CORRECTABLE if getattr(stored, name) != getattr(call, name)]
    if not changed:
        return
    call.save(update_fields=changed)
    before = {name: str(getattr(stored, name)) for name in changed}
    after = {name: str(getattr(call, name)) for name in changed}
    audit.record("correct_call", call, actor=actor, organisation_id=0, before=before, after=after)


@transaction.atomic
def open_call(call: Call, *, actor: Actor) -> None:
    """Open a call for applications. Raises CallDoesNotFit or NotAllowedNow."""
    refuse_misfit(locking(Call.objects).get(pk=call.pk))
    CALL.apply("open_call", call, actor=actor)
    clocks.window_opens(call, actor=actor)


@transaction.atomic
def close_call(call: Call, *, actor: Actor) -> None:
    CALL.apply("close_call", call, actor=actor)


@transaction.atomic
def reopen_call(call: Call, *, actor: Actor) -> None:
    CALL.apply("reopen_call", call, actor=actor)
    clocks.window_opens(call, actor=actor)
