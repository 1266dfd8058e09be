"""The public pages of the offers, with ten thousand entries."""

from datetime import date, time, timedelta
from itertools import cycle, product
from urllib.parse import urlencode

from django.db import connection, transaction

from bench.harness import Figures, Visitor, measure
from bench.registry import operation
from bench.world import say
from verbund.core.dates import today
from verbund.directory.models import Centre, Municipality, Organisation, Partner
from verbund.offers import indexing, upcoming
from verbund.offers.models import (
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferLanguage,
    Place,
    PlaceFeature,
    Slot,
    Term,
)

OFFERS = 10_000
KEY = "bench:"
WHAT = [
    "Sprachcafé",
    "Deutschkurs",
    "Hausaufgabenhilfe",
    "Migrationsberatung",
    "Elterncafé",
    "Nähkurs",
    "Fahrradwerkstatt",
    "Spielgruppe",
]
FOR_WHOM = [
    "für Frauen",
    "für Familien",
    "für alle",
    "mit Kinderbetreuung",
    "am Abend",
    "im Stadtteil",
    "für Jugendliche",
]
SAID = "Gemeinsam sprechen, lernen und Fragen stellen, bei Kaffee und Tee, ohne Prüfung und ohne Kosten."
ASKED = [
    urlencode({"was": word})
    for word in [*WHAT, "Deutsch lernen", "Beratung", "تعلم اللغة الألمانية", "kurse", "treffen"]
]
CHOSEN = ["", "tag=1", "kostenlos=1&spricht=ar", "wann=woche", "tag=2&von=14:00&bis=18:00", "fuer=women"]
LANGUAGES = ["ar", "tr", "uk", "en", "fa", "ru", "fr"]


@operation("public_search", limit="page", goal="≥ 20 % of the page limit, ≤ 6 SQL")
def public_search() -> Figures:
    """The finder with words, place and filters, 20 hits and the counts of all choices; each address asked once."""
    prepare()
    visitor = Visitor()
    addresses = cycle(_addresses())
    figures = measure(lambda: visitor.get(next(addresses)).expect(200), rows=Offer.objects.count())
    again = measure(lambda: visitor.get("/angebote/?was=Deutschkurs&ort=42651&tag=1").expect(200))
    figures.more = {"same_address_ms": round(again.cpu_ms, 3)}
    return figures


@operation("public_offer_detail", limit="page", goal="≥ 30 % of the page limit, ≤ 5 SQL")
def public_offer_detail() -> Figures:
    """The page of an entry, as a visitor opens it."""
    prepare()
    visitor, offer = Visitor(), Offer.objects.filter(external_key=f"{KEY}77").get()
    return measure(lambda: visitor.get(offer.get_absolute_url()).expect(200), rows=OFFERS)


@operation("public_unchanged", limit="hello", goal="≥ 30 % of hello")
def public_unchanged() -> Figures:
    """A page of the finder the visitor's browser has already."""
    prepare()
    visitor, address = Visitor(), "/angebote/?was=Deutschkurs&ort=42651"
    sign = visitor.get(address).expect(200).headers["ETag"]
    return measure(lambda: visitor.get(address, {"HTTP_IF_NONE_MATCH": sign}).expect(304), rows=OFFERS)


def _addresses() -> list[str]:
    """Return more addresses than are measured, from many towns: a visitor's first look at each."""
    towns = Municipality.objects.order_by("ags").values_list("name", flat=True)[:30]
    return [
        f"/angebote/?{what}&{urlencode({'ort': town})}&{chosen}" for town, what, chosen in product(towns, ASKED, CHOSEN)
    ]


def prepare() -> None:
    """Make the entries unless they are there."""
    if Offer.objects.filter(external_key__startswith=KEY).count() != OFFERS:
        say("10.000 Angebote werden angelegt …")
        with transaction.atomic():
            Offer.objects.filter(external_key__startswith=KEY).delete()
            _make()
    if not _is_up_to_date():
        with transaction.atomic():
            upcoming.renew(None, on=today())
            indexing.index_offers(None)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _is_up_to_date() -> bool:
    return Occurrence.objects.filter(day__gte=today() + timedelta(weeks=7)).exists()


def _make() -> None:
    """Make always the same entries: a partner and ten places a centre, hours on two weekdays, two languages."""
    centres, towns = list(Centre.objects.order_by("key")), list(Municipality.objects.order_by("ags"))
    terms = list(Term.objects.filter(kind__in=["NEED", "AUDIENCE"]).order_by("kind", "position"))
    needs = [term for term in terms if term.kind == "NEED"]
    audiences = [term for term in terms if term.kind == "AUDIENCE"]
    partners = [_partner(centre) for centre in centres]
    places = Place.objects.bulk_create(_place(number, towns, centres) for number in range(len(towns) * 2))
    step_free = Term.objects.get(kind="FEATURE", code="step-free")
    PlaceFeature.objects.bulk_create(PlaceFeature(place=one, feature=step_free, value="YES") for one in places[::3])
    offers = Offer.objects.bulk_create((_offer(number, partners) for number in range(OFFERS)), batch_size=500)
    link = Offer.terms.through
    link.objects.bulk_create(
        (link(offer=one, term=of[number % len(of)]) for number, one in enumerate(offers) for of in (needs, audiences)),
        batch_size=2_000,
    )
    OfferLanguage.objects.bulk_create(
        (
            OfferLanguage(offer=one, language_id=code, mode="SPOKEN")
            for number, one in enumerate(offers)
            for code in ("de", LANGUAGES[number % len(LANGUAGES)])
        ),
        batch_size=2_000,
    )
    at = OfferAtPlace.objects.bulk_create(
        (OfferAtPlace(offer=one, place=places[number % len(places)]) for number, one in enumerate(offers)),
        batch_size=2_000,
    )
    Slot.objects.bulk_create(
        (
            Slot(at=one, weekday=(number + shift) % 5, opens=time(9 + number % 8), closes=time(11 + number % 8))
            for number, one in enumerate(at)
            for shift in (0, 2)
        ),
        batch_size=2_000,
    )
    upcoming.renew(None, on=today())
    indexing.index_offers(None)


def _partner(centre: Centre) -> Partner:
    organisation, _new = Organisation.objects.get_or_create(
        kind=Organisation.Kind.PROVIDER, code=f"BENCH-{centre.key}", defaults={"name": f"Verein {centre.seat}"}
    )
    return Partner.objects.get_or_create(
        organisation=organisation, defaults={"kind": Partner.Kind.CLUB, "centre": centre}
    )[0]


def _place(number: int, towns: list, centres: list) -> Place:
    town = towns[number % len(towns)]
    return Place(
        name=f"Treffpunkt {number}",
        street=f"Straße {number}",
        postcode="42651",
        municipality=town,
        centre=centres[number % len(centres)],
        latitude=town.latitude,
        longitude=town.longitude,
    )


def _offer(number: int, partners: list) -> Offer:
    return Offer(
        partner=partners[number % len(partners)],
        title=f"{WHAT[number % len(WHAT)]} {FOR_WHOM[number % len(FOR_WHOM)]}",
        summary=SAID,
        description=f"{SAID} {WHAT[number // 7 % len(WHAT)]} {number}.",
        phone="0212 290-0",
        is_free=number % 4 != 0,
        registration="NONE" if number % 2 else "PHONE",
        child_care="YES" if number % 5 == 0 else "UNKNOWN",
        is_women_only=number % 7 == 0,
        status="PUBLISHED",
        published_on=date(2026, 1, 1),
        checked_on=date(2026, 1, 1) + timedelta(days=number % 300),
        external_key=f"{KEY}{number}",
    )
