"""The pages of ventures: who opens and does what, forms replayed with foreign ids, lists, conflicts, tasks."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import Agreement, SectionComment, Venture, VentureParty
from verbund.advising.tests import venture_story as story
from verbund.advising.ventures import operations, queries, worklist
from verbund.directory.models import Organisation
from verbund.offers.models import Offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_april_2026():
    with time_machine.travel("2026-04-20 12:00+02:00", tick=True):
        yield


@pytest.fixture
def cast():
    return story.people()


def provider_of(partner):
    return cast_of.member(Role.PROVIDER_MEMBER, partner.organisation)


WHO = {
    "visitor": lambda cast: None,
    "staff": lambda cast: cast_of.member(Role.CENTRE_STAFF),
    "other centre": lambda cast: cast_of.member(Role.CENTRE_STAFF, at="05978"),
    "partner": lambda cast: provider_of(cast.partner),
    "other partner": lambda cast: provider_of(story.make_partner()),
    "coordination": lambda cast: cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="KOORD")),
    "ministry": lambda cast: cast_of.member(Role.MINISTRY_READER),
    "officer": lambda cast: cast_of.member(Role.GRANT_OFFICER),
}
READS = {"staff": (200, 200, 403), "partner": (200, 200, 403), "other partner": (200, 404, 403),
         "other centre": (200, 404, 403), "coordination": (403, 404, 200), "ministry": (403, 404, 200),
         "officer": (403, 404, 403), "visitor": (302, 302, 302)}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_who_opens_list_venture_and_numbers(cast, client_of, who):
    venture = story.written(cast)
    client = client_of(WHO[who](cast))
    pages = ("/beratung/vorhaben/", venture.get_absolute_url(), "/beratung/vorhaben/zahlen/")

    assert tuple(client.get(page).status_code for page in pages) == READS[who]


def acts(venture):
    """Return every act on a written venture: address, what is posted."""
    section, version = venture.sections.first(), queries.newest_version(venture)
    party, figure = venture.parties.first(), venture.figures.first()
    comment = SectionComment.objects.filter(section=section).first()
    typed = {"title": "Neu", "need": "Neu", "field": story.term("sports").pk, "seen": venture.version}
    return {
        "venture-edit": (venture, typed),
        "venture-figure": (venture, {"what": "Kinder", "value": "7", "unit": "Kinder", "counted_on": "2026-03-01",
                                     "source": "Stadt"}),
        "venture-party": (venture, {"body": "Sportamt", "function": "hilft", "since": "2026-03-05"}),
        "section-new": (venture, {"heading": "Neu", "text": "Neu"}),
        "section-edit": (section, {"heading": "Neu", "text": "Neu", "position": 1, "seen": section.version}),
        "comment-resolve": (comment, {"answer": "ja"}),
        "agreement-new": (version, {"party": party.pk, "agreed_on": "2026-04-02", "function": "Leitung"}),
        "pilot-new": (venture, {"first_day": "2026-05-01", "last_day": "2026-06-01", "place": "Kita"}),
        "party-leave": (party, {"until": "2026-04-01", "leave_reason": "Umzug"}),
        "figure-remove": (figure, {}),
        "venture-drop": (venture, {"end_reason": "kein Raum"}),
    }  # fmt: skip


ALL_ACTS = ("venture-edit", "venture-figure", "venture-party", "section-new", "section-edit", "comment-resolve",
            "agreement-new", "pilot-new", "party-leave", "figure-remove", "venture-drop")  # fmt: skip


@pytest.mark.parametrize("act", ALL_ACTS)
def test_only_the_centre_writes_a_venture_and_foreign_ids_do_not_exist(cast, client_of, act):
    venture = story.written(cast)
    operations.comment_section(venture.sections.first(), text="Bitte kürzer.", on=story.AGREED, actor=cast.provider)
    record, typed = acts(venture)[act]
    address = reverse(f"advising:{act}", args=[record.pk])
    statuses = {who: client_of(WHO[who](cast)).post(address, typed).status_code for who in WHO if who != "staff"}
    unchanged = Venture.objects.values().get()
    done = client_of(WHO["staff"](cast)).post(address, typed)

    opened = {"venture-edit", "venture-figure", "venture-party", "section-new", "pilot-new", "venture-drop"}
    reads = {"section-edit", "comment-resolve", "agreement-new"}
    assert statuses.pop("partner") == (403 if act in opened | reads else 404)
    assert statuses.pop("visitor") in {302, 403}
    assert set(statuses.values()) == {404}
    assert unchanged["version"] == 1
    assert (done.status_code, done["Location"].split("#")[0]) == (302, venture.get_absolute_url())


def test_a_partner_comments_and_agrees_for_its_own_house_and_reads_nothing_else(cast, client_of):
    venture = story.written(cast)
    operations.join_venture(
        venture, body="Jugendamt", function="zahlt", since=story.BEGUN, on=story.AGREED, actor=cast.staff
    )
    client, version = client_of(provider_of(cast.partner)), queries.newest_version(venture)
    page = client.get(venture.get_absolute_url()).content.decode()
    section = venture.sections.first()
    commented = client.post(reverse("advising:section-comment", args=[section.pk]), {"text": "Auch abends?"})
    agreed = client.post(reverse("advising:agree", args=[version.pk]), {"function": "Vorstand"})
    again = client.post(reverse("advising:agree", args=[version.pk]), {"function": "Vorstand"})

    assert "Jeden Dienstag zwei Stunden." in page
    assert "Jugendhilfeplanung" not in page
    assert "Eltern erfahren spät" not in page
    assert (commented.status_code, agreed.status_code, again.status_code) == (302, 302, 422)
    assert SectionComment.objects.get().author.startswith("Träger")
    [given] = Agreement.objects.all()
    assert (given.party.partner, given.is_own, given.function) == (cast.partner, True, "Vorstand")
    other = client_of(provider_of(story.make_partner()))
    assert other.post(reverse("advising:agree", args=[version.pk]), {"function": "X"}).status_code == 404


def test_a_partner_that_left_no_longer_reads(cast, client_of):
    venture = story.written(cast)
    operations.leave_venture(
        story.party(venture), until=story.AGREED, leave_reason="Umzug", on=story.AGREED, actor=cast.staff
    )

    assert client_of(provider_of(cast.partner)).get(venture.get_absolute_url()).status_code == 404


def test_a_partner_of_another_centre_or_a_party_of_another_venture_cannot_be_chosen(cast, client_of):
    venture, other = story.written(cast), story.written(story.people("05978"), key="05978")
    client, version = client_of(WHO["staff"](cast)), queries.newest_version(venture)
    foreign = {"party": story.party(other).pk, "agreed_on": "2026-04-02", "function": "Leitung"}
    agreed = client.post(reverse("advising:agreement-new", args=[version.pk]), foreign)
    strange = {"partner": story.make_partner("05978").pk, "function": "hilft", "since": "2026-04-01"}
    joined = client.post(reverse("advising:venture-party", args=[venture.pk]), strange)

    assert (agreed.status_code, joined.status_code) == (422, 422)
    assert Agreement.objects.count() == 0
    assert VentureParty.objects.filter(venture=venture).count() == 1


def test_whoever_was_slower_sees_who_was_faster_and_keeps_the_own_text(cast, client_of):
    venture = story.written(cast)
    section = venture.sections.first()
    typed = {"heading": "Ziel", "text": "Mein langer Text", "position": 1, "seen": section.version}
    operations.edit_section(
        section, heading="Ziel", text="Text der Kollegin", position=1, seen=1, on=story.AGREED, actor=cast.staff
    )
    answer = client_of(WHO["staff"](cast)).post(reverse("advising:section-edit", args=[section.pk]), typed)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Fachkraft, Kommunales Integrationszentrum Stadt Solingen hat inzwischen gespeichert." in page
    assert "Text der Kollegin" in page
    assert "Mein langer Text" in page
    assert venture.sections.first().text == "Text der Kollegin"


def test_a_version_is_compared_with_an_earlier_one_by_its_number(cast, client_of):
    venture = story.written(cast)
    section = venture.sections.first()
    operations.edit_section(
        section, heading="Ziel", text="Eltern kennen alle Angebote.", position=1, seen=1, on=story.AGREED,
        actor=cast.staff,
    )  # fmt: skip
    version = operations.freeze_version(story.fresh(venture), on=story.AGREED, actor=cast.staff)
    client, address = client_of(WHO["staff"](cast)), reverse("advising:concept-version", args=[version.pk])

    page = client.get(address).content.decode()
    assert "<ins>alle Angebote. </ins>" in page or "<ins>alle " in page
    assert "<del>" in page
    assert [client.get(f"{address}?mit={mit}").status_code for mit in ("1", "2", "99", "x")] == [200, 404, 404, 404]


def test_the_list_is_narrowed_by_the_address_and_leaves_as_a_table(cast, client_of):
    story.idea(cast, title="Café")
    story.idea(cast, title="Sportfest", field=story.term("sports"))
    story.idea(story.people("05978"), key="05978", title="Unna")
    client = client_of(WHO["staff"](cast))
    shown = client.get("/beratung/vorhaben/?feld=sports&status=IDEA").content.decode()
    nothing = client.get("/beratung/vorhaben/?status=PILOT").content.decode()
    table = client.get("/beratung/vorhaben/liste.csv").content.decode("utf-8-sig")

    assert "Sportfest" in shown
    assert "Café" not in shown
    assert "Kein Vorhaben passt." in nothing
    assert [title in table for title in ("Café", "Sportfest", "Unna")] == [True, True, False]
    assert client.get("/beratung/vorhaben/liste.xlsx").status_code == 200


@pytest.mark.parametrize("who", ["staff", "coordination"])
def test_lists_ask_the_database_the_same_for_one_and_for_three(cast, client_of, at_constant_cost, who):
    client = client_of(WHO[who](cast))
    page = "/beratung/vorhaben/" if who == "staff" else "/beratung/vorhaben/zahlen/"
    story.piloted(cast, title="eins")
    at_constant_cost(lambda: client.get(page), lambda: [story.piloted(cast, title=title) for title in ("zwei", "drei")])

    assert "drei" in client.get(page).content.decode()


def test_units_read_titles_of_what_is_tried_and_ministries_only_numbers(cast, client_of):
    story.piloted(cast, title="Elterncafé")
    story.idea(cast, title="Geheime Idee")
    story.piloted(story.people(), title="Sportfest", field=story.term("sports"))
    school = cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="LASI"))
    pages = {
        who: client_of(member).get("/beratung/vorhaben/zahlen/").content.decode()
        for who, member in {
            "unit": WHO["coordination"](cast), "school": school, "ministry": WHO["ministry"](cast)
        }.items()
    }  # fmt: skip
    titles = ("Elterncafé", "Sportfest", "Geheime Idee")

    assert {who: [title in page for title in titles] for who, page in pages.items()} == {
        "unit": [True, True, False],
        "school": [True, False, False],
        "ministry": [False, False, False],
    }
    assert "Sport" in pages["ministry"]
    table = "/beratung/vorhaben/zahlen/liste.csv"
    assert client_of(WHO["ministry"](cast)).get(table).status_code == 403
    assert "Geheime Idee" not in client_of(school).get(table).content.decode()


def test_what_waits_is_in_the_work_list_of_whom_it_waits_for(cast):
    on = story.LAST_DAY + timedelta(days=1)
    running = story.piloted(cast, title="Café")
    waiting = story.written(story.People(cast.staff, cast.partner, cast.provider), title="Chor")
    operations.comment_section(waiting.sections.first(), text="Bitte kürzer.", on=story.AGREED, actor=cast.provider)
    stranger = story.people()

    def titles(actor, day):
        return {(task.title, task.subject, task.due_on) for task in worklist.tasks_for(actor, day)}

    comments = {("Zustimmung einholen", "Chor", None), ("Kommentare beantworten", "Chor", None)}
    assert titles(cast.staff, story.STARTED) == comments
    assert titles(cast.staff, on - timedelta(days=7)) == comments | {
        ("Letzte Messwerte sichern", "Café", story.LAST_DAY)
    }
    assert titles(cast.staff, on) == comments | {("Erprobung auswerten", "Café", story.LAST_DAY)}
    assert titles(cast.provider, on) == {("Konzept lesen und zustimmen", "Chor", None)}
    assert titles(stranger.provider, on) == set()
    assert running.status == "PILOT"


def test_the_way_from_pilot_to_offer_is_walked_on_the_pages(cast, client_of):
    venture = story.agreed(cast)
    client = client_of(WHO["staff"](cast))

    def post(name, record, **typed):
        answer = client.post(reverse(f"advising:{name}", args=[record.pk]), typed)
        assert answer.status_code == 302, answer.content.decode()

    post("pilot-new", venture, first_day="2026-04-01", last_day="2026-04-19", place="Kita")
    pilot = queries.newest_pilot(venture)
    early = client.post(reverse("advising:pilot-start", args=[pilot.pk]))
    post("pilot-edit", pilot, first_day="2026-04-20", last_day="2026-04-20", place="Kita")
    post("criterion-new", pilot, what="Familien", how_measured="gezählt", direction="AT_LEAST", target="20",
         unit="Familien", partly_from="10,5")  # fmt: skip
    post("pilot-start", pilot)
    post("value-new", pilot.criteria.get(), measured_on="2026-04-20", value="12")
    shown = client.get(venture.get_absolute_url()).content.decode()
    post("pilot-evaluate", pilot, findings="geht so", recommendation="PERMANENT")
    post("venture-decide", venture, verdict="PERMANENT", reason="trotzdem gebraucht")
    post("venture-offer", venture, partner=cast.partner.pk, title="Elterncafé", summary="Kaffee und Rat")

    assert early.status_code == 422
    assert "teilweise erreicht" in shown
    offer = Offer.objects.get(title="Elterncafé")
    kept = client.get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()
    assert venture.get_absolute_url() in kept
    assert reverse("offers:kept-offer", args=[offer.pk]) in client.get(venture.get_absolute_url()).content.decode()
    partner = client_of(provider_of(cast.partner)).get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()
    assert venture.get_absolute_url() in partner
