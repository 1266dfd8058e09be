"""Lists as people send them, made in the test."""

import io

from openpyxl import Workbook

HEAD = ["Angebot", "Anbieter", "Kurzbeschreibung", "Kategorie", "Sprachen", "Ort", "Straße", "PLZ", "Stadt", "Zeiten",
        "Telefon", "E-Mail", "Kosten"]  # fmt: skip
CAFE = ["Sprachcafé am Markt", "Verein Brücke", "Deutsch sprechen bei Kaffee", "Deutsch lernen; Leute treffen",
        "Arabisch, Türkisch", "Haus am Markt", "Markt 3", "42651", "Solingen", "Di 15-17 Uhr", "0212 290-0", "k.A.",
        "kostenlos"]  # fmt: skip
HOMEWORK = ["Hausaufgabenhilfe", "Verein Brücke", "Hilfe bei den Hausaufgaben", "Schule und Kita", "", "Haus am Markt",
            "Markt 3", "42651", "Solingen", "Mo, Mi 15–17 Uhr", "", "", "5,50 €"]  # fmt: skip


def csv_of(*rows, head=HEAD, encoding: str = "utf-8") -> bytes:
    """Return a list as German Excel saves it."""
    lines = (";".join(f'"{cell}"' for cell in row) for row in (head, *rows))
    return "\r\n".join(lines).encode(encoding)


def xlsx_of(*rows, head=HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
