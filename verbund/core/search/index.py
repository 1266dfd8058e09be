"""Writing the index, inside the caller's transaction: an object is found the moment its change is committed."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from django.db import connection, transaction

from verbund.core.locks import locking
from verbund.core.models import SearchEntry
from verbund.core.search import german, tables, vocabulary

MOST_WORDS = 2_000
LONGEST_TITLE, LONGEST_BODY = 20_000, 400_000
OBJECT_BITS = 40
AT_ONCE = 500


@dataclass(frozen=True)
class Document:
    """What an object is found by, in one language; hits in the title come first. Read are the first 2,000 words."""

    object_id: int
    title: str
    body: str = ""
    language: str = "de"


class UnknownObject(ValueError):
    """An object's number is not between 0 and 2**40."""


def place_of(kind: str, object_id: int = 0) -> int:
    """Return the number of an object's entry: the same in every installation, kinds far apart."""
    if not 0 <= object_id < 1 << OBJECT_BITS:
        raise UnknownObject(object_id)
    return ((zlib.crc32(kind.encode()) >> 9) << OBJECT_BITS) + object_id


@transaction.atomic
def index(kind: str, documents: Iterable[Document]) -> None:
    """Replace what these objects are found by. All documents (languages) of an object belong into one call.

    The caller holds the lock of the object's record, as every change of it does.
    """
    of_objects: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        of_objects[document.object_id].append(document)
    for object_ids in batched(sorted(of_objects), AT_ONCE):
        _replace(kind, object_ids, [_entry(kind, of_objects[object_id]) for object_id in object_ids])


@transaction.atomic
def remove(kind: str, ids: Iterable[int]) -> None:
    """Take objects out of the index; those that are not in it do not matter."""
    for object_ids in batched(sorted(set(ids)), AT_ONCE):
        _replace(kind, object_ids, [])


@transaction.atomic
def rebuild(kind: str, documents: Iterable[Document]) -> None:
    """Make a kind's index anew from all its documents; those of an object must follow each other."""
    _forget(SearchEntry.objects.filter(kind=kind))
    vocabulary.forget(kind)
    waiting: list[Document] = []
    for document in documents:
        if len(waiting) >= AT_ONCE and document.object_id != waiting[-1].object_id:
            index(kind, waiting)
            waiting = []
        waiting.append(document)
    index(kind, waiting)


def refresh(using: str = "default") -> None:
    """Bring what the database searches in line with the entries, after a restore or when all is emptied."""
    tables.refresh(using)


def _entry(kind: str, documents: list[Document]) -> SearchEntry:
    title: list[str] = []
    body: list[str] = []
    written: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for text, terms in ((document.title, title), (document.body, body)):
            for word in german.words(text, most=MOST_WORDS):
                terms += word.terms
                written[document.language].add(word.text)
    object_id = documents[0].object_id
    return SearchEntry(
        id=place_of(kind, object_id),
        kind=kind,
        object_id=object_id,
        title=_joined(title, LONGEST_TITLE),
        body=_joined(body, LONGEST_BODY),
        words={
            language: sorted(filter(vocabulary.is_worth_knowing, words)) for language, words in sorted(written.items())
        },
    )


def _joined(terms: list[str], longest: int) -> str:
    """Join terms, at most so many letters of them: PostgreSQL takes no more than a megabyte."""
    text = " ".join(terms)
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0]


def _replace(kind: str, object_ids: Iterable[int], entries: list[SearchEntry]) -> None:
    """Put entries in place of those of the objects; the vocabulary learns the difference."""
    before = SearchEntry.objects.filter(pk__in=[place_of(kind, object_id) for object_id in object_ids])
    known = {entry.pk: entry for entry in locking(before, to_delete=True)}
    new = [entry for entry in entries if not _is_same(entry, known.get(entry.pk))]
    gone = known.keys() - {entry.pk for entry in entries} | known.keys() & {entry.pk for entry in new}
    change: Counter = Counter()
    for sign, changed in ((-1, [known[pk] for pk in gone]), (1, new)):
        for entry in changed:
            for language, words in entry.words.items():
                for word in words:
                    change[language, word] += sign
    if gone:
        _forget(SearchEntry.objects.filter(pk__in=gone))
    SearchEntry.objects.bulk_create(new)
    _remember([entry.pk for entry in new])
    vocabulary.count(kind, change)


def _is_same(entry: SearchEntry, known: SearchEntry | None) -> bool:
    if known is None:
        return False
    if known.kind != entry.kind:
        raise UnknownObject(f"{entry.kind} and {known.kind} share a number: rename one of the kinds")
    return (entry.title, entry.body, entry.words) == (known.title, known.body, known.words)


def _forget(entries) -> None:
    """Delete entries; SQLite's table must be told what they held while they still hold it."""
    if connection.vendor == "sqlite":
        chosen, parameters = entries.order_by().values("id", "title", "body").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO core_search (core_search, rowid, title, body) SELECT 'delete', * FROM ({chosen})",  # noqa: S608
                parameters,
            )
    entries.delete()


def _remember(numbers: list[int]) -> None:
    if connection.vendor == "sqlite" and numbers:
        marks = ", ".join(["%s"] * len(numbers))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_search (rowid, title, body) "  # noqa: S608 - marks only
                f"SELECT id, title, body FROM core_searchentry WHERE id IN ({marks})",
                numbers,
            )
