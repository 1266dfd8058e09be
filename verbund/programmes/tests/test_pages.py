"""The pages of programmes and guidelines: who may open and do what, and that refusals say why and change nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.programmes import operations, queries
from verbund.programmes.models import FundingGuideline, Rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def current():
    return queries.guideline_for("KI_BASE", 2025)


@pytest.fixture
def operator(member):
    return member(Role.OPERATOR)


@pytest.fixture
def draft(current, operator, acting):
    return operations.draft_new_version(current, actor=acting(operator))


@pytest.fixture
def proposal(draft, operator, acting):
    operations.propose_version(draft, actor=acting(operator))
    return draft


def page(name, *args):
    return reverse(f"programmes:{name}", args=args)


def test_everybody_reads_the_rates_of_all_years_with_their_marks(client_of):
    text = client_of().get(page("home")).content.decode()
    for words in (
        "2012–2016",
        "2018–2019",
        "2020",
        "ab\u00a02025",
        "57.000,00",
        "22.500,00",
        "abgeleitet",
        "nicht bestätigt",
    ):
        assert words in text


def test_everybody_reads_a_guideline_with_its_sources(client_of, current):
    text = client_of().get(page("guideline", current.pk)).content.decode()
    assert "Laiensprachmittlerpool" in text
    assert "Richtlinie KI vom 3. April 2025" in text
    assert "Neue Fassung anlegen" not in text


@pytest.mark.parametrize(("role", "status"), [(None, 404), (Role.GRANT_APPROVER, 404), (Role.OPERATOR, 200)])
def test_a_draft_exists_for_operators_only(client_of, member, draft, role, status):
    client = client_of(member(role) if role else None)
    assert client.get(page("guideline", draft.pk)).status_code == status


ACTS = ["draft-new-version", "propose-version", "adopt-version", "hand-back-version", "edit-head"]


@pytest.mark.parametrize("act", ACTS)
def test_others_than_operators_change_nothing(client_of, member, current, act):
    count = FundingGuideline.objects.count()
    visitor = client_of().post(page(act, current.pk)).status_code
    assert visitor in {302, 401, 403}  # to the sign-in, or the page that keeps what was typed when a session ended
    assert client_of(member(Role.MINISTRY_APPROVER)).post(page(act, current.pk)).status_code == 403
    assert FundingGuideline.objects.count() == count


@pytest.mark.parametrize("act", ACTS)
def test_a_draft_does_not_exist_for_others(client_of, member, draft, act):
    assert client_of(member(Role.MINISTRY_APPROVER)).post(page(act, draft.pk)).status_code == 404


def test_an_operator_drafts_edits_and_proposes_and_another_one_adopts(client_of, member, current, operator):
    client = client_of(operator)
    answer = client.post(page("draft-new-version", current.pk), {"reason": "Satz erhöht"})
    draft = FundingGuideline.objects.get(version=7)
    assert answer["Location"] == page("guideline", draft.pk)

    form = client.get(page("edit-rows", draft.pk, "saetze")).context["formset"]
    data = typed(form) | {"seen": "0", "form-0-amount": "60.000,00"}
    assert client.post(page("edit-rows", draft.pk, "saetze"), data).status_code == 302
    assert sorted(draft.rates.values_list("amount", flat=True)) == [22_500, 60_000]

    assert client.post(page("propose-version", draft.pk)).status_code == 302
    refused = client.post(page("adopt-version", draft.pk))
    assert refused.status_code == 422
    assert "Die zweite Unterschrift muss eine andere Person leisten." in refused.content.decode()
    assert "Annehmen kann sie nur eine zweite Person." in refused.content.decode()

    assert client_of(member(Role.OPERATOR)).post(page("adopt-version", draft.pk)).status_code == 302
    assert queries.rules_for("KI_BASE", 2025).rate("SPECIALIST").amount == 60_000


def typed(formset) -> dict:
    """What a browser would send for the formset as it was shown."""
    data = {f"form-{name}": formset.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    fields = [field for form in formset for field in form if field.value() not in (None, False)]
    return data | {field.html_name: in_german(field.value()) for field in fields}


def in_german(value) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"form-0-amount": "57,000.00"}, "57.000,00"),
        ({"form-0-amount": "viel"}, "57.000,00"),
        ({"form-0-full_time_share": "1,5"}, "höchstens 1"),
        ({"form-0-valid_until": "31.12.2024"}, "endet, bevor er beginnt"),
        ({"form-0-source": ""}, "source"),
        ({"seen": "9"}, "inzwischen geändert"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_and_what_was_typed_stays(client_of, operator, draft, changed, words):
    client = client_of(operator)
    before = list(Rate.objects.values())
    form = client.get(page("edit-rows", draft.pk, "saetze")).context["formset"]
    answer = client.post(page("edit-rows", draft.pk, "saetze"), typed(form) | {"seen": "0"} | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert all(value in answer.content.decode() for value in changed.values())
    assert list(Rate.objects.values()) == before


def test_a_row_of_another_version_is_not_taken(client_of, operator, draft, current):
    client = client_of(operator)
    form = client.get(page("edit-rows", draft.pk, "saetze")).context["formset"]
    before = list(Rate.objects.values())
    data = typed(form) | {"seen": "0", "form-0-id": str(current.rates.first().pk), "form-0-amount": "1,00"}
    client.post(page("edit-rows", draft.pk, "saetze"), data)
    assert list(Rate.objects.values()) == before


def test_every_part_of_a_draft_has_its_form(client_of, operator, draft):
    client = client_of(operator)
    for part in client.get(page("guideline", draft.pk)).context["sections"]:
        answer = client.get(part["edit_href"])
        assert answer.status_code == 200
        assert "Select" not in answer.content.decode()
    assert client.get(page("edit-rows", draft.pk, "anderes")).status_code == 404


def test_the_head_of_a_draft_is_edited_once_per_shown_state(client_of, operator, draft):
    client = client_of(operator)
    form = client.get(page("edit-head", draft.pk)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {
        "title": "Richtlinie 2025, bestätigt",
        "applies_from": "01.01.2025",
        "decreed_on": "03.04.2025",
        "seen": "0",
    }
    assert client.post(page("edit-head", draft.pk), data).status_code == 302
    again = client.post(page("edit-head", draft.pk), data | {"title": "anders"})
    assert again.status_code == 422
    assert FundingGuideline.objects.get(pk=draft.pk).title == "Richtlinie 2025, bestätigt"


def test_an_adopted_version_has_no_form(client_of, operator, current):
    client = client_of(operator)
    assert client.get(page("edit-rows", current.pk, "saetze"))["Location"] == page("guideline", current.pk)
    assert client.get(page("edit-head", current.pk))["Location"] == page("guideline", current.pk)


def test_a_proposal_is_handed_back_with_a_reason(client_of, member, proposal):
    client = client_of(member(Role.OPERATOR))
    assert client.post(page("hand-back-version", proposal.pk), {"reason": ""}).status_code == 422
    assert client.post(page("hand-back-version", proposal.pk), {"reason": "Quelle fehlt"}).status_code == 302
    assert FundingGuideline.objects.get(pk=proposal.pk).is_draft


def test_an_incomplete_draft_is_not_proposed_and_the_page_says_why(client_of, operator, draft):
    draft.rates.first().delete()
    answer = client_of(operator).post(page("propose-version", draft.pk))
    assert answer.status_code == 422
    assert "fehlt der Satz" in answer.content.decode()


def queries_of(client, address, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(100) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_number_of_queries_does_not_grow_with_versions(
    client_of, operator, acting, current, django_assert_max_num_queries
):
    def counts():
        visitor, client = client_of(), client_of(operator)
        return [
            queries_of(visitor, page("home"), django_assert_max_num_queries),
            queries_of(client, page("home"), django_assert_max_num_queries),
            queries_of(client, page("guideline", current.pk), django_assert_max_num_queries),
        ]

    operations.draft_new_version(current, actor=acting(operator))
    with_one = counts()
    for _ in range(2):
        operations.draft_new_version(current, actor=acting(operator))
    assert counts() == with_one
