"""Entries to measure the finder with: always the same, made in bulk; ten thousand, or as many as somebody wants."""

from datetime import date, time, timedelta

from django.db import connection, transaction

from bench.world import say
from verbund.core.dates import today
from verbund.core.models import Holiday
from verbund.directory.models import Centre, Municipality, Organisation, Partner
from verbund.offers import indexing
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
from verbund.offers.upcoming import WEEKS_AHEAD

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
LANGUAGES = ["ar", "tr", "uk", "en", "fa", "ru", "fr"]
DATES = """
INSERT INTO offers_occurrence (at_id, slot_id, day, weekday, opens, closes, by_appointment)
SELECT at_id, id, %s, weekday, opens, closes, by_appointment FROM offers_slot WHERE weekday = %s
"""


def prepare(count: int = OFFERS) -> None:
    """Make the entries unless they are there."""
    if Offer.objects.filter(external_key__startswith=KEY).count() != count:
        say(f"{count:,} Angebote werden angelegt …".replace(",", "."))
        with transaction.atomic():
            Offer.objects.filter(external_key__startswith=KEY).delete()
            _make(count)
    if not _is_up_to_date():
        with transaction.atomic():
            make_dates()
            indexing.index_offers(None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "PRAGMA optimize")


def _is_up_to_date() -> bool:
    return Occurrence.objects.filter(day__gte=today() + timedelta(weeks=WEEKS_AHEAD - 1)).exists()


def make_dates() -> None:
    """Make the dates of the next weeks as `upcoming.renew` does, but within the database: there are millions."""
    Occurrence.objects.all().delete()
    holidays = set(Holiday.objects.values_list("day", flat=True))
    days = [today() + timedelta(days=number) for number in range(WEEKS_AHEAD * 7 + 1)]
    with connection.cursor() as cursor:
        for day in days:
            if day not in holidays:
                cursor.execute(DATES, [day, day.weekday()])


def _make(count: int) -> None:
    """Make always the same entries: a partner and ten places a centre, hours on two weekdays, two languages."""
    centres, towns = list(Centre.objects.order_by("key")), list(Municipality.objects.order_by("ags"))
    terms = list(Term.objects.filter(kind__in=["NEED", "AUDIENCE"]).order_by("kind", "position"))
    needs = [term for term in terms if term.kind == "NEED"]
    audiences = [term for term in terms if term.kind == "AUDIENCE"]
    partners = [_partner(centre) for centre in centres]
    places = Place.objects.bulk_create(_place(number, towns, centres) for number in range(len(towns) * 2))
    step_free = Term.objects.get(kind="FEATURE", code="step-free")
    PlaceFeature.objects.bulk_create(PlaceFeature(place=one, feature=step_free, value="YES") for one in places[::3])
    offers = Offer.objects.bulk_create((_offer(number, partners) for number in range(count)), batch_size=500)
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
    make_dates()
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
