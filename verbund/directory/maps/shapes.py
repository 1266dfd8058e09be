"""The shapes of the 54 areas: the districts, and the city of Aachen beside the rest of its Städteregion."""

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "map" / "area_shapes.csv"
TOKEN = re.compile(r"[Mlz]|-?\d+")


@dataclass(frozen=True)
class Box:
    """A rectangle of the map, in its units."""

    x: int
    y: int
    width: int
    height: int

    @property
    def view_box(self) -> str:
        """As SVG says it."""
        return f"{self.x} {self.y} {self.width} {self.height}"

    def with_margin(self, margin: int) -> "Box":
        """Return the box that is larger by a margin on all sides."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def shows(self, shape: "Shape") -> bool:
        """Whether a corner of a shape lies inside."""
        return any(self._has(point) for ring in shape.rings for point in ring)

    def holds(self, shape: "Shape") -> bool:
        """Whether a shape lies wholly inside."""
        return all(self._has(point) for ring in shape.rings for point in ring)

    def _has(self, point: tuple[int, int]) -> bool:
        x, y = point
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


WHOLE = Box(0, 0, 1000, 987)
MARGIN = 5
"""Room around the map for the lines of its border, and of the area that is in focus."""

INSET = Box(168, 393, 336, 300)
"""The small cities between Krefeld, Bottrop, Hagen and Leverkusen, which need a larger drawing."""


@dataclass(frozen=True)
class Shape:
    """One area: the key of its centre, a point inside, and its outline as an SVG path (M, l, z; whole numbers)."""

    key: str
    x: int
    y: int
    path: str

    @cached_property
    def rings(self) -> list[list[tuple[int, int]]]:
        """The outlines as points; more than one where a district has parts that do not touch."""
        rings: list[list[tuple[int, int]]] = []
        tokens = TOKEN.findall(self.path)
        command, x, y, at = "", 0, 0, 0
        while at < len(tokens):
            if tokens[at] in "Mlz":
                command, at = tokens[at], at + 1
                continue
            step_x, step_y, at = int(tokens[at]), int(tokens[at + 1]), at + 2
            x, y = (step_x, step_y) if command == "M" else (x + step_x, y + step_y)
            if command == "M":
                rings.append([])
                command = "l"
            rings[-1].append((x, y))
        return rings

    def row_at(self, y: int) -> tuple[int, int]:
        """Return from where to where the area reaches beside its inner point, at the height `y`; (x, x) if nowhere."""
        crossings = []
        for ring in self.rings:
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
                if (y1 <= y) != (y2 <= y):
                    crossings.append(x1 + (y - y1) * (x2 - x1) // (y2 - y1))
        left = max((found for found in crossings if found <= self.x), default=self.x)
        right = min((found for found in crossings if found >= self.x), default=self.x)
        return left, right

    def place_for(self, text: str, *, size: int, within: Box) -> int | None:
        """Return the middle x at which a text in letters of `size` fits beside the inner point and in a box, or None.

        Letters are taken as 0.56 of their size wide, which is generous for a plain typeface.
        """
        rows = [self.row_at(y) for y in (self.y - size // 2, self.y, self.y + size // 3)]
        left, right = max(within.x, *(row[0] for row in rows)), min(within.x + within.width, *(row[1] for row in rows))
        needed = len(text) * size * 56 // 100
        return (left + right) // 2 if text and right - left >= needed else None


@cache
def shapes() -> dict[str, Shape]:
    """Return the shapes of all areas by key."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["key"]: Shape(row["key"], int(row["x"]), int(row["y"]), row["path"]) for row in rows}
