"""From text to terms, alike for what is indexed and what is asked: stems, parts of compounds, folded letters.

A term consists of the letters a to z and digits only, whatever the script, so that it means nothing to a query language
of a database. Limits: a word counts with its first 64 letters, a hyphenated one with its first 6 parts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from verbund.core.search import stop_words

LONGEST_WORD = 64
MOST_PIECES = 6
SHORTEST_COMPOUND = 8
SHORTEST_PART = 4
LEAST_SCORE = -0.6
DEEPEST = 3
NO_PARTS = frozenset(
    """ange bote dort ende endliche gelsen heit ionen jug keit kirchen land liche los mende schaft teilneh unter
    """.split()  # noqa: SIM905 - as a list it would be a page
)

MARKS = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
PIECE = rf"(?:[^\W_]|[{MARKS}])+"
HYPHENS = "-\u2010\u2011\u2013"
WORD = re.compile(rf"{PIECE}(?:[{HYPHENS}]{PIECE})*")
HYPHEN = re.compile(f"[{HYPHENS}]")
INVISIBLE = re.compile("[\u00ad\u061c\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
CYRILLIC_APOSTROPHE = re.compile("(?<=[\u0400-\u052f])['\u2019\u02bc](?=[\u0400-\u052f])")

UMLAUTS = "äöüß"
TYPED_UMLAUT = re.compile("ae|oe|(?<![aeq])ue")
WITHOUT_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
UMLAUT_OF = {"ae": "ä", "oe": "ö", "ue": "ü"}
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ä", "œ": "ö", "ı": "i", "ə": "a"}
    | dict.fromkeys("іїй", "и") | {"є": "е", "ё": "е", "ґ": "г"}
    | dict.fromkeys("أإآٱ", "ا") | {"ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None}
)  # fmt: skip
ARABIC_ARTICLE = re.compile("^(?:[وف]?(?:ال|بال|كال)|لل)(?=...)")
ARABIC_ENDING = re.compile("(?<=...)(?:يات|ات|ون|ين|يه|ها|ه|ي)$")


class Word(NamedTuple):
    """A word as written and what it is found by: `wholes` stand for all of it, `parts` together do so too."""

    text: str
    wholes: tuple[str, ...]
    parts: tuple[str, ...]
    terms: tuple[str, ...]
    start: int = 0


def terms(text: str, *, most: int | None = None) -> list[str]:
    """Return the terms of a text in its order, repeated as in the text; at most `most` words are read."""
    return [term for word in words(text, most=most) for term in word.terms]


def words(text: str, *, most: int | None = None) -> list[Word]:
    """Return the words that count: without stop words and single letters."""
    return list(islice(_words(text), most))


def readable(text: str) -> str:
    """Return the text without invisible characters, and apostrophes inside Cyrillic words."""
    return text if text.isascii() else CYRILLIC_APOSTROPHE.sub("", INVISIBLE.sub("", text))


def has_words(text: str) -> bool:
    """Say whether a text has anything to search for; without, `search` finds nothing."""
    return next(_words(text), None) is not None


def _words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(readable(text)):
        wholes, parts, found = _analysed(match.group()[: LONGEST_WORD * MOST_PIECES])
        if found:
            yield Word(match.group(), wholes, parts, found, match.start())


def folded(word: str) -> str:
    """Return a word in small letters without accents, umlauts and hyphens: how typing errors are compared."""
    letters = _fold("".join(filter(str.isalnum, word[: LONGEST_WORD * 2])))
    return letters.translate(WITHOUT_UMLAUTS)


def beginnings(word: str) -> tuple[str, ...]:
    """Return what the terms of a word begin with that is written only so far, in folded form."""
    return tuple(variant.translate(WITHOUT_UMLAUTS) for variant in _variants(folded(word) or " "))


@lru_cache(20_000)
def _analysed(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the wholes, the parts and all terms of a word, hyphenated or not."""
    pieces = [piece for piece in map(_fold, HYPHEN.split(text)[:MOST_PIECES]) if piece]
    if len(pieces) < 2:
        return _of_piece(pieces[0]) if pieces else ((), (), ())
    known = [found for piece in pieces if (found := _of_piece(piece))[0]]
    runs = _runs(pieces)
    wholes = _unique([encoded(stem("".join(pieces))), *(found[0][0] for found in known if len(known) == 1)])
    parts = tuple(found[0][0] for found in known) if len(known) > 1 else ()
    within = [term for found in known for term in found[2]]
    return wholes, parts, _unique([*wholes, *(encoded(stem(run)) for run in runs), *within])


@lru_cache(20_000)
def _of_piece(piece: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if piece in _stop_words() or (len(piece) == 1 and not piece.isdigit() and piece < "\u2e80"):
        return (), (), ()
    wholes = _unique(encoded(stem(variant)) for variant in _variants(piece))
    split = _split(piece)
    if len(split) == 1:
        return wholes, (), wholes
    parts = tuple(encoded(stem(part)) for part in split)
    runs = (encoded(stem(run)) for run in _runs(split))
    return wholes, parts, _unique([*wholes, *parts, *runs])


def _unique(found) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term in found if term))


def _runs(parts: list[str]) -> list[str]:
    """Return neighbouring parts joined, all but the whole word: "Deutsch", "Sprach", "Kurs" give "Sprachkurs" too."""
    count = len(parts)
    return [
        "".join(parts[start:end])
        for start in range(count)
        for end in range(start + 2, count + 1)
        if (start, end) != (0, count)
    ]


def _fold(word: str) -> str:
    """Return the word in small letters: accents gone, umlauts as umlauts however typed, other scripts normalised."""
    word = unicodedata.normalize("NFKC", word[:LONGEST_WORD]).lower()
    if not word.isascii():
        word = "".join(map(_fold_letter, word.translate(PLAIN)))
    return TYPED_UMLAUT.sub(lambda typed: UMLAUT_OF[typed.group()], word)[: LONGEST_WORD * 2]


@lru_cache(4096)
def _fold_letter(letter: str) -> str:
    if letter in UMLAUTS:
        return letter
    return "".join(one for one in unicodedata.normalize("NFKD", letter) if one.isalnum())


def _variants(piece: str) -> tuple[str, ...]:
    """Return the forms a word may have: in Arabic with and without what looks like an article."""
    if "\u0600" <= piece[0] <= "\u06ff" and (shorter := ARABIC_ARTICLE.sub("", piece)) != piece:
        return shorter, piece
    return (piece,)


@lru_cache(20_000)
def stem(word: str) -> str:
    """Return the stem of a folded word: applied until nothing changes, so that Kurs and Kurse meet."""
    first = word[0]
    if "\u0400" <= first <= "\u052f":
        return _stemmer("russian").stemWord(word)
    if "\u0600" <= first <= "\u06ff":
        return ARABIC_ENDING.sub("", word)
    if first >= "\u0250":
        return word
    if len(word) > 5 and word.endswith("um"):  # Zentrum and Zentren
        word = word[:-2]
    stemmer = _stemmer("german")
    while (shorter := stemmer.stemWord(word)) != word and len(shorter) > 2:
        word = shorter
    return unicodedata.normalize("NFKD", word.replace("ß", "ss")).encode("ascii", "ignore").decode() or word


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(map(_fold, stop_words.ALL.split()))


@cache
def _stemmer(language: str):
    """Return a stemmer; loaded at first use, with the splitter some 30 MB of a process."""
    import snowballstemmer

    return snowballstemmer.stemmer(language)


def encoded(term: str) -> str:
    """Return the term in letters and digits: other scripts by code point, so that beginnings stay beginnings."""
    if not term.isascii():
        return "x" + "".join(f"{ord(letter):04x}" for letter in term)
    return f"n{term}" if term[:1].isdigit() and not term.isdigit() else term


def _split(piece: str, depth: int = 0) -> list[str]:
    """Return the parts of a compound, or the word alone where it is none."""
    if len(piece) < SHORTEST_COMPOUND or depth == DEEPEST or not "a" <= piece[0] <= "ü" or not piece.isalpha():
        return [piece]
    score, *found = _best_split(piece)
    if score < LEAST_SCORE or min(map(len, found)) < SHORTEST_PART or not NO_PARTS.isdisjoint(found):
        return [piece]
    return [part for one in found for part in _split(one, depth + 1)]


def _best_split(piece: str) -> tuple[float, str, str]:
    splitter = _splitter()
    best = splitter.split_compound(piece.capitalize())[:1] if splitter else []
    if not best:
        return -9.0, piece, ""
    score, first, second = best[0]
    return score, first.lower(), second.lower()


@cache
def _splitter():
    """Return the splitter of compounds; None where its package is missing (there is none for Linux on ARM)."""
    try:
        from charsplit_fst import Splitter
    except ImportError:
        return None
    return Splitter()
