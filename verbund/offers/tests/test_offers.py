"""The life of an entry: made, changed, shown, paused, ended; and what its dates to come are."""

from datetime import date, time, timedelta

import pytest

from verbund.accounts.roles import Role
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.offers import operations, queries
from verbund.offers.content import At, Break, Change, Hours, OfferContent
from verbund.offers.models import Occurrence, Offer
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
TODAY = story.TODAY


@pytest.fixture
def offer(staff):
    content = story.content(at=[story.tuesdays(story.place())])
    return operations.create_offer(story.partner(), content, on=TODAY, actor=staff)


def occurrences(offer) -> list[str]:
    return [f"{one.day:%d.%m.}" for one in Occurrence.objects.filter(at__offer=offer)]


@pytest.mark.postgres
def test_what_is_written_is_read_back_unchanged_also_as_json(staff):
    content = story.content(
        at=[
            At(
                place=story.place().pk,
                room="Raum 3",
                hours=(
                    Hours(1, time(15), time(17), languages=("ar", "tr")),
                    Hours(4, time(9), time(11), rhythm="FIRST", in_school_holidays=False),
                ),
                changes=(
                    Change("CANCELLED", date(2026, 12, 8)),
                    Change("EXTRA", date(2026, 12, 9), time(10), time(12)),
                ),
                breaks=(Break(date(2026, 12, 21), date(2027, 1, 3), "Weihnachten"),),
            ),
            At(place=None, phone="0212 1", hours=(Hours(0, time(9), time(10)),)),
        ],
        terms=(("AUDIENCE", "women"), ("NEED", "learn-german")),
        is_free=False,
        amount_fee=None,
        minimum_age=16,
        valid_until=date(2027, 6, 30),
    )
    offer = operations.create_offer(story.partner(), content, on=TODAY, actor=staff)
    read = OfferContent.of(Offer.objects.get(pk=offer.pk))
    assert read.differences(content) == {}
    assert OfferContent.from_data(read.as_data()).differences(content) == {}


def test_a_draft_has_no_dates_to_come_and_a_published_entry_has(offer, staff):
    assert occurrences(offer) == []
    operations.publish_offer(offer, on=TODAY, actor=staff)
    assert occurrences(offer)[:2] == ["24.11.", "01.12."]
    assert offer.checked_on == TODAY


def test_an_entry_without_need_or_place_is_not_published(staff):
    bare = operations.create_offer(story.partner(), story.content(terms=()), on=TODAY, actor=staff)
    with pytest.raises(operations.IncompleteEntry, match="Anliegen"):
        operations.publish_offer(bare, on=TODAY, actor=staff)
    placeless = operations.create_offer(story.partner(), story.content(), on=TODAY, actor=staff)
    with pytest.raises(operations.IncompleteEntry, match="wo das Angebot"):
        operations.publish_offer(placeless, on=TODAY, actor=staff)


def test_a_place_of_another_centre_is_refused(staff):
    content = story.content(at=[story.tuesdays(story.place("05978"))])
    with pytest.raises(operations.WrongPlace):
        operations.create_offer(story.partner("05122"), content, on=TODAY, actor=staff)
    assert not Offer.objects.exists()


def test_a_pause_takes_the_dates_away_until_it_ends(offer, staff):
    operations.publish_offer(offer, on=TODAY, actor=staff)
    operations.pause_offer(offer, until=date(2026, 12, 1), reason="Umbau", on=TODAY, actor=staff)
    assert occurrences(offer)[0] == "08.12."
    assert offer in queries.public_offers(on=TODAY)
    operations.resume_offer(offer, on=TODAY, actor=staff)
    assert occurrences(offer)[0] == "24.11."


def test_an_ended_entry_is_not_found_any_more_and_may_be_taken_up_again(offer, staff):
    operations.publish_offer(offer, on=TODAY, actor=staff)
    operations.end_offer(offer, reason="Die Gruppe trifft sich nicht mehr.", on=TODAY, actor=staff)
    assert offer not in queries.public_offers(on=TODAY)
    assert occurrences(offer) == []
    with pytest.raises(NotAllowedNow):
        operations.publish_offer(offer, on=TODAY, actor=staff)
    operations.reopen_offer(offer, on=TODAY, actor=staff)
    operations.publish_offer(offer, on=TODAY, actor=staff)
    assert offer in queries.public_offers(on=TODAY)


def test_an_entry_whose_time_is_over_is_not_public(staff):
    content = story.content(at=[story.tuesdays(None)], valid_until=TODAY)
    offer = operations.create_offer(story.partner(), content, on=TODAY, actor=staff)
    operations.publish_offer(offer, on=TODAY, actor=staff)
    assert offer in queries.public_offers(on=TODAY)
    assert offer not in queries.public_offers(on=TODAY + timedelta(days=1))


def test_a_change_is_told_field_by_field_and_the_address_of_a_place_stays(offer, staff):
    uid = offer.at_places.get().uid
    changed = story.content(at=[story.tuesdays(offer.at_places.get().place, rhythm="FIRST")], title="Sprachtreff")
    operations.edit_offer(offer, changed, seen=1, on=TODAY, actor=staff)
    entry = AuditEntry.objects.get(verb="edit_offer")
    assert set(entry.changes) == {"title", "at"}
    assert entry.changes["title"] == ["Sprachcafé", "Sprachtreff"]
    assert offer.at_places.get().uid == uid


def test_saving_the_same_changes_and_records_nothing(offer, staff):
    operations.edit_offer(offer, OfferContent.of(offer), seen=99, on=TODAY, actor=staff)
    assert not AuditEntry.objects.filter(verb="edit_offer").exists()
    assert Offer.objects.get(pk=offer.pk).version == 1


def test_of_two_editors_the_second_is_refused_and_nothing_of_theirs_is_kept(offer, staff):
    where = offer.at_places.get().place
    operations.edit_offer(
        offer, story.content(at=[story.tuesdays(where)], title="Erster"), seen=1, on=TODAY, actor=staff
    )
    with pytest.raises(StaleVersion):
        operations.edit_offer(
            offer, story.content(at=[story.tuesdays(where)], title="Zweiter"), seen=1, on=TODAY, actor=staff
        )
    assert Offer.objects.get(pk=offer.pk).title == "Erster"


def test_a_pilot_becomes_permanent_only_with_what_was_found(offer, staff):
    operations.move_to_stage(offer, stage="PILOT", began_on=date(2026, 1, 1), evaluation="", on=TODAY, actor=staff)
    with pytest.raises(operations.WrongDay, match="ergeben"):
        operations.move_to_stage(
            offer, stage="PERMANENT", began_on=date(2026, 9, 1), evaluation="", on=TODAY, actor=staff
        )
    operations.move_to_stage(
        offer, stage="PERMANENT", began_on=date(2026, 9, 1), evaluation="40 Familien kamen.", on=TODAY, actor=staff
    )
    assert offer.stage == "PERMANENT"
    assert [step.stage for step in offer.stages.all()] == ["PILOT", "PERMANENT"]


@pytest.mark.parametrize(
    ("role", "at", "sees_draft"),
    [
        (Role.CENTRE_STAFF, "05122", True),
        (Role.CENTRE_LEAD, "05122", True),
        (Role.COORDINATOR, "", True),
        (Role.CENTRE_STAFF, "05978", False),
        (Role.PROVIDER_MEMBER, "", False),
        (Role.GRANT_OFFICER, "", False),
        (Role.OPERATOR, "", False),
    ],
)
def test_a_draft_exists_only_for_those_who_keep_or_accompany_it(offer, member, acting, role, at, sees_draft):
    house = story.partner().organisation if role == Role.PROVIDER_MEMBER else None
    actor = acting(member(role, house, at=at or "05122"))
    assert (offer in queries.offers_visible_to(actor)) is sees_draft


def test_a_member_of_the_partner_sees_its_own_draft_and_keeps_it(offer, member, acting):
    own = acting(member(Role.PROVIDER_MEMBER, offer.partner.organisation))
    assert offer in queries.offers_visible_to(own)
    assert list(queries.kept_offers(own)) == [offer]
