"""Runs that delete files: preview and proposal, answer of the archive, approval, what came of it, a deleted file."""

from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import audit
from verbund.core.acting import persons_of
from verbund.core.dates import today
from verbund.core.error_pages import unprocessable
from verbund.core.errors import DomainError
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import archive_copy, file_contents, ledger, operations, permissions, queries, retention
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.retention_runs import ApprovalForm, ArchiveAnswerForm, ChosenFilesForm, HandoverForm
from verbund.funding.lifecycle import RETENTION_RUN
from verbund.funding.reading_log import noted
from verbund.funding.views.acts import act_with_form

TONES = {"PENDING": "neutral", "DELETED": "success", "KEPT": "warning"}


@require_http_methods(["GET", "POST"])
@gate(may=permissions.can_prepare_deletion)
def propose(request):
    """What would go and what would stay of the chosen files; sent, they become a run."""
    form = ChosenFilesForm(request.POST or request.GET)
    form.full_clean()
    found = _chosen(request, form.cleaned_data)
    day = today()
    due = [one for one in found if one.is_due(day)]
    if request.method == "POST":
        try:
            ids = [one.application.pk for one in due]
            return redirect(operations.propose_retention_run(ids, on=day, actor=request.actor))
        except DomainError as refusal:
            return unprocessable(request, sentence=str(refusal), back_href=reverse("funding:retention"))
    counts = file_contents.counted(one.application.pk for one in due)
    context = {
        "rows": [{"file": one, "goes": in_words(counts[one.application.pk])} for one in due],
        "others": [{"file": one, "reasons": one.why_not_due(day)} for one in found if one not in due],
        "stays": file_contents.STAYS.values(),
    }
    return show(request, "funding/retention_propose.html", context)


def _chosen(request, typed: dict) -> list:
    """Return the files ticked, or all of them that are due and in no other run."""
    files = queries.files_in_retention(request.actor)
    if typed.get("all"):
        found = retention.preview(files.exclude(pk__in=queries.files_in_open_runs()), on=today())
        return [one for one in found if one.is_due(today())]
    return retention.preview(files.filter(pk__in=typed.get("chosen") or []), on=today())


def in_words(counts: dict[str, int]) -> list[dict]:
    """Return how much of each group, with what it is."""
    return [
        {"label": label, "count": counts[group]} for group, label in file_contents.GROUPS.items() if counts.get(group)
    ]


@require_safe
@gate(among=queries.retention_runs_visible_to)
def run(request, record):
    """A run: what is proposed, what the archive said, who approved, what became of each file."""
    return _run_page(request, record)


def _run_page(request, record):
    actor = request.actor
    items = list(record.items.select_related("application__call__programme", "application__centre__organisation"))
    open_moves = RETENTION_RUN.open_for(record.status)
    works = permissions.can_prepare_deletion(actor)
    pending = sum(item.outcome == "PENDING" for item in items)
    context = {
        "run": record,
        "rows": [_row(item) for item in items],
        "total": len(items),
        "ready": len(items) - pending,
        "is_running": record.status == "APPROVED",
        "deleted": sum(item.outcome == "DELETED" for item in items),
        "kept": sum(item.outcome == "KEPT" for item in items),
        "for_archive": sum(item.is_for_archive for item in items),
        "can_answer": works and "record_archive_answer" in open_moves,
        "can_hand_over": works and "record_handover" in open_moves and any(item.is_for_archive for item in items),
        "can_take_copy": works and record.status in {"ANSWERED", "APPROVED"} and _is_whole(items),
        "can_approve": permissions.is_grant_approver(actor) and "approve_retention_run" in open_moves,
        "why_not": _why_not(actor, record, items),
        "can_drop": works and "drop_retention_run" in open_moves,
        "opens_files": permissions.decides_on_grants(actor),
        "history": audit.history_of(record),
    }
    return show(request, "funding/retention_run.html", context, parts={"fortschritt"})


def _is_whole(items) -> bool:
    """Whether all that the archive takes is still there to be copied."""
    taken = [item for item in items if item.is_for_archive]
    return bool(taken) and all(item.outcome == "PENDING" for item in taken)


def _row(item) -> dict:
    goes = item.deleted if item.outcome == "DELETED" else item.contents
    return {"item": item, "tone": TONES[item.outcome], "goes": in_words(goes)}


def _why_not(actor, record, items) -> str:
    """Return why this person cannot approve now; nothing when they can."""
    if actor.persons & persons_of(record, "proposed"):
        return _("Freigeben kann nur eine zweite Person.")
    if record.handed_over_on is None and any(item.is_for_archive for item in items):
        return _("Zuerst gehen die übernommenen Akten an das Archiv.")
    return ""


@require_http_methods(["GET", "POST"])
@gate(among=queries.retention_runs_visible_to, may=permissions.can_prepare_deletion)
def answer(request, record):
    initial = {
        "offered_on": record.offered_on or record.proposed_on,
        "answered_on": record.answered_on or today(),
        "note": record.archive_note,
        "taken": [str(pk) for pk in record.items.filter(is_for_archive=True).values_list("pk", flat=True)],
    }
    return act_with_form(
        request,
        ArchiveAnswerForm(request.POST or None, run=record, initial=initial),
        lambda typed: operations.record_archive_answer(record, **typed, on=today(), actor=request.actor),
        title=_("Antwort des Archivs festhalten"),
        intro=_(
            "Vor der Löschung werden die Akten dem Landesarchiv angeboten (§ 4 Abs. 1 ArchivG NRW). Ohne seine Antwort "
            "lässt sich der Lauf nicht freigeben."
        ),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Die Antwort ist festgehalten."),
        all_by_choice=True,
        subject=record,
    )


@require_http_methods(["GET", "POST"])
@gate(among=queries.retention_runs_visible_to, may=permissions.can_prepare_deletion)
def hand_over(request, record):
    return act_with_form(
        request,
        HandoverForm(request.POST or None, initial={"handed_over_on": today()}),
        lambda typed: operations.record_handover(record, **typed, on=today(), actor=request.actor),
        title=_("Übergabe an das Archiv festhalten"),
        label=_("Festhalten"),
        back=record.get_absolute_url(),
        done=_("Die Übergabe ist festgehalten."),
        subject=record,
    )


@require_POST
@gate(among=queries.retention_runs_visible_to, may=permissions.can_prepare_deletion)
def take_copy(request, record):
    """Note that the copy leaves, and hand it over; once a file of it is deleted there is none any more."""
    if not _is_whole(record.items.all()):
        return unprocessable(
            request, sentence=_("Für das Archiv gibt es hier nichts zu kopieren."), back_href=record.get_absolute_url()
        )
    operations.take_archive_copy(record, actor=request.actor)
    name = _("archiv-loeschlauf-%(number)d.zip") % {"number": record.pk}
    return FileResponse(archive_copy.written(record), as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "POST"])
@gate(among=queries.retention_runs_visible_to, may=lambda actor, _run: permissions.is_grant_approver(actor))
def approve(request, record):
    return act_with_form(
        request,
        ApprovalForm(request.POST or None),
        lambda _typed: operations.approve_retention_run(record, on=today(), actor=request.actor),
        title=_("Löschung freigeben"),
        intro=_(
            "Gelöscht wird, was in diesem Augenblick noch fällig ist und was nichts hält. Jede Akte geht für sich; "
            "was bleibt, steht danach mit dem Grund da."
        ),
        label=_("Freigeben und löschen"),
        back=record.get_absolute_url(),
        done=_("Der Löschlauf ist freigegeben."),
        subject=record,
    )


@require_http_methods(["GET", "POST"])
@gate(among=queries.retention_runs_visible_to, may=permissions.can_prepare_deletion)
def drop(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.drop_retention_run(record, **typed, actor=request.actor),
        title=_("Löschlauf verwerfen"),
        intro=_("Die Akten bleiben und können wieder vorgeschlagen werden."),
        label=_("Verwerfen"),
        back=record.get_absolute_url(),
        done=_("Der Löschlauf ist verworfen."),
        subject=record,
    )


@require_POST
@gate(among=queries.retention_runs_visible_to)
def go_on(request, record):
    """Delete the next files of an approved run; for htmx the list as it is then, else the page again."""
    operations.advance_retention_run(record)
    record.refresh_from_db()
    return _run_page(request, record) if request.htmx else redirect(record)


@require_safe
@gate(among=queries.applications_visible_to)
@noted(gettext_lazy("Gelöschte Akte"), lambda record: record)
def deleted_file(request, record):
    """When and why the file was deleted, what went, and the entries that stay."""
    if record.deleted_on is None:
        return redirect(record)
    item = record.retention_items.select_related("run").get(outcome="DELETED")
    notice = queries.versions_of(record).last()
    context = {
        "application": record,
        "item": item,
        "went": in_words(item.deleted),
        "notice": notice if notice and notice.is_grant else None,
        "rows": ledger.of_grant(record),
        "sums": ledger.sums(ledger.entries_of(record)),
        "sees_run": queries.retention_runs_visible_to(request.actor).exists(),
        "sees_titles": permissions.can_see_titles(request.actor),
        "sees_persons": permissions.can_see_who_booked(request.actor),
        "caption": _("Buchungen dieser Zuwendung"),
    }
    return show(request, "funding/deleted_file.html", context)
