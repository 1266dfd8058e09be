"""The public pages of the offers speak Arabic and English in full: no German is left over around the entries."""

import ast
import gettext
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

VERBUND = settings.BASE_DIR / "verbund"
TEMPLATES = [
    *(VERBUND / "offers" / "templates" / "offers").glob("finder*.html"),
    VERBUND / "offers" / "templates" / "offers" / "offer.html",
    VERBUND / "offers" / "templates" / "offers" / "offer_print.html",
    *(VERBUND / "offers" / "templates" / "offers" / "feeds").glob("*link*.html"),
    *(VERBUND / "offers" / "templates" / "offers" / "freshness").glob("report*.html"),
    VERBUND / "core" / "templates" / "base.html",
    *(VERBUND / "core" / "templates" / "ui" / f"{name}.html" for name in ("header", "footer", "official_bar")),
    VERBUND / "core" / "templates" / "ui" / "breadcrumb.html",
]
MODULES = [
    *(VERBUND / "offers" / name for name in ("reading.py", "entry.py")),
    *(VERBUND / "offers" / "forms" / name for name in ("finder.py", "position.py")),
    *(VERBUND / "offers" / "views" / name for name in ("choices.py", "finder.py", "offer.py")),
]
MARKED = re.compile(r"\bgettext\(u?(\"\"\".*?\"\"\"|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\)", re.DOTALL)
ARGUMENT = re.compile(r"\b_\((\"[^\"]*\"|'[^']*')\)")
TRANSLATORS = {"_", "gettext", "gettext_lazy"}
PLACES = re.compile(r"%\(\w+\)s")


def catalogue(language: str):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    return path, read_po(path.read_bytes().splitlines(keepends=True), locale=language)


def texts() -> set[str]:
    found = set()
    for path in TEMPLATES:
        source = path.read_text(encoding="utf-8")
        found |= {ast.literal_eval(text) for text in MARKED.findall(templatize(source))}
        found |= {ast.literal_eval(text) for text in ARGUMENT.findall(source)}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATORS:
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_text_of_the_pages_is_there_with_all_its_values(language):
    _path, readable = catalogue(language)
    said = {message.id: message.string for message in readable if message.id}

    assert len(texts()) > 100
    assert sorted(texts() - {text for text, translation in said.items() if translation}) == []
    assert [text for text in said if sorted(PLACES.findall(text)) != sorted(PLACES.findall(said[text]))] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_compiled_catalogue_says_what_the_readable_one_says(language):
    path, readable = catalogue(language)
    compiled = gettext.GNUTranslations(path.with_suffix(".mo").open("rb"))

    assert [message.id for message in readable if message.id and compiled.gettext(message.id) != message.string] == []
    assert [message.id for message in readable if message.id and message.fuzzy] == []
