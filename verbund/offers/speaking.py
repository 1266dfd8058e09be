"""Public pages beside the finder that speak its languages, without account and without cookie.

For this app and for those above it: the language stands in the address, as in the finder.
"""

from functools import wraps

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from verbund.core import public_forms
from verbund.core.views import show
from verbund.offers import reading
from verbund.offers.reading import PAGE_LANGUAGES
from verbund.offers.views import pages
from verbund.offers.views.pages import language_of, query_of

__all__ = [
    "PAGE_LANGUAGES",
    "answer",
    "in_language",
    "is_fresh",
    "language_of",
    "query_of",
    "refused",
    "refused_recipient",
    "said_in",
]

MAILS_TO_ONE = 6
"""How many mails these forms may send to one address in an hour."""


def in_language(view):
    """Speak the language of the address on a page around which no entry is shown."""

    @wraps(view)
    def spoken(request, *args, **captured):
        with said_in(language_of(request)):
            return view(request, *args, **captured)

    return spoken


def said_in(language: str):
    """Return the context in which texts are in a language of the finder; German where it is none."""
    return translation.override(reading.frame_of(language))


def answer(request, template: str, context: dict, *, status: int = 200):
    """Show a public page that search engines leave alone, with the choice of languages where nothing typed is lost."""
    language = language_of(request)
    context = {
        **pages.frame(request, language),
        "form_field": public_forms.FIELD,
        **context,
    }
    if request.method == "POST":
        context["languages"] = []
    response = show(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = reading.frame_of(language)
    return response


def refused(request, purpose: str, *, of_one: int, of_all: int):
    """Return the page that asks to wait where too many forms of a kind came in an hour; otherwise None."""
    if public_forms.may_send(request, purpose, of_one=of_one, of_all=of_all, now=timezone.now()):
        return None
    return answer(request, "offers/proposals/too_many.html", {}, status=429)


def refused_recipient(request, address: str):
    """Return that page where one address would get too many mails; otherwise None."""
    if not address or public_forms.may_write_to(address, "mail-to", of_one=MAILS_TO_ONE, now=timezone.now()):
        return None
    return answer(request, "offers/proposals/too_many.html", {}, status=429)


def is_fresh(request, purpose: str, form) -> bool:
    """Whether the form is not too old; if it is, it says so and keeps what was typed."""
    if public_forms.is_fresh(request, purpose):
        return True
    form.add_error(None, _("Die Seite war länger als einen Tag offen. Bitte senden Sie Ihre Angaben noch einmal ab."))
    return False
