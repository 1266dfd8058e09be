"""The pages of accompaniments: entry in a hurry and by the week, lists, one institution, repairs; who opens what."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.accompaniments import operations, worklist
from verbund.advising.models import Accompaniment, AccompanimentStep, PartnerMerge
from verbund.advising.tests import advice
from verbund.advising.tests.advice import TODAY
from verbund.directory.models import Organisation, Partner
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
QUICK, WEEK = "/beratung/begleitung/neu/", "/beratung/woche/"
MOST_STATEMENTS = 20


@pytest.fixture(autouse=True)
def on_a_wednesday_in_march():
    with time_machine.travel("2026-03-11 12:00+01:00", tick=True):
        yield


@pytest.fixture
def people():
    return advice.people()


@pytest.fixture
def client(people, client_of):
    return client_of(people.staff)


def typed(**more) -> dict:
    """Return the quick entry as typed: institution, what happened; the rest as the page has it."""
    usual = {"what": "Elternabend vorbereitet", "done_on": "2026-03-11", "kind": "VISIT", "duration": "ONE_OFF"}
    return {**usual, **more}


def statements(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


WHO = {
    "visitor": lambda: None,
    "lead": lambda: cast_of.member(Role.CENTRE_LEAD),
    "staff": lambda: cast_of.member(Role.CENTRE_STAFF),
    "other lead": lambda: cast_of.member(Role.CENTRE_LEAD, at="05978"),
    "signatory": lambda: cast_of.member(Role.SIGNATORY),
    "case team": lambda: cast_of.member(Role.CASE_TEAM),
    "LaKI": lambda: cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="KOORD")),
    "ministry": lambda: cast_of.member(Role.MINISTRY_READER, Organisation.objects.get(code="MIN-INTEGRATION")),
    "officer": lambda: cast_of.member(Role.GRANT_OFFICER),
    "provider": lambda: cast_of.member(Role.PROVIDER_MEMBER),
}
OF_RECORDS = (
    "accompaniment", "accompaniment-edit", "step-new", "follow-up", "accompaniment-close", "accompaniment-cut"
)  # fmt: skip
OF_PARTNERS = ("institution", "institution-end")
LISTS = ("accompaniments", "accompaniments-csv", "quick-entry", "week", "institutions", "institutions-csv")


@pytest.mark.parametrize("who", WHO)
def test_who_opens_which_page(people, client_of, who):
    made = advice.accompanied(advice.daycare(), people.as_staff)
    client = client_of(WHO[who]())

    def status(name, *args):
        return client.get(reverse(f"advising:{name}", args=args)).status_code

    own, of_a_centre = who in {"lead", "staff"}, who in {"lead", "staff", "other lead"}
    signed_in = who != "visitor"
    assert {status(name, made.pk) for name in OF_RECORDS} == {200 if own else 404 if signed_in else 302}
    assert {status(name, made.partner_id) for name in OF_PARTNERS} == {200 if own else 404 if signed_in else 302}
    assert status("step-edit", made.steps.get().pk) == (200 if own else 404 if signed_in else 302)
    merge = {"lead": 200, "staff": 403, "visitor": 302}.get(who, 404)
    assert status("institution-merge", made.partner_id) == merge
    assert {status(name) for name in LISTS} == {200 if of_a_centre else 403 if signed_in else 302}
    numbers = of_a_centre or who in {"LaKI", "ministry"}
    assert {status("overview"), status("overview-csv")} == {200 if numbers else 403 if signed_in else 302}


def test_a_known_institution_needs_two_fields_when_it_is_accompanied_already(people, client):
    made = advice.accompanied(advice.daycare("Kita Sonnenweg"), people.as_staff)

    answer = client.post(QUICK, typed(institution="kita  sonnenweg", attended="2 Erzieherinnen", minutes="45"))

    assert answer["Location"] == made.get_absolute_url()
    step = made.steps.order_by("pk").last()
    assert (step.what, step.minutes, step.people, step.done_on) == ("Elternabend vorbereitet", 45, 2, TODAY)


def test_a_new_occasion_begins_an_accompaniment_with_the_field_of_the_last_one(people, client):
    partner = advice.daycare("Kita Sonnenweg")
    old = advice.accompanied(partner, people.as_staff, field=advice.field("sports"))
    operations.close_accompaniment(
        old, outcome="REACHED", closing_reason="", closed_on=TODAY, on=TODAY, actor=people.as_staff
    )
    refused = client.post(QUICK, typed(institution="Kita Sonnenweg"))
    assert refused.status_code == 422
    assert "Hier beginnt eine neue Begleitung" in refused.content.decode()

    client.post(QUICK, typed(institution="Kita Sonnenweg", occasion="Sportfest", follow_up_on="2026-04-01"))

    made = Accompaniment.objects.exclude(pk=old.pk).get()
    assert (made.occasion, made.field, made.stage) == ("Sportfest", advice.field("sports"), None)
    assert made.follow_up_on == date(2026, 4, 1)


def test_of_several_running_ones_one_is_pressed_or_the_occasion_says_which(people, client):
    partner = advice.daycare("Kita Sonnenweg")
    first, _second = (advice.accompanied(partner, people.as_staff, occasion=name) for name in ("Essen", "Sprache"))

    page = client.post(QUICK, typed(institution="Kita Sonnenweg"))
    assert "mehrere Begleitungen" in page.content.decode()
    assert f'value="{first.pk}"' in page.text
    client.post(QUICK, typed(institution="Kita Sonnenweg", occasion="essen"))
    client.post(QUICK, typed(institution="Kita Sonnenweg", which=str(first.pk)))

    assert (first.steps.count(), Accompaniment.objects.count()) == (3, 2)
    foreign = advice.accompanied(advice.daycare("Kita am Park"), people.as_staff)
    assert client.post(QUICK, typed(institution="Kita Sonnenweg", which=str(foreign.pk))).status_code == 422
    assert foreign.steps.count() == 1


def test_who_is_in_a_hurry_presses_the_name_of_the_last_institutions_own_ones_first(people, client):
    own, others = advice.daycare("Kita Sonnenweg"), advice.daycare("Kita am Park")
    advice.accompanied(own, people.as_staff, first=advice.step(done_on=TODAY - timedelta(days=9)))
    advice.accompanied(others, people.as_lead)
    unna = advice.people("05978")
    advice.accompanied(advice.daycare("Kita in Kamen", key="05978"), unna.as_staff)

    page = client.get(QUICK).text
    offered = re.findall(r'href="\?einrichtung=(\d+)"', page)
    assert offered == [str(own.pk), str(others.pk)]
    assert 'value="Kita Sonnenweg"' in client.get(f"{QUICK}?einrichtung={own.pk}").text
    assert client.post(QUICK, typed(institution="Kita Sonnenweg")).status_code == 302


def test_what_a_new_institution_needs_is_asked_at_once(client):
    page = client.post(QUICK, typed(institution="Familienzentrum Nordstadt")).text

    for asked in (
        "Wählen Sie die Art der Einrichtung",
        "Hier beginnt eine neue Begleitung",
        "Wählen Sie ein Handlungs",
    ):
        assert asked in page
    assert not Partner.objects.filter(organisation__name="Familienzentrum Nordstadt").exists()


def test_a_similar_name_is_asked_about_and_a_new_institution_is_made_in_the_same_form(client, people):
    known = advice.daycare("Kita Regenbogen")
    new = typed(institution="Kita Regen-Bogen", occasion="Aufnahme", stage=advice.stage().pk, new_kind="DAYCARE")

    page = client.post(QUICK, new)
    assert page.status_code == 422
    assert "Meinten Sie" in page.content.decode()
    assert Partner.objects.filter(pk=known.pk).count() == Partner.objects.count()

    client.post(QUICK, {**new, "chosen": known.pk})
    client.post(QUICK, {**new, "chosen": "neu"})
    assert {one.partner.organisation.name for one in Accompaniment.objects.all()} == {
        "Kita Regenbogen", "Kita Regen-Bogen"
    }  # fmt: skip
    foreign = advice.daycare("Kita Regenbogen Unna", key="05978")
    again = client.post(QUICK, {**new, "institution": "Kita Regenbogn", "chosen": foreign.pk})
    assert again.status_code == 422
    assert not Accompaniment.objects.filter(partner=foreign).exists()


def test_a_text_that_names_a_family_is_saved_only_after_it_was_confirmed_and_the_page_offers_to_cut_it_out(
    people, client
):
    made = advice.accompanied(advice.daycare("Kita Sonnenweg"), people.as_staff)
    said = typed(institution="Kita Sonnenweg", what="Familie Muster vorgestellt")

    page = client.post(QUICK, said)
    assert page.status_code == 422
    assert "der Name einer Familie" in page.content.decode()
    assert 'type="checkbox" name="names_are_fine"' in page.content.decode()
    client.post(QUICK, {**said, "names_are_fine": "on"})
    step = made.steps.get(what="Familie Muster vorgestellt")
    link = f"{reverse('advising:accompaniment-cut', args=[made.pk])}?stelle=Familie%20Muster"
    assert link in client.get(made.get_absolute_url()).content.decode()

    cut = {"passage": "Familie Muster", "reason": "Name"}
    client.post(reverse("advising:accompaniment-cut", args=[made.pk]), cut)

    step.refresh_from_db()
    assert step.what == "[entfernt] vorgestellt"
    assert "Muster" not in client.get(made.get_absolute_url()).content.decode()


def rows(*said: dict, **more) -> dict:
    """Return the table of the week as typed; the first day is the one chosen in a row that says none."""
    fields = {"zeile-TOTAL_FORMS": len(said), "zeile-INITIAL_FORMS": 0, **more}
    for number, row in enumerate(said):
        usual = {"done_on": "2026-03-10", "kind": "PHONE"}
        fields |= {f"zeile-{number}-{name}": value for name, value in {**usual, **row}.items()}
    return fields


def test_a_week_is_typed_in_one_table_and_empty_rows_stay_away(people, client):
    first = advice.accompanied(advice.daycare("Kita Eins"), people.as_staff)
    advice.accompanied(advice.daycare("Kita Zwei"), people.as_staff, occasion="Sprache")

    client.post(
        WEEK,
        rows(
            {"institution": "Kita Eins", "what": "Anruf", "minutes": "10"},
            {"institution": "", "what": ""},
            {"institution": "Kita Zwei", "occasion": "Neues Thema", "what": "Besuch", "kind": "VISIT"},
        ),
    )

    assert first.steps.filter(what="Anruf", minutes=10, done_on=date(2026, 3, 10)).exists()
    assert set(Accompaniment.objects.values_list("occasion", flat=True)) == {
        "Elternarbeit mehrsprachig gestalten", "Sprache", "Neues Thema"
    }  # fmt: skip
    page = client.get(WEEK).content.decode()
    assert "4 Schritte" in page
    assert "2 Einrichtungen" in page


def test_one_wrong_row_keeps_all_that_was_typed_and_saves_nothing(people, client):
    made = advice.accompanied(advice.daycare("Kita Eins"), people.as_staff)

    page = client.post(
        WEEK,
        rows(
            {"institution": "Kita Eins", "what": "Anruf mit Ergebnis"},
            {"institution": "Kita Ein", "what": "Besuch"},
            {"institution": "Kita Eins", "what": "Frau Muster war da", "minutes": "9999"},
        ),
    )

    said = page.content.decode()
    assert page.status_code == 422
    assert "Meinten Sie: Kita Eins?" in said
    assert "Anruf mit Ergebnis" in said
    assert 'name="names_are_fine"' in said
    assert made.steps.count() == 1


def test_rows_of_the_week_are_changed_and_a_foreign_step_is_refused(people, client):
    made = advice.accompanied(advice.daycare("Kita Eins"), people.as_staff)
    other = advice.people("05978")
    foreign = advice.accompanied(advice.daycare(key="05978"), other.as_staff).steps.get()
    step = made.steps.get()
    row = {"step": step.pk, "seen": 1, "what": "Konzept beschlossen", "kind": "MEETING", "done_on": "2026-03-09"}

    client.post(f"{WEEK}?bearbeiten=1", rows(row))
    step.refresh_from_db()
    assert (step.what, step.done_on, step.version) == ("Konzept beschlossen", date(2026, 3, 9), 2)

    late = client.post(f"{WEEK}?bearbeiten=1", rows({**row, "what": "zu spät"}))
    assert "inzwischen gespeichert" in late.content.decode()
    stolen = client.post(f"{WEEK}?bearbeiten=1", rows({**row, "step": foreign.pk}))
    assert stolen.status_code == 422
    assert set(AccompanimentStep.objects.values_list("what", flat=True)) == {"Konzept beschlossen", foreign.what}


def test_a_thousand_minutes_stand_in_the_table_as_they_are_typed(people, client):
    made = advice.accompanied(advice.daycare("Kita Eins"), people.as_staff, first=advice.step(minutes=1000))
    step = made.steps.get()
    page = client.get(f"{WEEK}?bearbeiten=1").content.decode()
    (stood,) = re.findall(r'name="zeile-0-minutes" value="([^"]*)"', page)
    row = {"step": step.pk, "seen": 1, "what": "Fortbildung", "kind": "TRAINING", "minutes": stood}

    client.post(f"{WEEK}?bearbeiten=1", rows(row))
    step.refresh_from_db()
    assert (step.what, step.minutes) == ("Fortbildung", 1000)


def test_the_week_shows_the_centre_or_only_me_and_other_weeks(people, client):
    made = advice.accompanied(advice.daycare("Kita Eins"), people.as_staff, first=advice.step("von mir"))
    operations.record_step(made, advice.step("von der Leitung"), on=TODAY, actor=people.as_lead)
    operations.record_step(
        made, advice.step("vorige", done_on=TODAY - timedelta(days=7)), on=TODAY, actor=people.as_lead
    )

    def shown(address: str) -> set:
        page = client.get(f"{WEEK}{address}").content.decode()
        return {what for what in ("von mir", "von der Leitung", "vorige") if what in page.split("<tbody>")[1]}

    assert shown("") == {"von mir", "von der Leitung"}
    assert shown("?nur=meine") == {"von mir"}
    assert shown("?woche=2026-W10") == {"vorige"}
    assert shown("?woche=kaputt") == {"von mir", "von der Leitung"}


def test_the_page_of_an_institution_and_the_list_show_what_was_done_and_filter_by_last_contact(people, client):
    old, new = advice.daycare("Kita Alt"), story.partner(name="Verein Neu")
    long_ago = advice.step("vor langer Zeit", done_on=date(2025, 1, 15))
    advice.accompanied(old, people.as_staff, first=long_ago)
    advice.accompanied(new, people.as_staff, stage=None, field=advice.field("sports"))
    advice.daycare("Kita Nie")
    advice.daycare("Kita Fremd", key="05978")

    def named(address: str = "") -> set:
        page = client.get(f"/beratung/einrichtungen/{address}").content.decode()
        return {name for name in ("Kita Alt", "Verein Neu", "Kita Nie", "Kita Fremd") if name in page}

    assert named() == {"Kita Alt", "Verein Neu", "Kita Nie"}
    assert named("?kontakt=6") == {"Kita Alt"}
    assert named("?kontakt=nie") == {"Kita Nie"}
    assert named(f"?feld={advice.field('sports').pk}") == {"Verein Neu"}
    assert named("?art=DAYCARE&q=alt") == {"Kita Alt"}
    page = client.get(f"/beratung/einrichtungen/{old.pk}/").content.decode()
    assert "vor langer Zeit" in page
    assert b"Kita Alt" in client.get("/beratung/einrichtungen/liste.csv?q=alt").content


def test_a_follow_up_stands_in_the_work_list_of_the_centre_until_it_is_done(people, client):
    made = advice.accompanied(advice.daycare("Kita Eins"), people.as_staff)
    address = reverse("advising:follow-up", args=[made.pk])
    client.post(address, {"follow_up_on": "2026-03-20", "follow_up_note": "Konzept ansehen"})
    other = advice.people("05978")

    [task] = worklist.tasks_for(people.as_lead, TODAY)
    assert (task.due_on, task.url) == (date(2026, 3, 20), made.get_absolute_url())
    assert worklist.tasks_for(other.as_lead, TODAY) == []

    client.post(reverse("advising:follow-up-finish", args=[made.pk]))
    assert worklist.tasks_for(people.as_lead, TODAY) == []


def test_the_lead_sees_what_would_move_merges_and_takes_it_back(people, client_of):
    kept, double = advice.daycare("Kita Regenbogen"), advice.daycare("Kita Regen-Bogen")
    made = advice.accompanied(double, people.as_staff)
    client = client_of(people.lead)
    address = reverse("advising:institution-merge", args=[kept.pk])
    assert "Begleitungen: 1" in client.get(address).content.decode()

    client.post(address, {"duplicates": [double.pk], "reason": "zweimal angelegt"})
    made.refresh_from_db()
    assert made.partner == kept
    assert client.get(reverse("advising:institution", args=[double.pk])).status_code == 404

    foreign = advice.daycare(key="05978")
    assert client.post(address, {"duplicates": [foreign.pk], "reason": "x"}).status_code == 422
    client.post(reverse("advising:merge-undo", args=[PartnerMerge.objects.get().pk]))
    made.refresh_from_db()
    assert made.partner == double


@pytest.mark.parametrize("page", ["list", "quick", "week", "week to change", "institutions", "institution", "overview"])
def test_pages_ask_as_much_for_one_as_for_three_and_little(people, client, page):
    partner = advice.daycare("Kita Eins")
    made = advice.accompanied(partner, people.as_staff)
    path = {
        "list": "/beratung/begleitung/",
        "quick": QUICK,
        "week": WEEK,
        "week to change": f"{WEEK}?bearbeiten=1",
        "institutions": "/beratung/einrichtungen/",
        "institution": f"/beratung/einrichtungen/{partner.pk}/",
        "overview": "/beratung/ueberblick/",
    }[page]
    client.get(path)
    with_one = statements(client, path)
    for name in ("Haus Zwei", "Amt Drei"):
        advice.accompanied(advice.daycare(name), people.as_staff)
        operations.record_step(made, advice.step(), on=TODAY, actor=people.as_staff)

    assert statements(client, path) == with_one
    assert with_one <= MOST_STATEMENTS
