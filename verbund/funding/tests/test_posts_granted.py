"""How many posts a centre has granted: what stands of it for a day, after changes, withdrawals and deletion."""

import re
from datetime import date
from decimal import Decimal

import pytest

from tests.support.cast import client_of
from verbund.funding import operations, queries
from verbund.funding.models import Decision, GrantNotice
from verbund.funding.tests import proofs, story
from verbund.funding.tests.story import People

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
JANUARY, MAY, JULY, OCTOBER, DECEMBER = (date(2023, *day) for day in ((1, 16), (5, 2), (7, 3), (10, 4), (12, 1)))
ALL = {"SPECIALIST": 5, "ASSISTANT": Decimal("0.5")}
NONE = {"SPECIALIST": 0, "ASSISTANT": 0}


@pytest.fixture
def cast(db) -> People:
    return story.people()


@pytest.fixture
def notice(cast) -> GrantNotice:
    """Solingen was granted five specialists and half an assistant for 2023."""
    posts = story.full_staff(2023, specialists=5)
    return story.final(story.call_for(2023), cast, amount="307500", on=JANUARY, posts=posts)


def granted(notice, on: date, *, known_on: date = DECEMBER) -> dict:
    rows = queries.posts_granted(notice.application.centre_id, on=on, known_on=known_on)
    return {row["rate_class"]: row["posts"] for row in rows}


def withdrawn(notice, cast, *, kind: str, amount: str, effective_from: date, reaches_back: bool) -> GrantNotice:
    hearing = operations.open_hearing(
        notice.application, occasion=kind, text="Beabsichtigt.", due_on=date(2023, 7, 14), known_on=date(2023, 6, 1),
        on=JULY, actor=cast.officer,
    )  # fmt: skip
    operations.answer_hearing(hearing, answer="Schade.", on=JULY, actor=cast.lead)
    hearing.refresh_from_db()
    decision = operations.propose_change(
        notice, kind=kind, amount=Decimal(amount), effective_from=effective_from, reasons="Zweck verfehlt.", on=OCTOBER,
        extent=operations.Extent(reaches_back, "Das öffentliche Interesse überwiegt.", hearing), actor=cast.officer,
    )  # fmt: skip
    return operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.approver)


@pytest.mark.parametrize("kind", [Decision.Kind.RESCISSION, Decision.Kind.REVOCATION])
def test_after_a_full_withdrawal_for_the_past_no_post_is_granted_on_any_day(notice, cast, kind):
    proofs.pay(notice, cast, "1000", on=MAY)
    withdrawn(notice, cast, kind=kind, amount="0", effective_from=date(2023, 1, 1), reaches_back=True)
    assert [granted(notice, day) for day in (JULY, OCTOBER, DECEMBER)] == [NONE] * 3
    assert granted(notice, JULY, known_on=JULY) == ALL
    assert granted(notice, date(2023, 1, 10)) == {}


def test_what_is_withdrawn_from_a_day_on_was_granted_before_it(notice, cast):
    proofs.pay(notice, cast, "1000", on=MAY)
    withdrawn(notice, cast, kind="REVOCATION", amount="1000", effective_from=OCTOBER, reaches_back=False)
    assert [granted(notice, day) for day in (JULY, date(2023, 10, 3), OCTOBER)] == [ALL, ALL, NONE]


def test_a_sum_cut_in_part_leaves_the_posts_and_an_amendment_changes_them_by_its_day(notice, cast):
    proofs.pay(notice, cast, "1000", on=MAY)
    cut = withdrawn(notice, cast, kind="REVOCATION", amount="300000", effective_from=JULY, reaches_back=True)
    assert granted(notice, OCTOBER) == ALL
    plans = story.full_staff(2023, specialists=4)
    decision = operations.propose_change(
        cut, kind="AMENDMENT", amount=None, effective_from=OCTOBER, posts=plans, reasons="Eine Stelle entfällt.",
        on=OCTOBER, actor=cast.officer,
    )  # fmt: skip
    operations.countersign_change(decision, issued_on=OCTOBER, actor=cast.approver)
    assert [granted(notice, day)["SPECIALIST"] for day in (JULY, OCTOBER)] == [5, 4]


def test_the_page_of_the_centre_shows_everybody_what_stands(notice, cast, time_machine):
    page = f"/zentren/{notice.application.centre.key}/?stichtag=2023-07-03"

    def shown() -> list[str]:
        table = client_of(None).get(page).content.decode().split('id="stellen"')[1].split("</table>")[0]
        cells = re.findall(r'data-label="bewilligt">(.*?)</td>', table, re.DOTALL)
        return [re.sub(r"<[^>]+>|\s", "", cell) for cell in cells[:2]]

    time_machine.move_to("2023-09-01 12:00+02:00")
    before = shown()
    withdrawn(notice, cast, kind="REVOCATION", amount="0", effective_from=date(2023, 1, 1), reaches_back=True)
    time_machine.move_to("2023-12-01 12:00+01:00")
    assert (before, shown()) == (["5", "0,5"], ["0", "0"])
