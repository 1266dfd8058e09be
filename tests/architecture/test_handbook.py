"""The Handbuch quotes the screens: what stands in „…“ there must stand in the program, word for word."""

import re

from tests.architecture.sources import ROOT, tracked_files
from verbund.directory.demo import accounts

QUOTED = re.compile(r"„([^“]+)“")


def said_by_the_program() -> str:
    """Return everything screens may say: sources, templates, shipped rows, names of demonstration roles."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in tracked_files()
        if path.suffix in {".py", ".html", ".json"} and path.is_relative_to(ROOT / "verbund")
    ]
    return "\n".join([*texts, *(account.display_name for account in accounts())])


def quoted_in(text: str) -> list[str]:
    """Return the quoted words of a page; an ellipsis stands for a value, so what surrounds it is looked for alone."""
    parts = (part for words in QUOTED.findall(" ".join(text.split())) for part in words.split("…"))
    return [part.strip(" .,") for part in parts if part.strip(" .,")]


def test_what_the_handbook_quotes_stands_on_a_screen():
    said = said_by_the_program()
    unknown = [
        f"{path.name}: „{words}“"
        for path in sorted((ROOT / "docs" / "handbuch").glob("*.md"))
        for words in quoted_in(path.read_text(encoding="utf-8"))
        if words not in said
    ]

    assert not unknown, "\n" + "\n".join(unknown)
