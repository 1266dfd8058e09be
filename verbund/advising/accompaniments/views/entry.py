"""Writing down what happened: one step in a hurry, or a week in one table."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Sum
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.advising.accompaniments import calculations, operations, permissions, queries
from verbund.advising.accompaniments.forms.quick import QuickForm
from verbund.advising.accompaniments.forms.week import WeekPage
from verbund.advising.models import AccompanimentStep
from verbund.advising.queries import own_centre
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre
from verbund.directory.queries import municipalities_of

MOST_OFFERED = 400
"""Names the list of suggestions holds; what is typed is looked for among all of them."""

PAGE_SIZE, TO_CHANGE = 50, 25


@gate(may=permissions.can_write)
def quick(request):
    """Institution, what happened, done: begins an accompaniment, or adds to the one that runs."""
    on, centre = today(), own_centre(request.actor)
    initial = {"done_on": on, "kind": AccompanimentStep.Kind.VISIT, "institution": _called(request)}
    form = QuickForm(request.POST or None, centre=centre, towns=municipalities_of(centre), on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.enter(form.entry, centre=centre, on=on, actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Festgehalten: %s.") % made.partner)
            return redirect(made)
    context = {
        "form": form,
        "names": form.institutions.names[:MOST_OFFERED],
        "recent": [] if form.is_bound else queries.recent_institutions(request.actor, on=on),
        "title": _("Schnell erfassen"),
    }
    return show(request, "advising/accompaniments/quick.html", context, status=422 if form.errors else 200)


def _called(request) -> str:
    """Return the name of the institution whose page led here."""
    said = request.GET.get("einrichtung", "")
    if not (said.isdecimal() and len(said) < 19):
        return ""
    found = queries.institutions_visible_to(request.actor).filter(pk=int(said)).first()
    return str(found) if found else ""


@gate(may=permissions.can_write)
def week(request):
    """The steps of a week, to read; with `bearbeiten` to change; and empty rows for more."""
    on, actor = today(), request.actor
    monday = calculations.week_named(request.GET.get("woche", "")) or calculations.monday_of(on)
    mine, edits = request.GET.get("nur") == "meine", request.GET.get("bearbeiten") == "1"
    found = queries.steps_visible_to(actor).filter(done_on__range=(monday, monday + timedelta(days=6)))
    if mine:
        found = found.filter(recorded_by=actor.user)
    shown = Paginator(found.order_by("done_on", "pk"), TO_CHANGE if edits else PAGE_SIZE).get_page(
        request.GET.get("seite")
    )
    page = WeekPage(actor.organisation_id, monday, shown.object_list if edits else (), on=on)
    rows = page.rows(request.POST if request.method == "POST" else None)
    if request.method == "POST" and rows.is_valid():
        saved = _save(rows, on=on, actor=actor)
        if saved is not None:
            messages.success(request, _told(saved))
            return redirect(request.get_full_path())
    context = {
        "page": shown,
        "rows": rows,
        "week_page": page,
        "names": page.institutions.names[:MOST_OFFERED],
        "edits": edits,
        "mine": mine,
        "looks_named": getattr(rows, "looks_named", False),
        "kinds": AccompanimentStep.Kind.choices,
        **_sums(found),
        **_weeks(monday, on),
    }
    is_wrong = rows.is_bound and any(form.errors for form in rows.forms)
    return show(request, "advising/accompaniments/week.html", context, status=422 if is_wrong else 200)


def _save(rows, *, on, actor) -> int | None:
    """Save all rows or none, by the operations; return how many were new or changed, None where one was refused."""
    centre, saved = own_centre(actor), 0
    try:
        with transaction.atomic():
            for row in rows.kept:
                saved += _save_row(row, centre, on=on, actor=actor)
    except DomainError:
        return None
    return saved


def _save_row(row, centre: Centre, *, on, actor) -> int:
    try:
        if row.entry:
            operations.enter(row.entry, centre=centre, on=on, actor=actor)
            return 1
        before = row.record.version
        operations.edit_step(row.record, row.facts(), seen=row.cleaned_data["seen"] or 0, on=on, actor=actor)
        return int(row.record.version != before)
    except DomainError as refusal:
        show_on(row, refusal)
        raise


def _told(saved: int) -> str:
    if not saved:
        return _("Es gab nichts zu speichern.")
    return ngettext("Ein Schritt ist gespeichert.", "%(n)s Schritte sind gespeichert.", saved) % {"n": saved}


def _sums(found) -> dict:
    """Return the sums of the whole week, not only of the page shown."""
    sums = found.order_by().aggregate(
        minutes=Sum("minutes"), steps=Count("pk"), institutions=Count("accompaniment__partner", distinct=True)
    )
    return {"minutes": sums["minutes"] or 0, "steps": sums["steps"], "institutions": sums["institutions"]}


def _weeks(monday, on) -> dict:
    name = calculations.name_of_week
    return {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "number": monday.isocalendar().week,
        "week": name(monday),
        "previous": name(monday - timedelta(days=7)),
        "following": name(monday + timedelta(days=7)),
        "is_current": monday == calculations.monday_of(on),
        "back": reverse("advising:accompaniments"),
    }
