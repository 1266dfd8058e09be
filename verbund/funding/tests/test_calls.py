"""Calls: what can still be corrected, and what not."""

from datetime import date

import pytest

from tests.support.cast import acting
from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.funding import operations
from verbund.funding.lifecycle import CallStatus
from verbund.funding.models import Call
from verbund.funding.operations.calls import CallDoesNotFit
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(member):
    return member(Role.GRANT_OFFICER)


@pytest.fixture
def prepared(officer) -> Call:
    example = story.call_for(2023)
    fields = {
        field.name: getattr(example, field.name) for field in Call._meta.fields if field.name not in {"id", "status"}
    }
    return operations.prepare_call(Call(**fields), actor=acting(officer))


def typed(call: Call, **changes) -> dict:
    values = {
        "programme": call.programme_id,
        "budget_year": call.budget_year,
        "guideline": call.guideline_id,
        "budget_title": call.budget_title_id,
        "period_from": call.period_from,
        "period_until": call.period_until,
        "opens_on": call.opens_on,
        "closes_on": "",
        "drawdowns_until": call.drawdowns_until,
    }
    return {**values, **changes}


def test_a_call_that_was_never_opened_can_be_corrected_and_the_trail_says_what(prepared, officer, client_of):
    address = f"/foerderung/aufrufe/{prepared.pk}/berichtigen/"
    assert client_of(officer).get(address).status_code == 200
    answer = client_of(officer).post(address, typed(prepared, closes_on="2022-10-31"))
    assert answer.status_code == 302
    prepared.refresh_from_db()
    assert prepared.closes_on == date(2022, 10, 31)
    assert AuditEntry.objects.filter(verb="correct_call").count() == 1


def test_a_correction_that_does_not_fit_is_refused_at_its_field_and_changes_nothing(prepared, officer, client_of):
    address = f"/foerderung/aufrufe/{prepared.pk}/berichtigen/"
    answer = client_of(officer).post(address, typed(prepared, period_until="2024-01-31"))
    assert answer.status_code == 422
    assert "muss im Haushaltsjahr liegen" in answer.content.decode()
    prepared.refresh_from_db()
    assert prepared.period_until == date(2023, 12, 31)


def test_an_opened_call_is_not_corrected_any_more(prepared, officer):
    operations.open_call(prepared, actor=acting(officer))
    prepared.closes_on = date(2022, 10, 31)
    with pytest.raises(NotAllowedNow):
        operations.correct_call(prepared, actor=acting(officer))
    assert Call.objects.get(pk=prepared.pk).closes_on is None
    assert Call.objects.get(pk=prepared.pk).status == CallStatus.OPEN


def test_a_period_outside_of_the_year_fits_no_call(prepared, officer):
    prepared.period_from = date(2022, 12, 1)
    with pytest.raises(CallDoesNotFit):
        operations.correct_call(prepared, actor=acting(officer))


@pytest.mark.parametrize(("role", "status"), [(Role.CENTRE_LEAD, 404), (Role.CASHIER, 404), (Role.GRANT_APPROVER, 200)])
def test_only_those_who_prepare_calls_correct_them(prepared, member, client_of, role, status):
    assert client_of(member(role)).get(f"/foerderung/aufrufe/{prepared.pk}/berichtigen/").status_code == status
