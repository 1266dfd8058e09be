"""The pages of titles, calls, notices, accounts and payments: what stands on them and who finds which next step."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import BudgetTitle, Drawdown, GrantNotice, RecipientAccount
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 3)


@pytest.fixture(autouse=True)
def in_may_2023():
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        yield


@pytest.fixture
def clients(client_of):
    """One signed-in client per function of Solingen and the authority."""
    members = {role: cast_of.member(role) for role in story.ROLES.values()}
    return {name: client_of(members[role]) for name, role in story.ROLES.items()}


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").split())


def test_a_grant_is_notified_waived_called_verified_ordered_and_paid_by_its_pages(clients):
    cast = story.people()
    call = story.call_for(2023)
    notice = story.granted(call, cast, amount="193500", on=date(2023, 4, 17))
    url = notice.get_absolute_url()

    assert "Festhalten, wie und wann" in page(clients["officer"], url)
    clients["officer"].post(f"{url}bekanntgabe/", {"how": "HANDED_OVER", "day": "2023-05-02"})
    text = page(clients["signatory"], url)
    assert "Auf Rechtsbehelfe verzichten" in text
    clients["signatory"].post(f"{url}verzicht/")
    assert "Zu den Konten" in page(clients["treasury"], url)

    clients["treasury"].post(
        "/foerderung/konten/neu/", {"holder": "Stadt Solingen", "iban": "DE89 3704 0044 0532 0130 00"}
    )
    account = RecipientAccount.objects.get()
    assert "Bestätigen kann nur eine zweite Person." in page(clients["treasury"], "/foerderung/konten/")
    clients["signatory"].post(f"/foerderung/konten/{account.pk}/bestaetigen/")
    assert "DE89 3704 0044 0532 0130 00" in page(clients["cashier"], "/foerderung/konten/")

    assert "Heute können Sie 96.750,00 € abrufen." in plain(page(clients["treasury"], url))
    clients["treasury"].post(f"{url}abrufen/", {"amount": "96.750,00"})
    drawdown = Drawdown.objects.get()
    assert "Feststellen" in page(clients["officer"], url)
    clients["officer"].post(f"/foerderung/abrufe/{drawdown.pk}/feststellen/")
    assert "Anordnen" in page(clients["approver"], url)
    clients["approver"].post(f"/foerderung/abrufe/{drawdown.pk}/anordnen/")
    assert "Auszahlung festhalten" in page(clients["cashier"], url)
    clients["cashier"].post(
        f"/foerderung/abrufe/{drawdown.pk}/auszahlung/", {"paid_on": "2023-05-03", "reference": "K-7"}
    )

    text = plain(page(clients["lead"], url))
    assert "Kassenzeichen K-7" in text
    assert "Es wartet auf: die nächste Rate" in text
    assert BudgetTitle.objects.get().amount_paid == Decimal("96750.00")
    text = plain(page(clients["approver"], f"/foerderung/titel/{BudgetTitle.objects.get().pk}/"))
    assert "193.500,00 €" in text
    assert "9.636.500,00 €" in text


def test_the_page_of_a_notice_shows_its_working_and_where_the_document_is(clients):
    notice = story.final(story.call_for(2023), story.people(), amount="193500", on=date(2023, 4, 17))
    text = plain(page(clients["lead"], notice.get_absolute_url()))
    for words in (
        "Rechenweg",
        "57.000",
        "22.500",
        "Zuwendungsbescheid",
        "PDF",
        "Prüfcode",
        "Raten",
        "02.05.2023",
        "02.10.2023",
    ):
        assert words in text
    answer = clients["lead"].get(f"{notice.get_absolute_url()}schriftstueck/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_who_verified_reads_why_they_cannot_order(clients):
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 17))
    drawdown = operations.request_drawdown(notice, amount=Decimal(1000), on=DAY, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=DAY, actor=cast.officer)
    both = cast_of.member(Role.GRANT_APPROVER, user=cast.officer.user)
    client = cast_of.client_of(both)
    assert "Anordnen kann nur eine zweite Person." in page(client, notice.get_absolute_url())
    answer = client.post(f"/foerderung/abrufe/{drawdown.pk}/anordnen/")
    assert answer.status_code == 422
    assert "Die zweite Unterschrift muss eine andere Person leisten." in answer.content.decode()


def test_an_action_the_authority_hears_of_later_counts_from_the_day_it_was_brought(clients):
    cast = story.people()
    notice = story.granted(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 3))
    operations.record_notification(notice, how="HANDED_OVER", day=date(2023, 4, 3), on=DAY, actor=cast.officer)
    url = notice.get_absolute_url()
    for typed in ("2023-05-04", "2023-03-31", "morgen", ""):
        answer = clients["officer"].post(f"{url}klage/", {"brought_on": typed, "reason": "VG Düsseldorf, 1 K 1/23"})
        assert answer.status_code == 422, typed
    clients["officer"].post(f"{url}klage/", {"brought_on": "2023-05-02", "reason": "VG Düsseldorf, 1 K 1/23"})
    text = page(clients["signatory"], url)
    assert "Es wartet auf: das Ende des Klageverfahrens" in plain(text)
    assert "VG Düsseldorf, 1 K 1/23" in text
    clients["officer"].post(f"{url}klage-beendet/", {"reason": "Klage zurückgenommen"})
    assert "bestandskräftig" in page(clients["signatory"], url)


def test_the_title_of_2012_says_that_it_is_printed_as_published(clients):
    call = story.call_for(2012)
    BudgetTitle.objects.update(note="Wie veröffentlicht; nicht mit 54 × 170.000 € abgeglichen.")
    assert "nicht mit 54 × 170.000 € abgeglichen" in page(
        clients["approver"], f"/foerderung/titel/{call.budget_title_id}/"
    )


def test_lists_without_rows_say_what_to_do(clients):
    assert "Titel anlegen" in page(clients["approver"], "/foerderung/titel/")
    assert "Programmjahr vorbereiten" in page(clients["officer"], "/foerderung/aufrufe/")
    assert "Sobald die Bewilligungsbehörde eines öffnet" in page(clients["lead"], "/foerderung/aufrufe/")
    assert "Konto hinterlegen" in page(clients["treasury"], "/foerderung/konten/")


def test_a_title_and_a_call_are_made_opened_and_closed_by_their_pages(clients):
    typed = {
        "chapter": "07 080",
        "title_number": "633 10",
        "budget_year": "2024",
        "purpose": "Kommunale Integrationszentren",
        "amount_planned": "9.830.000,00",
        "source": "Haushaltsplan 2024",
    }
    clients["approver"].post("/foerderung/titel/neu/", typed)
    title = BudgetTitle.objects.get()
    assert title.amount_planned == Decimal(9830000)
    template = story.call_for(2023)
    typed = {
        "programme": template.programme_id,
        "budget_year": "2024",
        "guideline": template.guideline_id,
        "budget_title": title.pk,
        "period_from": "2024-01-01",
        "period_until": "2024-12-31",
        "opens_on": "2023-05-01",
        "drawdowns_until": "2024-12-31",
    }
    clients["officer"].post("/foerderung/aufrufe/neu/", typed)
    made = template.programme.calls.get(budget_year=2024)
    for act, status in (("oeffnen", "OPEN"), ("schliessen", "CLOSED"), ("wieder-oeffnen", "OPEN")):
        clients["officer"].post(f"/foerderung/aufrufe/{made.pk}/{act}/")
        made.refresh_from_db()
        assert made.status == status
    assert clients["officer"].post(f"/foerderung/aufrufe/{made.pk}/oeffnen/").status_code == 422


# the public check of a code


def test_anybody_learns_from_a_code_when_by_whom_and_that_it_is_unchanged_and_nothing_more(client_of):
    notice = story.final(story.call_for(2023), story.people(), amount="193500", on=date(2023, 4, 17))
    text = plain(page(client_of(), f"/foerderung/pruefen/{notice.verification_code}/"))
    assert "echt und unverändert" in text
    assert "17.04.2023" in text
    assert "Bezirksregierung Arnsberg" in text
    application = notice.application
    secrets = (
        "193",
        "€",
        "Solingen",
        "Grundförderung",
        notice.file_reference,
        str(application.carrier),
        "bewilligt",
        "Ablehnung",
    )
    assert [word for word in secrets if word in text] == []


def test_a_code_is_read_with_dashes_spaces_and_small_letters(client_of):
    notice = story.granted(story.call_for(2023), story.people(), amount="193500", on=date(2023, 4, 17))
    code = notice.verification_code
    typed = f" {code[:4]}-{code[4:8]} {code[8:]}".lower()
    answer = client_of().get("/foerderung/pruefen/", {"code": typed}, follow=True)
    assert "echt und unverändert" in answer.content.decode()
    assert page(client_of(), f"/foerderung/pruefen/{code[:4]}-{code[4:8]}-{code[8:]}/")


@pytest.mark.parametrize("code", ["AAAAAAAAAAAA", "x", "ÄÖÜ", "a" * 300, "'; drop table", "%00"])
def test_an_unknown_code_gets_a_friendly_page(client_of, code):
    answer = client_of().get(f"/foerderung/pruefen/{code}/")
    assert answer.status_code == 404
    assert "gibt es keinen Bescheid" in answer.content.decode()


@pytest.mark.parametrize("code", ["", "   ", "äöü", "!?", "x" * 100_000])
def test_what_is_no_code_is_asked_for_again(client_of, code):
    answer = client_of().get("/foerderung/pruefen/", {"code": code}, follow=True)
    assert answer.status_code in {200, 404}


def test_the_check_says_when_the_stored_document_was_changed(client_of):
    notice = story.granted(story.call_for(2023), story.people(), amount="193500", on=date(2023, 4, 17))
    GrantNotice.objects.get(pk=notice.pk).document.__class__.objects.filter(pk=notice.document_id).update(
        sha256="0" * 64
    )
    text = page(client_of(), f"/foerderung/pruefen/{notice.verification_code}/")
    assert "echt und unverändert" not in text
    assert "nicht mehr, wie es war" in text
