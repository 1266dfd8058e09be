"""The borders of the 54 areas in degrees, for maps of a part of the land."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "map" / "areas.geojson"

Ring = list[list[float]]
"""A closed line of points: longitude, latitude."""


@cache
def borders() -> dict[str, list[Ring]]:
    """Return the outlines of each area by the key of its centre; read once."""
    found = {}
    for one in json.loads(FILE.read_text("utf-8"))["features"]:
        shape = one["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        found[one["properties"]["ki"]] = [ring for polygon in polygons for ring in polygon]
    return found
