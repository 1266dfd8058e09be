"""Tables for German Excel: CSV and XLSX from the same columns, with cells that no spreadsheet takes for a formula."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core.money import to_cents

FORMULA_SIGNS = frozenset("=+-@|%\u2212")
LONGEST_CELL = 32_000
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EURO_FORMAT = '#,##0.00\\ "€"'
DAY_FORMAT = "DD.MM.YYYY"
NUMBER_FORMATS = {Decimal: EURO_FORMAT, datetime: "DD.MM.YYYY HH:MM", date: DAY_FORMAT}


@dataclass(frozen=True)
class Column:
    """A column: what stands above it and how its value comes from a row (text, Decimal euros, day, number, bool)."""

    label: str
    value: Callable
    width: int = 18


def safe_text(value) -> str:
    """Return a text that is only ever text: no control characters, and an apostrophe before what could be a formula.

    What stands before the sign does not help it: spaces, quotes, invisible characters, full-width or small variants.
    """
    text = "".join(_visible(character) for character in str(value))[:LONGEST_CELL]
    significant = text.lstrip(" \"'`´\u00a0")
    while significant and unicodedata.category(significant[0]) in {"Cf", "Zs", "Mn", "Co"}:
        significant = significant[1:].lstrip(" \"'`´")
    first = unicodedata.normalize("NFKC", significant[:1])[:1]
    return f"'{text}" if first in FORMULA_SIGNS and first else text


def _visible(character: str) -> str:
    """Return a character as it may stand in a cell: line breaks as a space, other control characters not at all."""
    if character in "\r\n\t\v\f\x85\u2028\u2029":
        return " "
    is_unwritable = unicodedata.category(character) in {"Cc", "Cs"} or ord(character) & 0xFFFE == 0xFFFE
    return "" if is_unwritable else character


def csv_bytes(columns: Sequence[Column], rows: Iterable) -> bytes:
    """Return a CSV file as German Excel opens it by a double click: semicolons, decimal comma, UTF-8 with its mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_text(column.label) for column in columns])
    for row in rows:
        writer.writerow([_in_german(column.value(row)) for column in columns])
    return file.getvalue().encode("utf-8-sig")


def _in_german(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, Decimal):
        return f"{to_cents(value)}".replace(".", ",")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"{_in_berlin(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return safe_text(value)


def _in_berlin(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def xlsx_bytes(columns: Sequence[Column], rows: Iterable, *, title: str, sources: Sequence[str] = ()) -> bytes:
    """Return an XLSX file with a frozen head, a filter, real numbers and days; every text is stored as text.

    With `sources` a second sheet says where the data comes from, one line each.
    """
    from openpyxl import Workbook  # half a second of start that only an export should pay
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(letter for letter in safe_text(title) if letter not in "[]:*?/\\'")[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_text_cell(sheet, column.label, bold=True) for column in columns])
    lines = [[_cell(sheet, column.value(row)) for column in columns] for row in rows]
    for line in lines:
        sheet.append(line)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(lines) + 1}"
    if sources:
        _add_sources(book, sources)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_sources(book, sources: Sequence[str]) -> None:
    sheet = book.create_sheet(_("Quellen"))
    sheet.column_dimensions["A"].width = 120
    for line in sources:
        sheet.append([_text_cell(sheet, line)])


def _cell(sheet, value):
    if value is None:
        return None
    if isinstance(value, bool):
        return _text_cell(sheet, _in_german(value))
    if isinstance(value, (Decimal, int, date)):
        plain = _in_berlin(value).replace(tzinfo=None) if isinstance(value, datetime) else value
        cell = _cell_class()(sheet, value=plain)
        cell.number_format = NUMBER_FORMATS.get(type(value), "General")
        return cell
    return _text_cell(sheet, value)


def _text_cell(sheet, value, *, bold: bool = False):
    cell = _cell_class()(sheet, value=safe_text(value))
    cell.data_type = "s"
    if bold:
        cell.font = _bold()
    return cell


def _cell_class():
    from openpyxl.cell import WriteOnlyCell

    return WriteOnlyCell


def _bold():
    from openpyxl.styles import Font

    return Font(bold=True)


def respond_csv(columns: Sequence[Column], rows: Iterable, *, name: str) -> HttpResponse:
    """Answer with a CSV file called `name`.csv."""
    return respond_csv_bytes(csv_bytes(columns, rows), name=name)


def respond_csv_bytes(content: bytes, *, name: str) -> HttpResponse:
    """Answer with the bytes of a CSV file that was made before."""
    return _download(content, CSV_TYPE, f"{name}.csv")


def respond_csv_text(content: bytes, *, name: str) -> HttpResponse:
    """Answer with a CSV file that was written for another program, called `name`.csv."""
    return _download(content, CSV_TYPE, f"{name}.csv")


def respond_xlsx(
    columns: Sequence[Column], rows: Iterable, *, name: str, title: str, sources: Sequence[str] = ()
) -> HttpResponse:
    """Answer with an XLSX file called `name`.xlsx whose sheet has a title; `sources` as in `xlsx_bytes`."""
    return _download(xlsx_bytes(columns, rows, title=title, sources=sources), XLSX_TYPE, f"{name}.xlsx")


def _download(content: bytes, content_type: str, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
