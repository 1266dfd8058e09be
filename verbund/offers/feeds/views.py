"""Calendars, feeds and points: the address is read as the finder does; answered is what it finds, or 304."""

from collections.abc import Callable
from datetime import datetime, time

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.dates import BERLIN
from verbund.core.permissions import public
from verbund.offers import entry, finding, stocktaking, versions
from verbund.offers.feeds import atom, calendar, events, points
from verbund.offers.forms import finder as form
from verbund.offers.stock import Stock
from verbund.offers.views import choices, pages

ANSWERS_KEPT = 30
_kept: dict[str, bytes] = {}
CALENDAR, FEED = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8"
POINTS = "application/geo+json"


class Refused(Exception):
    """The address asks for something the search does not know; the text says what."""


def _time_of(request) -> datetime:
    """Return the beginning of the day, or of the ten minutes where the search is for what is still to come today.

    Programs ask every few hours: what they have stays right all day.
    """
    moment = pages.of_ten_minutes(request)
    return moment if "wann" in request.GET else datetime.combine(moment.date(), time(), BERLIN)


@public
@require_safe
@pages.same_until_changed(versions.newest_change, time_of=_time_of)
def calendar_of_search(request, moment: pages.Moment):
    """The dates of the next weeks of what a search finds; at most 17 statements."""

    def make() -> bytes:
        kept, asked, found = _found(request, moment)
        keeps = events.fitting(kept, asked.wanted, now=moment.now)
        rows, is_cut = events.coming(found.ids, on=moment.now.date(), keeps=keeps)
        name = _name(kept, asked, moment.language)
        return calendar.write(rows, name=name, source=_page(asked), language=moment.language, is_cut=is_cut)

    return _answer(request, moment, make, CALENDAR)


@public
@require_safe
@pages.same_until_changed(versions.newest_change, time_of=_time_of)
def feed_of_search(request, moment: pages.Moment):
    """The newest or last changed entries of what a search finds; at most nine statements."""

    def make() -> bytes:
        kept, asked, found = _found(request, moment)
        rows = atom.newest(found.ids, on=moment.now.date())
        here = settings.BASE_URL + request.path + _end(asked)
        name = _name(kept, asked, moment.language)
        return atom.write(rows, kept, name=name, source=_page(asked), here=here, language=moment.language)

    return _answer(request, moment, make, FEED)


@public
@require_safe
@pages.same_until_changed(versions.newest_change, time_of=_time_of, says={"Access-Control-Allow-Origin": "*"})
def points_of_search(request, moment: pages.Moment):
    """What a search finds, at its places, as GeoJSON for maps on other sites; at most 16 statements."""

    def make() -> bytes:
        _kept, asked, found = _found(request, moment)
        rows, is_cut = points.at_places(found.ids, on=moment.now.date())
        return points.write(rows, source=_page(asked), language=moment.language, is_cut=is_cut)

    return _answer(request, moment, make, POINTS)


@public
@require_safe
@pages.same_until_changed(versions.newest_change_of, time_of=_time_of)
def calendar_of_offer(request, moment: pages.Moment, pk: int):
    """The dates of the next weeks of one entry; at most 13 statements."""

    def make() -> bytes:
        offer = entry.visible(pk, on=moment.now.date())
        if offer is None:
            raise Http404
        rows, is_cut = events.coming([pk], on=moment.now.date())
        title = entry.text_of(offer, moment.language).title
        source = pages.whole_address_of(pk, moment.language)
        return calendar.write(rows, name=title, source=source, language=moment.language, is_cut=is_cut)

    return _answer(request, moment, make, CALENDAR)


def _answer(request, moment: pages.Moment, make: Callable[[], bytes], content_type: str) -> HttpResponse:
    """Answer with what `make` returns, kept in memory: many subscribe to the same view, and all ask again after a
    change; with 400 where the address makes no sense."""
    mark = moment.mark_for(request)
    found = _kept.get(mark)
    if found is None:
        try:
            found = make()
        except Refused as refusal:
            return HttpResponse(f"{refusal}\n", status=400, content_type="text/plain; charset=utf-8")
        if len(_kept) >= ANSWERS_KEPT:
            _kept.clear()
        _kept[mark] = found
    return HttpResponse(found, content_type=content_type)


def _found(request, moment: pages.Moment):
    """Return the stock, what was asked for and what fits; raises Refused rather than to fill a calendar with all."""
    kept = stocktaking.current(moment.sign, moment.now.date())
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


def _name(kept: Stock, asked, language: str) -> str:
    """Return what the calendar or feed is called in a list of many: what was looked for, where, with which filters."""
    wanted = asked.wanted
    parts = [f"„{wanted.words}“"] if wanted.words else []
    parts += [wanted.spot.name] if wanted.spot else []
    parts += [choices.label_of(kept, asked, name, language) for name in wanted.chosen]
    return _("Angebote: %(search)s") % {"search": ", ".join(parts)} if parts else _("Angebote")
