"""A forgotten password: the same answer for everybody, a link that works once."""

import re

import pytest
from django.test import Client

from verbund.accounts.operations import create_account
from verbund.core.models import OutboxMail

PASSWORD = "gelbes-fahrrad-am-hafen"
NEW = "blauer-kessel-im-nebel"


@pytest.fixture
def account(db):
    return create_account("leitung@stadt.example", display_name="Leitung KI", password=PASSWORD)


def ask_for_link(email="leitung@stadt.example"):
    return Client().post("/passwort/vergessen/", {"email": email})


def mailed_path():
    return re.search(r"http://[^/]+(/passwort/neu/\S+)", OutboxMail.objects.latest("pk").body)[1]


def set_password(path, password=NEW):
    client = Client()
    form_path = client.get(path)["Location"]
    return client.post(form_path, {"password1": password, "password2": password})


@pytest.mark.parametrize(("email", "mails"), [("leitung@stadt.example", 1), ("niemand@stadt.example", 0)])
def test_known_and_unknown_addresses_get_the_same_answer(account, email, mails):
    response = ask_for_link(email)
    assert response["Location"] == "/passwort/vergessen/gesendet/"
    assert OutboxMail.objects.count() == mails


def test_the_link_sets_a_new_password_once_and_ends_all_sessions(account):
    session = Client()
    session.force_login(account)
    ask_for_link()
    path = mailed_path()
    assert set_password(path).status_code == 302
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert session.get("/passwort/aendern/").status_code == 302
    again = Client().get(path)
    assert "Dieser Link gilt nicht mehr" in again.content.decode()


@pytest.mark.parametrize("password", ["kurz", "123456789123", "leitung@stadt.example"])
def test_a_weak_password_is_refused_and_the_old_one_stays(account, password):
    ask_for_link()
    response = set_password(mailed_path(), password)
    assert response.status_code == 200
    assert response.context["form"].errors
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_links_are_not_sent_without_end(account):
    answers = [ask_for_link().status_code for _number in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert OutboxMail.objects.count() == 3


def test_two_different_passwords_are_refused_in_our_words(account):
    ask_for_link()
    client = Client()
    form_path = client.get(mailed_path())["Location"]
    page = client.post(form_path, {"password1": NEW, "password2": PASSWORD})
    assert page.context["form"].errors == {
        "password2": ["Die beiden Passwörter sind verschieden. Bitte tippen Sie es noch einmal."]
    }
