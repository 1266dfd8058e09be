"""A list of entries from its address, and as it reads: what can be told of each, and what has become of the others."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from verbund.offers import entry, queries, reading
from verbund.offers.freshness.queries import said_gone
from verbund.offers.models import Occurrence, Offer, OfferAtPlace, Slot

DATES_SHOWN = 2
LONGEST_NUMBER = 9
BETWEEN = "-"
NUMBER = re.compile(r"\d+", re.ASCII)
IN_ADDRESS = re.compile(r"/angebote/(\d+)", re.ASCII)


@dataclass
class Listed:
    """The numbers of an address, each once, and whether some of it could not be read or was too much."""

    numbers: list[int] = field(default_factory=list)
    is_damaged: bool = False
    is_too_long: bool = False


@dataclass(frozen=True)
class Line:
    """An entry of a list. `offer` is None where it is not public; `title` then is empty unless everybody saw it."""

    number: int
    title: str
    has_ended: bool = False
    offer: Offer | None = None
    text: entry.Text | None = None
    places: tuple[dict, ...] = ()


def listed(typed: str, *, more: str = "") -> Listed:
    """Read the numbers of an address ("12-34"), and one that is to be added: a number or the address of an entry."""
    found = Listed()
    for part in filter(None, [*typed.split(BETWEEN), _number_in(more)]):
        if not NUMBER.fullmatch(part) or len(part) > LONGEST_NUMBER:
            found.is_damaged = True
        elif int(part) not in found.numbers:
            found.numbers.append(int(part))
    found.is_damaged |= bool(more and not _number_in(more))
    found.is_too_long = len(found.numbers) > reading.MOST_SAVED
    del found.numbers[reading.MOST_SAVED :]
    return found


def _number_in(typed: str) -> str:
    named = IN_ADDRESS.search(typed)
    if named:
        return named[1]
    return typed.strip() if NUMBER.fullmatch(typed.strip()) else ""


def lines(numbers: list[int], *, language: str, now: datetime) -> list[Line]:
    """Return the entries in the order of the numbers; none is left out. A constant number of statements."""
    on = now.date()
    public = queries.public_offers(on=on).annotate(is_said_gone=said_gone()).select_related("partner__organisation")
    offers = {offer.pk: offer for offer in public.filter(pk__in=numbers)}
    texts = entry.texts_of(offers.values(), language)
    places = _places(offers, now)
    over = _titles_of_ended([number for number in numbers if number not in offers], on)
    return [
        Line(pk, texts[pk].title, offer=offers[pk], text=texts[pk], places=tuple(places[pk]))
        if pk in offers
        else Line(pk, over.get(pk, ""), has_ended=pk in over)
        for pk in numbers
    ]


def _titles_of_ended(numbers: list[int], on: date) -> dict[int, str]:
    return dict(queries.ended_offers(on=on).filter(pk__in=numbers).values_list("pk", "title"))


def _places(offers: Iterable[int], now: datetime) -> dict[int, list[dict]]:
    """Return where and when, by entry: address, telephone, regular hours, the next dates with their day."""
    found: dict[int, list[dict]] = defaultdict(list)
    rows = list(OfferAtPlace.objects.filter(offer__in=offers).select_related("place__municipality").order_by("pk"))
    ids = [at.pk for at in rows]
    slots = entry.grouped(Slot.objects.filter(at__in=ids))
    coming = entry.grouped(Occurrence.objects.filter(at__in=ids, day__gte=now.date()))
    for at in rows:
        dates = [one for one in coming[at.pk] if one.day > now.date() or one.closes > now.time()]
        found[at.offer_id].append(
            {
                "at": at,
                "place": entry.address_of(at),
                "hours": [_hours(slot) for slot in slots[at.pk]],
                "dates": [_date(one, now.date()) for one in dates[:DATES_SHOWN]],
            }
        )
    return found


def _hours(slot: Slot) -> dict:
    return {"day": reading.DAYS[slot.weekday], "hours": reading.hours_of(slot.opens, slot.closes)}


def _date(one: Occurrence, on: date) -> dict:
    """Return a date by its day, never as "today": the list is read days later, too."""
    return {
        "day": reading.SHORT_DAYS[one.day.weekday()],
        "date": reading.short_day(one.day, on),
        "hours": reading.hours_of(one.opens, one.closes),
    }
