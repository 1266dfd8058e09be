"""One change for many entries: choose in the list, see old and new, apply, undo for a day."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.core.acts import act_at_once
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.form_rows import day_field
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.offers import bulk_operations
from verbund.offers.bulk_operations import FIELDS, What
from verbund.offers.editing import access, listing
from verbund.offers.editing.entry_forms import read_phone
from verbund.offers.editing.reading import DASH, shown

ALL = "alle"
"""The posted field that takes all entries of the list as it is filtered, on whatever page they stand."""

SEEN = "stand-"
"""Before the number of an entry: the posted field with its version on the preview."""


class BulkForm(forms.Form):
    """What to set for all; only the field that belongs to `what` counts."""

    what = forms.ChoiceField(label=gettext_lazy("Was ändern?"), choices=What)
    valid_until = day_field(gettext_lazy("läuft bis"), required=False, help_text=gettext_lazy("leer: ohne Ende"))
    contact = forms.CharField(label=gettext_lazy("Ansprechstelle"), max_length=120, required=False)
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=40, required=False)
    note = forms.CharField(
        label=gettext_lazy("Hinweis zur Prüfung"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("zum Beispiel: am Telefon mit dem Büro besprochen"),
    )

    def clean_phone(self):
        return read_phone(self.cleaned_data["phone"])

    def value(self) -> date | str | None:
        typed = self.cleaned_data
        values = {What.VALID_UNTIL: typed["valid_until"], What.CONTACT: typed["contact"], What.PHONE: typed["phone"]}
        return values.get(typed["what"])


@require_POST
@gate(may=access.keeps_offers)
def choose(request):
    """Ask what to change for the chosen entries, or for all of the list."""
    offers = _all(request) if request.POST.get(ALL) == "1" else _chosen(request)
    if not offers:
        messages.info(request, _("Wählen Sie zuerst Einträge in der Liste aus."))
        return redirect("offers:kept")
    return show(request, "offers/editing/bulk_choose.html", {"offers": offers, "form": BulkForm()})


@require_POST
@gate(may=access.keeps_offers)
def preview(request):
    """Show old and new for each entry, and which cannot be changed and why; nothing is saved."""
    offers, form = _chosen(request), BulkForm(request.POST)
    if not form.is_valid():
        context = {"offers": offers, "form": form}
        return show(request, "offers/editing/bulk_choose.html", context, status=422)
    rows = [_row(offer, form, request.actor) for offer in offers]
    context = {
        "form": form,
        "rows": rows,
        "offers": offers,
        "label": What(form.cleaned_data["what"]).label,
        "possible": sum(not row["why_not"] for row in rows),
    }
    return show(request, "offers/editing/bulk_preview.html", context)


def _row(offer, form: BulkForm, actor) -> dict:
    what, value, on = form.cleaned_data["what"], form.value(), today()
    why_not = ""
    try:
        bulk_operations.check_change(offer, what, value, on=on, actor=actor)
    except DomainError as refusal:
        why_not = str(refusal)
    name = FIELDS.get(what)
    old = shown(name, getattr(offer, name)) if name else shown("checked_on", offer.checked_on)
    new = shown(name, value) if name else f"{on:%d.%m.%Y}"
    return {
        "offer": offer,
        "old": old,
        "new": new or DASH,
        "why_not": why_not,
        "is_same": bool(name) and old == new,
        "disappears": what == What.VALID_UNTIL and bool(value) and value < on and offer.is_shown(on),
    }


@require_POST
@gate(may=access.keeps_offers)
def apply(request):
    """Change all that were on the preview, each by itself; then show what came of it."""
    offers, form = _chosen(request), BulkForm(request.POST)
    if not form.is_valid():
        return show(request, "offers/editing/bulk_choose.html", {"offers": offers, "form": form}, status=422)
    change = bulk_operations.change_many(
        offers,
        form.cleaned_data["what"],
        form.value(),
        note=form.cleaned_data["note"],
        seen={offer.pk: _version(request.POST.get(f"{SEEN}{offer.pk}", "")) for offer in offers},
        on=today(),
        at=timezone.now(),
        actor=request.actor,
    )
    return redirect("offers:bulk", pk=change.pk)


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _all(request) -> list:
    """Return all entries of the list that the address describes. Raises Http404 for more than go at once."""
    wanted, on = listing.Wanted.from_address(request.GET), today()
    found = listing.ordered(listing.found(access.kept(request.actor), wanted, on=on), wanted, on=on)
    offers = list(found[: listing.MOST_AT_ONCE + 1])
    if len(offers) > listing.MOST_AT_ONCE:
        raise Http404
    return offers


def _chosen(request) -> list:
    """Return the chosen entries; a list with one that is not kept by this person does not exist."""
    typed = request.POST.getlist("angebot")
    ids = {int(text) for text in typed if text.isascii() and text.isdecimal() and len(text) < 15}
    if len(ids) != len(set(typed)) or len(ids) > listing.MOST_AT_ONCE:
        raise Http404
    offers = list(access.kept(request.actor).filter(pk__in=ids).order_by("title", "pk"))
    if len(offers) != len(ids):
        raise Http404
    return offers


@require_safe
@gate(among=access.bulk_changes)
def bulk(request, change):
    """What came of a change of many: done, refused, put back."""
    rows = list(change.rows.select_related("offer__partner__organisation"))
    context = {
        "change": change,
        "done": [row for row in rows if not row.refusal],
        "refused": [row for row in rows if row.refusal],
        "can_undo": not change.undone_at and timezone.now() - change.made_at <= bulk_operations.UNDO_FOR,
        "undo_until": change.made_at + bulk_operations.UNDO_FOR,
    }
    return show(request, "offers/editing/bulk.html", context)


@require_POST
@gate(among=access.bulk_changes)
def undo(request, change):
    return act_at_once(
        request,
        lambda: bulk_operations.undo_many(change, on=today(), at=timezone.now(), actor=request.actor),
        back=reverse("offers:bulk", args=[change.pk]),
        done=_("Rückgängig gemacht, wo seitdem niemand etwas geändert hat."),
    )
