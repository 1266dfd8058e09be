"""What clerks' tables really hold, brought by the page and by the command: read, repaired or refused, never guessed."""

import io
import json
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from verbund.accounts.roles import Role
from verbund.core.errors import DomainError
from verbund.offers.content import OfferContent
from verbund.offers.models import ImportRun, Offer, Place
from verbund.offers.tests.test_import_files import HOSTILE

pytestmark = pytest.mark.django_db

HEAD = ["Titel", "Träger", "Kategorie", "Breitengrad", "Längengrad", "PLZ", "Ort", "Straße", "E-Mail", "gültig ab",
        "Wochentag", "Beginn", "Ende", "Beschreibung", "Telefon"]  # fmt: skip
GOOD = [
    ["Deutschkurs", "Verein A", "Deutsch lernen; Leute treffen", "51.962.510", "7.626.846", "48143", "Münster", "Weg 1",
     "-", 46326, "Mo", 900, "10.30", "<p>Hallo <b>Welt</b></p><script>alert(1)</script>", "0212 12"],
    ["FuÃŸball", "Verein KÃ¶ln", "Deutsch lernen, Leute treffen / Schule und Kita", "7.626.846", "51.962.510", "48143",
     "Münster", "Weg 1", "k.A.", date(2026, 10, 31), "Di", "9 Uhr", "10 Uhr", "", "+49 212 1"],
    ["Café & mehr", "Verein A", "Unsinn", "", "", 42651, "Solingen", "Straße 2", "   ", "31. Oktober 2026", "Mi",
     time(9), time(10, 30), "Für alle & jeden, ab 5 < 6", "0212/12"],
    ["=2+3", "Verein A", "", "", "", "42651", "Solingen", "", "", "1.1.26", "Do", 0.375, 0.5, "", "0212"],
]  # fmt: skip
BAD = ["Kurs", "Verein A", "", "abc", "7", "42651", "Solingen", "", "kein-at", "99999", "Xtag", 2575, "25", "x", "zz"]


def xlsx() -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in (HEAD, *GOOD, BAD):
        book.active.append(row)
    for cell in book.active[5]:  # a text, not what it would compute
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(file)
    return file.getvalue()


def csv_in_two_encodings() -> bytes:
    lines = [";".join(f'"{_german(cell)}"' for cell in row) + "\r\n" for row in (HEAD, *GOOD, BAD)]
    return b"".join(line.encode("cp1252" if number % 2 else "utf-8") for number, line in enumerate(lines))


def _german(cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell).replace(".", ",") if cell in (0.375, 0.5) else cell


FILES = {"liste.xlsx": xlsx, "liste.csv": csv_in_two_encodings}


@pytest.fixture(params=["page", "command"])
def brought(request, client_of, member, tmp_path):
    """`brought(content, name)` takes a list over, by the page or by the command, and returns its refusal or ""."""

    def by_page(content: bytes, name: str) -> str:
        client = client_of(member(Role.CENTRE_STAFF))
        answer = client.post(reverse("offers:imports"), {"file": SimpleUploadedFile(name, content)})
        if answer.status_code == 422:
            return " ".join(answer.context["form"].errors["file"])
        run = ImportRun.objects.first()
        chosen = {f"spalte-{position}": code for position, code in run.columns.items()}
        assert client.post(answer.url, chosen | {"aim": "DRAFT"}).status_code == 302
        assert client.get(reverse("offers:import", args=[run.pk])).status_code == 200
        assert client.post(reverse("offers:import-apply", args=[run.pk])).status_code in {302, 422}
        table = client.get(reverse("offers:import-bad-rows", args=[run.pk]))
        load_workbook(io.BytesIO(table.content))
        return ""

    def by_command(content: bytes, name: str) -> str:
        file, out = tmp_path / name, io.StringIO()
        file.write_bytes(content)
        try:
            call_command("import", "offers", str(file), "--centre", "05122", stdout=out, stderr=io.StringIO())
        except DomainError as refusal:
            return str(refusal)
        json.loads(out.getvalue())
        return ""

    return by_page if request.param == "page" else by_command


@pytest.mark.parametrize("name", FILES)
def test_a_messy_table_becomes_what_it_means(brought, name):
    assert brought(FILES[name](), name) == ""

    offers = {offer.title: offer for offer in Offer.objects.order_by("pk")}
    assert set(offers) == {"Deutschkurs", "Fußball", "Café & mehr", "=2+3"}
    course, football, cafe, formula = (OfferContent.of(offers[title]) for title in offers)
    place = Place.objects.get(street="Weg 1")
    assert (str(place.latitude), str(place.longitude)) == ("51.96251", "7.62685")
    assert course.terms == (("NEED", "learn-german"), ("NEED", "meet-people"))
    assert football.terms == (*course.terms, ("NEED", "school-daycare"))
    assert offers["Fußball"].partner.organisation.name == "Verein Köln"
    assert [one.values["valid_from"] for one in (course, football, cafe)] == [date(2026, 10, 31)] * 3
    assert [(one.at[0].hours[0].opens, one.values["email"]) for one in (course, football, cafe)] == [(time(9), "")] * 3
    assert course.values["description"] == "Hallo Welt"
    assert cafe.values["description"] == "Für alle & jeden, ab 5 < 6"
    assert formula.values["title"] == "=2+3"
    row = ImportRun.objects.get().rows.get(kind="REFUSED")
    assert any(note.startswith("Koordinaten weggelassen") for note in row.notes)
    assert (row.number, {column for column, _sentence in row.reasons}) == (
        6, {"Telefon", "E-Mail", "läuft ab", "Wochentag", "Beginn", "Ende"},
    )  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_same_messy_table_twice_changes_nothing(brought, name):
    brought(FILES[name](), name)
    before = [(offer.pk, offer.version, OfferContent.of(offer)) for offer in Offer.objects.all()]

    brought(FILES[name](), name)

    assert [(offer.pk, offer.version, OfferContent.of(offer)) for offer in Offer.objects.all()] == before


@pytest.mark.parametrize("what", ["bomb", "bomb that lies", "dtd", "macros", "html", "cut off", "empty", "nul"])
def test_a_file_that_means_harm_is_refused_by_page_and_command_and_nothing_is_kept(brought, what):
    content, name, reason = HOSTILE[what]

    assert reason in brought(content() if callable(content) else content, name)

    assert not ImportRun.objects.exists()
    assert not Offer.objects.exists()
