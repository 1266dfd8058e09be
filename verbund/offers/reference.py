"""Loads the shipped words, languages and school holidays.

Rows are only added: what was edited on screen stays, and a word removed there stays removed. Entries that are there
already are found by the new words at once.
"""

import csv
import hashlib
from datetime import date
from pathlib import Path

from django.db import transaction

from verbund.directory.models import ShippedFile
from verbund.offers import indexing
from verbund.offers.models import (
    EASY,
    FreshnessRule,
    InclusionRule,
    Language,
    RemovedWord,
    SchoolHoliday,
    Synonym,
    Term,
    TermName,
)

FOLDER = Path(__file__).resolve().parent / "data"
TRANSLATED = ("en", "ar", "tr", "uk", EASY)
NAME = "offers"


@transaction.atomic
def load() -> int:
    """Add what is missing and return how many rows were added; one statement when the files are unchanged."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.csv"))}
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()
    if ShippedFile.objects.filter(name=NAME, sha256=digest).exists():
        return 0
    rows = {name: list(csv.DictReader(content.decode("utf-8").splitlines())) for name, content in files.items()}
    added = _languages(rows["languages.csv"]) + _school_holidays(rows["school_holidays.csv"])
    added += _terms(rows["terms.csv"]) + _names(rows["terms.csv"]) + _synonyms(rows["synonyms.csv"])
    added += _freshness_rules(rows["freshness_rules.csv"])
    added += _inclusion_rules(rows["inclusion_rules.csv"])
    indexing.index_offers(None)
    ShippedFile.objects.update_or_create(name=NAME, defaults={"sha256": digest})
    return added


def _languages(rows) -> int:
    known = set(Language.objects.values_list("code", flat=True))
    new = [
        Language(
            code=row["code"],
            name=row["name"],
            native_name=row["native_name"],
            is_right_to_left=row["is_right_to_left"] == "1",
            has_pages=row["has_pages"] == "1",
            is_spoken=row["is_spoken"] == "1",
            position=int(row["position"]),
        )
        for row in rows
        if row["code"] not in known
    ]
    return len(Language.objects.bulk_create(new))


def _school_holidays(rows) -> int:
    known = set(SchoolHoliday.objects.values_list("first_day", flat=True))
    new = [
        SchoolHoliday(**{**row, "first_day": first, "last_day": date.fromisoformat(row["last_day"])})
        for row in rows
        if (first := date.fromisoformat(row["first_day"])) not in known
    ]
    return len(SchoolHoliday.objects.bulk_create(new))


def _freshness_rules(rows) -> int:
    known = {(what, f"{day}") for what, day in FreshnessRule.objects.values_list("what", "valid_from")}
    new = [FreshnessRule(**row) for row in rows if (row["what"], row["valid_from"]) not in known]
    return len(FreshnessRule.objects.bulk_create(new))


def _inclusion_rules(rows) -> int:
    known = set(InclusionRule.objects.values_list("code", flat=True))
    new = [InclusionRule(**row) for row in rows if row["code"] not in known]
    return len(InclusionRule.objects.bulk_create(new))


def _terms(rows) -> int:
    known = set(Term.objects.values_list("kind", "code"))
    names = ("kind", "code", "name", "description", "picture")
    new = [
        Term(position=int(row["position"]), **{name: row[name] for name in names})
        for row in rows
        if (row["kind"], row["code"]) not in known
    ]
    return len(Term.objects.bulk_create(new))


def _names(rows) -> int:
    terms = _ids_of_terms()
    known, removed = set(TermName.objects.values_list("term_id", "language_id")), _removed()
    new = [
        TermName(term_id=pk, language_id=language, name=name)
        for row in rows
        for language in TRANSLATED
        if (name := row[language])
        and ((pk := terms[row["kind"], row["code"]]), language) not in known
        and (pk, language, name) not in removed
    ]
    return len(TermName.objects.bulk_create(new))


def _synonyms(rows) -> int:
    terms = _ids_of_terms()
    known = set(Synonym.objects.values_list("term_id", "language_id", "word")) | _removed()
    new = [
        Synonym(term_id=pk, language_id=row["language"], word=row["word"])
        for row in rows
        if ((pk := terms[row["kind"], row["code"]]), row["language"], row["word"]) not in known
    ]
    return len(Synonym.objects.bulk_create(new))


def _removed() -> set[tuple[int, str, str]]:
    return set(RemovedWord.objects.values_list("term_id", "language_id", "word"))


def _ids_of_terms() -> dict[tuple[str, str], int]:
    return {(kind, code): pk for kind, code, pk in Term.objects.values_list("kind", "code", "pk")}
