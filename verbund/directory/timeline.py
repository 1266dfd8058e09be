"""Names over time as a picture: what is drawn where. The rows come from the records, the drawing is pure geometry."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verbund.directory import queries
from verbund.directory.calculations import covers, period_label
from verbund.directory.models import Organisation

FIRST_YEAR = 2010
WIDTH, EDGE = 960, 8
HEAD, TITLE, LANE, BAR, GAP = 48, 24, 32, 26, 10
LETTER, PADDING, YEAR_WIDTH, DAY_WIDTH = 9, 6, 40, 100
UNSURE_MARKS = frozenset({"C", "E"})


@dataclass(frozen=True)
class Bar:
    """A name in its period (both days included, open ends None). `is_unsure`: the days are not confirmed."""

    name: str
    short_name: str
    valid_from: date | None
    valid_until: date | None
    source: str
    mark: str = ""
    note: str = ""

    @property
    def is_unsure(self) -> bool:
        return self.mark in UNSURE_MARKS or bool(self.note)

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def period(self) -> str:
        return period_label(self.valid_from, self.valid_until)


@dataclass(frozen=True)
class Row:
    """What bore the names: one ministry, one body, the coordination units one after the other."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Label:
    """A text in its box: where the box begins, how wide it is, and whether the text stands at its end."""

    text: str
    x: float
    y: float
    width: float
    is_at_end: bool = False


@dataclass(frozen=True)
class Shape:
    """A bar as it is drawn, in the picture's own units."""

    bar: Bar
    is_current: bool
    fill: str
    outline: str
    label: Label
    is_label_inside: bool


@dataclass(frozen=True)
class Line:
    """A vertical line; not every one has a label."""

    x: float
    label: Label | None = None


@dataclass(frozen=True)
class Picture:
    """The whole drawing; `day` is None where the reference day lies outside of it."""

    height: int
    years: list[Line]
    titles: list[Label]
    shapes: list[Shape]
    day: Line | None
    width: int = WIDTH


def rows_of_organisation(organisation) -> list[Row]:
    """Return the names of one organisation as one row; its own period where no names are recorded."""
    return [Row(_title_of(organisation), tuple(_bars_of(organisation)))]


def rows_of_network() -> list[Row]:
    """Return ministries, granting authority, coordination units and bodies; three statements."""
    kinds = Organisation.Kind
    organisations = {kind: [] for kind in (kinds.MINISTRY, kinds.GRANTING_AUTHORITY, kinds.COORDINATION_UNIT)}
    for organisation in queries.authorities():
        if organisation.kind in organisations:
            organisations[organisation.kind].append(organisation)
    rows = [row for one in organisations[kinds.MINISTRY] for row in rows_of_organisation(one)]
    rows += [row for one in organisations[kinds.GRANTING_AUTHORITY] for row in rows_of_organisation(one)]
    units = [bar for one in organisations[kinds.COORDINATION_UNIT] for bar in _bars_of(one)]
    if units:
        rows.append(Row(_("Koordinierungsstellen"), tuple(sorted(units, key=lambda bar: bar.valid_from or date.min))))
    return rows + _rows_of_bodies()


def _title_of(organisation) -> str:
    field_of_work = organisation.get_field_display()
    return f"{organisation.get_kind_display()}: {field_of_work}" if field_of_work else organisation.get_kind_display()


def _bars_of(organisation) -> list[Bar]:
    names = list(organisation.names.all())
    if not names:
        names = [organisation]
    return [
        Bar(
            name=row.name,
            short_name=row.short_name,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            source=row.source,
            mark=getattr(row, "mark", ""),
            note=getattr(row, "period_note", ""),
        )
        for row in names
    ]


def _rows_of_bodies() -> list[Row]:
    found: dict[tuple, list] = {}
    for row in queries.body_names():
        found.setdefault((row.body, row.carrier_id), []).append(row)
    rows = []
    for (_body, carrier_id), names in found.items():
        body = names[0].get_body_display()
        title = f"{body}, {names[0].carrier.organisation.name}" if carrier_id else body
        bars = [Bar(row.name, row.short_name, row.valid_from, row.valid_until, row.source) for row in names]
        rows.append(Row(title, tuple(bars)))
    return rows


def drawn(rows: list[Row], *, until: date, reference_day: date | None = None) -> Picture:
    """Return the picture of rows over the years from 2010 to that of `until`, with a line at the reference day.

    Each name has a lane of its own, so that no label covers another. A beginning or end that is not known, has not
    come yet or lies outside of the picture has no closing line.
    """
    scale = _Scale(max(until.year, FIRST_YEAR))
    y, titles, shapes = HEAD, [], []
    for row in rows:
        titles.append(Label(row.title, EDGE, y, len(row.title) * LETTER + 2 * PADDING))
        y += TITLE
        for bar in row.bars:
            if scale.shows(bar):
                shapes.append(_shape(bar, scale, y, reference_day))
                y += LANE
        y += GAP
    day = _day_line(scale, reference_day) if reference_day and scale.holds(reference_day) else None
    return Picture(height=y, years=scale.years(), titles=titles, shapes=shapes, day=day)


class _Scale:
    """Days to places from left to right."""

    def __init__(self, last_year: int):
        self.last_year = last_year
        self.first, self.end = date(FIRST_YEAR, 1, 1), date(last_year, 12, 31)

    def at(self, day: date) -> float:
        share = (day - self.first).days / ((self.end - self.first).days + 1)
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.end

    def shows(self, bar: Bar) -> bool:
        return (bar.valid_from is None or bar.valid_from <= self.end) and (
            bar.valid_until is None or bar.valid_until >= self.first
        )

    def years(self) -> list[Line]:
        count = self.last_year - FIRST_YEAR + 1
        step = next((step for step in (1, 2, 5) if count <= 18 * step), 10)
        return [
            self._year(year, has_label=not (year - FIRST_YEAR) % step) for year in range(FIRST_YEAR, self.last_year + 1)
        ]

    def _year(self, year: int, *, has_label: bool) -> Line:
        x = self.at(date(year, 1, 1))
        return Line(x, Label(str(year), x + 2, 0, YEAR_WIDTH) if has_label else None)


def _day_line(scale: _Scale, day: date) -> Line:
    x = scale.at(day)
    left = min(max(x - DAY_WIDTH / 2, 0), WIDTH - DAY_WIDTH)
    return Line(x, Label(f"{day:%d.%m.%Y}", left, 22, DAY_WIDTH))


def _shape(bar: Bar, scale: _Scale, y: float, reference_day: date | None) -> Shape:
    is_open_left = bar.valid_from is None or bar.valid_from < scale.first
    is_open_right = bar.valid_until is None or bar.valid_until > scale.end
    left = EDGE if is_open_left else scale.at(bar.valid_from)
    right = WIDTH - EDGE if is_open_right else scale.at(bar.valid_until)
    right = max(right, left + 4)
    bottom = y + BAR
    outline = f"M{left} {y}H{right}M{left} {bottom}H{right}"
    outline += "" if is_open_left else f"M{left} {y}V{bottom}"
    outline += "" if is_open_right else f"M{right} {y}V{bottom}"
    label = _label(bar.label, left, right, y + 3)
    return Shape(
        bar=bar,
        is_current=reference_day is not None and covers(bar, reference_day),
        fill=f"M{left} {y}H{right}V{bottom}H{left}Z",
        outline=outline,
        label=label,
        is_label_inside=left <= label.x < right,
    )


def _label(text: str, left: float, right: float, y: float) -> Label:
    """Return a bar's label: inside the bar, else to the right of it, else to the left."""
    width = len(text) * LETTER + 2 * PADDING
    if width + 4 <= right - left:
        return Label(text, left + 2, y, width)
    if right + 2 + width <= WIDTH:
        return Label(text, right + 2, y, width)
    return Label(text, left - 2 - width, y, width, is_at_end=True)
