"""A form sent after the session has ended: nothing changes, nothing typed is lost."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from verbund.accounts.operations import create_account
from verbund.accounts.tests.test_second_factor import SECRET, code_of

PASSWORD = "gelbes-fahrrad-am-hafen"
FORM = "/konto/sitzungen/beenden/"


@pytest.fixture
def account(db):
    account = create_account("leitung@stadt.example", display_name="Leitung KI", password=PASSWORD)
    TOTP.activate(account, SECRET)
    return account


def send_without_session(client, **fields):
    return client.post(FORM, {"begruendung": ["Zeile 1\nZeile 2", "<b>"], "password1": "geheim", **fields})


def test_what_was_typed_is_offered_again_after_signing_in(client, account):
    page = send_without_session(client)
    assert page.status_code == 403
    assert "Ihre Angaben sind noch da." in page.content.decode()
    kept = page.context["form"].initial["kept"]
    client.post("/anmelden/", {"login": account.email, "password": PASSWORD, "kept": kept})
    response = client.post("/anmelden/code/", {"code": code_of(SECRET)})
    assert response["Location"] == "/anmelden/weiter/"
    offered = client.get("/anmelden/weiter/")
    assert offered.context["path"] == FORM
    assert offered.context["fields"] == [["begruendung", "Zeile 1\nZeile 2"], ["begruendung", "<b>"]]
    assert "geheim" not in offered.content.decode()
    assert client.get("/anmelden/weiter/")["Location"] == "/aufgaben/"


def test_a_changed_text_is_not_offered(client, account):
    kept = send_without_session(client).context["form"].initial["kept"]
    client.post("/anmelden/", {"login": account.email, "password": PASSWORD, "kept": kept[:-2] + "xx"})
    assert client.post("/anmelden/code/", {"code": code_of(SECRET)})["Location"] == "/aufgaben/"


def test_too_much_text_is_not_kept_and_the_page_says_so(client, account):
    page = client.post(FORM, {"zuviel": "x" * 200_001}, headers={"Referer": "http://testserver/konto/?a=1"})
    assert "Es wurde nichts geändert." in page.content.decode()
    assert page.context["next"] == "/konto/?a=1"


@pytest.mark.parametrize("before", ["", "https://boese.example/konto/", "//boese.example/", "/anmelden/"])
def test_nobody_is_sent_to_a_page_that_is_not_ours(client, account, before):
    page = client.post(FORM, {"text": "x"}, headers={"Referer": before})
    assert page.context["next"] == ""


def test_a_wrong_password_keeps_what_was_typed(client, account):
    kept = send_without_session(client).context["form"].initial["kept"]
    page = client.post("/anmelden/", {"login": account.email, "password": "falsch-und-lang", "kept": kept})
    assert kept in page.content.decode()


def test_a_part_of_a_page_is_refused_without_a_page_in_its_place(account):
    response = Client().post(FORM, headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response.content == b""
