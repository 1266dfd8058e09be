"""The project's sources as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("core", "accounts", "directory", "programmes", "staffing", "funding", "offers", "advising", "portal")


@dataclass(frozen=True)
class Source:
    """One Python file, with its name in the project (`verbund/funding/models/notices.py`)."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(ROOT).with_suffix("").parts

    @property
    def app(self) -> str:
        return self.parts[1] if self.parts[0] == "verbund" and len(self.parts) > 2 else ""

    @property
    def module(self) -> str:
        """The name of the file or package right inside the app: `models` for `models/notices.py`."""
        return self.parts[2] if self.app else self.parts[-1]

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return parsed(self.path)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files of the project that are or will be under version control; all but ignored ones."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode == 0:
        paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    else:
        hidden = {".venv", ".uv", ".node", "node_modules", "var", ".git"}
        paths = (path for path in ROOT.rglob("*") if hidden.isdisjoint(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in paths if path.is_file()))


def python_sources(*, tests: bool = False, migrations: bool = False) -> list[Source]:
    """Return the Python files of the project; those of tests and migrations only when asked for."""
    sources = [Source(path) for path in tracked_files() if path.suffix == ".py"]
    return [
        source
        for source in sources
        if (tests or not {"tests", "bench", "conftest"} & set(source.parts))
        and (migrations or "migrations" not in source.parts)
    ]


def product_sources() -> list[Source]:
    """Return the Python files that make up the program."""
    return [source for source in python_sources() if source.parts[0] in {"verbund", "config"}]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """Return the dotted name of an expression ("timezone.now"); empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{before}.{node.attr}" if (before := dotted(node.value)) else node.attr
    return ""


def docstrings(tree: ast.AST) -> set[int]:
    """Return the ids of the nodes that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body)
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}
