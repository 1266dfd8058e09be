"""Partners and places of a centre: made, changed, protected, deleted, and not touched by others."""

import pytest
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.directory.models import Organisation, Partner
from verbund.offers import operations
from verbund.offers.models import Place, PlaceFeature, Term
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
HOUSE = {"name": "Rathaus", "street": "Rathausplatz 1", "postcode": "42651"}
CLUB = {"name": "Verein Brücke", "kind": "CLUB", "phone": "0212 1"}


@pytest.fixture
def client(client_of, member):
    return client_of(member(Role.CENTRE_STAFF))


def known(place) -> dict:
    """Return the features of accessibility as the page posts them: nothing known."""
    return {f"merkmal-{term.pk}": "UNKNOWN" for term in Term.objects.filter(kind="FEATURE")}


def outsiders(client_of, member) -> dict:
    return {
        "other centre": client_of(member(Role.CENTRE_LEAD, at="05978")),
        "provider": client_of(member(Role.PROVIDER_MEMBER, story.partner().organisation)),
        "coordinator": client_of(member(Role.COORDINATOR)),
        "visitor": client_of(),
    }


def test_a_partner_is_made_with_a_code_of_its_own_and_changed(client):
    client.post(reverse("offers:partner-new"), CLUB)
    partner = Partner.objects.get(organisation__name="Verein Brücke")
    changed = CLUB | {"name": "Verein Brücken", "seen": "1", "website": "www.bruecke.example"}
    client.post(reverse("offers:partner-edit", args=[partner.pk]), changed)
    partner.refresh_from_db()

    assert partner.organisation.kind == Organisation.Kind.PROVIDER
    assert partner.organisation.code.startswith("TR-")
    assert (partner.organisation.name, partner.website) == ("Verein Brücken", "https://www.bruecke.example")
    assert client.post(reverse("offers:partner-edit", args=[partner.pk]), changed).status_code == 422
    text = client.get(reverse("offers:partner", args=[partner.pk])).content.decode()
    assert "Angaben zum Anbieter geändert" in text


def test_the_same_name_twice_in_a_centre_is_refused(client):
    client.post(reverse("offers:partner-new"), CLUB)
    answer = client.post(reverse("offers:partner-new"), CLUB | {"name": "verein brücke".title()})

    assert answer.status_code == 422
    assert "gibt es in Ihrem Zentrum schon" in answer.content.decode()
    assert Partner.objects.count() == 1


def test_partners_and_places_of_a_centre_are_nobody_elses(client, client_of, member):
    partner, place = story.partner(), story.place()
    before = (list(Partner.objects.values()), list(Place.objects.values()), AuditEntry.objects.count())
    typed = CLUB | HOUSE | {"seen": "1"}
    addresses = [reverse("offers:partner-new"), reverse("offers:place-new")]
    for name in ("partner-edit", "partner-trust", "partner-distrust"):
        addresses.append(reverse(f"offers:{name}", args=[partner.pk]))
    addresses += [reverse("offers:place", args=[place.pk]), reverse("offers:place-delete", args=[place.pk])]
    people = outsiders(client_of, member)
    partners = list(Partner.objects.values())
    for who, outsider in people.items():
        for address in addresses:
            if who == "other centre" and address.endswith("/neu/"):
                continue
            assert outsider.post(address, typed).status_code in {302, 403, 404}, (who, address)
    assert people["other centre"].get(reverse("offers:places")).context["page"].object_list.count() == 0
    for name in ("offers:places", "offers:partners"):
        assert people["provider"].get(reverse(name)).status_code == 403
        assert client.get(reverse(name)).status_code == 200
    assert (list(Partner.objects.values()), list(Place.objects.values()), AuditEntry.objects.count()) == (
        partners,
        *before[1:],
    )


def test_a_place_is_changed_for_all_its_entries_and_keeps_its_exact_point(client):
    place = story.place(latitude="51.17000", longitude="7.08000")
    features = known(place)
    step_free = Term.objects.get(kind="FEATURE", code="step-free")
    typed = {"name": "Haus der Welt", "street": place.street, "postcode": place.postcode, "town": "Solingen"}
    typed |= features | {f"merkmal-{step_free.pk}": "YES", "seen": "1"}
    answer = client.post(reverse("offers:place", args=[place.pk]), typed)
    place.refresh_from_db()

    assert answer.status_code == 302
    assert (place.name, str(place.latitude)) == ("Haus der Welt", "51.17000")
    assert PlaceFeature.objects.get().value == "YES"
    assert client.post(reverse("offers:place", args=[place.pk]), typed).status_code == 422


def test_a_place_that_becomes_protected_forgets_its_address_also_in_the_trail(client):
    client.post(reverse("offers:place-new"), HOUSE | {"street": "Geheimweg 7"})
    place = Place.objects.get()
    typed = HOUSE | {"street": "Geheimweg 7", "is_protected": "on", "seen": "1"} | known(place)
    client.post(reverse("offers:place", args=[place.pk]), typed)
    place.refresh_from_db()

    assert (place.street, place.postcode, place.latitude, place.is_protected) == ("", "", None, True)
    assert "Geheimweg" not in " ".join(str(entry.changes) + entry.note for entry in AuditEntry.objects.all())
    assert "Geheimweg" not in client.get(reverse("offers:place", args=[place.pk])).content.decode()


def test_a_place_in_use_is_not_deleted_one_without_entries_is(client, acting, member):
    used, free = story.place(), story.place(name="Leerstand")
    actor = acting(member(Role.CENTRE_STAFF))
    operations.create_offer(story.partner(), story.content(at=[story.tuesdays(used)]), on=today(), actor=actor)

    assert client.post(reverse("offers:place-delete", args=[used.pk])).status_code == 422
    assert client.post(reverse("offers:place-delete", args=[free.pk])).status_code == 302
    assert list(Place.objects.all()) == [used]


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("offers:place-new", HOUSE | {"name": "x" * 121}),
        ("offers:place-new", HOUSE | {"postcode": "4 2 6"}),
        ("offers:place-new", HOUSE | {"street": "a\x00b"}),
        ("offers:partner-new", CLUB | {"kind": "QUER"}),
        ("offers:partner-new", CLUB | {"email": "kein"}),
        ("offers:partner-new", CLUB | {"website": "javascript:alert(1)"}),
        ("offers:partner-new", CLUB | {"name": ""}),
    ],
)
def test_wrong_input_is_refused_and_stores_nothing(client, page, typed):
    before = (Partner.objects.count(), Place.objects.count())

    assert client.post(reverse(page), typed).status_code == 422
    assert (Partner.objects.count(), Place.objects.count()) == before


def test_script_in_names_is_text_on_every_page(client):
    client.post(reverse("offers:partner-new"), CLUB | {"name": "<script>x</script>"})
    client.post(reverse("offers:place-new"), HOUSE | {"name": "<script>x</script>"})
    partner, place = Partner.objects.get(), Place.objects.get()
    pages = [reverse("offers:partners"), reverse("offers:places"), reverse("offers:new"), reverse("offers:kept")]
    pages += [reverse("offers:partner", args=[partner.pk]), reverse("offers:place", args=[place.pk])]

    for page in pages:
        assert "<script>x" not in client.get(page).content.decode(), page
