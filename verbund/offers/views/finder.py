"""The public finder: one field for what, one for where, filters in the address, and what fits."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import device
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.offers import finding, missed, reading, stocktaking, versions, ways_on
from verbund.offers.brochure.documents import MOST_ENTRIES
from verbund.offers.forms import finder as form
from verbund.offers.freshness.queries import said_gone
from verbund.offers.models import Offer, OfferText
from verbund.offers.stock import Coming, Stock, fits
from verbund.offers.views import choices, pages

ON_A_PAGE = 20
PAGES_KEPT = 300
CARDS_KEPT = 4_000
DISTANCE = "<km>"


@public
@require_safe
@pages.same_until_changed(versions.newest_change)
def finder(request, moment: pages.Moment):
    """What fits what a visitor looks for, 20 on a page; at most six statements."""
    language, said = moment.language, form.said(request.GET)
    content = _content(tuple(said.items()), language, moment.sign, moment.now)
    wanted, total = content["asked"].wanted, content["total"]
    if not total and content["asked"].page == 1 and request.method == "GET":
        missed.count(wanted, language=language, on=moment.now.date())
    response = show(request, "offers/finder.html", {**content, **pages.around(request, language, said)})
    response["Permissions-Policy"] = device.WITH_POSITION
    return response


@lru_cache(maxsize=PAGES_KEPT)
def _content(said: tuple[tuple[str, str], ...], language: str, sign: str, now: datetime) -> dict:
    """Return what the page says of what was asked for, kept in memory until something changes; the same for all."""
    kept = stocktaking.current(sign, now.date())
    asked = form.read(dict(said), kept)
    if language != "de":
        asked.values[pages.PARAMETER] = language
    found = finding.find(kept, asked.wanted, now=now)
    ways = [] if found.positions else ways_on.ways_on(kept, asked.wanted, now=now)
    page = Paginator(found.positions, ON_A_PAGE).get_page(asked.page)
    context = {
        "asked": asked,
        "found": found,
        "page": page,
        "previous_url": asked.link(seite=page.number - 1) if page.has_previous() else "",
        "next_url": asked.link(seite=page.number + 1) if page.has_next() else "",
        "cards": cards(kept, list(page), found, language=language, now=now),
        "choices": choices.of_page(kept, asked, found, language),
        "alternatives": choices.alternatives(kept, asked, ways, language),
        "language": language,
        "frame": reading.frame_of(language),
        "fits_a_brochure": 0 < found.total <= MOST_ENTRIES,
    }
    html = render_to_string("offers/finder_content.html", context)
    return {"asked": asked, "total": found.total, "heading": _heading(asked), "content": html}


def _heading(asked) -> str:
    """Return the title of the page."""
    if asked.wanted.words:
        return _("Angebote zu „%(words)s“") % {"words": asked.wanted.words}
    return _("Angebote finden")


def cards(kept: Stock, positions: list[int], found: finding.Found, *, language: str, now: datetime) -> list[str]:
    """Return the cards of some entries as HTML; one or two statements where some of them were not made before."""
    coming = {pos: _coming(kept, pos, found.wanted, now) for pos in positions}
    missing = [pos for pos in positions if (pos, language, coming[pos]) not in kept.cards]
    if missing:
        if len(kept.cards) > CARDS_KEPT:
            kept.cards.clear()
            missing = positions
        kept.cards.update(_made(kept, missing, coming, language=language))
    is_rounded = found.wanted.spot is not None and found.wanted.spot.is_rounded
    made = [(pos, html) for pos in positions if (html := kept.cards.get((pos, language, coming[pos])))]
    km = {pos: found.km.get(pos) if _is_here(kept, pos) else None for pos in positions}
    return [_with_distance(html, reading.distance(km[pos], is_rounded=is_rounded)) for pos, html in made]


def _coming(kept: Stock, pos: int, wanted: finding.Wanted, now: datetime) -> reading.When | None:
    """Return the next date in the wanted time, in words: who looks for Tuesdays is told no Monday."""
    day, clock = now.date(), now.time()
    found = kept.next_of(pos, day, clock)
    if any(value is not None and value != "" for value in wanted.when):
        to_come = (one for one in kept.coming.get(pos, ()) if one[0] > day or one[2] > clock)
        found = next((one for one in to_come if _fits(one, wanted, now)), found)
    return reading.when(found, on=day, now=clock)


def _fits(one: Coming, wanted: finding.Wanted, now: datetime) -> bool:
    return fits((one[0] if wanted.wann else one[0].weekday(), *one[1:]), *wanted.when, now)


def _made(kept: Stock, positions: list[int], coming: dict, *, language: str) -> Iterator[tuple[tuple, str]]:
    """Yield the HTML of cards, each with a sign where its distance will stand: no text of an entry can contain it."""
    ids = [kept.ids[pos] for pos in positions]
    names = ("pk", "title", "summary", "status", "paused_until", "checked_on", "is_free")
    chosen = Offer.objects.filter(pk__in=ids).annotate(is_said_gone=said_gone()).values(*names, "is_said_gone")
    rows = {row["pk"]: row for row in chosen}
    texts = {}
    if language != "de":
        found = OfferText.objects.shown_in(language).filter(offer__in=ids)
        texts = {offer: text for offer, *text in found.values_list("offer", "title", "summary", "checked_on")}
    query = pages.query_of(language)
    prefix, template = reverse("offers:finder"), get_template("offers/finder_card.html")
    always = {"frame": reading.frame_of(language)}
    for pos in positions:
        if row := rows.get(kept.ids[pos]):
            card = _card(kept, pos, row, texts.get(row["pk"]), coming[pos], language)
            html = template.render({**always, **card, "url": f"{prefix}{row['pk']}/{query}"})
            yield (pos, language, coming[pos]), html


def _with_distance(html: str, km: str) -> str:
    shown = format_html('<bdi class="offer-card__km">{}</bdi> · ', km) if km else ""
    return mark_safe(html.replace(DISTANCE, shown, 1))  # noqa: S308 - both made by our templates, escaped there


def _is_here(kept: Stock, pos: int) -> bool:
    """Whether an entry has a place whose distance may be told."""
    places = kept.places.get(pos, [])
    return bool(places) and not (places[0].is_protected or places[0].latitude is None)


def _card(
    kept: Stock, pos: int, row: dict, translated: list | None, coming: reading.When | None, language: str
) -> dict:
    places = kept.places.get(pos, [])
    return {
        "number": str(row["pk"]),
        "title": translated[0] if translated else row["title"],
        "german_title": row["title"] if translated else "",
        "is_unchecked": bool(translated) and translated[2] is None,
        "summary": translated[1] if translated else row["summary"],
        "language": reading.tag_of(language) if translated else "de",
        "is_paused": row["status"] == "PAUSED",
        "paused_until": row["paused_until"],
        "is_said_gone": row["is_said_gone"],
        "where": reading.where(places),
        "next": coming,
        "spoken": reading.spoken(kept, pos, language),
        "is_free": row["is_free"],
        "is_step_free": any(place.is_step_free for place in places),
        "checked": reading.checked(row["checked_on"], on=kept.day),
    }
