"""A leaver's applications go to another officer in one act; what may not go there is named and stays."""

from datetime import date

import pytest

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core import audit, handover
from verbund.funding import operations
from verbund.funding.models import GrantApplication
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
BEGIN = date(2022, 6, 10)


@pytest.fixture
def cast():
    return story.people()


@pytest.fixture
def reviews(cast):
    """Two applications in the officer's hand; a third one is decided."""
    found = [story.reviewed(story.call_for(year, opens_on=BEGIN), cast, on=BEGIN) for year in (2023, 2024)]
    story.granted(story.call_for(2022, opens_on=BEGIN), cast, amount="187500", on=BEGIN)
    return found


@pytest.fixture
def heir():
    return member(Role.GRANT_OFFICER)


def officers(records) -> list:
    return [GrantApplication.objects.get(pk=record.pk).officer for record in records]


def test_all_open_reviews_go_at_once_but_not_where_the_other_declared_a_conflict(cast, reviews, heir):
    operations.declare_conflict(reviews[1], has_conflict=True, statement="Bruder", actor=acting(heir))
    preview = handover.in_hand(cast.officer.user, to=heir.user)
    assert [(line.record, bool(line.why_not)) for line in preview] == [(reviews[0], False), (reviews[1], True)]

    result = handover.hand_over(cast.officer.user, to=heir.user, on=BEGIN, actor=cast.approver)
    assert [line.record for line in result.done] == [reviews[0]]
    assert [(line.record, line.why_not) for line in result.refused] == [
        (reviews[1], "Die Person hat hier einen Interessenkonflikt erklärt.")
    ]
    assert officers(reviews) == [heir.user, cast.officer.user]
    assert audit.history_of(reviews[0])[0]["what"] == "Zuständigkeit übergeben"
    assert GrantApplication.objects.get(status="GRANTED").officer == cast.officer.user


def test_nothing_goes_to_the_same_person_or_to_somebody_without_the_function(cast, reviews):
    with pytest.raises(handover.SameHands):
        handover.hand_over(cast.officer.user, to=cast.officer.user, on=BEGIN, actor=cast.approver)
    with pytest.raises(handover.NothingToHandOver, match="nichts an diese Person"):
        handover.hand_over(cast.officer.user, to=cast.cashier.user, on=BEGIN, actor=cast.approver)
    with pytest.raises(handover.NothingToHandOver, match="nichts zu übergeben"):
        handover.hand_over(cast.cashier.user, to=cast.officer.user, on=BEGIN, actor=cast.approver)
    assert officers(reviews) == [cast.officer.user] * 2


def test_on_the_page_one_looks_first_and_then_hands_over(cast, reviews, heir):
    operations.declare_conflict(reviews[1], has_conflict=True, statement="Bruder", actor=acting(heir))
    page = f"/team/mitgliedschaften/{cast.officer.membership_id}/aufgaben-uebergeben/"
    client = client_of(member(Role.GRANT_APPROVER))
    preview = client.get(page, {"to": heir.user_id}).content.decode()
    assert (preview.count("wird übergeben"), preview.count("bleibt liegen")) == (1, 1)
    assert officers(reviews) == [cast.officer.user] * 2
    answer = client.post(page, {"to": heir.user_id}, follow=True).content.decode()
    assert "1 Aufgabe übergeben." in answer
    assert "Nicht übergeben: Antrag in Prüfung" in answer
    assert officers(reviews) == [heir.user, cast.officer.user]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.GRANT_APPROVER, 200),
        (Role.OPERATOR, 200),
        (Role.GRANT_OFFICER, 403),
        (Role.CASHIER, 403),
        (Role.CENTRE_LEAD, 404),
    ],
)
def test_the_lead_of_the_authority_and_the_operator_hand_over_and_nobody_else(cast, reviews, heir, role, status):
    page = f"/team/mitgliedschaften/{cast.officer.membership_id}/aufgaben-uebergeben/"
    client = client_of(member(role))
    assert client.get(page).status_code == status
    posted = client.post(page, {"to": heir.user_id}).status_code
    assert posted == (302 if status == 200 else status)
    assert officers(reviews) == [heir.user if status == 200 else cast.officer.user] * 2


def test_somebody_of_another_house_cannot_be_chosen(cast, reviews):
    page = f"/team/mitgliedschaften/{cast.officer.membership_id}/aufgaben-uebergeben/"
    answer = client_of(member(Role.GRANT_APPROVER)).post(page, {"to": cast.lead.user.pk})
    assert answer.status_code == 422
    assert officers(reviews) == [cast.officer.user] * 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_handing_over_and_deciding_at_once_do_not_block_each_other(reference, at_the_same_time, cast, heir):
    application = story.reviewed(story.call_for(2023), cast, on=BEGIN)
    results = at_the_same_time(
        lambda: handover.hand_over(cast.officer.user, to=heir.user, on=BEGIN, actor=cast.approver),
        lambda: operations.hand_back(application, reason="Stellenplan", on=BEGIN, actor=cast.officer),
    )
    assert [type(result) for result in results] == [handover.Result, type(None)]
    assert officers([application]) == [heir.user]
