"""The grants of a Kreis and a Stadt in 2023: two instalments, one title that can never be overbooked."""

from datetime import date
from decimal import Decimal

from tests.journeys import stages
from verbund.funding import operations
from verbund.funding.models import BudgetTitle, GrantNotice
from verbund.funding.tests import story

UNNA, HERNE = "05978", "05916"
APPROVER, OFFICER = "Zweitzeichnung KfI 1", "Sachbearbeitung KfI 1"


def test_a_kreis_calls_its_364_500_euros_in_two_instalments_and_not_before_2_may(world, desk):
    call = stages.call_of(world, 2023)
    posts = story.full_staff(2023, specialists=6)
    with stages.played_on(date(2023, 4, 17)) as day:
        cast = stages.people(world, UNNA)
        notice = story.final(call, cast, amount="364500", key=UNNA, posts=posts, on=day)
    treasury = desk()
    treasury.on(date(2023, 4, 28))
    treasury.become("Kämmerei Kreis Unna", notice.get_absolute_url())
    treasury.sees("Es wartet auf: die nächste Rate")
    treasury.sees("Ab 02.05.2023 kommen 182.250,00 € dazu.")
    treasury.inspect("bescheid-vor-der-rate")
    treasury.open(f"{notice.get_absolute_url()}abrufen/")
    treasury.fill("Betrag", "182.250,00")
    treasury.press("Abrufen")
    treasury.sees("Heute können Sie 0,00 € abrufen. Ab 02.05.2023 kommen 182.250,00 € dazu.")

    treasury.on(date(2023, 5, 2))
    treasury.open(notice.get_absolute_url())
    treasury.follow("Mittel abrufen")
    treasury.sees_typed("Betrag", "182.250,00")
    treasury.inspect("mittel-abrufen")
    treasury.press("Abrufen")
    treasury.open(f"{notice.get_absolute_url()}abrufen/")
    treasury.fill("Betrag", "1,00")
    treasury.press("Abrufen")
    treasury.sees("Heute können Sie 0,00 € abrufen. Ab 02.10.2023 kommen 182.250,00 € dazu.")
    assert [part.amount for part in notice.drawdowns.all()] == [Decimal("182250.00")]


def test_a_title_of_400_000_euros_pays_for_the_kreis_and_not_for_the_stadt_as_well(world, desk):
    call = stages.call_of(world, 2023, amount="400000")
    with stages.played_on(date(2023, 4, 17)) as day:
        kreis = proposed(world, call, UNNA, specialists=6, amount="364500", on=day)
        stadt = proposed(world, call, HERNE, specialists=5, amount="307500", on=day)
    approver = desk()
    approver.on(date(2023, 4, 17))
    approver.become(APPROVER, page_of(kreis))
    approver.press("Mitzeichnen und erlassen")
    approver.sees("bewilligt 364.500,00 €")

    approver.open(page_of(stadt))
    approver.press("Mitzeichnen und erlassen")
    approver.sees("sind nur noch 35.500,00 € frei; es fehlen 272.000,00 €.")
    approver.inspect("titel-erschoepft")
    assert (BudgetTitle.objects.get().amount_committed, GrantNotice.objects.count()) == (Decimal("364500.00"), 1)

    approver.open(f"/foerderung/titel/{call.budget_title_id}/")
    approver.follow("Ansatz ändern")
    approver.fill("neuer Ansatz", "672.000,00")
    approver.fill("Grund", "Nachtrag")
    approver.press("Ändern")
    approver.open(page_of(stadt))
    approver.press("Mitzeichnen und erlassen")
    approver.sees("bewilligt 307.500,00 €")
    approver.sees("1 02.05.2023 153.750,00 € 2 02.10.2023 153.750,00 €", within="#geld")
    approver.inspect("bescheid-zwei-raten")


def test_what_was_not_called_in_the_year_has_lapsed_in_january(world, desk):
    call = stages.call_of(world, 2012, opens_on=date(2012, 10, 1))
    posts = story.full_staff(2012, first=date(2012, 12, 1))
    with stages.played_on(date(2012, 12, 10)) as day:
        cast = stages.people(world)
        notice = story.final(call, cast, amount="14167", posts=posts, on=day)
        operations.request_drawdown(notice, amount=Decimal("10000"), on=day, actor=cast.treasury)
    treasury = desk()
    treasury.on(date(2013, 1, 8))
    treasury.become("Kämmerei Solingen", f"{notice.get_absolute_url()}abrufen/")
    treasury.fill("Betrag", "4.167,00")
    treasury.press("Abrufen")
    treasury.sees("Mittelabrufe waren bis zum 31.12.2012 möglich; 4.167,00 € sind verfallen.")
    treasury.sees_typed("Betrag", "4.167,00")
    treasury.inspect("abruf-zu-spaet")
    assert notice.drawdowns.count() == 1


def proposed(world, call, key, *, specialists, amount, on):
    posts = story.full_staff(2023, specialists=specialists)
    return story.proposed(call, stages.people(world, key), amount=amount, key=key, posts=posts, on=on)


def page_of(decision) -> str:
    return f"/foerderung/entscheidungen/{decision.pk}/"
