"""Dates written as iCalendar (RFC 5545, RFC 7986), so that a telephone shows them among its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from verbund.core.calendars import berlin_time_zone
from verbund.core.dates import BERLIN
from verbund.offers import entry
from verbund.offers.feeds import words
from verbund.offers.feeds.events import Event
from verbund.offers.freshness.queries import said_gone
from verbund.offers.models import Offer, OfferAtPlace
from verbund.offers.views.pages import whole_address_of

if TYPE_CHECKING:
    import icalendar

MADE_BY = "-//Verbund//Angebote//DE"
ASKED_AGAIN_AFTER = timedelta(hours=6)
"""How often a calendar that is subscribed to should ask for changes."""


def write(events: list[Event], *, name: str, source: str, language: str, is_cut: bool = False) -> bytes:
    """Return dates as a calendar; `source` is the page they come from, `is_cut` says that there are more.

    Three statements, two without dates in another language than German. The same dates give the same bytes.
    """
    import icalendar  # only a calendar pays for it, not every start

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", words.line(name))
    calendar.add("x-wr-calname", words.line(name))
    calendar.add("x-wr-timezone", str(BERLIN))
    calendar.add("description", _about(is_cut=is_cut))
    calendar.add("url", source)
    calendar.add("refresh-interval", ASKED_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(berlin_time_zone())
    for one in _described(events, language):
        calendar.add_component(one)
    return calendar.to_ical()


def _about(*, is_cut: bool) -> str:
    said = _("Termine der nächsten acht Wochen.")
    if is_cut:
        said += " " + _("Es sind mehr, als ein Kalender zeigen kann: Hier stehen die nächsten 500. Suchen Sie enger.")
    return said


def _described(events: list[Event], language: str) -> "Iterable[icalendar.Event]":
    places = OfferAtPlace.objects.select_related("place__municipality").in_bulk({one.at for one in events})
    rows = Offer.objects.select_related("partner__organisation").annotate(is_said_gone=said_gone())
    offers = rows.in_bulk({one.offer for one in events})
    texts = words.translated(offers, language)
    for one in events:
        if one.at in places and one.offer in offers:
            offer = offers[one.offer]
            yield _event(one, places[one.at], offer, texts.get(offer.pk), language)


def _event(one: Event, at: OfferAtPlace, offer: Offer, text, language: str) -> "icalendar.Event":
    """Return a date; its UID stays while place, day and beginning do, also when it is called off."""
    import icalendar

    found = icalendar.Event()
    found.add("uid", f"{at.uid}-{one.day:%Y%m%d}T{one.opens:%H%M}")
    found.add("dtstamp", offer.changed_at)
    found.add("last-modified", offer.changed_at)
    found.add("sequence", offer.version)
    found.add("dtstart", datetime.combine(one.day, one.opens, BERLIN))
    found.add("dtend", datetime.combine(one.day, one.closes, BERLIN))
    found.add("summary", words.line(text.title if text else offer.title))
    found.add("location", _location(at))
    found.add("description", "\n".join(_description(one, at, offer, text)))
    found.add("url", whole_address_of(offer.pk, language))
    found.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    found.add("transp", "TRANSPARENT")
    return found


def _location(at: OfferAtPlace) -> str:
    """Return where a date takes place; of a protected place the town, and nothing else."""
    if at.place is None:
        return _("Telefonisch oder online")
    place, town = at.place, at.place.municipality.name
    if place.is_protected:
        return words.line(town)
    parts = (place.name, at.room, place.street, f"{place.postcode} {town}")
    return ", ".join(said for part in parts if (said := words.line(part)))


def _description(one: Event, at: OfferAtPlace, offer: Offer, text) -> Iterable[str]:
    if one.is_cancelled:
        yield _("Dieser Termin fällt aus.")
    if offer.is_said_gone:
        yield _("Laut Anbieter beendet, wird geprüft") + ". " + _("Fragen Sie bitte nach, bevor Sie hingehen.")
    yield from words.about(offer, text)
    if one.by_appointment:
        yield _("nur mit Termin")
    yield entry.first_step(offer)["sentence"]
    if at.place is not None and at.place.is_protected:
        yield _("Die Adresse ist geschützt. Sie erfahren sie, wenn Sie anrufen oder schreiben.")
    phone = words.line(at.phone or offer.phone)
    if phone:
        yield _("Telefon: %(phone)s") % {"phone": phone}
