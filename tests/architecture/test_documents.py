"""What can be checked in documents: a wrong guide is worse than none."""

import os
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

from tests.architecture.sources import ROOT, tracked_files

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
REGISTRIES = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
    "debian" + ".org",
)
INDEX_VARIABLES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "NPM_CONFIG_REGISTRY")


def documents():
    return [path for path in tracked_files() if path.suffix == ".md"]


def test_every_link_in_the_documents_leads_somewhere():
    broken = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in documents()
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not urlsplit(link).scheme
        and (target := unquote(urlsplit(link).path))
        and not (path.parent / target).exists()
    ]

    assert not broken, "\n" + "\n".join(broken)


def test_every_file_a_document_names_exists():
    """Paths in backticks such as `verbund/core/money.py` are checked; patterns and placeholders are not."""
    named = re.compile(r"`((?:verbund|config|docs|tests|bench|tools)/[\w./-]+\.(?:py|md|typ|html|json|sh))`")
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in documents()
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]

    assert not missing, "\n" + "\n".join(missing)


def test_decisions_are_numbered_once_and_without_gaps():
    numbers = Counter(int(path.name.split("-")[0]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))

    assert sorted(numbers.elements()) == list(range(1, len(numbers) + 1))


def test_the_readme_begins_with_the_two_commands():
    commands = re.findall(r"make [a-z-]+", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert commands[:2] == ["make run", "make test"]


def test_no_file_names_a_package_registry():
    own = {urlsplit(os.environ.get(name) or os.environ.get(name.lower(), "")).hostname for name in INDEX_VARIABLES}
    words = [word.encode() for word in {*REGISTRIES, *(own - {None})}]
    wrong = [
        f"{path.relative_to(ROOT)}: {word.decode()}"
        for path in tracked_files()
        for word in words
        if word in path.read_bytes()
    ]

    assert not wrong, "\n" + "\n".join(wrong)
