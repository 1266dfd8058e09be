"""Secondments: on no day more than confirmed, no teacher beyond a full post, one at a time even at the same instant."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.staffing import operations, queries
from verbund.staffing.calculations import Stretch, filled_on
from verbund.staffing.models import Secondment, TeacherRequest
from verbund.staffing.tests import story

pytestmark = pytest.mark.django_db
DAYS = [date(story.YEAR, 1, 1) + timedelta(days=number) for number in range(366)]


@pytest.fixture
def cast():
    return story.people()


@pytest.fixture
def request_of_two(cast):
    return story.confirmed(cast)


def test_three_teachers_fill_two_posts(request_of_two, cast):
    story.seconded(request_of_two, cast, label="Lehrkraft 1")
    story.seconded(request_of_two, cast, label="Lehrkraft 2", share="0.5")
    story.seconded(request_of_two, cast, label="Lehrkraft 3", share="0.5")
    found = queries.with_filled(TeacherRequest.objects.all(), on=date(2024, 6, 1)).get()
    assert found.posts_filled == 2
    with pytest.raises(operations.MoreThanConfirmed):
        story.seconded(request_of_two, cast, label="Lehrkraft 4", share="0.01", first=(12, 31))
    acts = AuditEntry.objects.filter(target_type="staffing.Secondment", verb="record_secondment")
    assert acts.count() == 3


def test_the_refusal_names_the_day_and_the_sum(request_of_two, cast):
    story.seconded(request_of_two, cast, label="Lehrkraft 1", first=(2, 1))
    story.seconded(request_of_two, cast, label="Lehrkraft 2", first=(8, 1))
    with pytest.raises(operations.MoreThanConfirmed) as refused:
        story.seconded(request_of_two, cast, label="Lehrkraft 3", share="0.5")
    assert str(refused.value) == "Am 01.08.2024 wären 2,5 Stellen besetzt; bestätigt sind 2."
    assert refused.value.field == "full_time_share"


def test_who_follows_the_day_after_takes_the_post_over(request_of_two, cast):
    story.seconded(request_of_two, cast, label="Lehrkraft 1")
    story.seconded(request_of_two, cast, label="Lehrkraft 2", last=(7, 31))
    story.seconded(request_of_two, cast, label="Lehrkraft 3", first=(8, 1))
    assert Secondment.objects.count() == 3


def test_one_teacher_is_never_more_than_one_post(request_of_two, cast):
    story.seconded(request_of_two, cast, label="Lehrkraft 1", share="0.6")
    with pytest.raises(operations.MoreThanOnePost):
        story.seconded(request_of_two, cast, label=" lehrkraft 1 ", share="0.5")
    assert story.seconded(request_of_two, cast, label="Lehrkraft 1", share="0.4").pk


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"share": "0"}, operations.MoreThanOnePost, "full_time_share"),
        ({"share": "1.01"}, operations.MoreThanOnePost, "full_time_share"),
        ({"first": (5, 2), "last": (5, 1)}, operations.PeriodOutOfOrder, "valid_until"),
    ],
)
def test_what_cannot_be_a_secondment_is_refused_at_its_field(request_of_two, cast, wrong, error, field):
    with pytest.raises(error) as refused:
        story.seconded(request_of_two, cast, **wrong)
    assert refused.value.field == field
    assert Secondment.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2023, 12, 31), date(2024, 6, 30), "valid_from"),
        (date(2024, 8, 1), date(2025, 7, 31), "valid_until"),
    ],
)
def test_a_secondment_stays_within_the_year_of_its_posts(request_of_two, first, last, field):
    with pytest.raises(operations.OutsideTheYear) as refused:
        operations.refuse_secondment(request_of_two, label="Lehrkraft 1", stretch=Stretch(Decimal(1), first, last))
    assert refused.value.field == field


def test_nobody_is_seconded_before_the_ministry_confirmed(cast):
    with pytest.raises(NotAllowedNow, match="sobald das Schulministerium bestätigt hat"):
        story.seconded(story.requested(cast), cast)


def test_a_secondment_ends_before_its_time_with_a_reason_and_frees_the_rest(request_of_two, cast):
    first = story.seconded(request_of_two, cast, label="Lehrkraft 1")
    story.seconded(request_of_two, cast, label="Lehrkraft 2")
    end = {"actor": cast.lead}
    for day in (date(2023, 12, 31), date(2024, 12, 31), date(2025, 1, 1)):
        with pytest.raises(operations.PeriodOutOfOrder):
            operations.end_secondment(first, last_day=day, end_reason="Elternzeit", **end)
    with pytest.raises(operations.ReasonMissing):
        operations.end_secondment(first, last_day=date(2024, 5, 31), end_reason="", **end)
    operations.end_secondment(first, last_day=date(2024, 5, 31), end_reason="Elternzeit", **end)
    with pytest.raises(NotAllowedNow):
        operations.end_secondment(first, last_day=date(2024, 4, 30), end_reason="noch früher", **end)
    assert story.seconded(request_of_two, cast, label="Lehrkraft 3", first=(6, 1)).pk
    assert Secondment.objects.get(pk=first.pk).valid_until == date(2024, 5, 31)


def test_a_cancelled_secondment_stays_to_be_read_and_counts_no_more(request_of_two, cast):
    wrong = story.seconded(request_of_two, cast, label="Lehrkraft 1")
    story.seconded(request_of_two, cast, label="Lehrkraft 2")
    with pytest.raises(operations.ReasonMissing):
        operations.cancel_secondment(wrong, end_reason=" ", actor=cast.lead)
    operations.cancel_secondment(wrong, end_reason="Doppelt eingetragen", actor=cast.lead)
    assert story.seconded(request_of_two, cast, label="Lehrkraft 1").pk
    found = queries.with_filled(TeacherRequest.objects.all(), on=date(2024, 6, 1)).get()
    assert (found.posts_filled, found.secondments.count()) == (2, 3)
    with pytest.raises(NotAllowedNow):
        operations.cancel_secondment(wrong, end_reason="noch einmal", actor=cast.lead)


TYPED = st.lists(
    st.tuples(
        st.sampled_from(["Lehrkraft 1", "Lehrkraft 2", "Lehrkraft 3"]),
        st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal(1)]),
        st.sampled_from(DAYS),
        st.sampled_from(DAYS),
    ),
    max_size=6,
)


def test_whatever_is_typed_no_day_holds_more_than_confirmed(request_of_two, cast):
    @hypothesis_settings(max_examples=25)
    @given(TYPED)
    def fill(typed):
        Secondment.objects.all().delete()
        for label, share, *days in typed:
            first, last = sorted(days)
            ends = {"first": (first.month, first.day), "last": (last.month, last.day)}
            try:
                story.seconded(request_of_two, cast, label=label, share=str(share), **ends)
            except (operations.MoreThanConfirmed, operations.MoreThanOnePost):
                continue
        kept = [one.stretch for one in Secondment.objects.all()]
        assert all(filled_on(kept, day) <= 2 for day in DAYS)

    fill()


@pytest.mark.postgres
def test_the_database_itself_refuses_shares_and_periods_that_cannot_be(request_of_two, cast):
    secondment = story.seconded(request_of_two, cast)
    for wrong in (
        {"full_time_share": Decimal("1.1")},
        {"full_time_share": Decimal(0)},
        {"valid_until": date(2023, 12, 31)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Secondment.objects.filter(pk=secondment.pk).update(**wrong)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_fill_the_last_post_at_once_exactly_one_passes(reference, at_the_same_time):
    cast = story.people()
    request = story.confirmed(cast, posts="1")
    outcomes = at_the_same_time(
        lambda: story.seconded(request, cast, label="Lehrkraft 1"),
        lambda: story.seconded(request, cast, label="Lehrkraft 2"),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoreThanConfirmed", "Secondment"]
    assert Secondment.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_request_both_would_pass(reference, at_the_same_time):
    """The same check and the same row as `record_secondment`, without the locked row around them."""
    cast = story.people()
    request = story.confirmed(cast, posts="1")
    both_have_checked = Barrier(2)

    def second_without_lock(label):
        own = TeacherRequest.objects.get(pk=request.pk)
        stretch = Stretch(Decimal(1), date(2024, 1, 1), date(2024, 12, 31))
        operations.refuse_secondment(own, label=label, stretch=stretch)
        both_have_checked.wait(timeout=20)
        return Secondment.objects.create(
            request=own,
            label=label,
            full_time_share=stretch.share,
            valid_from=stretch.first,
            valid_until=stretch.last,
            recorded_on=story.SECONDED,
        )

    outcomes = at_the_same_time(lambda: second_without_lock("Lehrkraft 1"), lambda: second_without_lock("Lehrkraft 2"))
    assert [type(outcome).__name__ for outcome in outcomes] == ["Secondment", "Secondment"]
    assert filled_on([one.stretch for one in Secondment.objects.all()], date(2024, 6, 1)) == 2
