"""Accompaniments in a real browser: a step written down on a phone, pages accessible there and on the desktop."""

import pytest

from tests.support import browser as browsers
from verbund.advising.accompaniments import operations
from verbund.advising.models import AccompanimentStep
from verbund.advising.tests import advice
from verbund.core.dates import today

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(reference):
    """A Kita that is accompanied and due, kept twice; a step that names somebody."""
    people = advice.people()
    kita = advice.daycare("Kita Regenbogen")
    advice.daycare("Kita Regen-Bogen")
    first = operations.StepFacts(
        done_on=today(), what="Familie Muster vorgestellt", minutes=60, attended="2 Erzieherinnen"
    )
    facts = {"occasion": "Mehrsprachigkeit", "stage": advice.stage(), "follow_up_on": today()}
    made = operations.start_accompaniment(kita, facts, step=first, on=today(), actor=people.as_staff)
    return people, kita, made


def test_a_step_is_written_down_on_a_phone_with_five_taps_and_all_pages_are_accessible(site, told):
    people, kita, made = told
    page = site.open("/aufgaben/", member=people.staff, viewport=browsers.PHONE)
    page.get_by_role("link", name="Beratung", exact=True).click()
    page.get_by_role("link", name="Schnell erfassen").click()
    page.get_by_role("link", name="Kita Regenbogen").click()
    page.get_by_label("Was geschehen ist").fill("Team beraten")
    page.get_by_role("button", name="Festhalten").first.click()
    page.wait_for_url(f"**{made.get_absolute_url()}")
    assert AccompanimentStep.objects.filter(accompaniment=made, what="Team beraten", done_on=today()).exists()

    pages = [
        ("/beratung/", "beratung"),
        ("/beratung/begleitung/", "begleitungen"),
        ("/beratung/begleitung/neu/", "schnell-erfassen"),
        (made.get_absolute_url(), "begleitung"),
        (f"{made.get_absolute_url()}bearbeiten/", "begleitung-bearbeiten"),
        (f"{made.get_absolute_url()}abschliessen/", "begleitung-abschliessen"),
        (f"{made.get_absolute_url()}ausblenden/", "ausblenden"),
        ("/beratung/woche/", "woche"),
        ("/beratung/woche/?bearbeiten=1", "woche-bearbeiten"),
        ("/beratung/einrichtungen/", "einrichtungen"),
        (f"/beratung/einrichtungen/{kita.pk}/", "einrichtung"),
        (f"/beratung/einrichtungen/{kita.pk}/zusammenfuehren/", "zusammenfuehren"),
        ("/beratung/ueberblick/", "ueberblick"),
    ]
    for path, name in pages:
        site.look_at(path, name, member=people.lead)
