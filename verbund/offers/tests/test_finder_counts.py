"""Filters never lie: the number beside a choice is the number of hits after choosing it, counted here by hand."""

import random
from datetime import time

import pytest

from verbund.accounts.roles import Role
from verbund.offers.content import At, Hours
from verbund.offers.finding import NO_LIMIT, RADII, WHEN, YES_OR_NO, Spot, Wanted, find
from verbund.offers.models import Occurrence, Offer, PlaceFeature, Term
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import MONDAY_MORNING, publish, stock_of_the_day
from verbund.offers.ways_on import ways_on

pytestmark = pytest.mark.django_db
NEEDS = ["learn-german", "meet-people", "health"]
LANGUAGES = ["de", "ar", "tr", "uk"]
SOLINGEN = Spot(51.17, 7.08, "Solingen", "05122")
CHANCE = random.Random(20261123)


@pytest.fixture
def world(member, acting):
    """Twenty-five entries of all kinds, many at several places, drawn always alike."""
    staff, partner = acting(member(Role.CENTRE_STAFF)), story.partner()
    places = [story.place(name=f"Ort {n}", latitude=f"{51.17 + n * 0.03:.5f}", longitude="7.08000") for n in range(5)]
    step_free = Term.objects.get(kind="FEATURE", code="step-free")
    for place in places[::2]:
        PlaceFeature.objects.create(place=place, feature=step_free, value="YES")
    for number in range(25):
        somewhere = CHANCE.sample(places, CHANCE.choice([1, 1, 2, 3]))
        publish(
            staff, partner, title=f"Angebot {number}", at=[At(place=one.pk, hours=some_hours()) for one in somewhere],
            terms=[("NEED", CHANCE.choice(NEEDS)), ("AUDIENCE", CHANCE.choice(["women", "families"]))],
            languages=[(code, CHANCE.choice(["SPOKEN", "ON_REQUEST"])) for code in CHANCE.sample(LANGUAGES, 2)],
            is_free=CHANCE.random() < 0.6, is_women_only=CHANCE.random() < 0.3,
            child_care=CHANCE.choice(["YES", "NO", "UNKNOWN"]), registration=CHANCE.choice(["NONE", "PHONE"]),
        )  # fmt: skip


def some_hours() -> tuple[Hours, ...]:
    return tuple(
        Hours(weekday, time(start), time(start + 2), languages=CHANCE.choice([(), ("fa",), ("ru",)]))
        for weekday, start in {(CHANCE.randint(0, 6), CHANCE.randint(8, 18)) for _one in range(2)}
    )  # fmt: skip


def by_hand(wanted: Wanted) -> int:
    """Count what fits by looking at each entry and each of its dates."""
    return sum(fits(offer, wanted) for offer in Offer.objects.all())


def fits(offer, wanted: Wanted) -> bool:
    said = {
        "kostenlos": offer.is_free,
        "kinder": offer.child_care == "YES",
        "frauen": offer.is_women_only,
        "ohne": offer.registration == "NONE",
    }
    terms = set(offer.terms.values_list("code", flat=True))
    return (
        all(said[name] for name in wanted.yes - {"stufenlos"})
        and {wanted.anliegen, wanted.fuer} - {""} <= terms
        and any(fits_at(at, offer, wanted) for at in offer.at_places.select_related("place"))
    )


def fits_at(at, offer, wanted: Wanted) -> bool:
    """Whether everything that is wanted of the place is so at this one."""
    if "stufenlos" in wanted.yes and not at.place.features.filter(value="YES").exists():
        return False
    return is_near(at.place, wanted) and is_then(at, offer, wanted)


def is_near(place, wanted: Wanted) -> bool:
    if not wanted.spot or wanted.umkreis == NO_LIMIT:
        return True  # all on one meridian: a degree is 111.2 km
    return abs(float(place.latitude) - wanted.spot.latitude) * 111.2 <= wanted.umkreis


def is_then(at, offer, wanted: Wanted) -> bool:
    modes = ["SPOKEN", "ON_REQUEST", "INTERPRETER"] if wanted.auch else ["SPOKEN"]
    always = offer.languages.filter(slot=None, language=wanted.spricht, mode__in=modes).exists()
    has_time = wanted.wann or wanted.tag is not None or wanted.von or wanted.bis
    if not (has_time or wanted.spricht):
        return True
    if not has_time and always:
        return True
    for date in Occurrence.objects.filter(at=at):
        is_wanted = (
            (wanted.tag is None or date.day.weekday() == wanted.tag)
            and (not wanted.von or date.closes > wanted.von)
            and (not wanted.bis or date.opens < wanted.bis)
            and (not wanted.wann or (date.day - story.TODAY).days < (1 if wanted.wann == "heute" else 7))
            and (not wanted.wann or date.day > story.TODAY or date.closes > MONDAY_MORNING.time())
        )
        then = date.slot and date.slot.languages.filter(language=wanted.spricht).exists()
        if is_wanted and (not wanted.spricht or always or then):
            return True
    return False


def any_wanted() -> Wanted:
    def maybe(values, nothing):
        return CHANCE.choice(values) if CHANCE.random() < 0.3 else nothing

    return Wanted(
        spot=maybe([SOLINGEN], None),
        umkreis=CHANCE.choice([*RADII, NO_LIMIT]),
        anliegen=maybe(NEEDS, ""),
        fuer=maybe(["women", "families"], ""),
        spricht=maybe([*LANGUAGES, "fa"], ""),
        auch=CHANCE.random() < 0.3,
        tag=maybe(range(7), None),
        von=maybe([time(10), time(14)], None),
        bis=maybe([time(16), time(20)], None),
        wann=maybe(WHEN, ""),
        yes=frozenset(name for name in YES_OR_NO if CHANCE.random() < 0.15),
    )


@pytest.mark.postgres
def test_the_number_beside_a_choice_is_the_number_of_hits_after_choosing_it(world):
    kept = stock_of_the_day()
    for _one in range(25):
        wanted = any_wanted()
        found = find(kept, wanted, now=MONDAY_MORNING)
        assert found.total == by_hand(wanted), wanted
        for name, value in CHANCE.sample(list(found.counts), 4):
            chosen = wanted.with_choice(name, value)
            assert found.counts[name, value] == by_hand(chosen), chosen
            assert found.counts[name, value] == find(kept, chosen, now=MONDAY_MORNING).total
        for one in ways_on(kept, wanted, now=MONDAY_MORNING):
            assert one.count > 0


def test_all_choices_together_leave_no_count_above_the_whole(world):
    found = find(stock_of_the_day(), Wanted(), now=MONDAY_MORNING)
    assert found.total == 25
    assert max(found.counts.values()) <= 25
    assert sum(found.counts["anliegen", need] for need in NEEDS) == 25


@pytest.mark.postgres
def test_what_is_wanted_of_the_place_is_met_by_one_and_the_same_place(member, acting):
    """One place near and open on Tuesdays, one without steps, one without steps far away: none is all of it."""
    step_free = Term.objects.get(kind="FEATURE", code="step-free")
    near, second, far = (
        story.place(name=f"Ort {n}", latitude=f"{51.17 + n * 0.2:.5f}", longitude="7.08000") for n in (0, 0.01, 1)
    )
    for place in (second, far):
        PlaceFeature.objects.create(place=place, feature=step_free, value="YES")
    tuesday, friday = (Hours(day, time(15), time(17)) for day in (1, 4))
    arabic = Hours(3, time(9), time(11), languages=("ar",))
    places = [At(near.pk, hours=(tuesday,)), At(second.pk, hours=(friday, arabic)), At(far.pk, hours=(tuesday,))]
    publish(acting(member(Role.CENTRE_STAFF)), at=places, languages=[("de", "SPOKEN")])
    kept, free = stock_of_the_day(), frozenset({"stufenlos"})

    def answer(**wanted):
        return find(kept, Wanted(spot=SOLINGEN, umkreis=5, **wanted), now=MONDAY_MORNING)

    assert [answer(yes=free, tag=day).total for day in (1, 4)] == [0, 1]
    assert [answer(yes=free).counts["tag", day] for day in (1, 3, 4)] == [0, 1, 1]
    assert [answer(tag=day).counts["stufenlos", True] for day in (1, 4)] == [0, 1]
    assert [answer(yes=free, tag=1).counts["umkreis", radius] for radius in (10, 25)] == [0, 1]
    assert [answer(tag=day, spricht="ar").total for day in (1, 3)] == [0, 1]
    ways = ways_on(kept, Wanted(spot=SOLINGEN, umkreis=5, yes=free, tag=1), now=MONDAY_MORNING)
    assert {one.name for one in ways} == {"umkreis", "tag", "stufenlos"}
