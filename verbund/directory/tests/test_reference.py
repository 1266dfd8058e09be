"""The shipped data: complete, honest about what is known, and careful with what was edited in operation."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from verbund.directory import queries, reference
from verbund.directory.attributions import ATTRIBUTIONS
from verbund.directory.calculations import CentreState
from verbund.directory.models import (
    Carrier,
    Centre,
    CentreFact,
    District,
    LifeStep,
    Municipality,
    Organisation,
    Postcode,
    ShippedFile,
)

pytestmark = pytest.mark.django_db


@pytest.mark.postgres
def test_there_are_54_centres_in_53_districts_with_396_municipalities():
    assert District.objects.count() == 53
    assert Counter(District.objects.values_list("kind", flat=True)) == {"CITY": 22, "COUNTY": 30, "REGION": 1}
    assert Municipality.objects.count() == 396
    assert Postcode.objects.values("code").distinct().count() == 865
    assert sum(District.objects.values_list("population", flat=True)) == 18_034_454
    assert Centre.objects.count() == 54
    assert Counter(Carrier.objects.values_list("kind", flat=True)) == {"CITY": 23, "COUNTY": 31}


def test_the_staedteregion_counts_as_a_county_and_aachen_as_a_city():
    kinds = dict(Carrier.objects.values_list("organisation__code", "kind"))
    assert kinds["TR-05334"] == Carrier.Kind.COUNTY
    assert kinds["TR-05334002"] == Carrier.Kind.CITY


def test_17_first_years_are_evidenced_and_37_only_a_range():
    assert Counter(Centre.objects.values_list("start_is_evidenced", flat=True)) == {True: 17, False: 37}
    starts = LifeStep.objects.filter(kind=LifeStep.Kind.RUNNING)
    assert Counter(starts.values_list("evidence", flat=True)) == {"EVIDENCED": 17, "RANGE": 37}
    assert starts.values("centre").distinct().count() == 54


def test_every_municipality_belongs_to_exactly_one_centre():
    served = Counter()
    for centre in queries.centres_visible_to(None):
        towns = list(queries.municipalities_of(centre).values_list("ags", flat=True))
        assert len(towns) == centre.municipality_count, centre
        served.update(towns)
    assert set(served.values()) == {1}
    assert len(served) == 396


def test_every_step_names_its_source_and_lies_in_order():
    for step in LifeStep.objects.all():
        assert step.source
        assert step.result
        assert step.day_from is None or step.day_from <= step.day_until


def test_solingen_went_from_the_mandate_to_the_first_notice():
    steps = LifeStep.objects.filter(centre__key="05122")
    assert [(step.kind, step.day_from, step.day_until) for step in steps.exclude(kind__startswith="PRE")] == [
        ("AWARD", date(2005, 1, 1), date(2005, 12, 31)),
        ("MANDATE", date(2011, 11, 1), date(2011, 11, 30)),
        ("RESOLUTION", date(2011, 12, 1), date(2012, 7, 5)),
        ("RESOLUTION", date(2012, 7, 5), date(2012, 7, 5)),
        ("APPLICATION", date(2012, 11, 1), date(2012, 11, 30)),
        ("RUNNING", date(2012, 12, 1), date(2012, 12, 1)),
        ("NOTICE", date(2012, 12, 1), date(2012, 12, 31)),
    ]
    assert "14.167 €" in steps.get(kind="NOTICE").result
    assert steps.get(kind="PREDECESSOR_RAA").day_until == date(2012, 11, 30)


@pytest.mark.parametrize(
    ("key", "day", "state"),
    [
        ("05122", date(2012, 12, 1), CentreState.RUNNING),
        ("05122", date(2012, 7, 5), CentreState.PREPARING),
        ("05114", date(2013, 7, 31), CentreState.NONE),
        ("05114", date(2013, 8, 1), CentreState.RUNNING),
        ("05558", date(2015, 11, 30), CentreState.NONE),
        ("05558", date(2015, 12, 1), CentreState.RUNNING),
        ("05154", date(2018, 9, 15), CentreState.RANGE),
        ("05362", date(2013, 8, 5), CentreState.PREPARING),
        ("05111", date(2013, 6, 1), CentreState.RANGE),
    ],
)
def test_the_state_of_a_centre_on_a_day(key, day, state):
    assert queries.centre_state(Centre.objects.get(key=key), day) == state


def test_all_54_centres_run_since_2018():
    assert Counter(queries.centre_states(date(2018, 10, 1)).values()) == {CentreState.RUNNING: 54}


def test_authorities_units_and_ministries_are_there_under_their_codes():
    expected = {
        "BRA": "REGIONAL_GOVERNMENT",
        "BRD": "REGIONAL_GOVERNMENT",
        "BRDT": "REGIONAL_GOVERNMENT",
        "BRK": "REGIONAL_GOVERNMENT",
        "BRMS": "REGIONAL_GOVERNMENT",
        "BRA-36": "GRANTING_AUTHORITY",
        "BRA-37": "COORDINATION_UNIT",
        "LASI": "COORDINATION_UNIT",
        "KOORD": "COORDINATION_UNIT",
        "MIN-INTEGRATION": "MINISTRY",
        "MIN-SCHULE": "MINISTRY",
    }
    assert dict(queries.authorities().values_list("code", "kind")) == expected


@pytest.mark.parametrize(
    ("code", "day", "short_name"),
    [
        ("MIN-INTEGRATION", date(2012, 12, 1), "MAIS"),
        ("MIN-INTEGRATION", date(2017, 6, 29), "MAIS"),
        ("MIN-INTEGRATION", date(2017, 6, 30), "MKFFI"),
        ("MIN-INTEGRATION", date(2023, 1, 1), "MKJFGFI"),
        ("MIN-SCHULE", date(2014, 4, 25), "MSW"),
        ("MIN-SCHULE", date(2020, 1, 1), "MSB"),
    ],
)
def test_a_ministry_bears_the_name_of_the_day(code, day, short_name):
    ministry = Organisation.objects.get(code=code)
    assert queries.name_on(ministry, day) == ministry.names.get(short_name=short_name).name


def test_an_organisation_without_earlier_names_keeps_its_own():
    authority = Organisation.objects.get(code="BRA-36")
    assert queries.name_on(authority, date(2012, 12, 1)) == authority.name


def test_bodies_bear_the_name_of_the_day():
    council, solingen = "INTEGRATION_COUNCIL", Carrier.objects.get(organisation__code="TR-05122")
    assert queries.body_name_on(council, date(2025, 10, 31)) == "Integrationsrat"
    assert queries.body_name_on(council, date(2025, 11, 1)) == "Ausschuss für Chancengerechtigkeit und Integration"
    assert queries.body_name_on(council, date(2012, 7, 5), carrier=solingen) == "Zuwanderer- und Integrationsrat"
    assert queries.body_name_on(council, date(2016, 1, 1), carrier=solingen) == "Integrationsrat"


def test_loading_twice_changes_nothing_and_asks_once(django_assert_num_queries):
    reference.load()
    with django_assert_num_queries(3):  # savepoint, the list of known files, release
        loaded = reference.load()
    assert (loaded.files, loaded.added) == ([], {})


@pytest.mark.postgres
def test_what_was_edited_in_operation_survives_a_new_edition_of_the_files():
    centre = Centre.objects.get(key="05978")
    Organisation.objects.filter(pk=centre.pk).update(name="kiz Kreis Unna")
    Centre.objects.filter(pk=centre.pk).update(population=1)
    CentreFact.objects.filter(code="05978-council-elections").update(text="berichtigt")
    LifeStep.objects.filter(code="05978-running").update(result="berichtigt")
    District.objects.filter(pk="05978").update(population=1)
    counts = [model.objects.count() for model in (Organisation, Centre, LifeStep, Municipality, Postcode)]
    ShippedFile.objects.all().delete()

    loaded = reference.load()

    assert set(loaded.added.values()) == {0}
    assert counts == [model.objects.count() for model in (Organisation, Centre, LifeStep, Municipality, Postcode)]
    centre = Centre.objects.select_related("organisation").get(pk=centre.pk)
    assert centre.organisation.name == "kiz Kreis Unna"
    assert CentreFact.objects.get(code="05978-council-elections").text == "berichtigt"
    assert LifeStep.objects.get(code="05978-running").result == "berichtigt"
    assert (centre.population, District.objects.get(pk="05978").population) == (393_784, 393_784)


def test_the_imprint_names_the_sources_the_readme_lists():
    readme = (reference.FOLDER / "README.md").read_text()
    section = readme.split("## Quellenangaben im Impressum")[1].split("##")[0]
    assert re.findall(r"^- (.+)$", section, re.MULTILINE) == ATTRIBUTIONS


def test_every_shipped_table_is_loaded():
    tables = {path.name for path in reference.FOLDER.glob("*.csv")}
    assert tables == set(reference.FILES)
    for name in tables:
        with (reference.FOLDER / name).open(encoding="utf-8") as file:
            assert all(None not in row and None not in row.values() for row in csv.DictReader(file)), name
