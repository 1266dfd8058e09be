"""The public finder: one field for what, one for where, filters in the address, and what fits."""

from datetime import datetime
from functools import lru_cache

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.permissions import public
from verbund.core.views import show
from verbund.offers import finding, missed, reading, stock
from verbund.offers.forms import finder as form
from verbund.offers.freshness.queries import said_gone
from verbund.offers.models import Offer, OfferText
from verbund.offers.views import choices, pages

ON_A_PAGE = 20
PAGES_KEPT = 300


@public
@require_safe
def finder(request):
    """What fits what a visitor looks for, 20 on a page; at most six statements."""
    return pages.answer(request, lambda language, sign, now: _page(request, language, sign, now))


def _page(request, language: str, sign: str, now: datetime):
    content = _content(request.GET.urlencode(), language, sign, pages.without_minutes(now))
    wanted, total = content["asked"].wanted, content["total"]
    if not total and content["asked"].page == 1 and request.method == "GET":
        missed.count(wanted, language=language, on=now.date())
    context = {**content, "languages": pages.languages(request, language), "shown_in": language}
    return show(request, "offers/finder.html", context)


@lru_cache(maxsize=PAGES_KEPT)
def _content(query: str, language: str, sign: str, now: datetime) -> dict:
    """Return what the page says of what was asked for, kept in memory until something changes; the same for all."""
    kept = stock.current(sign, now.date())
    asked = form.read(QueryDict(query), kept)
    if language != "de":
        asked.values[pages.PARAMETER] = language
    found = finding.find(kept, asked.wanted, now=now)
    page = Paginator(found.positions, ON_A_PAGE).get_page(asked.page)
    context = {
        "asked": asked,
        "found": found,
        "page": page,
        "previous_url": asked.link(seite=page.number - 1) if page.has_previous() else "",
        "next_url": asked.link(seite=page.number + 1) if page.has_next() else "",
        "cards": cards(kept, list(page), language=language, now=now, km=found.km),
        "choices": choices.of_page(kept, asked, found, language),
        "alternatives": choices.alternatives(kept, asked, found, language),
        "language": language,
        "frame": language if language in reading.FRAME_LANGUAGES else "de",
    }
    html = render_to_string("offers/finder_content.html", context)
    return {"asked": asked, "total": found.total, "heading": _heading(asked), "content": html}


def _heading(asked) -> str:
    """Return the title of the page."""
    if asked.wanted.words:
        return _("Angebote zu „%(words)s“") % {"words": asked.wanted.words}
    return _("Angebote finden")


def cards(kept: stock.Stock, positions: list[int], *, language: str, now: datetime, km: dict) -> list[dict]:
    """Return what the cards of some entries say, in the given order; one statement, two in another language."""
    ids = [kept.ids[pos] for pos in positions]
    names = ("pk", "title", "summary", "status", "paused_until", "checked_on", "is_free", "partner__organisation__name")
    chosen = Offer.objects.filter(pk__in=ids).annotate(is_said_gone=said_gone()).values(*names, "is_said_gone")
    rows = {row["pk"]: row for row in chosen} if ids else {}
    texts = {}
    if language != "de" and ids:
        found = OfferText.objects.filter(offer__in=ids, language=language)
        texts = {offer: (title, summary) for offer, title, summary in found.values_list("offer", "title", "summary")}
    query = f"?{pages.PARAMETER}={language}" if language != "de" else ""
    prefix = reverse("offers:finder")
    return [
        _card(kept, pos, rows[kept.ids[pos]], texts, now, km, language) | {"url": f"{prefix}{kept.ids[pos]}/{query}"}
        for pos in positions
        if kept.ids[pos] in rows
    ]


def _card(kept: stock.Stock, pos: int, row: dict, texts: dict, now: datetime, km: dict, language: str) -> dict:
    places = kept.places.get(pos, [])
    translated = texts.get(row["pk"])
    is_here = bool(places) and not (places[0].is_protected or places[0].latitude is None)
    return {
        "title": translated[0] if translated else row["title"],
        "german_title": row["title"] if translated else "",
        "summary": translated[1] if translated else row["summary"],
        "language": language if translated else "de",
        "is_paused": row["status"] == "PAUSED",
        "paused_until": row["paused_until"],
        "is_said_gone": row["is_said_gone"],
        "partner": row["partner__organisation__name"],
        "where": reading.where(places),
        "km": reading.distance(km.get(pos)) if is_here else "",
        "next": reading.when(kept.next_of(pos, now.date(), now.time()), on=now.date()),
        "spoken": reading.spoken(kept, pos, language),
        "is_free": row["is_free"],
        "is_step_free": any(place.is_step_free for place in places),
        "checked": reading.checked(row["checked_on"], on=now.date()),
    }
