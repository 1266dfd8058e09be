"""Mails about an account: reset of the password, changes of password and second factor."""

import uuid

from verbund.core.notifications import send_mail_later


def send_account_mail(to: str, subject: str, body: str) -> None:
    """Put a mail about an account into the outbox; each call is a mail of its own."""
    send_mail_later(to, subject, body, key=f"account:{uuid.uuid4().hex}")
