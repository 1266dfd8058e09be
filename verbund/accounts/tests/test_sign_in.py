"""Signing in: who gets in, what those hear who do not, and what a session is."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from verbund.accounts.operations import create_account
from verbund.core.models import OutboxMail

PASSWORD = "gelbes-fahrrad-am-hafen"
ELSEWHERE = "203.0.113.7"


@pytest.fixture
def account(db):
    return create_account("leitung@stadt.example", display_name="Leitung KI", password=PASSWORD)


def sign_in(client, email="leitung@stadt.example", password=PASSWORD, **more):
    headers = {"REMOTE_ADDR": more.pop("address", "192.0.2.1")}
    return client.post("/anmelden/", {"login": email, "password": password, **more}, **headers)


def test_the_right_password_opens_a_session_that_first_asks_for_the_second_factor(client, account):
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == "/aufgaben/"
    assert client.get("/konto/")["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("email", ["leitung@stadt.example", "niemand@stadt.example", "LEITUNG@stadt.example "])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, account, email):
    response = sign_in(client, email=email, password="falsch-und-lang-genug")
    assert response.status_code == 422
    assert "E-Mail-Adresse und Passwort passen nicht zusammen." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_locked_account_gets_the_answer_of_a_locked_account_only_with_the_right_password(client, account):
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert sign_in(client)["Location"] == reverse("account_inactive")
    assert sign_in(client, password="falsch-und-lang-genug").status_code == 422


def test_an_unknown_address_takes_as_long_as_a_wrong_password(client, account, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])

    def seconds(email):
        begun = time.perf_counter()
        sign_in(client, email=email, password="falsch-und-lang-genug")
        return time.perf_counter() - begun

    known = min(seconds("leitung@stadt.example") for _round in range(3))
    unknown = min(seconds("niemand@stadt.example") for _round in range(3))
    assert 0.5 < known / unknown < 2


def test_guessing_stops_within_ten_tries_also_with_the_right_password_and_says_when_to_go_on(account):
    answers = [sign_in(Client(), password=f"geraten-und-falsch-{number}").status_code for number in range(10)]
    assert answers == [422] * 8 + [429] * 2
    response = sign_in(Client())
    assert response.status_code == 429
    assert "Warten Sie 15 Minuten" in response.content.decode()


def test_guessing_from_one_address_locks_out_neither_colleagues_nor_the_person_elsewhere(account):
    create_account("kollegin@stadt.example", display_name="Kollegin", password=PASSWORD)
    for number in range(10):
        sign_in(Client(), password=f"geraten-und-falsch-{number}")
    assert sign_in(Client(), email="kollegin@stadt.example").status_code == 302
    assert sign_in(Client(), address=ELSEWHERE).status_code == 302


def test_an_unknown_address_is_stopped_as_early_as_a_known_one(account):
    answers = [
        sign_in(Client(), email="niemand@stadt.example", password=f"geraten-{number}").status_code
        for number in range(10)
    ]
    assert answers == [422] * 8 + [429] * 2


def test_signing_in_gives_the_session_a_new_id(client, account):
    client.get("/anmelden/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/foerderung/", "/foerderung/"),
        ("https://boese.example/", "/aufgaben/"),
        ("//boese.example/", "/aufgaben/"),
        ("javascript:alert(1)", "/aufgaben/"),
    ],
)
def test_after_signing_in_the_person_returns_to_a_page_of_ours_only(client, account, target, leads_to):
    assert sign_in(client, next=target)["Location"] == leads_to


def test_a_changed_password_ends_the_other_sessions(account):
    here, there = Client(), Client()
    for one in (here, there):
        sign_in(one)
        one.session.pop("second_factor_missing", None)
        session = one.session
        session.pop("second_factor_missing", None)
        session.save()
    assert there.get("/passwort/aendern/").status_code == 200
    new = "blauer-kessel-im-nebel"
    response = here.post("/passwort/aendern/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert response.status_code == 302
    assert here.get("/passwort/aendern/").status_code == 200
    assert there.get("/passwort/aendern/").status_code == 302
    assert OutboxMail.objects.get().subject == "Ihr Passwort wurde geändert"


def test_one_can_sign_out_everywhere_else(account):
    here, there = Client(), Client()
    for one in (here, there):
        one.force_login(account)
    assert here.post("/konto/sitzungen/beenden/").status_code == 302
    assert here.get("/passwort/aendern/").status_code == 200
    assert there.get("/passwort/aendern/").status_code == 302


def test_signing_out_ends_the_session(client, account):
    client.force_login(account)
    assert client.post("/abmelden/")["Location"] == "/anmelden/"
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_alone(client):
    assert client.get("/anmelden/registrieren/").status_code == 404


def test_second_factors_are_not_stored_in_the_clear(client, account):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get(user=account).data)


@pytest.mark.parametrize("field", ["email", "password"])
def test_an_endless_input_is_refused_before_it_is_hashed(client, account, field):
    response = sign_in(client, **{field: "x" * 1_000_000 + "@stadt.example"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"login" if field == "email" else "password"}
