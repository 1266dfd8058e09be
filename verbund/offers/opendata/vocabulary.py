"""The words of the finder as HSDS taxonomies: one per kind of term, and one for the kinds of organisations."""

from dataclasses import dataclass, field
from functools import cached_property

from verbund.directory.models import Partner
from verbund.offers.models import Term
from verbund.offers.opendata.values import derived, present, text

ORGANISATIONS = "ORGANISATION"
TAXONOMIES = {
    Term.Kind.NEED: ("Anliegen", "Wobei ein Angebot hilft; danach suchen Menschen im Angebotsfinder."),
    Term.Kind.AUDIENCE: ("Zielgruppe", "Für wen ein Angebot gedacht ist."),
    Term.Kind.FIELD: ("Handlungsfeld", "Handlungsfelder der Kommunalen Integrationszentren."),
    Term.Kind.CHAIN_STAGE: ("Bildungskette", "Stufen der Bildungskette von der frühen Bildung bis zum Beruf."),
    Term.Kind.FEATURE: ("Barrierefreiheit", "Merkmale der Barrierefreiheit eines Ortes: ja, nein oder nicht bekannt."),
    ORGANISATIONS: ("Art der Organisation", "Was für eine Organisation ein Angebot macht."),
}
LINK_TYPES = {
    Term.Kind.NEED: "need",
    Term.Kind.AUDIENCE: "target_audience",
    Term.Kind.FIELD: "field_of_action",
    Term.Kind.CHAIN_STAGE: "education_chain",
    Term.Kind.FEATURE: "accessibility_feature",
    ORGANISATIONS: "organization_type",
}
"""What an attribute says about the thing it hangs on (HSDS `link_type`, an open list)."""


@dataclass(frozen=True)
class Word:
    """A term in one of the taxonomies, whether it is a row or a choice of the program."""

    kind: str
    code: str
    name: str
    description: str = ""

    @property
    def uid(self) -> str:
        return derived("term", self.kind, self.code)

    def as_data(self) -> dict:
        """Return the HSDS `taxonomy_term`."""
        return present(
            id=self.uid,
            code=self.code,
            name=text(self.name) or self.code,
            description=text(self.description) or f"{text(self.name) or self.code}: noch nicht beschrieben.",
            taxonomy=TAXONOMIES[self.kind][0],
            taxonomy_id=taxonomy_uid(self.kind),
            language="de",
        )


def taxonomy_uid(kind: str) -> str:
    return derived("taxonomy", kind)


def taxonomies() -> list[dict]:
    """Return the taxonomies (HSDS `taxonomy`)."""
    return [
        {"id": taxonomy_uid(kind), "name": name, "description": description, "version": "1"}
        for kind, (name, description) in TAXONOMIES.items()
    ]


def word_of(term: Term) -> Word:
    return Word(term.kind, term.code, term.name, term.description)


def kind_of_organisation(kind: str) -> Word:
    """Return the word for a kind of partner."""
    return Word(ORGANISATIONS, kind, str(Partner.Kind(kind).label), "")


@dataclass
class Vocabulary:
    """All words there are, read once; those out of use, too: entries may still bear them."""

    words: list[Word] = field(default_factory=list)
    in_use: frozenset[str] = frozenset()

    @classmethod
    def read(cls) -> "Vocabulary":
        """Read the vocabulary; one statement."""
        terms = list(Term.objects.all())
        words = [word_of(term) for term in terms] + [kind_of_organisation(kind) for kind in Partner.Kind.values]
        return cls(words, frozenset(word_of(term).uid for term in terms if term.is_in_use))

    @cached_property
    def by_uid(self) -> dict[str, Word]:
        return {word.uid: word for word in self.words}

    @cached_property
    def features(self) -> list[Word]:
        """The features of accessibility asked of every place."""
        return [word for word in self.words if word.kind == Term.Kind.FEATURE and word.uid in self.in_use]
