"""A term with all its words as one plain value: what the form shows, compares and gives back."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from verbund.offers.models import Term


@dataclass(frozen=True)
class TermWords:
    """Everything about a term that may change: `names` by language (name, checked), `synonyms` by language, sorted."""

    name: str
    description: str
    position: int
    is_in_use: bool
    names: dict[str, tuple[str, bool]] = field(default_factory=dict)
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, term: Term) -> "TermWords":
        """Read the words of a stored term; two statements."""
        synonyms: dict[str, list[str]] = {}
        for language, word in term.synonyms.order_by("pk").values_list("language_id", "word"):
            synonyms.setdefault(language, []).append(word)
        names = term.names.order_by("pk").values_list("language_id", "name", "is_checked")
        return cls(
            name=term.name,
            description=term.description,
            position=term.position,
            is_in_use=term.is_in_use,
            names={language: (name, is_checked) for language, name, is_checked in names},
            synonyms={language: tuple(sorted(words)) for language, words in synonyms.items()},
        )

    def sign(self) -> str:
        """Return by what a form knows whether somebody else has saved since it was opened."""
        return sign_of(asdict(self))


def sign_of(said: dict) -> str:
    """Return the hash of values, whatever their order."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
