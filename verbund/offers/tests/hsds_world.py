"""A world of entries made at random from a fixed seed: every kind of hours, languages, costs, places and status."""

import random
from datetime import date, time

from verbund.offers import operations
from verbund.offers.content import At, Break, Change, Hours
from verbund.offers.models import Offer, OfferFunding, OfferLanguage, Place, PlaceFeature, Slot, Term
from verbund.offers.tests import story
from verbund.programmes.models import Programme

CANARY = "Kanarienvogel"
TODAY = story.TODAY
LANGUAGES = ("ar", "tr", "uk", "kmr", "gsg", "en")


def world(actor, *, number: int, seed: int = 7) -> list[Offer]:
    """Make so many public entries, every fifth paused."""
    dice = random.Random(seed)
    partners = [story.partner(kind=kind, phone="0212 1") for kind in ("CLUB", "SCHOOL", "MIGRANT_ORGANISATION")]
    places = [story.place(name=f"Haus {n}", street=f"Weg {n}", directions=dice.choice(["", "Bus 1"])) for n in range(4)]
    PlaceFeature.objects.create(place=places[0], feature=feature("step-free"), value="YES", note="Rampe hinten")
    PlaceFeature.objects.create(place=places[0], feature=feature("lift"), value="NO")
    places.append(story.place(is_protected=True, name=CANARY, street="", postcode=""))
    return [_entry(dice, dice.choice(partners), places, actor, n) for n in range(number)]


def feature(code: str) -> Term:
    return Term.objects.get(kind="FEATURE", code=code)


def _entry(dice, partner, places: list[Place], actor, number: int) -> Offer:
    content = story.content(
        title=f"Angebot {number}",
        at=_ats(dice, places),
        terms=[("NEED", dice.choice(["learn-german", "health"])), ("AUDIENCE", dice.choice(["women", "everybody"]))],
        languages=[(code, dice.choice(OfferLanguage.Mode.values)) for code in dice.sample(LANGUAGES, 2)],
        is_free=(is_free := dice.random() < 0.5),
        amount_fee=None if is_free else dice.choice([None, "12.50"]),
        minimum_age=dice.choice([None, 0, 16]),
        registration=dice.choice(Offer.Registration.values),
        to_bring=dice.choice(["", "Ausweis"]),
        contact_function=dice.choice(["", "Beratungsteam"]),
        website=dice.choice(["", "https://müller.example/über uns?a=[1]", "https://verein.example/"]),
        description=dice.choice(["", "Zeile eins\nZeile zwei"]),
        valid_until=dice.choice([None, date(2027, 6, 30)]),
    )
    offer = operations.create_offer(partner, content, on=TODAY, actor=actor, is_demo=number % 7 == 0)
    operations.publish_offer(offer, on=TODAY, actor=actor)
    if number % 5 == 0:
        operations.pause_offer(offer, until=dice.choice([None, date(2027, 1, 10)]), reason="", on=TODAY, actor=actor)
    if number % 3 == 0:
        OfferFunding.objects.create(offer=offer, programme=Programme.objects.first(), item=f"{CANARY} Kostenposition")
    return offer


def _ats(dice, places: list[Place]) -> list[At]:
    chosen = [*dice.sample(places, dice.choice([1, 2])), *([None] if dice.random() < 0.3 else [])]
    return [
        At(
            place=place and place.pk,
            room="Raum 3" if place and not place.is_protected else CANARY if place else "",
            hours_note=CANARY if place and place.is_protected else dice.choice(["", "bitte klingeln"]),
            phone=dice.choice(["", "0212 2"]),
            hours=tuple(_hours(dice) for _n in range(dice.choice([0, 1, 3]))),
            changes=(
                Change("EXTRA", date(2026, 12, 9), time(10), time(12), "Fest"),
                Change("CANCELLED", date(2026, 12, 8)),
            ),
            breaks=(Break(date(2026, 12, 21), date(2027, 1, 3), "Weihnachten"),),
        )
        for place in chosen
    ]


def _hours(dice) -> Hours:
    return Hours(
        weekday=dice.randrange(7),
        opens=time(dice.randrange(7, 12)),
        closes=time(dice.randrange(12, 20), 30),
        rhythm=dice.choice(Slot.Rhythm.values),
        valid_from=dice.choice([None, date(2027, 4, 1)]),
        in_school_holidays=dice.random() < 0.5,
        by_appointment=dice.random() < 0.3,
        languages=tuple(dice.sample(LANGUAGES, dice.choice([0, 1]))),
    )
