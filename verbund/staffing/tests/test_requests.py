"""Requests for teacher posts: who asks for how many, what the guideline allows, what the ministry decides."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.support.cast import acting, centre, member
from verbund.accounts.roles import Role
from verbund.core.acting import SamePerson
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry, InboxMessage
from verbund.core.versions import StaleVersion
from verbund.programmes import operations as programmes
from verbund.programmes.queries import guideline_for
from verbund.staffing import operations, queries
from verbund.staffing.models import TeacherRequest
from verbund.staffing.tests import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return story.people()


def stored(request) -> TeacherRequest:
    return TeacherRequest.objects.get(pk=request.pk)


def test_two_posts_are_requested_confirmed_and_remembered_with_who_and_when(cast):
    request = story.confirmed(cast, reason="Seiteneinsteiger")
    found = stored(request)
    assert (found.status, found.posts_requested, found.posts_confirmed) == ("CONFIRMED", 2, 2)
    assert (found.requested_by, found.requested_on) == (cast.lead.user, story.ASKED)
    assert (found.decided_by, found.decided_on) == (cast.ministry.user, story.DECIDED)
    assert found.guideline == queries.limit_for("CITY", story.YEAR).guideline
    acts = AuditEntry.objects.filter(target_type="staffing.TeacherRequest", target_id=str(request.pk))
    assert list(acts.order_by("sequence").values_list("verb", flat=True)) == [
        "start_request",
        "submit_request",
        "confirm_request",
    ]


@pytest.mark.parametrize(
    ("key", "year", "most"),
    [("05122", 2012, "2"), ("05122", 2018, "3"), ("05978", 2018, "3.5"), ("05978", 2023, "2"), ("05122", 2025, "2")],
)
def test_up_to_the_number_of_the_guideline_and_no_half_post_more(key, year, most):
    cast = story.people(key)
    with pytest.raises(operations.TooManyPosts):
        story.draft(cast, key=key, year=year, posts=str(Decimal(most) + Decimal("0.5")))
    assert story.draft(cast, key=key, year=year, posts=most).posts_requested == Decimal(most)


def test_the_refusal_names_the_guideline_and_how_sure_the_number_is(cast):
    with pytest.raises(operations.TooManyPosts) as refused:
        story.draft(cast, year=2023, posts="2.5")
    assert refused.value.field == "posts_requested"
    assert "Höchstens 2 Stellen" in str(refused.value)
    assert "Fassung 5" in str(refused.value)
    assert "Sicherheit der Angabe B" in str(refused.value)
    assert "nicht bestätigt" not in str(refused.value)
    with pytest.raises(operations.TooManyPosts, match="Die Zahl ist nicht bestätigt"):
        story.draft(cast, year=2025, posts="2.5")


def test_where_the_guideline_is_silent_nothing_is_refused_and_the_number_is_not_confirmed(cast):
    silent_on_teachers(2025)
    request = story.requested(cast, year=2025, posts="3")
    limit = queries.limit_for("CITY", 2025, guideline=request.guideline)
    assert (limit.posts, limit.mark, limit.is_confirmed) == (None, "E", False)
    assert queries.limit_for("CITY", 2005).guideline is None


def silent_on_teachers(year: int) -> None:
    """Adopt a version for the year that says nothing about teachers, as two operators do."""
    first, second = acting(member(Role.OPERATOR)), acting(member(Role.OPERATOR))
    version = programmes.draft_new_version(guideline_for("KI_BASE", year), actor=first)
    rows = list(version.limits.filter(rate_class="TEACHER"))
    programmes.edit_rows(version, saved=[], removed=rows, seen=version.edits, actor=first)
    programmes.propose_version(version, actor=first)
    programmes.adopt_version(version, actor=second)


@pytest.mark.parametrize("posts", ["0", "0.25", "1.7", "20.5", "-1"])
def test_posts_come_in_halves(cast, posts):
    with pytest.raises(operations.NotInHalfPosts):
        story.draft(cast, posts=posts)


def test_a_centre_has_one_request_a_year_until_it_is_declined_or_withdrawn(cast):
    first = story.draft(cast)
    with pytest.raises(operations.RequestExists):
        story.draft(cast)
    operations.withdraw_request(first, on=story.ASKED, actor=cast.signatory)
    second = story.requested(cast)
    operations.decline_request(second, decision_reason="Keine Stellen", on=story.DECIDED, actor=cast.ministry)
    assert story.draft(cast).pk
    assert story.draft(cast, year=2023).pk


def test_a_draft_is_edited_once_per_shown_state_and_never_after_it_was_sent(cast):
    request = story.draft(cast)
    typed = {"posts_requested": Decimal("1.5"), "reason": "Sprachbildung", "actor": cast.signatory}
    operations.edit_request(request, **typed, seen_version=1)
    with pytest.raises(StaleVersion):
        operations.edit_request(request, **typed | {"reason": "anders"}, seen_version=1)
    assert (stored(request).posts_requested, stored(request).reason) == (Decimal("1.5"), "Sprachbildung")
    with pytest.raises(operations.TooManyPosts):
        operations.edit_request(request, **typed | {"posts_requested": Decimal(3)}, seen_version=2)
    operations.submit_request(request, on=story.ASKED, actor=cast.lead)
    with pytest.raises(NotAllowedNow):
        operations.edit_request(request, **typed, seen_version=2)


def test_the_ministry_confirms_fewer_with_a_reason_and_never_more(cast):
    request = story.requested(cast)
    decide = {"on": story.DECIDED, "actor": cast.ministry}
    with pytest.raises(operations.MoreThanRequested):
        operations.confirm_request(request, posts_confirmed=Decimal("2.5"), **decide)
    with pytest.raises(operations.ReasonMissing):
        operations.confirm_request(request, posts_confirmed=Decimal(1), **decide)
    with pytest.raises(operations.NotInHalfPosts):
        operations.confirm_request(request, posts_confirmed=Decimal("1.2"), decision_reason="knapp", **decide)
    assert stored(request).status == "REQUESTED"
    operations.confirm_request(request, posts_confirmed=Decimal(1), decision_reason="Mehr gibt es nicht.", **decide)
    assert (stored(request).posts_confirmed, stored(request).decision_reason) == (1, "Mehr gibt es nicht.")


def test_declining_needs_a_reason(cast):
    request = story.requested(cast)
    with pytest.raises(operations.ReasonMissing):
        operations.decline_request(request, decision_reason=" ", on=story.DECIDED, actor=cast.ministry)
    operations.decline_request(request, decision_reason="Lehrermangel", on=story.DECIDED, actor=cast.ministry)
    assert (stored(request).status, stored(request).posts_confirmed) == ("DECLINED", None)


def test_who_requested_does_not_decide_in_another_function_or_as_deputy(cast):
    request = story.requested(cast)
    same_person = acting(story.at_school_ministry(user=cast.lead.user))
    deputy = acting(story.at_school_ministry(), by=cast.lead.user)
    for actor in (same_person, deputy):
        with pytest.raises(SamePerson):
            operations.confirm_request(request, posts_confirmed=Decimal(2), on=story.DECIDED, actor=actor)
        with pytest.raises(SamePerson):
            operations.decline_request(request, decision_reason="Nein", on=story.DECIDED, actor=actor)


def test_what_is_decided_stays(cast):
    request = story.confirmed(cast)
    for act in (
        lambda: operations.submit_request(request, on=story.ASKED, actor=cast.lead),
        lambda: operations.withdraw_request(request, on=story.ASKED, actor=cast.lead),
        lambda: operations.decline_request(request, decision_reason="Doch", on=story.ASKED, actor=cast.ministry),
        lambda: operations.confirm_request(request, posts_confirmed=Decimal(2), on=story.ASKED, actor=cast.ministry),
    ):
        with pytest.raises(NotAllowedNow):
            act()


def test_a_draft_is_not_decided(cast):
    request = story.draft(cast)
    with pytest.raises(NotAllowedNow):
        operations.confirm_request(request, posts_confirmed=Decimal(2), on=story.ASKED, actor=cast.ministry)


def test_the_ministry_of_schools_hears_of_requests_and_the_carrier_of_decisions(cast):
    other_ministry = member(Role.MINISTRY_APPROVER)
    other_lead = member(Role.CENTRE_LEAD, at="05978")
    assert other_ministry.organisation.code != "MIN-SCHULE"
    request = story.requested(cast)
    assert hearers() == {cast.ministry.user}
    InboxMessage.objects.all().delete()
    operations.confirm_request(request, posts_confirmed=Decimal(2), on=story.DECIDED, actor=cast.ministry)
    assert hearers() == {cast.lead.user, cast.signatory.user}
    assert other_lead.user not in hearers()


def test_a_withdrawn_draft_tells_nobody_a_withdrawn_request_the_ministry(cast):
    operations.withdraw_request(story.draft(cast), on=story.ASKED, actor=cast.lead)
    assert hearers() == set()
    request = story.requested(cast)
    InboxMessage.objects.all().delete()
    operations.withdraw_request(request, on=story.ASKED, actor=cast.lead)
    assert hearers() == {cast.ministry.user}


def hearers() -> set:
    return {message.user for message in InboxMessage.objects.select_related("user")}


@pytest.mark.postgres
@pytest.mark.parametrize(
    "wrong",
    [
        {"posts_requested": Decimal("1.2")},
        {"posts_requested": Decimal(0)},
        {"posts_confirmed": Decimal("2.5")},
        {"posts_confirmed": None},
    ],
)
def test_the_database_itself_refuses_wrong_numbers(cast, wrong):
    request = story.confirmed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeacherRequest.objects.filter(pk=request.pk).update(**wrong)


@pytest.mark.postgres
def test_the_database_itself_refuses_a_second_request_and_a_decision_of_ones_own(cast):
    request = story.confirmed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeacherRequest.objects.create(
            centre=centre(), year=story.YEAR, posts_requested=Decimal(1), status_since=story.ASKED
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        TeacherRequest.objects.filter(pk=request.pk).update(decided_by=cast.lead.user)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_request_at_once_exactly_one_passes(reference, at_the_same_time):
    cast = story.people()
    outcomes = at_the_same_time(lambda: story.draft(cast), lambda: story.draft(cast))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["RequestExists", "TeacherRequest"]
    assert TeacherRequest.objects.count() == 1
