"""Two people edit the same record: the second one's text never silently replaces the first one's."""

import pytest

from verbund.core.versions import StaleVersion, claim_version
from verbund.directory.models import Centre

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_who_saves_first_passes_and_the_page_counts_on():
    centre = Centre.objects.first()

    claim_version(centre, centre.version)
    claim_version(centre, centre.version)

    assert Centre.objects.get(pk=centre.pk).version == 3


def test_who_saves_from_an_older_page_is_refused():
    centre = Centre.objects.first()
    seen_by_both = centre.version
    claim_version(centre, seen_by_both)

    with pytest.raises(StaleVersion):
        claim_version(Centre.objects.get(pk=centre.pk), seen_by_both)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_in_the_same_instant_one_is_refused(reference, at_the_same_time):
    centre = Centre.objects.first()

    def save():
        claim_version(Centre.objects.get(pk=centre.pk), 1)

    outcomes = at_the_same_time(save, save, save)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "StaleVersion", "StaleVersion"]
    assert Centre.objects.get(pk=centre.pk).version == 2
