"""The operations that can be measured, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from django.db import connection

from bench import limits
from bench.harness import Figures

OPERATIONS: dict[str, "Operation"] = {}


@dataclass(frozen=True)
class Operation:
    """One measurable operation; `act` returns its figures, `goal` is what performance.md demands."""

    name: str
    act: Callable[[], Figures]
    limit: str
    goal: str

    def measure(self) -> dict:
        before = limits.cpu_ms(self.limit)
        figures = self.act()
        limit_ms = figures.limit_ms or best(before, limits.cpu_ms(self.limit))
        ratio = limit_ms / figures.cpu_ms if limit_ms and figures.cpu_ms else None
        return {
            "operation": self.name,
            "cpu_ms": rounded(figures.cpu_ms),
            "sql": figures.sql,
            "bytes": figures.bytes,
            "limit": self.limit or None,
            "limit_cpu_ms": rounded(limit_ms),
            "ratio": rounded(ratio),
            "rows": figures.rows,
            "database": connection.vendor,
            "must": self.goal,
            **figures.more,
        }


def operation(name: str, *, limit: str = "", goal: str = ""):
    """Register a function that returns Figures. `limit` is one of `bench.limits`, or what the figures bring along."""

    def register(act):
        OPERATIONS[name] = Operation(name, act, limit, goal)
        return act

    return register


def operations() -> dict[str, Operation]:
    """Import every module in bench/operations and return what they registered."""
    from bench import operations as package

    for module in sorted(found.name for found in iter_modules(package.__path__)):
        import_module(f"bench.operations.{module}")
    return OPERATIONS


def best(*times: float | None) -> float | None:
    """Return the shortest time: the limit is measured before and after ours, so that both meet the machine's calm."""
    return min((found for found in times if found is not None), default=None)


def rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
