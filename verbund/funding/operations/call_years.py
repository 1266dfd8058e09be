"""The further budget years of a call: each is paid by a title of its own and follows the year before it.

A call is locked before its years change, and they change only before it was opened for the first time.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.funding.lifecycle import CALL
from verbund.funding.models import BudgetTitle, Call, CallYear
from verbund.funding.operations.calls import CallDoesNotFit, refuse_misfit

ENDS = ("period_until", "drawdowns_until")


@transaction.atomic
def add_call_year(
    call: Call, *, budget_title: BudgetTitle, period_until: date, drawdowns_until: date, actor: Actor
) -> CallYear:
    """Let a call reach into the next budget year, paid by `budget_title`; period and calls for money end in it.

    Raises NotAllowedNow once the call was opened, or CallDoesNotFit.
    """
    current = _locked(call)
    year = current.years[-1] + 1
    _refuse_title_of_another_year(budget_title, year)
    row = CallYear.objects.create(call=current, budget_year=year, budget_title=budget_title)
    before, after = _move_ends(current, {"period_until": period_until, "drawdowns_until": drawdowns_until})
    after |= {"budget_year": year, "budget_title": str(budget_title)}
    audit.record("add_call_year", current, actor=actor, organisation_id=0, before=before, after=after)
    return row


@transaction.atomic
def change_call_year(row: CallYear, *, budget_title: BudgetTitle, actor: Actor) -> None:
    """Let another title pay a further budget year. Raises NotAllowedNow or CallDoesNotFit."""
    current = _locked(row.call)
    stored = CallYear.objects.select_related("budget_title").get(pk=row.pk)
    _refuse_title_of_another_year(budget_title, stored.budget_year)
    if stored.budget_title_id == budget_title.pk:
        return
    row.budget_title = budget_title
    row.save(update_fields=["budget_title"])
    before = {"budget_year": stored.budget_year, "budget_title": str(stored.budget_title)}
    after = {"budget_year": stored.budget_year, "budget_title": str(budget_title)}
    audit.record("change_call_year", current, actor=actor, organisation_id=0, before=before, after=after)


@transaction.atomic
def remove_call_year(row: CallYear, *, actor: Actor) -> None:
    """Take the last further year out of a call; what reached into it ends with the year before.

    Raises NotAllowedNow, or CallDoesNotFit for a year that others follow.
    """
    current = _locked(row.call)
    if row.budget_year != current.years[-1]:
        raise CallDoesNotFit(_("Entfernen Sie zuerst das letzte Haushaltsjahr."))
    last_day = date(row.budget_year - 1, 12, 31)
    removed = {"budget_year": row.budget_year, "budget_title": str(row.budget_title)}
    CallYear.objects.filter(pk=row.pk).delete()
    before, after = _move_ends(current, {name: min(getattr(current, name), last_day) for name in ENDS})
    audit.record("remove_call_year", current, actor=actor, organisation_id=0, before=removed | before, after=after)


def _locked(call: Call) -> Call:
    """Return the call, locked, with the years it has now. Raises NotAllowedNow once it was opened."""
    current = locking(Call.objects).get(pk=call.pk)
    if "correct_call" not in CALL.open_for(current.status):
        raise NotAllowedNow(_("Das Programmjahr war schon geöffnet; seine Haushaltsjahre stehen fest."))
    return current


def _refuse_title_of_another_year(budget_title: BudgetTitle, year: int) -> None:
    if budget_title.budget_year != year:
        raise CallDoesNotFit(
            _("Dieser Haushaltstitel gehört nicht zum Jahr %(year)s.") % {"year": year}, field="budget_title"
        )


def _move_ends(call: Call, days: dict[str, date]) -> tuple[dict, dict]:
    """Save the ends of a call; return what changed of them, before and after. Raises CallDoesNotFit."""
    changed = {name: day for name, day in days.items() if getattr(call, name) != day}
    before = {name: getattr(call, name) for name in changed}
    for name, day in changed.items():
        setattr(call, name, day)
    refuse_misfit(call)
    call.save(update_fields=list(changed))
    return before, changed
