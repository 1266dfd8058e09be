"""What a map shows: areas with a class and a value, a legend of patterns; and where everything stands. No database."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from verbund.directory.maps.classes import ValueClass
from verbund.directory.maps.shapes import INSET, WHOLE, Shape, shapes

PATTERNS = ("empty", "dots", "lines", "diagonal", "cross", "solid")
"""From the lightest to the darkest: told apart in grey and in print, too."""

ASCENDING = {
    1: ("solid",),
    2: ("dots", "solid"),
    3: ("dots", "diagonal", "solid"),
    4: ("dots", "lines", "diagonal", "solid"),
    5: ("dots", "lines", "diagonal", "cross", "solid"),
}
LABEL_SIZE, INSET_LABEL_SIZE = 20, 11


class UnknownArea(ValueError):
    """A key that is none of the 54 areas, or stands twice."""


class UnknownLevel(ValueError):
    """A class of value or a pattern the legend does not have."""


@dataclass(frozen=True)
class LegendEntry:
    """A class of values: its name and its pattern (one of PATTERNS); with `href`, a link to what is in it."""

    label: str
    pattern: str
    href: str = ""
    count: int = 0


@dataclass(frozen=True)
class MapArea:
    """What a map shows of one area: which class of the legend (`level`, its index) and which value in words.

    `label` is written into the area where it fits. Without `href` the area is no link.
    """

    key: str
    name: str
    level: int
    value: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class DrawnArea:
    """An area with its shape and the places of its label on the map and in the enlarged part (None: does not fit).

    `is_in_inset`: wholly inside the enlarged part, a link there, too; `is_cut_by_inset`: only partly.
    """

    area: MapArea
    shape: Shape
    label_x: int | None
    inset_label_x: int | None
    is_in_inset: bool
    is_cut_by_inset: bool


@dataclass(frozen=True)
class Drawing:
    """All areas in the order given, the legend with its counts, and the patterns that are needed."""

    areas: list[DrawnArea]
    legend: list[LegendEntry]
    groups: list[tuple[str, list[DrawnArea]]]
    patterns: list[str]

    @property
    def in_inset(self) -> list[DrawnArea]:
        return [drawn for drawn in self.areas if drawn.is_in_inset]

    @property
    def cut_by_inset(self) -> list[DrawnArea]:
        return [drawn for drawn in self.areas if drawn.is_cut_by_inset]


def draw(areas: list[MapArea], legend: list[LegendEntry]) -> Drawing:
    """Return the drawing of a figure; areas nobody gave a value are drawn last, as "keine Angabe".

    Raises UnknownArea for a key that is no area or stands twice, UnknownLevel for a class outside the legend.
    """
    known = shapes()
    counted = Counter(area.key for area in areas)
    if wrong := sorted(key for key, times in counted.items() if times > 1 or key not in known):
        raise UnknownArea(", ".join(wrong))
    if wrong_levels := sorted({area.level for area in areas if not 0 <= area.level < len(legend)}):
        raise UnknownLevel(wrong_levels)
    if wrong_patterns := sorted({entry.pattern for entry in legend} - set(PATTERNS)):
        raise UnknownLevel(wrong_patterns)
    legend, missing = list(legend), [key for key in known if key not in counted]
    if missing:
        without = _("keine Angabe")
        legend.append(LegendEntry(without, "empty"))
        areas = [*areas, *(MapArea(key, key, len(legend) - 1, without) for key in missing)]
    drawn = [_drawn(area, known[area.key]) for area in areas]
    per_level = Counter(area.level for area in areas)
    return Drawing(
        areas=drawn,
        legend=[replace(entry, count=per_level[level]) for level, entry in enumerate(legend)],
        groups=[
            (entry.pattern, [one for one in drawn if one.area.level == level])
            for level, entry in enumerate(legend)
            if per_level[level]
        ],
        patterns=[pattern for pattern in PATTERNS if pattern in {entry.pattern for entry in legend}],
    )


def _drawn(area: MapArea, shape: Shape) -> DrawnArea:
    is_in_inset = INSET.holds(shape)
    return DrawnArea(
        area=area,
        shape=shape,
        label_x=shape.place_for(area.label, size=LABEL_SIZE, within=WHOLE),
        inset_label_x=shape.place_for(area.label, size=INSET_LABEL_SIZE, within=INSET) if is_in_inset else None,
        is_in_inset=is_in_inset,
        is_cut_by_inset=INSET.shows(shape) and not is_in_inset,
    )


def legend_of(classes: list[ValueClass], *, shown: Callable = str) -> list[LegendEntry]:
    """Return the legend of classes of a figure, from low and light to high and dark; `shown` writes one value."""
    return [
        LegendEntry(_span(shown(one.lowest), shown(one.highest)), pattern)
        for one, pattern in zip(classes, ASCENDING.get(len(classes), ()), strict=True)
    ]


def _span(lowest: str, highest: str) -> str:
    return lowest if lowest == highest else _("%(first)s bis %(last)s") % {"first": lowest, "last": highest}
