"""Budget titles."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import ledger, operations, permissions, queries
from verbund.funding.forms.money import PlannedAmountForm, TitleForm
from verbund.funding.models import BudgetEntry
from verbund.funding.views.acts import act_with_form


@gate(may=permissions.can_see_titles)
def titles(request):
    context = {
        "titles": queries.titles_visible_to(request.actor),
        "can_manage": permissions.can_manage_titles(request.actor),
    }
    return show(request, "funding/titles.html", context)


@gate(among=queries.titles_visible_to)
def title(request, record):
    """One title: planned, committed, paid, free, by centre, and every entry that sums to it."""
    page, rows = ledger.page_of(record, request.GET)
    filters = {name: request.GET.get(name, "")[:20] for name in ("art", "zentrum")}
    context = {
        "budget_title": record,
        "page": page,
        "rows": rows,
        "centres": list(ledger.by_centre(record)),
        "kinds": BudgetEntry.Kind.choices,
        "filters": filters,
        "is_filtered": any(filters.values()),
        "sees_persons": permissions.can_see_who_booked(request.actor),
        "parts": [
            {"label": _("ausgezahlt"), "amount": record.amount_paid, "tone": "success"},
            {"label": _("gebunden, nicht gezahlt"), "amount": record.amount_unpaid, "tone": "info"},
            {"label": _("frei"), "amount": record.amount_free, "tone": "neutral"},
        ],
        "working_of_free": [
            {"label": _("Ansatz"), "value": record.amount_planned},
            {"label": _("gebunden"), "value": -record.amount_committed},
        ],
        "can_manage": permissions.can_manage_titles(request.actor),
        "history": audit.history_of(record),
    }
    return show(request, "funding/title.html", context)


@gate(may=permissions.can_manage_titles)
def new_title(request):
    form = TitleForm(request.POST or None)
    form.instance.is_demo = request.user.is_demo
    return act_with_form(
        request,
        form,
        lambda _typed: operations.open_title(form.save(commit=False), actor=request.actor),
        title=_("Haushaltstitel anlegen"),
        label=_("Anlegen"),
        back=reverse("funding:titles"),
        done=_("Der Titel ist angelegt."),
    )


@gate(among=queries.titles_visible_to, may=lambda actor, _title: permissions.can_manage_titles(actor))
def change_title(request, record):
    return act_with_form(
        request,
        PlannedAmountForm(request.POST or None, initial={"amount": record.amount_planned}),
        lambda typed: operations.change_planned_amount(record, **typed, actor=request.actor),
        title=_("Ansatz ändern"),
        label=_("Ändern"),
        back=reverse("funding:title", args=[record.pk]),
        done=_("Der Ansatz ist geändert."),
        subject=record,
    )
