"""The finder keeps what is public in memory: after every change it answers as if it had read everything anew."""

import random
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from verbund.accounts.roles import Role
from verbund.core.errors import DomainError
from verbund.directory.models import Partner
from verbund.offers import operations, place_operations, stocktaking, tasks, versions
from verbund.offers.content import At, Hours
from verbund.offers.finding import NO_LIMIT, Spot, Wanted, find
from verbund.offers.models import Occurrence, Offer, ShownVersion, Term
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import MONDAY_MORNING, publish, stock_of_the_day
from verbund.offers.words import operations as words
from verbund.offers.words.term_words import TermWords, sign_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SOLINGEN = Spot(51.17, 7.08, "Solingen", "05122")
UNNA = "05978"


def answers(kept) -> list:
    """Return all that can be asked of a stock in a few questions: hits in order, counts, distances."""
    asked = [
        Wanted(),
        Wanted(spot=SOLINGEN, umkreis=NO_LIMIT),
        Wanted(spot=SOLINGEN, umkreis=10, spricht="tr"),
        Wanted(words="treff"),
        Wanted(tag=1, von=time(14)),
        Wanted(wann="woche", spricht="fa"),
    ]
    found = [find(kept, one, now=MONDAY_MORNING) for one in asked]
    return [(one.ids, one.counts, {kept.ids[pos]: km for pos, km in one.km.items()}) for one in found]


def read_anew() -> list:
    """Return the answers of a stock that was never brought in step."""
    return answers(stocktaking._read_all("anew", story.TODAY, versions.numbers()))


@pytest.mark.postgres
def test_after_any_change_the_answers_are_those_of_a_stock_read_anew(staff):
    chance = random.Random(20261129)
    partners = [story.partner(), story.partner(UNNA)]
    places = [story.place(latitude="51.17000", longitude="7.08000"), story.place(UNNA, postcode="59423")]
    offers: list[Offer] = []

    def add():
        which = chance.randrange(2)
        start = chance.randrange(8, 16)
        hours = Hours(chance.randrange(6), time(start), time(start + 2), languages=chance.choice([(), ("fa",)]))
        at = At(place=chance.choice([places[which].pk, None]), hours=(hours,))
        said = {"title": f"Treff {len(offers)}", "languages": [(chance.choice(["tr", "uk"]), "SPOKEN")], "at": [at]}
        offers.append(publish(staff, partners[which], **said))

    def end():
        operations.end_offer(chance.choice(offers), reason="vorbei", on=story.TODAY, actor=staff)

    def pause():
        operations.pause_offer(chance.choice(offers), until=None, reason="Umbau", on=story.TODAY, actor=staff)

    def move():
        offer = chance.choice(offers)
        Partner.objects.filter(pk=offer.partner_id).update(centre=chance.choice(partners).centre)
        versions.note_change_of([offer.pk])

    for _first in range(4):
        add()
    for _round in range(14):
        act = chance.choice([add, add, end, pause, move])
        try:
            act()
        except DomainError:
            continue
        assert answers(stock_of_the_day()) == read_anew(), act.__name__


def test_only_the_changed_centre_is_read_anew(staff):
    here, there = publish(staff), publish(staff, story.partner(UNNA), at=[At(place=None)])
    before = stock_of_the_day()
    operations.check_offer(here, on=story.TODAY, how="CENTRE", actor=staff)
    assert set(versions.numbers()) == {ShownVersion.EVERYTHING, here.partner.centre_id, there.partner.centre_id}
    after = stock_of_the_day()
    assert after is not before
    assert after.places[after.position[there.pk]] is before.places[before.position[there.pk]]
    assert after.places[after.position[here.pk]] is not before.places[before.position[here.pk]]


def test_a_word_of_the_vocabulary_that_no_entry_bears_renews_the_choices(staff, member, acting):
    kept = stock_of_the_day()
    term = Term.objects.filter(kind=Term.Kind.NEED, offers=None).first()
    before = TermWords.of(term)
    said = TermWords(**{**vars(before), "name": "Ganz anders"})
    words.edit_term(term, said, seen=sign_of(vars(before)), actor=acting(member(Role.COORDINATOR)))
    assert stock_of_the_day() is not kept
    assert stock_of_the_day().words.term_names["anliegen", term.code, "de"] == "Ganz anders"


@pytest.mark.postgres
def test_a_page_somebody_has_is_answered_at_once_until_something_on_it_changes(staff, client):
    here, there = publish(staff), publish(staff, story.partner(UNNA), at=[At(place=None)])
    pages = {address: client.get(address)["ETag"] for address in ("/angebote/", here.get_absolute_url())}

    def status(address: str, **more) -> int:
        return client.get(address, headers={"If-None-Match": pages[address]}, **more).status_code

    for address in pages:
        with CaptureQueriesContext(connection) as caught:
            assert status(address) == 304
        assert len(caught) == 1
    operations.check_offer(there, on=story.TODAY, how="CENTRE", actor=staff)
    assert [status(address) for address in pages] == [200, 304]  # another centre's entry is on the list only
    place_operations.edit_partner(
        here.partner, "Neuer Name", {name: getattr(here.partner, name) for name in place_operations.PARTNER_FIELDS},
        seen=here.partner.version, actor=staff,
    )  # fmt: skip
    assert status(here.get_absolute_url()) == 200


@pytest.mark.parametrize(
    ("later", "language"), [("2026-11-23 10:11+01:00", ""), ("2026-11-24 00:01+01:00", ""), ("", "?sprache=ar")]
)
def test_a_page_is_made_anew_for_another_hour_day_and_language(staff, client, time_machine, later, language):
    publish(staff)
    mark = client.get("/angebote/")["ETag"]
    if later:
        time_machine.move_to(later, tick=False)
    assert client.get(f"/angebote/{language}", headers={"If-None-Match": mark}).status_code == 200


def test_whoever_comes_with_a_cookie_takes_the_whole_way(staff, client, client_of, member):
    publish(staff)
    mark = client.get("/angebote/")["ETag"]
    signed_in = client_of(member(Role.CENTRE_LEAD))
    answer = signed_in.get("/angebote/", headers={"If-None-Match": mark})
    assert answer.status_code == 200
    assert "ETag" not in answer


def test_an_entry_taken_out_is_not_answered_as_unchanged(staff, client):
    offer = publish(staff)
    mark = client.get(offer.get_absolute_url())["ETag"]
    operations.end_offer(offer, reason="vorbei", on=story.TODAY, actor=staff)
    assert client.get(offer.get_absolute_url(), headers={"If-None-Match": mark}).status_code == 410


def test_an_entry_nobody_touches_for_months_keeps_its_dates_to_come(staff, client, time_machine):
    offer = publish(staff)
    time_machine.move_to("2027-02-15 10:00+01:00", tick=False)
    assert "15:00" not in client.get("/angebote/").content.decode()
    tasks.renew_dates(timezone.now())
    assert "Di <bdi" in (shown := client.get("/angebote/").content.decode())
    assert "15:00" in shown
    assert Occurrence.objects.filter(at__offer=offer).earliest("day").day == date(2027, 2, 16)


@pytest.mark.postgres
def test_dates_renewed_by_the_clock_are_those_an_act_makes(staff):
    offers = [publish(staff), publish(staff, story.partner(UNNA), at=[At(place=None)])]
    operations.pause_offer(publish(staff), until=None, reason="Umbau", on=story.TODAY, actor=staff)
    names = ("at__offer", "slot", "day", "opens", "closes", "by_appointment")
    before = list(Occurrence.objects.order_by("day", "pk").values_list(*names))
    tasks.renew_dates(timezone.now())
    assert sorted(Occurrence.objects.values_list(*names)) == sorted(before)
    assert {offer for offer, *_rest in before} == {offers[0].pk}
