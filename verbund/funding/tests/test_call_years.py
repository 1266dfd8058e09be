"""A call over several budget years: each year has a title of its own, and a grant commits each year in it."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core import files
from verbund.core.models import AuditEntry
from verbund.core.tests import pdf_text
from verbund.funding import operations
from verbund.funding.models import BudgetTitle, Call, CallYear
from verbund.funding.operations.calls import CallDoesNotFit
from verbund.funding.operations.titles import BeyondCommitments
from verbund.funding.tests import story
from verbund.funding.tests.test_calls import typed

pytestmark = pytest.mark.django_db
END = {"period_until": "2024-12-31", "drawdowns_until": "2024-12-31"}


@pytest.fixture
def officer(member):
    return member(Role.GRANT_OFFICER)


@pytest.fixture
def prepared(officer) -> Call:
    example = story.call_for(2023)
    taken = {"id", "status", "is_demo"}
    fields = {one.name: getattr(example, one.name) for one in Call._meta.fields if one.name not in taken}
    return operations.prepare_call(Call(**fields), actor=acting(officer))


@pytest.fixture
def title_2024() -> BudgetTitle:
    return title_of(2024)


def title_of(year: int, *, number: str = "633 10", amount: str = "9830000") -> BudgetTitle:
    return BudgetTitle.objects.create(
        chapter="07 080",
        title_number=number,
        budget_year=year,
        purpose="Kommunale Integrationszentren",
        amount_planned=Decimal(amount),
        source="Test",
    )


def add(client, call, title, **changes):
    address = f"/foerderung/aufrufe/{call.pk}/jahr-hinzufuegen/"
    return client.post(address, {"budget_title": title.pk, **END, **changes})


def text_of(answer) -> str:
    """Return what a page says, without marks and line breaks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def one_post() -> list[operations.PostPlan]:
    """Return a specialist for half of 2023 and all of 2024."""
    return [
        operations.PostPlan(
            "Fachkraft 1",
            story.F.SOCIAL_EDUCATION,
            story.R.SPECIALIST,
            Decimal(1),
            occupied_from=date(2023, 7, 1),
            occupied_until=date(2024, 12, 31),
            is_qualified=True,
        )
    ]


def years_of(call) -> list[tuple[int, int]]:
    return list(CallYear.objects.filter(call=call).values_list("budget_year", "budget_title"))


def test_a_grant_over_two_years_commits_each_year_in_its_own_title(prepared, officer, title_2024, client_of):
    desk = client_of(officer)
    assert add(desk, prepared, title_2024).status_code == 302
    assert desk.post(f"/foerderung/aufrufe/{prepared.pk}/oeffnen/").status_code == 302
    cast, call = story.people(), Call.objects.get(pk=prepared.pk)
    notice = story.granted(call, cast, amount="85500", posts=one_post())

    signing = text_of(desk.get(f"/foerderung/entscheidungen/{notice.decision_id}/"))
    assert "im Titel 2023 frei 9.801.500,00 € im Titel 2024 frei 9.773.000,00 €" in signing
    assert list(notice.years.values_list("budget_year", "amount")) == [(2023, Decimal(28500)), (2024, Decimal(57000))]
    page = text_of(desk.get(notice.get_absolute_url()))
    assert "2023 07 080 633 10 (2023) 28.500,00 € 28.500,00 € 0,00 €" in page
    assert "2024 07 080 633 10 (2024) 57.000,00 € 57.000,00 € 0,00 €" in page
    letter = " ".join(pdf_text.text_of(files.path_of(notice.document.sha256).read_bytes()).split())
    assert "Haushaltsjahr Betrag 2023 28.500,00 2024 57.000,00 Zuwendung insgesamt 85.500,00 €" in letter
    of_carrier = text_of(client_of(member(Role.CENTRE_LEAD)).get(notice.get_absolute_url()))
    assert "2024 57.000,00 € 57.000,00 € 0,00 €" in of_carrier
    of_call = text_of(desk.get(call.get_absolute_url()))
    assert "2024 07 080 633 10 (2024) 9.830.000,00 € 57.000,00 € 0,00 € 9.773.000,00 €" in of_call
    assert "Haushaltsjahre stehen fest" in of_call


def test_a_grant_is_refused_when_the_title_of_its_second_year_is_exhausted(prepared, officer, client_of):
    add(client_of(officer), prepared, title_of(2024, amount="50000"))
    operations.open_call(Call.objects.get(pk=prepared.pk), actor=acting(officer))
    both = story.full_staff(2023, specialists=1)
    both = [operations.PostPlan(**{**vars(plan), "occupied_until": date(2024, 12, 31)}) for plan in both]
    with pytest.raises(operations.TitleExhausted, match=r"\(2024\)"):
        story.granted(Call.objects.get(pk=prepared.pk), story.people(), amount="159000", posts=both)


def test_what_the_first_year_bound_is_not_paid_from_the_title_of_the_second(prepared, officer, title_2024, client_of):
    add(client_of(officer), prepared, title_2024)
    operations.open_call(Call.objects.get(pk=prepared.pk), actor=acting(officer))
    call, cast, late = Call.objects.get(pk=prepared.pk), story.people(), date(2024, 11, 4)
    notice = story.final(call, cast, amount="85500", posts=one_post())
    drawdown = operations.request_drawdown(notice, amount=Decimal(85500), on=late, actor=cast.treasury)
    operations.verify_drawdown(drawdown, on=late, actor=cast.officer)
    operations.order_drawdown(drawdown, on=late, actor=cast.approver)
    with pytest.raises(BeyondCommitments, match=r"\(2024\) sind noch 57\.000,00.€ gebunden.*28\.500,00.€"):
        operations.record_disbursement(drawdown, paid_on=late, on=late, reference="K-1", actor=cast.cashier)


def test_years_are_added_changed_and_removed_until_the_call_is_opened_and_the_trail_says_so(
    prepared, officer, title_2024, client_of
):
    desk, other = client_of(officer), title_of(2024, number="633 20")
    add(desk, prepared, title_2024)
    year = CallYear.objects.get()
    desk.post(f"/foerderung/aufrufe/jahre/{year.pk}/aendern/", {"budget_title": other.pk})
    assert years_of(prepared) == [(2024, other.pk)]
    prepared.refresh_from_db()
    assert (prepared.period_until, prepared.drawdowns_until) == (date(2024, 12, 31), date(2024, 12, 31))
    desk.post(f"/foerderung/aufrufe/jahre/{year.pk}/entfernen/")
    prepared.refresh_from_db()
    assert (years_of(prepared), prepared.period_until, prepared.drawdowns_until) == (
        [],
        date(2023, 12, 31),
        date(2023, 12, 31),
    )
    verbs = AuditEntry.objects.filter(verb__endswith="_call_year").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["add_call_year", "change_call_year", "remove_call_year"]
    assert "Haushaltsjahr entfernt" in text_of(desk.get(prepared.get_absolute_url()))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"period_until": "2023-12-31"}, "im Haushaltsjahr 2023 beginnen und im Jahr 2024 enden"),
        ({"drawdowns_until": "2023-12-31"}, "Mittelabrufe enden vor dem letzten Haushaltsjahr"),
    ],
)
def test_a_year_that_does_not_fit_is_refused_at_its_field_and_changes_nothing(
    prepared, officer, title_2024, client_of, changes, sentence
):
    answer = add(client_of(officer), prepared, title_2024, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (years_of(prepared), Call.objects.get(pk=prepared.pk).period_until) == ([], date(2023, 12, 31))


def test_the_title_of_another_year_pays_no_further_year(prepared, officer, title_2024, client_of):
    first = prepared.budget_title
    assert add(client_of(officer), prepared, first).status_code == 422
    with pytest.raises(CallDoesNotFit, match="nicht zum Jahr 2024"):
        operations.add_call_year(
            prepared,
            budget_title=first,
            period_until=date(2024, 12, 31),
            drawdowns_until=date(2024, 12, 31),
            actor=acting(officer),
        )
    assert years_of(prepared) == []


def test_a_first_year_that_is_corrected_must_still_be_followed_by_the_others(prepared, officer, title_2024, client_of):
    add(client_of(officer), prepared, title_2024)
    prepared.refresh_from_db()
    wrong = typed(prepared, budget_year=2022, guideline=story.programmes.guideline_for("KI_BASE", 2022).pk)
    answer = client_of(officer).post(f"/foerderung/aufrufe/{prepared.pk}/berichtigen/", wrong)
    assert answer.status_code == 422
    assert "schließen daran nicht an" in answer.content.decode()


def test_once_opened_the_years_of_a_call_stand_fixed(prepared, officer, title_2024, client_of):
    desk = client_of(officer)
    add(desk, prepared, title_2024)
    year = CallYear.objects.get()
    operations.open_call(Call.objects.get(pk=prepared.pk), actor=acting(officer))
    operations.close_call(Call.objects.get(pk=prepared.pk), actor=acting(officer))
    later = {"period_until": "2025-12-31", "drawdowns_until": "2025-12-31"}
    answers = [
        add(desk, prepared, title_of(2025), **later),
        desk.post(
            f"/foerderung/aufrufe/jahre/{year.pk}/aendern/", {"budget_title": title_of(2024, number="633 20").pk}
        ),
        desk.post(f"/foerderung/aufrufe/jahre/{year.pk}/entfernen/"),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all("seine Haushaltsjahre stehen fest" in answer.content.decode() for answer in answers)
    assert years_of(prepared) == [(2024, title_2024.pk)]


@pytest.mark.parametrize(("role", "status"), [(Role.CENTRE_LEAD, 403), (Role.CASHIER, 403), (Role.GRANT_APPROVER, 200)])
def test_only_those_who_prepare_calls_reach_the_years(role, status):
    call = story.call_for(2023)
    assert client_of(member(role)).get(f"/foerderung/aufrufe/{call.pk}/jahr-hinzufuegen/").status_code == status


def test_a_carrier_reads_the_years_of_a_call_and_not_the_titles_of_the_state():
    call = story.call_for(2023)
    CallYear.objects.create(call=call, budget_year=2024, budget_title=title_of(2024))
    page = text_of(client_of(member(Role.CENTRE_LEAD)).get(call.get_absolute_url()))
    assert "Haushaltsjahre 2023, 2024" in page
    assert "633 10" not in page
