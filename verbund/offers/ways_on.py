"""Ways on where nothing was found: without a filter, farther away, with some of the words, or with a language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from verbund.core import search
from verbund.core.search import german
from verbund.offers import language_names
from verbund.offers.finding import NO_LIMIT, RADII, Question, Wanted, by_words
from verbund.offers.indexing import KIND
from verbund.offers.stock import Stock, as_set

MOST_WORDS = 6
"""Of a longer text only so many words are tried one by one."""

WANTED_ITSELF = "de"
"""Who types "Deutsch" wants to learn it; spoken it is nearly everywhere."""

A_LANGUAGE = ("sprach",)
"""The stem of the word beside the name of one: "in arabischer Sprache"."""


@dataclass(frozen=True)
class Alternative:
    """A way on: which part of the wish to leave or change, and how many hits that brings.

    `value` of "woerter" are the words to keep; of "spricht" (code, words, whether on request is enough).
    """

    name: str
    value: object
    count: int


def ways_on(stock: Stock, wanted: Wanted, *, now: datetime) -> list[Alternative]:
    """Return what to leave or widen where nothing fits, the fullest first; where words fail, what some of them find.

    One statement where words fail, else none: `finding.find` was asked before.
    """
    matches = by_words(stock, wanted.words) if wanted.words else None
    question = Question(stock, matches and matches.bits, now)
    found = []
    if matches and not matches.bits:
        found += _with_some_words(stock, replace(wanted, words=matches.corrected or wanted.words), now)
    if wanted.spot and wanted.umkreis != NO_LIMIT:
        wider = chain((radius for radius in RADII if radius > wanted.umkreis), [NO_LIMIT])
        found += [one for radius in wider if (one := _changed(question, wanted, "umkreis", radius)).count][:1]
    leaving = [
        Alternative(name, None, question.answer(wanted.without(name)).bit_count())
        for name in [*wanted.chosen, *(["was"] if wanted.words else [])]
    ]
    found += sorted((one for one in leaving if one.count), key=lambda one: -one.count)
    if matches and not matches.bits:
        bare = Wanted(spot=wanted.spot, umkreis=wanted.umkreis)
        needs = [_changed(question, bare, "anliegen", code) for code, _picture in stock.words.vocabulary["anliegen"]]
        found += [one for one in needs if one.count]
    return found


def _changed(question: Question, wanted: Wanted, name: str, value) -> Alternative:
    return Alternative(name, value, question.answer(wanted.with_choice(name, value)).bit_count())


def _with_some_words(stock: Stock, wanted: Wanted, now: datetime) -> list[Alternative]:
    """Return what some of the words find: a language named among them as the wish for it, then all words but one, one.

    The name of a language alone is not offered as a word: as a wish it finds who speaks it at the wanted time.
    """
    words = search.words_in(wanted.words)[:MOST_WORDS]
    spoken = {} if wanted.spricht else _languages_in(stock, words)
    others = [word for word in words if word not in spoken and not (spoken and _stems(word) == A_LANGUAGE)]
    about = _unique([" ".join(others), *others]) if spoken else []
    fewer = [text for text in _unique([*_but_one(words), *others]) if len(words) > 1 and text not in spoken]
    texts = _unique([*about, *fewer])
    question_of = {"": Question(stock, None, now)} | {
        text: Question(stock, as_set(stock.position[pk] for pk in ids if pk in stock.position), now)
        for text, ids in zip(texts, search.each(KIND, texts), strict=True)
    }
    found = []
    for code in _unique(spoken.values()):
        wishes = (_speaking(question_of[text], wanted, code, text) for text in [*about, ""])
        found += [one for one in wishes if one.count][:2]
    counted = [(text, question_of[text].answer(replace(wanted, words=text)).bit_count()) for text in fewer]
    return found + [Alternative("woerter", text, count) for text, count in counted if count]


def _speaking(question: Question, wanted: Wanted, code: str, words: str) -> Alternative:
    """Return how many speak a language; where none do, how many on request or with an interpreter."""
    strict = replace(wanted, words=words, spricht=code)
    for auch in (False, True):
        if count := question.answer(replace(strict, auch=auch)).bit_count():
            break
    return Alternative("spricht", (code, words, auch), count)


def _but_one(words: tuple[str, ...]) -> Iterator[str]:
    """Return all words but one; of two words that is each of them."""
    return (" ".join(words[:place] + words[place + 1 :]) for place in range(len(words) - 1, -1, -1))


def _languages_in(stock: Stock, words: Iterable[str]) -> dict[str, str]:
    """Return the language that a word names, in any form: "arabisch", "auf Arabisch", "in arabischer Sprache"."""
    known = stock.words.language_names
    named = language_names.codes_by_name((code, *names) for code, names in known.items() if code != WANTED_ITSELF)
    by_stem: dict[tuple[str, ...], str] = {}
    for name, code in named.items():
        if name not in known:  # "it" and "am" are words of their own
            by_stem.setdefault(_stems(name), code)
    return {word: by_stem[stems] for word in words if (stems := _stems(word)) in by_stem}


def _stems(word: str) -> tuple[str, ...]:
    return tuple(one.wholes[0] for one in german.words(word))


def _unique(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
