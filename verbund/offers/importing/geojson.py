"""GeoJSON → rows: points with properties, each property a column; the point becomes latitude and longitude.

No database. What is no point is kept as the name of its kind, so that its line is refused with a reason.
"""

import json
from collections.abc import Sequence

from django.utils.translation import gettext as _

from verbund.core.spreadsheets.archive import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Refused
from verbund.offers.importing import mapping

LARGEST = 20 * 1024 * 1024
"""Read into memory a JSON text takes some times its size."""

POINT = ("latitude", "longitude")
WGS84 = ("crs84", "epsg:4326", "epsg::4326")


def table(content: bytes) -> list[list]:
    """Return the head and a row for each feature. Raises Refused."""
    if len(content) > LARGEST:
        raise Refused(_("GeoJSON lesen wir bis 20 MB. Bitte teilen Sie die Datei."))
    features = _features(_parsed(content))
    rows = [_row_of(feature, number) for number, feature in enumerate(features, start=1)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    names = [*(name for name in names if name not in POINT), *POINT]
    if len(names) > MOST_COLUMNS or len(names) * len(rows) > 3 * MOST_CELLS:
        raise Refused(_("Die Datei hat zu viele verschiedene Eigenschaften (%d).") % len(names))
    found = [[row.get(name) for name in names] for row in rows]
    return _with_place([names, *found])


def _parsed(content: bytes):
    def refuse(sign: str):
        raise ValueError(sign)

    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=refuse)
    except json.JSONDecodeError as problem:
        raise Refused(_("Das ist kein gültiges JSON."), line=problem.lineno, column=problem.colno) from problem
    except (ValueError, RecursionError) as problem:
        raise Refused(_("Das ist kein gültiges JSON.")) from problem


def _features(data) -> list:
    if not isinstance(data, dict) or data.get("type") not in {"FeatureCollection", "Feature"}:
        raise Refused(_("Das ist kein GeoJSON: Es fehlt die „FeatureCollection“."))
    named = str(data.get("crs") or "crs84").casefold()
    if not any(name in named for name in WGS84):
        raise Refused(_("Die Koordinaten stehen in einem anderen System. Speichern Sie die Datei in WGS 84."))
    features = [data] if data["type"] == "Feature" else data.get("features")
    if not isinstance(features, list) or not features:
        raise Refused(_("Die Datei enthält keine Orte („features“)."))
    if len(features) > MOST_ROWS:
        raise Refused(_("Die Datei hat mehr als 100.000 Orte. Bitte teilen Sie sie."))
    return features


def _row_of(feature, number: int) -> dict:
    """Return the properties of a feature by name, with its id and its point."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties or {}, dict):
        raise Refused(_("Das ist kein Ort („Feature“ mit „properties“)."), line=number)
    row = {"id": feature["id"]} if isinstance(feature.get("id"), (str, int)) else {}
    for name, value in (properties or {}).items():
        if isinstance(value, dict):
            row |= {f"{name} {inner}"[:120]: _cell(one) for inner, one in value.items()}
        else:
            row[name[:120]] = _cell(value)
    north, east = _point_of(feature.get("geometry"))
    return row | {"latitude": north, "longitude": east}


def _cell(value):
    if isinstance(value, list):
        return "; ".join(str(one) for one in value if one not in (None, ""))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _point_of(geometry) -> tuple:
    """Return latitude and longitude; of another shape its name in place of both."""
    if geometry is None:
        return None, None
    kind = str(geometry.get("type", ""))[:40] if isinstance(geometry, dict) else "?"
    numbers = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "MultiPoint" and isinstance(numbers, list) and len(numbers) == 1:
        kind, numbers = "Point", numbers[0]
    is_point = kind == "Point" and isinstance(numbers, list) and len(numbers) in {2, 3}
    if not is_point or any(isinstance(one, bool) or not isinstance(one, int | float) for one in numbers):
        return kind, kind
    return numbers[1], numbers[0]


def _with_place(rows: Sequence[list]) -> list[list]:
    """Add a name of the place where nothing names one: a point without address is the place its title speaks of."""
    head, *below = rows
    meant = mapping.suggest(head, below[:30])
    positions = {code: position for position, code in meant.items()}
    if "title" not in positions or "place" in positions:
        return list(rows)
    where = [positions[code] for code in ("street", "address") if code in positions]

    def name_of(row: list):
        return None if any(row[position] for position in where) else row[positions["title"]]

    return [[*head, "Veranstaltungsort"], *([*row, name_of(row)] for row in below)]
