"""Places as HSDS `location`. Of a protected one nothing leaves but its town."""

from verbund.offers.models import PlaceFeature
from verbund.offers.opendata.values import derived, joined, present, text
from verbund.offers.opendata.vocabulary import LINK_TYPES, Word, word_of

KNOWN = dict(PlaceFeature.Value.choices)
REMOTE = "telefonisch oder online"
PROTECTED = "geschützte Adresse"


def location(at, features: list[Word] | None, *, website: str = "") -> dict:
    """Return where an entry takes place; with `features` (those asked of every place) also what is known about them."""
    place = at.place
    if place is None:
        return present(id=derived("remote", at.uid), location_type="virtual", name=REMOTE, url=website)
    if place.is_protected:
        return {
            "id": str(place.uid),
            "location_type": "physical",
            "name": PROTECTED,
            "description": f"Der Ort liegt in {place.municipality.name}. Die Adresse ist geschützt; bitte anrufen.",
        }
    basic = present(
        id=str(place.uid),
        location_type="physical",
        name=text(place.name),
        transportation=text(place.directions),
        latitude=None if place.latitude is None else float(place.latitude),
        longitude=None if place.longitude is None else float(place.longitude),
    )
    if features is None:
        return basic
    return basic | present(addresses=_addresses(place), accessibility=_accessibility(place, features))


def town_area(at) -> dict:
    """Return the town of a protected place as the area of the entry there."""
    town = at.place.municipality
    return {
        "id": derived("area", at.uid, town.ags),
        "service_at_location_id": str(at.uid),
        "name": town.name,
        "uri": f"http://dcat-ap.de/def/politicalGeocoding/municipalityKey/{town.ags}",
    }


def _addresses(place) -> list[dict]:
    """Return the address, where street and postcode are known: without them it would be none."""
    if not (text(place.street) and text(place.postcode)):
        return []
    town = place.municipality
    return [
        {
            "id": derived("address", place.uid),
            "location_id": str(place.uid),
            "address_1": text(place.street),
            "city": town.name,
            "region": town.district.display_name,
            "state_province": "NW",
            "postal_code": text(place.postcode),
            "country": "DE",
            "address_type": "physical",
        }
    ]


def _accessibility(place, features: list[Word]) -> list[dict]:
    """Return one row per feature, those nobody knows about included."""
    known = {word_of(row.feature): row for row in place.features.all()}
    words = [*features, *(word for word in known if word not in features)]
    return [_feature(place, word, known.get(word)) for word in words]


def _feature(place, word: Word, row) -> dict:
    uid = derived("accessibility", place.uid, word.code)
    value = row.value if row else PlaceFeature.Value.UNKNOWN
    return {
        "id": uid,
        "location_id": str(place.uid),
        "description": text(word.name),
        "details": joined(KNOWN[value], row.note if row else "", between=". "),
        "attributes": [
            {
                "id": derived("attribute", uid, word.code),
                "link_id": uid,
                "link_entity": "accessibility",
                "link_type": LINK_TYPES[word.kind],
                "taxonomy_term_id": word.uid,
                "value": str(value),
            }
        ],
    }
