"""What a partner opens by a link mailed to its own address: its public entries, to change them or to write new ones."""

from contextlib import suppress
from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.notifications import UnmailableAddress
from verbund.core.permissions import public
from verbund.core.public_forms import open_form
from verbund.offers import entry as pages_of_entries
from verbund.offers import queries as offers
from verbund.offers.freshness.operations import LinkOver
from verbund.offers.proposals import direct
from verbund.offers.proposals.public_pages import (
    READ_OR_SEND,
    house_of,
    link_over,
    refused,
    start_in_town,
    start_of_change,
)
from verbund.offers.proposals.public_views import form_page
from verbund.offers.speaking import answer, in_language
from verbund.offers.views import pages

PURPOSE = "proposal-mail"
MOST_SHOWN = 200
LINKS_TO_ONE = 3


def of_house(view):
    """Open a page for the partner behind a link; a link that has ended says so."""

    @wraps(view)
    def opened(request, token: str, **captured):
        try:
            partner = house_of(token)
        except LinkOver as refusal:
            return link_over(request, refusal)
        return view(request, partner, token, **captured)

    return opened


@public
@require_safe
@in_language
@of_house
def house(request, partner, token: str):
    """The partner's public entries."""
    found = offers.public_offers(on=today()).filter(partner=partner).order_by("title")
    context = {"partner": partner, "token": token, "offers": found[:MOST_SHOWN]}
    return answer(request, "offers/proposals/house.html", context)


@public
@require_safe
@in_language
@of_house
def house_new(request, partner, token: str):
    return form_page(request, start_in_town("", house=partner), house_token=token)


@public
@require_safe
@in_language
@of_house
def house_change(request, partner, token: str, pk: int):
    return form_page(request, start_of_change(pk, house=partner), house_token=token)


@public
@require_http_methods(READ_OR_SEND)
@in_language
@open_form
def ask_for_link(request, pk: int):
    """Mail the partner of an entry a link to its known address. The page never says whether there is one."""
    offer = pages_of_entries.visible(pk, on=today())
    if offer is None:
        raise Http404
    context = {"offer": offer, "form_token": public_forms.new_token(PURPOSE)}
    if request.method == "POST":
        if over := refused(request, PURPOSE):
            return over
        if public_forms.is_fresh(request, PURPOSE):
            _mail(offer.partner)
            query = pages.query_of(pages.language_of(request))
            joint = "&" if query else "?"
            return redirect(f"{reverse('offers:house-link', args=[pk])}{query}{joint}verschickt=1")
        return answer(request, "offers/proposals/house_link.html", context | {"is_old": True}, status=422)
    return answer(request, "offers/proposals/house_link.html", context)


def _mail(partner) -> None:
    """Mail the link, unless the address got several within the hour or takes no mail."""
    address, now = partner.email, timezone.now()
    if address and public_forms.may_write_to(address, "house-link", of_one=LINKS_TO_ONE, now=now):
        with suppress(UnmailableAddress):  # the centre sees and asks by telephone, as with every other question
            direct.mail_link(partner, on=today())
