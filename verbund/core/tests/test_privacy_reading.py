"""The information of a person reads as sentences and tables, on the page, as JSON and as an accessible PDF."""

import json
from datetime import UTC, datetime

import pdfua
import pytest
from django.db import transaction

from verbund.core import audit, privacy
from verbund.core.acting import SYSTEM
from verbund.core.models import InboxMessage
from verbund.core.privacy.reading import as_json, as_pdf, readable
from verbund.core.tests.pdf_text import text_of

NAME = "Kanarienvogel"


@pytest.fixture
def information(member):
    user = member("CENTRE_LEAD").user
    user.display_name, user.last_login = NAME, datetime(2026, 1, 2, 11, 30, tzinfo=UTC)
    user.save(update_fields=["display_name", "last_login"])
    for number in range(3):
        InboxMessage.objects.create(user=user, key=str(number), text="#panic() *Guten Tag*")
    InboxMessage.objects.update(created_at=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
    with transaction.atomic():
        audit.record("change", user, actor=SYSTEM, before={"display_name": ""}, after={"display_name": NAME})
    return privacy.information_about(user)


@pytest.mark.django_db
def test_each_table_says_why_for_whom_and_how_long(information):
    sections = {section["table"]: section for section in readable(information)["sections"]}
    account = sections["accounts.User"]
    assert account["title"] == "Anmeldung und Zuordnung von Handlungen zu Personen"
    assert "wer gehandelt hat" in [label.lower() for label in account["labels"]]
    assert [cell["value"] for cell in account["rows"][0]][1:] == [NAME, "02.01.2026, 12:30"]
    assert all(
        section["legal_basis"] and section["recipients"] and section["retention"] for section in sections.values()
    )


@pytest.mark.django_db
def test_what_reads_the_same_stands_once_with_its_number(information):
    inbox = next(s for s in readable(information)["sections"] if s["table"] == "core.InboxMessage")
    assert inbox["labels"] == ["Empfängerin oder Empfänger", "Inhalt des Hinweises", "Angelegt am", "Anzahl"]
    assert [cell["value"] for cell in inbox["rows"][0]] == [NAME, "#panic() *Guten Tag*", "05.01.2026, 09:00", "3"]


@pytest.mark.django_db
def test_a_function_is_named_with_its_organisation_and_its_time(information):
    functions = next(s for s in readable(information)["sections"] if s["table"] == "directory.Membership")
    values = {cell["label"]: cell["value"] for cell in functions["rows"][0]}
    assert values["Funktion"] == "Leitung"
    assert "Solingen" in values["Organisation"]
    assert (values["Gültig von"], values["Gültig bis"]) == ("01.01.2000", "–")


@pytest.mark.django_db
def test_the_account_comes_first_and_the_mechanisms_last(information):
    areas = [section["table"].split(".")[0] for section in readable(information)["sections"]]
    assert areas == sorted(areas, key=lambda area: area == "core")
    assert areas[0] != "core"


@pytest.mark.django_db
def test_the_protocol_of_the_account_is_part_of_it(information):
    assert NAME in readable(information)["history"][0]["details"]


@pytest.mark.django_db
def test_the_copy_for_machines_is_the_information_itself(information):
    answer = as_json(information, filename="auskunft")
    assert json.loads(answer.content) == information
    assert answer["Content-Disposition"] == 'attachment; filename="auskunft.json"'
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_copy_for_people_is_an_accessible_document(information, tmp_path):
    answer = as_pdf(information, filename="auskunft", about=f"{NAME} ‮李")
    path = tmp_path / "information.pdf"
    path.write_bytes(answer.content)
    assert not pdfua.validate(path).findings
    text = text_of(answer.content)
    for words in (NAME, "#panic() *Guten Tag*", "Aufbewahrung:", "Seite 1 von", "Protokoll des Kontos"):
        assert words in text


def test_nothing_at_all_is_a_document_too():
    empty = {"person": 1, "data": {}, "traces": {}, "history": []}
    assert "Keine." in text_of(as_pdf(empty, filename="auskunft", about="niemand").content)
