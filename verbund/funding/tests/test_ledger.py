"""Entries sum to what stands on the title, and every amount opens to its parts: title, notice, item, post, months."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core import doctor
from verbund.funding import amounts, balances, ledger, operations
from verbund.funding.models import BudgetEntry, BudgetTitle, GrantNotice
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE = date(2023, 4, 17), date(2023, 5, 3), date(2023, 6, 1)


@pytest.fixture(autouse=True)
def in_june_2023():
    with time_machine.travel("2023-06-01 12:00+02:00", tick=True):
        yield


def paid(notice, cast, amount: int) -> None:
    drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier)


@pytest.fixture
def cast(db) -> story.People:
    return story.people()


@pytest.fixture
def grant(cast) -> GrantNotice:
    """Solingen was granted 193,500 euros and called 1,000 and 2,000 of them."""
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    for amount in (1000, 2000):
        paid(notice, cast, amount)
    return notice


@pytest.fixture
def lowered(grant, cast) -> GrantNotice:
    """The grant of Solingen in its second version: one specialist leaves at the end of September."""
    plans = story.full_staff(2023)
    plans[2] = story.shortened(plans[2], until=date(2023, 9, 30))
    decision = operations.propose_change(
        grant, kind="AMENDMENT", amount=None, effective_from=date(2023, 10, 1), posts=plans, reasons="Weggang",
        on=JUNE, actor=cast.officer,
    )  # fmt: skip
    return operations.countersign_change(decision, issued_on=JUNE, actor=cast.approver)


def plain(answer) -> str:
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.replace("\u202f", " ").replace("&amp;", "&").split())


@pytest.mark.postgres
def test_the_entries_of_every_title_sum_to_its_columns_and_the_doctor_names_one_that_does_not(grant):
    story.granted(story.call_for(2022), story.people("05916"), amount="187500", on=APRIL, key="05916")
    assert ledger.differences() == []
    assert [finding.is_fine for finding in ledger.findings()] == [True]
    title = BudgetTitle.objects.get(budget_year=2023)
    BudgetTitle.objects.filter(pk=title.pk).update(amount_paid=2999)
    (finding,) = [one for one in doctor.examine(every_file=False) if one.what == "Haushaltstitel"]
    assert not finding.is_fine
    assert "07 080 633 10 (2023), ausgezahlt" in finding.found
    assert "gebucht sind 3.000,00" in finding.found.replace("\u202f", " ")


def test_a_lower_version_frees_what_it_no_longer_grants_and_the_sums_still_agree(lowered):
    title = BudgetTitle.objects.get()
    assert ledger.differences() == []
    assert ledger.sums(title.entries) == {
        "committed": lowered.amount_granted,
        "paid": Decimal(3000),
        "repaid": Decimal(0),
        "interest": Decimal(0),
    }
    december, officer = date(2023, 12, 1), story.people().officer
    balance = balances.balance_of(lowered.application, known_on=december, valid_on=december, actor=officer)
    assert (ledger.of_grant(lowered.application)[-1].committed, ledger.of_grant(lowered.application)[-1].paid) == (
        balance.granted,
        balance.paid,
    )


def test_the_page_of_a_title_shows_its_entries_with_the_balance_after_each_and_its_centres(grant):
    cast = story.people("05916")
    story.granted(grant.application.call, cast, amount="193500", on=MAY, key="05916")
    title, client = BudgetTitle.objects.get(), client_of(member(Role.MINISTRY_READER))
    rows = ledger.page_of(title, {})[1]
    assert [(row.entry.amount, row.committed, row.paid) for row in rows] == [
        (Decimal(193500), Decimal(193500), Decimal(0)),
        (Decimal(1000), Decimal(193500), Decimal(1000)),
        (Decimal(2000), Decimal(193500), Decimal(3000)),
        (Decimal(193500), Decimal(387000), Decimal(3000)),
    ]
    url = f"/foerderung/titel/{title.pk}/"
    text = plain(client.get(url))
    assert "Kommunales Integrationszentrum Stadt Solingen 193.500,00 € 3.000,00 € 190.500,00 € 0,00 €" in text
    assert "Zahlung" in plain(client.get(f"{url}?art=PAYMENT"))
    herne = cast.lead.carrier_id
    centre = GrantNotice.objects.get(decision__application__carrier_id=herne).application.centre_id
    assert [row.entry.amount for row in ledger.page_of(title, {"zentrum": str(centre)})[1]] == [Decimal(193500)]
    assert "Keine Buchung passt" in plain(client.get(f"{url}?zentrum={centre}&art=PAYMENT"))
    for nonsense in ("?art=x", "?zentrum=%00", "?zentrum=²", "?seite=x", "?zentrum=" + "9" * 40):
        assert client.get(url + nonsense).status_code == 200


def test_the_second_page_of_entries_goes_on_with_the_balance_of_the_first(grant):
    title = BudgetTitle.objects.get()
    BudgetEntry.objects.bulk_create(
        BudgetEntry(budget_title=title, kind="COMMITMENT", amount=1, day=JUNE, entered_on=JUNE, notice=grant)
        for _number in range(60)
    )
    page, rows = ledger.page_of(title, {"seite": "2"})
    assert (page.paginator.num_pages, len(rows)) == (2, 13)
    assert (rows[0].committed, rows[-1].committed) == (Decimal(193548), Decimal(193560))
    client = client_of(member(Role.GRANT_APPROVER))
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/foerderung/titel/{title.pk}/")
    assert len(seen) <= 20


def test_who_booked_is_read_by_the_authority_only(grant):
    title = BudgetTitle.objects.get()
    addresses = (f"/foerderung/titel/{title.pk}/", f"/foerderung/bescheide/{grant.pk}/buchungen/")
    shown = {
        role: ["gebucht von" in client_of(member(role)).get(url).content.decode() for url in addresses]
        for role in (Role.CASHIER, Role.MINISTRY_READER, Role.CENTRE_LEAD)
    }
    assert shown == {
        Role.CASHIER: [True, True],
        Role.MINISTRY_READER: [False, False],
        Role.CENTRE_LEAD: [False, False],
    }


def test_a_number_leads_from_the_title_to_the_months_of_a_post_and_back(lowered):
    ministry = client_of(member(Role.MINISTRY_READER))
    title = BudgetTitle.objects.get()
    url = f"/foerderung/titel/{title.pk}/"
    assert f'href="{url}woher/"' in ministry.get(url).content.decode()
    page = ministry.get(f"{url}woher/").content.decode()
    origin_url = f"/foerderung/bescheide/{lowered.pk}/woher/"
    assert f'href="{origin_url}"' in page
    answer = ministry.get(origin_url)
    text = plain(answer)
    assert "Fassung 1" in text
    assert "9 von 12 Monaten zählen. Zählweise: Monate (ab 15 besetzten Tagen). Regel:" in text
    assert "September 2023 30 1,00 ja 4.750,00 €" in text
    assert "Oktober 2023 0 0,00 nein 0,00 €" in text
    links = answer.content.decode()
    assert f'href="{url}woher/"' in links
    assert 'href="#stelle-2023-3"' in links
    assert 'href="#posten"' in links
    assert f'href="{origin_url}"' in ministry.get(lowered.get_absolute_url()).content.decode()
    assert f'href="{origin_url}"' in ministry.get(lowered.application.get_absolute_url()).content.decode()


def test_the_parts_shown_sum_to_what_the_notice_grants(lowered):
    ((year, opened),) = amounts.origins(lowered.parameters)
    months = [month.amount_shown for part in opened.posts for month in part.months]
    assert year == 2023
    assert sum(months) + sum(line.amount for line in opened.others) == lowered.amount_granted


def test_a_carrier_opens_its_notice_to_the_months_but_not_to_the_title(grant):
    lead = client_of(member(Role.CENTRE_LEAD))
    answer = lead.get(f"/foerderung/bescheide/{grant.pk}/woher/")
    assert "Januar 2023 31 1,00 ja" in plain(answer)
    assert "/foerderung/titel/" not in answer.content.decode()
    assert "633 10" not in plain(answer)
    assert lead.get(f"/foerderung/titel/{BudgetTitle.objects.get().pk}/woher/").status_code == 404
    other = client_of(member(Role.CENTRE_LEAD, at="05916"))
    for page in ("woher", "buchungen"):
        assert other.get(f"/foerderung/bescheide/{grant.pk}/{page}/").status_code == 404


def table(client, address: str) -> list[dict]:
    answer = client.get(f"/foerderung/{address}")
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_files_hold_what_a_person_may_see_with_the_filters_of_the_page(lowered):
    title = BudgetTitle.objects.get()
    officer, lead = client_of(member(Role.GRANT_OFFICER)), client_of(member(Role.CENTRE_LEAD))
    other = client_of(member(Role.CENTRE_LEAD, at="05916"))
    assert [(line["Fassung"], line["Entscheidung"]) for line in table(officer, "bescheide.csv")] == [
        ("2", "Änderung"),
        ("1", "Bewilligung"),
    ]
    assert [line["Betrag"] for line in table(lead, "mittelabrufe.csv")] == ["1000,00", "2000,00"]
    assert [line["Kassenzeichen"] for line in table(lead, "mittelabrufe.csv?jahr=2023")] == ["K-1", "K-1"]
    assert table(officer, "mittelabrufe.csv?jahr=2022") == []
    for address in ("bescheide.csv", "mittelabrufe.csv", "aenderungsantraege.csv"):
        assert table(other, address) == []
    assert [line["ausgezahlt"] for line in table(officer, "titel.csv")] == ["3000,00"]
    entries = f"titel/{title.pk}/buchungen.csv"
    assert [line["Art"] for line in table(officer, f"{entries}?art=PAYMENT")] == ["Zahlung", "Zahlung"]
    assert "gebucht von" in table(officer, entries)[0]
    assert "gebucht von" not in table(client_of(member(Role.MINISTRY_READER)), entries)[0]
    for address in ("bescheide", "mittelabrufe", "aenderungsantraege", "titel", f"titel/{title.pk}/buchungen"):
        assert officer.get(f"/foerderung/{address}.xlsx").content[:2] == b"PK"
    refused = [lead.get(f"/foerderung/{address}").status_code for address in ("titel.csv", "titel.xlsx", entries)]
    assert refused == [403, 403, 404]


def test_a_change_that_was_asked_for_stands_in_its_file(grant, cast):
    operations.request_change(
        grant.application, kind="STAFF", reason="=1+1", effective_from=JUNE, amount_requested=None, on=JUNE,
        actor=cast.lead,
    )  # fmt: skip
    (line,) = table(client_of(member(Role.GRANT_OFFICER)), "aenderungsantraege.csv")
    assert (line["Was sich ändert"], line["Stand"], line["Grund"]) == ("Stellen oder Besetzung", "beantragt", "'=1+1")
