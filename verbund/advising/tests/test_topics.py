"""A topic: what is found for it, who reads which part, and that nobody takes part unasked."""

import pytest
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import Topic
from verbund.advising.tests import venture_story as story
from verbund.advising.topics import operations, queries
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.directory.models import Organisation
from verbund.offers import operations as offers
from verbund.offers.models import Language, MissedSearch
from verbund.offers.tests.story import content, partner, place, tuesdays

pytestmark = pytest.mark.django_db
SOLINGEN, UNNA, HERNE = "05122", "05978", "05916"


@pytest.fixture
def staff():
    return cast_of.member(Role.CENTRE_STAFF)


def data(*keys: str, words=("newcomers", "families"), languages=("ro",)) -> operations.TopicData:
    return operations.TopicData(
        title="Neu aus Rumänien",
        description="Was es gibt.",
        centres=tuple(story.centre(key) for key in keys),
        terms=tuple(story.term(code) for code in words),
        languages=tuple(Language.objects.filter(pk__in=languages)),
    )


def made(member, *keys: str, is_public: bool = False, **more) -> Topic:
    actor = cast_of.acting(member)
    topic = operations.start_topic(member.organisation, data(*keys, **more), on=today(), actor=actor)
    if is_public:
        operations.publish_topic(topic, on=today(), actor=actor)
    return topic


def offer(key: str, title: str, *, audience: str = "newcomers", language: str = "ro", is_public: bool = True):
    house = partner(key)
    terms = (("NEED", "learn-german"), ("AUDIENCE", audience))
    said = content(at=(tuesdays(place(key)),), terms=terms, languages=((language, "SPOKEN"),), title=title)
    actor = cast_of.acting(cast_of.member(Role.CENTRE_LEAD, at=key))
    entry = offers.create_offer(house, said, on=today(), actor=actor)
    if is_public:
        offers.publish_offer(entry, on=today(), actor=actor)
    return entry


def test_offers_fit_by_one_word_of_each_kind_and_one_language_in_the_centres_that_take_part(staff):
    topic = made(staff, UNNA)
    offer(SOLINGEN, "passt")
    offer(SOLINGEN, "passt auch", audience="families")
    offer(SOLINGEN, "andere Zielgruppe", audience="women")
    offer(SOLINGEN, "andere Sprache", language="ar")
    offer(SOLINGEN, "Entwurf", is_public=False)
    offer(UNNA, "gefragt, nicht dabei")
    offer(HERNE, "nicht gefragt")

    assert [one.title for one in queries.shown_offers(topic, on=today())] == ["passt", "passt auch"]
    unna = cast_of.acting(cast_of.member(Role.CENTRE_LEAD, at=UNNA))
    operations.join_topic(topic, story.centre(UNNA), on=today(), actor=unna)
    assert "gefragt, nicht dabei" in [one.title for one in queries.shown_offers(topic, on=today())]


def test_gaps_are_counted_per_word_language_and_centre(staff):
    unit = cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="KOORD"))
    topic = made(unit, SOLINGEN, UNNA, languages=("ro", "bg"))
    offer(SOLINGEN, "eins")
    offer(UNNA, "zwei", audience="families", language="bg")
    centres = queries.taking_part(topic)
    found = queries.coverage(topic, centres, on=today())
    order = [one.centre.key for one in centres]
    counts = {row.label: dict(zip(order, row.counts, strict=True)) for _kind, rows in found.rows for row in rows}

    assert counts["Neuzugewanderte"] == {SOLINGEN: 1, UNNA: 0}
    assert counts["Familien"] == {SOLINGEN: 0, UNNA: 1}
    assert counts["Bulgarisch"] == {SOLINGEN: 0, UNNA: 1}
    assert counts["Deutsch lernen"] == {SOLINGEN: 1, UNNA: 1}
    assert counts["Gesundheit"] == {SOLINGEN: 0, UNNA: 0}
    assert found.totals == (1, 1)


def test_a_district_sees_in_which_of_its_towns_nothing_takes_place(staff, client_of):
    topic = topic_of_three(staff, is_public=True)
    unna = queries.taking_part(topic)
    [before] = queries.towns_without_offer(topic, unna, on=today())
    assert (before.centre.centre.key, before.number, len(before.without)) == (UNNA, 10, 10)

    entry = offer(UNNA, "Sprachcafé")
    town = entry.at_places.get().place.municipality.name
    [after] = queries.towns_without_offer(topic, unna, on=today())
    assert set(before.without) - set(after.without) == {town}
    page = client_of(staff).get(topic.get_absolute_url()).text
    assert "9 von 10 Gemeinden" in page
    assert "von 10 Gemeinden" not in client_of(None).get(topic.get_absolute_url()).text


WHO = {
    "visitor": lambda: None,
    "keeper": lambda: cast_of.member(Role.CENTRE_STAFF),
    "taking part": lambda: cast_of.member(Role.CENTRE_LEAD, at=UNNA),
    "asked": lambda: cast_of.member(Role.CENTRE_LEAD, at=HERNE),
    "other centre": lambda: cast_of.member(Role.CENTRE_LEAD, at="05315"),
    "unit": lambda: cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="KOORD")),
    "provider": lambda: cast_of.member(Role.PROVIDER_MEMBER),
}


def topic_of_three(staff, **more) -> Topic:
    topic = made(staff, UNNA, HERNE, **more)
    unna = cast_of.acting(cast_of.member(Role.CENTRE_LEAD, at=UNNA))
    operations.join_topic(topic, story.centre(UNNA), on=today(), actor=unna)
    return topic


@pytest.mark.parametrize("who", WHO)
def test_everybody_reads_the_public_part_and_only_those_who_take_part_the_inner_one(staff, client_of, who):
    topic = topic_of_three(staff, is_public=True)
    offer(SOLINGEN, "Sprachcafé auf Rumänisch")
    story.piloted(story.people(UNNA), key=UNNA, title="Vorhaben in Unna", audiences=(story.term("newcomers"),))
    MissedSearch.objects.create(day=today(), words="romani kurs", language="ro", district_id="05122", count=5)
    page = client_of(WHO[who]()).get(topic.get_absolute_url()).content.decode()

    assert "Sprachcafé auf Rumänisch" in page
    assert ("Vorhaben in Unna" in page) == ("Lücke" in page) == (who in {"keeper", "taking part"})
    assert ("romani kurs" in page) == (who == "keeper")
    assert ("Nimmt Ihr Zentrum an diesem Thema teil?" in page) == (who == "asked")


@pytest.mark.parametrize("who", WHO)
def test_a_draft_is_read_by_keeper_and_asked_centres_only(staff, client_of, who):
    topic = topic_of_three(staff)
    client = client_of(WHO[who]())
    status, listed = client.get(topic.get_absolute_url()).status_code, client.get("/beratung/themen/").content.decode()

    may = who in {"keeper", "taking part", "asked"}
    assert (status, topic.title in listed) == (200 if may else 404, may)


ACTS = {
    # act: who may; who reads the draft gets 403, everybody else 404
    "topic-publish": {"keeper"},
    "topic-edit": {"keeper"},
    "topic-join": {"asked"},
    "topic-leave": {"taking part"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", [who for who in WHO if who != "visitor"])
def test_who_does_what_with_a_topic(staff, client_of, act, who):
    topic = topic_of_three(staff)
    typed = {"title": "Neu", "description": "Neu", "terms": story.term("women").pk, "seen": 1}
    status = client_of(WHO[who]()).post(reverse(f"advising:{act}", args=[topic.pk]), typed).status_code

    reads = {"keeper", "taking part", "asked"}
    answers = {403, 422} if who in reads else {404}  # whoever takes part already cannot join again
    assert status in ({302} if who in ACTS[act] else answers)


def test_a_page_that_would_list_everything_or_that_nobody_takes_part_in_is_refused(staff):
    unit = cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="KOORD"))
    with pytest.raises(DomainError):
        made(staff, words=(), languages=())
    with pytest.raises(operations.NobodyTakesPart):
        made(unit, is_public=True)


def test_the_page_asks_the_database_the_same_for_one_offer_and_for_three(staff, client_of, at_constant_cost):
    topic = made(staff, is_public=True)
    offer(SOLINGEN, "eins")
    client = client_of(staff)
    at_constant_cost(
        lambda: client.get(topic.get_absolute_url()), lambda: [offer(SOLINGEN, title) for title in ("zwei", "drei")]
    )

    assert "drei" in client.get(topic.get_absolute_url()).content.decode()
