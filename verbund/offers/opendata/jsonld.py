"""An entry in the words of schema.org, for search engines and for whoever reads a page by machine."""

import json
from datetime import date, datetime
from functools import lru_cache

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from verbund.core.dates import BERLIN, today
from verbund.core.permissions import public
from verbund.offers import queries
from verbund.offers.models import Occurrence, Offer, OfferLanguage
from verbund.offers.opendata import mapping, selection
from verbund.offers.opendata.values import present, text, uri

LANGUAGE = "de"
MOST_EVENTS = 20
SCRIPTS_KEPT = 500
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ON_SITE = "https://schema.org/OfflineEventAttendanceMode"
ONLINE = "https://schema.org/OnlineEventAttendanceMode"
SCHEDULED = "https://schema.org/EventScheduled"


@public
@require_safe
def data(request, pk: int):
    """The entry as application/ld+json; 404 for what is not public."""
    found = get_object_or_404(queries.public_offers(on=today()), pk=pk)
    response = JsonResponse(offer(found, base=request.build_absolute_uri("/")[:-1]), content_type="application/ld+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def offer(offer: Offer, *, base: str) -> dict:
    """Return a public entry as schema.org `Service`; what happens on single days beside it as `Event`.

    `base` is the address of the site without a slash at the end. Of a protected place only the town is told.
    A constant number of statements. The caller checks that the entry is public.
    """
    with translation.override(LANGUAGE):
        full = selection.service_rows(Offer.objects.filter(pk=offer.pk), full=True).get()
        page = base + full.get_absolute_url()
        return {"@context": "https://schema.org", "@graph": [_service(full, page), *_events(full, page)]}


@lru_cache(maxsize=SCRIPTS_KEPT)
def script(pk: int, base: str, sign: str, on: date) -> SafeString:
    """Return a public entry as a block of data for its own page, kept in memory until something changes.

    `sign` is `versions.newest_change_of(pk)`, `on` the day; empty for what is not public. Browsers run nothing of it,
    so the page's policy allows it.
    """
    found = queries.public_offers(on=on).filter(pk=pk).first()
    if found is None:
        return SafeString("")
    written = as_script(offer(found, base=base))
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped by as_script


def as_script(value: dict) -> str:
    """Return a value as text that may stand inside a script element: nothing in it ends the element."""
    written = json.dumps(value, ensure_ascii=False)
    return written.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def _service(full: Offer, page: str) -> dict:
    centre = mapping.centre_area(full)
    return present(
        **{"@type": "Service", "@id": page},
        identifier=str(full.uid),
        name=text(full.title),
        description=text(full.summary),
        disambiguatingDescription=mapping.MADE_UP if full.is_demo else None,
        url=page,
        sameAs=uri(full.website),
        provider=_provider(full.partner),
        areaServed={"@type": "AdministrativeArea", "name": centre["name"]},
        audience=_audience(full),
        offers=_price(full),
        availableChannel=[_channel(full, at) for at in full.at_places.all()],
        hoursAvailable=[hours for at in full.at_places.all() for hours in _hours(full, at)],
    )


def _provider(partner) -> dict:
    name = text(partner.organisation.name)
    return present(
        **{"@type": "Organization"},
        identifier=str(partner.uid),
        name=name,
        description=text(partner.description),
        url=uri(partner.website),
    )


def _audience(full: Offer) -> list[dict]:
    names = [text(term.name) for term in full.terms.all() if term.kind == "AUDIENCE"]
    found = [{"@type": "Audience", "audienceType": name} for name in names]
    limits = present(
        suggestedMinAge=full.minimum_age,
        suggestedMaxAge=full.maximum_age,
        suggestedGender="female" if full.is_women_only else None,
    )
    return found + ([{"@type": "PeopleAudience", **limits}] if limits else [])


def _price(full: Offer) -> dict:
    price = "0" if full.is_free else full.amount_fee and f"{full.amount_fee:.2f}"
    return present(**{"@type": "Offer"}, price=price, priceCurrency="EUR", description=mapping.fees(full))


def _channel(full: Offer, at) -> dict:
    number = text(at.phone) or text(full.phone)
    contact = present(**{"@type": "ContactPoint"}, telephone=number, email=text(full.email))
    return present(
        **{"@type": "ServiceChannel"},
        serviceLocation=None if at.place is None else place(at.place),
        serviceUrl=uri(full.website) if at.place is None else None,
        servicePhone=contact if number else None,
        availableLanguage=_languages(full),
    )


def place(found) -> dict:
    """Return a place; of a protected one only its town."""
    town = {"@type": "PostalAddress", "addressLocality": found.municipality.name}
    region = {"addressRegion": "NW", "addressCountry": "DE"}
    if found.is_protected:
        return {"@type": "Place", "address": town | region}
    point = None
    if found.latitude is not None:
        point = {
            "@type": "GeoCoordinates",
            "latitude": float(found.latitude),
            "longitude": float(found.longitude),
        }
    address = present(streetAddress=text(found.street), postalCode=text(found.postcode))
    return present(**{"@type": "Place"}, name=text(found.name), address=town | address | region, geo=point)


def _languages(full: Offer) -> list[dict]:
    spoken = {row.language_id: row.language for row in full.languages.all() if row.mode == OfferLanguage.Mode.SPOKEN}
    return [
        {"@type": "Language", "name": language.name, "alternateName": code} for code, language in sorted(spoken.items())
    ]


def _hours(full: Offer, at) -> list[dict]:
    """Return the rules of every week; other rhythms are told day by day, as events."""
    return [
        present(
            **{"@type": "OpeningHoursSpecification"},
            dayOfWeek=f"https://schema.org/{WEEKDAYS[slot.weekday]}",
            opens=f"{slot.opens:%H:%M}",
            closes=f"{slot.closes:%H:%M}",
            validFrom=_day(slot.valid_from or full.valid_from),
            validThrough=_day(slot.valid_until or full.valid_until),
        )
        for slot in at.slots.all()
        if slot.rhythm == "WEEKLY"
    ]


def _events(full: Offer, page: str) -> list[dict]:
    """Return the next dates that follow no weekly rule: single days, and what takes place every second week or less."""
    rows = Occurrence.objects.filter(at__offer=full, day__gte=today()).exclude(slot__rhythm="WEEKLY")
    at_places = {at.pk: at for at in full.at_places.all()}
    return [_event(full, at_places[row.at_id], row, page) for row in rows[:MOST_EVENTS]]


def _event(full: Offer, at, row: Occurrence, page: str) -> dict:
    online = {"@type": "VirtualLocation", "url": uri(full.website) or page}
    return present(
        **{"@type": "Event"},
        name=text(full.title),
        description=text(full.summary),
        startDate=datetime.combine(row.day, row.opens, BERLIN).isoformat(),
        endDate=datetime.combine(row.day, row.closes, BERLIN).isoformat(),
        eventStatus=SCHEDULED,
        eventAttendanceMode=ONLINE if at.place is None else ON_SITE,
        location=online if at.place is None else place(at.place),
        organizer=_provider(full.partner),
        isAccessibleForFree=full.is_free,
        url=page,
    )


def _day(day) -> str | None:
    return day and day.isoformat()
