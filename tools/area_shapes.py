"""Makes the shapes of the map from the areas of the centres; run by hand when the areas change.

Needs shapely 2.1 or newer, which the program itself does not: `uv run --with shapely tools/area_shapes.py`.
Neighbours keep their common borders: the areas are simplified as one coverage and rounded to the same grid.
"""

import csv
import itertools
import json
import math
from pathlib import Path

import shapely
from shapely.geometry import shape

DATA = Path(__file__).resolve().parent.parent / "verbund" / "directory" / "data" / "map"
WEST, NORTH, LATITUDE = 5.8, 52.6, 51.5
TOLERANCE = 0.008  # degrees of latitude
WIDTH = 1000


def projected(points):
    """Return longitude and latitude as flat coordinates in degrees of latitude, x to the east, y to the south."""
    flat = points.copy()
    flat[:, 0] = (points[:, 0] - WEST) * math.cos(math.radians(LATITUDE))
    flat[:, 1] = NORTH - points[:, 1]
    return flat


def path_of(polygons, place) -> str:
    """Return polygons as the data of an SVG path, each ring with relative steps on whole numbers."""
    return "".join(ring_path(ring.coords, place) for polygon in polygons for ring in (polygon.exterior,
                   *polygon.interiors))  # fmt: skip


def ring_path(coordinates, place) -> str:
    points = [place(*point) for point in coordinates]
    steps = [f"M{points[0][0]} {points[0][1]}l"]
    for (x, y), (next_x, next_y) in itertools.pairwise(points[:-1]):
        if (x, y) != (next_x, next_y):
            steps.append(f"{next_x - x} {next_y - y} ")
    return "".join(steps).replace(" -", "-").rstrip() + "z"


def main() -> None:
    features = json.loads((DATA / "areas.geojson").read_text("utf-8"))["features"]
    areas = [shapely.transform(shape(one["geometry"]), projected) for one in features]
    west, north, east, _south = shapely.total_bounds(areas)
    scale = WIDTH / (east - west)

    def place(x, y):
        return round((x - west) * scale), round((y - north) * scale)

    with (DATA / "area_shapes.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["key", "x", "y", "path"])
        for one, area in zip(features, shapely.coverage_simplify(areas, TOLERANCE), strict=True):
            inner = shapely.maximum_inscribed_circle(area, tolerance=0.002).coords[0]
            polygons = getattr(area, "geoms", [area])
            writer.writerow([one["properties"]["ki"], *place(*inner), path_of(polygons, place)])


if __name__ == "__main__":
    main()
