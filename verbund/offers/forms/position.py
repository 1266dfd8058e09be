"""Where a visitor is, as their device told it on request: read from the address of a search, and never stored.

Rounded to about a kilometre here, too, whoever wrote the address.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from verbund.directory.models import Municipality
from verbund.offers.finding import Spot

PLACES = 2
"""Of a degree: 1.1 km from south to north, 0.7 from west to east."""

NEAR_DEGREES = 0.15
"""How far the middle of a municipality may be, at most some 15 km: no place of the Land is farther from all of them."""

POSITION = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?),([+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?)")
MOST_KEPT = 500


def read(typed: str) -> tuple[Spot | None, str, str]:
    """Return the place, how it stands in an address, and the sentence that refuses it; at most one statement."""
    found = POSITION.fullmatch(typed.replace(" ", ""))
    if found is None:
        return None, "", _("Die Angabe zum Standort ist nicht lesbar. Gesucht wird überall.")
    latitude, longitude = (round(float(number), PLACES) for number in found.groups())
    if not _is_in_the_land(latitude, longitude):
        return None, "", _("Ihr Standort liegt außerhalb von Nordrhein-Westfalen. Gesucht wird überall.")
    return (
        Spot(latitude, longitude, _("Ihr Standort"), is_rounded=True),
        f"{latitude:.{PLACES}f},{longitude:.{PLACES}f}",
        "",
    )


@lru_cache(maxsize=MOST_KEPT)
def _is_in_the_land(latitude: float, longitude: float) -> bool:
    around = {
        "latitude__range": (latitude - NEAR_DEGREES, latitude + NEAR_DEGREES),
        "longitude__range": (longitude - NEAR_DEGREES, longitude + NEAR_DEGREES),
    }
    return Municipality.objects.filter(**around).exists()
