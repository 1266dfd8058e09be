"""Workbooks (XLSX, ODS) are archives: every part is looked at before anything else opens it.

What is handed on is not the archive that came but a new one made of the parts that were looked at.
"""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError, ParserCreate

from defusedxml.common import DTDForbidden
from django.utils.translation import gettext as _

LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS, LARGEST_AREA = 1_000_000, 3_000_000
CHUNK = 256 * 1024
XML = (".xml", ".rels", ".vml")
NESTED = (".zip", ".xlsx", ".xlsm", ".ods", ".jar", ".docx", ".7z", ".gz", ".rar")
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
SKIPPED = ("xl/media/", "xl/embeddings/", "Pictures/", "Thumbnails/", "docProps/")
"""Pictures and descriptions: no row stands in them."""


class Refused(Exception):
    """Why an archive is not opened: `str()` is the sentence, `sheet`, `line`, `column` the place where it has one."""

    def __init__(self, sentence: str, *, part: str = "", line: int | None = None, column: int | None = None):
        super().__init__(sentence)
        self.part, self.line, self.column = part, line, column


def checked(content: bytes) -> tuple[str, bytes]:
    """Return the kind ("xlsx" or "ods") and an archive of the parts that were looked at. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_list(parts)
            kind = _kind_of(archive, {part.filename for part in parts})
            return kind, _copy(archive, parts, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        raise Refused(_("Die Datei ist beschädigt oder mit einem Kennwort geschützt.")) from problem


def _check_list(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Refused(_("Die Datei besteht aus zu vielen Teilen (%d).") % len(parts))
    if len({part.filename for part in parts}) != len(parts):
        raise Refused(_("Die Datei enthält einen Teil zweimal."))
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(_("Ausgepackt wäre die Datei größer als 50 MB."))
    for part in parts:
        name = part.filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise Refused(_("Ein Teil der Datei trägt einen Pfad im Namen."), part=name)
        if "vbaproject" in name.casefold() or name.startswith("Basic/"):
            raise Refused(_("Die Datei enthält Makros. Speichern Sie sie ohne Makros."), part=name)
        if name.casefold().endswith(NESTED):
            raise Refused(_("In der Datei steckt eine weitere gepackte Datei."), part=name)


def _kind_of(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Refused(_("Die Datei enthält Makros. Speichern Sie sie ohne Makros."))
        return "xlsx"
    if "content.xml" in names and "mimetype" in names and archive.read("mimetype").strip() == SPREADSHEET.encode():
        return "ods"
    raise Refused(_("Das ist keine Tabelle von Excel oder LibreOffice."))


def _copy(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: str) -> bytes:
    target = io.BytesIO()
    total = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for part in parts:
            if part.is_dir() or part.filename.startswith(SKIPPED):
                continue
            with archive.open(part) as source, copy.open(zipfile.ZipInfo(part.filename), "w") as sink:
                total += _look_at(source, sink, part.filename, kind, LARGEST_UNPACKED - total)
    return target.getvalue()


def _look_at(source, sink, name: str, kind: str, room: int) -> int:
    """Copy one part, piece by piece; XML is read on the way. Return its size."""
    parser = _parser(name, kind) if name.casefold().endswith(XML) else None
    size = 0
    while piece := source.read(CHUNK):
        if size == 0 and piece.startswith(b"PK\x03\x04"):
            raise Refused(_("In der Datei steckt eine weitere gepackte Datei."), part=name)
        size += len(piece)
        if size > room:
            raise Refused(_("Ausgepackt wäre die Datei größer als 50 MB."))
        if parser:
            _feed(parser, piece, name)
        sink.write(piece)
    if parser and size:
        _feed(parser, b"", name, is_end=True)
    return size


def _feed(parser, piece: bytes, name: str, *, is_end: bool = False) -> None:
    try:
        parser.Parse(piece, is_end)
    except DTDForbidden as problem:
        sentence = _("Die Datei enthält eine Dokumenttyp-Angabe (DTD). Solche Dateien öffnen wir nicht.")
        raise Refused(sentence, part=name) from problem
    except ExpatError as problem:
        sentence = _("Ein Teil der Datei ist nicht lesbar.")
        raise Refused(sentence, part=name, line=problem.lineno, column=problem.offset + 1) from problem


def _parser(name: str, kind: str):
    """Return a parser that refuses DTDs and entities, and of a sheet more rows or columns than we read."""
    parser = ParserCreate()

    def forbid(found, *rest):
        raise DTDForbidden(found, None, None)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    if kind == "xlsx" and name.startswith("xl/worksheets/") and name.endswith(".xml"):
        parser.StartElementHandler = _of_sheet(name)
    if kind == "ods" and name == "content.xml":
        extent = _Extent(name)
        parser.StartElementHandler, parser.EndElementHandler = extent.start, extent.end
    return parser


class _Area:
    """How far a sheet reaches and how many cells it has: a reader makes room for all of them at once."""

    def __init__(self):
        self.row = self.column = self.cells = 0

    def reach(self, row: int, column: int, sheet: str, *, cells: int = 1) -> None:
        """Take one more cell into account; raises Refused where there is no room."""
        check_extent(row, column, sheet)
        self.row, self.column, self.cells = max(self.row, row), max(self.column, column), self.cells + cells
        if self.cells > MOST_CELLS or self.row * self.column > LARGEST_AREA:
            sentence = _("Die Tabelle hat zu viele Zellen für dieses Format. Speichern Sie sie als CSV.")
            raise Refused(sentence, part=sheet, line=row or None)


def _of_sheet(name: str):
    """Refuse a cell far outside, and more cells than there is room for."""
    area = _Area()

    def start(tag, attributes):
        kind = tag.rpartition(":")[2]
        if kind == "row" and attributes.get("r", "").isdecimal():
            check_extent(int(attributes["r"][:12]), 0, name)
        elif kind == "c":
            area.reach(*_position(attributes.get("r", "")), name)

    return start


def _position(reference: str) -> tuple[int, int]:
    """Return row and column of "B3" as (3, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters[:8]:
        column = column * 26 + ord(letter.upper()) - 64
    digits = reference[len(letters) :]
    return int(digits[:12]) if digits else 0, column


def check_extent(row: int, column: int, sheet: str = "") -> None:
    """Raise Refused for a cell beyond what an import may have; some lines may stand above the head."""
    if row > MOST_ROWS + 50:
        raise Refused(_("Die Tabelle hat mehr als 100.000 Zeilen. Bitte teilen Sie sie."), part=sheet, line=row)
    if column > MOST_COLUMNS:
        raise Refused(_("Die Tabelle hat mehr als 200 Spalten."), part=sheet, line=row or None, column=column)


class _Extent:
    """Counts the repeated rows and cells of an ODS sheet up to the last that says something."""

    def __init__(self, name: str):
        self.name, self.row, self.column, self.repeat = name, 0, 0, 1
        self.area = _Area()

    def start(self, tag, attributes):
        if tag == "table:table":
            self.name, self.row, self.area = attributes.get("table:name", self.name), 0, _Area()
        elif tag == "table:table-row":
            self.repeat = _count(attributes.get("table:number-rows-repeated"))
            self.column = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self.column += _count(attributes.get("table:number-columns-repeated"))
            if "office:value-type" in attributes or "calcext:value-type" in attributes:
                row, count = self.row + self.repeat, _count(attributes.get("table:number-columns-repeated"))
                self.area.reach(row, self.column, self.name, cells=count * self.repeat)

    def end(self, tag):
        if tag == "table:table-row":
            self.row += self.repeat


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 1
