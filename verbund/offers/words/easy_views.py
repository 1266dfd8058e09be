"""Writing Leichte Sprache: an entry's text beside the German one, at the centre that keeps the entry."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.offers import queries
from verbund.offers.words import operations, permissions
from verbund.offers.words.forms import TextForm


def kept(actor):
    """Return the entries a person keeps, with what the page says of their partner."""
    return queries.kept_offers(actor).select_related("partner__organisation")


@gate(among=kept, may=lambda actor, _offer: permissions.is_of_a_centre(actor))
def easy_text(request, offer):
    """Write what an entry says in Leichte Sprache; readers see it once a reviewer has checked it."""
    text, back = operations.easy_text_of(offer), reverse("offers:kept-offer", args=[offer.pk])
    form = TextForm(request.POST if request.method == "POST" else None, text=text, seen=operations.sign_of_text(text))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in operations.TEXTS}
        try:
            operations.write_easy_text(offer, said, seen=form.cleaned_data["seen"], actor=request.actor)
        except StaleVersion as refusal:
            return _somebody_was_faster(request, refusal, offer, form)
        messages.success(
            request, _("Gespeichert. Öffentlich steht der Text, sobald die Übersetzungsprüfung ihn gelesen hat.")
        )
        return redirect(back)
    context = {
        "offer": offer,
        "is_shown": offer.is_shown(today()),
        "text": text,
        "form": form,
        "back": back,
        "is_outdated": text.pk is not None and text.source_sha256 != offer.text_sha256(),
        "history": audit.history_of(text) if text.pk else [],
    }
    return show(request, "offers/words/easy_text.html", context, status=422 if form.errors else 200)


def _somebody_was_faster(request, refusal, offer, form):
    """Show the text stored now beside what was typed."""
    stored = operations.easy_text_of(offer)
    changes = [
        {"label": form[name].label, "theirs": getattr(stored, name), "mine": form.cleaned_data[name]}
        for name in operations.TEXTS
        if getattr(stored, name) != form.cleaned_data[name]
    ]
    sentence = _("%(refusal)s Ihre Eingaben stehen unten und sind nicht übernommen.") % {"refusal": refusal}
    return conflict(request, sentence=sentence, changes=changes, back_href=reverse("offers:easy-text", args=[offer.pk]))
