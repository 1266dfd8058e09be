"""Sending the mails of the outbox, by the worker.

Each mail is claimed by one UPDATE before it is sent and marked as sent afterwards. A worker that dies in between leaves
the claim to run out; then the mail is tried again. We choose "at least once" over "at most once": a deadline nobody
hears of is worse than a letter that comes twice. The Message-ID is made from the mail's key, so that mail servers and
readers see that two copies are the same; mails written as files (VERBUND_MAIL_DIR) are named by the key, one each.
"""

import hashlib
import logging
import os
import re
import smtplib
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db.models import F, Q
from django.utils import timezone

from verbund.core.models import InboxMessage, OutboxMail

log = logging.getLogger("verbund.outbox")

CLAIM = timedelta(minutes=10)
SERVER_AWAY_WAIT = timedelta(minutes=1)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 14
KEEP_SENT = timedelta(days=30)
KEEP_READ = timedelta(days=365)


def waiting():
    """Return the mails that have still to leave."""
    return OutboxMail.objects.filter(sent_at__isnull=True, given_up_at__isnull=True)


def send_due(now, *, limit: int = 50) -> int:
    """Send the mails that are due, oldest first, and return how many left. Never raises for a mail or its server."""
    due = list(waiting().filter(next_try_at__lte=now).filter(_unclaimed(now)).values_list("pk", flat=True)[:limit])
    if not due:
        return 0
    if settings.MAIL_DIR:
        return sum(_send(pk, now, _write_file) for pk in due)
    server = mailers.default
    try:
        server.open()
    except OSError as problem:
        waiting().filter(next_try_at__lte=now).update(
            next_try_at=now + SERVER_AWAY_WAIT, last_error=f"Mailserver: {type(problem).__name__}"
        )
        log.warning("Mailserver antwortet nicht (%s), nächster Versuch in einer Minute", type(problem).__name__)
        return 0
    try:
        return sum(_send(pk, now, lambda message, key: server.send_messages([message])) for pk in due)
    finally:
        try:
            server.close()
        except OSError:
            log.info("Mailserver hat die Verbindung schon beendet")


def forget_old(now) -> None:
    """Delete mails sent or given up 30 days ago and messages read a year ago."""
    OutboxMail.objects.filter(Q(sent_at__lt=now - KEEP_SENT) | Q(given_up_at__lt=now - KEEP_SENT)).delete()
    InboxMessage.objects.filter(read_at__lt=now - KEEP_READ).delete()


def forget(occasions: str) -> None:
    """Delete all mails whose keys begin with `occasions`, sent or not: what they tell must no longer be read here."""
    OutboxMail.objects.filter(key__startswith=occasions).delete()


def given_up(occasions: str) -> list[str]:
    """Return the keys beginning with `occasions` of mails that could not be delivered."""
    found = OutboxMail.objects.filter(key__startswith=occasions, given_up_at__isnull=False)
    return list(found.values_list("key", flat=True))


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many failed tries: 1, 2, 4 … minutes, at most 6 hours."""
    return min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)


def message_id(key: str) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def file_name(key: str) -> str:
    """Return the name of a mail's file: readable, safe in any folder, and one per key."""
    readable = re.sub(r"[^A-Za-z0-9-]+", "-", key)[:80].strip("-")
    return f"{readable}-{hashlib.sha256(key.encode()).hexdigest()[:12]}.eml"


def _unclaimed(now) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def _claim(pk: int, now) -> bool:
    """Take a mail for sending; of two workers that try, one succeeds."""
    rows = waiting().filter(_unclaimed(now), pk=pk, next_try_at__lte=now)
    return bool(rows.update(claimed_until=now + CLAIM, tries=F("tries") + 1))


def _send(pk: int, now, deliver) -> bool:
    if not _claim(pk, now):
        return False
    mail = OutboxMail.objects.get(pk=pk)
    try:
        deliver(_as_message(mail), mail.key)
    except (OSError, ValueError) as problem:
        _put_off(mail, now, problem)
        return False
    mail.sent_at, mail.claimed_until, mail.last_error = timezone.now(), None, ""
    mail.save(update_fields=["sent_at", "claimed_until", "last_error"])
    return True


def _put_off(mail: OutboxMail, now, problem: Exception) -> None:
    """Try again later; never when the recipient is refused for good, the mail is malformed, or it was the last try."""
    mail.last_error = type(problem).__name__
    mail.claimed_until = None
    if _is_final(problem) or mail.tries >= MOST_TRIES:
        mail.given_up_at = now
    else:
        mail.next_try_at = now + wait_after(mail.tries)
    mail.save(update_fields=["last_error", "claimed_until", "given_up_at", "next_try_at"])
    log.warning("Mail %s nicht zugestellt (%s, Versuch %s)", mail.pk, mail.last_error, mail.tries)


def _is_final(problem: Exception) -> bool:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in problem.recipients.values())
    return isinstance(problem, ValueError)


def _as_message(mail: OutboxMail) -> EmailMessage:
    headers = {
        "Message-ID": message_id(mail.key),
        "Date": format_datetime(mail.created_at),
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)


def _write_file(message: EmailMessage, key: str) -> None:
    """Write a mail as a file: complete under its name or not there at all."""
    folder = Path(settings.MAIL_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / file_name(key)
    draft = target.with_suffix(f".{os.getpid()}.part")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(message.message().as_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
