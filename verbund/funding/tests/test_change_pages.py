"""The pages of a grant that changes, from the carrier's request to the version it leads to."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations, queries
from verbund.funding.models import ChangeRequest, Decision, Hearing
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
APRIL = date(2023, 4, 17)


@pytest.fixture
def grant(time_machine):
    time_machine.move_to("2023-10-04 12:00+02:00")
    cast = story.people()
    posts = story.full_staff(2023, specialists=5)
    return story.final(story.call_for(2023), cast, amount="307500", on=APRIL, posts=posts)


def page_of(notice, role) -> str:
    return client_of(member(role, at="05122")).get(f"/foerderung/bescheide/{notice.pk}/").content.decode()


def posts_typed(*, first_until: str) -> dict:
    plans = story.full_staff(2023, specialists=5)
    typed = {"posts-TOTAL_FORMS": str(len(plans)), "posts-INITIAL_FORMS": str(len(plans))}
    for place, plan in enumerate(plans):
        typed |= {
            f"posts-{place}-label": plan.label,
            f"posts-{place}-function": plan.function,
            f"posts-{place}-full_time_share": str(plan.full_time_share).replace(".", ","),
            f"posts-{place}-occupied_from": plan.occupied_from.isoformat(),
            f"posts-{place}-occupied_until": first_until if place == 0 else plan.occupied_until.isoformat(),
        }
    return typed


def test_a_lead_asks_an_officer_proposes_and_an_approver_signs_the_next_version(grant):
    lead, officer = client_of(member(Role.CENTRE_LEAD)), client_of(member(Role.GRANT_OFFICER))
    approver = client_of(member(Role.GRANT_APPROVER))
    ask = {"kind": "STAFF", "reason": "Eine Stelle wird frei.", "effective_from": "2023-10-01"}
    assert lead.post(f"/foerderung/bescheide/{grant.pk}/aenderung-beantragen/", ask).status_code == 302
    assert "Eine Stelle wird frei." in page_of(grant, Role.GRANT_OFFICER)
    officer.post(f"/foerderung/antraege/{grant.application.pk}/pruefung/befangenheit/", {"has_conflict": "NO"})
    typed = {"effective_from": "2023-10-01", "reasons": "Eine Stelle ist unbesetzt.", "amount": ""}
    wrong = officer.post(f"/foerderung/bescheide/{grant.pk}/aendern/", typed | posts_typed(first_until="2024-09-30"))
    assert (wrong.status_code, Decision.objects.count()) == (422, 1)
    assert "Eine Stelle ist unbesetzt." in wrong.content.decode()
    sent = officer.post(f"/foerderung/bescheide/{grant.pk}/aendern/", typed | posts_typed(first_until="2023-09-30"))
    assert sent.status_code == 302, sent.content.decode()[:3000]
    decision = Decision.objects.get(kind="AMENDMENT")
    assert decision.amount == Decimal("293250.00")
    seen = approver.get(f"/foerderung/entscheidungen/{decision.pk}/").content.decode()
    assert "307.500,00" in seen
    assert "293.250,00" in seen
    declaration = {"has_conflict": "NO"}
    approver.post(f"/foerderung/antraege/{decision.application_id}/pruefung/befangenheit/", declaration)
    signed = approver.post(f"/foerderung/entscheidungen/{decision.pk}/mitzeichnen/", {"issued_on": "2023-10-04"})
    version = queries.valid_notice(grant.application)
    assert (signed.status_code, signed["Location"]) == (302, version.get_absolute_url())
    assert ChangeRequest.objects.get().status == "GRANTED"
    assert "Diese Fassung ist ersetzt" in page_of(grant, Role.CENTRE_LEAD)
    new = page_of(version, Role.CENTRE_LEAD)
    assert "Zuwendungsbescheid, Fassung 2" in new
    assert "-14.250,00" in new or "−14.250,00" in new


def test_the_page_of_a_notice_needs_the_same_statements_for_one_change_and_for_three(
    grant, django_assert_max_num_queries
):
    lead = story.people().lead
    for _number in range(3):
        operations.request_change(
            grant.application, kind="STAFF", reason="Wechsel", effective_from=APRIL, amount_requested=None, on=APRIL,
            actor=lead,
        )  # fmt: skip
    officer = client_of(member(Role.GRANT_OFFICER))
    with django_assert_max_num_queries(40):
        officer.get(f"/foerderung/bescheide/{grant.pk}/")


def test_a_hearing_is_sent_and_answered_on_the_page(grant):
    officer, lead = client_of(member(Role.GRANT_OFFICER)), client_of(member(Role.CENTRE_LEAD))
    officer.post(f"/foerderung/antraege/{grant.application.pk}/pruefung/befangenheit/", {"has_conflict": "NO"})
    typed = {
        "occasion": "REVOCATION",
        "text": "Ein Widerruf ist beabsichtigt.",
        "known_on": "2023-09-01",
        "due_on": "2023-11-01",
    }
    assert officer.post(f"/foerderung/bescheide/{grant.pk}/anhoeren/", typed).status_code == 302
    hearing = Hearing.objects.get()
    assert hearing.due_on == date(2023, 11, 2)  # Allerheiligen
    page = page_of(grant, Role.CENTRE_LEAD)
    assert "Stellung nehmen" in page
    assert "Jahresfrist bis" in page
    assert lead.post(f"/foerderung/anhoerungen/{hearing.pk}/beantworten/", {"answer": "Wir bitten."}).status_code == 302
    assert "Wir bitten." in page_of(grant, Role.GRANT_OFFICER)


def test_the_balance_of_a_day_stands_in_the_address(grant):
    officer = client_of(member(Role.GRANT_OFFICER))
    address = f"/foerderung/bescheide/{grant.pk}/stand/"
    found = officer.get(address, {"gueltig": "2023-06-30", "bekannt": "2023-04-16"})
    assert "noch keine" in found.content.decode()
    assert officer.get(address, {"gueltig": "x", "bekannt": "2023-02-29"}).status_code == 422
    assert "307.500,00" in officer.get(address).content.decode()
