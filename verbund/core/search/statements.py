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
RANKED = {
    "sqlite": "SELECT rowid {found} ORDER BY rank LIMIT %s OFFSET %s",
    "postgresql": (
        "SELECT id {found} ORDER BY ts_rank('{{0, 0.1, 0.1, 1}}', vector, %s::tsquery, 1) DESC, id LIMIT %s OFFSET %s"
    ),
}


def expression(steps: Iterable[Iterable[tuple[str, ...]]]) -> str:
    """Write the question: all steps, of each any alternative, of an alternative all terms; `x*` begins with x."""
    write, both, either = (_in_fts5, " AND ", " OR ") if connection.vendor == "sqlite" else (_in_tsquery, " & ", " | ")
    return both.join(
        "(" + either.join("(" + both.join(map(write, terms)) + ")" for terms in alternatives) + ")"
        for alternatives in steps
    )


def _in_fts5(term: str) -> str:
    return f'"{term[:-1]}"*' if term.endswith(AND_SO_ON) else f'"{term}"'


def _in_tsquery(term: str) -> str:
    return f"'{term[:-1]}':*" if term.endswith(AND_SO_ON) else f"'{term}'"


def page(question: str, span: tuple[int, int], ids, limit: int, offset: int) -> tuple[int, list[int]]:
    """Return how many entries match, and the numbers of those from `offset`, best first."""
    restriction, parameters = _restriction(ids, span[0])
    found, parameters = FOUND[connection.vendor] + restriction, [question, *span, *parameters]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {found}", parameters)
        total = cursor.fetchone()[0]
        if limit < 1 or not 0 <= offset < total:
            return total, []
        again = [question] if connection.vendor == "postgresql" else []
        cursor.execute(RANKED[connection.vendor].format(found=found), [*parameters, *again, limit, offset])
        return total, [number for (number,) in cursor.fetchall()]


def numbers(question: str, span: tuple[int, int]) -> RawSQL:
    """Return the numbers of the objects that match, as a subquery."""
    vendor = connection.vendor
    return RawSQL(f"SELECT {NUMBER[vendor]} - %s {FOUND[vendor]}", [span[0], question, *span])  # noqa: S611 - parameters


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
