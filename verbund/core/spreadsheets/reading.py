"""Files → rows: CSV, XLSX, ODS. The kind is told by the content; what is refused says file, sheet, line and column."""

import csv
import io
from codecs import register_error
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import puremagic
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from verbund.core.errors import DomainError
from verbund.core.exports import safe_text
from verbund.core.spreadsheets import archive
from verbund.core.spreadsheets.archive import MOST_COLUMNS, MOST_ROWS, Refused

LARGEST_FILE = 50 * 1024 * 1024
LONGEST_CELL = 32_000
LOOK_AHEAD = 20
"""In how many lines from the top the head of the table is looked for."""

DELIMITERS = ";,\t|"
ENDINGS = {"csv": ("csv", "txt", "tsv"), "xlsx": ("xlsx",), "ods": ("ods",)}
BROKEN = ("Ã", "Â", "â€", "Å", "Ø", "Ù")
"""What umlauts and quotation marks look like after being read in the wrong encoding."""

UTF16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableFile(DomainError):
    """A file that is not read: empty, too big, of another kind, damaged or dangerous."""


@dataclass
class Row:
    """A line of a table: its number as people count, and its cells (text, number, day, time, bool, None)."""

    number: int
    cells: list


@dataclass
class Table:
    """The readable tables of a file, hidden ones last. `rows` begins below the head; `notes` say what was repaired.

    `fills_merged`: a cell merged with those below it counts for each of their lines. Never where sums are read.
    """

    kind: str
    name: str
    content: bytes
    sheets: list[str] = field(default_factory=list)
    delimiter: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    fills_merged: bool = False

    def lines(self, sheet: str = "") -> Iterator[Row]:
        """Yield every line of a sheet that says something. Raises UnreadableFile."""
        found = self._of_csv() if self.kind == "csv" else self._of_workbook(sheet or self.sheets[0])
        for row in found:
            if any(cell not in (None, "") for cell in row.cells):
                yield row

    def head(self, sheet: str = "") -> Row:
        """Return the first line with two words, else the first: what the columns are called."""
        first = list(islice(self.lines(sheet), LOOK_AHEAD))
        if not first:
            raise UnreadableFile(_("„%s“ enthält keine Zeilen.") % self.name)
        named = (row for row in first if sum(isinstance(cell, str) and bool(cell) for cell in row.cells) > 1)
        return next(named, first[0])

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Yield the lines below the head; raises UnreadableFile at more than 100,000."""
        head = self.head(sheet).number
        below = (row for row in self.lines(sheet) if row.number > head)
        for count, row in enumerate(below, start=1):
            if count > MOST_ROWS:
                sentence = _("„%(name)s“ hat mehr als 100.000 Zeilen (ab Zeile %(line)d). Bitte teilen Sie die Datei.")
                raise UnreadableFile(sentence % {"name": self.name, "line": row.number})
            yield row

    def _of_csv(self) -> Iterator[Row]:
        errors = "strict" if self.encoding != "utf-8-sig" else MIXED
        text = io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, errors=errors, newline="")
        reader = csv.reader(text, delimiter=self.delimiter)
        try:
            for line in reader:
                if len(line) > MOST_COLUMNS:
                    raise UnreadableFile(self._told(_("mehr als 200 Spalten"), line=reader.line_num))
                yield Row(reader.line_num, [_text(cell) for cell in line])
        except (csv.Error, UnicodeError) as problem:
            raise UnreadableFile(self._told(_("nicht lesbar"), line=reader.line_num + 1)) from problem

    def _of_workbook(self, sheet: str) -> Iterator[Row]:
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
            found = book.get_sheet_by_name(sheet)
            left = found.start[1] if found.start else 0
            rows = enumerate(([None] * left + [plain(cell) for cell in cells] for cells in found.iter_rows()), start=1)
            for number, cells in _filled(rows, found.merged_cell_ranges or []) if self.fills_merged else rows:
                yield Row(number, cells)
        except (CalamineError, PasswordError, ValueError, OSError) as problem:
            raise UnreadableFile(self._told(_("nicht lesbar"), sheet=sheet)) from problem

    def _told(self, sentence: str, *, sheet: str = "", line: int | None = None, column: int | None = None) -> str:
        return where(self.name, sentence, sheet=sheet, line=line, column=column)


def where(name: str, sentence: str, *, sheet: str = "", line: int | None = None, column: int | None = None) -> str:
    """Return a sentence with the place it speaks of in front."""
    parts = [f"„{name}“"]
    if sheet:
        parts.append(_("Blatt oder Teil „%s“") % sheet[:80])
    if line:
        parts.append(_("Zeile %d") % line)
    if column:
        parts.append(_("Spalte %d") % column)
    return f"{', '.join(parts)}: {sentence}"


def open_table(content: bytes, name: str) -> Table:
    """Look at a file and return its table; nothing of it is trusted before. Raises UnreadableFile."""
    name = checked_name(content, name)
    table = _workbook(content, name) if content.startswith(b"PK") else _csv(content, name)
    ending = name.rpartition(".")[2].casefold()
    if ending not in ENDINGS[table.kind]:
        sentence = _("Der Inhalt ist %(kind)s, der Name sagt „.%(ending)s“. Speichern Sie die Datei neu.")
        raise UnreadableFile(where(name, sentence % {"kind": table.kind.upper(), "ending": ending}))
    return table


def checked_name(content: bytes, name: str) -> str:
    """Return the plain name of a file that is neither empty nor too big. Raises UnreadableFile."""
    name = name.replace("\\", "/").rpartition("/")[2][:120]
    if not content.strip():
        raise UnreadableFile(where(name, _("Die Datei ist leer.")))
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(where(name, _("Die Datei ist größer als 50 MB. Bitte teilen Sie sie.")))
    return name


def _workbook(content: bytes, name: str) -> Table:
    try:
        kind, safe = archive.checked(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(safe))
    except Refused as problem:
        place = {"sheet": problem.part, "line": problem.line, "column": problem.column}
        raise UnreadableFile(where(name, str(problem), **place)) from problem
    except (CalamineError, PasswordError, ValueError, OSError) as problem:
        raise UnreadableFile(where(name, _("Die Tabelle ist beschädigt."))) from problem
    shown_first = sorted(book.sheets_metadata, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    return Table(kind, name, safe, sheets=[sheet.name for sheet in shown_first])


def _csv(content: bytes, name: str) -> Table:
    _refuse_other_kinds(content, name)
    notes: list[str] = []
    encoding = "utf-8-sig"
    if content.startswith(UTF16):
        encoding = "utf-16"
    elif (position := content.find(b"\x00")) >= 0:
        before = content[:position]
        line, column = before.count(b"\n") + 1, position - before.rfind(b"\n")
        sentence = _("Hier steht ein Zeichen, das in keiner Tabelle vorkommt (NUL).")
        raise UnreadableFile(where(name, sentence, line=line, column=column))
    elif not _is_utf8(content):
        notes.append(_("Die Datei mischt Zeichensätze oder ist älter. Umlaute wurden dabei übertragen."))
    sample = content[:65_536].decode(encoding, errors="replace" if encoding == "utf-16" else MIXED)
    return Table("csv", name, content, [""], delimiter=_delimiter(sample), encoding=encoding, notes=notes)


def _refuse_other_kinds(content: bytes, name: str) -> None:
    start = content[:2_048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<body")):
        raise UnreadableFile(where(name, _("Das ist eine Webseite (HTML) unter anderem Namen.")))
    if start.startswith((b"<?xml", b"<!doctype")):
        raise UnreadableFile(where(name, _("Das ist eine XML-Datei, keine Tabelle.")))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        sentence = _("Das ist das alte Excel-Format. Speichern Sie die Tabelle als .xlsx oder .csv.")
        raise UnreadableFile(where(name, sentence))
    try:
        kind = puremagic.from_string(content[:65_536], mime=True)
    except (puremagic.PureError, ValueError):
        return
    if kind == "application/pdf" or kind.startswith(("image/", "audio/", "video/", "application/x-exec")):
        if kind != "application/pdf" and b"\x00" not in content[:4_096]:
            return  # a text may begin like a picture
        raise UnreadableFile(where(name, _("Das ist keine Tabelle, sondern: %s.") % kind))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: str) -> str:
    """Return the sign that divides most lines alike."""
    lines = [line for line in sample.splitlines()[:LOOK_AHEAD] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        common = max(set(counts), key=lambda number: (counts.count(number), number), default=1)
        return (counts.count(common) if common > 1 else 0), common

    try:
        return max(DELIMITERS, key=agreement)
    except csv.Error:
        return ";"


def plain(cell):
    """Return a cell of a workbook: whole numbers without places, text repaired, empty ones as None."""
    if isinstance(cell, str):
        return _text(cell) or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def _filled(rows: Iterator[tuple[int, list]], merged: list) -> Iterator[tuple[int, list]]:
    """Yield rows with what a cell says that was merged with those below it; wide ones are headings and stay."""
    tall: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in merged:
        if left == right and bottom > top:
            tall.setdefault(top + 1, []).append((left, bottom + 1))
    said: dict[int, tuple[int, object]] = {}
    for number, cells in rows:
        if any(cell not in (None, "") for cell in cells):
            for column, (last, cell) in said.items():
                if number <= last and column < len(cells) and cells[column] in (None, ""):
                    cells[column] = cell
        for column, last in tall.get(number, ()):
            if column < len(cells):
                said[column] = (last, cells[column])
        yield number, cells


def _text(cell: str) -> str:
    """Return a text without blanks around it and with umlauts repaired that were read wrongly before."""
    text = cell.strip()
    if text.isascii() and not text.startswith("'"):  # as nearly always
        return text[: LONGEST_CELL + 1]
    if text.startswith("'") and safe_text(text[1:]) == text:
        text = text[1:]  # how our own tables write what could be a formula
    if not text.isascii() and any(sign in text for sign in BROKEN):
        from ftfy import fix_encoding  # only such a text pays for it, not every start

        text = fix_encoding(text)
    return text[: LONGEST_CELL + 1]


MIXED = "verbund-cp1252"
"""Bytes that are no UTF-8 are read as what old Windows programs wrote; both may stand in one file."""


def _from_windows(problem: UnicodeError):
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    wrong = problem.object[problem.start : problem.end]
    return wrong.decode("cp1252", errors="replace"), problem.end


register_error(MIXED, _from_windows)
