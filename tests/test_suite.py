"""The suite keeps its promises: own data directory, two databases, reference data after a test that commits."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.environment import RUN_DIR
from verbund.core.models import UsedToken


def test_the_suite_works_in_a_folder_of_its_own():
    assert RUN_DIR in Path(settings.DATA_DIR).parents


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_test_marked_postgres_runs_on_each_database(database):
    vendor = {"sqlite": "sqlite", "postgres": "postgresql"}[database]

    assert connection.vendor == vendor
    assert UsedToken.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_people_at_the_same_instant_have_connections_of_their_own(at_the_same_time):
    acts = [lambda number=number: UsedToken.objects.create(token=f"{number:032}", path="/").pk for number in range(3)]

    assert len(set(at_the_same_time(*acts))) == 3
    assert UsedToken.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_in_the_next():
    assert UsedToken.objects.count() == 0


def test_a_real_browser_opens_the_running_platform(site):
    page = site.open("/healthz")

    assert page.inner_text("body") == "ok"
