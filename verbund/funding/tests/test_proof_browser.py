"""The pages of a proof of use in a real browser: accessible, and whole on a phone."""

import pytest

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.funding import operations
from verbund.funding.operations import Spending
from verbund.funding.tests import proofs, story
from verbund.funding.tests.proofs import Decimal

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_a_proof_are_accessible_on_screen_and_phone(site):
    cast = story.people()
    notice = proofs.paid_grant(cast)
    less = {"Fachkraft 1": Spending(Decimal("45000.00"), Decimal(9), "Von Januar bis März unbesetzt.")}
    proof = proofs.submitted(notice, cast, changes=less)
    sample = operations.draw_sample(
        notice.application.call.programme, budget_year=2023, numbers={"CITY": 1}, seed="a", on=proofs.MARCH,
        actor=cast.officer,
    )  # fmt: skip
    herne = story.people("05916")
    draft = proofs.begun(proofs.paid_grant(herne, key="05916"), herne)
    officer, lead = cast_of.member(Role.GRANT_OFFICER), cast_of.member(Role.CENTRE_LEAD, at="05916")
    pages = [
        (proof.get_absolute_url(), officer, "nachweis"),
        (f"{draft.get_absolute_url()}bearbeiten/", lead, "nachweis-bearbeiten"),
        ("/foerderung/nachweise/", officer, "nachweise"),
        (sample.get_absolute_url(), officer, "stichprobe"),
        ("/foerderung/landesrechnungshof/", officer, "landesrechnungshof"),
    ]
    for path, member, name in pages:
        site.look_at(path, name, member=member)
