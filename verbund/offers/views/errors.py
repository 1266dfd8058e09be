"""What went wrong, in the language of the address: only pages of the finder and those beside it name one there.

Named as handlers in config/urls.py. 400 and 500 do without the database, as those of core do.
"""

from django.core.exceptions import SuspiciousOperation

from verbund.core import error_pages
from verbund.offers.speaking import answer, language_of, said_in


def bad_request(request, exception=None):
    """400: the request cannot be read; where that is true of its address too, in German."""
    with said_in(_language(request)):
        return error_pages.bad_request(request, exception)


def not_found(request, exception=None):
    """404: not there. In other languages than German with the choice of languages and the way to the finder."""
    language = _language(request)
    if language == "de":
        return error_pages.not_found(request, exception)
    with said_in(language):
        return answer(request, "offers/not_found.html", {}, status=404)


def server_error(request):
    """500: a fault of ours, drawn without the database."""
    with said_in(_language(request)):
        return error_pages.server_error(request)


def _language(request) -> str:
    try:
        return language_of(request)
    except SuspiciousOperation:  # more in the address than anybody reads
        return "de"
