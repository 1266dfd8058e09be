"""Calendars, feeds and points: the address is read as the finder does; answered is what it finds, or 304."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.dates import BERLIN
from verbund.core.permissions import public
from verbund.offers import entry, finding, indexing, reading, stock
from verbund.offers.feeds import atom, calendar, events, points
from verbund.offers.forms import finder as form
from verbund.offers.views import choices, pages

ANSWERS_KEPT = 30
_kept: dict[str, bytes] = {}
CALENDAR, FEED = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8"
POINTS = "application/geo+json"


@dataclass(frozen=True)
class Moment:
    """What an answer depends on besides its address: language, sign of the newest change, time in Berlin."""

    language: str
    sign: str
    now: datetime


class Refused(Exception):
    """The address asks for something the search does not know; the text says what."""


@public
@require_safe
def calendar_of_search(request):
    """The dates of the next weeks of what a search finds; at most 17 statements."""

    def make(moment: Moment) -> bytes:
        kept, asked, found = _found(request, moment)
        keeps = events.fitting(kept, asked.wanted, now=moment.now)
        rows, is_cut = events.coming(found.ids, on=moment.now.date(), keeps=keeps)
        name = _name(kept, asked, moment.language)
        return calendar.write(rows, name=name, source=_page(asked), language=moment.language, is_cut=is_cut)

    return _answer(request, make, CALENDAR)


@public
@require_safe
def feed_of_search(request):
    """The newest or last changed entries of what a search finds; at most nine statements."""

    def make(moment: Moment) -> bytes:
        kept, asked, found = _found(request, moment)
        rows = atom.newest(found.ids, on=moment.now.date())
        here = settings.BASE_URL + request.path + _end(asked)
        name = _name(kept, asked, moment.language)
        return atom.write(rows, kept, name=name, source=_page(asked), here=here, language=moment.language)

    return _answer(request, make, FEED)


@public
@require_safe
def points_of_search(request):
    """What a search finds, at its places, as GeoJSON for maps on other sites; at most 16 statements."""

    def make(moment: Moment) -> bytes:
        _kept, asked, found = _found(request, moment)
        rows, is_cut = points.at_places(found.ids, on=moment.now.date())
        return points.write(rows, source=_page(asked), language=moment.language, is_cut=is_cut)

    response = _answer(request, make, POINTS)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
def calendar_of_offer(request, pk: int):
    """The dates of the next weeks of one entry; at most 13 statements."""

    def make(moment: Moment) -> bytes:
        offer = entry.visible(pk, on=moment.now.date())
        if offer is None:
            raise Http404
        rows, is_cut = events.coming([pk], on=moment.now.date())
        title = entry.text_of(offer, moment.language).title
        source = pages.whole_address_of(pk, moment.language)
        return calendar.write(rows, name=title, source=source, language=moment.language, is_cut=is_cut)

    return _answer(request, make, CALENDAR)


def _answer(request, make: Callable[[Moment], bytes], content_type: str) -> HttpResponse:
    """Answer with what `make` returns; with 304 where nothing changed, with 400 where the address makes no sense.

    The answer is the same for all and, unless it asks for "today", the same all day: programs ask every few hours.
    """
    moment = Moment(pages.language_of(request), indexing.newest_change(), _now(request))
    etag = pages.etag_of(request, moment.sign, moment.now)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    with translation.override(reading.frame_of(moment.language)):
        try:
            response = HttpResponse(_written(etag, lambda: make(moment)), content_type=content_type)
        except Refused as refusal:
            return HttpResponse(f"{refusal}\n", status=400, content_type="text/plain; charset=utf-8")
    response["ETag"], response["Cache-Control"], response["Content-Language"] = etag, "no-cache", moment.language
    return response


def _written(etag: str, make: Callable[[], bytes]) -> bytes:
    """Return an answer kept in memory: many subscribe to the same view, and all ask again after a change."""
    found = _kept.get(etag)
    if found is None:
        found = make()
        if len(_kept) >= ANSWERS_KEPT:
            _kept.clear()
        _kept[etag] = found
    return found


def _now(request) -> datetime:
    """Return the beginning of the day, or of the ten minutes where the search is for what is still to come today."""
    moment = pages.now()
    if "wann" in request.GET:
        return pages.without_minutes(moment)
    return datetime.combine(moment.date(), time(), BERLIN)


def _found(request, moment: Moment):
    """Return the stock, what was asked for and what fits; raises Refused rather than to fill a calendar with all."""
    kept = stock.current(moment.sign, moment.now.date())
    typed = request.GET.copy()
    typed.pop("seite", None)
    asked = form.read(typed, kept)
    if asked.refused:
        raise Refused(" ".join(asked.refused))
    if moment.language != "de":
        asked.values[pages.PARAMETER] = moment.language
    return kept, asked, finding.find(kept, asked.wanted, now=moment.now)


def _end(asked) -> str:
    end = asked.link()
    return "" if end == "?" else end


def _page(asked) -> str:
    return settings.BASE_URL + reverse("offers:finder") + _end(asked)


def _name(kept: stock.Stock, asked, language: str) -> str:
    """Return what the calendar or feed is called in a list of many: what was looked for, where, with which filters."""
    wanted = asked.wanted
    parts = [f"„{wanted.words}“"] if wanted.words else []
    parts += [wanted.spot.name] if wanted.spot else []
    parts += [choices.label_of(kept, asked, name, language) for name in wanted.chosen]
    return _("Angebote: %(search)s") % {"search": ", ".join(parts)} if parts else _("Angebote")
