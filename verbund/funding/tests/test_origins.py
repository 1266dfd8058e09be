"""Where a number comes from: amounts on lists and pages open to their parts, down to the months of a post."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import BudgetTitle, Reclaim
from verbund.funding.operations import Spending
from verbund.funding.tests import claims, proofs, story
from verbund.programmes.models import BaseRate

pytestmark = pytest.mark.django_db
AMOUNT = re.compile(r'<a class="origin-amount" href="([^"]+)"><bdi class="money" dir="ltr">([^<]+)</bdi></a>')


def opened_on(client, address: str) -> dict[str, str]:
    """Return the amounts of a page that open, each with the address of its parts."""
    page = client.get(address).content.decode()
    return {amount.replace("\u202f", " ").replace("\xa0", " "): unescape(href) for href, amount in AMOUNT.findall(page)}


def text_of(client, address: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(address).content.decode())).split())


@pytest.fixture
def cast(time_machine):
    time_machine.move_to("2024-03-04 12:00+01:00")
    return story.people()


@pytest.fixture
def officer(cast):
    return client_of(member(Role.GRANT_OFFICER))


def vacant_for_a_quarter(notice, cast):
    """Return a proof in which the first specialist was there for nine months and cost less than granted."""
    nine_months = Spending(Decimal("40000.00"), Decimal(9), "Von Oktober an unbesetzt.")
    return proofs.submitted(notice, cast, changes={"Fachkraft 1": nine_months})


def test_from_the_title_an_amount_opens_to_its_grants_their_items_posts_and_months(cast, officer):
    notice, title = proofs.paid_grant(cast), BudgetTitle.objects.get()
    origin, entries = f"/foerderung/bescheide/{notice.pk}/woher/", f"/foerderung/bescheide/{notice.pk}/buchungen/"
    for address in ("/foerderung/", "/foerderung/titel/"):
        assert opened_on(officer, address) == {"307.500,00 €": f"/foerderung/titel/{title.pk}/woher/"}
    of_title = officer.get(f"/foerderung/titel/{title.pk}/woher/").content.decode()
    assert {unescape(href) for href, _amount in AMOUNT.findall(of_title)} == {origin, entries}
    months = officer.get(origin).content.decode()
    assert 'href="#stelle-2023-1"' in months
    assert months.count("4.750,00") == 5 * 12


def test_each_line_of_a_proof_opens_to_its_post_in_the_notice_and_says_how_its_sum_came_about(cast, officer):
    notice = proofs.paid_grant(cast)
    proof = vacant_for_a_quarter(notice, cast)
    page = officer.get(proof.get_absolute_url()).content.decode()
    origin = f"/foerderung/bescheide/{notice.pk}/woher/"
    places = [href.removeprefix(origin) for href, _amount in AMOUNT.findall(page) if "#stelle" in href]
    assert places == [f"#stelle-2023-{number}" for number in range(1, 7)]
    months = officer.get(origin).content.decode()
    assert all(f'id="{place[1:]}"' in months for place in places)
    said = text_of(officer, proof.get_absolute_url())
    assert "57.000,00 € × 9/12 Personenmonate 42.750,00 € ausgegeben es zählt der kleinere Betrag 40.000,00 €" in said
    assert "ausgezahlt 307.500,00 € anerkannt, höchstens bewilligt -290.500,00 € Ergebnis 17.000,00 €" in said


def test_what_the_carrier_was_not_told_of_is_no_part_of_a_sum_it_reads(cast):
    notice = proofs.paid_grant(cast)
    claim = operations.claim_back(
        notice.application, occasion="PROOF", principal=Decimal(500), reason="Verdacht", on=proofs.MARCH,
        actor=cast.officer,
    )  # fmt: skip
    proof = vacant_for_a_quarter(notice, cast)
    lead, officer = client_of(member(Role.CENTRE_LEAD)), client_of(member(Role.GRANT_OFFICER))
    line = "davon schon zurückgegeben oder zurückgefordert -500,00 €"
    assert [line in text_of(client, proof.get_absolute_url()) for client in (officer, lead)] == [True, False]
    Reclaim.objects.filter(pk=claim.pk).update(told_on=proofs.MARCH)
    assert line in text_of(lead, proof.get_absolute_url())


def test_interest_that_was_booked_opens_to_its_lines_also_when_later_rates_are_missing(cast, officer):
    grant = claims.paid_grant(cast)
    claim = claims.issued(grant, cast)
    claims.received(cast, "5000.00", day=date(2023, 1, 31), purpose=claim.reference)
    BaseRate.objects.filter(valid_from__gte=date(2023, 7, 1)).delete()
    said = text_of(officer, claim.get_absolute_url())
    assert "Die Zinsen lassen sich nicht rechnen" in said
    assert "10.000,00 € × (−0,88 % + 5 %) × 365/365 Tage" in said
    assert "10.000,00 € × (1,62 % + 5 %) × 31/365 Tage" in said
    assert "bis dahin gebucht -412,00 € Ergebnis 56,22 €" in said
    assert opened_on(officer, claim.get_absolute_url())["10.000,00 €"] == f"{grant.get_absolute_url()}#fassungen"
