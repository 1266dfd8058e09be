"""The pages that say what went wrong: in German, and without what may be broken."""

import pytest
from django.test import Client, RequestFactory

from verbund.core import error_pages
from verbund.offers.views import errors


def test_a_fault_of_ours_is_told_without_the_database():
    answer = error_pages.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Der Fehler liegt bei uns" in answer.content.decode()


@pytest.mark.parametrize(("query", "tag"), [("", "de"), ("?sprache=ar", "ar"), ("?sprache=xx", "de")])
def test_a_fault_speaks_the_language_of_the_finders_address_without_the_database(query, tag):
    request = RequestFactory().get(f"/angebote/{query}")
    texts = [handler(request).content.decode() for handler in (errors.server_error, errors.bad_request)]

    assert [f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">' in text for text in texts] == [True, True]
    assert ["Fehler" in text for text in texts] == [tag == "de"] * 2


def test_an_address_with_more_than_anybody_reads_is_refused_in_german(client, db, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    answer = client.get("/angebote/?sprache=ar&a=1&b=1")

    assert answer.status_code == 400
    assert "nicht lesen" in answer.content.decode()


def test_an_unknown_address_of_the_finder_speaks_its_language_and_german_is_one_tap_away(client, db):
    path = "/angebote/gibt-es-nicht/"
    answer = client.get(f"{path}?sprache=ar")
    text = answer.content.decode()

    assert (answer.status_code, answer["Content-Language"]) == (404, "ar")
    assert '<html lang="ar" dir="rtl">' in text
    assert "هذه الصفحة غير موجودة" in text
    assert f'href="{path}" lang="de"' in text
    assert 'href="/angebote/?sprache=ar"' in text


def test_a_form_in_an_unknown_alphabet_is_refused_in_german(client, db):
    form = "application/x-www-form-urlencoded; charset=latin-1"
    answer = client.generic("POST", "/anmelden/", b"login=\xff", content_type=form)

    assert answer.status_code == 400
    assert "nicht lesen" in answer.content.decode()


def test_an_address_that_does_not_exist_says_where_to_go(client, db):
    answer = client.get("/gibt-es-nicht/")

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.content.decode()


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**30])
@pytest.mark.parametrize("page", ["", "druck/", "kalender.ics", "karte/1.svg", "melden/"])
def test_a_number_no_record_can_have_leads_nowhere(client, page, number):
    assert client.get(f"/angebote/{number}/{page}").status_code == 404


def test_a_form_without_proof_of_origin_keeps_what_was_typed_but_no_secrets(db):
    request = RequestFactory().post("/", {"reason": "Zwölf Stellen", "password": "geheim", "csrfmiddlewaretoken": "x"})

    typed = error_pages.typed_texts(request)

    assert typed == [{"name": "reason", "text": "Zwölf Stellen"}]


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_is_answered_in_german():
    answer = Client(enforce_csrf_checks=True).post("/anmelden/", {"login": "leitung@verbund.example"})

    assert answer.status_code == 403
    assert "Das Formular war zu lange offen" in answer.content.decode()
