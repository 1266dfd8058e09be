"""Guideline versions: drafted from an adopted one, proposed, adopted by another person, then never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from verbund.accounts.roles import Role
from verbund.core.acting import SamePerson
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.programmes import operations, queries
from verbund.programmes.completeness import IncompleteGuideline
from verbund.programmes.models import ROW_KINDS, AdoptedForGood, FundingGuideline, Rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(member):
    return member(Role.OPERATOR)


@pytest.fixture
def other_operator(member):
    return member(Role.OPERATOR)


@pytest.fixture
def first(operator, acting):
    return acting(operator)


@pytest.fixture
def second(other_operator, acting):
    return acting(other_operator)


@pytest.fixture
def current():
    return queries.guideline_for("KI_BASE", 2025)


@pytest.fixture
def draft(current, first):
    return operations.draft_new_version(current, reason="Satz bestätigt", actor=first)


def raise_rate(draft, amount, actor):
    rate = draft.rates.get(rate_class="SPECIALIST")
    rate.amount = Decimal(amount)
    operations.edit_rows(draft, saved=[rate], removed=[], seen=draft.edits, actor=actor)


def test_a_new_version_starts_as_a_complete_copy(current, draft):
    assert (draft.version, draft.status, draft.origin) == (7, "DRAFT", "ENTERED")
    for kind in ROW_KINDS:
        assert getattr(draft, kind).count() == getattr(current, kind).count() > 0
    assert queries.rules_of(draft, 2025).rates == queries.rules_of(current, 2025).rates


def test_a_draft_and_a_proposal_do_not_compute_an_adopted_version_does(draft, first, second):
    raise_rate(draft, 60_000, first)
    before = queries.rules_for("KI_BASE", 2025)
    operations.propose_version(draft, actor=first)
    assert queries.rules_for("KI_BASE", 2025) == before
    operations.adopt_version(draft, actor=second)
    rules = queries.rules_for("KI_BASE", 2025)
    assert (rules.version, rules.rate("SPECIALIST").amount) == (7, 60_000)
    assert queries.rules_for("KI_BASE", 2024).version == 5


def test_whoever_proposed_a_version_may_not_adopt_it_nor_may_their_deputy(
    draft, first, second, operator, member, acting
):
    operations.propose_version(draft, actor=first)
    with pytest.raises(SamePerson):
        operations.adopt_version(draft, actor=first)
    with pytest.raises(SamePerson):
        operations.adopt_version(draft, actor=acting(operator, by=member(Role.OPERATOR).user))
    draft.refresh_from_db()
    assert draft.is_proposed
    operations.adopt_version(draft, actor=second)
    draft.refresh_from_db()
    assert draft.is_adopted
    assert (draft.proposed_by, draft.adopted_by) == (first.user, second.user)


def test_a_deputy_who_proposed_for_somebody_bars_that_person_too(draft, second, other_operator, member, acting):
    operations.propose_version(draft, actor=acting(other_operator, by=member(Role.OPERATOR).user))
    with pytest.raises(SamePerson):
        operations.adopt_version(draft, actor=second)


def test_a_version_handed_back_is_a_draft_again_without_its_first_signature(draft, first, second):
    operations.propose_version(draft, actor=first)
    with pytest.raises(operations.ReasonMissing):
        operations.hand_back_version(draft, reason=" ", actor=second)
    operations.hand_back_version(draft, reason="Quelle fehlt", actor=second)
    draft.refresh_from_db()
    assert (draft.is_draft, draft.proposed_by) == (True, None)
    operations.propose_version(draft, actor=second)
    operations.adopt_version(draft, actor=first)


def test_an_adopted_version_and_its_rows_are_never_changed(current, first):
    rate = current.rates.first()
    for change in (
        lambda: operations.edit_rows(current, saved=[rate], removed=[], seen=0, actor=first),
        lambda: operations.edit_draft(current, values={"title": "anders"}, seen=0, actor=first),
        lambda: operations.propose_version(current, actor=first),
        lambda: operations.adopt_version(current, actor=first),
        lambda: operations.hand_back_version(current, reason="doch nicht", actor=first),
    ):
        with pytest.raises(NotAllowedNow):
            change()
    for change in (current.save, current.delete, rate.save, rate.delete):
        with pytest.raises(AdoptedForGood):
            change()


def test_a_proposal_is_not_edited_under_the_eyes_of_the_second_person(draft, first):
    operations.propose_version(draft, actor=first)
    with pytest.raises(NotAllowedNow):
        raise_rate(draft, 60_000, first)
    with pytest.raises(AdoptedForGood):
        draft.rates.first().save()


def test_a_row_of_another_version_cannot_be_moved_into_a_draft(draft, current, first):
    row = current.rates.first()
    operations.edit_rows(draft, saved=[], removed=[row], seen=draft.edits, actor=first)
    assert current.rates.filter(pk=row.pk).exists()
    with pytest.raises(AdoptedForGood):
        operations.edit_rows(draft, saved=[row], removed=[], seen=draft.edits, actor=first)


def test_of_two_edits_that_saw_the_same_draft_only_the_first_is_saved(draft, first, second):
    operations.edit_draft(draft, values={"title": "Richtlinie A"}, seen=0, actor=first)
    with pytest.raises(StaleVersion):
        operations.edit_draft(FundingGuideline.objects.get(pk=draft.pk), values={"title": "B"}, seen=0, actor=second)
    assert FundingGuideline.objects.get(pk=draft.pk).title == "Richtlinie A"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda draft: draft.rates.get(rate_class="ASSISTANT").delete(), "fehlt der Satz"),
        (lambda draft: draft.limits.filter(rate_class="SPECIALIST").first().delete(), "fehlt die Höchstzahl"),
        (lambda draft: draft.payout_dates.first().delete(), "nicht den ganzen Betrag"),
        (lambda draft: Rate(**copied(draft.rates.first())).save(), "zweimal"),
        (lambda draft: draft.rates.update(valid_from=date(2025, 7, 1)), "ganze Kalenderjahre"),
        (lambda draft: draft.rates.update(valid_until=date(2026, 12, 31)), "Jahr 2027 fehlt"),
    ],
)
def test_an_incomplete_version_is_neither_proposed_nor_adopted(draft, first, spoil, words):
    spoil(draft)
    with pytest.raises(IncompleteGuideline, match=words):
        operations.propose_version(draft, actor=first)


def copied(row) -> dict:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name != "id"}


def test_every_act_is_in_the_trail(draft, first, second):
    raise_rate(draft, 60_000, first)
    operations.propose_version(draft, actor=first)
    operations.adopt_version(draft, actor=second)
    acts = AuditEntry.objects.filter(target_type="programmes.FundingGuideline", target_id=str(draft.pk))
    assert [entry.verb for entry in acts.order_by("sequence")] == [
        "draft_new_version",
        "save_guideline_row",
        "propose_version",
        "adopt_version",
    ]


def test_a_proposal_waits_for_the_other_operators_only(draft, first, second, member, acting):
    on = date(2026, 1, 15)
    assert queries.tasks_for(second, on) == []
    operations.propose_version(draft, actor=first)
    assert queries.tasks_for(first, on) == []
    assert queries.tasks_for(acting(member(Role.GRANT_OFFICER)), on) == []
    (task,) = queries.tasks_for(second, on)
    assert task.url == f"/programme/richtlinien/{draft.pk}/"


def test_only_operators_see_drafts(draft, first, member, acting):
    assert draft in queries.guidelines_visible_to(first)
    assert draft not in queries.guidelines_visible_to(acting(member(Role.GRANT_APPROVER)))


@pytest.mark.postgres
def test_the_database_itself_refuses_a_second_signature_by_the_same_person(draft, first):
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingGuideline.objects.filter(pk=draft.pk).update(proposed_by=first.user, adopted_by=first.user)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_operators_who_save_the_same_draft_at_once_exactly_one_passes(
    reference, draft, first, second, at_the_same_time
):
    def edit(actor):
        own = FundingGuideline.objects.get(pk=draft.pk)
        operations.edit_draft(own, values={"title": actor.user.display_name}, seen=0, actor=actor)

    outcomes = at_the_same_time(lambda: edit(first), lambda: edit(second))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "StaleVersion"]
    assert FundingGuideline.objects.get(pk=draft.pk).edits == 1
