"""Telling people: mails and inbox messages, written in the transaction of the act they tell about.

Nothing is sent here. The rows become visible with the commit; the worker sends them afterwards (`core/outbox.py`), so a
mail server that is away never makes an act fail, and an act that is rolled back tells nobody.
"""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from itertools import batched
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import bulk
from verbund.core.errors import DomainError
from verbund.core.models import InboxMessage, OutboxMail

MAIL = ("key", "recipient", "subject", "body", "created_at", "next_try_at", "tries", "last_error")
MESSAGE = ("key", "user_id", "text", "url", "created_at")
LONGEST_KEY, LONGEST_SUBJECT, LONGEST_BODY = 200, 250, 20_000  # as in the columns of OutboxMail


class UnmailableAddress(DomainError):
    """An address no mail can go to, or one with a line break (a way to smuggle in further recipients)."""


def send_mail_later(to: str, subject: str, body: str, *, key: str) -> None:
    """Put a mail into the outbox, in the caller's transaction; the same `key` never makes a second mail.

    `key` names the occasion ("notice-issued:7:kreis"). Line breaks and control characters in the subject become spaces.
    Raises UnmailableAddress, and ValueError for a key that is empty or longer than 200 characters.
    """
    if not key or len(key) > LONGEST_KEY:
        raise ValueError(f"key must have 1 to {LONGEST_KEY} characters")
    recipient, now = _checked_address(to), timezone.now()
    text = (_one_line(subject)[:LONGEST_SUBJECT], _plain_text(body)[:LONGEST_BODY])
    bulk.insert_unless_there(OutboxMail, MAIL, (key, recipient, *text, now, now, 0, ""))


def tell(user, text: str, url: str, *, key: str, details: str = "") -> None:
    """Tell a person something: a message in the inbox and a mail with the address of the page; once per person and key.

    `url` is a path of ours ("/foerderung/antraege/7/"); `details` stand in the mail below the text. Who may no longer
    sign in gets nothing.
    """
    if not user.is_active:
        return
    bulk.insert_unless_there(InboxMessage, MESSAGE, (key, user.pk, _one_line(text)[:500], url, timezone.now()))
    body = _(
        "Guten Tag,\n\n%(text)s\n\nZur Seite: %(address)s\n\n"
        "Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.\n"
    )
    send_mail_later(
        user.email,
        _("Verbund: %(text)s") % {"text": text},
        body % {"text": f"{text}\n\n{details}".strip(), "address": address_of(url)},
        key=f"{key}:{user.pk}",
    )


def reword(change: Callable[[str], str], *, path: str, keys: Iterable[str] = ()) -> int:
    """Change the words of what was told: messages and mails that lead to a page, and mails about certain occasions.

    `keys` are those of the occasions, or what stands before a colon in them. Return how many of the changed mails had
    gone out already.
    """
    for message in InboxMessage.objects.filter(url__startswith=path):
        if (text := change(message.text)[:500]) != message.text:
            InboxMessage.objects.filter(pk=message.pk).update(text=text)
    conditions = [Q(body__contains=address_of(path))]
    for some in batched(keys, 50, strict=False):
        conditions.append(reduce(or_, (Q(key__startswith=f"{key}:") for key in some), Q(key__in=some)))
    mails = {mail.pk: mail for one in conditions for mail in OutboxMail.objects.filter(one)}
    changed = [mail for mail in mails.values() if _reworded(mail, change)]
    return sum(mail.sent_at is not None for mail in changed)


def _reworded(mail: OutboxMail, change: Callable[[str], str]) -> bool:
    """Change a mail's words and say whether that made a difference."""
    said = change(mail.subject)[:LONGEST_SUBJECT], change(mail.body)[:LONGEST_BODY]
    if said == (mail.subject, mail.body):
        return False
    OutboxMail.objects.filter(pk=mail.pk).update(subject=said[0], body=said[1])
    return True


def address_of(path: str) -> str:
    """Return the full address of a path of ours, as it stands in mails."""
    return f"{settings.BASE_URL}{path}"


def _checked_address(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as problem:
        raise UnmailableAddress(_("An diese Adresse lässt sich keine Mail schicken."), field="email") from problem
    return address


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+", " ", str(text)).strip()


def _plain_text(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", str(text).replace("\r\n", "\n").replace("\r", "\n"))
