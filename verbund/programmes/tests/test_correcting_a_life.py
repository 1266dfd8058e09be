"""The operator corrects when a programme was in force; nobody else does, and what cannot be right changes nothing."""

from datetime import date

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry
from verbund.programmes import operations, queries, reference
from verbund.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def komm_in():
    return Programme.objects.get(code="KOMM_IN")


@pytest.fixture
def operator(member):
    return member(Role.OPERATOR)


def address(programme) -> str:
    return reverse("programmes:correct-life", args=[programme.pk])


def typed(programme, **changes) -> dict:
    return {
        "summary": programme.summary,
        "valid_from": "2005-01-01",
        "valid_until": "31.12.2012",
        "period_note": "",
        "period_source": "Haushaltsplan 2005",
        "period_mark": "B",
        "seen": programme.version,
    } | changes


def test_the_operator_gives_a_programme_its_days_and_everybody_sees_it_on_them(client_of, operator, komm_in):
    client = client_of(operator)
    assert address(komm_in) in client.get("/programme/").content.decode()
    assert client.post(address(komm_in), typed(komm_in)).status_code == 302

    assert queries.programmes_in_force(date(2012, 3, 1)).get() == komm_in
    assert "Haushaltsplan 2005" in client_of().get("/programme/?stichtag=2012-03-01").content.decode()
    assert AuditEntry.objects.filter(verb="correct_life").count() == 1
    assert "Laufzeit berichtigt" in client.get(address(komm_in)).content.decode()
    assert reference.load() == 0
    assert Programme.objects.get(pk=komm_in.pk).valid_until == date(2012, 12, 31)


@pytest.mark.parametrize("role", [None, Role.GRANT_OFFICER, Role.MINISTRY_APPROVER, Role.CENTRE_LEAD])
def test_others_read_and_do_not_correct(client_of, member, komm_in, role):
    client = client_of(member(role) if role else None)
    before = list(Programme.objects.values())
    assert address(komm_in) not in client.get("/programme/").content.decode()
    assert client.get(address(komm_in)).status_code == (403 if role else 302)
    assert client.post(address(komm_in), typed(komm_in)).status_code in ({403} if role else {302, 401, 403})
    assert list(Programme.objects.values()) == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"valid_until": "2004-12-31"}, "Die Laufzeit endet, bevor sie beginnt."),
        ({"valid_from": "29.02.2011"}, "Diesen Tag gibt es nicht."),
        ({"period_source": " "}, "Nennen Sie die Quelle, auch wenn sie keinen Tag angibt."),
        ({"period_mark": ""}, "Sagen Sie, wie sicher die Tage sind."),
        ({"period_mark": "Z"}, "error-summary"),
        ({"summary": "x" * 401}, "error-summary"),
        ({"seen": "7"}, "Jemand anderes hat inzwischen gespeichert."),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(client_of, operator, komm_in, changed, words):
    before = list(Programme.objects.values()), AuditEntry.objects.count()
    answer = client_of(operator).post(address(komm_in), typed(komm_in, period_note="meine Anmerkung") | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "meine Anmerkung" in answer.content.decode()
    assert (list(Programme.objects.values()), AuditEntry.objects.count()) == before


def test_a_life_without_a_source_is_refused_however_it_is_entered(acting, operator, komm_in):
    life = {"summary": "", "valid_from": None, "valid_until": None, "period_note": "", "period_mark": ""}
    with pytest.raises(operations.WrongLife, match="Nennen Sie die Quelle"):
        operations.correct_life(komm_in, seen=1, actor=acting(operator), period_source=" ", **life)


def test_a_programme_that_does_not_exist_has_no_form(client_of, operator):
    assert client_of(operator).get(reverse("programmes:correct-life", args=[999_999])).status_code == 404
