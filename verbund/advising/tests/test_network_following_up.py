"""After an invitation: who is reminded, answers given on the telephone, mails that came back."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.advising.models import NetworkLink, Participation
from verbund.advising.networks import operations
from verbund.advising.networks.operations.sending import ForeignRecipient, NobodyToSendTo, NoFunction, NothingToRecall
from verbund.advising.tasks import notice_refused_mails
from verbund.advising.tests.network_story import (
    MEETING_DAY,
    TODAY,
    held,
    invited,
    mails,
    network,
    partner,
    path_of,
    sitting,
    staff,
)
from verbund.advising.worklist import tasks_for
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import OutboxMail

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=9)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def asked():
    """Two members who were invited to a meeting, and the actor of the centre."""
    actor = staff()
    circle = network(actor)
    two = [sitting(circle, actor), sitting(circle, actor, partner=partner(), email="verband@stelle.example")]
    return actor, invited(circle, actor, two), two


def titles(actor, on: date) -> list[str]:
    return [task.title for task in tasks_for(actor, on)]


def test_only_who_has_not_answered_is_reminded_and_the_new_link_takes_the_place_of_the_first(asked, client):
    actor, meeting, (police, association) = asked
    first, _other = mails()
    operations.answer_invitation(NetworkLink.objects.get(member=association), answer="ACCEPTS", on=TODAY)

    with pytest.raises(NobodyToSendTo):  # a mail has gone today
        operations.remind(meeting, [police], on=TODAY, actor=actor)
    with pytest.raises(ForeignRecipient):
        operations.remind(meeting, [police, association], on=LATER, actor=actor)
    assert len(mails()) == 2
    operations.remind(meeting, [police], on=LATER, actor=actor)

    reminder = mails()[-1]
    assert reminder.recipient == police.email
    assert reminder.subject.startswith("Erinnerung: Einladung:")
    assert "durch einen neueren ersetzt" in client.get(path_of(first)).text
    assert "Kommen Sie?" in client.get(path_of(reminder)).text


def test_who_answers_on_the_telephone_is_written_down_and_no_longer_followed_up(asked):
    actor, meeting, (police, association) = asked
    due = MEETING_DAY - timedelta(days=7)
    assert "Antworten nachfassen" not in titles(actor, due - timedelta(days=1))
    assert "Antworten nachfassen" in titles(actor, due)

    with pytest.raises(NoFunction):
        operations.enter_answer(meeting, member=police, answer="SENDS_DEPUTY", on=TODAY, actor=actor)
    operations.enter_answer(
        meeting, member=police, answer="SENDS_DEPUTY", deputy_function="Bezirksdienst", on=TODAY, actor=actor
    )
    operations.enter_answer(meeting, member=association, answer="DECLINES", on=TODAY, actor=actor)

    said = set(Participation.objects.values_list("member", "answer", "deputy_function"))
    assert said == {(police.pk, "SENDS_DEPUTY", "Bezirksdienst"), (association.pk, "DECLINES", "")}
    assert "Antworten nachfassen" not in titles(actor, due)
    stranger = sitting(network(staff("05978"), key="05978"), staff("05978"))
    with pytest.raises(ForeignRecipient):
        operations.enter_answer(meeting, member=stranger, answer="ACCEPTS", on=TODAY, actor=actor)
    held(meeting, actor)
    with pytest.raises(NotAllowedNow):
        operations.enter_answer(meeting, member=police, answer="ACCEPTS", on=TODAY, actor=actor)


def test_a_mail_that_came_back_ends_its_link_and_asks_for_another_mailbox(asked, client):
    actor, meeting, (police, _association) = asked
    link = NetworkLink.objects.get(member=police)
    mail, _other = mails()
    desk = client_of(member(Role.CENTRE_STAFF))

    foreign = client_of(member(Role.CENTRE_STAFF, at="05978"))
    assert foreign.post(reverse("advising:network-bounce", args=[link.pk])).status_code == 404
    assert desk.post(reverse("advising:network-bounce", args=[link.pk])).status_code == 302
    assert "Diese Mails kamen nicht an." in desk.get(meeting.get_absolute_url()).text
    assert "zurückgerufen" in client.get(path_of(mail)).text
    assert "Postfach berichtigen" in titles(actor, TODAY)
    with pytest.raises(NothingToRecall):
        operations.note_bounce(link, on=TODAY, actor=actor)

    values = {"function": police.function, "email": "neu@stelle.example", "is_invited": True}
    values |= {"partner": None, "body": "", "body_text": police.body_text, "valid_from": police.valid_from}
    operations.change_member(police, **values, seen=police.version, actor=actor)
    assert "Postfach berichtigen" not in titles(actor, TODAY)
    operations.send_links(meeting.network, "INVITATION", [police], meeting=meeting, on=TODAY, actor=actor)
    assert mails()[-1].recipient == "neu@stelle.example"
    assert "Diese Mails kamen nicht an." not in desk.get(meeting.get_absolute_url()).text


def test_a_mail_the_server_refuses_for_good_is_noticed_without_anybody_telling(asked):
    actor, _meeting, (police, association) = asked
    link = NetworkLink.objects.get(member=police)
    notice_refused_mails(timezone.now())
    assert not NetworkLink.objects.exclude(bounced_on=None).exists()

    OutboxMail.objects.filter(key=f"network-link:{link.pk}").update(given_up_at=timezone.now())
    for _time in range(2):
        notice_refused_mails(timezone.now())
    assert [one.member for one in NetworkLink.objects.exclude(bounced_on=None)] == [police]
    assert NetworkLink.objects.get(member=association).recalled_on is None
    assert titles(actor, TODAY).count("Postfach berichtigen") == 1


def test_who_got_a_mail_today_is_offered_for_a_reminder_from_tomorrow_on(asked, in_november):
    _actor, meeting, _two = asked
    assert "Erinnern können Sie ab morgen" in client_of(member(Role.CENTRE_STAFF)).get(meeting.get_absolute_url()).text
    in_november.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC))
    desk = client_of(member(Role.CENTRE_STAFF))
    page = reverse("advising:network-remind", args=[meeting.pk])
    assert page in desk.get(meeting.get_absolute_url()).text
    chosen = list(meeting.network.members.values_list("pk", flat=True))
    assert desk.post(page, {"members": chosen}).status_code == 302
    assert len(mails()) == 4


def test_the_pages_of_following_up_are_the_own_centres(asked):
    _actor, meeting, (police, _association) = asked
    own, foreign = (client_of(member(Role.CENTRE_STAFF, at=key)) for key in ("05122", "05978"))
    pages = [reverse(f"advising:network-{name}", args=[meeting.pk]) for name in ("remind", "answer")]

    assert {own.get(page).status_code for page in pages} == {200}
    assert {foreign.get(page).status_code for page in pages} == {404}
    assert {foreign.post(page, {"members": police.pk}).status_code for page in pages} == {404}
    sent = own.post(pages[1], {"member": police.pk, "answer": "ACCEPTS"})
    assert sent.status_code == 302
    assert Participation.objects.get().answer == "ACCEPTS"
