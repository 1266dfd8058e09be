"""Imports point one way: between the apps, and between the files of an app."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import APPS, ROOT, Source, product_sources

ORDER = (
    {"lifecycle", "calculations", "signals"},
    {"models"},
    {"queries"},
    {"permissions"},
    {"notifications", "documents"},
    {"operations"},
    {"forms", "exports", "search", "privacy"},
    {"views", "tasks", "admin", "receivers"},
    {"urls"},
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
PROMISED = {"operations", "queries", "permissions", "models", "signals"}
PROMISED_TOO = {
    ("accounts", "roles"),  # the names of the functions, for everybody who asks who acts
    ("accounts", "demonstration"),  # whether a request belongs to the demonstration
    ("accounts", "forms"),  # the two password fields, in an invitation as in the account
    ("accounts", "second_factor"),  # whether the person has one, on the page of the account
    ("programmes", "rules"),  # the rules of a grant year, as plain values
    ("funding", "vacancies"),  # what vacant posts of a notice cost, for the post plan
    ("directory", "reference_day"),  # for which day a page of the network is shown
    ("directory", "places"),  # which centre is responsible for a postcode or a town
    ("directory", "reading"),  # how records of the directory read, for the page of a centre
    ("directory", "calculations"),  # states and periods in words
    ("directory", "maps"),  # what a map of the areas draws
    ("directory", "attributions"),  # where the data comes from, for the imprint
    ("offers", "content"),  # what an entry says, as one plain value, for whoever makes one
    ("offers", "origins"),  # where an app above says what an entry came from
    ("offers", "speaking"),  # public pages of apps above that speak the languages of the finder
    ("offers", "words"),  # what was looked for in vain, beside the gaps of a topic
    ("directory", "demo"),  # the demonstration's own bodies, for the demonstration world
}


def imported_modules(source: Source) -> set[str]:
    """Return what a file imports, as dotted names; imports for type checkers do not count."""
    found = set()
    hidden = {
        id(inner)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(source.tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def imports_of_apps(source: Source) -> set[tuple[str, str]]:
    """Return the (app, module) pairs of the project that a file imports.

    A part of an app may be a package of its own (`directory/people`) with the same files inside: its `permissions` are
    permissions of the app.
    """
    names = (name.split(".") for name in imported_modules(source))
    ours = (parts for parts in names if parts[0] == "verbund" and len(parts) > 2 and parts[1] in APPS)
    return {(parts[1], parts[3] if parts[3:] and parts[3] in LEVEL else parts[2]) for parts in ours}


def test_no_app_imports_one_above_it():
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    said = [line for line in result.stdout.splitlines() if line.isascii()]  # without the banner

    assert result.returncode == 0, "\n".join(said) + result.stderr


def test_inside_an_app_no_file_imports_one_below_it_in_the_house_order():
    wrong = [
        f"{source.name} imports {module}"
        for source in product_sources()
        for app, module in imports_of_apps(source)
        if source.app == app != "core" and source.module in LEVEL and LEVEL.get(module, -1) > LEVEL[source.module]
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_from_another_app_only_what_it_promises_is_imported():
    wrong = [
        f"{source.name} imports {app}.{module}"
        for source in product_sources()
        for app, module in imports_of_apps(source)
        if source.app in APPS
        and app not in {"core", source.app}
        and module not in PROMISED
        and (app, module) not in PROMISED_TOO
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_calculations_and_lifecycles_do_not_touch_the_database():
    wrong = [
        f"{source.name} imports {name}"
        for source in product_sources()
        if source.app not in {"", "core"} and source.module in {"calculations", "lifecycle"}
        for name in imported_modules(source)
        if name.startswith(("django.db.transaction", "django.db.connection")) or f"verbund.{source.app}.models" in name
    ]

    assert not wrong, "\n" + "\n".join(wrong)
