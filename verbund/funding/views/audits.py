"""Audits: what an auditor may read today, who let them, and what they read."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import listing, operations, permissions, queries
from verbund.funding.forms.audits import AuditMandateForm
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.views.acts import act_with_form

ROWS = 50
LOG_STEP = 100
"""How many entries of the log come more with each step; none is ever left out."""


@require_safe
@gate(may=permissions.can_see_audits)
def audits(request):
    """An auditor's own audits; for a house the accesses it granted."""
    page = Paginator(queries.mandates_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"mandate": one, **_state(one)} for one in page],
        "audits_oneself": permissions.is_auditor(request.actor),
        "can_grant": permissions.grants_audits(request.actor),
    }
    return show(request, "funding/audits.html", context)


def _state(mandate) -> dict:
    """Return in a word where an access stands today, with the tone of its badge."""
    day = today()
    if mandate.ended_at:
        return {"state": _("vorzeitig beendet"), "tone": "neutral", "is_running": False}
    if mandate.valid_until < day:
        return {"state": _("abgelaufen"), "tone": "neutral", "is_running": False}
    if mandate.valid_from > day:
        return {"state": _("beginnt noch"), "tone": "warning", "is_running": False}
    return {"state": _("läuft"), "tone": "success", "is_running": True}


@require_safe
@gate(among=queries.mandates_visible_to)
def audit_mandate(request, record):
    """One access: its subject, its files as far as this person may open them today, and the log of what was read."""
    state = _state(record)
    found = queries.applications_visible_to(request.actor).filter(record.scope)
    audits_oneself = permissions.is_auditor(request.actor)
    steps = _steps(request.GET.get("gelesen", ""))
    readings = audit.history_of(record, verb="read_for_audit", limit=LOG_STEP * steps + 1)
    files = found if state["is_running"] or not audits_oneself else found.none()
    page = Paginator(files, ROWS).get_page(request.GET.get("page"))
    context = {
        "mandate": record,
        **state,
        "rows": listing.rows(page.object_list),
        "page": page,
        "audits_oneself": audits_oneself,
        "can_end": permissions.can_end_audit(request.actor, record) and not record.ended_at and not _is_over(record),
        "readings": readings[: LOG_STEP * steps],
        "more_readings": steps + 1 if len(readings) > LOG_STEP * steps else None,
        "acts": [
            *audit.history_of(record, verb="end_audit_access"),
            *audit.history_of(record, verb="grant_audit_access"),
        ],
    }
    return show(request, "funding/audit_mandate.html", context)


def _steps(typed: str) -> int:
    """Return how many steps of the log are wanted; nonsense wants the first."""
    return min(max(int(typed), 1), 1000) if typed.isdecimal() and len(typed) < 5 else 1


def _is_over(mandate) -> bool:
    return mandate.valid_until < today()


@require_http_methods(["GET", "POST"])
@gate(may=permissions.grants_audits)
def grant_audit(request):
    form = AuditMandateForm(request.POST or None, actor=request.actor, on=today(), initial={"valid_from": today()})
    return act_with_form(
        request,
        form,
        lambda _typed: operations.grant_audit_access(form.save(commit=False), on=today(), actor=request.actor),
        title=_("Lesezugang für eine Prüfung geben"),
        intro=_(
            "Zu lesen sind eingereichte Anträge mit Anlagen, alle Fassungen der Bescheide, Mittelabrufe und der "
            "Verlauf; Kontonummern nur verkürzt. Ändern lässt sich nichts. Jede geöffnete Seite wird festgehalten."
        ),
        label=_("Zugang geben"),
        back=reverse("funding:audits"),
        done=_("Der Lesezugang ist eingetragen."),
        goes_to_made=True,
    )


@require_http_methods(["GET", "POST"])
@gate(among=queries.mandates_visible_to, may=permissions.can_end_audit)
def end_audit(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.end_audit_access(record, **typed, on=today(), actor=request.actor),
        title=_("Lesezugang beenden"),
        intro=_("Ab sofort ist nichts mehr zu sehen. Was schon gelesen wurde, bleibt hier festgehalten."),
        label=_("Beenden"),
        back=record.get_absolute_url(),
        done=_("Der Lesezugang ist beendet."),
        subject=record,
    )
