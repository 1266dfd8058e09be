"""What a map needs to know: the place of a public entry, and the towns around it."""

from datetime import date

from verbund.directory.models import Municipality
from verbund.offers import queries
from verbund.offers.maps.drawing import HEIGHT, KM_ACROSS, KM_PER_DEGREE, WIDTH, Town
from verbund.offers.models import OfferAtPlace, Place

TOWN_LETTERS = 22
"""Longer names have a comma or a bracket, behind which the map stops."""


def shown_place(offer: int, at: int, *, on: date) -> Place | None:
    """Return the place of a public entry, if it may be shown on a map: never one whose address is protected."""
    found = OfferAtPlace.objects.filter(pk=at, offer__in=queries.public_offers(on=on), offer=offer)
    shown = found.filter(place__is_protected=False, place__latitude__isnull=False)
    row = shown.select_related("place__municipality", "place__centre").first()
    return row and row.place


def towns_around(latitude: float, longitude: float) -> list[Town]:
    """Return the towns that can lie on a map around a point; one statement."""
    north, east = KM_ACROSS * HEIGHT / WIDTH / KM_PER_DEGREE, KM_ACROSS / KM_PER_DEGREE
    rows = Municipality.objects.filter(
        latitude__range=(latitude - north, latitude + north), longitude__range=(longitude - east, longitude + east)
    )
    names = ("name", "latitude", "longitude", "population_estimate")
    return [Town(_short(name), float(lat), float(lon), people) for name, lat, lon, people in rows.values_list(*names)]


def _short(name: str) -> str:
    return name if len(name) <= TOWN_LETTERS else name.partition(",")[0].partition("(")[0].strip()
