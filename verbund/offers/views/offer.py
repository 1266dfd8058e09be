"""An entry as a page, as a picture for the telephone's camera, and on paper."""

from datetime import datetime
from functools import lru_cache

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.offers import entry, versions
from verbund.offers.opendata import jsonld
from verbund.offers.views import pages

PAGES_KEPT = 500


@public
@require_safe
@pages.same_until_changed(versions.newest_change_of)
def offer(request, moment: pages.Moment, pk: int):
    """An entry: what to do next, where and when, and how sure that is."""
    return _show(request, pk, "offers/offer.html", moment)


@public
@require_safe
@pages.same_until_changed(versions.newest_change_of)
def print_page(request, moment: pages.Moment, pk: int):
    """An entry on paper, with the picture that leads back to it."""
    return _show(request, pk, "offers/offer_print.html", moment)


@public
@require_safe
def qr_code(request, pk: int):
    """The address of an entry as a picture, in the language of the page it was taken from."""
    if entry.visible(pk, on=today()) is None:
        raise Http404
    address = pages.whole_address_of(pk, pages.language_of(request))
    response = HttpResponse(pages.picture_of(address), content_type="image/svg+xml")
    response["Cache-Control"] = "max-age=86400"
    return response


def _show(request, pk: int, template: str, moment: pages.Moment):
    language = moment.language
    content = _content(pk, language, moment.sign, moment.now)
    if content is None:
        return _over(request, pk, moment)
    context = {
        **content,
        **pages.around(request, language),
        "report_url": _address_of("offers:report", pk),
        "shown_address": pages.whole_address_of(pk, language),
        "structured_data": jsonld.script(pk, request.build_absolute_uri("/")[:-1], moment.sign, moment.now.date()),
    }
    return show(request, template, context)


def _over(request, pk: int, moment: pages.Moment):
    """Say that an entry is over, and where to look on: links on paper and on telephones still lead here."""
    found = entry.ended(pk, language=moment.language, on=moment.now.date())
    if found is None:
        raise Http404
    return show(request, "offers/offer_over.html", {**pages.frame(request, moment.language), **found}, status=410)


@lru_cache(maxsize=PAGES_KEPT)
def _content(pk: int, language: str, sign: str, now: datetime) -> dict | None:
    """Return what the page says, kept in memory until something changes; None where there is no such entry."""
    found = entry.visible(pk, on=now.date())
    return entry.page_of(found, language=language, now=now) if found else None


def _address_of(name: str, pk: int) -> str:
    """Return the address of a page of an entry; empty where there is no such page."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
