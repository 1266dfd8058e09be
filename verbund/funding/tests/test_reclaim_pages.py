"""The pages of money that comes back, from the announcement to the settled claim; who sees and who may what."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core.files import path_of
from verbund.funding import operations
from verbund.funding.models import Receipt, ReceiptFile, Reclaim
from verbund.funding.tests import story
from verbund.programmes.models import BaseRate

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 2)


@pytest.fixture
def grant(time_machine):
    time_machine.move_to("2023-12-20 12:00+01:00")
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    drawdown = operations.request_drawdown(notice, amount=Decimal(90000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
    return notice


def test_a_treasury_gives_money_back_and_the_cashier_books_the_list_that_shows_it(grant):
    treasury, cashier = client_of(member(Role.TREASURY)), client_of(member(Role.CASHIER))
    address = f"/foerderung/bescheide/{grant.pk}/geld-zurueckgeben/"
    wrong = treasury.post(address, {"amount": "90.000,01", "reason": "übrig"})
    assert (wrong.status_code, Reclaim.objects.count()) == (422, 0)
    sent = treasury.post(address, {"amount": "2.500,00", "reason": "Stelle unbesetzt"})
    claim = Reclaim.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/foerderung/erstattungen/{claim.pk}/")
    page = treasury.get(sent["Location"]).content.decode()
    assert claim.reference_in_groups in page
    assert "2.500,00" in page
    lines = ["Buchungsnummer;Datum;Betrag;Zahler;Zweck", f"1;20.12.2023;2.500,00;Stadt;{claim.reference}"]
    upload = SimpleUploadedFile("kasse.csv", "\n".join([*lines, "2;20.12.2023;9,00;x;y"]).encode())
    looked = cashier.post("/foerderung/kassenlisten/neu/", {"upload": upload})
    file = ReceiptFile.objects.get()
    assert "2.509,00" in cashier.get(looked["Location"]).content.decode()
    assert path_of(file.document.sha256).exists()
    assert cashier.post(f"/foerderung/kassenlisten/{file.pk}/uebernehmen/").status_code == 302
    claim.refresh_from_db()
    assert claim.status == "SETTLED"
    unclear = cashier.get("/foerderung/zahlungseingaenge/").content.decode()
    assert unclear.count('class="row-link"') == 1
    receipt = Receipt.objects.get(booking_number="2")
    assert cashier.get(receipt.get_absolute_url()).status_code == 200
    assert cashier.get("/foerderung/kassenlisten/neu/").status_code == 200
    assert cashier.get("/foerderung/zahlungseingaenge/neu/").status_code == 200


def test_an_officer_claims_hears_and_proposes_an_approver_signs_and_anybody_checks_the_notice(grant, time_machine):
    officer, approver = client_of(member(Role.GRANT_OFFICER)), client_of(member(Role.GRANT_APPROVER))
    lead = client_of(member(Role.CENTRE_LEAD))
    for client in (officer, approver):
        client.post(f"/foerderung/antraege/{grant.application.pk}/pruefung/befangenheit/", {"has_conflict": "NO"})
    typed = {"occasion": "PROOF", "principal": "10.000,00", "reason": "Nicht belegt."}
    opened = officer.post(f"/foerderung/bescheide/{grant.pk}/zurueckfordern/", typed)
    claim = Reclaim.objects.get()
    address = opened["Location"]
    typed = {"text": "Wir beabsichtigen zu fordern.", "due_on": "2024-01-12"}
    assert officer.post(f"{address}anhoeren/", typed).status_code == 302
    claim.refresh_from_db()
    lead.post(f"/foerderung/anhoerungen/{claim.hearing_id}/beantworten/", {"answer": "Ja."})
    proposal = {"hearing": claim.hearing_id, "interest_until": "2023-12-20"}
    assert officer.get(f"{address}vorschlagen/").status_code == 200
    BaseRate.objects.filter(valid_from=date(2023, 7, 1)).update(status="REPLACED")
    refused = officer.post(f"{address}vorschlagen/", proposal)
    assert refused.status_code == 422
    assert "2. Halbjahr 2023" in refused.content.decode()
    BaseRate.objects.filter(valid_from=date(2023, 7, 1)).update(status="ADOPTED")
    assert officer.post(f"{address}vorschlagen/", proposal).status_code == 302
    assert "Mitzeichnen" in approver.get(address).content.decode()
    assert approver.post(f"{address}mitzeichnen/").status_code == 302
    claim.refresh_from_db()
    notice = claim.issued_notice
    page = officer.get(address).content.decode()
    assert "wie?" in page
    assert "Stunden" in page
    assert lead.get(f"/foerderung/erstattungsbescheide/{notice.pk}/schriftstueck/").status_code == 200
    assert (
        "echt und unverändert"
        in client_of(None).get(f"/foerderung/pruefen/{notice.verification_code}/").content.decode()
    )
    for act in ("stunden", "erlassen", "verrechnen"):
        assert officer.get(f"{address}{act}/").status_code == 200
    deferral = {"until": "2024-06-28", "reason": "Haushaltssperre"}
    assert officer.post(f"{address}stunden/", deferral).status_code == 302
    relief = claim.reliefs.get()
    assert approver.post(f"/foerderung/erleichterungen/{relief.pk}/mitzeichnen/").status_code == 302
    assert "gestundet" in lead.get(address).content.decode()
    listed = officer.get("/foerderung/erstattungen/", {"stand": "offen", "suche": claim.reference[:8]})
    assert listed.content.decode().count('class="row-link"') == 1
    assert officer.get("/foerderung/erstattungen.csv").status_code == 200
    assert officer.get("/foerderung/erstattungen.xlsx").status_code == 200


def test_what_came_too_much_is_proposed_by_the_cash_office_and_ordered_by_an_approver_on_the_page(grant):
    cashier, approver = client_of(member(Role.CASHIER)), client_of(member(Role.GRANT_APPROVER))
    officer, lead = client_of(member(Role.GRANT_OFFICER)), client_of(member(Role.CENTRE_LEAD))
    approver.post(f"/foerderung/antraege/{grant.application.pk}/pruefung/befangenheit/", {"has_conflict": "NO"})
    cast = story.people()
    claim = operations.announce_return(
        grant.application, amount=Decimal(100), reason="übrig", on=MAY, actor=cast.treasury
    )
    operations.record_receipt(
        booking_number="B1", day=MAY, amount=Decimal(150), payer="", purpose=claim.reference, on=MAY,
        actor=cast.cashier,
    )  # fmt: skip
    address = claim.get_absolute_url()
    assert f"{address}zurueckgeben/" in cashier.get(address).content.decode()
    assert cashier.post(f"{address}zurueckgeben/", {"amount": "50,01"}).status_code == 422
    assert cashier.post(f"{address}zurueckgeben/", {"amount": "50,00", "note": "doppelt"}).status_code == 302
    order = f"/foerderung/rueckgaben/{claim.refunds.get().pk}/mitzeichnen/"
    assert [order in one.get(address).content.decode() for one in (cashier, officer, lead, approver)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert [one.post(order).status_code for one in (cashier, officer, lead)] == [403, 403, 404]
    assert approver.post(order).status_code == 302
    assert claim.entries.get(kind="REFUND").amount == 50
    assert "Erstattung an den Träger" in lead.get(address).content.decode()


def test_the_page_of_a_payment_says_that_no_period_for_use_runs_and_why(grant):
    payment = grant.drawdowns.get().disbursement
    page = client_of(member(Role.TREASURY)).get(f"/foerderung/auszahlungen/{payment.pk}/").content.decode()
    assert "läuft keine Frist" in page
    assert "9.3.1" in page


def test_a_list_of_claims_needs_the_same_statements_for_one_and_for_three(grant, django_assert_max_num_queries):
    treasury = story.people().treasury
    officer = client_of(member(Role.GRANT_OFFICER))
    for _number in range(3):
        operations.announce_return(grant.application, amount=Decimal(5), reason="x", on=MAY, actor=treasury)
        with django_assert_max_num_queries(14):
            officer.get("/foerderung/erstattungen/")
