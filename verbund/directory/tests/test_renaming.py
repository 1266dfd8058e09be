"""A centre that is renamed keeps its earlier name for the days before."""

from datetime import date

import pytest

from verbund.accounts.roles import Role
from verbund.directory import operations, queries
from verbund.directory.models import Centre, OrganisationName

pytestmark = pytest.mark.django_db
OLD, NEW, NEWER = "Kommunales Integrationszentrum Kreis Unna", "kiz Kreis Unna", "Zentrum Unna"


@pytest.fixture
def centre():
    return Centre.objects.select_related("organisation").get(key="05978")


@pytest.fixture
def describe(centre, member, acting):
    lead = acting(member(Role.CENTRE_LEAD, at="05978"))

    def act(name, renamed_on=None, source=""):
        operations.describe_centre(
            centre,
            name=name,
            short_name="",
            renamed_on=renamed_on,
            source=source,
            seen=centre.version,
            actor=lead,
        )
        centre.organisation.refresh_from_db()

    return act


def names_on(centre, *days):
    return [queries.name_on(centre.organisation, day) for day in days]


def test_a_renaming_keeps_the_earlier_name_for_the_days_before(centre, describe):
    describe(NEW, date(2015, 3, 1), "Beschluss des Kreistags")
    describe(NEWER, date(2020, 1, 1), "Verfügung des Landrats")
    days = [date(2015, 2, 28), date(2015, 3, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert names_on(centre, *days) == [OLD, NEW, NEW, NEWER]
    assert centre.organisation.name == NEWER


def test_a_correction_changes_the_name_for_all_days(centre, describe):
    describe(NEW)
    assert names_on(centre, date(2013, 1, 1), date(2026, 1, 1)) == [NEW, NEW]
    assert not OrganisationName.objects.filter(organisation_id=centre.pk).exists()


def test_a_correction_after_a_renaming_leaves_the_earlier_name(centre, describe):
    describe(NEW, date(2015, 3, 1), "Beschluss des Kreistags")
    describe(NEWER)
    assert names_on(centre, date(2015, 2, 28), date(2015, 3, 1)) == [OLD, NEWER]


@pytest.mark.parametrize(
    ("name", "renamed_on", "source", "field"),
    [
        (OLD, date(2015, 3, 1), "Beschluss", "renamed_on"),
        (NEW, date(2015, 3, 1), "", "source"),
    ],
)
def test_a_renaming_needs_another_name_and_a_source(centre, describe, name, renamed_on, source, field):
    with pytest.raises(operations.WrongRenaming) as refusal:
        describe(name, renamed_on, source)
    assert refusal.value.field == field
    assert names_on(centre, date(2026, 1, 1)) == [OLD]


def test_a_renaming_before_a_later_one_is_refused(centre, describe):
    describe(NEW, date(2015, 3, 1), "Beschluss des Kreistags")
    for day in (date(2015, 3, 1), date(2014, 1, 1)):
        with pytest.raises(operations.WrongRenaming):
            describe(NEWER, day, "Beschluss")
