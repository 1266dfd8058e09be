"""Collect the texts of the screens into locale/de (needs gettext's programs) and compile the catalogue: make messages.

The German texts are their own keys and need no entry in the catalogue's right column; only sentences of Django that we
say differently (verbund/core/wording.py) are filled in there. A guess of gettext is never kept.

locale/en, ar, tr, uk and de_Simple (Leichte Sprache) hold the texts of the public pages of the offers and of the frame
around them. They are written by hand, key by key (a test names what is missing), and compiled here.
"""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
CATALOGUE = LOCALE / "de" / "LC_MESSAGES" / "django.po"
BY_HAND = {"en": "en", "ar": "ar", "tr": "tr", "uk": "uk", "de_Simple": "de"}
"""Folder and the language whose rules of plural hold there; de_Simple is Leichte Sprache (de-simple)."""
HEADER = "# Texts of the screens of Verbund. Made by `make messages`; German texts are their own keys."


def collect() -> None:
    """Let Django read all sources and templates into the catalogue."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.chdir(ROOT)
    from django.core.management import call_command

    ignored = [".venv", "node_modules", "tests", "var"]
    call_command("makemessages", locale=["de"], no_location=True, no_wrap=True, ignore_patterns=ignored)


def tidy_and_compile() -> None:
    """Drop guesses and what no page says any more, leave out dates, write django.po and django.mo."""
    catalogue = read_po(CATALOGUE.read_bytes().splitlines(keepends=True), locale="de")
    for message in catalogue:
        if message.id and message.fuzzy:
            message.flags.discard("fuzzy")
            message.string = ("", "") if message.pluralizable else ""
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER
    catalogue.project, catalogue.version = "Verbund", "1"
    catalogue.last_translator, catalogue.language_team = "Verbund", "de"
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, omit_header=False, no_location=True, width=0, sort_output=True)
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines(keepends=True)
    stable = [
        line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By'))
    ]
    CATALOGUE.write_text("".join(stable), encoding="utf-8")
    compile_catalogue(CATALOGUE, "de")


def compile_by_hand() -> None:
    """Compile the catalogues of the other languages as they stand."""
    for folder, language in BY_HAND.items():
        compile_catalogue(LOCALE / folder / "LC_MESSAGES" / "django.po", language)


def compile_catalogue(catalogue: Path, language: str) -> None:
    with catalogue.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_po(catalogue.read_bytes().splitlines(keepends=True), locale=language))


if __name__ == "__main__":
    collect()
    tidy_and_compile()
    compile_by_hand()
