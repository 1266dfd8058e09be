"""Who holds a funded post: never more than there is of it on any day, gaps and part-timers exact, names protected."""

from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from verbund.core import audit
from verbund.core.acting import SYSTEM
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.core.privacy import places_naming
from verbund.staffing import operations, queries
from verbund.staffing.calculations import Stretch, filled_on
from verbund.staffing.models import Occupancy, Post
from verbund.staffing.tests.posts import LAST, ON, YEAR, R, occupied, plan, provided

pytestmark = pytest.mark.django_db


def day(month: int, number: int) -> date:
    return date(YEAR, month, number)


@pytest.fixture
def post():
    return provided()[0]


def stretches(post: Post) -> list[tuple]:
    (row,) = queries.occupied_rows([post])
    return [(stretch.share, stretch.first, stretch.last) for stretch in row.stretches]


def test_two_part_timers_fill_a_post_exactly_and_one_hundredth_more_is_refused_with_its_day(post):
    occupied(post, holder="Person A", share="0.6")
    with pytest.raises(operations.MoreThanThePost) as refused:
        occupied(post, holder="Person B", share="0.41", first=(7, 1))
    assert str(refused.value) == "Am 01.07.2024 wäre die Stelle zu 1,01 besetzt; gefördert ist höchstens 1."
    assert refused.value.field == "full_time_share"
    occupied(post, holder="Person B", share="0.4", first=(7, 1))
    assert [share for share, *_days in stretches(post)] == [Decimal("0.6"), Decimal("0.4")]


def test_a_half_post_is_full_with_a_half(post):
    (half,) = provided(plan("Assistenz", "0.5", rate_class=R.ASSISTANT), source="application:13")
    assert (half.is_in_kind, Post(rate_class=R.TEACHER).is_in_kind) == (False, True)
    with pytest.raises(operations.MoreThanThePost, match="zu 0,75 besetzt; gefördert ist höchstens 0,5"):
        occupied(half, share="0.75")
    assert occupied(half, share="0.5").pk


def test_who_follows_the_day_after_takes_over_and_a_gap_of_one_day_stays_a_gap(post):
    occupied(post, holder="Person A", last=(2, 29))
    with pytest.raises(operations.MoreThanThePost, match=r"Am 29\.02\.2024"):
        occupied(post, holder="Person B", first=(2, 29))
    occupied(post, holder="Person B", first=(3, 2))
    filled = queries.occupied_rows([post])[0].stretches
    assert [filled_on(filled, one) for one in (day(2, 29), day(3, 1), day(3, 2))] == [1, 0, 1]


def test_somebody_not_funded_keeps_the_post_and_leaves_its_money_to_the_deputy(post):
    occupied(post, holder="Person A", is_funded=False)
    occupied(post, holder="Person B")
    assert stretches(post) == [(1, day(1, 1), day(12, 31))]
    assert len(queries.occupied_rows([post], only_funded=False)[0].stretches) == 2


def test_the_qualification_is_a_gate_and_not_a_rate(post):
    occupancy = occupied(post, is_qualified=False)
    assert (stretches(post), occupancy.counts) == ([], False)
    with pytest.raises(operations.MoreThanThePost):
        occupied(post, holder="Person B", share="0.1")
    operations.confirm_qualification(occupancy, on=day(5, 2), actor=SYSTEM)
    assert stretches(post) == [(1, day(1, 1), day(12, 31))]
    with pytest.raises(operations.AlreadyConfirmed, match=r"am 02\.05\.2024"):
        operations.confirm_qualification(occupancy, on=day(5, 3), actor=SYSTEM)


def test_where_no_qualification_is_asked_for_there_is_no_gate():
    (post,) = provided(plan("Assistenz", "0.5", rate_class=R.ASSISTANT, needs_qualification=False))
    assert occupied(post, share="0.5", is_qualified=False).counts
    assert len(stretches(post)) == 1


def test_a_share_changes_in_the_middle_of_a_month(post):
    first = occupied(post)
    change = {"on": ON, "actor": SYSTEM, "is_funded": True}
    for wrong in (day(1, 1), date(2025, 1, 1)):
        with pytest.raises(operations.PeriodOutOfOrder):
            operations.change_share(first, first_day=wrong, full_time_share=Decimal("0.5"), **change)
    with pytest.raises(operations.NothingChanged):
        operations.change_share(first, first_day=day(2, 16), full_time_share=Decimal(1), **change)
    second = operations.change_share(first, first_day=day(2, 16), full_time_share=Decimal("0.5"), **change)
    assert stretches(post) == [(1, day(1, 1), day(2, 15)), (Decimal("0.5"), day(2, 16), day(12, 31))]
    assert (second.holder, second.is_qualified, first.status) == ("Person A", True, "ENDED")
    with pytest.raises(NotAllowedNow):
        operations.change_share(first, first_day=day(2, 1), full_time_share=Decimal("0.25"), **change)
    occupied(post, holder="Person B", share="0.5", first=(2, 16))
    with pytest.raises(operations.MoreThanThePost):
        operations.change_share(second, first_day=day(3, 1), full_time_share=Decimal("0.6"), **change)
    operations.change_share(
        second, first_day=day(3, 1), full_time_share=Decimal("0.5"), **change | {"is_funded": False}
    )
    assert occupied(post, holder="Person C", share="0.5", first=(3, 1)).pk


def test_ending_frees_the_rest_and_a_mistake_counts_no_more(post):
    occupancy = occupied(post)
    for wrong in (date(2023, 12, 31), LAST, date(2025, 1, 1)):
        with pytest.raises(operations.PeriodOutOfOrder):
            operations.end_occupancy(occupancy, last_day=wrong, actor=SYSTEM)
    operations.end_occupancy(occupancy, last_day=day(2, 29), actor=SYSTEM)
    with pytest.raises(NotAllowedNow):
        operations.end_occupancy(occupancy, last_day=day(2, 1), actor=SYSTEM)
    assert stretches(post) == [(1, day(1, 1), day(2, 29))]
    operations.cancel_occupancy(occupancy, actor=SYSTEM)
    assert stretches(post) == []
    for act in (lambda: operations.cancel_occupancy(occupancy, actor=SYSTEM),
                lambda: operations.confirm_qualification(occupancy, on=ON, actor=SYSTEM)):  # fmt: skip
        with pytest.raises(NotAllowedNow):
            act()


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"share": "0"}, operations.MoreThanThePost, "full_time_share"),
        ({"share": "1.01"}, operations.MoreThanThePost, "full_time_share"),
        ({"first": (5, 2), "last": (5, 1)}, operations.PeriodOutOfOrder, "valid_until"),
        ({"first": (3, 31)}, operations.OutsideThePost, "valid_from"),
        ({"first": (4, 1), "last": (12, 31)}, operations.OutsideThePost, "valid_until"),
    ],
)
def test_what_cannot_be_an_occupancy_is_refused_at_its_field(wrong, error, field):
    (post,) = provided(plan(valid_from=day(4, 1), valid_until=day(11, 30)))
    with pytest.raises(error) as refused:
        occupied(post, **wrong)
    assert (refused.value.field, Occupancy.objects.count()) == (field, 0)


def test_the_same_posts_again_change_nothing_and_a_later_version_keeps_who_holds_them(post):
    entries = AuditEntry.objects.count()
    assert provided() == [post]
    assert AuditEntry.objects.count() == entries
    occupied(post, share="0.5", last=(6, 30))
    shorter = plan(share="0.5", valid_until=day(9, 30))
    changed, new = provided(shorter, plan("Fachkraft 2"))
    assert (changed.pk, changed.full_time_share, changed.valid_until) == (post.pk, Decimal("0.5"), day(9, 30))
    assert len(stretches(changed)) == 1
    assert provided(shorter) == [changed]
    assert Post.objects.get(pk=new.pk).ended_on == ON
    with pytest.raises(NotAllowedNow, match="weggefallen"):
        occupied(new)
    assert provided(shorter, plan("Fachkraft 2")) == [changed, new]


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        (plan("Fachkraft 2"), "Die Stelle „Fachkraft 1“ ist noch besetzt"),
        (plan(valid_from=day(2, 1)), "ist am 01.01.2024 besetzt"),
        (plan(valid_until=day(6, 29)), "ist am 30.06.2024 besetzt"),
        (plan(share="0.5"), "Am 01.01.2024 ist die Stelle „Fachkraft 1“ zu 1 besetzt; bewilligt wäre nur noch 0,5."),
    ],
)
def test_a_later_version_never_leaves_somebody_outside(post, later, sentence):
    occupied(post, last=(6, 30))
    before = list(Post.objects.values())
    with pytest.raises(operations.OccupancyOutside) as refused:
        provided(later)
    assert sentence in str(refused.value)
    assert list(Post.objects.values()) == before


def test_the_history_tells_the_acts_and_protects_the_name(post):
    occupancy = occupied(post, holder="Person Kanarius")
    shown = audit.history_of(occupancy)
    assert [entry["what"] for entry in shown] == ["Besetzung eingetragen"]
    assert "Kanarius" not in str(shown)
    assert places_naming("Kanarius") == [f"staffing.Occupancy.holder:{occupancy.pk}"]
    assert "Kanarius" not in str(occupancy)


def test_the_number_of_statements_does_not_grow_with_posts(post, django_assert_num_queries):
    provided(*(plan(f"Fachkraft {number}") for number in range(1, 5)))
    for one in Post.objects.all():
        occupied(one, share="0.5")
        occupied(one, share="0.5", holder="Person B")
    with django_assert_num_queries(2):
        assert len(queries.occupied_rows(queries.posts_of_source("application:12"))) == 4
    with django_assert_num_queries(2):
        assert [row.filled for row in queries.funded_numbers_by_centre(YEAR, on=ON)] == [4]
    assert queries.occupied_by_class(post.centre_id, on=day(6, 1)) == {"SPECIALIST": 4}


@pytest.mark.postgres
def test_the_database_itself_refuses_what_cannot_be(post):
    occupancy = occupied(post)
    for model, pk, wrong in (
        (Occupancy, occupancy.pk, {"full_time_share": Decimal("1.1")}),
        (Occupancy, occupancy.pk, {"full_time_share": Decimal(0)}),
        (Occupancy, occupancy.pk, {"valid_until": date(2023, 12, 31)}),
        (Post, post.pk, {"full_time_share": Decimal("1.000001")}),
        (Post, post.pk, {"valid_until": date(2023, 12, 31)}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=pk).update(**wrong)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_half_at_once_exactly_one_passes(reference, at_the_same_time):
    (post,) = provided()
    occupied(post, share="0.5")
    outcomes = at_the_same_time(
        lambda: occupied(post, holder="Person B", share="0.5"), lambda: occupied(post, holder="Person C", share="0.5")
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoreThanThePost", "Occupancy"]
    assert filled_on(queries.occupied_rows([post])[0].stretches, day(6, 1)) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_post_both_would_pass(reference, at_the_same_time):
    """The same check and the same row as `record_occupancy`, without the locked row around them."""
    (post,) = provided()
    both_have_checked = Barrier(2)

    def occupy_without_lock(holder):
        own = Post.objects.get(pk=post.pk)
        stretch = Stretch(Decimal(1), day(1, 1), day(12, 31))
        operations.refuse_occupancy(own, stretch=stretch, is_funded=True)
        both_have_checked.wait(timeout=20)
        return Occupancy.objects.create(
            post=own, holder=holder, full_time_share=1, valid_from=stretch.first, valid_until=stretch.last,
            qualification_confirmed_on=ON, recorded_on=ON,
        )  # fmt: skip

    outcomes = at_the_same_time(lambda: occupy_without_lock("Person B"), lambda: occupy_without_lock("Person C"))
    assert [type(outcome).__name__ for outcome in outcomes] == ["Occupancy", "Occupancy"]
    assert filled_on(queries.occupied_rows([post])[0].stretches, day(6, 1)) == 2
