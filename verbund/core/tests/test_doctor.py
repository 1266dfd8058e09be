"""`verbund doctor` says what is wrong and what helps."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from verbund.core import doctor, files, worker
from verbund.core.models import Holiday, JobRun, OutboxMail
from verbund.core.notifications import send_mail_later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir(mode=0o700)
    return settings.DATA_DIR


def faults() -> list[str]:
    return [finding.what for finding in doctor.examine() if not finding.is_fine]


def test_a_sound_installation_has_no_fault(capsys):
    assert faults() == []
    call_command("doctor")
    assert "gut     Datenbank" in capsys.readouterr().out


def test_a_changed_and_a_missing_document_are_named(data_dir):
    for number in range(2):
        files.store(b"%PDF" + bytes([number]), name=f"Bescheid {number}.pdf")
    sound = files.store(b"%PDF-sound", name="Bescheid gut.pdf")
    stored = sorted(set((data_dir / "files").glob("*/*")) - {files.path_of(sound.sha256)})
    stored[0].write_bytes(b"anders")
    stored[1].unlink()
    named = [finding.found for finding in doctor.examine() if not finding.is_fine]
    assert len(named) == 2
    assert all("Bescheid" in found and "gut.pdf" not in found for found in named)
    with pytest.raises(CommandError, match="2 Fehler"):
        call_command("doctor")


def test_missing_migrations_are_counted_and_nothing_else_is_asked():
    MigrationRecorder.Migration.objects.filter(app="core").delete()
    assert faults() == ["Tabellen"]


def test_a_data_directory_open_to_all_is_a_fault(data_dir):
    data_dir.chmod(0o755)
    assert faults() == ["Datenordner"]
    data_dir.chmod(0o750)
    assert faults() == []


def test_holidays_that_do_not_reach_into_next_year_are_a_fault():
    Holiday.objects.filter(day__year__gt=timezone.now().year).delete()
    assert faults() == ["Feiertage"]


def test_mails_that_wait_for_over_an_hour_are_a_fault():
    send_mail_later("lead@verbund.example", "Bescheid", "Text", key="notice:1")
    assert faults() == []
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(hours=2), last_error="Mailserver: OSError")
    assert faults() == ["Mails"]


def test_a_failed_job_is_a_fault_and_the_holder_of_the_lease_is_named():
    now = timezone.now()
    worker.hold_lease("rechner:1", now)
    assert faults() == []
    JobRun.objects.create(name="core.count", started_at=now, error="ValueError in x.py:1 (y)")
    assert faults() == ["Aufgabe core.count"]
    assert "läuft (rechner:1)" in [finding.found for finding in doctor.examine()]


def test_demonstration_accounts_in_production_are_a_fault(settings):
    get_user_model().objects.create_user("vorfuehrung@verbund.example", display_name="Leitung", is_demo=True)
    assert faults() == []
    settings.IS_PRODUCTION = True
    assert faults() == ["Betriebsart"]
