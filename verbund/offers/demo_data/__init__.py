"""Building blocks of the made-up stock of offers: kinds of offers by need, names, sentences, translations.

Everything drawn from them is drawn by `Draw` from a key: the same key, the same result, on every machine.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from verbund.directory.models import Partner

FOLDER = Path(__file__).resolve().parent
K = Partner.Kind
PARTNER_KINDS = {
    "welfare": K.WELFARE_ASSOCIATION,
    "migrant": K.MIGRANT_ORGANISATION,
    "refugee": K.REFUGEE_INITIATIVE,
    "club": K.CLUB,
    "religious": K.RELIGIOUS_COMMUNITY,
    "school": K.SCHOOL,
    "daycare": K.DAYCARE,
    "adult": K.ADULT_EDUCATION,
    "office": K.OFFICE,
    "centre": K.CENTRE,
    "other": K.OTHER,
}


class Draw:
    """Draws from a key instead of from chance; each draw has a name, so that a new one does not move the others."""

    def __init__(self, key: str):
        self.key = key

    def number(self, what: str, below: int) -> int:
        """Return a number from 0 to below - 1."""
        return int.from_bytes(sha256(f"{self.key}|{what}".encode()).digest()[:8]) % below

    def chance(self, what: str, percent: int) -> bool:
        return self.number(what, 100) < percent

    def pick(self, what: str, options):
        return options[self.number(what, len(options))]

    def some(self, what: str, options, count: int) -> list:
        """Return so many different options, in an order of their own."""
        order = sorted(range(len(options)), key=lambda at: self.number(f"{what} {options[at]}", 1 << 32))
        return [options[at] for at in order[:count]]


@dataclass(frozen=True)
class Kind:
    """A kind of offer. `when` names a pattern of hours (`hours.PATTERNS`), `where` kinds of places or "remote"."""

    code: str
    titles: tuple[str, ...]
    summaries: tuple[str, ...]
    about: str
    by: tuple[str, ...]
    needs: tuple[str, ...]
    audiences: tuple[str, ...]
    fields: tuple[str, ...]
    chain: tuple[str, ...]
    when: str
    where: tuple[str, ...]
    registrations: tuple[str, ...]
    languages: str
    ages: tuple[int | None, int | None]
    is_women_only: bool
    child_care: str
    fee: str
    fee_note: str
    bring: str
    next_steps: str
    contact: str
    is_common: bool
    is_funded: bool

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """The words of the vocabulary it bears: (kind, code)."""
        named = (
            ("NEED", self.needs),
            ("AUDIENCE", self.audiences),
            ("FIELD", self.fields),
            ("CHAIN_STAGE", self.chain),
        )
        return tuple(sorted((kind, code) for kind, codes in named for code in codes))


@cache
def words() -> dict:
    """Return names and sentences shared by all kinds."""
    return _read(FOLDER / "words.toml")


@cache
def kinds_by_need() -> dict[str, list[Kind]]:
    """Return the kinds of offers by the need they mainly serve, common ones first."""
    return {
        path.stem: sorted(
            (_kind(path.stem, code, block) for code, block in _read(path).items()), key=lambda kind: not kind.is_common
        )
        for path in sorted((FOLDER / "kinds").glob("*.toml"))
    }


@cache
def translations() -> dict[str, dict[str, list[str]]]:
    """Return title, summary and description by language and kind."""
    return {path.stem: _read(path) for path in sorted((FOLDER / "texts").glob("*.toml"))}


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _kind(need: str, code: str, block: dict) -> Kind:
    youngest, _dash, oldest = block.get("ages", "-").partition("-")
    return Kind(
        code=code,
        titles=tuple(block["titles"]),
        summaries=tuple(block["summaries"]),
        about=block["about"],
        by=tuple(PARTNER_KINDS[name] for name in block["by"].split()),
        needs=(need, *block.get("needs", "").split()),
        audiences=tuple(block["for"].split()),
        fields=tuple(block.get("fields", "").split()),
        chain=tuple(block.get("chain", "").split()),
        when=block["when"],
        where=tuple(block.get("where", "house").split()),
        registrations=tuple(name.upper() for name in block.get("how", "none").split()),
        languages=block.get("languages", "many"),
        ages=(int(youngest) if youngest else None, int(oldest) if oldest else None),
        is_women_only=block.get("women", False),
        child_care=block.get("care", "UNKNOWN"),
        fee=block.get("fee", ""),
        fee_note=block.get("fee_note", ""),
        bring=block.get("bring", ""),
        next_steps=block.get("next", ""),
        contact=block.get("contact", ""),
        is_common=block.get("common", False),
        is_funded=block.get("funded", False),
    )
