"""Keeping and deleting: what may go when, the runs that delete, and the holds on single files."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, queries, retention
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.views.acts import act_with_form

ROWS, RUNS = 50, 10


@require_safe
@gate(may=permissions.can_see_retention)
def preview(request):
    """The periods that count today, and the closed files in the order in which they would go."""
    day = today()
    found = retention.preview(queries.files_in_retention(request.actor), on=day)
    proposed = set(queries.files_in_open_runs().values_list("application_id", flat=True))
    proposes = permissions.can_prepare_deletion(request.actor)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rules": retention.rules_in_force(on=day),
        "page": page,
        "rows": [_row(one, day, proposed, proposes=proposes) for one in page],
        "due": sum(one.is_due(day) for one in found),
        "held": sum(bool(one.holds) for one in found),
        "proposes": proposes and any(one.is_due(day) and one.application.pk not in proposed for one in found),
        "runs": queries.retention_runs_visible_to(request.actor).annotate(files=Count("items"))[:RUNS],
        "deleted": queries.files_in_retention(request.actor).exclude(deleted_on=None).count(),
        "keeps": permissions.keeps_remedies(request.actor),
        "opens_files": permissions.decides_on_grants(request.actor),
    }
    return show(request, "funding/retention.html", context)


def _row(one: retention.Retained, day, proposed: set[int], *, proposes: bool) -> dict:
    is_due, in_run = one.is_due(day), one.application.pk in proposed
    return {"file": one, "is_due": is_due, "in_run": in_run, "can_go": proposes and is_due and not in_run}


@require_http_methods(["GET", "POST"])
@gate(among=queries.applications_visible_to, may=permissions.can_hold)
def set_hold(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.set_hold(record, **typed, actor=request.actor),
        title=_("Löschsperre setzen"),
        intro=_("Die Akte bleibt, auch wenn ihre Frist abgelaufen ist. Der Grund ist für den Träger sichtbar."),
        label=_("Sperre setzen"),
        back=record.get_absolute_url(),
        done=_("Für diese Akte gilt eine Löschsperre."),
        subject=record,
    )


@require_http_methods(["GET", "POST"])
@gate(among=queries.holds_visible_to, may=permissions.can_lift_hold)
def lift_hold(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.lift_hold(record, **typed, actor=request.actor),
        title=_("Löschsperre aufheben"),
        label=_("Aufheben"),
        back=record.application.get_absolute_url(),
        done=_("Die Löschsperre ist aufgehoben."),
        subject=record,
    )
