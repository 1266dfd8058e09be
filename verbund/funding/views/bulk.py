"""Acts on many records: from the list of applications, and the page on which proposals are signed one by one."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from verbund.core.dates import today
from verbund.core.error_pages import unprocessable
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, queries, signing_order
from verbund.funding.forms.bulk import ApplicationsForm, NotificationOfManyForm
from verbund.funding.models import BulkItem, BulkRun

WAYS_BACK = {
    BulkRun.Kind.TAKE_OVER: ("funding:applications", gettext_lazy("Anträge")),
    BulkRun.Kind.REMIND: ("funding:applications", gettext_lazy("Anträge")),
    BulkRun.Kind.NOTIFY: ("funding:signing", gettext_lazy("Zeichnen und bekannt geben")),
    BulkRun.Kind.NOTIFY_RECLAIM: ("funding:signing", gettext_lazy("Zeichnen und bekannt geben")),
    BulkRun.Kind.DISBURSE: ("funding:payment-lists", gettext_lazy("Zahllisten")),
}
NOTIFICATIONS = (BulkRun.Kind.NOTIFY, BulkRun.Kind.NOTIFY_RECLAIM)
TONES = {"PENDING": "neutral", "DONE": "success", "REFUSED": "danger"}


@require_POST
@gate(may=permissions.can_act_on_many)
def act_on_applications(request):
    """Begin an act on the applications ticked in the list."""
    form = ApplicationsForm(request.POST)
    back = reverse("funding:applications")
    if not form.is_valid():
        return unprocessable(request, sentence=_("Wählen Sie, was geschehen soll."), back_href=back)
    try:
        run = operations.start_bulk_run(
            form.cleaned_data["kind"], form.cleaned_data["chosen"], options={}, on=today(), actor=request.actor
        )
    except DomainError as refusal:
        return unprocessable(request, sentence=str(refusal), back_href=back)
    return redirect(run)


@gate(may=permissions.can_act_on_many)
def signing(request):
    """What waits for a second signature, and the issued notices whose notification is to be recorded."""
    return _signing_page(request)


def _signing_page(request, *, forms=(), status: int = 200):
    """Show the page; `forms` are those that were sent and refused, by kind of run."""
    forms = {kind: _form(kind) for kind in NOTIFICATIONS} | dict(forms)
    issued_reclaims = queries.reclaim_notices_visible_to(request.actor).filter(status="ISSUED")
    context = {
        "proposals": signing_order.proposals(request.actor),
        "can_sign": permissions.is_grant_approver(request.actor),
        "notices": queries.notices_visible_to(request.actor).filter(status="ISSUED", successor=None),
        "form": forms[BulkRun.Kind.NOTIFY],
        "reclaim_notices": issued_reclaims.select_related(
            "reclaim__application__call__programme", "reclaim__application__centre__organisation"
        ),
        "reclaim_form": forms[BulkRun.Kind.NOTIFY_RECLAIM],
        "runs": queries.bulk_runs_visible_to(request.actor)[:5],
    }
    return show(request, "funding/signing.html", context, status=status)


@require_POST
@gate(may=permissions.can_act_on_many)
def notify(request):
    """Record the notification of all notices ticked, by one way and on one day."""
    return _notify_many(request, BulkRun.Kind.NOTIFY)


@require_POST
@gate(may=permissions.can_act_on_many)
def notify_reclaims(request):
    """Record the notification of all notices ticked that claim money back."""
    return _notify_many(request, BulkRun.Kind.NOTIFY_RECLAIM)


def _form(kind: str, data=None) -> NotificationOfManyForm:
    """Return the form of a kind of run; several stand on one page, each with ids of its own."""
    first = None if data else {"how": "ELECTRONIC", "day": today()}
    return NotificationOfManyForm(data, initial=first, auto_id=f"{kind.lower()}_%s")


def _notify_many(request, kind: str):
    form = _form(kind, request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        options = {"how": typed["how"], "day": typed["day"].isoformat()}
        try:
            started = operations.start_bulk_run(kind, typed["chosen"], options=options, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            return redirect(started)
    return _signing_page(request, forms={kind: form}, status=422)


@gate(among=queries.bulk_runs_visible_to)
def run(request, record):
    """What came of each record; while something is left, the page goes on by itself."""
    return _run_page(request, record)


def _run_page(request, record):
    items = list(record.items.all())
    counts = {outcome: sum(item.outcome == outcome for item in items) for outcome in BulkItem.Outcome.values}
    back, back_label = WAYS_BACK[record.kind]
    context = {
        "run": record,
        "back": reverse(back),
        "back_label": back_label,
        "rows": [{"item": item, "tone": TONES[item.outcome]} for item in items],
        "total": len(items),
        "ready": len(items) - counts["PENDING"],
        "done": counts["DONE"],
        "refused": counts["REFUSED"],
        "pending": counts["PENDING"],
    }
    return show(request, "funding/bulk_run.html", context, parts={"fortschritt"})


@require_POST
@gate(among=queries.bulk_runs_visible_to)
def go_on(request, record):
    """Carry out the next steps; for htmx the list as it is then, else the page again."""
    operations.advance_bulk_run(record)
    return _run_page(request, record) if request.htmx else redirect(record)
