"""The cash office's list of incoming money: which column is what, how days and amounts are written, what is wrong."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.core.form_fields import FIRST_YEAR, LAST_YEAR
from verbund.core.money import AmountError, parse_amount
from verbund.core.spreadsheets import Row, Table, UnreadableFile, open_table, where
from verbund.funding.models import Receipt, ReceiptFile

LARGEST_LIST = 5 * 1024 * 1024
MOST_LINES = 5_000
NAMES = {
    "booking_number": ("buchungsnummer", "buchungsnr", "belegnummer", "belegnr", "buchungs-id", "umsatznummer"),
    "day": ("buchungstag", "buchungsdatum", "datum", "wertstellung", "valuta", "tag"),
    "amount": ("betrag", "betrag eur", "betrag euro", "umsatz", "zahlbetrag", "betrag in eur"),
    "payer": ("zahler", "einzahler", "auftraggeber", "zahlungspflichtiger", "name", "absender"),
    "purpose": ("verwendungszweck", "zweck", "kassenzeichen", "buchungstext", "text"),
}
NEEDED = ("booking_number", "day", "amount")
LONGEST = {"booking_number": 60, "payer": 140, "purpose": 500}
DAY_FORMATS = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d")


@dataclass(frozen=True)
class Line:
    """One line of a list: its number as people count, and what came in."""

    number: int
    booking_number: str
    day: date
    amount: Decimal
    payer: str = ""
    purpose: str = ""


@dataclass
class ReadList:
    """What a list says: `new` lines, how many are `known` already, and the `errors` with line and reason."""

    new: list[Line] = field(default_factory=list)
    known: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.new), Decimal("0.00"))


class _Wrong(Exception):
    """Why a cell cannot be read: `str()` is the sentence, `column` its name in the list."""

    def __init__(self, sentence: str, column: str):
        super().__init__(sentence)
        self.column = column


def of_file(file: ReceiptFile) -> ReadList:
    """Return what a kept list says now: what was booked meanwhile counts as known."""
    with file.document.open() as content:
        return read(content.read(), file.document.name)


def read(content: bytes, name: str) -> ReadList:
    """Return what a list says. Raises UnreadableFile for a file that is none, too big, or lacks a column."""
    if len(content) > LARGEST_LIST:
        raise UnreadableFile(where(name, _("Die Liste ist größer als 5 MB. Bitte teilen Sie sie.")))
    table = open_table(content, name)
    columns = _columns(table)
    lines, errors = [], []
    for row in table.rows():
        if len(lines) + len(errors) >= MOST_LINES:
            raise UnreadableFile(where(name, _("Die Liste hat mehr als 5.000 Zeilen. Bitte teilen Sie sie.")))
        try:
            lines.append(_line(row, columns))
        except _Wrong as problem:
            text = _("Zeile %(line)s, %(column)s: %(why)s")
            errors.append(text % {"line": row.number, "column": problem.column, "why": problem})
    return _compared(lines, errors)


def _columns(table: Table) -> dict[str, tuple[int, str]]:
    """Return place and name of each column that is understood, whatever its case and signs."""
    found: dict[str, tuple[int, str]] = {}
    for place, cell in enumerate(table.head().cells):
        said = re.sub(r"[^a-zäöüß -]", " ", str(cell or "").casefold()).strip(" -")
        said = " ".join(said.split())
        for column, names in NAMES.items():
            if said in names and column not in found:
                found[column] = (place, str(cell))
    missing = [names[0].capitalize() for column, names in NAMES.items() if column in NEEDED and column not in found]
    if missing:
        raise UnreadableFile(where(table.name, _("Es fehlt die Spalte: %s.") % ", ".join(missing)))
    return found


def _line(row: Row, columns: dict[str, tuple[int, str]]) -> Line:
    def cell(column: str):
        place, name = columns.get(column, (-1, ""))
        return (row.cells[place] if 0 <= place < len(row.cells) else None), name

    texts = {column: _text(*cell(column), most) for column, most in LONGEST.items()}
    if not texts["booking_number"]:
        raise _Wrong(_("Hier fehlt die Buchungsnummer."), cell("booking_number")[1])
    return Line(row.number, day=_day(*cell("day")), amount=_amount(*cell("amount")), **texts)


def _text(value, name: str, most: int) -> str:
    text = " ".join(str("" if value is None else value).replace("\x00", "").split())
    if len(text) > most:
        raise _Wrong(_("Der Text ist länger als %(most)s Zeichen.") % {"most": most}, name)
    return text


def _day(value, name: str) -> date:
    if isinstance(value, datetime):
        value = value.date()
    day = value if isinstance(value, date) else _parsed_day(str(value or "").strip())
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Wrong(_("„%s“ ist kein Tag. Beispiel: 31.10.2023") % str(value or "")[:40], name)
    return day


def _parsed_day(text: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _amount(value, name: str) -> Decimal:
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount = Decimal(str(value))
        if -amount.as_tuple().exponent > 2:
            raise _Wrong(_("„%s“ hat mehr als zwei Nachkommastellen.") % value, name)
    else:
        text = str(value or "").strip().removesuffix("EUR").removesuffix("H").strip().lstrip("+").strip()
        try:
            amount = parse_amount(text)
        except AmountError as problem:
            raise _Wrong(
                _("„%s“ ist kein Betrag, der eingegangen ist. Beispiel: 1.234,56") % text[:40], name
            ) from problem
    if amount <= 0:
        raise _Wrong(_("Ein Eingang ist größer als null."), name)
    return amount.quantize(Decimal("0.01"))


def _compared(lines: list[Line], errors: list[str]) -> ReadList:
    """Tell new lines from known ones; a known number with another day or amount is an error, so is one said twice."""
    numbers = [line.booking_number for line in lines]
    known = {receipt.booking_number: receipt for receipt in Receipt.objects.filter(booking_number__in=numbers)}
    found = ReadList(errors=errors)
    seen: dict[str, Line] = {}
    for line in lines:
        there = known.get(line.booking_number) or seen.get(line.booking_number)
        if there is None:
            seen[line.booking_number] = line
            found.new.append(line)
        elif (there.day, there.amount) == (line.day, line.amount):
            found.known += 1
        else:
            text = _("Zeile %(line)s: Die Buchungsnummer %(number)s gibt es schon mit einem anderen Tag oder Betrag.")
            found.errors.append(text % {"line": line.number, "number": line.booking_number})
    return found
