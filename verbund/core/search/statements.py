"""The statements a question becomes, on SQLite (FTS5) and PostgreSQL (tsvector).

Terms are letters and digits only (`german.encoded`), so nothing a person types can mean anything to either language.
"""

import json
from collections.abc import Iterable

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from verbund.core.search.index import OBJECT_BITS

AND_SO_ON = "*"
FOUND = {
    "sqlite": "FROM core_search WHERE core_search MATCH %s AND rowid BETWEEN %s AND %s",
    "postgresql": "FROM core_searchentry WHERE vector @@ %s::tsquery AND id BETWEEN %s AND %s",
}
NUMBER = {"sqlite": "rowid", "postgresql": "id"}
SQLITE_COUNT = """
SELECT NULL, count(*) {found} UNION ALL SELECT * FROM (SELECT 1, rowid {found} LIMIT %s)
"""
SQLITE_RANKED = "SELECT rowid {found} ORDER BY rank LIMIT %s"
POSTGRESQL_PAGE = """
SELECT count(*) OVER (), id {found}
ORDER BY ts_rank('{{0.1, 0.1, 0.1, 1}}', vector, %s::tsquery, 1) DESC, id LIMIT %s OFFSET %s
"""


def expression(steps: Iterable[Iterable[tuple[str, ...]]]) -> str:
    """Write the question: all steps, of each any alternative, of an alternative all terms; `x*` begins with x."""
    write, both, either = (_in_fts5, " AND ", " OR ") if connection.vendor == "sqlite" else (_in_tsquery, " & ", " | ")
    return both.join(
        "(" + either.join("(" + both.join(map(write, terms)) + ")" for terms in alternatives) + ")"
        for alternatives in dict.fromkeys(map(tuple, steps))
    )


def _in_fts5(term: str) -> str:
    return f'"{term[:-1]}"*' if term.endswith(AND_SO_ON) else f'"{term}"'


def _in_tsquery(term: str) -> str:
    return f"'{term[:-1]}':*" if term.endswith(AND_SO_ON) else f"'{term}'"


def page(question: str, span: tuple[int, int], ids, limit: int, offset: int) -> tuple[int, list[int]]:
    """Return how many entries match, and the numbers of those from `offset`, best first."""
    restriction, parameters = _restriction(ids, span[0])
    found, last = FOUND[connection.vendor] + restriction, [*span, *parameters]
    limit, offset = max(limit, 0), max(offset, 0)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _sqlite_page(cursor, found, question, last, limit, offset)
        cursor.execute(POSTGRESQL_PAGE.format(found=found), [question, *last, question, limit, offset])
        rows = cursor.fetchall()
        if not rows:
            cursor.execute(f"SELECT count(*) {found}", [question, *last])
            return cursor.fetchone()[0], []
        return rows[0][0], [number for _total, number in rows]


def _sqlite_page(cursor, found: str, question: str, last: list, limit: int, offset: int) -> tuple[int, list[int]]:
    """First those with every word in the title, then the others.

    To rank takes most of a search's time, so where titles fill the page they alone are ranked.
    """
    end = offset + limit
    titles = f"{{title}} : ({question})"
    cursor.execute(SQLITE_COUNT.format(found=found), [question, *last, titles, *last, end])
    rows = cursor.fetchall()
    total = next(number for is_title, number in rows if not is_title)
    in_title = {number for is_title, number in rows if is_title}
    if not limit or offset >= total:
        return total, []
    asked, most = (titles, end) if len(in_title) == end else (question, end + len(in_title))
    cursor.execute(SQLITE_RANKED.format(found=found), [asked, *last, most])
    ranked = [number for (number,) in cursor.fetchall()]
    if asked is question:
        best = dict.fromkeys(number for number in ranked if number in in_title)
        ranked = list(best | dict.fromkeys(sorted(in_title)) | dict.fromkeys(ranked))
    return total, ranked[offset:end]


def numbers(question: str, span: tuple[int, int]) -> RawSQL:
    """Return the numbers of the objects that match, as a subquery."""
    vendor = connection.vendor
    return RawSQL(f"SELECT {NUMBER[vendor]} - %s {FOUND[vendor]}", [span[0], question, *span])  # noqa: S611 - parameters


def each(questions: list[str], span: tuple[int, int]) -> list[list[int]]:
    """Return the numbers of the entries that match each of several questions; one statement, none without questions."""
    found: list[list[int]] = [[] for _question in questions]
    if not questions:
        return found
    vendor = connection.vendor
    one = f"SELECT %s, {NUMBER[vendor]} {FOUND[vendor]}"
    parameters = [value for place, question in enumerate(questions) for value in (place, question, *span)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(questions)), parameters)
        for place, number in cursor.fetchall():
            found[place].append(number)
    return found


def finds_anything(question: str, span: tuple[int, int]) -> bool:
    """Say whether any entry matches."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {FOUND[connection.vendor]} LIMIT 1", [question, *span])
        return cursor.fetchone() is not None


def _restriction(ids: QuerySet | Iterable[int] | None, first: int) -> tuple[str, list]:
    """Return the condition that keeps to some objects. As an expression: SQLite would else ask once per object."""
    if ids is None:
        return "", []
    among = f" AND {NUMBER[connection.vendor]} - %s"
    if isinstance(ids, QuerySet):
        try:
            chosen, parameters = _one_column(ids).query.sql_with_params()
        except EmptyResultSet:
            return " AND 1 = 0", []
        return f"{among} IN ({chosen})", [first, *parameters]
    listed = [number for number in ids if 0 <= number < 1 << OBJECT_BITS]
    if connection.vendor == "sqlite":
        return f"{among} IN (SELECT value FROM json_each(%s))", [first, json.dumps(listed)]  # noqa: S608 - marks only
    return f"{among} = ANY(%s)", [first, listed]


def _one_column(chosen: QuerySet) -> QuerySet:
    if not chosen.query.is_sliced:
        chosen = chosen.order_by()
    return chosen if chosen._fields else chosen.values("pk")  # type: ignore[attr-defined] # what `values` was given
