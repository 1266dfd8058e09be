"""Pages about who pays: saying it for an offer, and which offers a notice pays for."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.error_pages import conflict
from verbund.core.errors import DomainError, show_on
from verbund.core.form_rows import SeenForm
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.funding.queries import notices_visible_to
from verbund.offers.editing import access
from verbund.offers.paying import operations, permissions, queries
from verbund.offers.paying.forms import Choices, payer_rows
from verbund.offers.paying.reading import lines


@gate(among=access.kept, may=permissions.says_who_pays)
def payers(request, offer):
    """Say who pays for an entry, all of it at once."""
    stored = operations.stored_payers(offer)
    choices = Choices(queries.notices_for(offer, request.actor))
    typed = request.POST if request.method == "POST" else None
    form = SeenForm(typed, initial={"seen": operations.sign_of(stored)})
    rows = payer_rows(typed, stored, choices)
    back = reverse("offers:kept-offer", args=[offer.pk])
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            operations.say_who_pays(offer, rows.as_content(), seen=form.cleaned_data["seen"], actor=request.actor)
        except StaleVersion as refusal:
            return _somebody_was_faster(request, refusal, offer)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(f"{back}#bezahlt")
    is_refused = bool(form.errors or (rows.is_bound and not rows.is_valid()))
    context = {"offer": offer, "form": form, "rows": rows, "back": back}
    return show(request, "offers/paying/payers.html", context, status=422 if is_refused else 200)


def _somebody_was_faster(request, refusal, offer):
    """Show what is stored now, and everything that was typed, to be copied."""
    now = "\n".join(line["text"] for line in lines(offer.fundings.select_related("programme", "notice")))
    sentence = _("%(refusal)s Jetzt steht dort: %(now)s") % {"refusal": refusal, "now": now or _("nichts")}
    return conflict(request, sentence=sentence, back_href=reverse("offers:payers", args=[offer.pk]))


@require_safe
@gate(among=notices_visible_to)
def paid_by_notice(request, notice):
    """Which offers a grant pays for, by cost item; only offers this person may open."""
    found = lines(queries.paid_by(notice, request.actor))
    kept = access.keeps_offers(request.actor) and request.actor.organisation_id
    for line in found:
        offer = line["row"].offer
        if kept and offer.partner.centre_id == kept:
            line["url"] = reverse("offers:kept-offer", args=[offer.pk])
        elif offer.is_public:
            line["url"] = offer.get_absolute_url()
    return show(request, "offers/paying/paid_by_notice.html", {"notice": notice, "lines": found})
