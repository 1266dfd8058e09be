"""Asking the index: which objects have every word of a text, in some form, the best first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q, QuerySet

from verbund.core.search import german, statements, vocabulary
from verbund.core.search.index import OBJECT_BITS, place_of

LONGEST_TEXT = 300
MOST_WORDS = 12
MOST_SYNONYMS = 12
SHORTEST_BEGINNING = 3
SHORTEST_STEM = 4
ENDINGS = ("ung", "ungen", "heit", "keit", "lich", "isch", "erinnen", "innen", "en", "er", "es")
CUT_ENDINGS = sorted({ending[:length] for ending in ENDINGS for length in range(1, len(ending) + 1)})


@dataclass(frozen=True)
class Hits:
    """What was found: `ids` of the page, best first, `total` of all pages.

    `corrected` is the text that was searched instead, where a word is found nowhere but a similar one is; empty
    otherwise. `condition` is the match for other queries of the same objects, by their primary key.
    """

    ids: tuple[int, ...] = ()
    total: int = 0
    corrected: str = ""
    condition: Q = field(default_factory=lambda: Q(pk__in=[]))


@dataclass(frozen=True)
class Synonyms:
    """Synonyms made ready: for the whole of one or more words, what else to look for."""

    groups: dict[tuple[str, ...], tuple[tuple[str, ...], ...]]
    longest: int

    @classmethod
    def of(cls, mapping: "Mapping[str, frozenset[str]] | Synonyms | None") -> "Synonyms":
        """Make a mapping ready; what is ready already stays as it is."""
        if isinstance(mapping, Synonyms):
            return mapping
        groups: dict[tuple[str, ...], tuple] = {}
        for said, meant in (mapping or {}).items():
            key = _wholes(said)
            others = [found for text in sorted(meant) for found in (_wholes(text), _parts(text)) if found]
            if key and others:
                groups[key] = tuple(dict.fromkeys([*groups.get(key, ()), *others]))
        return cls(groups, max(map(len, groups), default=0))


def _wholes(text: str) -> tuple[str, ...]:
    return tuple(word.wholes[0] for word in german.words(text[:LONGEST_TEXT], most=MOST_WORDS))


def _parts(text: str) -> tuple[str, ...]:
    words = german.words(text[:LONGEST_TEXT], most=MOST_WORDS)
    return tuple(part for word in words for part in word.parts or word.wholes[:1])


def search(
    kind: str,
    text: str,
    *,
    ids: QuerySet | Iterable[int] | None = None,
    synonyms: Mapping[str, frozenset[str]] | Synonyms | None = None,
    limit: int = 20,
    offset: int = 0,
    prefix: bool = True,
    correct: bool = True,
) -> Hits:
    """Find objects of a kind that have every word of a text: as it is, in its parts, by a synonym, or corrected.

    `ids` restricts to objects: numbers, or a queryset of them (`.values("pk")`) that becomes part of the statement.
    `prefix`: the last word may be unfinished, from three letters. Read are the first 300 letters and 12 words.
    """
    ids = ids if ids is None or isinstance(ids, QuerySet) else list(ids)
    question = Question.of(kind, text, synonyms, prefix=prefix)
    total, found = question.page(ids, limit, offset)
    if not total and correct and (other := question.corrected()):
        total, found = other.page(ids, limit, offset)
        return Hits(found, total, other.text, other.condition())
    return Hits(found, total, "", question.condition())


def each(kind: str, texts: Iterable[str]) -> list[tuple[int, ...]]:
    """Return which objects each of several texts finds, in no order, nothing corrected; one statement."""
    questions = [Question.of(kind, text, None, prefix=True) for text in texts]
    asked = [question for question in questions if question.steps]
    first = place_of(kind)
    found = iter(statements.each([question.expression for question in asked], (first, first + (1 << OBJECT_BITS) - 1)))
    return [tuple(number - first for number in next(found)) if question.steps else () for question in questions]


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that a search looks for, as they are written."""
    return tuple(word.text for word in german.words(text[:LONGEST_TEXT], most=MOST_WORDS))


def matching(
    kind: str,
    text: str,
    *,
    path: str = "pk",
    synonyms: Mapping[str, frozenset[str]] | Synonyms | None = None,
    prefix: bool = True,
    correct: bool = True,
) -> Q:
    """Return the condition "has every word of the text" for another query, as one subquery without ranking.

    `path` leads from the model queried to the object's number: `"pk"`, `"offer_id"`.
    """
    question = Question.of(kind, text, synonyms, prefix=prefix)
    if correct and not question.finds_anything():
        question = question.corrected() or question
    return question.condition(path)


@dataclass(frozen=True)
class Step:
    """A word of the question, or several with a synonym in common; any alternative will do, with all its terms."""

    words: tuple[german.Word, ...]
    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Question:
    """A text read for a kind."""

    kind: str
    text: str
    synonyms: Synonyms
    prefix: bool

    @classmethod
    def of(cls, kind: str, text: str, synonyms, *, prefix: bool) -> "Question":
        return cls(kind, german.readable(text[:LONGEST_TEXT]), Synonyms.of(synonyms), prefix)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        words = german.words(self.text, most=MOST_WORDS)
        unfinished = words[-1] if self.prefix and words and self.text.endswith(words[-1].text) else None
        return tuple(_steps(words, self.synonyms, unfinished))

    @cached_property
    def expression(self) -> str:
        return statements.expression(step.alternatives for step in self.steps)

    @property
    def span(self) -> tuple[int, int]:
        """The first and last number an entry of this kind can have."""
        first = place_of(self.kind)
        return first, first + (1 << OBJECT_BITS) - 1

    def page(self, ids, limit: int, offset: int) -> tuple[int, tuple[int, ...]]:
        """Return how many objects match, and the numbers of those from `offset`, best first."""
        if not self.steps:
            return 0, ()
        total, numbers = statements.page(self.expression, self.span, ids, limit, offset)
        first = self.span[0]
        return total, tuple([number - first for number in numbers])

    def condition(self, path: str = "pk") -> Q:
        """Return the match as a condition on another query."""
        return Q(**{f"{path}__in": statements.numbers(self.expression, self.span) if self.steps else []})

    def finds_anything(self) -> bool:
        """Say whether anything matches; a text without words has nothing to find."""
        return bool(self.steps) and statements.finds_anything(self.expression, self.span)

    def corrected(self) -> "Question | None":
        """Return the question with the nearest known word for each that is found nowhere; None where there is none."""
        unknown = [step.words[0] for step in self.steps if len(step.words) == 1 and not self._is_known(step)]
        meant = vocabulary.nearest(self.kind, [word.text for word in unknown])
        text = self.text
        for word in reversed(unknown):
            if word.text in meant:
                text = text[: word.start] + meant[word.text] + text[word.start + len(word.text) :]
        return replace(self, text=text) if text != self.text else None

    def _is_known(self, step: "Step") -> bool:
        return statements.finds_anything(statements.expression([step.alternatives]), self.span)


def _steps(words: list[german.Word], synonyms: Synonyms, unfinished: german.Word | None) -> Iterator[Step]:
    at = 0
    while at < len(words):
        length, others = _longest_synonym(words, at, synonyms)
        some = tuple(words[at : at + length])
        found = [
            tuple(word.wholes[0] for word in some),
            tuple(part for word in some for part in word.parts or word.wholes[:1]),
        ]
        if length == 1:
            found += [(whole,) for whole in some[0].wholes[1:]]
        found += others
        if some[-1] is unfinished:
            before = tuple(word.wholes[0] for word in some[:-1])
            found += [(*before, ending) for ending in _endings(unfinished.text)]
        yield Step(some, tuple(dict.fromkeys(found)))
        at += length


def _longest_synonym(words: list[german.Word], at: int, synonyms: Synonyms) -> tuple[int, tuple]:
    for length in range(min(synonyms.longest, len(words) - at), 0, -1):
        key = tuple(word.wholes[0] for word in words[at : at + length])
        if key in synonyms.groups:
            return length, synonyms.groups[key][:MOST_SYNONYMS]
    return 1, ()


def _endings(word: str) -> Iterator[str]:
    """Return what an unfinished word may become: any term that begins so, and stems the typed letters go beyond."""
    for beginning in german.beginnings(word):
        if len(beginning) >= SHORTEST_BEGINNING:
            yield german.encoded(beginning) + statements.AND_SO_ON
        for ending in CUT_ENDINGS:
            if beginning.endswith(ending) and len(beginning) - len(ending) >= SHORTEST_STEM:
                yield german.encoded(beginning.removesuffix(ending))
