"""The list of kept entries, its picture for the telephone, and what stands where a page is missing without network."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.permissions import public
from verbund.core.views import show
from verbund.offers import versions
from verbund.offers.forms.finder import clean
from verbund.offers.saved import reading
from verbund.offers.views import pages

PARAMETER = "e"
LONGEST = 400


@public
@require_safe
@pages.same_until_changed(versions.newest_change)
def saved(request, moment: pages.Moment):
    """The entries an address names, in its order; without any the way to a list."""
    language, now = moment.language, moment.now
    listed = _listed(request)
    lines = reading.lines(listed.numbers, language=language, now=now)
    for_list = address_of(listed.numbers, language)
    whole = settings.BASE_URL + for_list
    said = _("Merkliste: %(address)s") % {"address": whole}
    context = {
        **pages.around(request, language, _asked(listed.numbers)),
        "listed": listed,
        "numbers": reading.BETWEEN.join(map(str, listed.numbers)),
        "lines": [{"line": line, "without": _without(line.number, listed.numbers, language)} for line in lines],
        "whole_address": whole,
        "picture": reverse("saved-qr") + _query(listed.numbers, language),
        "by_mail": f"mailto:?subject={quote(_('Merkliste'))}&body={quote(said)}",
        "by_message": f"sms:?&body={quote(said)}",
    }
    response = show(request, "offers/saved/list.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
@require_safe
def qr_code(request):
    """The address of a list as a picture, in the language of the page it was taken from."""
    listed = _listed(request)
    if not listed.numbers:
        raise Http404
    address = settings.BASE_URL + address_of(listed.numbers, pages.language_of(request))
    response = HttpResponse(pages.picture_of(address), content_type="image/svg+xml")
    response["Cache-Control"] = "max-age=86400"
    return response


@public
@require_safe
@pages.same_until_changed(versions.newest_change)
def without_network(request, moment: pages.Moment):
    """What a device shows without network in place of a page it did not keep."""
    return show(request, "offers/saved/offline.html", pages.around(request, moment.language))


def address_of(numbers: list[int], language: str) -> str:
    """Return the address of a list of entries in a language."""
    return reverse("saved") + _query(numbers, language)


def _asked(numbers: list[int]) -> dict[str, str]:
    return {PARAMETER: reading.BETWEEN.join(map(str, numbers))} if numbers else {}


def _query(numbers: list[int], language: str) -> str:
    values = _asked(numbers)
    if language != "de":
        values[pages.PARAMETER] = language
    return "?" + urlencode(values) if values else ""


def _without(number: int, numbers: list[int], language: str) -> str:
    return address_of([one for one in numbers if one != number], language)


def _listed(request) -> reading.Listed:
    typed = request.GET.get(PARAMETER, "")[:LONGEST]
    return reading.listed(typed, more=clean(request.GET.get("dazu", "")))
