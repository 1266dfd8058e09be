"""Files that are no lists, or mean harm: refused by name of the reason, with file, sheet, line and column."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from verbund.core.spreadsheets import UnreadableFile, archive, open_table, reading
from verbund.offers.tests.import_story import CAFE, HEAD, csv_of, xlsx_of


def repacked(change=None, *, more=(), without=()) -> bytes:
    """Return a workbook with parts changed or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(CAFE))) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in without:
                new.writestr(name, change(name, old.read(name)) if change else old.read(name))
        for name, content in more:
            new.writestr(name, content)
    return target.getvalue()


def with_doctype(name: str, content: bytes) -> bytes:
    if name != "xl/worksheets/sheet1.xml":
        return content
    return b'<!DOCTYPE x [<!ENTITY a "b">]>' + content.partition(b"?>")[2 if content.startswith(b"<?xml") else 0]


def far_away(name: str, content: bytes) -> bytes:
    return content.replace(b'r="A2"', b'r="XFD1048576"') if name == "xl/worksheets/sheet1.xml" else content


def wide(name: str, content: bytes) -> bytes:
    return content.replace(b'r="A2"', b'r="GR90000"') if name == "xl/worksheets/sheet1.xml" else content


def bomb() -> bytes:
    return repacked(more=[("xl/worksheets/sheet2.xml", b"<x>" + b" " * (60 * 1024 * 1024) + b"</x>")])


def lying_bomb() -> bytes:
    """Return a workbook whose directory says that a big part is small."""
    size = 60 * 1024 * 1024
    content = repacked(more=[("xl/worksheets/sheet2.xml", b"<x>" + b" " * size + b"</x>")])
    true, false = (size + 7).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert true in content
    return content.replace(true, false)


def renamed(old: bytes, new: bytes) -> bytes:
    return repacked(more=[(old.decode(), b"x")]).replace(old, new)


HOSTILE = {
    "empty": (b"", "liste.csv", "leer"),
    "only blanks": (b" \r\n \n", "liste.csv", "leer"),
    "bomb": (bomb, "liste.xlsx", "größer als 50 MB"),
    "bomb that lies": (lying_bomb, "liste.xlsx", "beschädigt"),
    "dtd": (lambda: repacked(with_doctype), "liste.xlsx", "DTD"),
    "macros": (lambda: repacked(more=[("xl/vbaProject.bin", b"x")]), "liste.xlsx", "Makros"),
    "nested": (lambda: repacked(more=[("xl/media/a.zip", b"PK\x03\x04")]), "liste.xlsx", "gepackte Datei"),
    "nested in disguise": (lambda: repacked(more=[("xl/a.bin", b"PK\x03\x04x")]), "liste.xlsx", "gepackte Datei"),
    "path": (lambda: renamed(b"xl/aabbccdd.xml", b"../../aabbc.xml"), "liste.xlsx", "Pfad"),
    "far away cell": (lambda: repacked(far_away), "liste.xlsx", "mehr als 100.000 Zeilen"),
    "wide area": (lambda: repacked(wide), "liste.xlsx", "zu viele Zellen"),
    "many parts": (lambda: repacked(more=[(f"a{n}", b"") for n in range(2_001)]), "liste.xlsx", "zu vielen Teilen"),
    "no workbook": (lambda: repacked(without=["xl/workbook.xml"]), "liste.xlsx", "keine Tabelle"),
    "cut off": (lambda: xlsx_of(CAFE)[:2_000], "liste.xlsx", "beschädigt"),
    "html": (b"<html><table><tr><td>Titel</td></tr></table></html>", "liste.xlsx", "HTML"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "liste.xls", "alte Excel-Format"),
    "pdf and archive": (lambda: b"%PDF-1.7\n" + xlsx_of(CAFE), "liste.xlsx", "keine Tabelle"),
    "workbook as text": (lambda: xlsx_of(CAFE), "liste.csv", "der Name sagt"),
    "text as workbook": (csv_of(CAFE), "liste.xlsx", "der Name sagt"),
    "nul": (b"Titel;Ort\nCaf\x00;x\n", "liste.csv", "NUL"),
    "too many columns": ((";".join("ab" * 101)).encode() + b"\n" + b";" * 300, "liste.csv", "200 Spalten"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_no_list_or_means_harm_is_refused_by_name(what):
    content, name, reason = HOSTILE[what]

    with pytest.raises(UnreadableFile) as refusal:
        list(open_table(content() if callable(content) else content, name).rows())

    assert reason in str(refusal.value)
    assert name in str(refusal.value)


def test_a_refusal_says_line_and_column():
    with pytest.raises(UnreadableFile, match="Zeile 2, Spalte 4"):
        open_table(b"Titel;Ort\nCaf\x00;x\n", "liste.csv")
    with pytest.raises(UnreadableFile, match=r"sheet1.xml“, Zeile 1048576"):
        open_table(repacked(far_away), "liste.xlsx")


def test_a_hundred_thousand_lines_are_read_and_one_more_is_refused():
    line = b'"a";"b"\r\n'
    most = open_table(b"Titel;Anbieter\r\n" + line * archive.MOST_ROWS, "liste.csv")
    more = open_table(b"Titel;Anbieter\r\n" + line * (archive.MOST_ROWS + 1), "liste.csv")

    assert sum(1 for _row in most.rows()) == 100_000
    with pytest.raises(UnreadableFile, match=r"mehr als 100.000 Zeilen .ab Zeile 100002"):
        list(more.rows())


def test_two_encodings_in_one_file_and_broken_umlauts_are_read():
    head = "Titel;Anbieter\r\n"
    mixed = (head + "Café;Köln\r\n").encode() + "Straße;Düren\r\n".encode("cp1252") + "FuÃŸball;KÃ¶ln\r\n".encode()

    table = open_table(mixed, "liste.csv")

    assert [row.cells for row in table.rows()] == [["Café", "Köln"], ["Straße", "Düren"], ["Fußball", "Köln"]]
    assert table.notes


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_are_told_by_the_file(delimiter, encoding):
    text = delimiter.join(["Titel", "Straße"]) + "\n" + delimiter.join(["Nähcafé", "Weg 3"]) + "\n"

    assert [row.cells for row in open_table(text.encode(encoding), "l.csv").rows()] == [["Nähcafé", "Weg 3"]]


def test_a_head_that_stands_lower_is_found_and_lines_keep_their_numbers():
    book = Workbook()
    for row in (["Liste der Angebote"], [], ["Titel", "Anbieter"], [], ["Nähcafé", "Verein"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    table = open_table(file.getvalue(), "l.xlsx")

    assert table.head().cells == ["Titel", "Anbieter"]
    assert [(row.number, row.cells) for row in table.rows()] == [(5, ["Nähcafé", "Verein"])]


def test_what_is_read_is_what_was_looked_at():
    """The reader gets an archive made anew: whatever else the file carried is not in it."""
    content = repacked(more=[("docProps/x.bin", b"x"), ("xl/media/a.png", b"\x89PNG")])

    kind, safe = archive.checked(content)

    assert kind == "xlsx"
    assert not {"docProps/x.bin", "xl/media/a.png"} & set(zipfile.ZipFile(io.BytesIO(safe)).namelist())
    assert next(reading.open_table(content, "a.xlsx").rows()).cells[0] == CAFE[0]
    assert reading.open_table(content, "a.xlsx").head().cells == HEAD


def ods_of(*rows: tuple[tuple[str, ...], int], repeat: int = 1) -> bytes:
    """Return a LibreOffice table; each row with how often it is repeated, each cell `repeat` times."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    lines = "".join(
        f'<table:table-row table:number-rows-repeated="{times}">'
        + "".join(
            f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeat}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in cells
        )
        + '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        for cells, times in rows
    )
    sheet = f'<table:table table:name="T">{lines}</table:table>'
    sheet = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive_file:
        archive_file.writestr("mimetype", archive.SPREADSHEET)
        archive_file.writestr("content.xml", f"<office:document-content{names}>{sheet}</office:document-content>")
        archive_file.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def test_a_table_of_libreoffice_is_read_with_its_million_empty_rows_but_not_with_a_million_cells():
    table = open_table(ods_of((("Titel", "Anbieter"), 1), (("Nähcafé", "Verein"), 1), ((), 1_000_000)), "liste.ods")

    assert [row.cells[:2] for row in table.rows()] == [["Nähcafé", "Verein"]]
    with pytest.raises(UnreadableFile, match="zu viele Zellen"):
        open_table(ods_of((("x",), 90_000), repeat=150), "liste.ods")
