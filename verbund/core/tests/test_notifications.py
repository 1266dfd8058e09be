"""Mails and messages wait in the transaction of the act they tell about."""

import pytest
from django.db import transaction

from verbund.core.models import InboxMessage, OutboxMail
from verbund.core.notifications import UnmailableAddress, send_mail_later, tell

pytestmark = pytest.mark.django_db


class ActFailed(Exception):
    """What goes wrong after the telling."""


@transaction.atomic
def act_that_fails_after_telling():
    send_mail_later("lead@verbund.example", "Bescheid", "Text", key="notice:1")
    raise ActFailed


def mails():
    return list(OutboxMail.objects.values_list("recipient", "subject"))


def test_a_mail_of_an_act_that_is_rolled_back_is_never_written():
    with pytest.raises(ActFailed):
        act_that_fails_after_telling()
    assert mails() == []
    send_mail_later("lead@verbund.example", "Bescheid", "Text", key="notice:1")
    assert mails() == [("lead@verbund.example", "Bescheid")]


def test_the_same_occasion_makes_one_mail_only():
    for subject in ("Bescheid", "Bescheid, noch einmal"):
        send_mail_later("lead@verbund.example", subject, "Text", key="notice:1")
    send_mail_later("lead@verbund.example", "Frist", "Text", key="deadline:1")
    assert mails() == [("lead@verbund.example", "Bescheid"), ("lead@verbund.example", "Frist")]


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\nBcc: x@y.example",
        "a@b.example\r\n",
        "a@b.example,c@d.example",
        "ohne-zeichen",
        "",
        "a b@c.example",
    ],
)
def test_an_address_that_smuggles_in_others_or_is_none_is_refused(address):
    with pytest.raises(UnmailableAddress):
        send_mail_later(address, "Bescheid", "Text", key="notice:1")
    assert mails() == []


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00"])
def test_line_breaks_in_a_subject_become_spaces(break_):
    send_mail_later("lead@verbund.example", f"Bescheid{break_}Bcc: x@y.example", "Text", key="notice:1")
    assert mails() == [("lead@verbund.example", "Bescheid Bcc: x@y.example")]


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_an_occasion_without_a_usable_key_is_a_programming_error(key):
    with pytest.raises(ValueError):
        send_mail_later("lead@verbund.example", "Bescheid", "Text", key=key)


def test_telling_a_person_puts_one_message_into_the_inbox_and_one_mail_with_the_address(member, settings):
    settings.BASE_URL = "https://verbund.example"
    lead = member("CENTRE_LEAD").user
    for _again in range(2):
        tell(lead, "Der Bescheid ist da.", "/foerderung/antraege/7/", key="notice:7")
    assert list(InboxMessage.objects.values_list("user", "text", "url")) == [
        (lead.pk, "Der Bescheid ist da.", "/foerderung/antraege/7/")
    ]
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (lead.email, "Verbund: Der Bescheid ist da.")
    assert "https://verbund.example/foerderung/antraege/7/" in mail.body


def test_who_may_no_longer_sign_in_is_told_nothing(member):
    former = member("CENTRE_LEAD").user
    former.is_active = False
    tell(former, "Der Bescheid ist da.", "/", key="notice:7")
    assert (InboxMessage.objects.count(), OutboxMail.objects.count()) == (0, 0)
