"""Which entries, organisations and places an answer holds: what is public, and all that was asked at once (AND)."""

from datetime import date
from math import cos, radians

from django.db.models import F, FloatField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import ACos, Cast, Cos, Greatest, Least, Radians, Sin
from django.utils.translation import gettext as _

from verbund.core import search
from verbund.directory.models import Municipality, Partner, Postcode
from verbund.offers import queries
from verbund.offers.indexing import KIND
from verbund.offers.models import Offer, OfferAtPlace, OfferLanguage, Slot
from verbund.offers.opendata.parameters import Asked, WrongParameter
from verbund.offers.opendata.vocabulary import ORGANISATIONS, Vocabulary, taxonomy_uid

EARTH_METRES = 6_371_000
METRES_PER_DEGREE = 111_000
ORGANISATION = ("partner__organisation",)
CENTRE = ("partner__centre__carrier__district", "partner__centre__carrier__municipality")


def services(asked: Asked, *, on: date, vocabulary: Vocabulary) -> QuerySet[Offer]:
    """Return the entries asked for, in the order they were made."""
    found = queries.public_offers(on=on).filter(_conditions(asked, vocabulary))
    if text := asked.get("search"):
        found = found.filter(search.matching(KIND, text))
    return found.order_by("pk")


def service_rows(offers: QuerySet[Offer], *, full: bool) -> QuerySet[Offer]:
    """Return entries with all that `mapping.service` reads, in a constant number of statements."""
    spoken = Prefetch("languages", OfferLanguage.objects.select_related("language", "slot"))
    found = offers.select_related(*ORGANISATION).prefetch_related(spoken, "terms")
    if not full:
        return found
    return found.select_related(*CENTRE).prefetch_related(
        Prefetch("at_places", _at_places(OfferAtPlace.objects.order_by("pk"), full=True)),
        "fundings__programme",
        "texts",
    )


def at_locations(asked: Asked, *, on: date, vocabulary: Vocabulary) -> QuerySet[OfferAtPlace]:
    """Return the entries at their places asked for. Raises WrongParameter for an unknown postcode with a distance."""
    offers = queries.public_offers(on=on).filter(_conditions(asked, vocabulary))
    if text := asked.get("search"):
        offers = offers.filter(search.matching(KIND, text))
    found = OfferAtPlace.objects.filter(offer__in=offers.order_by().values("pk")).order_by("pk")
    if not (code := asked.get("postcode")):
        return found
    if metres := asked.get("proximity"):
        return _near(found, code, metres)
    towns = Municipality.objects.filter(postcodes__code=code).values("pk")
    districts = Municipality.objects.filter(postcodes__code=code).values("district")
    carrier = "offer__partner__centre__carrier__"
    whole = Q(**{f"{carrier}municipality": None, f"{carrier}district__in": districts})
    return found.filter(whole | Q(**{f"{carrier}municipality__in": towns}))


def at_location_rows(places: QuerySet[OfferAtPlace], *, full: bool) -> QuerySet[OfferAtPlace]:
    """Return entries at places with all that `mapping.service_at_location` reads."""
    spoken = Prefetch("offer__languages", OfferLanguage.objects.select_related("language", "slot"))
    found = _at_places(places, full=full).select_related("offer", *(f"offer__{path}" for path in ORGANISATION))
    return found.select_related("place__municipality__district").prefetch_related(spoken, "offer__terms")


def organizations(asked: Asked, *, on: date, vocabulary: Vocabulary) -> QuerySet[Partner]:
    """Return the organisations that have a public entry, and where words are asked for, one with them."""
    offers = queries.public_offers(on=on)
    kinds = Q()
    if (uid := asked.get("taxonomy_term_id")) and (word := vocabulary.by_uid.get(str(uid))):
        if word.kind == ORGANISATIONS:
            kinds &= Q(kind=word.code)
        else:
            offers = offers.filter(terms__kind=word.kind, terms__code=word.code)
    elif uid:
        offers = offers.none()
    if (uid := asked.get("taxonomy_id")) and str(uid) != taxonomy_uid(ORGANISATIONS):
        offers = offers.filter(_of_taxonomy(str(uid), vocabulary))
    found = Partner.objects.filter(kinds, pk__in=offers.order_by().values("partner"))
    if text := asked.get("search"):
        said = queries.public_offers(on=on).filter(search.matching(KIND, text)).order_by().values("partner")
        found = found.filter(Q(organisation__name__icontains=text) | Q(pk__in=said))
    return found.select_related("organisation").order_by("pk")


def organization_rows(partners: QuerySet[Partner], *, on: date, full: bool) -> QuerySet[Partner]:
    """Return organisations; with `full` also their public entries as `public_offers`."""
    if not full:
        return partners
    offers = queries.public_offers(on=on).order_by("pk")
    return partners.prefetch_related(Prefetch("offers", offers, to_attr="public_offers"))


def _at_places(places: QuerySet[OfferAtPlace], *, full: bool) -> QuerySet[OfferAtPlace]:
    found = places.select_related("place__municipality__district")
    if not full:
        return found
    slots = Prefetch("slots", Slot.objects.order_by("weekday", "opens", "pk"))
    return found.prefetch_related(slots, "date_changes", "closures", "place__features__feature")


def _conditions(asked: Asked, vocabulary: Vocabulary) -> Q:
    wanted = Q()
    if uid := asked.get("organization_id"):
        wanted &= Q(partner__uid=uid)
    if changed := asked.get("modified_after"):
        wanted &= Q(changed_at__gte=changed)
    if uid := asked.get("taxonomy_term_id"):
        word = vocabulary.by_uid.get(str(uid))
        if word is None:
            wanted &= Q(pk__in=[])
        elif word.kind == ORGANISATIONS:
            wanted &= Q(partner__kind=word.code)
        else:
            wanted &= Q(pk__in=_bearing(kind=word.kind, code=word.code))
    if (uid := asked.get("taxonomy_id")) and str(uid) != taxonomy_uid(ORGANISATIONS):
        wanted &= _of_taxonomy(str(uid), vocabulary)
    return wanted


def _of_taxonomy(uid: str, vocabulary: Vocabulary) -> Q:
    kinds = {word.kind for word in vocabulary.words if taxonomy_uid(word.kind) == uid}
    return Q(pk__in=_bearing(kind__in=kinds))


def _bearing(**term) -> QuerySet:
    """Return the entries that bear a term, as a subquery: a join would repeat them."""
    return Offer.terms.through.objects.filter(**{f"term__{name}": value for name, value in term.items()}).values(
        "offer"
    )


def _near(found: QuerySet[OfferAtPlace], code: str, metres: int) -> QuerySet[OfferAtPlace]:
    """Return those whose place is within a distance of the middle of a postcode; protected places have no point."""
    middle = Postcode.objects.filter(code=code).order_by("-is_primary", "pk").first()
    if middle is None:
        raise WrongParameter(
            _("Die Postleitzahl %(code)s kennen wir nicht; nur mit ihr lässt sich ein Umkreis bilden.")
            % {"code": code},
            field="postcode",
        )
    latitude, longitude = float(middle.latitude), float(middle.longitude)
    high = metres / METRES_PER_DEGREE * 1.01 + 0.0001
    wide = high / max(cos(radians(latitude) + radians(high)), 0.01)
    box = Q(
        place__is_protected=False,
        place__latitude__range=(f"{latitude - high:.5f}", f"{latitude + high:.5f}"),
        place__longitude__range=(f"{longitude - wide:.5f}", f"{longitude + wide:.5f}"),
    )
    return found.filter(box).annotate(metres=_distance(latitude, longitude)).filter(metres__lte=metres)


def _distance(latitude: float, longitude: float):
    """Return the expression for the metres to a place on the great circle."""
    north, east = (Radians(Cast(F(f"place__{name}"), FloatField())) for name in ("latitude", "longitude"))
    here, there = (Radians(Value(value, FloatField())) for value in (latitude, longitude))
    along = Sin(here) * Sin(north) + Cos(here) * Cos(north) * Cos(east - there)
    return Value(EARTH_METRES, FloatField()) * ACos(
        Greatest(Value(-1.0, FloatField()), Least(Value(1.0, FloatField()), along))
    )
