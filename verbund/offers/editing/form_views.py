"""Writing an entry: the one form, rows added to it, the preview, and what happens when two people write at once."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.offers import operations, place_operations
from verbund.offers.content import OfferContent
from verbund.offers.editing import access, hints
from verbund.offers.editing.entry import MOST_PLACES, ROWS, Entry, grown
from verbund.offers.editing.reading import Reader, changes_between
from verbund.offers.models import Offer
from verbund.offers.permissions import is_of_partner
from verbund.offers.proposals import direct

SEEN_TWINS = "doppelt"
"""The posted field that says which possible duplicates were on the screen."""


def _new_entry(request, data=None) -> Entry:
    partners = list(access.kept_partners(request.actor))
    return Entry(data, partners=partners, places=access.places(request.actor), initial=_chosen_partner(request))


def _chosen_partner(request) -> dict:
    return {"partner": request.GET.get("anbieter", "")[:10]} if request.method == "GET" else {}


def _stored_entry(request, offer: Offer, data=None) -> Entry:
    initial = {"version": offer.version, "partner": str(offer.partner_id)}
    content = OfferContent.of(offer)
    places = access.places(request.actor)
    return Entry(data, partners=[offer.partner], places=places, content=content, initial=initial)


@gate(may=access.keeps_offers)
def new(request):
    """A new entry: saved as a draft. What may be the same is shown once, then it can be saved all the same."""
    if not access.kept_partners(request.actor).exists():
        return show(request, "offers/editing/no_partner.html", {"is_of_a_centre": access.is_of_a_centre(request.actor)})
    entry = _new_entry(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and entry.is_valid():
        partner = access.kept_partners(request.actor).get(pk=entry.form.cleaned_data["partner"])
        twins = _twins_not_seen(request, entry, partner)
        if twins:
            return _form(request, entry, twins=twins)
        try:
            offer = _create(entry, partner, request.actor)
        except DomainError as refusal:
            show_on(entry.form, refusal)
        else:
            messages.success(request, _("Gespeichert als Entwurf. Er ist noch nicht öffentlich."))
            return redirect("offers:kept-offer", pk=offer.pk)
    return _form(request, entry)


@transaction.atomic
def _create(entry: Entry, partner, actor) -> Offer:
    content = entry.content(_maker_of_places(partner.centre, actor))
    return operations.create_offer(partner, content, on=today(), actor=actor)


def _maker_of_places(centre, actor):
    return lambda form: place_operations.create_place(centre, form.values(), actor=actor).pk


def _twins_not_seen(request, entry: Entry, partner) -> list:
    """Return what may be the same, unless exactly that was on the screen already."""
    content = entry.content(lambda _form: 0)
    twins = hints.possible_duplicates(request.actor, content, partner=partner)
    return [] if request.POST.get(SEEN_TWINS) == _key_of(twins) else twins


def _key_of(twins) -> str:
    return ",".join(str(twin.pk) for twin in twins)


@gate(among=access.kept, may=access.can_edit)
def edit(request, offer):
    """Change a stored entry; of two people who do so the second sees what the first has saved."""
    entry = _stored_entry(request, offer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and entry.is_valid():
        try:
            _save(entry, offer, request.actor)
        except StaleVersion:
            return _somebody_was_faster(request, entry, offer)
        except DomainError as refusal:
            show_on(entry.form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("offers:kept-offer", pk=offer.pk)
    return _form(request, entry, offer=offer)


@transaction.atomic
def _save(entry: Entry, offer: Offer, actor) -> None:
    content = entry.content(_maker_of_places(offer.partner.centre, actor))
    seen = entry.form.cleaned_data["version"] or 0
    before = OfferContent.of(Offer.objects.get(pk=offer.pk))
    operations.edit_offer(offer, content, seen=seen, on=today(), actor=actor)
    if offer.is_public and is_of_partner(actor, offer.partner):
        direct.note_direct(offer, base=before, on=today(), actor=actor)


def _somebody_was_faster(request, entry: Entry, offer: Offer):
    """Show who saved and everything that differs, old beside typed."""
    stored = OfferContent.of(Offer.objects.get(pk=offer.pk))
    changes = changes_between(stored, entry.content(lambda _form: -1), entry.words)
    newest = audit.history_of(offer, limit=1)
    sentence = _("%(who)s hat inzwischen gespeichert. Ihre Eingaben stehen unten und sind nicht übernommen.")
    who = newest[0]["who"] if newest else _("Jemand anderes")
    back = reverse("offers:edit", args=[offer.pk])
    return conflict(request, sentence=sentence % {"who": who}, changes=changes, back_href=back)


@require_POST
@gate(may=access.keeps_offers)
def new_rows(request, what):
    """Give the form back with one more row; nothing is saved or judged."""
    return _form(request, _new_entry(request, _grown(request, what)).quiet())


@require_POST
@gate(among=access.kept, may=access.can_edit)
def edit_rows(request, offer, what):
    return _form(request, _stored_entry(request, offer, _grown(request, what)).quiet(), offer=offer)


def _grown(request, what: str):
    if not ROWS.fullmatch(what):
        raise Http404
    return grown(request.POST, what)


@require_POST
@gate(may=access.keeps_offers)
def new_preview(request):
    """Show what was typed as the public will read it, above the form; nothing is saved."""
    return _preview(request, _new_entry(request, request.POST))


@require_POST
@gate(among=access.kept, may=access.can_edit)
def edit_preview(request, offer):
    return _preview(request, _stored_entry(request, offer, request.POST), offer=offer)


def _preview(request, entry: Entry, offer=None):
    if not entry.is_valid():
        return _form(request, entry, offer=offer)
    content = entry.content(lambda _form: -1)
    reading = Reader(entry.words, [content]).page(content)
    for place, block in zip(reading["places"], [block for block in entry.blocks if not block.is_empty], strict=True):
        if block.makes_place:
            place["name"] = block.new.as_read()
    return _form(request, entry, offer=offer, reading=reading, hints=hints.contact_hints(content.values))


def _form(request, entry: Entry, *, offer=None, twins=(), **context):
    """Show the form; `offer` is the stored entry it belongs to, None for a new one."""
    if offer is None:
        addresses = {"save": reverse("offers:new"), "preview": reverse("offers:new-preview")}
        addresses |= {"rows": reverse("offers:new") + "zeilen/", "back": reverse("offers:kept")}
    else:
        addresses = {"save": reverse("offers:edit", args=[offer.pk])}
        addresses |= {"preview": reverse("offers:edit-preview", args=[offer.pk]), "rows": addresses["save"] + "zeilen/"}
        addresses |= {"back": reverse("offers:kept-offer", args=[offer.pk])}
    errors = entry.errors
    context |= {
        "entry": entry,
        "form": entry.form,
        "offer": offer,
        "errors": errors,
        "addresses": addresses,
        "twins": twins,
        "twins_key": _key_of(twins),
        "can_add_places": len(entry.blocks) < MOST_PLACES,
    }
    return show(request, "offers/editing/form.html", context, status=422 if errors else 200)
