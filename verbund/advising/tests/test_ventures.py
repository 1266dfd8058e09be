"""A venture from the need to the permanent offer: what is done, and what is refused on the way."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from verbund.advising.models import ConceptVersion, Criterion, Pilot, Venture, VentureDecision
from verbund.advising.tests import venture_story as story
from verbund.advising.ventures import operations, queries
from verbund.advising.ventures.calculations import differences, outcome_of
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.versions import StaleVersion
from verbund.offers.models import Offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return story.people()


def test_a_need_becomes_a_permanent_offer_of_a_partner_that_carries_it(cast):
    venture = story.decided(cast)
    offer = operations.make_offer(
        venture,
        partner=cast.partner,
        title="Elterncafé",
        summary="Austausch für Eltern",
        on=story.OVER + timedelta(days=2),
        actor=cast.staff,
    )

    assert story.fresh(venture).status == "PERMANENT"
    assert story.fresh(venture).offer == offer
    stored = Offer.objects.get(pk=offer.pk)
    assert (stored.status, stored.stage, stored.partner) == ("DRAFT", "PERMANENT", cast.partner)
    assert [term.code for term in stored.terms.all()] == ["early-education"]
    assert [(one.stage, one.evaluation) for one in stored.stages.all()] == [("PERMANENT", "Das Café wird angenommen.")]


def test_an_offer_found_as_a_pilot_follows_the_venture(cast):
    venture = story.piloted(cast)
    made = {"title": "Elterncafé", "summary": "Austausch", "on": story.STARTED, "actor": cast.staff}
    offer = operations.make_offer(venture, partner=cast.partner, **made)
    as_pilot = (offer.stage, offer.tried_until)
    for one in queries.newest_pilot(venture).criteria.all():
        measured = {"value": Decimal(9)} if one.target else {"judged": "MISSED", "explanation": "zu wenig Zeit"}
        operations.enter_value(one, measured_on=story.LAST_DAY, on=story.OVER, actor=cast.staff, **measured)
    pilot = queries.newest_pilot(venture)
    operations.evaluate_pilot(pilot, findings="Zu wenige.", recommendation="ENDED", on=story.OVER, actor=cast.staff)
    operations.decide(venture, verdict="ENDED", reason="Kaum jemand kam.", on=story.OVER, actor=cast.staff)

    assert as_pilot == ("PILOT", story.LAST_DAY)
    stored = Offer.objects.get(pk=offer.pk)
    assert (stored.stage, stored.tried_until) == ("ENDED", None)
    assert story.fresh(venture).end_reason == "Kaum jemand kam."


REFUSED = {
    "field": lambda cast: operations.start_venture(
        story.centre(), story.data(field=None), on=story.BEGUN, actor=cast.staff
    ),
    "figure of tomorrow": lambda cast: operations.add_need_figure(
        story.idea(cast), what="Kinder", value=Decimal(3), unit="Kinder", source="Stadt",
        counted_on=story.BEGUN + timedelta(days=1), on=story.BEGUN, actor=cast.staff,
    ),
    "partner of another centre": lambda cast: operations.join_venture(
        story.idea(cast), partner=story.make_partner("05978"), function="hilft", since=story.BEGUN, on=story.BEGUN,
        actor=cast.staff,
    ),
    "partner twice": lambda cast: operations.join_venture(
        story.carried(cast), partner=cast.partner, function="hilft", since=story.BEGUN, on=story.BEGUN, actor=cast.staff
    ),
    "neither partner nor body": lambda cast: operations.join_venture(
        story.idea(cast), function="hilft", since=story.BEGUN, on=story.BEGUN, actor=cast.staff
    ),
    "version without text": lambda cast: operations.freeze_version(
        story.carried(cast), on=story.BEGUN, actor=cast.staff
    ),
    "same version twice": lambda cast: operations.freeze_version(story.written(cast), on=story.BEGUN, actor=cast.staff),
    "pilot without criterion": lambda cast: operations.start_pilot(
        operations.plan_pilot(
            story.agreed(cast), first_day=story.STARTED, last_day=story.LAST_DAY, place="Kita", actor=cast.staff
        ),
        on=story.STARTED, actor=cast.staff,
    ),
    "pilot before agreement": lambda cast: operations.start_pilot(
        story.planned(cast, story.written(cast)), on=story.STARTED, actor=cast.staff
    ),
    "pilot whose time is over": lambda cast: operations.start_pilot(
        story.planned(cast, story.agreed(cast)), on=story.OVER, actor=cast.staff
    ),
    "criterion while it runs": lambda cast: story.criterion(cast, queries.newest_pilot(story.piloted(cast))),
    "criterion taken away while it runs": lambda cast: operations.remove_criterion(
        queries.newest_pilot(story.piloted(cast)).criteria.first(), actor=cast.staff
    ),
    "partly better than reached": lambda cast: story.criterion(
        cast, story.planned(cast, story.idea(cast)), partly_from=Decimal(25)
    ),
    "concept while it runs": lambda cast: operations.add_section(
        story.piloted(cast), heading="Neu", text="Neu", on=story.STARTED, actor=cast.staff
    ),
    "evaluation without values": lambda cast: operations.evaluate_pilot(
        queries.newest_pilot(story.piloted(cast)), findings="gut", recommendation="PERMANENT", on=story.OVER,
        actor=cast.staff,
    ),
    "decision without evaluation": lambda cast: operations.decide(
        story.piloted(cast), verdict="PERMANENT", reason="gut", on=story.OVER, actor=cast.staff
    ),
    "decision without reason": lambda cast: operations.decide(
        story.evaluated(cast), verdict="ENDED", reason=" ", on=story.OVER, actor=cast.staff
    ),
    "value after the evaluation": lambda cast: operations.enter_value(
        queries.newest_pilot(story.evaluated(cast)).criteria.first(), measured_on=story.LAST_DAY, value=Decimal(99),
        on=story.OVER, actor=cast.staff,
    ),
    "given up while it runs": lambda cast: operations.drop_venture(
        story.piloted(cast), end_reason="keine Lust", on=story.OVER, actor=cast.staff
    ),
    "offer before it is tried": lambda cast: operations.make_offer(
        story.agreed(cast), partner=cast.partner, title="Café", summary="Café", on=story.AGREED, actor=cast.staff
    ),
    "offer of somebody else": lambda cast: operations.make_offer(
        story.decided(cast), partner=story.make_partner(), title="Café", summary="Café", on=story.OVER, actor=cast.staff
    ),
    "anything after the end": lambda cast: operations.join_venture(
        story.decided(cast), body="Jugendamt", function="hilft", since=story.BEGUN, on=story.OVER, actor=cast.staff
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_says_why(cast, what):
    with pytest.raises(DomainError) as refusal:
        REFUSED[what](cast)

    assert str(refusal.value).endswith(".")


def test_writing_on_an_agreed_concept_asks_every_party_again(cast):
    venture = story.agreed(cast)
    section = venture.sections.first()
    before = venture.status
    same = {"heading": section.heading, "text": section.text, "position": section.position}
    operations.edit_section(section, **same, seen=section.version, on=story.AGREED, actor=cast.staff)
    unchanged = story.fresh(venture).status
    operations.edit_section(
        section, **(same | {"text": "Neu"}), seen=section.version, on=story.AGREED, actor=cast.staff
    )

    assert (before, unchanged, story.fresh(venture).status) == ("AGREED", "AGREED", "CONCEPT")
    old = queries.newest_version(venture)
    with pytest.raises(NotAllowedNow):
        operations.agree_to_version(
            old, story.party(venture), agreed_on=story.AGREED, function="Vorstand", on=story.AGREED, actor=cast.provider
        )
    new = operations.freeze_version(story.fresh(venture), on=story.AGREED, actor=cast.staff)
    assert [one.pk for one in queries.outstanding(venture, new)] == [story.party(venture).pk]
    assert old.agreements.count() == 1


def test_of_two_people_who_write_a_section_the_second_is_told(cast):
    venture = story.written(cast)
    section = venture.sections.first()
    said = {"heading": "Ziel", "position": 1, "seen": section.version, "on": story.AGREED, "actor": cast.staff}
    operations.edit_section(section, text="Die eine", **said)

    with pytest.raises(StaleVersion):
        operations.edit_section(section, text="Die andere", **said)
    assert venture.sections.first().text == "Die eine"


def test_a_party_that_leaves_keeps_what_it_agreed_to_and_no_longer_stands_in_the_way(cast):
    venture = story.written(cast)
    operations.join_venture(
        venture, body="Jugendamt", function="zahlt Material", since=story.BEGUN, on=story.AGREED, actor=cast.staff
    )
    version = queries.newest_version(venture)
    consent = {"agreed_on": story.AGREED, "function": "Vorstand", "on": story.AGREED}
    operations.agree_to_version(version, story.party(venture), **consent, actor=cast.provider)
    waiting = story.fresh(venture).status
    office = venture.parties.get(body="Jugendamt")
    operations.leave_venture(office, until=story.AGREED, leave_reason="kein Geld", on=story.AGREED, actor=cast.staff)

    assert (waiting, story.fresh(venture).status) == ("CONCEPT", "AGREED")
    assert [str(one.party) for one in version.agreements.all()] == [cast.partner.organisation.name]


def test_a_comment_carries_the_function_and_keeps_its_section_until_it_is_answered(cast):
    venture = story.written(cast)
    section = venture.sections.first()
    comment = operations.comment_section(section, text="Bitte auch abends.", on=story.AGREED, actor=cast.provider)
    with pytest.raises(operations.OpenComments):
        operations.remove_section(section, on=story.AGREED, actor=cast.staff)
    operations.resolve_comment(comment, answer="Abend ergänzt", on=story.AGREED, actor=cast.staff)
    operations.remove_section(section, on=story.AGREED, actor=cast.staff)

    assert comment.author == cast.provider.label
    assert [one["heading"] for one in queries.newest_version(venture).content] == ["Ziel", "Ablauf"]
    assert [one.heading for one in venture.sections.all()] == ["Ablauf"]


def test_a_changed_venture_goes_on_as_a_second_pilot_with_new_criteria(cast):
    venture = story.decided(cast, "CHANGED")
    pilot = story.planned(cast, venture, first=story.OVER, last=story.OVER + timedelta(days=90))
    operations.start_pilot(pilot, on=story.OVER + timedelta(days=2), actor=cast.staff)

    assert story.fresh(venture).status == "PILOT"
    assert list(venture.pilots.values_list("number", "decision__verdict")) == [(1, "CHANGED"), (2, None)]


@pytest.mark.parametrize(
    ("value", "less", "outcome"),
    [("20", False, "REACHED"), ("19.99", False, "PARTLY"), ("10", False, "PARTLY"), ("9.99", False, "MISSED"),
     ("20", True, "REACHED"), ("30", True, "PARTLY"), ("30.01", True, "MISSED")],
)  # fmt: skip
def test_an_outcome_is_computed_from_target_and_limit(value, less, outcome):
    limit = Decimal(30) if less else Decimal(10)

    assert outcome_of(Decimal(value), target=Decimal(20), partly_from=limit, less_is_better=less) == outcome


def test_without_a_limit_there_is_nothing_between_reached_and_missed():
    assert outcome_of(Decimal(19), target=Decimal(20), partly_from=None, less_is_better=False) == "MISSED"


def test_versions_are_compared_section_by_section():
    earlier = [
        {"section": 1, "heading": "Ziel", "text": "Eltern kommen dienstags."},
        {"section": 2, "heading": "Ort", "text": "Kita"},
        {"section": 3, "heading": "Geld", "text": "500"},
    ]
    later = [
        {"section": 1, "heading": "Ziele", "text": "Eltern kommen mittwochs."},
        {"section": 2, "heading": "Ort", "text": "Kita"},
        {"section": 4, "heading": "Zeit", "text": "Herbst"},
    ]

    found = differences(earlier, later)

    assert [(one.heading, one.kind, one.earlier_heading) for one in found] == [
        ("Ziele", "changed", "Ziel"),
        ("Ort", "same", ""),
        ("Zeit", "new", ""),
        ("Geld", "gone", ""),
    ]
    assert found[0].pieces == (("", "Eltern kommen "), ("del", "dienstags. "), ("ins", "mittwochs. "))


@pytest.mark.postgres
@pytest.mark.parametrize(
    "spoil",
    [
        lambda venture: Venture.objects.filter(pk=venture.pk).update(field=None),
        lambda venture: Venture.objects.filter(pk=venture.pk).update(status="ENDED"),
        lambda venture: venture.parties.update(body="Jugendamt"),
        lambda venture: venture.parties.update(until=story.OVER),
        lambda venture: venture.figures.update(source=""),
        lambda venture: Pilot.objects.update(last_day=story.BEGUN),
        lambda venture: Criterion.objects.filter(target__isnull=False).update(partly_from=Decimal(30)),
        lambda venture: VentureDecision.objects.update(reason=""),
        lambda venture: ConceptVersion.objects.update(number=9),
        lambda venture: ConceptVersion.objects.all().delete(),
    ],
)
def test_the_database_refuses_what_must_never_be(cast, spoil):
    venture = story.decided(cast)

    with pytest.raises(DatabaseError), transaction.atomic():
        spoil(venture)
