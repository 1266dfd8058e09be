"""Incoming money: what is unclear, one receipt with suggestions, entry by hand, the cash office's list."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, queries, receipt_lists, receipt_matching
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.reclaims import AssignForm, ReceiptFileForm, ReceiptForm
from verbund.funding.lifecycle import ReceiptFileStatus, ReceiptStatus
from verbund.funding.views.acts import act_at_once, act_with_form

PAGE_SIZE = 50
TONES = {"OPEN": "warning", "ASSIGNED": "success", "SET_ASIDE": "neutral"}


@gate(may=permissions.can_see_receipts)
def receipts(request):
    """What came in; what is unclear unless another status stands in the address."""
    status = request.GET.get("stand", ReceiptStatus.OPEN)
    found = queries.receipts_visible_to(request.actor)
    if status in ReceiptStatus.values:
        found = found.filter(status=status)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "rows": [{"receipt": one, "tone": TONES[one.status]} for one in page.object_list],
        "status": status,
        "statuses": ReceiptStatus.choices,
        "keeps": permissions.keeps_receipts(request.actor),
        "files": queries.receipt_files_visible_to(request.actor)[:5],
    }
    return show(request, "funding/receipts.html", context)


@gate(among=queries.receipts_visible_to)
def receipt(request, record):
    """One receipt: what it says, where it went, and to which claim it may belong."""
    return _receipt_page(request, record)


def _receipt_page(request, record, *, form=None, status: int = 200):
    may = permissions.can_assign_receipt(request.actor, record)
    is_open = record.status == ReceiptStatus.OPEN
    text = request.GET.get("suche", "")[: receipt_matching.LONGEST_SEARCH]
    choices, has_more = _choices(record, text) if is_open and may else ([], False)
    context = {
        "receipt": record,
        "tone": TONES[record.status],
        "entries": record.entries.select_related("reclaim__application", "reversal"),
        "search": text,
        "choices": choices,
        "has_more": has_more,
        "can_assign": may and is_open,
        "can_set_aside": may and is_open and not record.amount_assigned,
        "can_return": may and record.status == ReceiptStatus.SET_ASIDE,
        "form": form or AssignForm(choices=choices),
        "history": audit.history_of(record),
    }
    return show(request, "funding/incoming_payment.html", context, status=status)


def _choices(record, text: str) -> tuple[list, bool]:
    return receipt_matching.choices_for(receipt_matching.suggestions_for(record), text)


@require_POST
@gate(among=queries.receipts_visible_to, may=permissions.can_assign_receipt)
def assign(request, record):
    form = AssignForm(request.POST, choices=_choices(record, request.GET.get("suche", ""))[0])
    if form.is_valid():
        try:
            entry = operations.assign_receipt(record, **form.cleaned_data, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            return redirect(entry.reclaim)
    return _receipt_page(request, record, form=form, status=422)


@gate(among=queries.reclaim_entries_visible_to, may=permissions.can_take_back_assignment)
def take_back(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.take_back_assignment(record, **typed, on=today(), actor=request.actor),
        title=_("Zuordnung aufheben"),
        intro=_("Die Buchung bleibt stehen; eine Gegenbuchung hebt sie auf, und das Geld ist wieder ungeklärt."),
        label=_("Aufheben"),
        back=record.reclaim.get_absolute_url(),
        done=_("Die Zuordnung ist aufgehoben."),
        subject=record.reclaim,
    )


@gate(among=queries.receipts_visible_to, may=permissions.can_assign_receipt)
def set_aside(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.set_receipt_aside(record, **typed, actor=request.actor),
        title=_("Gehört nicht hierher"),
        label=_("Vermerken"),
        back=record.get_absolute_url(),
        done=_("Vermerkt."),
        subject=record,
    )


@require_POST
@gate(among=queries.receipts_visible_to, may=permissions.can_assign_receipt)
def reopen(request, record):
    return act_at_once(
        request,
        lambda: operations.reopen_receipt(record, actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Der Eingang ist wieder ungeklärt."),
    )


@gate(may=permissions.keeps_receipts)
def new_receipt(request):
    return act_with_form(
        request,
        ReceiptForm(request.POST or None, initial={"day": today()}),
        lambda typed: operations.record_receipt(**typed, on=today(), actor=request.actor),
        title=_("Zahlungseingang erfassen"),
        label=_("Erfassen"),
        back=reverse("funding:incoming-payments"),
        done=_("Erfasst."),
        goes_to_made=True,
    )


@gate(may=permissions.keeps_receipts)
def new_file(request):
    return act_with_form(
        request,
        ReceiptFileForm(request.POST or None, request.FILES or None),
        lambda typed: operations.check_receipt_file(**typed, on=today(), actor=request.actor),
        template="funding/receipt_file_new.html",
        title=_("Liste der Kasse einlesen"),
        intro=_("Zuerst sehen Sie, was gebucht würde. Dieselbe Liste noch einmal ändert nichts."),
        label=_("Ansehen"),
        back=reverse("funding:incoming-payments"),
        done=_("Die Liste ist gelesen; gebucht ist noch nichts."),
        goes_to_made=True,
    )


@gate(among=queries.receipt_files_visible_to, may=permissions.can_take_receipt_file)
def file(request, record):
    """A list before and after it was taken over."""
    found = receipt_lists.of_file(record)
    context = {
        "file": record,
        "found": found,
        "lines": found.new[:PAGE_SIZE],
        "taken": record.receipts.all()[:PAGE_SIZE],
        "can_take": record.status == ReceiptFileStatus.CHECKED and not found.errors and bool(found.new),
    }
    return show(request, "funding/receipt_file.html", context)


@require_POST
@gate(among=queries.receipt_files_visible_to, may=permissions.can_take_receipt_file)
def take_file(request, record):
    return act_at_once(
        request,
        lambda: operations.take_receipt_file(record, on=today(), actor=request.actor),
        back=reverse("funding:incoming-payments"),
        done=_("Gebucht. Was keinen richtigen Verwendungszweck hat, ist ungeklärt."),
    )
