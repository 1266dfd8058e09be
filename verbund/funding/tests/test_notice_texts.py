"""The texts of the grant notice: proposed by one operator, adopted by another, printed for the periods they name."""

from datetime import date

import pytest

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core import files
from verbund.core.tests.pdf_text import text_of
from verbund.funding import notice_texts, operations
from verbund.funding.models import Decision, GrantNotice, NoticeText
from verbund.funding.tests import story
from verbund.programmes.models import Programme

pytestmark = pytest.mark.django_db
PAGE = "/foerderung/regeln/bescheid/"
OLD, NEW = "auf Ihren Abruf in zwei Raten", "Ich zahle die Zuwendung in einer Summe aus."
POOL = {"extras": {"LANGUAGE_POOL": "50000"}}


@pytest.fixture
def operators(time_machine):
    time_machine.move_to("2023-07-03 12:00+02:00")
    return client_of(member(Role.OPERATOR)), client_of(member(Role.OPERATOR))


def typed(**changes) -> dict:
    values = {
        "programme": Programme.objects.get(code="KI_BASE").pk,
        "passage": "PAYOUT_RULE",
        "text": NEW,
        "valid_from": "2024-01-01",
        "source": "Weisung",
        "mark": "C",
    }
    return values | changes


def printed(notice: GrantNotice) -> str:
    return text_of(files.path_of(notice.document.sha256).read_bytes())


def test_a_new_text_stands_in_the_notices_of_the_periods_it_names_and_in_no_other(operators):
    first, second = operators
    cast = story.people()
    before = story.granted(story.call_for(2024), cast, amount="193500", on=date(2023, 6, 1))
    assert first.post(f"{PAGE}neu/", typed()).status_code == 302
    row = NoticeText.objects.get(status="PROPOSED")
    assert first.post(f"{PAGE}{row.pk}/annehmen/").status_code == 422
    assert NoticeText.objects.get(pk=row.pk).status == "PROPOSED"
    assert second.post(f"{PAGE}{row.pk}/annehmen/").status_code == 302

    same_year = story.granted(before.application.call, story.people("05916"), amount="193500", key="05916")
    year_before = story.granted(story.call_for(2023), cast, amount="193500")
    assert [NEW in printed(one) for one in (before, same_year, year_before)] == [False, True, False]
    assert [OLD in printed(one) for one in (before, same_year, year_before)] == [True, False, True]
    page = second.get(PAGE).content.decode()
    assert NEW in page
    assert OLD in page


@pytest.mark.parametrize(
    "changes", [{"valid_from": "2022-12-31"}, {"text": " \n "}, {"passage": "ERFUNDEN"}, {"programme": "0"}]
)
def test_a_text_for_years_that_are_over_and_an_empty_one_are_refused(operators, changes):
    answer = operators[0].post(f"{PAGE}neu/", typed(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(changes))
    assert not NoticeText.objects.filter(status="PROPOSED").exists()


def test_only_the_list_of_numbers_that_do_not_apply_may_be_empty(operators):
    assert operators[0].post(f"{PAGE}neu/", typed(passage="EXCLUDED_NUMBERS", text="")).status_code == 302
    assert NoticeText.objects.get(status="PROPOSED").text == ""


def test_without_a_text_for_the_period_nothing_is_signed():
    cast = story.people()
    proposal = story.proposed(story.call_for(2023), cast, amount="193500")
    NoticeText.objects.filter(passage="RESERVATIONS").update(valid_until=date(2022, 12, 31))
    with pytest.raises(notice_texts.NoNoticeText, match=r"Für „Vorbehalte“ .* ab 01\.01\.2023"):
        operations.countersign_decision(proposal, issued_on=date(2023, 4, 17), actor=cast.approver)
    assert (Decision.objects.get().status, GrantNotice.objects.count()) == ("PROPOSED", 0)


def test_a_notice_that_grants_the_language_pool_says_what_it_is_for_and_another_does_not():
    call = story.call_for(2023)
    with_pool = story.granted(call, story.people(), amount="243500", **POOL)
    without = story.granted(call, story.people("05916"), amount="193500", key="05916")
    for sentence in ("Sachausgaben ehrenamtlicher Sprachmittlung", "niedrigschwellige Termine"):
        assert [sentence in printed(one) for one in (with_pool, without)] == [True, False]


@pytest.mark.parametrize(
    ("role", "reading", "proposing"),
    [(Role.GRANT_OFFICER, 200, 403), (Role.CENTRE_LEAD, 403, 403), (Role.OPERATOR, 200, 200)],
)
def test_operators_keep_the_texts_and_the_authority_reads_them(role, reading, proposing):
    client = client_of(member(role))
    assert client.get(PAGE).status_code == reading
    assert client.get(f"{PAGE}neu/").status_code == proposing


def test_every_year_since_2012_has_its_texts_with_their_source_and_earlier_ones_have_none():
    notice_texts.load()
    call = story.call_for(2023)
    basis = {}
    for year in (2012, 2017, 2018, 2022, 2023, 2024, 2030):
        call.period_from = date(year, 1, 1)
        basis[year] = notice_texts.texts_for(call).legal_basis[1]
    assert [text.rpartition("vom ")[2][:14].strip() for text in basis.values()] == [
        "25. Juni 2012", "25. Juni 2012", "27. März 2018", "27. März 2018", "10. März 2023", "10. März 2023",
        "3. April 2025",
    ]  # fmt: skip
    call.period_from = date(2011, 12, 31)
    with pytest.raises(notice_texts.NoNoticeText):
        notice_texts.texts_for(call)
    rows = NoticeText.objects.values_list("source", "mark")
    assert len(rows) == 24
    assert all(source and mark in "ABCDE" for source, mark in rows)
