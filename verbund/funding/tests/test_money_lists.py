"""Lists of money: three rows cost as many statements as one, and what people type is only ever text."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.cast import centre, client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import BudgetTitle, RecipientAccount
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.fixture
def approver(db):
    return client_of(member(Role.GRANT_APPROVER))


def test_titles_and_calls_cost_the_same_with_three_rows(approver):
    story.call_for(2022)
    addresses = ("/foerderung/titel/", "/foerderung/aufrufe/")
    one = [statements(approver, url) for url in addresses]
    story.call_for(2023)
    story.call_for(2024)
    assert [statements(approver, url) for url in addresses] == one


def test_accounts_cost_the_same_with_three_rows(approver):
    def account(key):
        RecipientAccount.objects.create(carrier=centre(key).carrier, holder="Stadt", iban=story.IBAN)

    account("05122")
    one = statements(approver, "/foerderung/konten/")
    account("05916")
    account("05513")
    assert statements(approver, "/foerderung/konten/") == one


def test_a_title_and_a_notice_cost_the_same_with_more_rows(approver):
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    title_url = f"/foerderung/titel/{BudgetTitle.objects.get().pk}/"

    def pay():
        drawdown = operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury)
        operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
        operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
        operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier)

    pay()
    one = [statements(approver, url) for url in (title_url, notice.get_absolute_url())]
    pay()
    pay()
    assert [statements(approver, url) for url in (title_url, notice.get_absolute_url())] == one
    assert max(one) <= 30


def test_what_people_type_is_printed_as_text_and_placeholders_stay_as_typed(approver):
    evil = '<script>alert(1)</script>{{ 7|add:"7" }}{% now "Y" %}"\'>'
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    BudgetTitle.objects.update(purpose=evil, note=evil, source=evil, chapter="<b>x")
    RecipientAccount.objects.update(holder=evil, bank_name=evil)
    paid, rejected = (
        operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury) for _number in range(2)
    )
    operations.reject_drawdown(rejected, reason=evil, actor=cast.officer)
    operations.verify_drawdown(paid, on=MAY, actor=cast.officer)
    operations.order_drawdown(paid, on=MAY, actor=cast.approver)
    operations.record_disbursement(paid, paid_on=MAY, on=MAY, reference="<i>K</i>", actor=cast.cashier)
    title = BudgetTitle.objects.get()
    operations.change_planned_amount(title, amount=Decimal(9000000), reason=evil, actor=cast.approver)
    for url in (
        notice.get_absolute_url(),
        "/foerderung/titel/",
        f"/foerderung/titel/{title.pk}/",
        "/foerderung/konten/",
        "/foerderung/aufrufe/",
    ):
        page = approver.get(url).content.decode()
        assert "&lt;" in page, url
        assert [sign for sign in ("<script>alert", "<b>x", "<i>K", "14{%") if sign in page] == [], url


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("", "Eine Angabe fehlt noch"),
        ("viel", "Bitte schreiben Sie den Betrag so"),
        ("1,000.00", "Bitte schreiben Sie den Betrag so"),
        ("1.000,001", "Bitte schreiben Sie den Betrag so"),
        ("9" * 40, "Betrag"),
        ("NaN", "Bitte schreiben Sie den Betrag so"),
        ("1e5", "Bitte schreiben Sie den Betrag so"),
        ("\x00", "Betrag"),
        ("193.500,01", "sind 0,01"),
    ],
)
def test_a_nonsense_amount_gets_a_sentence_keeps_what_was_typed_and_calls_nothing(amount, sentence, time_machine):
    time_machine.move_to("2023-12-04 12:00+01:00", tick=True)
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
    treasury = client_of(member(Role.TREASURY))
    answer = treasury.post(f"{notice.get_absolute_url()}abrufen/", {"amount": amount})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if amount.isprintable() and amount:
        assert amount in page
    assert notice.drawdowns.count() == 0
