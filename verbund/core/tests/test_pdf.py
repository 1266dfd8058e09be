"""Rendering: any text is printed as text, the same data gives the same bytes, faults are named."""

import io
import threading
import unicodedata
from datetime import UTC, datetime

import pikepdf
import pytest

from verbund.core import pdf
from verbund.core.tests.pdf_text import text_of

TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(font: ("Fira Sans", "DejaVu Sans Mono"), lang: "de")
#title()
#d.text
"""
NOON = datetime(2023, 4, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "probe.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "typed",
    [
        "#panic()",
        "*fett*",
        "$x^2$",
        "@quelle",
        "<b>fett</b>",
        "\"'",
        "= Titel",
        "\\u{41}",
        "{name}",
        "`roh`",
        "[Klammer]",
        "// Rest",
    ],
)
def test_what_a_person_typed_is_printed_and_never_read_as_markup(template, typed):
    assert typed in text_of(pdf.render(template, {"text": f"Name {typed} Ende"}, title="Probe", issued_at=NOON))


@pytest.mark.parametrize("name", ["Weiß", "Ağaoğlu", "Ștefan", "Łukasz", "Nguyễn", "Ольга", "Δημήτρης"])
def test_names_with_foreign_letters_are_printed(template, name):
    assert name in text_of(pdf.render(template, {"text": name}, title="Probe", issued_at=NOON))


def test_names_in_arabic_letters_are_printed(template):
    printed = text_of(pdf.render(template, {"text": "محمد"}, title="Probe", issued_at=NOON))
    assert sorted(unicodedata.normalize("NFKC", printed).split()[-1]) == sorted("محمد")


def test_a_direction_override_cannot_turn_a_line_around(template):
    printed = text_of(pdf.render(template, {"text": "Betrag \u202e100,00\u202c Euro"}, title="Probe", issued_at=NOON))
    assert "Betrag 100,00 Euro" in printed


@pytest.mark.parametrize("character", ["中", "😀", "ก", "\ue000", "\x00", "\ufeff", "\ud800", "\u2028"])
def test_a_character_without_a_letterform_does_not_stop_the_document(template, character):
    assert "vorher" in text_of(pdf.render(template, {"text": f"vorher {character} nachher"}, title="P", issued_at=NOON))


def test_many_characters_without_letterforms_become_signs_of_replacement(template):
    text = "".join(chr(0x4E00 + number) for number in range(500))
    assert "□" * 40 in text_of(pdf.render(template, {"text": text}, title="P", issued_at=NOON)).replace("\n", "")


def test_the_same_data_gives_the_same_bytes_and_another_moment_does_not(template):
    first, second = (pdf.render(template, {"text": "gleich"}, title="P", issued_at=NOON) for _ in range(2))
    later = pdf.render(template, {"text": "gleich"}, title="P", issued_at=NOON.replace(hour=13))
    assert first == second
    assert first != later


def test_the_moment_of_issue_is_the_file_date_and_needs_a_time_zone(template):
    with pikepdf.open(io.BytesIO(pdf.render(template, {"text": "x"}, title="P", issued_at=NOON))) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20230427120000")
    with pytest.raises(ValueError, match="time zone"):
        pdf.render(template, {"text": "x"}, title="P", issued_at=NOON.replace(tzinfo=None))


def test_a_faulty_template_is_named_as_our_fault(tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#unbekannt", encoding="utf-8")
    with pytest.raises(pdf.CannotTypeset, match="unbekannt"):
        pdf.render(broken, {}, title="P", issued_at=NOON)


def test_a_template_without_a_title_cannot_be_issued(tmp_path):
    untitled = tmp_path / "untitled.typ"
    untitled.write_text("Text", encoding="utf-8")
    with pytest.raises(pdf.CannotTypeset, match="title"):
        pdf.render(untitled, {}, title="P", issued_at=NOON)


def test_threads_can_render_at_the_same_time(template):
    made = []
    threads = [
        threading.Thread(
            target=lambda number=number: made.append(
                pdf.render(template, {"text": str(number % 2)}, title="P", issued_at=NOON)
            )
        )
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 2
