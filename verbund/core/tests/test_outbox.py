"""Mails leave after the commit, each once, and a mail server that is away hurts nobody."""

import email
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from verbund.core import outbox
from verbund.core.models import OutboxMail
from verbund.core.notifications import send_mail_later
from verbund.core.tests.mail_server import MailServer

NOW = timezone.now
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def write(key="notice:1", to="lead@verbund.example", subject="Bescheid"):
    send_mail_later(to, subject, "Der Bescheid über 14.167 € ist da.", key=key)


def later(**delta):
    return NOW() + timedelta(seconds=1, **delta)


def use_server(settings, port):
    settings.MAIL_DIR = ""
    settings.MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5}}}


@pytest.fixture
def mail_server(settings):
    with MailServer() as server:
        use_server(settings, server.port)
        yield server


@pytest.fixture
def mail_folder(settings, tmp_path) -> Path:
    settings.MAIL_DIR = str(tmp_path / "mail")
    return tmp_path / "mail"


@pytest.mark.django_db
def test_a_waiting_mail_leaves_once_and_carries_the_name_of_its_occasion(mail_server):
    write()
    assert outbox.send_due(later()) == 1
    assert outbox.send_due(later(days=1)) == 0
    (sent,) = [email.message_from_string(text) for text in mail_server.accepted]
    assert (sent["To"], sent["Message-ID"]) == ("lead@verbund.example", outbox.message_id("notice:1"))
    assert outbox.waiting().count() == 0


@pytest.mark.django_db
def test_while_the_mail_server_is_away_nothing_fails_and_later_each_mail_leaves_once(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        use_server(settings, closed.getsockname()[1])
        write("notice:1")
        write("notice:2")
        assert outbox.send_due(later()) == 0
        assert outbox.send_due(later()) == 0
    assert set(outbox.waiting().values_list("tries", flat=True)) == {0}
    with MailServer() as server:
        use_server(settings, server.port)
        assert outbox.send_due(later(minutes=2)) == 2
        assert len(server.accepted) == 2


@pytest.mark.django_db
def test_a_recipient_refused_for_good_is_given_up_and_the_others_get_their_mail(mail_server):
    mail_server.refusals["gone@verbund.example"] = "550 gibt es nicht"
    write("notice:1", to="gone@verbund.example")
    write("notice:2")
    assert outbox.send_due(later()) == 1
    gone = OutboxMail.objects.get(key="notice:1")
    assert gone.given_up_at is not None
    assert "gone@" not in gone.last_error


@pytest.mark.django_db
def test_a_recipient_refused_for_now_is_tried_again_after_growing_waits(mail_server):
    mail_server.refusals["full@verbund.example"] = "452 Postfach voll"
    write(to="full@verbund.example")
    moment = later()
    waits = []
    for _try in range(4):
        assert outbox.send_due(moment) == 0
        mail = OutboxMail.objects.get()
        waits.append((mail.next_try_at - moment).total_seconds() / 60)
        assert outbox.send_due(mail.next_try_at - timedelta(seconds=1)) == 0
        moment = mail.next_try_at
    assert waits == [1, 2, 4, 8]
    mail_server.refusals.clear()
    assert outbox.send_due(moment) == 1


@pytest.mark.django_db
def test_a_mail_is_given_up_after_the_last_try(mail_server):
    mail_server.refusals["full@verbund.example"] = "452 Postfach voll"
    write(to="full@verbund.example")
    OutboxMail.objects.update(tries=outbox.MOST_TRIES - 1)
    assert outbox.send_due(later()) == 0
    assert OutboxMail.objects.get().given_up_at is not None
    assert outbox.wait_after(outbox.MOST_TRIES) == timedelta(hours=6)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_that_send_in_the_same_instant_send_each_mail_once(mail_server, at_the_same_time):
    for number in range(6):
        write(f"notice:{number}")
    moment = later()
    sent = at_the_same_time(*[lambda: outbox.send_due(moment)] * 3)
    assert sum(sent) == len(mail_server.accepted) == 6


@pytest.mark.django_db
def test_a_mail_whose_worker_died_while_sending_is_tried_again_when_the_claim_has_run_out(mail_folder):
    write()
    OutboxMail.objects.update(claimed_until=NOW() + outbox.CLAIM, tries=1)
    assert outbox.send_due(later()) == 0
    assert outbox.send_due(later(minutes=10)) == 1
    (file,) = mail_folder.iterdir()
    assert email.message_from_bytes(file.read_bytes())["Message-ID"] == outbox.message_id("notice:1")


@pytest.mark.django_db
def test_mails_written_as_files_are_named_by_their_occasion_and_stay_one_each(mail_folder):
    write("notice:1/../../x")
    assert outbox.send_due(later()) == 1
    OutboxMail.objects.update(sent_at=None)
    assert outbox.send_due(later()) == 1
    (file,) = mail_folder.iterdir()
    assert file.name == outbox.file_name("notice:1/../../x")
    assert file.stat().st_mode & 0o077 == 0
    text = email.message_from_bytes(file.read_bytes())
    assert text.get_payload(decode=True).decode().strip() == "Der Bescheid über 14.167 € ist da."


@pytest.mark.django_db
def test_a_folder_for_mails_that_cannot_be_written_keeps_the_mail_waiting(settings, tmp_path):
    settings.MAIL_DIR = str(tmp_path / "file" / "mail")
    (tmp_path / "file").write_text("kein Ordner")
    write()
    assert outbox.send_due(later()) == 0
    assert outbox.waiting().count() == 1


@pytest.mark.django_db
def test_sent_mails_are_forgotten_after_thirty_days_waiting_ones_never(mail_folder):
    write("notice:1")
    outbox.send_due(later())
    write("notice:2")
    outbox.forget_old(later(days=29))
    assert OutboxMail.objects.count() == 2
    outbox.forget_old(later(days=31))
    assert [mail.key for mail in OutboxMail.objects.all()] == ["notice:2"]
