"""The second factor: everybody needs one, it is asked for, and emergency codes help."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from verbund.accounts.operations import create_account

PASSWORD = "gelbes-fahrrad-am-hafen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SET_UP = "/konto/zweiter-faktor/einrichten/"


def code_of(secret, *, at=None):
    return format_hotp_value(hotp_value(secret, int((at or time.time()) // 30)))


@pytest.fixture
def account(db):
    return create_account("leitung@stadt.example", display_name="Leitung KI", password=PASSWORD)


@pytest.fixture
def account_with_app(account):
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return account


def sign_in(client):
    return client.post("/anmelden/", {"login": "leitung@stadt.example", "password": PASSWORD})


def test_after_the_first_sign_in_only_the_set_up_of_the_second_factor_is_open(client, account):
    sign_in(client)
    for path in ("/konto/", "/aufgaben/", "/", "/passwort/aendern/"):
        assert client.get(path)["Location"] == SET_UP
    page = client.get(SET_UP)
    assert page.status_code == 200
    assert "style=" not in page.content.decode().split("</head>")[1].split("<img")[0]


def test_setting_it_up_opens_the_pages_and_shows_the_emergency_codes_once(client, account):
    sign_in(client)
    secret = client.get(SET_UP).context["form"].secret
    refused = client.post(SET_UP, {"code": "000000"})
    assert "Der Code stimmt nicht." in refused.content.decode()
    response = client.post(SET_UP, {"code": code_of(secret)})
    assert response["Location"] == "/konto/zweiter-faktor/notfallcodes/"
    assert len(client.get(response["Location"]).context["unused_codes"]) == 10
    assert client.get("/konto/").status_code == 200


def test_the_password_alone_opens_nothing_when_there_is_an_app(client, account_with_app):
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize("which", ["app", "emergency code"])
def test_the_code_of_the_app_or_an_emergency_code_completes_the_sign_in(client, account_with_app, which):
    sign_in(client)
    emergency = RecoveryCodes.activate(account_with_app).get_unused_codes()[0]
    response = client.post("/anmelden/code/", {"code": code_of(SECRET) if which == "app" else emergency})
    assert response["Location"] == "/aufgaben/"
    assert client.get("/konto/").status_code == 200


def test_an_emergency_code_works_once(account_with_app):
    emergency = RecoveryCodes.activate(account_with_app).get_unused_codes()[0]
    first, second = Client(), Client()
    for one in (first, second):
        sign_in(one)
    assert first.post("/anmelden/code/", {"code": emergency}).status_code == 302
    assert "Der Code stimmt nicht." in second.post("/anmelden/code/", {"code": emergency}).content.decode()


def test_guessing_the_code_stops_within_ten_tries(client, account_with_app):
    sign_in(client)
    wrong = [f"{number:06d}" for number in range(8)]
    for code in wrong:
        client.post("/anmelden/code/", {"code": code})
    response = client.post("/anmelden/code/", {"code": code_of(SECRET)})
    assert "Das waren zu viele Versuche." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_new_telephone_needs_a_new_set_up_at_once(client, account_with_app):
    sign_in(client)
    client.post("/anmelden/code/", {"code": code_of(SECRET)})
    assert client.post("/konto/zweiter-faktor/wechseln/")["Location"] == SET_UP
    assert client.get("/konto/")["Location"] == SET_UP
