"""A backup of one database is read by the other, without a difference."""

import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from tests.support import schema
from verbund.core import audit, backup, files
from verbund.core.acting import SYSTEM
from verbund.core.notifications import tell
from verbund.core.tests import program


@pytest.fixture
def person(transactional_db):
    return get_user_model().objects.create_user(
        "leitung@verbund.example", "nur-fuer-die-tests-7", display_name="Leitung"
    )


def contents(path: Path) -> dict:
    """Return the rows of all tables and the list of files; PostgreSQL keeps no order within a JSON value."""
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read(backup.MANIFEST))
        rows = {
            label: [json.loads(line) for line in archive.read(f"data/{label}.jsonl").splitlines()]
            for label in manifest["models"]
        }
    return {**rows, "files": manifest["files"]}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_backup_goes_into_the_other_database_and_comes_back_equal(database, person, empty_postgres, tmp_path):
    letter = files.store(b"%PDF-1.7 Bescheid", name="Bescheid Nr. 1.pdf", kind="notice")
    with transaction.atomic():
        tell(person, "Der Bescheid „Größe“ ist da.", "/", key="notice:1")
        audit.record("issue", letter, actor=SYSTEM, organisation_id=1, after={"name": "Bescheid"})
        audit.record("change", person, actor=SYSTEM, organisation_id=1, after={"display_name": "Anna"})
    backup.write_backup(tmp_path / "here.zip")

    other = {"DATABASE_URL": empty_postgres} if database == "sqlite" else {}
    data_dir = tmp_path / "other"
    schema.copy_to(empty_postgres if other else data_dir / "verbund.sqlite3")
    for word, name in (("restore", "here.zip"), ("backup", "there.zip")):
        done = program.run(word, str(tmp_path / name), data_dir=data_dir, **other)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert contents(tmp_path / "there.zip") == contents(tmp_path / "here.zip")
    assert (data_dir / "files" / letter.sha256[:2] / letter.sha256).read_bytes() == b"%PDF-1.7 Bescheid"
    assert (data_dir / "secret_key").read_text() == settings.SECRET_KEY
