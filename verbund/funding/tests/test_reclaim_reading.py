"""What a carrier and readers learn of a claim: that it is heard, and what was adopted; never what is proposed."""

import re
from decimal import Decimal

import pytest

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.models import Reclaim
from verbund.funding.tests import claims, story

pytestmark = pytest.mark.django_db
OUTSIDE = (Role.CENTRE_LEAD, Role.TREASURY, Role.MINISTRY_READER, Role.COORDINATOR)


@pytest.fixture
def cast(time_machine):
    time_machine.move_to("2022-12-31 12:00+01:00")
    return story.people()


@pytest.fixture
def notice(cast):
    return claims.paid_grant(cast)


def outside() -> list:
    return [client_of(member(role)) for role in OUTSIDE]


def words(client, url: str) -> str:
    """Return what stands in the middle of a page, without marks."""
    page = client.get(url).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")]).split())


def test_before_the_hearing_a_claim_is_known_to_the_authority_alone(notice, cast):
    claim = claims.opened(notice, cast)
    url, listed = claim.get_absolute_url(), "/foerderung/erstattungen"
    for client in outside():
        assert client.get(url).status_code == 404
        assert claim.reference_in_groups not in words(client, f"{listed}/")
        assert claim.reference.encode() not in client.get(f"{listed}.csv").content
        assert url not in client.get(notice.get_absolute_url()).content.decode()
        assert "zurückgefordert 0,00 €" in words(client, f"{notice.get_absolute_url()}stand/")
    officer = client_of(member(Role.GRANT_OFFICER))
    assert officer.get(url).status_code == 200
    assert claim.reference.encode() in officer.get(f"{listed}.csv").content
    assert "zurückgefordert 10.000,00 €" in words(officer, f"{notice.get_absolute_url()}stand/")


def test_what_a_carrier_reads_of_a_heard_claim_stays_the_same_while_it_is_proposed_and_sent_back(notice, cast):
    claim = claims.heard(notice, cast)
    url, found = claim.get_absolute_url(), []
    readers = [*outside(), client_of(member(Role.GRANT_OFFICER))]

    def read() -> None:
        found.append([[words(one, url), words(one, "/foerderung/erstattungen/")] for one in readers])

    read()
    claims.propose(claim, cast, interest_from_reason="Canarius-Zinsbeginn", interest_waived_reason="Canarius-Verzicht")
    read()
    operations.reject_reclaim(claim, reason="Canarius-Grund", on=claims.SILVESTER, actor=cast.approver)
    read()
    *others, officer = zip(*found, strict=True)
    for first, second, third in others:
        assert first == second == third
        assert "Entscheidung steht aus" in first[0]
        assert "Entscheidung steht aus" in first[1]
    assert "wartet auf zweite Person" in officer[1][0]
    assert "Canarius-Grund" in officer[2][0]
    for client in readers[:-1]:
        asked = client.get("/foerderung/erstattungen/", {"stand": "PROPOSED"}).content.decode()
        assert "wartet auf zweite Person" not in asked
        assert "Entscheidung steht aus" in client.get("/foerderung/erstattungen.csv").content.decode("utf-8-sig")


def test_with_the_notice_the_claim_is_read_by_all_and_its_proposal_still_by_the_authority_alone(notice, cast):
    claim = claims.issued(notice, cast)
    url, officer = claim.get_absolute_url(), client_of(member(Role.GRANT_OFFICER))
    for client in outside():
        assert (
            client.get(f"/foerderung/erstattungsbescheide/{claim.issued_notice.pk}/schriftstueck/").status_code == 200
        )
        text = words(client, url)
        assert "Erstattungsbescheid gezeichnet" in text
        assert "10.412,00 €" in text
        assert "Erstattung vorgeschlagen" not in text
    assert "Erstattung vorgeschlagen" in words(officer, url)


def test_more_time_and_less_to_pay_are_read_when_granted_and_never_as_a_proposal(notice, cast):
    claim = claims.issued(notice, cast)
    url, on = claim.get_absolute_url(), claims.SILVESTER
    readers, officer = outside(), client_of(member(Role.GRANT_OFFICER))
    before = [words(client, url) for client in readers]
    refused = operations.propose_waiver(claim, amount=Decimal(400), reason="Canarius-Erlass", on=on, actor=cast.officer)
    assert [words(client, url) for client in readers] == before
    operations.reject_relief(refused, reason="Canarius-Nein", actor=cast.approver)
    assert [words(client, url) for client in readers] == before
    assert "Canarius-Nein" in words(officer, url)
    granted = operations.propose_waiver(claim, amount=Decimal(12), reason="Kleinbetrag", on=on, actor=cast.officer)
    operations.grant_relief(granted, on=on, actor=cast.approver)
    for client in readers:
        text = words(client, url)
        assert "Stundung oder Erlass bewilligt" in text
        assert "Stundung oder Erlass vorgeschlagen" not in text
        assert "Canarius" not in text


def test_who_pays_on_a_claim_knows_of_it(notice, cast):
    claim = claims.opened(notice, cast)
    claims.received(cast, "500.00", day=claims.SILVESTER, purpose=claim.reference)
    assert Reclaim.objects.get().told_on == claims.SILVESTER
    assert client_of(member(Role.TREASURY)).get(claim.get_absolute_url()).status_code == 200
