"""The drawing of a map around a point: what lies where, and as SVG. Pure, no database.

North is up; one scale in both directions, as at the latitude of the point. Sizes are those of the drawing; the page
shows it as wide as it can.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from math import cos, hypot, radians

from verbund.directory.maps.borders import Ring

WIDTH, HEIGHT = 360, 300
KM_ACROSS = 24
KM_PER_DEGREE = 111.2
SCALE_KM = 5
PLACE_KM = 1.0
"""The mark is a circle of a kilometre: points are those of postcodes, and it must not look more exact than it is."""

MARK_SIZE = 18
MARK = (WIDTH / 2 - MARK_SIZE, HEIGHT / 2 - MARK_SIZE, WIDTH / 2 + MARK_SIZE, HEIGHT / 2 + MARK_SIZE)
"""What the mark covers."""

MOST_TOWNS = 12
LETTER, LINE = 6.4, 13
"""About how wide a letter and how high a line of a name is."""

STYLE = (
    "svg{background:#fff;color:#1b1b1b}"
    "text{font:11px system-ui,sans-serif;fill:currentColor;paint-order:stroke;stroke:#fff;stroke-width:3px;"
    "stroke-linejoin:round}"
    ".here{font-weight:700}.note{font-size:8px}"
    ".area{fill:#f1f4f7;stroke:#7a8794;stroke-width:1}.area--own{fill:#e0ebf5}"
    ".town{fill:#5a6570}.place{fill:#c2185b;fill-opacity:.25;stroke:#a3144c;stroke-width:2}.dot{fill:#a3144c}"
    ".line{stroke:currentColor;stroke-width:1.5;fill:none}"
    "@media (prefers-color-scheme:dark){svg{background:#14181d;color:#f0f2f4}text{stroke:#14181d}"
    ".area{fill:#1d242c;stroke:#8b98a5}.area--own{fill:#24384d}.town{fill:#b4bec8}"
    ".place{fill:#ff8ab8;stroke:#ff8ab8}.dot{fill:#ff8ab8}}"
    "@media print{svg{background:#fff;color:#000}text{stroke:#fff}.area{fill:none;stroke:#777}}"
)
STYLE_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
"""What the security policy of the answer allows: this style and no other."""

SOURCES = (
    "Grenzen: © GeoBasis-DE / BKG (Daten verändert), dl-de/by-2-0;",
    "© OpenStreetMap-Mitwirkende, ODbL 1.0. Orte: GeoNames, CC BY 4.0",
)


@dataclass(frozen=True)
class Town:
    """A town with its middle in degrees; `weight` says which names come first where there is little room."""

    name: str
    latitude: float
    longitude: float
    weight: int = 0


@dataclass(frozen=True)
class Label:
    """A name on the map, with the spot it belongs to."""

    name: str
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        width = len(self.name) * LETTER + 4
        left = self.text_x - (width if self.anchor == "end" else 0)
        return left, self.text_y - LINE + 3, left + width, self.text_y + 3


class Frame:
    """From degrees to the drawing, with a point in the middle."""

    def __init__(self, latitude: float, longitude: float):
        self.latitude, self.longitude = latitude, longitude
        self.per_km = WIDTH / KM_ACROSS
        self.east = cos(radians(latitude))

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - self.longitude) * KM_PER_DEGREE * self.east * self.per_km
        y = HEIGHT / 2 - (latitude - self.latitude) * KM_PER_DEGREE * self.per_km
        return x, y

    def shows(self, latitude: float, longitude: float, margin: float = 0) -> bool:
        x, y = self.spot(latitude, longitude)
        return -margin <= x <= WIDTH + margin and -margin <= y <= HEIGHT + margin

    def path(self, ring: Ring) -> str:
        """Return a border as the data of a path on whole numbers; empty where it lies outside."""
        points = [tuple(round(value) for value in self.spot(lat, lon)) for lon, lat in ring]
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            return ""
        kept = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
        return "M" + "L".join(f"{x} {y}" for x, y in kept) + "z"


def labels(frame: Frame, towns: Iterable[Town]) -> list[Label]:
    """Return the names there is room for: the heaviest first, none over another, none over the place."""
    taken = [MARK, (0, HEIGHT - 42, WIDTH, HEIGHT)]
    found: list[Label] = []
    for town in sorted(towns, key=lambda one: (-one.weight, one.name)):
        if len(found) == MOST_TOWNS:
            break
        if not frame.shows(town.latitude, town.longitude):
            continue
        x, y = frame.spot(town.latitude, town.longitude)
        for label in _ways(town.name, x, y):
            if _is_free(label.box, taken):
                found.append(label)
                taken.append(label.box)
                break
    return found


def _ways(name: str, x: float, y: float) -> Iterable[Label]:
    """Yield where a name can stand: right or left of its spot, above or below; beside the mark where that covers it."""
    left, top, right, bottom = MARK
    away = MARK_SIZE + 3 if left <= x <= right and top <= y <= bottom else 5
    yield Label(name, x, y, x + away, y + 4, "start")
    yield Label(name, x, y, x - away, y + 4, "end")
    yield Label(name, x, y, x + 5, y - away - 1, "start")
    yield Label(name, x, y, x - 5, y + away + 9, "end")


def _is_free(box: tuple, taken: Sequence[tuple]) -> bool:
    left, top, right, bottom = box
    if left < 2 or right > WIDTH - 2 or top < 2 or bottom > HEIGHT - 2:
        return False
    return all(right < other[0] or left > other[2] or bottom < other[1] or top > other[3] for other in taken)


def km_between(spot: tuple[float, float], middle: tuple[float, float]) -> int:
    """Return how many whole kilometres two points (latitude, longitude) are apart."""
    north = (spot[0] - middle[0]) * KM_PER_DEGREE
    return round(hypot(north, (spot[1] - middle[1]) * KM_PER_DEGREE * cos(radians(middle[0]))))


def as_svg(frame: Frame, *, title: str, own: str, borders: dict[str, list[Ring]], names: Sequence[Label]) -> str:
    """Return the drawing; `own` is the key of the area the place lies in, `title` what it shows, in words."""
    areas = []
    for key, rings in borders.items():
        data = "".join(frame.path(ring) for ring in rings)
        if data:
            areas.append(f'<path class="area{" area--own" if key == own else ""}" d="{data}"/>')
    towns = "".join(
        f'<circle class="town" cx="{one.x:.0f}" cy="{one.y:.0f}" r="2.5"/>'
        f'<text x="{one.text_x:.0f}" y="{one.text_y:.0f}" text-anchor="{one.anchor}">{escape(one.name)}</text>'
        for one in names
    )
    x, y = WIDTH / 2, HEIGHT / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" lang="de"><title>{escape(title)}</title><style>{STYLE}</style>{"".join(areas)}{towns}'
        f'<circle class="place" cx="{x:.0f}" cy="{y:.0f}" r="{PLACE_KM * frame.per_km:.0f}"/>'
        f'<circle class="dot" cx="{x:.0f}" cy="{y:.0f}" r="3"/>{_scale(frame)}{_north()}{_sources()}</svg>'
    )


def _scale(frame: Frame) -> str:
    left, y, right = 12, HEIGHT - 26, 12 + SCALE_KM * frame.per_km
    return (
        f'<path class="line" d="M{left} {y - 4}v4H{right:.0f}v-4"/>'
        f'<text x="{right + 5:.0f}" y="{y + 2}">{SCALE_KM} km</text>'
    )


def _north() -> str:
    x = WIDTH - 18
    return f'<path class="line" d="M{x} 34V12m-4 6l4-6l4 6"/><text x="{x}" y="46" text-anchor="middle">N</text>'


def _sources() -> str:
    first, second = SOURCES
    return (
        f'<text class="note" x="{WIDTH - 6}" y="{HEIGHT - 14}" text-anchor="end">{escape(first)}</text>'
        f'<text class="note" x="{WIDTH - 6}" y="{HEIGHT - 4}" text-anchor="end">{escape(second)}</text>'
    )
