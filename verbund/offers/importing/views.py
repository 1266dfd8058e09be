"""The pages of taking over a list: upload, columns, preview, taking over, undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import audit, exports
from verbund.core.acts import act_at_once
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre
from verbund.offers import queries as offers
from verbund.offers.importing import operations, permissions, queries
from verbund.offers.importing.exports import columns_of, reasons_of
from verbund.offers.importing.forms import ColumnsForm, UploadForm, choices_in
from verbund.offers.importing.lifecycle import IMPORT, WORKING, ImportStatus
from verbund.offers.models import ImportRow, ImportRun

PAGE_SIZE = 50
Kind = ImportRow.Kind
TONES = {
    Kind.NEW: "success",
    Kind.CHANGED: "info",
    Kind.UNCHANGED: "neutral",
    Kind.SUSPICIOUS: "warning",
    Kind.REFUSED: "danger",
}
VISIBLE = queries.import_runs_visible_to


def _runs_with_file(actor):
    return queries.import_runs_visible_to(actor).select_related("file", "centre__organisation", "partner")


@require_http_methods(["GET", "POST"])
@gate(may=permissions.can_import)
def imports(request):
    """The lists of the centre, and the form for the next one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        centre = Centre.objects.get(pk=request.actor.organisation_id)
        try:
            made = operations.start_import(centre, upload.read(), upload.name, at=timezone.now(), actor=request.actor)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("offers:import-columns", pk=made.pk)
    runs = Paginator(queries.import_runs_visible_to(request.actor), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {"form": form, "page": runs}
    return show(request, "offers/importing/imports.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@gate(among=_runs_with_file, may=permissions.can_work_on)
def columns(request, run):
    """What each column means; sent, the list is compared."""
    if run.status != ImportStatus.COLUMNS:
        return redirect("offers:import", pk=run.pk)
    form = ColumnsForm(request.POST or None, run=run, partners=offers.kept_partners(request.actor))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.check_import(
                run, form.columns(), partner=typed["partner"], aim=typed["aim"], at=timezone.now(), actor=request.actor
            )
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            return redirect("offers:import", pk=run.pk)
    context = {"run": run, "form": form, "rows": form.rows()}
    return show(request, "offers/importing/columns.html", context, status=422 if form.errors else 200)


@require_POST
@gate(among=_runs_with_file, may=permissions.can_work_on)
def sheet(request, run):
    return act_at_once(
        request,
        lambda: operations.choose_sheet(run, sheet=request.POST.get("blatt", "")[:120], actor=request.actor),
        back=reverse("offers:import-columns", args=[run.pk]),
        done=_("Das andere Blatt ist gewählt."),
    )


@require_safe
@gate(among=_runs_with_file, may=permissions.can_work_on)
def run(request, run):
    """The preview, the progress, or what came of a list."""
    if run.status == ImportStatus.COLUMNS:
        return redirect("offers:import-columns", pk=run.pk)
    counts = queries.counts(run)
    kind = request.GET.get("art", "")
    kind = kind if kind in Kind.values else next((one for one in _order(counts) if counts[one]), Kind.NEW)
    rows = run.rows.filter(kind=kind).select_related("offer__partner__organisation")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("seite"))
    for row in page:
        row.tone, row.reason = TONES[row.kind], reasons_of(row)
        row.shows_changes = bool(row.changes) and (row.kind == Kind.CHANGED or not row.outcome)
        row.summary = (row.said.get("if_new", {}) | row.said.get("values", {})).get("summary", "")
    outcomes = queries.outcomes(run)
    context = {
        "run": run,
        "kind": kind,
        "tabs": [(code, label, counts[code]) for code, label in Kind.choices],
        "counts": counts,
        "to_write": counts[Kind.NEW] + counts[Kind.CHANGED] + counts[Kind.SUSPICIOUS],
        "page": page,
        "choices": [choice for choice in ImportRow.Choice.choices if choice[0]],
        "undecided": queries.undecided(run),
        "outcomes": [(ImportRow.Outcome(code).label, number) for code, number in outcomes.items() if number],
        "is_working": run.status in WORKING,
        "done_lines": _done(run, counts, outcomes),
        "moves": IMPORT.open_for(run.status),
        "can_undo": run.status == ImportStatus.DONE and timezone.now() - run.applied_at <= operations.UNDO_FOR,
        "history": audit.history_of(run),
    }
    return show(request, "offers/importing/run.html", context, parts={"progress"})


def _order(counts: dict) -> list[str]:
    return [Kind.SUSPICIOUS, Kind.NEW, Kind.CHANGED, Kind.REFUSED, Kind.UNCHANGED]


def _done(run: ImportRun, counts: dict, outcomes: dict) -> int:
    """Return how many lines are done while a run works."""
    if run.status == ImportStatus.CHECKING:
        return sum(counts.values())
    if run.status == ImportStatus.UNDOING:
        return outcomes[ImportRow.Outcome.UNDONE] + outcomes[ImportRow.Outcome.KEPT]
    return sum(outcomes.values())


@require_POST
@gate(among=VISIBLE, may=permissions.can_work_on)
def choose(request, run):
    address = reverse("offers:import", args=[run.pk])
    return act_at_once(
        request,
        lambda: operations.choose(run, choices_in(request.POST)),
        back=f"{address}?art={Kind.SUSPICIOUS}",
        done=_("Ihre Entscheidungen sind gespeichert."),
    )


def _act(request, run: ImportRun, act, done: str):
    return act_at_once(request, act, back=reverse("offers:import", args=[run.pk]), done=done)


@require_POST
@gate(among=_runs_with_file, may=permissions.can_work_on)
def change_columns(request, run):
    return _act(
        request,
        run,
        lambda: operations.change_import_columns(run, actor=request.actor),
        _("Ordnen Sie die Spalten neu zu."),
    )


@require_POST
@gate(among=_runs_with_file, may=permissions.can_work_on)
def apply(request, run):
    return _act(
        request,
        run,
        lambda: operations.apply_import(run, on=today(), at=timezone.now(), actor=request.actor),
        _("Die Liste wird übernommen.") if run.lines > operations.AT_ONCE else _("Die Liste ist übernommen."),
    )


@require_POST
@gate(among=_runs_with_file, may=permissions.can_work_on)
def undo(request, run):
    return _act(
        request,
        run,
        lambda: operations.undo_import(run, on=today(), at=timezone.now(), actor=request.actor),
        _("Zurückgesetzt wird, was seitdem niemand geändert hat."),
    )


@require_POST
@gate(among=_runs_with_file, may=permissions.can_work_on)
def drop(request, run):
    try:
        operations.drop_import(run, actor=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("offers:import", pk=run.pk)
    messages.success(request, _("Die Liste ist verworfen, ihre Datei wird gelöscht."))
    return redirect("offers:imports")


@require_safe
@gate(among=VISIBLE, may=permissions.can_work_on)
def bad_rows(request, run):
    rows = run.rows.filter(kind=Kind.REFUSED).iterator(chunk_size=500)
    return exports.respond_xlsx(columns_of(run), rows, name="abgelehnte-zeilen", title=_("Abgelehnte Zeilen"))
