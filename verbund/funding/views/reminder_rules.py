"""Rules for reminders on the screen: when which deadline is recalled to whom; changed by two operators."""

from itertools import groupby

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import audit, deadlines
from verbund.core.acting import persons_of
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, reminder_rules
from verbund.funding.forms.reminder_rules import ReminderRuleForm
from verbund.funding.models import ReminderRule
from verbund.funding.views.acts import act_at_once, act_with_form

FROM_PATTERN = ("kind", "days", "audience", "escalates", "is_active", "source", "mark")


@require_safe
@gate(may=permissions.can_see_reminder_rules)
def rules(request):
    """The rules of today by kind of deadline, and what waits for a second person."""
    keeps = permissions.keeps_reminder_rules(request.actor)
    in_force = reminder_rules.in_force(on=today())
    context = {
        "kinds": [
            {"label": deadlines.label_of(kind), "rules": list(of_kind)}
            for kind, of_kind in groupby(in_force, key=lambda rule: rule.kind)
        ],
        "keeps": keeps,
        "waiting": [
            {"row": row, "is_second_person": not request.actor.persons & persons_of(row, "proposed")}
            for row in reminder_rules.waiting()
        ],
        "history": audit.history_of(*ReminderRule.objects.all()) if keeps else [],
    }
    return show(request, "funding/reminder_rules.html", context)


@require_http_methods(["GET", "POST"])
@gate(may=permissions.keeps_reminder_rules)
def propose(request):
    """Enter a new rule; with `?vorlage=` the form begins with the values of an existing one."""
    form = ReminderRuleForm(request.POST or None, initial=_pattern(request.GET.get("vorlage", "")))
    return act_with_form(
        request,
        form,
        lambda _typed: operations.propose_remedy_row(form.save(commit=False), actor=request.actor),
        title=_("Neue Regel für Erinnerungen"),
        label=_("Vorschlagen"),
        back=reverse("funding:reminder-rules"),
        done=_("Die Zeile wartet jetzt auf eine zweite Person."),
        intro=_("Sie gilt, sobald eine zweite Person im Betrieb sie annimmt. Was früher galt, bleibt stehen."),
        template="funding/reminder_rule_new.html",
    )


def _pattern(number: str) -> dict:
    row = ReminderRule.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    return {name: getattr(row, name) for name in FROM_PATTERN} if row else {"is_active": True}


@require_POST
@gate(may=permissions.keeps_reminder_rules)
def adopt(request, pk):
    row = get_object_or_404(ReminderRule, pk=pk)
    return act_at_once(
        request,
        lambda: operations.adopt_remedy_row(row, actor=request.actor),
        back=reverse("funding:reminder-rules"),
        done=_("Die Zeile gilt."),
    )


@require_POST
@gate(may=permissions.keeps_reminder_rules)
def reject(request, pk):
    row = get_object_or_404(ReminderRule, pk=pk)
    return act_at_once(
        request,
        lambda: operations.reject_remedy_row(row, actor=request.actor),
        back=reverse("funding:reminder-rules"),
        done=_("Die Zeile ist verworfen."),
    )
