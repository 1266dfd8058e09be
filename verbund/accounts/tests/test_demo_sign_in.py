"""The role bar: one click on this machine, nothing anywhere else."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from verbund.accounts.operations import create_account

PASSWORD = "vorfuehrung-verbund"


@pytest.fixture
def demo_account(db):
    return create_account("leitung@demo.invalid", display_name="Leitung KI", password=PASSWORD, is_demo=True)


@pytest.fixture
def account(db):
    return create_account("echt@stadt.example", display_name="Echte Person", password=PASSWORD)


def click(client, user, **headers):
    return client.post("/vorfuehrung/rolle/", {"account": user.pk}, **headers)


ELSEWHERE = [{"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, {"REMOTE_ADDR": "203.0.113.7"}, {"HTTP_HOST": "verbund.example"}]


def test_one_click_changes_the_role_without_password_and_second_factor(client, demo_account):
    assert click(client, demo_account)["Location"] == "/aufgaben/"
    assert client.get("/konto/").status_code == 200


@pytest.mark.parametrize("way", ["in the form", "in the address"])
def test_one_click_opens_a_page_of_this_site_in_the_other_role(client, demo_account, way):
    page = "/netz/?stichtag=2014-04-25#BRA-37"
    if way == "in the form":
        answer = client.post("/vorfuehrung/rolle/", {"account": demo_account.pk, "next": page})
    else:
        answer = client.post(f"/vorfuehrung/rolle/?{urlencode({'next': page})}", {"account": demo_account.pk})
    assert answer["Location"] == page
    assert client.session["_auth_user_id"] == str(demo_account.pk)


@pytest.mark.parametrize(
    "foreign",
    [
        "https://boese.example/",
        "//boese.example/",
        "/\\boese.example/",
        "\\\\boese.example",
        "javascript:alert(1)",
        "///boese.example",
        "/\t/boese.example",
        "aufgaben",
    ],
)
def test_a_foreign_address_is_ignored(client, demo_account, foreign):
    answer = client.post("/vorfuehrung/rolle/", {"account": demo_account.pk, "next": foreign})
    assert answer["Location"] == "/aufgaben/"


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_the_role_bar_does_not_exist_elsewhere(client, demo_account, headers):
    assert click(client, demo_account, **headers).status_code in {400, 404}
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("headers", ELSEWHERE[:2])
def test_demonstration_accounts_sign_in_by_password_on_this_machine_only(demo_account, headers):
    given = {"login": demo_account.email, "password": PASSWORD}
    assert Client().post("/anmelden/", given).status_code == 302
    assert Client().post("/anmelden/", given, **headers).status_code == 422


def test_a_session_of_the_demonstration_ends_when_a_proxy_stands_in_front(client, demo_account):
    click(client, demo_account)
    assert client.get("/konto/", HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 302
    assert "_auth_user_id" not in client.session


def test_real_accounts_are_not_in_the_role_bar(client, demo_account, account):
    assert click(client, account).status_code == 404


@pytest.mark.parametrize("key", ["", "abc", "0", "-1"])
def test_an_unknown_account_is_not_found(client, demo_account, key):
    assert client.post("/vorfuehrung/rolle/", {"account": key}).status_code == 404


def test_in_production_there_is_no_demonstration(client, demo_account, settings):
    settings.IS_PRODUCTION = True
    assert click(client, demo_account).status_code == 404


@pytest.mark.parametrize("path", ["/passwort/aendern/", "/konto/zweiter-faktor/einrichten/"])
def test_how_a_demonstration_account_signs_in_stays_as_it_is(client, demo_account, account, path):
    click(client, demo_account)
    assert client.get(path).status_code == 403
    client.force_login(account)
    assert client.get(path).status_code in {200, 302}


@pytest.mark.parametrize(
    "back", ["https://fremd.example/", "//fremd.example", "ohne-schraegstrich", "javascript:1", ""]
)
def test_choosing_a_day_never_leads_away_from_this_site(client, demo_account, back):
    answer = client.post("/vorfuehrtag/", {"day": "2012-12-15", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_choosing_a_day_leads_back_to_where_one_was(client, demo_account):
    assert client.post("/vorfuehrtag/", {"day": "2012-12-15", "next": "/aufgaben/?a=1"})["Location"] == "/aufgaben/?a=1"
