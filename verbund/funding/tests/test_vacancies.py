"""What a vacancy costs: the notice computed again with the posts as occupied, by its own rules, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from verbund.core.acting import SYSTEM
from verbund.funding import vacancies
from verbund.funding.models import GrantNotice
from verbund.funding.operations import PostPlan
from verbund.funding.tests import story
from verbund.programmes.rules import DAYS, HALF_MONTHS, STARTED_MONTHS
from verbund.staffing import operations as staffing
from verbund.staffing import queries as posts_of
from verbund.staffing.models import Occupancy

pytestmark = pytest.mark.django_db
ON = date(2024, 12, 1)
ALL_YEAR = ((1, 1), (12, 31))


def granted(year: int = 2024, **options) -> GrantNotice:
    """Return the notice of three specialists and half an assistant: 193,500 euros."""
    values = {"amount": "193500", "on": date(year - 1, 12, 1), **options}
    return story.granted(story.call_for(year), story.people(), **values)


def occupy(notice: GrantNotice, label: str, *rows, is_funded: bool = True, is_qualified: bool = True) -> None:
    """Record rows on a post: share, first and last day as (month, day)."""
    source = vacancies.source_key(notice.application)
    post = posts_of.posts_of_source(source).get(label=label)
    year = post.valid_from.year
    for number, (share, first, last) in enumerate(rows):
        staffing.record_occupancy(
            post,
            holder=f"Person {number}",
            full_time_share=Decimal(share),
            valid_from=date(year, *first),
            valid_until=date(year, *last),
            is_funded=is_funded,
            is_qualified=is_qualified,
            on=ON,
            actor=SYSTEM,
        )


def of_first_post(notice: GrantNotice, *rows, on: date = ON, **options) -> vacancies.PostConsequence:
    Occupancy.objects.all().delete()
    occupy(notice, "Fachkraft 1", *rows, **options)
    return vacancies.consequences(notice.application, on=on).posts[0]


def test_a_notice_provides_its_posts_with_share_days_and_reference():
    notice = granted(2012, amount="14167", posts=story.full_staff(2012, first=date(2012, 12, 1)))
    found = posts_of.posts_of_source(vacancies.source_key(notice.application))
    assert [(post.label, str(post.full_time_share.normalize()), post.needs_qualification) for post in found] == [
        ("Fachkraft 1", "1", True),
        ("Fachkraft 2", "1", True),
        ("Fachkraft 3", "1", True),
        ("Assistenz", "0.5", False),
    ]
    assert {(post.valid_from, post.valid_until, post.source_reference) for post in found} == {
        (date(2012, 12, 1), date(2012, 12, 31), notice.file_reference)
    }
    assert found[0].centre == notice.application.centre


def test_two_rows_with_one_label_are_one_post_over_both_their_days():
    half = {"function": story.F.SOCIAL_EDUCATION, "rate_class": story.R.SPECIALIST, "is_qualified": True}
    first = PostPlan("Fachkraft 1", full_time_share=Decimal("0.5"), occupied_from=date(2024, 2, 1),
                     occupied_until=date(2024, 6, 30), **half)  # fmt: skip
    second = PostPlan("Fachkraft 1", full_time_share=Decimal("0.25"), occupied_from=date(2024, 6, 1),
                      occupied_until=date(2024, 11, 30), **half)  # fmt: skip
    notice = granted(amount="19000", posts=[first, second])
    (post,) = posts_of.posts_of_source(vacancies.source_key(notice.application))
    assert (post.full_time_share, post.valid_from, post.valid_until) == (
        Decimal("0.75"),
        first.occupied_from,
        second.occupied_until,
    )
    filled = of_first_post(notice, ("0.75", (2, 1), (11, 30)))
    assert (filled.difference, filled.sentence) == (0, "durchgehend besetzt")


def test_three_vacant_months_of_a_post_are_three_twelfths_of_its_rate():
    notice = granted()
    occupy(notice, "Fachkraft 1", ("1", (1, 1), (3, 31)), ("1", (7, 1), (12, 31)))
    for label in ("Fachkraft 2", "Fachkraft 3"):
        occupy(notice, label, ("1", *ALL_YEAR))
    occupy(notice, "Assistenz", ("0.5", *ALL_YEAR))
    found = vacancies.consequences(notice.application, on=date(2024, 5, 1))
    first, *others = found.posts
    assert first.sentence == "3 Monate unbesetzt: −14.250,00\u202f€"
    assert (first.amount_granted, first.amount_occupied, first.difference) == (57000, 42750, -14250)
    assert [(gap.first, gap.last, gap.share) for gap in first.gaps] == [(date(2024, 4, 1), date(2024, 6, 30), 1)]
    assert (first.is_vacant_on(date(2024, 6, 30)), first.is_vacant_on(date(2024, 7, 1))) == (True, False)
    assert [(one.difference, one.sentence, one.gaps) for one in others] == [(0, "durchgehend besetzt", ())] * 3
    assert (found.computation.total, found.amount_now, found.total_difference) == (179250, 179250, -14250)
    assert [line.note for line in first.lines] == ["57.000,00\u202f€ × 12/12 Monate", "57.000,00\u202f€ × 9/12 Monate"]
    assert [(line.label, line.amount) for line in found.lines] == [("Fachkraft 1", -14250)]


def test_by_months_fifteen_days_make_a_month_and_fourteen_none():
    notice = granted()
    cases = {
        "all year": ((("1", *ALL_YEAR),), "durchgehend besetzt", 0),
        "15 days of April": ((("1", (1, 1), (4, 15)),), "8 Monate unbesetzt", -38000),
        "14 days of April": ((("1", (1, 1), (4, 14)),), "9 Monate unbesetzt", -42750),
        "15 days of February": ((("1", (2, 15), (12, 31)),), "1 Monat unbesetzt", -4750),
        "14 days of February": ((("1", (2, 16), (12, 31)),), "2 Monate unbesetzt", -9500),
        "gap of one day": ((("1", (1, 1), (2, 28)), ("1", (3, 1), (12, 31))), "1 Tag unbesetzt: kein Abzug", 0),
        "15 days in two pieces": ((("1", (1, 1), (1, 7)), ("1", (1, 24), (12, 31))), "16 Tage unbesetzt: kein", 0),
        "half for three months": (
            (("1", (1, 1), (9, 30)), ("0.5", (10, 1), (12, 31))),
            "umgerechnet 1,5 Monate unbesetzt",
            -7125,
        ),
        "half from mid-month": ((("1", (1, 1), (9, 15)), ("0.5", (9, 16), (12, 31))), "umgerechnet 1,75 Monate", -8312),
        "two part-timers": ((("0.6", *ALL_YEAR), ("0.4", *ALL_YEAR)), "durchgehend besetzt", 0),
        "nobody": ((), "12 Monate unbesetzt", -57000),
    }  # fmt: skip
    wrong = []
    for case, (rows, sentence, difference) in cases.items():
        found = of_first_post(notice, *rows)
        if sentence not in found.sentence or round(found.difference) != difference:
            wrong.append(f"{case}: {found.sentence} ({found.difference})")
    assert wrong == []


@pytest.mark.parametrize(
    ("method", "sentence", "difference"),
    [
        (DAYS, "107 Tage unbesetzt", "-16663.93"),
        (HALF_MONTHS, "7 halbe Monate unbesetzt", "-16625.00"),
        (STARTED_MONTHS, "3 Monate unbesetzt", "-14250.00"),
    ],
)
def test_the_notice_decides_how_time_is_counted(method, sentence, difference):
    notice = granted()
    notice.parameters["rules"]["pro_rata"] = method
    notice.save(update_fields=["parameters"])
    found = of_first_post(notice, ("1", (1, 1), (2, 29)), ("1", (6, 16), (12, 31)))
    assert (found.sentence.split(":")[0], str(found.difference)) == (sentence, difference)


def test_what_is_not_funded_or_not_qualified_counts_as_vacant():
    notice = granted()
    assert of_first_post(notice, ("1", *ALL_YEAR), is_funded=False).difference == -57000
    assert of_first_post(notice, ("1", *ALL_YEAR), is_qualified=False).difference == -57000
    (row,) = Occupancy.objects.all()
    staffing.confirm_qualification(row, on=ON, actor=SYSTEM)
    assert vacancies.consequences(notice.application, on=ON).posts[0].difference == 0


def test_months_to_come_count_as_far_as_somebody_is_recorded():
    notice = granted()
    occupied = of_first_post(notice, ("1", (1, 1), (12, 31)), on=date(2024, 5, 1))
    assert (occupied.difference, occupied.is_vacant_on(date(2024, 5, 1))) == (0, False)
    leaving = of_first_post(notice, ("1", (1, 1), (8, 31)), on=date(2024, 5, 1))
    assert leaving.sentence.startswith("4 Monate unbesetzt")
    vacant = of_first_post(notice, ("1", (1, 1), (3, 31)), on=date(2024, 5, 1))
    assert (vacant.sentence.split(":")[0], vacant.is_vacant_on(date(2024, 5, 1))) == ("9 Monate unbesetzt", True)


def test_never_more_than_was_granted_and_never_more_than_the_day_was_granted():
    call, cast = story.call_for(2024), story.people()
    decision = story.proposed(call, cast, amount="193500", on=date(2023, 12, 1))
    decision.amount, decision.deviation_reason = Decimal(170000), "Haushaltsmittel"
    decision.save(update_fields=["amount", "deviation_reason"])
    notice = story.operations.countersign_decision(decision, issued_on=date(2023, 12, 1), actor=cast.approver)
    for label in ("Fachkraft 1", "Fachkraft 2", "Fachkraft 3"):
        occupy(notice, label, ("1", *ALL_YEAR))
    found = vacancies.consequences(notice.application, on=ON)
    assert (found.computation.total, found.amount_now, found.total_difference) == (171000, 170000, 0)
    assert [(line.label, line.amount) for line in found.lines] == [
        ("Assistenz", -22500),
        ("Rundung und Abweichung", 22500),
    ]


def test_without_a_granting_notice_there_are_no_consequences():
    application = story.submitted(story.call_for(2024), story.people())
    with pytest.raises(vacancies.NoPostsGranted):
        vacancies.consequences(application, on=ON)
