"""The directory as a file, for a reference day: the table of the centres, and their areas as GeoJSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from verbund.core.exports import Column
from verbund.directory import queries
from verbund.directory.attributions import ATTRIBUTIONS
from verbund.directory.calculations import CentreState, years_label
from verbund.directory.models import Carrier, CentreContact, LifeStep

AREAS = Path(__file__).resolve().parent / "data" / "map" / "areas.geojson"
AREA_SOURCE, DISTRICT_SOURCE = ATTRIBUTIONS[:2]
"""Of all attributions the two for what stands in these files: areas, keys, Regierungsbezirke and seats."""
LICENCE = "https://www.govdata.de/dl-de/by-2-0"


@dataclass(frozen=True)
class Field:
    """What a file says about a centre: its name for machines, the head of its column, and its value."""

    key: str
    label: str
    value: Callable[[dict], str]
    width: int = 18


def fields() -> list[Field]:
    """Return what the files say about a centre, in order; the same in all formats."""
    return [
        Field("key", _("Schlüssel"), lambda row: row["key"], 12),
        Field("name", _("Name"), lambda row: row["name"], 48),
        Field("carrier", _("Träger"), lambda row: row["carrier_name"], 30),
        Field("carrier_kind", _("Art des Trägers"), _carrier_kind, 24),
        Field("seat", _("Sitz"), lambda row: row["seat"], 22),
        Field("region", _("Regierungsbezirk"), lambda row: row["region"]),
        Field("state", _("Stand am Stichtag"), _state, 26),
        Field("first_year", _("Erstes Jahr"), _first_year, 16),
        Field("evidence", _("Beleg des ersten Jahres"), _evidence, 26),
        Field("contacts", _("Kontakte am Stichtag"), lambda row: row["contacts"], 60),
    ]


def columns() -> list[Column]:
    return [Column(one.label, one.value, one.width) for one in fields()]


def _carrier_kind(row: dict) -> str:
    return _("Stadt") if row["carrier_kind"] == Carrier.Kind.CITY else _("Kreis oder Städteregion")


def _state(row: dict) -> str:
    return _("noch keines") if row["state"] == CentreState.NONE else str(row["state"].label)


def _first_year(row: dict) -> str:
    return years_label(row["started_from_year"], row["started_to_year"])


def _evidence(row: dict) -> str:
    kind = LifeStep.Evidence.EVIDENCED if row["start_is_evidenced"] else LifeStep.Evidence.RANGE
    return str(kind.label)


def rows(day: date, **filters) -> list[dict]:
    """Return the centres as on a day that pass the filters of `queries.centre_list`, with their contacts of the day."""
    contacts = _contacts_on(day)
    found = queries.centre_list(on=day, **filters)
    return [row | {"contacts": contacts.get(row["pk"], "")} for row in found]


def _contacts_on(day: date) -> dict[int, str]:
    """Return how each centre is or was reached on a day, as one text; one statement."""
    found: dict[int, list[str]] = {}
    for contact in CentreContact.objects.filter(valid_from__lte=day).order_by("position", "pk"):
        if contact.is_there(day):
            found.setdefault(contact.centre_id, []).append(_contact(contact, day))
    return {centre_id: " | ".join(texts) for centre_id, texts in found.items()}


def _contact(contact: CentreContact, day: date) -> str:
    ways = [
        _("Telefon %(phone)s") % {"phone": contact.phone} if contact.phone else "",
        contact.email,
        contact.website,
        contact.address,
    ]
    text = f"{contact.function}: {', '.join(way for way in ways if way)}"
    if contact.is_evidenced_on(day):
        return text
    return _("%(contact)s (zuletzt belegt am %(day)s)") % {
        "contact": text,
        "day": f"{contact.evidenced_until:%d.%m.%Y}",
    }


def sources(day: date, *, with_areas: bool = False) -> list[str]:
    """Return what a file must say about itself: its day, where its data comes from, whom to name."""
    said = [
        _("Stichtag: %(day)s") % {"day": f"{day:%d.%m.%Y}"},
        _(
            "Angaben zu den Zentren: Tatsachen aus öffentlichen Texten. "
            "Die Quelle jedes Schritts steht auf der Seite des Zentrums."
        ),
        DISTRICT_SOURCE,
        AREA_SOURCE,
    ]
    return said if with_areas else said[:3]


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    """Return the geometry of each area as JSON text by its key, outer rings counter-clockwise (RFC 7946, 3.1.6)."""
    features = json.loads(AREAS.read_text(encoding="utf-8"))["features"]
    return {feature["id"]: _as_text(_right_handed(feature["geometry"])) for feature in features}


def _right_handed(geometry: dict) -> dict:
    polygons = [
        [ring if (_turn(ring) > 0) == (place == 0) else ring[::-1] for place, ring in enumerate(polygon)]
        for polygon in geometry["coordinates"]
    ]
    return {"type": geometry["type"], "coordinates": polygons}


def _turn(ring: list) -> float:
    """Return a number over 0 for a ring that runs counter-clockwise."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))


def _as_text(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def geojson(found: list[dict], day: date) -> bytes:
    """Return the areas of centres as a FeatureCollection (RFC 7946) with `attribution` and `reference_day`.

    Each feature says what a row of the table says. A centre whose area is not among the shipped shapes has no geometry.
    """
    head = {"attribution": " · ".join(sources(day, with_areas=True)[1:]), "reference_day": day.isoformat()}
    said = _as_text(head)[1:-1]
    features = ",".join(_features(found))
    return f'{{"type":"FeatureCollection",{said},"features":[{features}]}}\n'.encode()


def _features(found: list[dict]) -> Iterator[str]:
    shapes, of_centre = _shapes(), fields()
    for row in found:
        properties = _as_text({one.key: one.value(row) for one in of_centre})
        shape = shapes.get(row["key"], "null")
        yield f'{{"type":"Feature","id":{_as_text(row["key"])},"geometry":{shape},"properties":{properties}}}'
