"""The index survives what happens to a database: rollback, emptying, backup and restore, also into the other one."""

import sqlite3
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.support import schema
from verbund.core import backup, doctor, restore, search
from verbund.core.models import SearchEntry, SearchWord
from verbund.core.search import Document
from verbund.core.tests import program

KIND = "stays"


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir(mode=0o700)
    (settings.DATA_DIR / "secret_key").write_text(settings.SECRET_KEY)
    return settings.DATA_DIR


def write():
    search.index(
        KIND, [Document(1, "Sprachkurs", "mit Kinderbetreuung"), Document(2, "Курси німецької мови", "", "uk")]
    )


def found(text) -> tuple[int, ...]:
    return search.search(KIND, text).ids


@pytest.mark.parametrize("ends", ["committed", "rolled back"])
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_index_is_part_of_the_change_it_belongs_to(ends):
    search.index(KIND, [Document(1, "Nähkurs")])
    with transaction.atomic():
        search.index(KIND, [Document(1, "Sprachkurs")])
        transaction.set_rollback(ends == "rolled back")
    assert (found("nähkurs"), found("sprachkurs")) == (((), (1,)) if ends == "committed" else ((1,), ()))
    assert search.is_in_step()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_after_emptying_and_after_a_restore_everything_is_found_as_before(data_dir, tmp_path):
    write()
    backup.write_backup(tmp_path / "b.zip")
    call_command("flush", interactive=False, verbosity=0)
    assert found("kurse") == ()
    assert search.is_in_step()
    search.index(KIND, [Document(3, "Etwas anderes mit Kurs")])
    restore.restore_backup(tmp_path / "b.zip")
    assert (found("kurse"), found("курс"), found("Sprachkrus")) == ((1,), (2,), (1,))
    assert search.suggest(KIND, "kinder") == ["Kinderbetreuung"]
    assert search.is_in_step()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_one_database_is_searched_in_the_other(database, data_dir, empty_postgres, tmp_path):
    write()
    backup.write_backup(tmp_path / "b.zip")
    other = {"DATABASE_URL": empty_postgres} if database == "sqlite" else {}
    schema.copy_to(empty_postgres if other else tmp_path / "other" / "verbund.sqlite3")
    done = program.run("restore", str(tmp_path / "b.zip"), data_dir=tmp_path / "other", **other)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    if database == "sqlite":
        with psycopg.connect(empty_postgres) as server:
            rows = server.execute("SELECT object_id FROM core_searchentry WHERE vector @@ 'kur'::tsquery").fetchall()
    else:
        with sqlite3.connect(tmp_path / "other" / "verbund.sqlite3") as file:
            rows = file.execute(
                "SELECT object_id FROM core_search JOIN core_searchentry ON id = core_search.rowid "
                "WHERE core_search MATCH 'kur'"
            ).fetchall()
    assert rows == [(1,)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_writes_at_the_same_time_counts_every_word_once(at_the_same_time):
    texts = [
        "Kurs Beratung Treff Hilfe",
        "Hilfe Treff Beratung Kurs",
        "Treff Kurs Hilfe Beratung",
        "Beratung Hilfe Kurs Treff",
    ]

    def write_some(first: int):
        for number in range(first, first + 5):
            search.index(KIND, [Document(number, texts[number % 4]), Document(number, texts[first % 4], language="en")])
        search.remove(KIND, [first])

    results = at_the_same_time(*[lambda first=first: write_some(first) for first in (0, 10, 21, 32)])
    assert results == [None] * 4
    counts = SearchWord.objects.values_list("language", "word", "documents")
    assert set(counts) == {(language, word, 16) for language in ("de", "en") for word in texts[0].split()}
    assert search.search(KIND, "kurs beratung").total == 16
    assert search.is_in_step()


@pytest.mark.django_db
def test_the_doctor_names_an_index_out_of_step_and_migrate_repairs_it(data_dir):
    write()
    assert "Suche" not in faults()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_searchentry SET title = 'nahkur' WHERE object_id = 1")
    assert "Suche" in faults()
    call_command("prepare", stdout=StringIO())
    assert "Suche" not in faults()
    assert found("nähkurs") == (1,)
    assert SearchEntry.objects.count() == 2


def faults() -> list[str]:
    return [finding.what for finding in doctor.examine() if not finding.is_fine]
