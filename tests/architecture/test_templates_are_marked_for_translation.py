"""Every template: its German can be translated, and nothing in it needs the security policy to be loosened."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

from verbund.core.templatetags.ui import register

TEMPLATES = sorted(
    path for path in (settings.BASE_DIR / "verbund").glob("**/templates/**/*") if path.suffix in {".html", ".txt"}
)
SPOKEN_ATTRIBUTES = {"title", "alt", "aria-label", "placeholder", "summary", "data-label", "data-saved", "data-failed"}
SPOKEN_ARGUMENT = re.compile(
    r"\b(label|title|text|caption|intro|preline|status|why_not|waiting_for|source|edit_label|reason)=(\"[^\"]*\"|'[^']*')"
)
SAME_EVERYWHERE = re.compile(r"\b(PDF|CSV|XLSX|JSON|IBAN|BIC|SHA-256)\b")
SHOWN_VALUE, DROPPED = "\ue000", "\ue001"


class Findings(HTMLParser):
    """Collects spoken words outside of translation, and everything inline that the policy forbids."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open_code = ""

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}> mit eigenem Inhalt")
        for name, value in names.items():
            if name == "style" or re.match(r"(hx-)?on[:a-z]", name):
                self.found.append(f"Attribut {name}=")
            if (value or "").strip().lower().startswith(("javascript:", "js:")):
                self.found.append(f"Programm in {name}=")
            if name in SPOKEN_ATTRIBUTES and has_words(value or ""):
                self.found.append(f'{name}="{value}"')
        self.open_code = tag if tag in {"script", "style"} else ""

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.open_code = ""

    def handle_data(self, data):
        if self.open_code and data.strip():
            self.found.append(f"Inhalt in <{self.open_code}>")
        elif has_words(data):
            self.found.append(f"Text: {data.strip()}")


def has_words(text: str) -> bool:
    """Whether a text has words a translator would see; names of file formats are the same in every language."""
    return any(character.isalpha() for character in SAME_EVERYWHERE.sub("", text))


def without_template_language(source: str) -> tuple[str, list[str]]:
    """Return the HTML, with marks for values and without translated text, and what stands in our tags unmarked."""
    html, unmarked, inside = [], [], ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            inside = name
        elif token.token_type == TokenType.BLOCK:
            html.append(DROPPED)
            unmarked += unmarked_arguments(name, token.contents)
        elif token.token_type == TokenType.VAR:
            html.append(SHOWN_VALUE)
        elif token.token_type == TokenType.TEXT:
            html.append(token.contents)
    return "".join(html), unmarked


def unmarked_arguments(tag: str, contents: str) -> list[str]:
    """Return the spoken arguments of our own tags that are given as plain words; a name of a tag itself is no word."""
    if tag not in register.tags:
        return []
    words = [(name, value.strip("\"'")) for name, value in SPOKEN_ARGUMENT.findall(contents)]
    return [
        f'{tag} {name}="{value}"'
        for name, value in words
        if has_words(value) and not set(re.findall(r"\w+", value)) <= set(register.tags)
    ]


def findings(path: Path) -> list[str]:
    html, unmarked = without_template_language(path.read_text(encoding="utf-8"))
    if path.suffix == ".txt":
        return unmarked + [f"Text: {line.strip()}" for line in html.splitlines() if has_words(line)]
    parser = Findings()
    parser.feed(html)
    parser.close()
    return unmarked + parser.found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_every_text_is_marked_for_translation_and_nothing_is_inline(path):
    assert findings(path) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<p>Guten Tag</p>",
        '<img src="a.png" alt="Karte">',
        '<input placeholder="Name">',
        '<p style="color: red">{{ x }}</p>',
        '<a href="#" onclick="go()">{{ x }}</a>',
        "<script>go()</script>",
        '<a href="javascript:go()">{{ x }}</a>',
        '{% submit label="Senden" %}',
        "{% if x %}Ja{% endif %}",
    ],
)
def test_the_check_finds_each_kind_of_fault(fault, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(fault)
    assert findings(page)


def test_the_check_lets_a_clean_page_pass(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n ui %}<p title="{% translate "Titel" %}">{% blocktranslate %}Guten Tag{% endblocktranslate %}'
        " – {{ x }} €</p>"
        '{% submit label=_("Senden") %}<script src="a.js" defer></script>'
    )
    assert findings(page) == []
