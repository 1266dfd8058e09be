"""The gate: without sign-in to the sign-in page, unseen records do not exist, and rights are asked last."""

import pytest

from verbund.accounts.roles import Role
from verbund.core.permissions import gate, public
from verbund.directory.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.urls("verbund.core.tests.addresses")]

SOLINGEN, AACHEN = "05122", "05334002"


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (None, 302),
        ({"role": Role.CENTRE_LEAD, "at": SOLINGEN}, 200),
        ({"role": Role.CENTRE_STAFF, "at": SOLINGEN}, 403),
        ({"role": Role.CENTRE_LEAD, "at": AACHEN}, 404),
        ({"role": Role.OPERATOR}, 404),
    ],
    ids=["visitor", "lead of the centre", "staff of the centre", "lead of another centre", "operator"],
)
def test_a_record_opens_for_the_right_people_only(member, client_of, who, answer):
    lead = member(Role.CENTRE_LEAD, at=SOLINGEN)
    client = client_of(member(**who)) if who else client_of()

    response = client.get(f"/probe/zentrum/{lead.organisation_id}/")

    assert response.status_code == answer


def test_a_record_that_does_not_exist_looks_like_one_that_may_not_be_seen(member, client_of):
    client = client_of(member(Role.CENTRE_LEAD, at=AACHEN))
    foreign = member(Role.CENTRE_LEAD, at=SOLINGEN).organisation_id

    answers = [client.get(f"/probe/zentrum/{pk}/") for pk in (foreign, 999_999_999)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_visitor_comes_back_to_the_page_after_signing_in(client_of):
    response = client_of().get("/probe/seite/?seite=2")

    assert response["Location"] == "/anmelden/?next=/probe/seite/%3Fseite%3D2"


def test_rights_end_with_the_membership(member, client_of):
    lead = member(Role.CENTRE_LEAD, at=SOLINGEN)
    client = client_of(lead)
    assert client.get(f"/probe/zentrum/{lead.organisation_id}/").status_code == 200

    Membership.objects.filter(pk=lead.pk).update(valid_until="2012-12-31")

    assert client.get(f"/probe/zentrum/{lead.organisation_id}/").status_code == 404


def test_a_view_carries_how_it_is_guarded():
    assert public(lambda request: None).access == "public"
    assert gate()(lambda request: None).access == "gated"
