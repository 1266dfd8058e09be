"""By which rules a computation goes: those of the database or, before there is one, those that come along."""

from collections.abc import Callable
from dataclasses import dataclass

from verbund.programmes import queries
from verbund.programmes.queries import DatedRows
from verbund.programmes.rules import Rules


@dataclass(frozen=True)
class Policy:
    """`rules_for(programme code, year)` for the base grant; `dated_rows()` for interest, keys and lump sums."""

    rules_for: Callable[[str, int], Rules]
    dated_rows: Callable[[], DatedRows]


IN_FORCE = Policy(queries.rules_in_force, queries.rows_in_force)
