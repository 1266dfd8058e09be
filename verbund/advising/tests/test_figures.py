"""The figures of a year: an institution counts once, in the right year, and only for those who may read it."""

from datetime import date

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.advising.accompaniments import operations as accompaniment_operations
from verbund.advising.figures import queries
from verbund.advising.models import Accompaniment, AccompanimentStep
from verbund.advising.networks import operations as network_operations
from verbund.advising.openings import operations as opening_operations
from verbund.advising.report.content import content_of
from verbund.advising.report.documents import council_report
from verbund.advising.tests import network_story as networks
from verbund.advising.tests import opening_story as openings
from verbund.core.dates import today
from verbund.core.tests.pdf_text import text_of
from verbund.directory.models import Organisation
from verbund.offers.models import Term
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
PAGE = "/beratung/zahlen/"


def advised(partner, field: str, *days: date, minutes: int = 90, duration: str = "ONE_OFF") -> None:
    """Advise an institution in a field of action on some days."""
    term = Term.objects.get(kind="FIELD", code=field)
    one = Accompaniment.objects.create(
        centre=partner.centre, partner=partner, field=term, occasion="Anlass", started_on=days[0], duration=duration
    )
    for day in days:
        AccompanimentStep.objects.create(
            accompaniment=one, centre=partner.centre, done_on=day, minutes=minutes, what="Besuch"
        )


@pytest.fixture
def year() -> int:
    return today().year


@pytest.fixture
def daycare(year):
    """A day-care centre in Solingen advised twice in two fields, once the year before; a school in Unna once."""
    partner = story.partner("05122", kind="DAYCARE", name="Kita Sonnenweg")
    days = date(year, 1, 10), date(year, 1, 11)
    advised(partner, "early-education", *days, date(year - 1, 12, 31), duration="LONG_TERM")
    advised(partner, "sports", days[0], minutes=60)
    advised(story.partner("05978", kind="SCHOOL"), "sports", days[0])
    return partner


def test_an_institution_advised_in_two_fields_counts_in_both_and_once_in_all(daycare, year):
    scope = queries.Scope(year, today(), daycare.centre_id)

    assert {code: queries.in_all(scope)[code] for code in ("institutions", "long_term", "steps", "hours")} == {
        "institutions": 1, "long_term": 1, "steps": 3, "hours": 4,
    }  # fmt: skip
    assert {row["name"]: row["figures"]["institutions"] for row in queries.by_field(scope)} == {
        "Frühe Bildung": 1, "Sport": 1,
    }  # fmt: skip
    before = queries.in_all(queries.Scope(year - 1, today(), daycare.centre_id))
    assert (before["institutions"], before["steps"]) == (1, 1)


def test_work_is_divided_by_audience_and_town_where_they_are_said(daycare, year):
    one = Accompaniment.objects.filter(partner=daycare).earliest("pk")
    one.audiences.set(Term.objects.filter(kind="AUDIENCE", code__in=["families", "women"]))
    Accompaniment.objects.filter(pk=one.pk).update(municipality="05122000")
    scope = queries.Scope(year, today(), daycare.centre_id)

    audiences = {row["name"]: row["figures"]["steps"] for row in queries.by_audience(scope)}
    assert set(audiences.values()) == {2}
    assert len(audiences) == 2
    assert [(row["name"], row["figures"]["hours"]) for row in queries.by_place(scope)] == [("Solingen", 3)]


def test_all_centres_beside_each_other_sum_to_the_state(daycare, year):
    scope = queries.Scope(year, today())
    rows = queries.by_centre(scope).values()
    assert sum(row["institutions"] for row in rows) == queries.in_all(scope)["institutions"] == 2


def test_an_opening_completed_since_still_counts_in_the_years_in_which_it_was_in_force():
    cast = openings.people()
    opening = openings.agreed(cast)
    started, completed = date(2024, 5, 2), date(2026, 2, 1)
    measure = opening.measures.get()
    opening_operations.finish_measure(measure, on=started, actor=cast.staff)
    opening_operations.complete_opening(opening, on=completed, actor=cast.staff)
    openings.proposed(cast, name="Standesamt")

    def counted(year: int) -> int:
        return queries.in_all(queries.Scope(year, date(2027, 1, 5), cast.centre.pk))["openings"]

    assert [counted(year) for year in (2023, 2024, 2025, 2026)] == [0, 1, 1, 0]


def test_members_count_while_they_sit_in_a_network_that_goes_on():
    actor = networks.staff()
    going, ended = networks.network(actor), networks.network(actor, name="AK Alt", valid_until=date(2026, 6, 30))
    left = networks.sitting(going, actor, partner=networks.partner("Verband A"))
    network_operations.end_member(left, valid_until=date(2026, 3, 31), actor=actor)
    networks.sitting(going, actor, partner=networks.partner("Verband B"))
    networks.sitting(ended, actor, partner=networks.partner("Verband C"))
    day = date(2026, 11, 23)

    assert queries.in_all(queries.Scope(2026, day, going.centre_id))["members"] == 1
    assert [row[3] for row in content_of(going.centre, year=2026, on=day)["networks"]] == ["1"]


def test_a_centre_reads_its_own_figures_units_and_ministries_all_the_school_unit_education(daycare, member, client_of):
    school_unit = Organisation.objects.get(code="LASI")
    assert "Nach Zentrum" not in client_of(member(Role.CENTRE_STAFF)).get(PAGE).text
    assert "Nach Zentrum" in client_of(member(Role.COORDINATOR)).get(PAGE).text
    assert "Nach Zentrum" in client_of(member(Role.MINISTRY_READER)).get(PAGE).text
    narrowed = client_of(member(Role.COORDINATOR, school_unit)).get(PAGE).text
    assert "Gezählt ist nur Integration durch Bildung." in narrowed
    assert "Sport</th>" not in narrowed
    for role in (Role.GRANT_OFFICER, Role.PRESS_OFFICER, Role.VOLUNTEER, Role.PROVIDER_MEMBER):
        assert client_of(member(role)).get(PAGE).status_code == 403


def test_the_list_of_all_centres_leaves_as_a_file(daycare, year, member, client_of):
    client = client_of(member(Role.CONTROLLER))
    lines = client.get(reverse("advising:figures-csv"), {"jahr": year}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 55
    assert any(line.startswith(f'"{year}";') and "Solingen" in line and '"1";"1";"3";"4"' in line for line in lines)
    assert client.get(reverse("advising:figures-xlsx"), {"jahr": "²026"}).status_code == 200


def test_the_council_gets_the_year_as_an_accessible_file(daycare, year):
    content = council_report(daycare.centre, year=year, on=today())
    text = text_of(content)
    assert f"Bericht {year}: Beratung und Vernetzung" in text
    assert "Kita oder Familienzentrum" in text
    assert content == council_report(daycare.centre, year=year, on=today())


def test_the_council_reads_what_was_reached_and_not_only_what_was_done(daycare, year, member, acting):
    actor = acting(member(Role.CENTRE_STAFF))
    reached, missed, _other = advised_in_march(daycare, year, actor)
    close = {"closed_on": date(year, 4, 1), "on": date(year, 4, 1), "actor": actor}
    accompaniment_operations.close_accompaniment(reached, outcome="REACHED", closing_reason="", **close)
    accompaniment_operations.close_accompaniment(missed, outcome="NOT_REACHED", closing_reason="kein Personal", **close)

    content = content_of(daycare.centre, year=year, on=date(year, 4, 2))
    assert content["results"] == [["abgeschlossene Begleitungen", "1", "0", "1"]]
    assert content_of(daycare.centre, year=year + 1, on=date(year + 1, 1, 2))["results"] == []
    assert "kein Personal" not in repr(content)


def advised_in_march(daycare, year: int, actor) -> list[Accompaniment]:
    """Begin three accompaniments of an institution."""
    facts = {"field": Term.objects.get(kind="FIELD", code="sports")}
    day = date(year, 3, 4)
    step = accompaniment_operations.StepFacts(done_on=day, what="Besuch")
    return [
        accompaniment_operations.start_accompaniment(
            daycare, {**facts, "occasion": name}, step=step, on=day, actor=actor
        )
        for name in ("Elterncafé", "Sportfest", "Leseecke")
    ]


def test_only_the_centre_itself_gets_the_report(daycare, member, client_of):
    page = reverse("advising:report")
    assert client_of(member(Role.CENTRE_LEAD)).get(page)["Content-Type"] == "application/pdf"
    assert client_of(member(Role.COORDINATOR)).get(page).status_code == 403
