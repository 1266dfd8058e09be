"""`verbund import offers`: a report as JSON; a rehearsal writes nothing, the same list twice changes nothing."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from verbund import cli
from verbund.core.errors import DomainError
from verbund.core.models import AuditEntry, StoredFile
from verbund.offers.models import ImportRun, Offer
from verbund.offers.tests.import_story import CAFE, HEAD, HOMEWORK, csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(tmp_path):
    """`told(content, …)` runs the command on a file and returns its report."""

    def run(content: bytes, *options, mapping=None, name="liste.csv") -> dict:
        file = tmp_path / name
        file.write_bytes(content)
        if mapping is not None:
            (tmp_path / "mapping.json").write_text(json.dumps(mapping))
            options = (*options, "--mapping", str(tmp_path / "mapping.json"))
        out = io.StringIO()
        call_command("import", "offers", str(file), *options, stdout=out)
        return json.loads(out.getvalue())

    return run


def counts(report: dict) -> tuple:
    return tuple(report[kind] for kind in ("new", "changed", "unchanged", "suspicious", "refused"))


def test_a_rehearsal_says_what_would_happen_and_writes_nothing(told):
    before = (AuditEntry.objects.count(), StoredFile.objects.count())

    report = told(csv_of(CAFE, HOMEWORK, ["", *CAFE[1:]]), "--dry-run")

    assert counts(report) == (2, 0, 0, 0, 1)
    assert (report["dry_run"], report["centre"], report["rows"], report["run"]) == (True, "05122", 3, None)
    assert [(one["line"], one["reasons"][0]["column"]) for one in report["problems"]] == [(4, "Titel")]
    assert (AuditEntry.objects.count(), StoredFile.objects.count()) == before
    assert not Offer.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_list_is_taken_over_once(told):
    first, second = told(csv_of(CAFE, HOMEWORK)), told(csv_of(CAFE, HOMEWORK))

    assert (counts(first), first["done"]) == ((2, 0, 0, 0, 0), {"created": 2})
    assert (counts(second), second["done"]) == ((0, 0, 2, 0, 0), {})
    assert Offer.objects.count() == 2


def test_a_list_longer_than_a_page_waits_for_is_taken_over_whole(told):
    rows = [[f"Kurs {number} {'abcdefgh'[number % 8] * 12}", *CAFE[1:]] for number in range(230)]

    report = told(csv_of(*rows))

    assert report["new"] + report["suspicious"] == 230
    assert Offer.objects.count() == report["done"]["created"]


def test_a_mapping_file_says_what_columns_mean_and_which_centre(told):
    head = ["Spalte X", *HEAD[1:]]

    report = told(
        csv_of(CAFE, head=head), mapping={"columns": {"Spalte X": "title"}, "centre": "05978", "publish": True}
    )

    assert (report["centre"], report["columns"]["Spalte X"]) == ("05978", "title")
    assert Offer.objects.get().status == "PUBLISHED"
    assert Offer.objects.get().partner.centre.key == "05978"


@pytest.mark.parametrize(
    ("content", "mapping", "reason"),
    [
        (csv_of(CAFE), {"columns": {"Gibt es nicht": "title"}}, "Gibt es nicht"),
        (csv_of(CAFE), {"columns": {"Angebot": "no-field"}}, "no-field"),
        (csv_of(CAFE), {"centre": "99999"}, "99999"),
        (csv_of(CAFE), {"partner": "Niemand"}, "Niemand"),
        (csv_of(CAFE), ["x"], "JSON-Objekt"),
        (csv_of(["x", "y"], head=["Angebot", "Anbieter"]), None, "Zu welchem Zentrum"),
        (csv_of(CAFE[1:], head=HEAD[1:]), None, "Titel"),
        (csv_of(), None, "keine Angebote"),
        (b"", None, "leer"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_in_a_sentence(told, content, mapping, reason):
    with pytest.raises((DomainError, CommandError), match=reason):
        told(content, mapping=mapping)

    assert not ImportRun.objects.exists()


def test_the_command_is_one_of_the_words_of_the_program(capsys, tmp_path):
    assert cli.run(["import", "offers", str(tmp_path / "nichts.csv")]) == 1
    assert "gibt es nicht" in capsys.readouterr().err
