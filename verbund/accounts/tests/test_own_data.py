"""Everybody sees and takes along what is stored about themselves, and nothing of others."""

import json

import pytest

from verbund.core.tests.pdf_text import text_of

PAGES = ["/konto/daten/", "/konto/daten/json/", "/konto/daten/pdf/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_sent_to_the_sign_in(client_of, path):
    assert client_of().get(path).status_code == 302


@pytest.mark.parametrize("role", ["CENTRE_STAFF", "CASHIER", "OPERATOR"])
def test_a_person_reads_and_takes_along_the_own_data_only(member, client_of, role):
    own, other = member(role), member("CENTRE_LEAD")
    client = client_of(own)
    page = client.get(PAGES[0]).content.decode()
    copy = client.get(PAGES[1])
    document = text_of(client.get(PAGES[2]).content)
    assert json.loads(copy.content)["data"]["accounts.User"][0]["email"] == own.user.email
    for shown in (page, copy.content.decode(), document):
        assert own.user.display_name in shown
        assert other.user.email not in shown
    assert own.user.password not in page + copy.content.decode()


def test_a_deputy_takes_along_the_own_data_and_not_those_of_the_deputised(member, client_of):
    absent, deputy = member("CENTRE_LEAD"), member("CENTRE_STAFF")
    assert absent.user.email not in client_of(deputy).get(PAGES[1]).content.decode()


def test_the_account_page_leads_there(member, client_of):
    assert 'href="/konto/daten/"' in client_of(member("CENTRE_STAFF")).get("/konto/").content.decode()
