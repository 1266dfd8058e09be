"""Habits of the house that can be read off the code."""

import ast
import re

from tests.architecture.sources import calls, docstrings, dotted, product_sources, python_sources

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "date.today",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.date.today",
}
EXACT = {"calculations", "operations", "rules", "money", "models", "queries", "base_grant"}
SPOKEN = {"views", "forms", "operations", "permissions", "queries", "lifecycle", "models", "notifications"}
TRANSLATORS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}
WORDS = "der|die|das|den|dem|und|oder|nicht|bitte|ist|sind|ein|eine|einen|wurde|kein|keine|mit|von|Sie"
GERMAN = re.compile(rf"[äöüÄÖÜß„“]|\b(?:{WORDS})\b.* ")


def test_no_file_is_longer_than_a_reader_can_hold():
    lengths = {source.name: len(source.text.splitlines()) for source in python_sources(tests=True)}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{source.name}:{node.name}": node.end_lineno - node.lineno + 1
        for source in python_sources(tests=True)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }

    assert long == {}


def test_there_is_no_module_without_an_address():
    nameless = {"utils", "helpers", "common", "misc", "util", "helper"}

    assert [source.name for source in python_sources(tests=True) if nameless & set(source.parts)] == []


def test_every_module_says_what_it_is_for():
    silent = [source.name for source in product_sources() if source.text.strip() and not ast.get_docstring(source.tree)]

    assert not silent, "\n" + "\n".join(silent)


def test_the_clock_is_read_in_one_place():
    wrong = [
        f"{source.name}:{call.lineno} {dotted(call.func)}"
        for source in product_sources()
        if source.name != "verbund/core/dates.py"
        for call in calls(source.tree)
        if dotted(call.func) in CLOCKS or (dotted(call.func).endswith(("localdate", "localtime")) and not call.args)
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_rows_are_locked_in_one_place():
    wrong = [
        f"{source.name}:{node.lineno}"
        for source in product_sources()
        if source.name != "verbund/core/locks.py"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "select_for_update"
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_a_status_changes_only_by_its_lifecycle():
    wrong = [
        f"{source.name}:{node.lineno}"
        for source in product_sources()
        if source.app not in {"", "core"} and source.module != "reference"
        for node in ast.walk(source.tree)
        if assigns_status(node)
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def assigns_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)
    if isinstance(node, ast.Call):
        sets = (
            dotted(node.func) == "setattr" and isinstance(node.args[1], ast.Constant) and node.args[1].value == "status"
        )
        updates = isinstance(node.func, ast.Attribute) and node.func.attr in {"update", "bulk_update"}
        return sets or (updates and any(keyword.arg == "status" for keyword in node.keywords))
    return False


def test_money_never_meets_a_float():
    wrong = [
        f"{source.name}:{node.lineno}"
        for source in product_sources()
        if source.module in EXACT and source.app not in {"accounts"}
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and dotted(node.func) == "float")
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_what_a_screen_says_is_marked_for_translation():
    wrong = [
        f"{source.name}:{node.lineno} {node.value[:60]!r}"
        for source in product_sources()
        if source.module in SPOKEN
        for node in unmarked_texts(source.tree)
        if GERMAN.search(node.value)
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def unmarked_texts(tree: ast.Module):
    """Return the texts that are neither docstrings nor inside a call of gettext."""
    quiet = docstrings(tree) | {
        id(inner) for call in calls(tree) if dotted(call.func) in TRANSLATORS for inner in ast.walk(call)
    }
    return (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet
    )


def test_nothing_is_saved_by_stealth():
    """No logic in save(), no signals inside an app: the operations say what happens."""
    hooks = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    wrong = [
        f"{source.name}:{node.lineno} {dotted(node)}"
        for source in product_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node).split(".")[-1] in hooks
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_no_test_is_skipped_or_waits():
    wrong = [
        f"{source.name}:{node.lineno} {dotted(node)}"
        for source in python_sources(tests=True)
        if source.path.name.startswith("test_") or source.path.name == "conftest.py"
        for node in ast.walk(source.tree)
        if dotted(node) in {"time.sleep", "pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}
    ]

    assert not wrong, "\n" + "\n".join(wrong)
