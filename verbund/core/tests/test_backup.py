"""The drill: write, back up while others write, wipe, restore, compare. And every damaged backup is refused."""

import json
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from verbund.core import append_only, audit, backup, files, reference, restore
from verbund.core.acting import SYSTEM
from verbund.core.models import Holiday, OutboxMail, StoredFile
from verbund.core.notifications import send_mail_later, tell

COMMITTING = pytest.mark.django_db(transaction=True)
LETTER = b"%PDF-1.7 Bescheid"


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir(mode=0o700)
    (settings.DATA_DIR / "secret_key").write_text(settings.SECRET_KEY)
    return settings.DATA_DIR


@pytest.fixture
def person(transactional_db):
    return get_user_model().objects.create_user(
        "leitung@verbund.example", "nur-fuer-die-tests-7", display_name="Leitung"
    )


@pytest.fixture
def written(person) -> StoredFile:
    """A person, a message, a mail, a stored letter and acts in the trail: something of every kind."""
    reference.load()
    letter = files.store(LETTER, name="Bescheid Nr. 1.pdf", kind="notice")
    with transaction.atomic():
        tell(person, "Der Bescheid „Größe“ ist da.", "/", key="notice:1")
        for number in range(3):
            audit.record("issue", letter, actor=SYSTEM, organisation_id=number, after={"name": f"Bescheid {number}"})
    return letter


def everything() -> dict:
    """Return every row of every saved table, as stored."""
    return {
        model._meta.label: list(
            model._base_manager.order_by("pk").values_list(*[field.attname for field in backup.stored_fields(model)])
        )
        for model in backup.saved_models()
    }


def wipe(data_dir: Path) -> None:
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(data_dir / "files")


@pytest.mark.postgres
@COMMITTING
def test_after_a_restore_every_row_and_every_file_is_as_it_was(written, data_dir, tmp_path):
    before = everything()
    backup.write_backup(tmp_path / "b.zip")
    wipe(data_dir)
    assert StoredFile.objects.count() == 0
    restore.restore_backup(tmp_path / "b.zip")
    assert everything() == before
    assert written.is_unchanged()
    assert audit.verify() == []


@pytest.mark.postgres
@COMMITTING
def test_after_a_restore_new_records_get_numbers_of_their_own(written, data_dir, tmp_path):
    backup.write_backup(tmp_path / "b.zip")
    wipe(data_dir)
    restore.restore_backup(tmp_path / "b.zip")
    assert files.store(LETTER + b"2", name="Bescheid Nr. 2.pdf").pk > written.pk
    with transaction.atomic():
        audit.record("issue", written, actor=SYSTEM, organisation_id=1)
    assert audit.verify() == []


@pytest.mark.postgres
@COMMITTING
def test_a_backup_while_others_write_holds_one_consistent_state(written, data_dir, tmp_path):
    """Each act writes two rows in one transaction: a backup never holds one of them without the other."""
    stop, acts = threading.Event(), []

    def write():
        while not stop.is_set() and len(acts) < 400:
            with transaction.atomic():
                send_mail_later("a@verbund.example", "Eins", "Text", key=f"first:{len(acts)}")
                Holiday.objects.create(day=f"{2100 + len(acts)}-01-01", name="Probe", source="Test")
            acts.append(1)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backups = [backup.write_backup(tmp_path / f"{number}.zip") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    counts = [(b["models"]["core.OutboxMail"]["rows"], b["models"]["core.Holiday"]["rows"]) for b in backups]
    first_mails, first_holidays = counts[0]
    assert [(mails - first_mails, days - first_holidays) for mails, days in counts] == [
        (mails - first_mails, mails - first_mails) for mails, _days in counts
    ]
    assert len(acts) > 0
    wipe(data_dir)
    restore.restore_backup(tmp_path / "2.zip")
    assert OutboxMail.objects.count() == counts[2][0]


@COMMITTING
def test_sessions_are_not_part_of_a_backup(written, tmp_path):
    manifest = backup.write_backup(tmp_path / "b.zip")
    assert "sessions.Session" not in manifest["models"]
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


@COMMITTING
def test_data_that_is_there_is_replaced_only_when_asked_for(written, tmp_path):
    backup.write_backup(tmp_path / "b.zip")
    before = everything()
    send_mail_later("a@verbund.example", "Danach", "Text", key="later")
    with pytest.raises(restore.NotEmpty):
        restore.restore_backup(tmp_path / "b.zip")
    assert OutboxMail.objects.filter(key="later").exists()
    restore.restore_backup(tmp_path / "b.zip", replace=True)
    assert everything() == before


@COMMITTING
def test_a_backup_is_not_written_when_a_stored_file_is_missing_or_changed(written, tmp_path):
    files.path_of(written.sha256).write_bytes(b"anders")
    with pytest.raises(backup.FilesDamaged, match=r"Bescheid Nr\. 1\.pdf"):
        backup.write_backup(tmp_path / "b.zip")
    files.path_of(written.sha256).unlink()
    with pytest.raises(backup.FilesDamaged, match=r"Bescheid Nr\. 1\.pdf"):
        backup.write_backup(tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def rewritten(source: Path, target: Path, change) -> Path:
    """Copy a backup part by part; `change(name, content)` returns the new content or None to leave the part out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return target


def change_manifest(change):
    def apply(name, content):
        if name != backup.MANIFEST:
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest)

    return apply


def other_rows(name, content):
    return content.replace(b"Neujahr", b"Neujohr") if name == "data/core.Holiday.jsonl" else content


DAMAGES = {
    "a changed row": other_rows,
    "a missing table": lambda name, content: None if name == "data/core.Holiday.jsonl" else content,
    "a missing file": lambda name, content: None if name.startswith("files/") else content,
    "a changed file": lambda name, content: content + b"!" if name.startswith("files/") else content,
    "no manifest": lambda name, content: None if name == backup.MANIFEST else content,
    "a manifest that is no JSON": lambda name, content: b"{" if name == backup.MANIFEST else content,
    "a manifest of another shape": lambda name, content: b"[]" if name == backup.MANIFEST else content,
    "a table nobody knows": change_manifest(
        lambda m: m["models"].update({"core.Foreign": m["models"]["core.Holiday"]})
    ),
    "a path out of the folder": change_manifest(lambda m: m["files"].update({"../../x": {"size": 1}})),
    "another version": change_manifest(lambda m: m["migrations"].append("core.0099_future")),
    "another format": change_manifest(lambda m: m.update(format=99)),
}


@COMMITTING
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_nothing_is_changed(damage, written, tmp_path):
    backup.write_backup(tmp_path / "b.zip")
    damaged = rewritten(tmp_path / "b.zip", tmp_path / "damaged.zip", DAMAGES[damage])
    before = everything()
    with pytest.raises((restore.DamagedBackup, restore.OtherVersion)):
        restore.restore_backup(damaged, replace=True)
    assert everything() == before


@COMMITTING
def test_a_backup_cut_off_or_flipped_anywhere_is_refused(written, data_dir, tmp_path):
    backup.write_backup(tmp_path / "b.zip")
    whole, before = (tmp_path / "b.zip").read_bytes(), everything()
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        parts = [info for info in archive.infolist() if info.compress_size > 60]
    assert len(parts) > 3
    for part in parts:
        place = part.header_offset + 60 + len(part.filename) + (part.compress_size - 60) // 2
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(restore.DamagedBackup):
            restore.restore_backup(broken, replace=True)
    for content in (whole[: len(whole) // 2], b"", b"kein Archiv"):
        broken.write_bytes(content)
        with pytest.raises(restore.DamagedBackup):
            restore.restore_backup(broken, replace=True)
    with pytest.raises(restore.DamagedBackup):
        restore.restore_backup(tmp_path / "gibt-es-nicht.zip")
    assert everything() == before


def forge_first_entry(verb: str, forged: str) -> None:
    with append_only.unlocked(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET verb = %s WHERE verb = %s AND sequence = 1", [forged, verb])


@COMMITTING
def test_a_backup_whose_audit_trail_was_changed_is_refused_and_rolled_back(written, tmp_path):
    forge_first_entry("issue", "forged")
    backup.write_backup(tmp_path / "b.zip")
    forge_first_entry("forged", "issue")
    before = everything()
    with pytest.raises(restore.DamagedBackup, match="Eintrag 1"):
        restore.restore_backup(tmp_path / "b.zip", replace=True)
    assert everything() == before
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET verb = 'forged'")


@COMMITTING
def test_the_key_of_a_demonstration_comes_back_with_its_backup(written, data_dir, settings, tmp_path):
    key = settings.SECRET_KEY
    backup.write_backup(tmp_path / "b.zip")
    wipe(data_dir)
    settings.SECRET_KEY = "another-key-that-was-made-after-the-wipe-000"
    (data_dir / "secret_key").write_text(settings.SECRET_KEY)
    restore.restore_backup(tmp_path / "b.zip")
    assert (data_dir / "secret_key").read_text() == key


@COMMITTING
def test_production_refuses_a_backup_whose_trail_it_could_not_read(written, person, settings, tmp_path):
    with transaction.atomic():
        audit.record("change", person, actor=SYSTEM, organisation_id=1, after={"display_name": "Anna"})
    settings.IS_PRODUCTION = True
    backup.write_backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert backup.DEMO_KEY not in archive.namelist()
    settings.SECRET_KEY = "another-key-that-is-set-on-the-new-machine-00"
    with pytest.raises(restore.OtherKey, match="VERBUND_AUDIT_KEY"):
        restore.restore_backup(tmp_path / "b.zip", replace=True)
