"""The words people know: for completing what is typed and for correcting it."""

from collections import Counter
from itertools import batched

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from verbund.core.models import SearchWord
from verbund.core.search import german

SHORTEST, LONGEST = 3, 40
AT_ONCE = 150
MOST_CANDIDATES = 50_000
MOST_ERRORS = 3
LAST_LETTER = "\U0010fffd"


def is_worth_knowing(word: str) -> bool:
    """Say whether a word may be proposed: letters and hyphens, neither short nor endless."""
    return SHORTEST <= len(word) <= LONGEST and word.replace("-", "").isalpha()


def suggest(kind: str, beginning: str, *, language: str | None = None, limit: int = 8) -> list[str]:
    """Return words of a kind that begin so, as people write them, the most frequent first; nothing below 2 letters."""
    wanted = german.folded(beginning.strip()) if len(beginning) <= german.LONGEST_WORD else ""
    if len(wanted) < 2:
        return []
    found = SearchWord.objects.filter(kind=kind, folded__gte=wanted, folded__lt=wanted + LAST_LETTER, documents__gt=0)
    if language:
        found = found.filter(language=language)
    rows = found.values_list("folded", "word").annotate(count=Sum("documents")).order_by("-count", "word")
    spelt: dict[str, str] = {}
    for form, word, _count in rows[: limit * 4]:
        spelt.setdefault(form, word)
    return list(spelt.values())[:limit]


def nearest(kind: str, words: list[str]) -> dict[str, str]:
    """Return for each word the known word that was probably meant, as people write it, where there is one near enough.

    A letter wrong, missing, too many or exchanged with its neighbour counts one: one may be in a word of 4 letters, two
    from 8, three from 14.
    """
    forms = {word: form for word in words if (form := german.folded(word)).isalpha() and _allowed(form)}
    if not forms:
        return {}
    lengths = [len(form) for form in forms.values()]
    known = SearchWord.objects.filter(kind=kind, documents__gt=0).annotate(length=Length("folded"))
    near = known.filter(length__range=(min(lengths) - MOST_ERRORS, max(lengths) + MOST_ERRORS)).order_by(
        "-documents", "word"
    )
    counts: Counter = Counter()
    spelt: dict[str, str] = {}
    for form, written, documents in near.values_list("folded", "word", "documents")[:MOST_CANDIDATES]:
        counts[form] += documents
        spelt.setdefault(form, written)
    meant = {word: _nearest(form, counts) for word, form in forms.items()}
    return {word: spelt[form] for word, form in meant.items() if form}


def _allowed(form: str) -> int:
    return 0 if len(form) < 4 else 1 if len(form) < 8 else 2 if len(form) < 14 else MOST_ERRORS


def _nearest(form: str, counts: Counter) -> str | None:
    """Return the form with the fewest errors; of several one with the same first letter, then the more frequent."""
    found = process.extract(form, counts.keys(), scorer=OSA.distance, score_cutoff=_allowed(form), limit=20)
    best = min(found, key=lambda one: (one[1], one[0][0] != form[0], -counts[one[0]], one[0]), default=(None,))
    return best[0]


def count(kind: str, change: Counter) -> None:
    """Add to how many objects have a word: `change[language, word]`, negative where it went.

    In one order always, so that two who write at once wait for each other instead of locking each other out.
    """
    rows = [(language, word, by) for (language, word), by in sorted(change.items()) if by]
    table = connection.ops.quote_name(SearchWord._meta.db_table)
    with connection.cursor() as cursor:
        for some in batched(rows, AT_ONCE):
            values = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO {table} (kind, language, word, folded, documents) VALUES {values} "  # noqa: S608 - marks
                "ON CONFLICT (kind, language, word) "
                f"DO UPDATE SET documents = {table}.documents + excluded.documents",
                [value for language, word, by in some for value in (kind, language, word, german.folded(word), by)],
            )
    if any(by < 0 for _language, _word, by in rows):
        SearchWord.objects.filter(kind=kind, documents__lte=0).delete()


def forget(kind: str) -> None:
    """Forget all words of a kind."""
    SearchWord.objects.filter(kind=kind).delete()
