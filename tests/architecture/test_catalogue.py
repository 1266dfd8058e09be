"""The catalogue of screen texts: compiled as it stands, without guesses."""

import gettext
from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "de" / "LC_MESSAGES" / "django.po"


def test_the_compiled_catalogue_says_what_the_readable_one_says():
    readable = read_po(CATALOGUE.read_bytes().splitlines(keepends=True), locale="de")
    compiled = gettext.GNUTranslations(CATALOGUE.with_suffix(".mo").open("rb"))

    single = [message for message in readable if message.id and message.string and not message.pluralizable]
    assert {message.id: compiled.gettext(message.id) for message in single} == {
        message.id: message.string for message in single
    }


def test_the_catalogue_holds_no_guesses():
    readable = read_po(CATALOGUE.read_bytes().splitlines(keepends=True), locale="de")

    assert [message.id for message in readable if message.id and message.fuzzy] == []
