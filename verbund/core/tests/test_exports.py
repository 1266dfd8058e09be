"""Tables for German Excel: numbers are numbers, days are days, and nothing a person typed is ever a formula."""

import csv
import io
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import openpyxl
import pytest

from verbund.core.exports import Column, csv_bytes, safe_text, xlsx_bytes

SIGNS = [
    "=",
    "+",
    "-",
    "@",
    "|",
    "%",
    "＝",
    "＋",
    "－",
    "＠",
    "﹦",
    "﹢",
    "﹣",
    "﹫",
    "⁼",
    "₌",
    "⁺",
    "₊",
    "⁻",
    "₋",
    "−",
    "﬩",
]
FRONTS = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\x00",
    "\x01\x02",
    "\x1b",
    "\x7f",
    "\x85",
    "\xa0",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\u202e",
    "\u3000",
    "'",
    '"',
    "\x00 \t\u200b",
    ' "\u200d',
]
BODY = 'cmd|"/c calc"!A1'
VARIANTS = [front + sign + BODY for front, sign in product(FRONTS, SIGNS)]
TEXT = [Column("Text", lambda row: row)]


def cells_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def looks_like_a_formula(text: str) -> bool:
    """What the most credulous spreadsheet would take for a formula: also behind what it drops or folds."""
    kept = [sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}]
    return unicodedata.normalize("NFKC", "".join(kept))[:1] in {"=", "+", "-", "@", "|", "%", "−"}


def test_no_cell_of_a_csv_is_a_formula_whatever_stands_before_the_sign():
    _head, *cells = cells_of(csv_bytes(TEXT, VARIANTS))
    assert len(cells) == len(VARIANTS)
    assert [row for row in cells if len(row) != 1 or looks_like_a_formula(row[0])] == []
    assert all(row[0].startswith("'") for row in cells)


def test_no_cell_of_an_xlsx_is_a_formula_whatever_stands_before_the_sign():
    sheet = sheet_of(xlsx_bytes(TEXT, VARIANTS, title="Probe"))
    cells = [sheet.cell(row, 1) for row in range(2, len(VARIANTS) + 2)]
    assert [cell.value for cell in cells if cell.data_type != "s" or looks_like_a_formula(cell.value)] == []


def test_a_separator_in_a_text_does_not_begin_a_new_cell():
    text = 'a;=1+1\n=2+2,"=3+3'
    assert cells_of(csv_bytes(TEXT, [text])) == [["Text"], ['a;=1+1 =2+2,"=3+3']]


@pytest.mark.parametrize(
    "text", ["Stadt Köln", "Kreis Unna – Süd", "50 % der Stelle", "a=b", "مركز", "O'Neill", "3-4 Stellen"]
)
def test_what_is_no_formula_stays_as_it_was_typed(text):
    assert safe_text(text) == text


def test_amounts_days_and_yes_stand_in_german_in_a_csv():
    columns = [
        Column(name, lambda row, name=name: row[name]) for name in ("Betrag", "Tag", "Zeit", "ja", "Zahl", "leer")
    ]
    row = {
        "Betrag": Decimal("-57000.50"),
        "Tag": date(2022, 10, 28),
        "Zeit": datetime(2022, 12, 31, 23, 30, tzinfo=UTC),
        "ja": True,
        "Zahl": 2023,
        "leer": None,
    }
    content = csv_bytes(columns, [row])
    assert content.startswith(b"\xef\xbb\xbf")
    assert cells_of(content)[1] == ["-57000,50", "28.10.2022", "01.01.2023 00:30", "ja", "2023", ""]


def test_amounts_and_days_are_numbers_and_days_in_an_xlsx():
    columns = [Column("Betrag", lambda row: row[0]), Column("Tag", lambda row: row[1])]
    sheet = sheet_of(xlsx_bytes(columns, [(Decimal("57000.50"), date(2022, 10, 28))], title="Anträge: [2023]"))
    amount, day = sheet["A2"], sheet["B2"]
    assert (Decimal(str(amount.value)), amount.data_type) == (Decimal("57000.5"), "n")
    assert (day.value.date(), day.is_date) == (date(2022, 10, 28), True)
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Anträge 2023", "A2", "A1:B2")


def test_an_endless_text_and_unwritable_characters_do_not_break_the_file():
    texts = ["x" * 100_000, "\ud800", "\uffff\ufffe", "\x00\x08\x0b\x0c\x1f", "=" * 40_000]
    sheet = sheet_of(xlsx_bytes(TEXT, texts, title="\x00"))
    assert sheet.max_row == len(texts) + 1
    assert len(cells_of(csv_bytes(TEXT, texts))) == len(texts) + 1


def test_a_workbook_names_its_sources_on_a_second_sheet_as_text():
    columns = [Column("Name", lambda row: row)]
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_bytes(columns, ["Solingen"], title="Zentren", sources=["© Destatis, 2025", "=1+1"]))
    )
    assert book.sheetnames == ["Zentren", "Quellen"]
    assert [(cell.value, cell.data_type) for cell in book["Quellen"]["A"]] == [
        ("© Destatis, 2025", "s"),
        ("'=1+1", "s"),
    ]


def test_a_workbook_without_sources_has_one_sheet():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Column("Name", str)], ["a"], title="Zentren")))
    assert book.sheetnames == ["Zentren"]
