"""The fixtures of all tests, and how the suite treats its two databases and its browser (docs/how-to/tests.md)."""

import os

import hypothesis
import psycopg
import pytest
from django.conf import settings
from pytest_django.plugin import blocking_manager_key

from tests import environment
from tests.support import browser as browsers
from tests.support import cast, cluster
from tests.support.databases import Databases
from tests.support.threads import at_the_same_time as run_at_the_same_time

hypothesis.settings.register_profile("verbund", deadline=None)  # no test is timed
hypothesis.settings.load_profile("verbund")

COMMITTING = {"transactional_db", "live_server", "site", "django_db_reset_sequences"}
USING_DATABASE = {"db", *COMMITTING}
DATABASES = pytest.StashKey[Databases]()
LEFT_OUT = pytest.StashKey[dict]()
POSTGRES, CHROMIUM = "PostgreSQL", "Chromium"


def must_have_all() -> bool:
    return any(os.environ.get(name, "").lower() in {"1", "true"} for name in ("CI", "VERBUND_REQUIRE_ALL"))


def missing_programs() -> list[str]:
    found = {POSTGRES: cluster.binaries(), CHROMIUM: browsers.program()}
    return [name for name, program in found.items() if not program]


def pytest_configure(config):
    missing = missing_programs()
    if missing and must_have_all():
        raise pytest.UsageError(f"Gefordert, aber nicht gefunden: {', '.join(missing)}.")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for, not all of them for each client
    config.stash[DATABASES] = Databases()
    config.stash[LEFT_OUT] = {}


def pytest_generate_tests(metafunc):
    """A test marked `postgres` runs once on each database; VERBUND_TEST_DATABASE says so for all tests that use one."""
    wanted = os.environ.get("VERBUND_TEST_DATABASE", "")
    vendors = {"postgres": ["postgres"], "both": ["sqlite", "postgres"]}.get(wanted, [])
    if metafunc.definition.get_closest_marker("postgres"):
        vendors = vendors or ["sqlite", "postgres"]
    elif not uses_database(metafunc.definition, metafunc.fixturenames):
        vendors = []
    if vendors:
        metafunc.fixturenames.insert(0, "database")
        metafunc.parametrize("database", vendors, indirect=True)


def pytest_collection_modifyitems(config, items):
    """Leave out what needs PostgreSQL or a browser where there is none; the summary says so."""
    missing, kept, left_out = missing_programs(), [], {POSTGRES: [], CHROMIUM: []}
    for item in items:
        on_postgres = vendor_of(item) == "postgres" or "empty_postgres" in item.fixturenames
        needed = CHROMIUM if "browser" in item.fixturenames else POSTGRES if on_postgres else None
        (left_out[needed] if needed in missing else kept).append(item)
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for group in left_out.values() for item in group])
        items[:] = kept
    config.stash[LEFT_OUT].update({program: len(group) for program, group in left_out.items() if group})


def pytest_collection_finish(session):
    """Every second worker begins with PostgreSQL, so that both databases are being made at the same time."""
    is_second = environment.WORKER[2:].isdecimal() and int(environment.WORKER[2:]) % 2 == 1
    if is_second and any(vendor_of(item) == "postgres" for item in session.items):
        with session.config.stash[blocking_manager_key].unblock():
            session.config.stash[DATABASES].use("postgres")


def pytest_sessionfinish(session):
    if environment.WORKER:
        session.config.workeroutput["left_out"] = session.config.stash[LEFT_OUT]
        session.config.stash[DATABASES].close()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    node.config.stash[LEFT_OUT].update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("Ausgelassen")
    left_out = config.stash[LEFT_OUT]
    for program, count in left_out.items():
        terminalreporter.line(f"{count} {'Test' if count == 1 else 'Tests'}, weil {program} auf diesem Rechner fehlt.")
    if not left_out:
        terminalreporter.line("Nichts: PostgreSQL und Chromium wurden gefunden.")


def uses_database(item, fixturenames) -> bool:
    return bool(item.get_closest_marker("django_db")) or not USING_DATABASE.isdisjoint(fixturenames)


def commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not COMMITTING.isdisjoint(item.fixturenames)


def vendor_of(item) -> str:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database", "sqlite") if callspec else "sqlite"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if uses_database(item, item.fixturenames):
        needs_reference = not commits(item) or "reference" in item.fixturenames or "site" in item.fixturenames
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[DATABASES].prepare(vendor_of(item), needs_reference=needs_reference)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    try:
        return (yield)
    finally:
        if commits(item):
            databases = item.config.stash[DATABASES]
            databases.emptied.add(databases.current)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """The databases are made at first use (pytest_runtest_setup)."""


@pytest.fixture
def database(request) -> str:
    """The database of this test: "sqlite" or "postgres"."""
    return request.param


@pytest.fixture
def reference():
    """The reference data, for a test that commits: the one before has emptied the database. Others always have it."""


@pytest.fixture
def member(db):
    """`member(role, organisation=None, at="05122", …)` makes a person with a function and returns the membership."""
    return cast.member


@pytest.fixture
def acting():
    """`acting(membership)` returns the actor that operations take; `by=user` when a deputy acts for its holder."""
    return cast.acting


@pytest.fixture
def client_of(db):
    """`client_of(membership)` returns a signed-in test client; `client_of()` a visitor's."""
    return cast.client_of


@pytest.fixture
def at_the_same_time(transactional_db):
    """`at_the_same_time(act, act, …)` runs acts in threads of their own and returns results or exceptions in order."""
    return run_at_the_same_time


@pytest.fixture
def empty_postgres():
    """The address of an empty PostgreSQL database, dropped afterwards."""
    address, name = cluster.url(environment.RUN_DIR), f"empty_{environment.WORKER or 'main'}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield address.rpartition("/")[0] + f"/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import Locator, Page, sync_playwright

    browsers.teach_patience(Page, Locator)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browsers.program(), args=browsers.ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(browser, live_server):
    """The running platform in a browser: `site.open(path, member=…)`; complaints of the console fail the test."""
    site = browsers.Site(browser, live_server.url)
    yield site
    site.close()
    assert not site.complaints, "\n".join(site.complaints)


@pytest.fixture
def assert_accessible():
    """`assert_accessible(page)`: axe finds nothing, contrast included, and nothing sticks out of the window."""
    return browsers.assert_accessible


@pytest.fixture
def picture():
    """`picture(page, "name")` keeps a picture under var/screenshots when VERBUND_SCREENSHOTS=1."""
    return browsers.picture
