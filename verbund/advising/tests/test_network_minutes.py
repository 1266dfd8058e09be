"""The minutes of a meeting as a file: who gets it, what it says, and that it is a draft before the release."""

from datetime import date

import pytest

from verbund.accounts.roles import Role
from verbund.advising.models import Sending
from verbund.advising.networks import operations
from verbund.advising.tests import network_story as story
from verbund.advising.tests.network_story import MEETING_DAY, mails, path_of
from verbund.core import public_forms
from verbund.core.tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
MINUTES = Sending.Kind.MINUTES


def test_the_minutes_are_a_file_for_the_centre_and_for_whom_they_were_sent_to(member, client_of, time_machine):
    time_machine.move_to("2026-11-23 12:00+01:00", tick=False)
    staff, visitor = story.staff(), client_of()
    group = story.network(staff)
    police = story.sitting(group, staff)
    meeting = story.invited(group, staff, [police])
    own, other = client_of(member(Role.CENTRE_STAFF)), client_of(member(Role.CENTRE_STAFF, at="05978"))
    path = f"{meeting.get_absolute_url()}niederschrift.pdf"
    assert own.get(path).status_code == 404  # nothing took place yet
    earlier = story.held(story.planned(group, staff, day=date(2026, 11, 20)), staff)
    operations.agree_task(earlier, text="Räume klären", centre_function="Netzwerkstelle", actor=staff)
    story.held(meeting, staff)
    first, _second = meeting.agenda.all()
    came = operations.Attendance(came={police.pk: 2}, guests=1)
    minutes = "Erste Zeile\nzweite #strong[Zeile]\n\nZweiter Absatz"
    operations.write_minutes(meeting, {first.pk: minutes}, came, seen=meeting.version, actor=staff)
    operations.record_decision(meeting, text="Das Konzept gilt.", actor=staff)
    operations.agree_task(meeting, text="Bericht senden", member=police, due_on=date(2027, 1, 15), actor=staff)
    draft = own.get(path)
    assert "Entwurf, nicht freigegeben" in text_of(draft.content)
    operations.release_minutes(meeting, on=MEETING_DAY, actor=staff)
    operations.send_links(group, MINUTES, [police], meeting=meeting, on=MEETING_DAY, actor=staff)

    answer = own.get(path)
    assert answer["Content-Disposition"] == 'attachment; filename="niederschrift-2026-12-09.pdf"'
    said = text_of(answer.content)
    for part in (
        "Niederschrift: Arbeitskreis Arbeit und Ankommen, 09.12.2026", "Freigegeben am 09.12.2026",
        "Polizei Kontaktstelle 2", "Gäste 1", "Zusammen: 3", "Räume klären Zentrum: Netzwerkstelle ohne Tag",
        "1. Bericht", "zweite #strong[Zeile]", "Zweiter Absatz", "2. Verschiedenes", "1/2026 Das Konzept gilt.",
        "Bericht senden Polizei, Kontaktstelle 15.01.2027",
    ):  # fmt: skip
        assert part in said
    assert own.get(path).content == answer.content
    assert (other.get(path).status_code, visitor.get(path).status_code) == (404, 302)

    invitation, sent = (path_of(mail) for mail in mails())
    assert visitor.get(f"{sent}niederschrift.pdf").status_code == 404  # not opened yet
    for link in (invitation, sent):
        visitor.post(f"{link}oeffnen/", {public_forms.FIELD: public_forms.new_token("network-link")})
    assert visitor.get(f"{invitation}niederschrift.pdf").status_code == 404
    assert f"{sent}niederschrift.pdf" in visitor.get(sent).content.decode()
    file = visitor.get(f"{sent}niederschrift.pdf")
    assert (file.content, file["X-Robots-Tag"]) == (answer.content, "noindex")
    operations.reopen_minutes(meeting, reason="Zahl falsch", on=MEETING_DAY, actor=staff)
    assert visitor.get(f"{sent}niederschrift.pdf").status_code == 410
