"""What languages are called in the languages of the pages, as people type it: "Almanca", "німецька", "German".

The names come from CLDR (the Unicode Consortium's tables, which Babel carries). No database.
"""

from functools import cache

from verbund.core.search.german import folded

READ_IN = ("de", "en", "ar", "tr", "uk")
OTHER_CODES = {"kmr": ("ku",), "prs": ("fa_AF",)}
"""Under which other codes the tables know a language; "Kurdish" alone mostly means Kurmanji."""

ARABIC_ARTICLE = "ال"


@cache
def names_of(code: str) -> tuple[str, ...]:
    """Return the names of a language in every language in which entries can be read, in Arabic also without article."""
    from babel import Locale  # loads slowly, and most pages do without

    tables = [Locale(language).languages for language in READ_IN]
    found = [name for known in (code, *OTHER_CODES.get(code, ())) for table in tables if (name := table.get(known))]
    bare = [name.removeprefix(ARABIC_ARTICLE) for name in found if name.startswith(ARABIC_ARTICLE)]
    return tuple(dict.fromkeys([*found, *bare]))


def codes_by_name(languages) -> dict[str, str]:
    """Return the code by everything a language is called, folded (`plain`); `languages` are (code, name, own name).

    Their own names go before those of the tables, the earlier before the later.
    """
    rows = list(languages)
    found: dict[str, str] = {}
    for code, *names in rows:
        for word in (code, *names, *(name.partition(" (")[0] for name in names)):
            found.setdefault(plain(word), code)
    for code, *_names in rows:
        for word in names_of(code):
            found.setdefault(plain(word), code)
    return found


def plain(name: str) -> str:
    """Return a name for comparing: without case, accents, and the several ways to write a letter in Arabic."""
    return folded(name)
