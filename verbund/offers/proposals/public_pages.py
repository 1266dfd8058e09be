"""What the public pages of proposals have in common: language, limits, freshness, and what a form is about."""

from functools import wraps

from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.views import show
from verbund.directory.models import Centre, Municipality
from verbund.offers import entry as pages_of_entries
from verbund.offers import reading
from verbund.offers.freshness.operations import LinkOver
from verbund.offers.models import Offer
from verbund.offers.proposals import direct, drafts, queries
from verbund.offers.proposals.entry import Start
from verbund.offers.views import pages

READ_OR_SEND = ["GET", "HEAD", "POST"]
LIMITS = {
    # what is sent: (by one sender in an hour, by all)
    "proposal": (40, 600),
    "proposal-draft": (1_500, 60_000),
    "proposal-answer": (60, 1_000),
    "proposal-mail": (20, 600),
}
MAILS_TO_ONE = 6
"""How many mails these forms may send to one address in an hour."""


def in_language(view):
    """Speak the language of the address on a page around which no entry is shown."""

    @wraps(view)
    def spoken(request, *args, **captured):
        with translation.override(reading.frame_of(pages.language_of(request))):
            return view(request, *args, **captured)

    return spoken


def answer(request, template: str, context: dict, *, status: int = 200):
    """Show a public page that search engines leave alone, with the choice of languages where nothing typed is lost."""
    language = pages.language_of(request)
    context = {
        **pages.frame(request, language),
        "form_field": public_forms.FIELD,
        **context,
    }
    if request.method == "POST":
        context["languages"] = []
    response = show(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def refused(request, purpose: str):
    """Return the page that asks to wait where too many forms of a kind came; otherwise None."""
    of_one, of_all = LIMITS[purpose]
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


def start_of(said) -> Start:
    """Return what a form is about, from its hidden fields. Raises Http404, LinkOver."""
    if token := said.get(drafts.HOUSE):
        return _start_of_house(token, said)
    if pk := said.get(drafts.OFFER):
        return start_of_change(number_of(pk))
    return start_in_town(said.get(drafts.TOWN, ""))


def _start_of_house(token: str, said) -> Start:
    house = house_of(token)
    if pk := said.get(drafts.OFFER):
        return start_of_change(number_of(pk), house=house)
    return start_in_town(said.get(drafts.TOWN, ""), house=house)


def house_of(token: str):
    """Return the partner behind a link. Raises Http404 for a link that never was, LinkOver for one that ended."""
    house = direct.house_of(token, on=today())
    if house is None:
        raise Http404
    return house.partner


def start_in_town(key: str, *, house=None) -> Start:
    """Begin a new entry; the town decides which centre is responsible, of a partner its own."""
    town = Municipality.objects.filter(pk=key[:8]).first()
    if house:
        return Start(_centre(house.centre_id), town=town, house=house)
    centre = queries.centre_for(town) if town else None
    if centre is None:
        raise Http404
    return Start(centre, town=town)


def start_of_change(pk: int, *, house=None) -> Start:
    """Begin a change of an entry that everybody may read; by a link, of one's own."""
    offer: Offer | None = pages_of_entries.visible(pk, on=today())
    if offer is None or (house and offer.partner_id != house.pk):
        raise Http404
    return Start(_centre(offer.partner.centre_id), offer=offer, house=house)


def _centre(pk: int) -> Centre:
    return Centre.objects.select_related("organisation").get(pk=pk)


def number_of(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def link_over(request, refusal: LinkOver):
    """410: a link of a partner that has ended."""
    return answer(request, "offers/proposals/link_over.html", {"sentence": str(refusal)}, status=410)
