"""The post plan: who reads names, who posts, who only sums; the consequence of a vacancy; picture and files."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import time_machine

from tests.support.cast import acting, centre, client_of, member
from verbund.accounts.roles import Role
from verbund.directory.models import Organisation
from verbund.funding import operations, vacancies
from verbund.funding.models import BudgetTitle, Call, CallYear
from verbund.funding.tests import story
from verbund.portal.post_plan import picture
from verbund.staffing import operations as staffing
from verbund.staffing import queries as posts_of
from verbund.staffing.calculations import Stretch
from verbund.staffing.tests import story as teachers

pytestmark = pytest.mark.django_db
NAME = "Kanarius"
MINUS = "3 Monate unbesetzt: −14.250,00\u202f€"


@pytest.fixture(autouse=True)
def in_may_2024():
    with time_machine.travel("2024-05-06 12:00+02:00", tick=True):
        yield


def hold(post, name: str, share: str, first: date, last: date):
    days = {"full_time_share": Decimal(share), "valid_from": first, "valid_until": last, "on": date(2024, 5, 6)}
    held = {"holder": name, "is_qualified": post.needs_qualification, "actor": acting(member(Role.CENTRE_LEAD))}
    return staffing.record_occupancy(post, **held, **days)


def solingen():
    """Solingen 2024: three posts and half an assistant; the first is vacant from April to June, two teachers of two."""
    notice = story.granted(story.call_for(2024), story.people(), amount="193500", on=date(2023, 12, 1))
    first, *others = posts_of.posts_of_source(vacancies.source_key(notice.application))
    hold(first, NAME, "1", date(2024, 1, 1), date(2024, 3, 31))
    hold(first, NAME, "1", date(2024, 7, 1), date(2024, 12, 31))
    for post in others:
        hold(post, NAME, str(post.full_time_share), post.valid_from, post.valid_until)
    cast = teachers.people()
    request = teachers.confirmed(cast)
    teachers.seconded(request, cast, label="Lehrkraft 1")
    teachers.seconded(request, cast, label="Lehrkraft 2", share="0.5")
    return notice


def address(key: str = "05122", file: str = "") -> str:
    return f"/stellen/plan/{centre(key).pk}/{file}?jahr=2024"


def unit(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


OWN = {"lead", "staff", "signatory", "treasury"}
AUTHORITY = {"officer", "approver", "cashier"}
NUMBERS = {"other lead", "LaKI", "LaSI", "controller", "ministry", "school ministry", "auditor"}
NOTHING = {"provider": 403, "operator": 403, "case team": 403, "visitor": 302}


def readers() -> dict:
    return {
        "visitor": None,
        "lead": member(Role.CENTRE_LEAD),
        "staff": member(Role.CENTRE_STAFF),
        "signatory": member(Role.SIGNATORY),
        "treasury": member(Role.TREASURY),
        "case team": member(Role.CASE_TEAM),
        "other lead": member(Role.CENTRE_LEAD, at="05978"),
        "officer": member(Role.GRANT_OFFICER),
        "approver": member(Role.GRANT_APPROVER),
        "cashier": member(Role.CASHIER),
        "LaKI": member(Role.COORDINATOR, unit("KOORD")),
        "LaSI": member(Role.COORDINATOR, unit("LASI")),
        "controller": member(Role.CONTROLLER, unit("KOORD")),
        "ministry": member(Role.MINISTRY_READER, unit("MIN-INTEGRATION")),
        "school ministry": member(Role.MINISTRY_APPROVER, unit("MIN-SCHULE")),
        "auditor": member(Role.AUDITOR, unit("BRA-36")),
        "provider": member(Role.PROVIDER_MEMBER),
        "operator": member(Role.OPERATOR),
    }


def test_the_matrix_holds_on_the_page_and_in_its_files():
    solingen()
    clients = {who: client_of(membership) for who, membership in readers().items()}
    found: dict[str, set] = {"name": set(), "post": set(), "money": set(), "numbers": set(), "act": set()}
    for who, client in clients.items():
        answers = [client.get(address(file=file)) for file in ("", "stellenplan.csv", "stellenplan.xlsx")]
        if who in NOTHING:
            assert {answer.status_code for answer in answers} == {NOTHING[who]}, who
            continue
        page, table, book = (answer.content for answer in answers)
        texts = [main_of(page.decode()), table.decode("utf-8-sig"), cells_of(book)]
        words = {"name": NAME, "post": "Fachkraft 1", "money": MINUS, "numbers": "Fachkraft"}
        for what, word in words.items():
            assert len({word in text for text in texts}) == 1, f"{who}: page and files disagree on {what}"
            found[what] |= {who} if word in texts[0] else set()
        found["act"] |= {who} if "/beenden/" in texts[0] else set()
    assert found == {
        "name": OWN,
        "post": OWN | AUTHORITY,
        "money": OWN | AUTHORITY,
        "numbers": OWN | AUTHORITY | NUMBERS,
        "act": {"lead"},
    }


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main")[0]


def cells_of(book: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    return "\n".join(str(cell) for row in sheet.values for cell in row)


def test_the_vacancy_shows_its_consequence_with_the_working_and_lead_and_officer_read_the_same_sum():
    notice = solingen()
    for role in (Role.CENTRE_LEAD, Role.GRANT_OFFICER):
        page = main_of(client_of(member(role)).get(address()).content.decode())
        for words in ("193.500,00", "179.250,00", "-14.250,00", MINUS, "× 9/12 Monate", notice.file_reference):
            assert words in page, words
        assert page.count("durchgehend besetzt") == 3
        assert ("01.04.2024" in page, "30.06.2024" in page) == (True, True)
    page = main_of(client_of(member(Role.CENTRE_LEAD)).get(address()).content.decode())
    assert "?von=2024-04-01&amp;bis=2024-06-30&amp;anteil=1" in page
    assert "geschützt" in page


def test_the_file_of_the_lead_is_the_table():
    solingen()
    content = client_of(member(Role.CENTRE_LEAD)).get(address(file="stellenplan.csv")).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    assert [(line["Stelle"], line["besetzt durch"], line["von"], line["Folge"]) for line in lines[:3]] == [
        ("Fachkraft 1", NAME, "01.01.2024", "-14250,00"),
        ("Fachkraft 1", "unbesetzt", "01.04.2024", ""),
        ("Fachkraft 1", NAME, "01.07.2024", ""),
    ]
    assert (lines[-1]["Anteil"], lines[-1]["gefördert"], lines[-1]["wie besetzt"]) == ("0,5", "ja", "22500,00")


def test_ways_lead_to_the_plan_from_notice_centre_and_overview():
    notice = solingen()
    plan = f"/stellen/plan/{centre().pk}/"
    lead, outsider = client_of(member(Role.CENTRE_LEAD)), client_of(member(Role.PROVIDER_MEMBER))
    for page in (notice.get_absolute_url(), "/zentren/05122/", "/stellen/"):
        assert plan in lead.get(page).content.decode(), page
    assert plan not in outsider.get("/zentren/05122/").content.decode()
    section = client_of().get("/zentren/05122/?stichtag=2024-05-06").content.decode().split('id="stellen"')[1]
    assert [">3<" in section, ">2<" in section, NAME in section] == [True, True, False]


def test_a_year_without_posts_says_so_and_nonsense_in_the_address_does_no_harm():
    lead = client_of(member(Role.CENTRE_LEAD))
    for query in ("", "?jahr=2024", "?jahr=9999999999", "?jahr=x", "?jahr=٢٠٢٤"):
        page = lead.get(f"/stellen/plan/{centre().pk}/{query}")
        assert (page.status_code, "keine geförderten Stellen" in page.content.decode()) == (200, True)
    assert lead.get("/stellen/plan/999999999/").status_code == 404


def test_a_grant_over_two_budget_years_stands_in_the_plan_of_both_with_the_picture_of_each():
    call, cast = story.call_for(2023), story.people()
    title = BudgetTitle.objects.create(
        chapter="07 080", title_number="633 10", budget_year=2024, purpose="KI", amount_planned=9830000, source="Test"
    )
    CallYear.objects.create(call=call, budget_year=2024, budget_title=title)
    Call.objects.filter(pk=call.pk).update(period_until=date(2024, 12, 31), drawdowns_until=date(2024, 12, 31))
    call.refresh_from_db()
    days = {"occupied_from": date(2023, 7, 1), "occupied_until": date(2024, 3, 31), "is_qualified": True}
    plan = operations.PostPlan("Stelle A", story.F.SOCIAL_EDUCATION, story.R.SPECIALIST, Decimal(1), **days)
    notice = story.granted(call, cast, amount="42750", posts=[plan])
    lead = client_of(member(Role.CENTRE_LEAD))
    pages = {year: lead.get(f"/stellen/plan/{centre().pk}/?jahr={year}") for year in (2023, 2024, 2025)}
    assert [pages[year].context["year"] for year in pages] == [2023, 2024, 2024]  # there is no 2025
    assert pages[2023].context["years"] == [2024, 2023]
    for year, days in ((2023, ("07-01", "12-31")), (2024, ("01-01", "03-31"))):
        [source], [row] = pages[year].context["plan"].sources, pages[year].context["plan"].rows
        assert source.notice == notice
        assert [(one.first, one.last) for one in row.segments] == [
            tuple(date.fromisoformat(f"{year}-{day}") for day in days)
        ]
    overview = lead.get("/stellen/")
    assert (overview.context["year"], overview.context["years"]) == (2024, [2024, 2023])


def test_the_number_of_statements_does_not_grow_with_who_holds_the_posts(django_assert_max_num_queries):
    notice = solingen()
    client = client_of(member(Role.CENTRE_LEAD))
    with django_assert_max_num_queries(60) as few:
        client.get(address())
    post = posts_of.posts_of_source(vacancies.source_key(notice.application))[0]
    for month in (4, 5, 6):
        hold(post, NAME, "0.5", date(2024, month, 1), date(2024, month, 28))
    with django_assert_max_num_queries(len(few)):
        client.get(address())


# the picture


def stretch(share: str, first: tuple, last: tuple) -> Stretch:
    return Stretch(Decimal(share), date(2024, *first), date(2024, *last))


def test_segments_join_part_timers_and_show_a_gap_of_one_day():
    funded = [stretch("1", (1, 1), (12, 31))]
    held = [stretch("0.5", (1, 1), (2, 28)), stretch("0.5", (1, 1), (6, 30)), stretch("0.5", (3, 1), (12, 31))]
    found = picture.segments_of(funded, held, year=2024)
    assert [(one.first, one.last, one.occupied, one.vacant) for one in found] == [
        (date(2024, 1, 1), date(2024, 2, 28), 1, 0),
        (date(2024, 2, 29), date(2024, 2, 29), Decimal("0.5"), Decimal("0.5")),
        (date(2024, 3, 1), date(2024, 6, 30), 1, 0),
        (date(2024, 7, 1), date(2024, 12, 31), Decimal("0.5"), Decimal("0.5")),
    ]


def test_a_half_occupied_post_is_filled_half_and_hatched_half_from_edge_to_edge():
    segments = picture.segments_of([stretch("1", (1, 1), (12, 31))], [stretch("0.5", (1, 1), (12, 31))], year=2024)
    drawn = picture.drawn([picture.Row("Fachkraft 1", segments)], year=2024, on=date(2024, 7, 1))
    filled, hatched = drawn.boxes
    assert (filled.is_vacant, hatched.is_vacant) == (False, True)
    assert filled.height == hatched.height == picture.BAR / 2
    assert hatched.y + hatched.height == filled.y
    assert (filled.x, filled.x + filled.width) == (picture.EDGE, picture.WIDTH - picture.EDGE)
    assert picture.drawn([], year=2023, on=date(2024, 7, 1)).day is None
    assert len(drawn.months) == 12


@pytest.mark.django_db(transaction=True)
def test_plan_and_forms_are_accessible_on_screen_and_phone(site, reference):
    solingen()
    lead, officer, coordinator = (member(role) for role in (Role.CENTRE_LEAD, Role.GRANT_OFFICER, Role.COORDINATOR))
    row = posts_of.occupancies_visible_to(acting(lead)).first()
    pages = [
        (address(), lead, "stellenplan-zentrum"),
        (address(), officer, "stellenplan-behoerde"),
        (address(), coordinator, "stellenplan-summen"),
        (f"/stellen/posten/{row.post_id}/besetzung/", lead, "besetzung-eintragen"),
        (f"/stellen/besetzungen/{row.pk}/anteil/", lead, "besetzung-anteil"),
        (f"/stellen/besetzungen/{row.pk}/streichen/", lead, "besetzung-streichen"),
    ]
    for path, reader, name in pages:
        site.look_at(path, name, member=reader)
