"""The pages of local networks: own centre only, forms that keep what was typed, lists that stay quick."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.advising.demo import networks as demo
from verbund.advising.models import Meeting, MeetingTask, Network, NetworkLink, NetworkMember, Paper, Sending
from verbund.advising.networks import operations
from verbund.advising.networks.urls import urlpatterns
from verbund.advising.tests import network_story as story
from verbund.advising.tests.network_story import MEETING_DAY, TODAY, mails
from verbund.core import files
from verbund.directory import demo as people
from verbund.directory.models import Organisation
from verbund.offers.models import Term

pytestmark = pytest.mark.django_db
LIST = "/beratung/netzwerke/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
NEEDS_NO_RECORD = {"network-list", "network-new", "network-meetings", "network-tasks"}


@pytest.fixture(autouse=True)
def day(time_machine):
    time_machine.move_to("2026-11-23 12:00+01:00", tick=False)


@pytest.fixture
def staff():
    return story.staff()


@pytest.fixture
def group(staff):
    return story.network(staff)


@pytest.fixture
def client(client_of, member):
    return client_of(member(Role.CENTRE_STAFF))


def everything(staff) -> dict[str, int]:
    """Make one of each record and return the id that the pages of each kind take."""
    group = story.network(staff)
    seat = story.sitting(group, staff)
    meeting = story.invited(group, staff, [seat], day=TODAY)
    content = files.check_upload(SimpleUploadedFile("bericht.pdf", PDF))
    paper = operations.add_paper(meeting, title="Bericht", content=content, filename="bericht.pdf", actor=staff)
    story.held(meeting, staff)
    decision = operations.record_decision(meeting, text="Beschluss", actor=staff)
    task = operations.agree_task(meeting, text="Aufgabe", member=seat, actor=staff)
    return {
        "netzwerke": group.pk, "mitglieder": seat.pk, "sitzungen": meeting.pk, "unterlagen": paper.pk,
        "beschluesse": decision.pk, "aufgaben": task.pk, "versand": Sending.objects.get().pk,
        "links": NetworkLink.objects.get().pk,
    }  # fmt: skip


def addresses(ids: dict[str, int]):
    """Yield every address with an id, filled in."""
    for one in urlpatterns:
        route = str(one.pattern)
        if "<int:pk>" in route and not route.startswith("netz/"):
            kind = route.split("<int:pk>")[0].strip("/").split("/")[-1]
            more = ["invitation"] if "<slug:kind>" in route else []
            yield one.name, reverse(f"advising:{one.name}", args=[ids[kind], *more])


def test_no_page_of_a_network_exists_for_another_centre_and_nothing_changes(client_of, member, staff):
    ids = everything(staff)
    outsiders = [member(Role.CENTRE_LEAD, at="05978"), member(Role.COORDINATOR), member(Role.MINISTRY_READER)]
    models = (Network, NetworkMember, Meeting, MeetingTask, Paper, Sending, NetworkLink)
    before = [list(model.objects.values()) for model in models]
    found = list(addresses(ids))
    for outsider in outsiders:
        other = client_of(outsider)
        typed = {"text": "x", "title": "x", "reason": "x", "seen": 1, "note": "x", "valid_until": "2026-11-23"}
        wrong = [
            name
            for name, path in found
            if (other.get(path).status_code, other.post(path, typed).status_code)
            not in {(404, 404), (405, 404), (404, 405), (405, 405)}
        ]
        assert wrong == []
    assert [list(model.objects.values()) for model in models] == before
    assert len(found) > 25


def test_every_page_opens_for_the_own_centre(client, staff):
    for name, path in addresses(everything(staff)):
        answer = client.get(path)
        assert answer.status_code in {200, 405}, name
        assert b"Select an option" not in answer.getvalue(), name
    for name in NEEDS_NO_RECORD:
        answer = client.get(reverse(f"advising:{name}"))
        assert (answer.status_code, "Select an option" in answer.content.decode()) == (200, False)


def test_a_network_is_founded_with_a_form_that_says_what_is_missing(client):
    typed = {
        "name": "Runder Tisch", "kind": "ROUND_TABLE", "part": "LEADS", "purpose": "Reden", "valid_from": "2026-01-01",
        "invite_days": "14", "minutes_days": "400", "link_days": "60",
    }  # fmt: skip
    refused = client.post(f"{LIST}neu/", typed)
    assert refused.status_code == 422
    for sentence in ("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette.", "Höchstens 366 Tage."):
        assert sentence in refused.content.decode()
    Term.objects.filter(code="early-education").update(name="Kita & Co.")
    said = (
        "Zu „Integration durch Bildung“ zählt, was eine Stufe hat oder in einem dieser Felder liegt: "
        "„Kita &amp; Co.“, „Schulentwicklung und Sprachbildung“, „Übergang Schule – Beruf“."
    )
    for page in (f"{LIST}neu/", "/beratung/vorhaben/neu/"):
        assert said in client.get(page).content.decode()
    field = Term.objects.get(kind="FIELD", code="labour").pk
    made = client.post(f"{LIST}neu/", typed | {"minutes_days": "10", "field": field})
    assert made.url == Network.objects.get().get_absolute_url()


def test_a_member_form_refuses_foreign_institutions_two_at_once_and_a_missing_mailbox(client, group):
    foreign, own = story.story.partner("05978", name="Anderswo"), story.partner()
    usual = {"function": "Leitung", "valid_from": "2026-01-01", "email": "leitung@haus.example", "is_invited": "on"}
    path = f"{group.get_absolute_url()}mitglied/"
    wrong = [
        {"partner": foreign.pk},
        {"partner": own.pk, "body_text": "Polizei"},
        {},
        {"partner": own.pk, "email": ""},
        {"partner": own.pk, "email": "a@haus.example\nbcc: b@haus.example"},
    ]
    assert [client.post(path, usual | one).status_code for one in wrong] == [422] * 5
    assert client.post(path, usual | {"partner": own.pk}).status_code == 302
    assert NetworkMember.objects.get().partner == own


def test_of_two_who_write_minutes_the_second_keeps_the_own_text(client, staff, group):
    seat, meeting = story.sitting(group, staff), story.held(story.planned(group, staff), staff)
    first, second = meeting.agenda.all()
    path = f"{meeting.get_absolute_url()}niederschrift/"
    seen = {"seen": meeting.version, f"item-{second.pk}": "", "guests": "0"}
    assert client.post(path, seen | {f"item-{first.pk}": "Erste Fassung", f"came-{seat.pk}": "1"}).status_code == 302
    late = client.post(path, seen | {f"item-{first.pk}": "Zweite <b>Fassung</b>", f"came-{seat.pk}": "3"})

    page = late.content.decode()
    assert late.status_code == 409
    assert "Erste Fassung" in page
    assert "Zweite &lt;b&gt;Fassung&lt;/b&gt;" in page
    first.refresh_from_db()
    assert first.minutes == "Erste Fassung"
    printed = client.get(f"{meeting.get_absolute_url()}ausdruck/").content.decode()
    assert "Entwurf, nicht freigegeben" in printed
    assert "Erste Fassung" in printed


def test_an_agenda_is_typed_on_one_page_in_any_order(client, staff, group):
    meeting = story.planned(group, staff, points=("Alt",))
    old = meeting.agenda.get()
    path = f"{meeting.get_absolute_url()}tagesordnung/"
    rows = {
        "seen": meeting.version, "tops-TOTAL_FORMS": "3", "tops-INITIAL_FORMS": "1",
        "tops-0-pk": old.pk, "tops-0-title": "Alt", "tops-0-position": "2",
        "tops-1-title": "Neu", "tops-1-position": "1", "tops-2-brought_by": "Leitung",
    }  # fmt: skip
    refused = client.post(path, rows)
    assert (refused.status_code, "Nennen Sie den Punkt." in refused.content.decode()) == (422, True)
    assert client.post(path, rows | {"tops-2-brought_by": ""}).status_code == 302
    assert [str(item) for item in meeting.agenda.all()] == ["1. Neu", "2. Alt"]
    assert client.post(path, rows | {"tops-2-brought_by": ""}).status_code == 409


def test_what_is_no_pdf_is_not_taken_as_a_paper(client, staff, group):
    meeting = story.planned(group, staff)
    path = f"{meeting.get_absolute_url()}unterlage/"
    fake = SimpleUploadedFile("bericht.pdf", b"<html><script>alert(1)</script></html>")
    assert client.post(path, {"title": "Bericht", "upload": fake}).status_code == 422
    assert client.post(path, {"title": "Bericht", "upload": SimpleUploadedFile("b.pdf", PDF)}).status_code == 302
    found = client.get(f"/beratung/netzwerke/unterlagen/{Paper.objects.get().pk}/")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert client.post(f"/beratung/netzwerke/unterlagen/{Paper.objects.get().pk}/entfernen/").status_code == 302
    assert not Paper.objects.exists()


def test_links_are_chosen_sent_and_recalled_on_pages(client, staff, group):
    seat = story.sitting(group, staff)
    guest = story.sitting(group, staff, body_text="Kammer", is_invited=False, email="gast@kammer.example")
    meeting = story.planned(group, staff)
    path = f"{meeting.get_absolute_url()}verschicken/invitation/"
    assert client.get(path).context["form"].initial["members"] == [seat.pk], "who gets invitations"
    stranger = story.sitting(story.network(staff, name="Anderer"), staff)
    assert client.post(path, {"members": [stranger.pk]}).status_code == 422
    assert client.post(path, {"members": [seat.pk, guest.pk]}).status_code == 302
    assert len(mails()) == 2
    sending = Sending.objects.get()
    link = sending.links.get(member=guest)
    recall = f"{sending.get_absolute_url()}zurueckrufen/"
    assert client.post(recall, {"links": [link.pk], "reason": ""}).status_code == 422
    assert client.post(recall, {"links": [link.pk], "reason": "war nicht gemeint"}).status_code == 302
    assert [one.is_recalled for one in sending.links.order_by("pk")] == [False, True]
    assert client.get(f"{meeting.get_absolute_url()}verschicken/calendar/").status_code == 404


def test_lists_take_filters_from_the_address_and_go_along_as_tables(client, staff, group):
    story.network(staff, name="=HYPERLINK(1)", part="SITS_IN", kind="ROUND_TABLE")
    story.network(staff, name="Vorbei", valid_until=TODAY - timedelta(days=1))
    names = {
        "": {"Arbeitskreis Arbeit und Ankommen", "=HYPERLINK(1)"},
        "?stand=alle": {"Arbeitskreis Arbeit und Ankommen", "=HYPERLINK(1)", "Vorbei"},
        "?rolle=SITS_IN": {"=HYPERLINK(1)"},
        "?art=ROUND_TABLE&q=hyper": {"=HYPERLINK(1)"},
        "?art=%00&rolle=x&seite=999&q=%00": {"Arbeitskreis Arbeit und Ankommen", "=HYPERLINK(1)"},
    }
    for query, wanted in names.items():
        assert {row["name"] for row in client.get(LIST + query).context["rows"]} == wanted
    table = client.get(f"{LIST}netzwerke.csv?rolle=SITS_IN").content.decode("utf-8-sig")
    assert '"\'=HYPERLINK(1)"' in table
    assert "Ankommen" not in table
    for part in (
        "netzwerke.xlsx",
        "sitzungen/sitzungen.csv?jahr=²",
        "sitzungen/?jahr=20260",
        "aufgaben/aufgaben.xlsx?stand=alle",
    ):
        assert client.get(LIST + part).status_code == 200


@pytest.mark.parametrize("part", ["", "sitzungen/?jahr=2026", "aufgaben/", "sitzungen/sitzungen.csv?jahr=2026"])
def test_lists_take_the_same_statements_for_one_row_and_for_three(client, staff, part):
    def fill(number: int) -> None:
        group = story.network(staff, name=f"Kreis {number}")
        seat = story.sitting(group, staff, partner=story.partner(f"Haus {number}"))
        meeting = story.held(story.invited(group, staff, [seat], day=TODAY), staff)
        operations.agree_task(meeting, text="Etwas", member=seat, actor=staff)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(LIST + part).status_code == 200
        return len(found)

    fill(1)
    statements()
    one = statements()
    fill(2)
    fill(3)
    assert statements() == one


def test_the_page_of_a_meeting_takes_the_same_statements_for_one_member_and_for_three(client, staff, group):
    meeting = story.planned(group, staff, day=TODAY)
    story.held(meeting, staff)

    def fill(number: int) -> None:
        seat = story.sitting(group, staff, partner=story.partner(f"Haus {number}"))
        came = operations.Attendance(came={seat.pk: 1})
        operations.write_minutes(meeting, {}, came, seen=meeting.version, actor=staff)
        operations.agree_task(meeting, text="Etwas", member=seat, actor=staff)

    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    pages = [group.get_absolute_url(), meeting.get_absolute_url(), f"{meeting.get_absolute_url()}ausdruck/"]
    fill(1)
    before = [statements(path) for path in pages]
    fill(2)
    fill(3)
    assert [statements(path) for path in pages] == before


def test_coordination_and_ministry_read_numbers_and_the_unit_for_schools_those_of_education(client_of, member, staff):
    group = story.network(staff, name="Nur für Solingen")
    story.sitting(group, staff, body_text="Geheimes Amt")
    story.released(story.planned(group, staff, day=TODAY), staff)
    other = story.staff("05978")
    stage = Term.objects.get(kind="CHAIN_STAGE", code="daycare")
    story.network(other, key="05978", stage=stage)
    lasi = Organisation.objects.get(code="LASI")
    general, school = member(Role.COORDINATOR), member(Role.COORDINATOR, lasi)
    page = client_of(general).get(LIST)
    (first, second) = sorted(page.context["rows"], key=lambda row: row["held"], reverse=True)

    assert [first[name] for name in ("networks", "led", "held", "with_minutes", "institutions")] == [1, 1, 1, 1, 1]
    assert [second[name] for name in ("networks", "led", "held", "with_minutes", "institutions")] == [1, 1, 0, 0, 0]
    for word in ("Nur für Solingen", "Geheimes Amt"):
        assert word not in page.content.decode()
    field = Term.objects.get(kind="FIELD", code="school-development")
    by_field = story.network(story.staff("05916"), key="05916", field=field)
    of_school = {row["centre_id"] for row in client_of(school).get(LIST).context["rows"]}
    assert of_school == {other.organisation_id, by_field.centre_id}
    assert client_of(general).get(f"{LIST}aufgaben/").status_code == 403
    assert client_of(member(Role.CASHIER)).get(LIST).status_code == 403


def test_the_calendar_of_the_centre_holds_what_is_called_off_in_its_summer_and_winter_hours(client, staff, group):
    story.planned(group, staff)
    story.planned(group, staff, day=date(2026, 6, 10))
    content = client.get(f"{group.get_absolute_url()}kalender.ics").content.decode()

    assert "DTSTART;TZID=Europe/Berlin:20260610T100000" in content
    assert f"DTSTART;TZID=Europe/Berlin:{MEETING_DAY:%Y%m%d}T100000" in content
    assert content.count("BEGIN:VTIMEZONE") == 1
    assert "SUMMARY:Arbeitskreis Arbeit und Ankommen" in content


def test_the_demonstration_has_networks_in_two_centres_and_removes_them_all():
    world = people.World(on=TODAY)
    people.load(world)
    demo.load(world)
    demo.load(world)

    assert Network.objects.filter(is_demo=True).count() == 3
    assert {one.status for one in Meeting.objects.all()} == {"PLANNED", "HELD", "RELEASED"}
    assert all(mail.recipient.endswith(people.MAIL_DOMAIN) for mail in mails())
    demo.remove()
    assert [model.objects.count() for model in (Network, NetworkMember, Meeting, MeetingTask, NetworkLink)] == [0] * 5
