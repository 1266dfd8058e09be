"""Published figures: statements of others with source and day, our reading beside them, never computed."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from verbund.directory import figures
from verbund.directory.models import Centre
from verbund.directory.models.evidence import PublishedFigure
from verbund.directory.views.figures import CALCULATED

pytestmark = pytest.mark.django_db
LATER = "Erst später veröffentlicht"


def text_of(response) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def codes_in(html: str) -> list[str]:
    return re.findall(r'<article class="figure" id="([^"]+)"', html)


@pytest.mark.parametrize(
    ("code", "amount", "unit", "is_approximate"),
    [
        ("coverage-47", "47", "CENTRES", False),
        ("coverage-2-starting", "2", "CENTRES", False),
        ("coverage-49", "49", "CENTRES", False),
        ("coverage-52", "52", "CENTRES", False),
        ("base-2012", "9830000", "EURO", False),
        ("base-posts", "3.5", "POSTS", False),
        ("base-teachers", "2", "POSTS", False),
        ("solingen-december-2012", "14167", "EURO", False),
        ("solingen-year", "170000", "EURO", False),
        ("solingen-posts", "2.5", "POSTS", False),
        ("komm-an-2016", "13000000", "EURO", True),
        ("komm-an-volunteering-2016", "7700000", "EURO", False),
        ("komm-an-herne-2016", "57134", "EURO", False),
    ],
)
def test_each_figure_is_the_one_of_its_source(code, amount, unit, is_approximate):
    figure = PublishedFigure.objects.get(code=code)
    assert (figure.amount, figure.unit, figure.is_approximate) == (Decimal(amount), unit, is_approximate)
    assert figure.source


def test_the_shipped_figures_are_exactly_those_the_texts_name():
    assert PublishedFigure.objects.count() == 13


def test_the_page_says_that_nothing_of_it_is_computed_and_shows_both_sides(client):
    said = text_of(client.get("/netz/zahlen/"))
    assert "Keine dieser Zahlen ist hier berechnet" in said
    herne = said[said.index("57.134 € für Herne") :]
    assert herne.index("für zusätzliches Personal oder für Sachkosten") < herne.index("Wie wir es lesen")
    assert "Obergrenze von Programmteil II" in herne
    assert "rund 13.000.000,00 €" in said
    assert "2,5 Stellen" in said


def test_a_figure_without_a_day_names_the_days_between_which_it_was_stated(client):
    said = text_of(client.get("/netz/zahlen/"))
    assert "zwischen 01.07.2013 und 30.11.2015, die Quelle trägt kein Datum" in said
    assert "veröffentlicht am 25.04.2014" in said


def test_a_figure_our_reading_agrees_with_stands_alone(client):
    PublishedFigure.objects.update(reading="")
    assert "Wie wir es lesen" not in text_of(client.get("/netz/zahlen/"))


@pytest.mark.parametrize(
    ("day", "subject", "stated"),
    [
        (date(2012, 2, 14), "", set()),
        (date(2012, 7, 5), "", {"base-2012", "base-posts", "base-teachers"}),
        (date(2014, 4, 24), "COVERAGE", {"coverage-47", "coverage-2-starting"}),
        (date(2014, 4, 25), "COVERAGE", {"coverage-47", "coverage-2-starting", "coverage-49"}),
    ],
)
def test_by_a_day_only_what_can_have_been_stated_by_then_is_there(day, subject, stated):
    assert {one.code for one in figures.figures_stated_by(day, subject=subject)} == stated


def test_on_the_day_of_the_interim_account_later_figures_stand_below(client):
    page = client.get("/netz/zahlen/?stichtag=2014-04-25").content.decode()
    before, later = page.split(LATER)
    assert "coverage-49" in codes_in(before)
    assert set(codes_in(later)) == {
        "coverage-52",
        "komm-an-2016",
        "komm-an-volunteering-2016",
        "komm-an-herne-2016",
    }


def test_today_nothing_is_later(client):
    page = client.get("/netz/zahlen/").content.decode()
    assert LATER not in page
    assert len(codes_in(page)) == 13


def test_inside_the_range_of_a_figure_the_page_does_not_claim_to_know(client):
    assert "ob bis zu diesem Tag, ist nicht belegt" in text_of(client.get("/netz/zahlen/?stichtag=2012-12-15"))
    assert "ob bis zu diesem Tag, ist nicht belegt" not in text_of(client.get("/netz/zahlen/"))


def test_before_the_first_figure_the_page_says_so(client):
    assert "kennen wir keine veröffentlichte Zahl" in text_of(client.get("/netz/zahlen/?stichtag=2012-01-01"))


@pytest.mark.parametrize("typed", ["2013-02-29", "gestern", "99999-01-01", "2012-12-15' OR 1=1", "1969-12-31"])
def test_a_day_that_is_none_shows_today_and_says_so(client, typed):
    response = client.get("/netz/zahlen/", {"stichtag": typed})
    assert response.status_code == 200
    assert len(codes_in(response.content.decode())) == 13
    assert "kann nicht gezeigt werden" in text_of(response)


def test_hernes_figure_leads_to_its_centre_and_keeps_the_day(client):
    page = client.get("/netz/zahlen/?stichtag=2016-07-01").content.decode()
    herne = page[page.index('id="komm-an-herne-2016"') :].split("</article>")[0]
    assert 'href="/zentren/05916/?stichtag=2016-07-01"' in herne


@pytest.mark.parametrize(
    ("code", "total"),
    [("solingen-december-2012", "14.167,00"), ("solingen-year", "170.000,00"), ("solingen-posts", "170.000,00")],
)
def test_the_link_to_our_computation_computes_the_same_sum(client, code, total):
    page = unescape(client.get("/netz/zahlen/").content.decode())
    figure = page[page.index(f'id="{code}"') :].split("</article>")[0]
    address = re.search(r'href="(/programme/rechner/\?[^"]+)"', figure)[1]
    answer = client.get(address)
    assert answer.status_code == 200
    assert total in answer.content.decode()


def test_only_solingens_figures_claim_a_computation():
    assert set(CALCULATED) == {"solingen-december-2012", "solingen-year", "solingen-posts"}


def test_the_figures_of_a_centre_are_its_own():
    herne, solingen, bonn = (Centre.objects.get(key=key) for key in ("05916", "05122", "05314"))
    assert [one.code for one in figures.figures_of_centre(herne.pk)] == ["komm-an-herne-2016"]
    assert figures.figures_of_centre(solingen.pk).count() == 3
    assert not figures.figures_of_centre(bonn.pk)
    assert not figures.figures_of_centre(herne.pk, on=date(2016, 6, 28))
    assert figures.figures_of_centre(herne.pk, on=date(2016, 6, 29)).count() == 1


def test_what_a_source_says_is_text_and_never_markup(client):
    PublishedFigure.objects.filter(code="base-2012").update(
        statement="<script>alert(1)</script>", reading="<b>x", source="\"'><img src=x>"
    )
    page = client.get("/netz/zahlen/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_more_figures_cost_no_more_statements(client):
    client.get("/netz/zahlen/")
    with CaptureQueriesContext(connection) as few:
        client.get("/netz/zahlen/")
    centres = Centre.objects.order_by("key")[:5]
    original = PublishedFigure.objects.get(code="komm-an-herne-2016")
    for centre in centres:
        original.pk, original.code, original.centre = None, f"neu-{centre.key}", centre
        original._state.adding = True
        original.save()
    with CaptureQueriesContext(connection) as many:
        client.get("/netz/zahlen/")
    assert len(many) == len(few)


def test_the_page_of_figures_is_read_only(client):
    assert client.post("/netz/zahlen/").status_code == 405
