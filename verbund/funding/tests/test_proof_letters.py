"""The letters about a proof of use say what was recognised and what follows from it."""

from decimal import Decimal

import pytest

from verbund.core.tests.pdf_text import text_of
from verbund.funding import documents
from verbund.funding.tests import letters


def words_of(**changes) -> str:
    return " ".join(text_of(documents.proof_result_pdf(letters.proof_result(**changes))).split())


def test_a_cut_says_what_was_paid_too_much_why_and_how_to_object():
    said = words_of()
    for words in ("65.250,00", "14.250,00", "zu viel gezahlt", "drei Monate unbesetzt", "Rechtsbehelfsbelehrung"):
        assert words in said


def test_an_accepted_proof_brings_no_remedy_and_says_that_nothing_is_owed():
    paid = {"amount_paid": Decimal(65250), "amount_repaid": Decimal(0)}
    said = words_of(outcome="ACCEPTED", reasons=(), remedy_text="", **paid)
    assert "weder etwas zu erstatten noch nachzuzahlen" in said
    assert "Rechtsbehelfsbelehrung" not in said


def test_what_was_not_called_in_time_lapses_and_the_letter_says_so():
    paid = {"amount_paid": Decimal(40000), "amount_repaid": Decimal(0), "amount_open": Decimal(25250)}
    assert "der Betrag verfällt" in words_of(**paid)
    assert "Sie können sie bis zum 31. Dezember 2023 abrufen" in words_of(**paid, is_over=False)


def test_a_result_against_the_carrier_is_never_printed_without_reasons():
    with pytest.raises(ValueError, match="reasons"):
        documents.proof_result_pdf(letters.proof_result(reasons=()))
