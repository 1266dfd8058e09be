"""Every template loads (so that a misspelt argument of a shared piece is found) and uses only styles that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDERS = sorted((settings.BASE_DIR / "verbund").glob("*/templates"))
TEMPLATES = [
    str(path.relative_to(folder))
    for folder in FOLDERS
    for path in sorted(folder.glob("**/*"))
    if path.suffix == ".html"
]
KERN = settings.BASE_DIR / "verbund" / "core" / "static" / "vendor" / "kern" / "kern.css"
KEY_IN_AN_ATTRIBUTE = re.compile(r"""="[^"]*\{\{ ?[\w.]*\b(?:pk|version|account\.value) ?\}\}""")
KERN_CLASS = re.compile(r"\bkern-[a-z0-9_-]*[a-z0-9](?![a-z0-9_-]*\{)")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_loads(name):
    assert get_template(name)


def test_every_class_of_kern_that_a_page_names_was_kept_in_our_style_sheet():
    style_sheets = KERN.read_text(encoding="utf-8") + "".join(
        path.read_text(encoding="utf-8")
        for path in (settings.BASE_DIR / "verbund" / "core" / "static" / "core").glob("*.css")
    )
    named = {
        name
        for folder in FOLDERS
        for path in folder.glob("**/*.html")
        for attribute in re.findall(r'class="([^"]*)"', Path(path).read_text(encoding="utf-8"))
        for name in KERN_CLASS.findall(re.sub(r"\{%.*?%\}", " ", attribute))
    }

    assert [name for name in sorted(named) if f".{name}" not in style_sheets] == []


def test_no_attribute_writes_a_key_as_people_write_numbers():
    """A thousand is "1.000" on our pages: what a form sends or a link names takes `|stringformat:'d'`."""
    found = [
        f"{path.relative_to(settings.BASE_DIR)}: {attribute}"
        for folder in FOLDERS
        for path in folder.glob("**/*.html")
        for attribute in KEY_IN_AN_ATTRIBUTE.findall(path.read_text(encoding="utf-8"))
    ]

    assert found == []
