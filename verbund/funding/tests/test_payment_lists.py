"""Payment lists: each ordered payment leaves once, the file is the same every time, and two cashiers do not meet."""

import csv
import io
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations, payment_file, queries
from verbund.funding.models import BudgetTitle, Disbursement, Drawdown, PaymentLine, PaymentList, RecipientAccount
from verbund.funding.operations.payment_lists import AlreadyPaid, NothingToPay
from verbund.funding.tests import claims, story

APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)


def ordered(notice, cast, amount: int = 1000) -> Drawdown:
    drawdown = operations.request_drawdown(notice, amount=Decimal(amount), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=MAY, actor=cast.officer)
    operations.order_drawdown(drawdown, on=MAY, actor=cast.approver)
    return drawdown


def final_grant(cast, key: str = "05122"):
    return story.final(story.call_for(2023), cast, amount="193500", on=APRIL, key=key)


def another_account(notice, cast, iban: str) -> RecipientAccount:
    carrier = notice.application.carrier
    account = operations.propose_account(carrier, iban=iban, holder=f"Kasse {carrier}", actor=cast.treasury)
    operations.confirm_account(account, actor=cast.signatory)
    return account


class TestInOneHouse:
    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def cast(self, db):
        with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
            yield story.people()

    def test_a_list_holds_every_ordered_call_once_and_a_second_press_finds_nothing(self, cast):
        notice = final_grant(cast)
        first, second = ordered(notice, cast, 1000), ordered(notice, cast, 2000)
        operations.request_drawdown(notice, amount=Decimal(500), on=MAY, actor=cast.treasury)
        titles = [task.title for task in queries.tasks_for(cast.cashier, MAY)]
        assert titles == ["Zahlliste erstellen", "Auszahlung festhalten", "Auszahlung festhalten"]
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        assert [(line.drawdown_id, line.amount) for line in made.lines.all()] == [
            (first.pk, Decimal(1000)),
            (second.pk, Decimal(2000)),
        ]
        with pytest.raises(NothingToPay):
            operations.make_payment_list(on=MAY, actor=cast.cashier)
        assert PaymentList.objects.count() == 1

    @pytest.mark.postgres
    def test_what_is_offset_is_not_transferred_and_a_call_offset_in_full_is_on_no_list(self, cast):
        owed = claims.issued(claims.paid_grant(cast), cast)
        notice = final_grant(cast)
        offsets = {"4000": Decimal(1500), "2000": Decimal(2000)}
        calls = []
        for amount, kept in offsets.items():
            call = operations.request_drawdown(notice, amount=Decimal(amount), on=MAY, actor=cast.treasury)
            operations.plan_offset(owed, drawdown=call, amount=kept, on=MAY, actor=cast.officer)
            operations.verify_drawdown(call, on=MAY, actor=cast.officer)
            operations.order_drawdown(call, on=MAY, actor=cast.approver)
            calls.append(call)
        page = client_of(member(Role.CASHIER)).get("/foerderung/zahllisten/")
        assert page.context["amount_waiting"] == Decimal(2500)

        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        assert [(line.drawdown_id, line.amount) for line in made.lines.all()] == [(calls[0].pk, Decimal(2500))]

        paid = [
            operations.record_disbursement(one, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier) for one in calls
        ]
        assert [one.amount - one.amount_offset for one in paid] == [Decimal(2500), Decimal(0)]

    @pytest.mark.postgres
    def test_the_database_refuses_a_second_line_for_a_call(self, cast):
        ordered(final_grant(cast), cast)
        line = operations.make_payment_list(on=MAY, actor=cast.cashier).lines.get()
        other = PaymentList.objects.create(number=2, made_on=MAY)
        line.pk, line.payment_list = None, other
        with pytest.raises(IntegrityError), transaction.atomic():
            line.save(force_insert=True)

    def test_who_ordered_a_payment_does_not_put_it_on_a_list(self, cast):
        ordered(final_grant(cast), cast)
        also_cashier = acting(member(Role.CASHIER, user=cast.approver.user))
        with pytest.raises(NothingToPay):
            operations.make_payment_list(on=MAY, actor=also_cashier)
        assert operations.make_payment_list(on=MAY, actor=cast.cashier).lines.count() == 1

    def test_the_file_names_who_gets_what_for_what_and_is_the_same_every_time(self, cast):
        notice = final_grant(cast)
        drawdown = ordered(notice, cast)
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        client = client_of(member(Role.CASHIER))
        files = [client.post(f"/foerderung/zahllisten/{made.pk}/datei/") for _press in range(3)]
        assert len({answer.content for answer in files}) == 1
        (line,) = csv.DictReader(io.StringIO(files[0].content.decode("utf-8-sig"), newline=""), delimiter=";")
        assert line == {
            "Nr.": "1",
            "Name": str(notice.application.carrier),
            "IBAN": story.IBAN,
            "Betrag": "1000,00",
            "Verwendungszweck": f"Zuwendung 2023, {notice.application.centre}",
            "Kennzeichen": f"{notice.file_reference}/{drawdown.pk}",
        }
        assert made.downloads.count() == 3
        page = client.get(made.get_absolute_url()).content.decode()
        assert page.count("Datei der Zahlliste genommen") == 3

    def test_a_name_that_changes_later_changes_no_file_that_has_left(self, cast):
        notice = final_grant(cast)
        ordered(notice, cast)
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        before = payment_file.content(made)
        notice.application.carrier.accounts.update(holder="=Anders", iban="DE02120300000000202051")
        assert payment_file.content(made) == before

    def test_a_list_pays_to_the_account_in_force_on_its_day_and_no_file_leaves_for_one_replaced_since(self, cast):
        notice = final_grant(cast)
        drawdown = ordered(notice, cast)
        client, page = client_of(member(Role.CASHIER)), f"/foerderung/abrufe/{drawdown.pk}/auszahlung/"
        assert story.IBAN in client.get(page).content.decode()
        second = another_account(notice, cast, "DE02120300000000202051")
        assert second.iban in client.get(page).content.decode()
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        assert [line.iban for line in made.lines.all()] == [second.iban]
        assert "auf das jetzt geltende Konto umgestellt" in client.get(notice.get_absolute_url()).content.decode()

        third = another_account(notice, cast, "DE02500105170137075030")
        answer = client.post(f"/foerderung/zahllisten/{made.pk}/datei/")
        assert answer.status_code == 422
        assert f"Zahlung {notice.file_reference}/{drawdown.pk} an {second.holder}" in answer.content.decode()
        assert not made.downloads.exists()
        assert "Konto inzwischen ersetzt" in client.get(made.get_absolute_url()).content.decode()
        operations.strike_payment_line(made.lines.get(), reason="Konto ersetzt", on=MAY, actor=cast.cashier)
        again = operations.make_payment_list(on=MAY, actor=cast.cashier)
        assert [line.iban for line in again.lines.all()] == [third.iban]
        assert client.post(f"/foerderung/zahllisten/{again.pk}/datei/").status_code == 200

        operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
        another_account(notice, cast, story.IBAN)
        assert client.post(f"/foerderung/zahllisten/{again.pk}/datei/").status_code == 200
        assert Drawdown.objects.get().account == third

    def test_what_is_paid_without_a_list_goes_to_the_account_in_force_too(self, cast):
        notice = final_grant(cast)
        drawdown = ordered(notice, cast)
        second = another_account(notice, cast, "DE02120300000000202051")
        operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
        assert Drawdown.objects.get().account == second

    def test_a_struck_payment_needs_a_reason_leaves_the_file_and_comes_on_the_next_list(self, cast):
        notice = final_grant(cast)
        ordered(notice, cast, 1000), ordered(notice, cast, 2000)
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        line = made.lines.get(number=1)
        client = client_of(member(Role.CASHIER))
        url = f"/foerderung/zahlungen/{line.pk}/streichen/"
        assert client.post(url, {"reason": " "}).status_code == 422
        assert client.post(url, {"reason": "Konto geschlossen"}).status_code == 302
        assert b"1000,00" not in payment_file.content(made)
        again = operations.make_payment_list(on=MAY, actor=cast.cashier)
        assert [one.drawdown_id for one in again.lines.all()] == [line.drawdown_id]
        assert "Konto geschlossen" in client.get(made.get_absolute_url()).content.decode()

    def test_a_paid_line_cannot_be_struck(self, cast):
        drawdown = ordered(final_grant(cast), cast)
        line = operations.make_payment_list(on=MAY, actor=cast.cashier).lines.get()
        operations.record_disbursement(drawdown, paid_on=MAY, on=MAY, reference="K-1", actor=cast.cashier)
        with pytest.raises(AlreadyPaid):
            operations.strike_payment_line(line, reason="zu spät", on=MAY, actor=cast.cashier)

    def test_all_payments_of_a_list_are_recorded_and_one_that_cannot_be_says_why(
        self, cast, django_capture_on_commit_callbacks
    ):
        notice = final_grant(cast)
        first, second = ordered(notice, cast, 1000), ordered(notice, cast, 2000)
        made = operations.make_payment_list(on=MAY, actor=cast.cashier)
        other = acting(member(Role.CASHIER, user=cast.cashier.user))
        Drawdown.objects.filter(pk=second.pk).update(verified_by=other.user)
        client = client_of(member(Role.CASHIER, user=cast.cashier.user))
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(
                f"/foerderung/zahllisten/{made.pk}/auszahlungen/", {"paid_on": "2023-05-03", "reference": "K-9"}
            )
        page = client.get(answer["Location"]).content.decode()
        assert "2 von 2 bearbeitet: 1 erledigt, 1 nicht möglich." in page
        assert "Die zweite Unterschrift muss eine andere Person leisten." in page
        assert [(paid.drawdown_id, paid.reference) for paid in Disbursement.objects.all()] == [(first.pk, "K-9")]
        assert BudgetTitle.objects.get().amount_paid == Decimal(1000)

    def test_three_payments_cost_the_pages_as_many_statements_as_one(self, cast):
        notice = final_grant(cast)
        client = client_of(member(Role.CASHIER))

        def statements() -> list[int]:
            made = operations.make_payment_list(on=MAY, actor=cast.cashier)
            counts = []
            for url in ("/foerderung/zahllisten/", made.get_absolute_url()):
                client.get(url)
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(url).status_code == 200
                counts.append(len(seen))
            return counts

        ordered(notice, cast)
        one = statements()
        for _number in range(3):
            ordered(notice, cast)
        assert statements() == one
        assert max(one) <= 20


RACES = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


class TestTwoCashiers:
    pytestmark = RACES

    def test_of_two_lists_made_at_once_one_holds_everything_and_the_other_is_refused(self, at_the_same_time):
        cast = story.people()
        notice = final_grant(cast)
        ordered(notice, cast), ordered(notice, cast)
        cashiers = [acting(member(Role.CASHIER)) for _person in range(2)]
        acts = [lambda actor=actor: operations.make_payment_list(on=MAY, actor=actor) for actor in cashiers]
        outcomes = at_the_same_time(*acts)
        assert sorted(type(one).__name__ for one in outcomes) == ["NothingToPay", "PaymentList"]
        assert (PaymentList.objects.count(), PaymentLine.objects.count()) == (1, 2)

    def test_without_the_lock_both_would_list_the_same_call_and_only_the_constraint_stops_the_second(
        self, at_the_same_time
    ):
        cast = story.people()
        ordered(final_grant(cast), cast)
        both_have_read, seen = Barrier(2), []

        def list_without_lock(number):
            found = queries.drawdowns_to_list(cast.cashier).get()
            seen.append(found.pk)
            both_have_read.wait(timeout=20)
            made = PaymentList.objects.create(number=number, made_on=MAY)
            PaymentLine.objects.create(payment_list=made, drawdown=found, number=1, amount=found.amount)

        outcomes = at_the_same_time(lambda: list_without_lock(1), lambda: list_without_lock(2))
        assert len(seen) == 2
        assert [type(one) for one in outcomes if one is not None] == [IntegrityError]
        assert PaymentLine.objects.count() == 1
