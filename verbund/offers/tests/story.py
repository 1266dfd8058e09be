"""What the tests of the offers work with: a partner of a centre, a place, the content of an entry."""

from datetime import date, time

from verbund.directory.models import Centre, Municipality, Organisation, Partner
from verbund.offers.content import TEXT_FIELDS, At, Hours, OfferContent
from verbund.offers.models import Offer, Place

TODAY = date(2026, 11, 23)
NUMBERS = iter(range(1, 1_000_000))


def partner(key: str = "05122", *, kind: str = "MIGRANT_ORGANISATION", name: str = "", **more) -> Partner:
    """Make a partner organisation of the centre of an area."""
    number = next(NUMBERS)
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.PROVIDER, code=f"T-{number}", name=name or f"Verein {number}", source="Test"
    )
    return Partner.objects.create(organisation=organisation, kind=kind, centre=Centre.objects.get(key=key), **more)


def place(key: str = "05122", **more) -> Place:
    """Make a place in the seat of a centre."""
    centre = Centre.objects.get(key=key)
    town = Municipality.objects.filter(name=centre.seat).first() or Municipality.objects.first()
    values = {"name": "Haus der Begegnung", "street": "Hauptstraße 1", "postcode": "42651"} | more
    if not values.get("is_protected") and "latitude" not in values:
        values |= {"latitude": town.latitude, "longitude": town.longitude}
    return Place.objects.create(centre=centre, municipality=town, **values)


def content(*, at=(), terms=(("NEED", "learn-german"),), languages=(("ar", "SPOKEN"),), **values) -> OfferContent:
    """Return the content of an entry with everything that must be there."""
    empty = Offer()
    said = {name: getattr(empty, name) for name in TEXT_FIELDS}
    said |= {"title": "Sprachcafé", "summary": "Deutsch sprechen bei Kaffee und Tee", "phone": "0212 290-0"}
    return OfferContent(values=said | values, terms=tuple(terms), languages=tuple(languages), at=tuple(at))


def tuesdays(where: Place | None, **more) -> At:
    """Return a place with hours every Tuesday from three to five."""
    return At(place=where and where.pk, hours=(Hours(weekday=1, opens=time(15), closes=time(17), **more),))
