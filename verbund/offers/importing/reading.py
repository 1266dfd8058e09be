"""Files of entries: any table the house reads, GeoJSON, and Integreat's own in the form of an ordinary list."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from verbund.core.spreadsheets import reading
from verbund.core.spreadsheets.archive import Refused
from verbund.core.spreadsheets.reading import Row, UnreadableFile, where
from verbund.offers import integreat
from verbund.offers.importing import geojson

ENDINGS = ("geojson", "json")


@dataclass
class Table(reading.Table):
    """A table whose lines are those of an ordinary list, also where Integreat or a map wrote it."""

    features: list[list] = field(default_factory=list)

    def lines(self, sheet: str = "") -> Iterator[Row]:
        """Yield every line of a sheet that says something. Raises UnreadableFile."""
        if self.kind == "geojson":
            for number, cells in enumerate(self.features):
                yield Row(number, [reading.plain(cell) for cell in cells])
        else:
            yield from _folded(super().lines(sheet))


def open_table(content: bytes, name: str) -> Table:
    """Look at a file and return its table; nothing of it is trusted before. Raises UnreadableFile."""
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _points(content, reading.checked_name(content, name))
    return Table(**vars(reading.open_table(content, name)) | {"fills_merged": True})


def _points(content: bytes, name: str) -> Table:
    ending = name.rpartition(".")[2].casefold()
    if ending not in ENDINGS:
        sentence = _("Der Inhalt ist %(kind)s, der Name sagt „.%(ending)s“. Speichern Sie die Datei neu.")
        raise UnreadableFile(where(name, sentence % {"kind": "GeoJSON", "ending": ending[:10]}))
    try:
        return Table("geojson", name, content, [""], features=geojson.table(content))
    except Refused as problem:
        raise UnreadableFile(where(name, str(problem), line=problem.line, column=problem.column)) from problem


def _folded(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows of a table; those of Integreat in the form of an ordinary list."""
    first = next(rows, None)
    if first is None:
        return
    head = integreat.Head(first.cells)
    if not head.is_known:
        yield first
        yield from rows
        return
    yield Row(first.number, head.folded_head())
    for row in rows:
        yield Row(row.number, head.folded(row.cells))
