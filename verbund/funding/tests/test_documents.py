"""The letters: complete, readable by machines and people, the same when made again, not fooled by what is typed."""

import io
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pdfua
import pikepdf
import pytest

from verbund.core.tests.pdf_text import pages_of, text_of
from verbund.funding import documents
from verbund.funding.amount_in_words import amount_in_words
from verbund.funding.document_data import NoticeLine, RequestedItem, Verification, YearShare
from verbund.funding.tests import letters

EACH_LETTER = pytest.mark.parametrize(
    ("make", "letter", "kind"),
    [
        pytest.param(documents.notice_pdf, letters.solingen_2012, "Zuwendungsbescheid", id="Solingen 2012"),
        pytest.param(documents.notice_pdf, letters.kreis_2023, "Zuwendungsbescheid", id="Kreis 2023"),
        pytest.param(documents.change_notice_pdf, letters.change_notice, "Änderungsbescheid", id="change"),
        pytest.param(documents.hearing_pdf, letters.hearing, "Anhörung", id="hearing"),
        pytest.param(documents.refusal_pdf, letters.refusal, "Ablehnungsbescheid", id="refusal"),
        pytest.param(documents.reclaim_notice_pdf, letters.reclaim_notice, "Erstattungsbescheid", id="reclaim"),
        pytest.param(
            documents.payment_reminder_pdf, letters.payment_reminder, "Zahlungserinnerung", id="reminder to pay"
        ),
        pytest.param(letters.receipt_pdf, letters.receipt, "Eingangsbestätigung", id="receipt"),
        pytest.param(documents.information_request_pdf, letters.information_request, "Nachforderung", id="request"),
        pytest.param(
            documents.proof_receipt_pdf,
            letters.proof_receipt,
            "Eingangsbestätigung zum Verwendungsnachweis",
            id="receipt for a proof",
        ),
        pytest.param(documents.proof_result_pdf, letters.proof_result, "Ergebnis der Prüfung", id="result of a proof"),
    ],
)


def elements(document: pikepdf.Pdf) -> list:
    """Return all structure elements of the document in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K", pikepdf.Array()))

    walk(document.Root.StructTreeRoot.K)
    return found


def kinds(document: pikepdf.Pdf) -> list[str]:
    return [str(element.S).lstrip("/") for element in elements(document)]


def opened(document: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(document))


# --- accessible and fit for the archive


@EACH_LETTER
def test_the_accessibility_check_finds_nothing(make, letter, kind, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(make(letter()))
    assert not pdfua.validate(path).findings


@EACH_LETTER
def test_the_file_says_what_it_is_in_german_and_names_its_standards(make, letter, kind):
    with opened(make(letter())) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "de-DE"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        metadata = document.open_metadata()
        assert metadata["dc:title"] == f"{kind} {letter().file_reference}"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


@EACH_LETTER
def test_headings_go_down_without_a_gap_and_figures_have_a_description(make, letter, kind):
    with opened(make(letter())) as document:
        levels = [int(name[1]) for name in kinds(document) if name in {"H1", "H2", "H3", "H4"}]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert [element for element in elements(document) if element.S == "/Figure" and "/Alt" not in element] == []


@EACH_LETTER
def test_every_font_is_embedded_and_text_can_be_copied(make, letter, kind):
    with opened(make(letter())) as document:
        used = [font for page in document.pages for font in page.Resources.get("/Font", {}).values()]
        assert used
        for font in used:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            assert "/ToUnicode" in font


@EACH_LETTER
def test_each_page_carries_its_number_and_how_many_there_are(make, letter, kind):
    pages = pages_of(make(letter()))
    for number, text in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in text


@EACH_LETTER
def test_the_same_letter_made_twice_is_the_same_file(make, letter, kind):
    assert make(letter()) == make(letter())


def test_tables_name_their_columns_in_header_cells():
    with opened(documents.notice_pdf(letters.kreis_2023())) as document:
        tables = [element for element in elements(document) if element.S == "/Table"]
        assert len(tables) == 2
        headers = [element for element in elements(document) if element.S == "/TH"]
        assert len(headers) == 4 + 3
        assert {str(part.Scope) for element in headers for part in element.A if "/Scope" in part} == {"/Column"}


# --- what a notice must say (domain rules 2.3)


def test_the_notice_of_solingen_2012_says_everything_a_notice_must_say():
    text = text_of(documents.notice_pdf(letters.solingen_2012()))
    for expected in (
        "Bezirksregierung Arnsberg Dezernat 36 – Kompetenzzentrum für Integration",
        "Stadt Solingen Stadtdienst Integration Rathausplatz 1 42651 Solingen",
        "Aktenzeichen 36.03.01-2012-05122",
        "Datum 3. Dezember 2012",
        "§ 7 des Teilhabe- und Integrationsgesetzes vom 14. Februar 2012",
        "eine Zuwendung als Zuweisung in Höhe von 14.167,00 €",
        "in Worten: vierzehntausendeinhundertsiebenundsechzig Euro",
        "für die Zeit vom 1. Dezember 2012 bis zum 31. Dezember 2012 (Bewilligungszeitraum)",
        "Durchführungszeitraum: 1. Dezember 2012 bis 31. Dezember 2012",
        "2 Zweck der Zuwendung",
        "Festbetragsfinanzierung",
        "Der bewilligte Betrag ist ein Höchstbetrag.",
        "50.000,00 € × 1/12 Monate 4.166,67",
        "nicht bestätigt",
        "Zuwendung insgesamt 14.167,00 €",
        "erst ausgezahlt, wenn dieser Bescheid bestandskräftig ist",
        "Den Verwendungsnachweis legen Sie mir bis zum 2. April 2013 vor.",
        "ANBest-G",
        "7.2 Besondere Nebenbestimmungen",
        "8 Weiterleitung an Dritte",
        "9 Vorbehalte",
        "Klage ist beim Verwaltungsgericht Düsseldorf, Bastionstraße 39, 40213 Düsseldorf, zu erheben.",
        "Prüfcode K7QD-93MX-2HLT",
        "gez. Genehmigung Dezernat 36",
    ):
        assert expected in text, expected


def test_the_notice_of_a_kreis_2023_has_two_payment_days_and_excluded_numbers():
    text = text_of(documents.notice_pdf(letters.kreis_2023()))
    for expected in (
        "364.500,00 €",
        "Vollfinanzierung",
        "1 2. Mai 2023 182.250,00 2 2. Oktober 2023 182.250,00",
        "Auszahlung: Nummern 1.4, 5.4, 9.3.1 und 9.5 Satz 1",
        "Fachdatenerhebung NRW",
        "Durchschrift an – Landesrechnungshof Nordrhein-Westfalen",
        "Verwaltungsgericht Gelsenkirchen",
    ):
        assert expected in text, expected
    assert "nicht bestätigt" not in text


@pytest.mark.parametrize(
    ("kind", "act"),
    [("AMENDMENT", "Änderungsbescheid"), ("RESCISSION", "Rücknahmebescheid"), ("REVOCATION", "Widerruf")],
)
def test_a_notice_that_changes_a_grant_says_how_anybody_checks_whether_it_is_genuine(kind, act):
    document = documents.change_notice_pdf(letters.change_notice(kind=kind))
    text = text_of(document)
    assert act in text
    for expected in (
        "insgesamt 307.500,00 €",
        "Bisher waren es 364.500,00 €; die Veränderung",
        "ohne eigenhändige Unterschrift gültig",
        "Prüfcode K7QD-93MX-2HLT",
        "https://verbund.example/pruefen/K7QD-93MX-2HLT/",
        "Durchschrift an – Landesrechnungshof Nordrhein-Westfalen",
    ):
        assert expected in text, expected
    with opened(document) as file:
        assert "Link" in kinds(file)


@pytest.mark.parametrize(
    ("make", "letter", "changes"),
    [
        (documents.hearing_pdf, letters.hearing, {}),
        (documents.change_notice_pdf, letters.change_notice, {"amount_paid": Decimal(364500)}),
        (documents.reclaim_notice_pdf, letters.reclaim_notice, {}),
    ],
)
def test_each_standing_sentence_of_a_letter_is_printed_as_typed(make, letter, changes):
    typed = {code: f"Satz {number} #strong[nur Text]." for number, code in enumerate(letter().texts)}
    text = text_of(make(letter(texts=typed, **changes)))
    assert [sentence for sentence in typed.values() if sentence not in text] == []


def test_the_waiver_stands_alone_on_the_last_page():
    pages = pages_of(documents.notice_pdf(letters.solingen_2012()))
    assert "Anlage: Erklärung über den Verzicht auf Rechtsbehelfe" in pages[-1]
    assert "Wir verzichten auf Rechtsbehelfe gegen diesen Bescheid." in pages[-1]
    assert "Rechtsbehelfsbelehrung" not in pages[-1]
    assert all("Wir verzichten" not in page for page in pages[:-1])


def test_the_instruction_on_remedies_stands_on_the_page_of_the_signature():
    for document in (documents.notice_pdf(letters.solingen_2012()), documents.refusal_pdf(letters.refusal())):
        page = next(page for page in pages_of(document) if "Rechtsbehelfsbelehrung" in page)
        assert "gez. Genehmigung Dezernat 36" in page


def test_a_refusal_gives_its_reasons_and_the_remedy_and_none_goes_out_without_reasons():
    text = text_of(documents.refusal_pdf(letters.refusal()))
    assert "170.000,00 €" in text
    assert "Dem Antrag lag es nicht bei." in text
    assert "Verwaltungsgericht Düsseldorf" in text
    with pytest.raises(ValueError, match="reasons"):
        documents.refusal_pdf(letters.refusal(reasons=()))


def test_a_receipt_names_the_moment_in_berlin_and_the_fingerprint_of_each_document():
    text = text_of(letters.receipt_pdf(letters.receipt()))
    assert "14. November 2012, 11:04 Uhr" in text
    assert "Integrationskonzept_Solingen.pdf 3f5a3f5a3f5a3f5a" in text


def test_a_request_for_information_lists_each_item_and_the_deadline():
    text = text_of(documents.information_request_pdf(letters.information_request()))
    assert "2 Qualifikation der Fachkraft 2 Es fehlt der Nachweis eines Studienabschlusses." in text
    assert "Bitte antworten Sie bis zum 30. November 2012" in text
    bare = letters.information_request(items=(RequestedItem("Beschluss des Rates", ""),))
    assert "1. Beschluss des Rates" in text_of(documents.information_request_pdf(bare))
    with pytest.raises(ValueError, match="item"):
        documents.information_request_pdf(letters.information_request(items=()))


# --- sums


def test_a_table_that_does_not_sum_to_the_grant_is_never_printed():
    with pytest.raises(documents.LinesDoNotAddUp):
        documents.notice_pdf(letters.solingen_2012(amount=Decimal("14166.00")))
    years = (YearShare(2012, Decimal("14000.00")), YearShare(2013, Decimal("166.00")))
    with pytest.raises(documents.LinesDoNotAddUp, match="years"):
        documents.notice_pdf(letters.solingen_2012(years=years))


def test_a_claim_shows_its_interest_line_by_line_and_the_reference_to_pay_with():
    text = text_of(documents.reclaim_notice_pdf(letters.reclaim_notice()))
    for said in (
        "184/365 Tage",
        "370,22",
        "12.707,15",
        "RF15 E000 0012 3",
        "14. Juni 2024",
        "laufen die Zinsen weiter",
    ):
        assert said in text
    free = text_of(documents.reclaim_notice_pdf(letters.reclaim_notice(waived_reason="Fehler der Behörde")))
    assert "Zinsen erhebe ich nicht, wenn" in free
    with pytest.raises(documents.LinesDoNotAddUp):
        documents.reclaim_notice_pdf(letters.reclaim_notice(interest=Decimal("1.00")))


def test_a_reminder_says_what_is_open_with_interest_until_when_and_how_to_pay_and_the_next_one_duns():
    text = text_of(documents.payment_reminder_pdf(letters.payment_reminder()))
    for said in (
        "7.000,00",
        "5.862,42",
        "23,11",
        "5.885,53",
        "bis zum 14. Juni 2024",
        "16. Juli 2024",
        "RF15 E000 0012 3",
    ):
        assert said in text
    assert "verrechnen" not in text
    second = letters.payment_reminder(
        number=2, earlier_on=date(2024, 7, 2), owed_until=date(2024, 7, 16), paid=Decimal(0)
    )
    text = text_of(documents.payment_reminder_pdf(second))
    for said in ("Mahnung", "Schreiben vom 2. Juli 2024", "bis zum 16. Juli 2024", "Eingegangen ist bis heute nichts"):
        assert said in text
    assert "künftigen Mittelabrufen verrechnen" in text


def test_a_grant_below_the_computed_sum_shows_the_difference_as_a_row():
    computation = letters.computed(2023, "COUNTY", letters.YEAR_2023, specialists=6)
    lines = NoticeLine.all_of(computation, granted=Decimal("360000.00"), reason="Mittel nicht ausreichend")
    text = text_of(documents.notice_pdf(letters.kreis_2023(lines=lines, amount=Decimal("360000.00"))))
    assert "Abweichung von der Berechnung Mittel nicht ausreichend −4.500,00" in text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "null Euro"),
        ("1", "ein Euro"),
        ("17", "siebzehn Euro"),
        ("101.50", "einhundertein Euro und fünfzig Cent"),
        ("14167", "vierzehntausendeinhundertsiebenundsechzig Euro"),
        ("364500", "dreihundertvierundsechzigtausendfünfhundert Euro"),
        ("1000000", "eine Million Euro"),
        ("9830021", "neun Millionen achthundertdreißigtausendeinundzwanzig Euro"),
    ],
)
def test_sums_are_repeated_in_words(amount, words):
    assert amount_in_words(Decimal(amount)) == words


# --- what people type stays text

LISTS_OF_TEXT = (
    "recipient", "legal_basis", "purpose", "computation_notes", "own_contribution", "excluded_numbers", "conditions",
    "reservations", "copies_to",
)  # fmt: skip


@pytest.mark.parametrize("typed", ["#panic()", "*fett*", "$x$", "@quelle", "<b>x</b>", "= Titel", '"', "{court}", "\\"])
def test_placeholders_and_markup_in_any_field_are_printed_as_typed(typed):
    marked = f"Anfang {typed} Ende"
    notice = letters.solingen_2012()
    texts = {field.name: marked for field in fields(notice) if isinstance(getattr(notice, field.name), str)}
    lists = dict.fromkeys(LISTS_OF_TEXT, (marked,))
    row = replace(notice.lines[0], item=marked, formula=marked, note=marked)
    notice = replace(notice, **texts | lists | {"financing_type": "FIXED_SUM", "lines": (row, *notice.lines[1:])})
    printed = text_of(documents.notice_pdf(notice))
    assert printed.count(typed) >= len(texts) - 1 + len(lists) + 3


@pytest.mark.parametrize("name", ["Straße Ağaoğlu Łódź", "محمد علي", "‮Solingen", "李", "x" * 300])
def test_no_name_stops_a_notice(name):
    assert "14.167,00 €" in text_of(documents.notice_pdf(letters.solingen_2012(recipient=(name,), recipient_name=name)))


def test_only_web_addresses_become_links():
    hostile = letters.receipt(verification=Verification("AAAA-BBBB", "javascript:alert(1)"))
    document = letters.receipt_pdf(hostile)
    with opened(document) as file:
        assert "Link" not in kinds(file)
    assert "javascript" not in text_of(document)
