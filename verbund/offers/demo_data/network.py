"""Made-up partners and places of a centre, in its own towns, near their points, with reserved telephone numbers.

Numbers are those of the Bundesnetzagentur for media (0221 4710-000 to -999, Mitteilung 148/2021, Amtsblatt 7/2021):
nobody ever has them. Mail goes to `demo.invalid`, which does not exist (RFC 2606).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from verbund.directory.demo import MAIL_DOMAIN
from verbund.directory.models import Centre, Municipality, Organisation, Partner, Postcode
from verbund.offers.demo_data import Draw, words
from verbund.offers.models import Place

CODE = "VF-A-"
MARK = " (Vorführung)"
K = Partner.Kind
ALWAYS = (K.WELFARE_ASSOCIATION, K.MIGRANT_ORGANISATION, K.ADULT_EDUCATION, K.CLUB, K.DAYCARE, K.OFFICE)
SOMETIMES = (K.REFUGEE_INITIATIVE, K.SCHOOL, K.OTHER, K.RELIGIOUS_COMMUNITY, K.CENTRE)
PLACE_KINDS = ("house", "office", "school", "kita", "sport", "house", "office", "house", "school", "kita")
FROM_THE_WORLD = {("05122", K.MIGRANT_ORGANISATION): "VF-BRUECKE", ("05978", K.WELFARE_ASSOCIATION): "VF-ANKER"}
"""Partners whose organisation the demonstration already has, with people who sign in for them."""


@dataclass(frozen=True)
class PlaceAt:
    """A place with what titles say of it: "im Begegnungshaus Lindenhof", and its town."""

    place: Place
    kind: str
    in_words: str
    town: str


@dataclass
class Network:
    """A centre with its partners and places, not saved yet."""

    centre: Centre
    seat: str
    organisations: list[Organisation] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    places: list[PlaceAt] = field(default_factory=list)


def uid_of(key: str) -> UUID:
    """Return the same identifier for the same key."""
    return uuid5(NAMESPACE_URL, f"https://demo.invalid/{key}")


def phone_of(number: int) -> str:
    return f"0221 4710-{number % 1000:03d}"


def towns_by_centre(centres) -> dict[int, list[Municipality]]:
    """Return the towns each centre serves, largest first; two statements."""
    own = {centre.carrier.municipality_id: centre.pk for centre in centres if centre.carrier.municipality_id}
    of_district = {centre.carrier.district_id: centre.pk for centre in centres if not centre.carrier.municipality_id}
    found = defaultdict(list)
    for town in Municipality.objects.order_by("-population_estimate", "ags"):
        centre = own.get(town.ags) or of_district.get(town.district_id)
        if centre:
            found[centre].append(town)
    return found


def postcodes_by_town() -> dict[str, list[Postcode]]:
    """Return the postcodes of every town, those it is the main town of first."""
    found = defaultdict(list)
    for row in Postcode.objects.order_by("-is_primary", "code"):
        found[row.municipality_id].append(row)
    return found


def build(centre: Centre, number: int, *, offers: int, towns, postcodes, existing: dict, protected: bool) -> Network:
    """Make the network of the centre with this running number, for so many offers; nothing is saved.

    `existing` are organisations of the demonstration by code.
    """
    network = Network(centre, centre.seat)
    count = len(ALWAYS) + max((offers - 12) // 15, 0) + (number % 5 == 0)
    kinds = [*ALWAYS, *(SOMETIMES[(number // 5 + extra) % len(SOMETIMES)] for extra in range(count - len(ALWAYS)))]
    for position, kind in enumerate(kinds):
        _add_partner(network, kind, position, number, existing)
    place_kinds = [PLACE_KINDS[at % len(PLACE_KINDS)] for at in range(max(len(PLACE_KINDS) - 4, offers * 2 // 5))]
    for position, place_kind in enumerate([*place_kinds, *(["protected"] if protected else [])]):
        _add_place(network, place_kind, position, number, towns[position % len(towns)], postcodes)
    return network


def _add_partner(network: Network, kind: str, position: int, number: int, existing: dict) -> None:
    key = f"{CODE}{network.centre.key}-{position + 1}"
    draw = Draw(key)
    name = words()["names"][(number * 7 + position) % len(words()["names"])]
    organisation = existing.get(FROM_THE_WORLD.get((network.centre.key, kind)))
    if organisation is None:
        pattern = draw.pick("pattern", words()["partners"][kind])
        organisation = Organisation(
            kind=Organisation.Kind.PROVIDER,
            code=key,
            name=pattern.format(name=name, town=network.seat) + MARK,
            source="Vorführung",
            is_demo=True,
        )
        network.organisations.append(organisation)
    at = number * 12 + position
    partner = Partner(
        organisation=organisation,
        uid=uid_of(f"partner/{key}"),
        kind=kind,
        centre=network.centre,
        description=words()["what_partners_do"][kind].format(town=network.seat),
        phone=phone_of(at),
        email=f"partner-{at}{MAIL_DOMAIN}",
        website=f"https://demo.invalid/partner-{at}" if draw.chance("website", 40) else "",
        is_trusted=draw.chance("trusted", 25),
    )
    network.partners.append(partner)


def _add_place(network: Network, kind: str, position: int, number: int, town: Municipality, postcodes) -> None:
    key = f"place/{network.centre.key}/{position + 1}"
    draw = Draw(key)
    name = words()["names"][(number * 5 + position * 2 + 3) % len(words()["names"])]
    pattern, preposition = draw.pick("pattern", words()["places"][kind])
    spoken = pattern.format(name=name)
    place = Place(uid=uid_of(key), name=spoken + MARK, municipality=town, centre=network.centre, is_demo=True)
    if kind == "protected":
        place.is_protected = True
    else:
        row = postcodes[town.ags][position % len(postcodes[town.ags])]
        place.street = f"{draw.pick('street', words()['streets'])} {1 + draw.number('house', 60)}"
        place.postcode = row.code
        place.latitude, place.longitude = row.latitude + _offset(draw, "north"), row.longitude + _offset(draw, "east")
        place.directions = draw.pick("directions", words()["directions"]) if draw.chance("described", 40) else ""
    network.places.append(PlaceAt(place, kind, f"{preposition} {spoken}" if preposition else "", town.name))


def _offset(draw: Draw, what: str) -> Decimal:
    """Return up to four thousandths of a degree: some 400 metres."""
    return Decimal(draw.number(what, 801) - 400) / 100000
