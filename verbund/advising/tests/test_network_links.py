"""Members without an account: what they get by mail, what their link shows and takes, and how the centre recalls it."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from verbund.advising.models import NetworkLink, Sending
from verbund.advising.networks import operations, queries
from verbund.advising.networks.operations.sending import ForeignRecipient, ForeignTask, NoFunction
from verbund.advising.tests import network_story as story
from verbund.advising.tests.network_story import MEETING_DAY, TODAY, mails, path_of, token_of
from verbund.core import files, public_forms
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import AuditEntry, OutboxMail, UsedToken
from verbund.core.notifications import UnmailableAddress

pytestmark = pytest.mark.django_db
INVITATION, MINUTES, CALENDAR = Sending.Kind.INVITATION, Sending.Kind.MINUTES, Sending.Kind.CALENDAR
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


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
def police(group, staff):
    return story.sitting(group, staff)


@pytest.fixture
def meeting(group, staff, police):
    return story.invited(group, staff, [police])


@pytest.fixture
def visitor(client_of):
    return client_of()


def press(visitor, path: str, part: str, **typed):
    return visitor.post(f"{path}{part}/", {public_forms.FIELD: public_forms.new_token("network-link"), **typed})


def test_each_invited_member_gets_a_mail_with_a_link_of_its_own_and_nothing_attached(group, staff, police):
    house = story.sitting(group, staff, partner=story.partner(), email="leitung@haus.example", function="Leitung")
    story.sitting(group, staff, body_text="Kammer", email="", is_invited=False)
    meeting = story.invited(group, staff, [police, house])

    assert [mail.recipient for mail in mails()] == ["kontakt@stelle.example", "leitung@haus.example"]
    assert len({token_of(mail) for mail in mails()}) == 2
    assert mails()[0].subject == "Einladung: Arbeitskreis Arbeit und Ankommen am 09.12.2026"
    assert "09.12.2026, 10:00 bis 12:00 Uhr, Rathaus, Raum 2" in mails()[0].body
    assert (meeting.status, meeting.invited_on) == ("INVITED", TODAY)
    assert not NetworkLink.objects.filter(token_sha256__in=[token_of(mail) for mail in mails()]).exists()


def test_who_has_a_link_that_holds_gets_no_second_one(group, staff, police, meeting):
    with pytest.raises(operations.NobodyToSendTo):
        operations.send_links(group, INVITATION, [police], meeting=meeting, on=TODAY, actor=staff)
    late = story.sitting(group, staff, body_text="Kammer", email="netz@kammer.example")
    operations.send_links(group, INVITATION, [police, late], meeting=meeting, on=TODAY, actor=staff)

    assert [mail.recipient for mail in mails()] == ["kontakt@stelle.example", "netz@kammer.example"]
    link = NetworkLink.objects.get(member=police)
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkLink.objects.create(
            sending=link.sending, kind=link.kind, meeting=meeting, member=police, token_sha256="x", valid_until=TODAY
        )


def test_nobody_outside_the_network_without_a_mailbox_or_gone_gets_a_link(group, staff, police):
    meeting = story.planned(group, staff)
    stranger = story.sitting(story.network(staff, name="Anderer"), staff)
    silent = story.sitting(group, staff, body_text="Kammer", email="", is_invited=False)
    gone = story.sitting(group, staff, body_text="Amt")
    operations.end_member(gone, valid_until=date(2026, 11, 1), actor=staff)

    for member in (stranger, silent, gone):
        with pytest.raises(ForeignRecipient):
            operations.send_links(group, INVITATION, [police, member], meeting=meeting, on=TODAY, actor=staff)
    with pytest.raises(operations.NobodyToSendTo):
        operations.send_links(group, INVITATION, [], meeting=meeting, on=TODAY, actor=staff)
    assert mails() == []


def test_a_mailbox_with_a_line_break_stops_the_sending_and_leaves_nothing_behind(group, staff):
    seat = story.sitting(group, staff, email="kontakt@stelle.example\nbcc: alle@stelle.example")
    meeting = story.planned(group, staff)

    with pytest.raises(UnmailableAddress):
        operations.send_links(group, INVITATION, [seat], meeting=meeting, on=TODAY, actor=staff)
    meeting.refresh_from_db()
    assert (meeting.status, NetworkLink.objects.count(), mails()) == ("PLANNED", 0, [])


def test_opening_the_address_changes_nothing_and_shows_only_what_the_mail_said(visitor, meeting, police):
    path = path_of(mails()[0])
    before = AuditEntry.objects.count()
    answers = [visitor.get(path), visitor.head(path), visitor.get(path)]

    assert [one.status_code for one in answers] == [200, 200, 200]
    page = answers[0].content.decode()
    assert "Rathaus, Raum 2" in page
    assert "Bericht" not in page
    assert NetworkLink.objects.get().opened_at is None
    assert AuditEntry.objects.count() == before
    assert (answers[0]["X-Robots-Tag"], answers[0]["Referrer-Policy"]) == ("noindex", "same-origin")
    assert "no-store" in answers[0]["Cache-Control"]
    assert not answers[0].cookies


def test_the_first_press_is_noted_and_shows_agenda_and_tasks(visitor, meeting, police):
    path = path_of(mails()[0])
    assert press(visitor, path, "oeffnen").url == path
    first = NetworkLink.objects.get().opened_at
    press(visitor, path, "oeffnen")

    assert NetworkLink.objects.get().opened_at == first == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert "Bericht" in visitor.get(path).content.decode()
    assert AuditEntry.objects.filter(verb="open_papers").count() == 1
    assert not UsedToken.objects.filter(path__contains=token_of(mails()[0])).exists()


def test_a_member_accepts_declines_or_names_the_function_of_a_deputy(visitor, meeting):
    path = path_of(mails()[0])
    press(visitor, path, "antworten", answer="ACCEPTS")
    row = meeting.participations.get()
    assert (row.answer, row.answered_on) == ("ACCEPTS", TODAY)
    refused = press(visitor, path, "antworten", answer="SENDS_DEPUTY")
    assert refused.status_code == 422
    assert "Nennen Sie die Funktion der Vertretung" in refused.content.decode()
    press(visitor, path, "antworten", answer="SENDS_DEPUTY", deputy_function="<b>stv. Leitung</b>")
    row.refresh_from_db()
    assert row.deputy_function == "<b>stv. Leitung</b>"
    assert "&lt;b&gt;stv. Leitung&lt;/b&gt;" in visitor.get(path).content.decode()
    press(visitor, path, "antworten", answer="DECLINES")
    row.refresh_from_db()
    assert (row.answer, row.deputy_function) == ("DECLINES", "")
    assert press(visitor, path, "antworten", answer="MAYBE").status_code == 422


def test_nobody_is_invited_to_what_is_past(group, staff, police):
    meeting = story.planned(group, staff)
    with pytest.raises(NotAllowedNow):
        operations.send_links(group, INVITATION, [police], meeting=meeting, on=date(2026, 12, 10), actor=staff)
    assert mails() == []


def test_nobody_answers_once_the_meeting_is_over_or_called_off(staff, meeting):
    link = NetworkLink.objects.get()
    with pytest.raises(NoFunction):
        operations.answer_invitation(link, answer="SENDS_DEPUTY", on=TODAY)
    with pytest.raises(NotAllowedNow):
        operations.answer_invitation(link, answer="ACCEPTS", on=date(2026, 12, 10))
    operations.cancel_meeting(meeting, reason="Raum gesperrt", actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.answer_invitation(link, answer="ACCEPTS", on=TODAY)


def test_who_was_invited_hears_of_another_time_and_of_a_cancellation(staff, meeting):
    values = {name: getattr(meeting, name) for name in operations.meetings.WHEN_AND_WHERE}
    operations.move_meeting(meeting, **values, seen=meeting.version, actor=staff)
    assert len(mails()) == 1, "nothing has changed"
    operations.move_meeting(meeting, **values | {"day": date(2026, 12, 10)}, seen=meeting.version, actor=staff)
    operations.cancel_meeting(meeting, reason="Raum gesperrt", actor=staff)

    assert [mail.subject for mail in mails()[1:]] == [
        "Geändert: Arbeitskreis Arbeit und Ankommen, 10.12.2026, 10:00 bis 12:00 Uhr",
        "Abgesagt: Arbeitskreis Arbeit und Ankommen, 10.12.2026, 10:00 bis 12:00 Uhr",
    ]
    assert "Raum gesperrt" in mails()[2].body


def test_a_member_settles_its_own_task_by_link_and_no_other(visitor, group, staff, police, meeting):
    other = story.sitting(group, staff, body_text="Kammer")
    story.held(meeting, staff)
    own, foreign = (
        operations.agree_task(meeting, text=f"Aufgabe {one.body_text}", member=one, actor=staff)
        for one in (police, other)
    )
    path, link = path_of(mails()[0]), NetworkLink.objects.get()
    press(visitor, path, "oeffnen")
    page = visitor.get(path).content.decode()
    assert "Aufgabe Polizei" in page
    assert "Aufgabe Kammer" not in page
    for task in (foreign.pk, 10**30, "x\x00"):
        assert press(visitor, path, "aufgabe", task=task).status_code == 422
    with pytest.raises(ForeignTask):
        operations.complete_own_task(link, foreign, on=TODAY)
    assert press(visitor, path, "aufgabe", task=own.pk, note="<script>fertig</script>").status_code == 302
    press(visitor, path, "aufgabe", task=own.pk, note="noch einmal")

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.status, own.note, own.closed_on) == ("DONE", "<script>fertig</script>", TODAY)
    assert foreign.is_open


def test_minutes_go_only_to_those_they_were_sent_to(visitor, group, staff, police, meeting, time_machine):
    story.held(meeting, staff)
    item = meeting.agenda.first()
    nobody = operations.Attendance(came={})
    operations.write_minutes(meeting, {item.pk: "Vertrauliche Zahlen"}, nobody, seen=meeting.version, actor=staff)
    with pytest.raises(NotAllowedNow):
        operations.send_links(group, MINUTES, [police], meeting=meeting, on=MEETING_DAY, actor=staff)
    operations.release_minutes(meeting, on=MEETING_DAY, actor=staff)
    time_machine.move_to("2026-12-09 15:00+01:00", tick=False)
    operations.send_links(group, MINUTES, [police], meeting=meeting, on=MEETING_DAY, actor=staff)
    invitation, minutes = (path_of(mail) for mail in mails())
    for path in (invitation, minutes):
        press(visitor, path, "oeffnen")

    assert "Vertrauliche Zahlen" not in visitor.get(invitation).content.decode()
    assert "Vertrauliche Zahlen" in visitor.get(minutes).content.decode()


def test_a_recalled_link_shows_nothing_and_the_centre_sees_who_had_opened_it(
    visitor, group, staff, police, meeting, member, client_of
):
    other = story.sitting(group, staff, body_text="Kammer", email="netz@kammer.example")
    story.released(meeting, staff)
    sending = operations.send_links(group, MINUTES, [police, other], meeting=meeting, on=TODAY, actor=staff)
    opened, unopened = (path_of(mail) for mail in mails()[1:])
    press(visitor, opened, "oeffnen")
    assert (
        operations.recall_links(sending, sending.links.all(), reason="falscher Verteiler", on=TODAY, actor=staff) == 1
    )

    for path in (opened, unopened):
        answers = [visitor.get(path), press(visitor, path, "oeffnen"), visitor.get(f"{path}sitzungen.ics")]
        assert [one.status_code for one in answers] == [410, 410, 410]
        assert "zurückgerufen" in answers[0].content.decode()
        assert "falscher Verteiler" not in answers[0].content.decode(), "the reason is for the centre"
    assert sending.links.get(member=other).opened_at is None
    with pytest.raises(operations.NothingToRecall):
        operations.recall_links(sending, sending.links.all(), reason="noch einmal", on=TODAY, actor=staff)
    client = client_of(member("CENTRE_LEAD"))
    page = client.get(sending.get_absolute_url()).content.decode()
    to_tell, rest = page.split("Zurückgerufen, ehe jemand")
    assert "Polizei, Kontaktstelle, kontakt@stelle.example: geöffnet" in to_tell
    assert "Kammer" not in to_tell
    assert "Kammer, Kontaktstelle" in rest
    again = operations.send_links(group, MINUTES, [police], meeting=meeting, on=TODAY, actor=staff)
    assert visitor.get(path_of(mails()[-1])).status_code == 200
    assert again.links.count() == 1


def test_released_minutes_are_corrected_after_their_links_are_recalled(visitor, group, staff, police, meeting):
    with pytest.raises(NotAllowedNow):
        operations.reopen_minutes(meeting, reason="Zahl falsch", on=TODAY, actor=staff)
    story.released(meeting, staff)
    operations.send_links(group, MINUTES, [police], meeting=meeting, on=TODAY, actor=staff)
    operations.reopen_minutes(meeting, reason="Zahl falsch", on=TODAY, actor=staff)
    invitation, former = (path_of(mail) for mail in mails())
    assert [visitor.get(path).status_code for path in (invitation, former)] == [200, 410]
    item = meeting.agenda.first()
    nobody = operations.Attendance(came={})
    operations.write_minutes(meeting, {item.pk: "Richtige Zahl"}, nobody, seen=meeting.version, actor=staff)
    operations.release_minutes(meeting, on=TODAY, actor=staff)
    operations.send_links(group, MINUTES, [police], meeting=meeting, on=TODAY, actor=staff)
    press(visitor, path_of(mails()[-1]), "oeffnen")
    assert "Richtige Zahl" in visitor.get(path_of(mails()[-1])).content.decode()


def test_a_single_link_can_be_recalled_and_links_of_another_sending_cannot(group, staff, police, meeting):
    other = story.sitting(group, staff, body_text="Kammer")
    second = operations.send_links(group, INVITATION, [other], meeting=meeting, on=TODAY, actor=staff)
    first = Sending.objects.first() if Sending.objects.first() != second else Sending.objects.last()

    with pytest.raises(operations.NothingToRecall):
        operations.recall_links(second, first.links.all(), reason="vertan", on=TODAY, actor=staff)
    operations.recall_links(second, second.links.all(), reason="vertan", on=TODAY, actor=staff)
    assert [link.is_recalled for link in (first.links.get(), second.links.get())] == [False, True]


@pytest.mark.parametrize("part", ["", "sitzungen.ics", "unterlagen/1/"])
def test_an_unknown_link_does_not_exist(visitor, meeting, part):
    assert visitor.get(f"/beratung/netz/{'x' * 43}/{part}").status_code == 404


def test_a_link_ends_with_its_day_and_with_the_membership(visitor, staff, police, meeting, time_machine):
    path, link = path_of(mails()[0]), NetworkLink.objects.get()
    assert link.valid_until == date(2027, 2, 7)
    time_machine.move_to("2027-02-08 00:30+01:00", tick=False)
    assert visitor.get(path).status_code == press(visitor, path, "oeffnen").status_code == 410
    time_machine.move_to("2026-11-25 12:00+01:00", tick=False)
    assert visitor.get(path).status_code == 200
    operations.end_member(police, valid_until=date(2026, 11, 24), actor=staff)
    assert visitor.get(path).status_code == 410


def test_an_expired_link_is_replaced_by_a_new_one(group, staff, police):
    send = {"until": TODAY, "actor": staff}
    operations.send_links(group, CALENDAR, [police], on=TODAY, **send)
    later = {**send, "until": date(2027, 12, 31)}
    operations.send_links(group, CALENDAR, [police], on=date(2026, 11, 24), **later)

    old, new = NetworkLink.objects.all()
    assert (old.is_recalled, new.is_recalled) == (True, False)


def test_a_form_from_another_site_or_older_than_a_day_is_not_taken(visitor, meeting, time_machine):
    path, typed = path_of(mails()[0]), {public_forms.FIELD: public_forms.new_token("network-link"), "answer": "ACCEPTS"}
    foreign = visitor.post(f"{path}antworten/", typed, headers={"Origin": "https://anderswo.example"})
    time_machine.move_to("2026-11-24 13:00+01:00", tick=False)
    old = visitor.post(f"{path}antworten/", typed)

    assert (foreign.status_code, old.status_code) == (403, 422)
    assert not meeting.participations.exists()


def test_papers_open_by_link_after_the_press_and_only_those_of_the_meeting(visitor, group, staff, meeting):
    content = files.check_upload(SimpleUploadedFile("bericht.pdf", PDF))
    paper = operations.add_paper(meeting, title="Bericht", content=content, filename="bericht.pdf", actor=staff)
    other = story.planned(group, staff, day=date(2026, 12, 16))
    elsewhere = operations.add_paper(other, title="Anderes", content=content, filename="anderes.pdf", actor=staff)
    path = path_of(mails()[0])
    assert visitor.get(f"{path}unterlagen/{paper.pk}/").status_code == 404
    press(visitor, path, "oeffnen")

    found = visitor.get(f"{path}unterlagen/{paper.pk}/")
    assert (found.status_code, b"".join(found.streaming_content)) == (200, PDF)
    assert visitor.get(f"{path}unterlagen/{elsewhere.pk}/").status_code == 404


def test_the_calendar_of_a_member_holds_all_meetings_that_of_a_meeting_one(visitor, group, staff, police, meeting):
    summer = story.planned(group, staff, day=date(2027, 6, 9))
    operations.cancel_meeting(summer, reason="Ferien", actor=staff)
    operations.send_links(group, CALENDAR, [police], until=date(2027, 12, 31), on=TODAY, actor=staff)
    one, many = (visitor.get(f"{path_of(mail)}sitzungen.ics").content.decode() for mail in mails())

    assert (one.count("BEGIN:VEVENT"), many.count("BEGIN:VEVENT")) == (1, 2)
    assert "TZID:Europe/Berlin" in many
    assert "BEGIN:DAYLIGHT" in many
    assert "DTSTART;TZID=Europe/Berlin:20261209T100000" in many, "winter time"
    assert "DTSTART;TZID=Europe/Berlin:20270609T100000" in many, "summer time, the same hour on the clock"
    assert f"UID:{summer.uid}" in many
    assert "STATUS:CANCELLED" in many
    assert "Bericht" not in many


def test_links_leave_no_token_in_the_trail(meeting):
    token = token_of(mails()[0])
    texts = [f"{entry.changes} {entry.note} {entry.actor_label}" for entry in AuditEntry.objects.all()]

    assert not [text for text in texts if token in text]
    assert OutboxMail.objects.filter(key__contains=token).count() == 0
    assert queries.link_of(token).member.organisation == "Polizei"
