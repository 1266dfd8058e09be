"""A meeting with partners in a real browser: from the invitation to the task that is done, with and without account."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.browser import EVERY_LOOK, NARROW
from verbund.accounts.roles import Role
from verbund.advising.models import Meeting, MeetingTask, Network, NetworkLink
from verbund.advising.networks import operations
from verbund.advising.tests.network_story import mails, partner, path_of
from verbund.core import files
from verbund.core.dates import today

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def found_network(page, house) -> Network:
    """Make a network with two members on its pages."""
    page.click("main >> text=Netzwerk anlegen")
    page.fill("input[name=name]", "Arbeitskreis Sprache und Arbeit")
    page.select_option("select[name=kind]", "WORKING_GROUP")
    page.check("input[name=part][value=LEADS]")
    page.fill("textarea[name=purpose]", "Kurse und Wege in Arbeit abstimmen")
    page.select_option("select[name=field]", label="Arbeit und Wirtschaft")
    page.click("main form >> text=Anlegen")
    for choose, function, email in (
        (lambda: page.select_option("select[name=partner]", label=str(house)), "Leitung", "leitung@haus.example"),
        (lambda: page.fill("input[name=body_text]", "Polizei"), "Kontaktstelle", "kontakt@polizei.example"),
    ):
        page.click("main >> text=Mitglied aufnehmen")
        choose()
        page.fill("input[name=function]", function)
        page.fill("input[name=email]", email)
        page.click("main form >> text=Aufnehmen")
        page.wait_for_selector("text=Aufgenommen.")
    return Network.objects.get()


def plan_and_invite(page) -> None:
    """Plan a meeting for today with an agenda, and invite everybody."""
    page.click(".next-step >> text=Sitzung planen")
    page.fill("input[name=day]", f"{today():%Y-%m-%d}")
    page.fill("input[name=begins]", "10:00")
    page.fill("input[name=ends]", "12:00")
    page.fill("input[name=place]", "Rathaus, Raum 2")
    page.click("main form >> text=Planen")
    page.click(".next-step >> text=Tagesordnung festlegen")
    page.fill("input[name=tops-0-title]", "Bericht aus den Beratungsstellen")
    page.fill("input[name=tops-0-brought_by]", "Leitung der Beratungsstelle")
    page.fill("input[name=tops-1-title]", "Kurse am Nachmittag")
    page.click("main form >> text=Speichern")
    page.wait_for_selector("text=Die Tagesordnung ist gespeichert.")
    page.goto(page.url.split("#")[0] + "verschicken/invitation/")
    page.click("main form >> text=Links verschicken")
    page.wait_for_selector("text=Die Mails gehen hinaus.")


def hold_and_release(page) -> None:
    """Hold the meeting, write minutes, record a decision and a task, release and send."""
    page.click("text=Als abgehalten festhalten")
    page.wait_for_selector("h1:has-text('Niederschrift')")
    page.locator("textarea").first.fill("Nachmittags fehlen Plätze.")
    page.get_by_label("Leitung").fill("1")
    page.click("main form >> text=Speichern")
    page.click("text=Beschluss festhalten")
    page.fill("textarea[name=text]", "Wir werben gemeinsam für die Kurse.")
    page.click("main form >> text=Festhalten")
    page.click("text=Aufgabe vergeben")
    page.fill("textarea[name=text]", "Liste der Kurse schicken")
    page.select_option("select[name=member]", index=1)
    page.click("main form >> text=Vergeben")
    page.wait_for_selector("#aufgaben >> text=Liste der Kurse schicken")
    page.click("text=Niederschrift freigeben")
    page.wait_for_selector("text=Wählen Sie nun, wer die Niederschrift bekommt.")
    page.click("main form >> text=Links verschicken")
    page.wait_for_selector("text=Die Mails gehen hinaus.")


def test_a_meeting_with_partners_from_the_invitation_to_the_task_that_is_done(site, member, acting):
    lead = member(Role.CENTRE_LEAD)
    house = partner("Beispielverband Hafen")
    centre = site.open("/beratung/netzwerke/", member=lead)
    network = found_network(centre, house)
    plan_and_invite(centre)
    meeting = Meeting.objects.get()
    content = files.check_upload(SimpleUploadedFile("bericht.pdf", PDF))
    operations.add_paper(meeting, title="Zahlen des Jahres", content=content, filename="zahlen.pdf", actor=acting(lead))

    invitation = path_of(mails()[0])
    site.look_at(invitation, "netz-einladung", looks=EVERY_LOOK)
    phone = site.open(invitation, viewport=NARROW, java_script_enabled=False)
    phone.click("text=Zusagen")
    phone.wait_for_selector("text=Danke. Ihre Antwort ist beim Zentrum.")
    phone.click("text=Unterlagen öffnen")
    phone.wait_for_selector("text=Zahlen des Jahres (PDF)")
    assert phone.context.cookies() == []
    site.look_at(invitation, "netz-geoeffnet", looks=EVERY_LOOK)
    assert meeting.participations.get().answer == "ACCEPTS"

    centre.goto(site.url + meeting.get_absolute_url())
    hold_and_release(centre)
    minutes = path_of(mails()[2])
    phone.goto(site.url + minutes)
    phone.click("text=Unterlagen öffnen")
    phone.wait_for_selector("text=Nachmittags fehlen Plätze.")
    site.look_at(minutes, "netz-niederschrift", looks=EVERY_LOOK)
    phone.fill("input[name=note]", "Liste ist unterwegs")
    phone.click("text=Erledigt")
    phone.wait_for_selector("text=Danke. Die Aufgabe steht als erledigt.")

    assert MeetingTask.objects.get().status == "DONE"
    centre.goto(site.url + meeting.get_absolute_url())
    centre.wait_for_selector("#aufgaben >> text=Liste ist unterwegs")
    base = meeting.get_absolute_url()
    for path, name in (
        ("/beratung/netzwerke/", "liste"),
        (network.get_absolute_url(), "netzwerk"),
        (base, "sitzung"),
        (f"{base}ausdruck/", "ausdruck"),
        ("/beratung/netzwerke/sitzungen/", "sitzungen"),
        ("/beratung/netzwerke/aufgaben/?stand=alle", "aufgaben"),
        ("/beratung/netzwerke/neu/", "neu"),
    ):
        site.look_at(path, f"netz-{name}", member=lead)


def test_minutes_sent_to_the_wrong_list_are_recalled_and_sent_to_the_right_one(site, member, acting):
    lead = member(Role.CENTRE_LEAD)
    centre = site.open("/beratung/netzwerke/", member=lead)
    found_network(centre, partner("Beispielverband Hafen"))
    plan_and_invite(centre)
    meeting = Meeting.objects.get()
    site.look_at(f"{meeting.get_absolute_url()}tagesordnung/", "netz-tagesordnung", member=lead)
    centre.goto(site.url + meeting.get_absolute_url())
    hold_and_release(centre)
    wrong = path_of(mails()[3])
    stranger = site.open(wrong)
    stranger.click("text=Unterlagen öffnen")
    stranger.wait_for_selector("text=Nachmittags fehlen Plätze.")

    centre.click("#verschickt >> text=Niederschrift vom")
    centre.click("text=Links zurückrufen")
    centre.fill("input[name=reason]", "falscher Verteiler")
    centre.click("main form >> text=Zurückrufen")
    centre.wait_for_selector("text=Diese Stellen hatten den Link geöffnet")
    sending = centre.url.removeprefix(site.url)
    site.look_at(sending, "netz-zurueckgerufen", member=lead)
    stranger.goto(site.url + wrong)
    stranger.wait_for_selector("h1:has-text('Dieser Link ist zurückgerufen')")
    assert "Nachmittags" not in stranger.content()
    site.look_at(wrong, "netz-link-zurueckgerufen")
    centre.click("text=An weitere verschicken")
    centre.uncheck("input[name=members] >> nth=1")
    centre.click("main form >> text=Links verschicken")
    centre.wait_for_selector("text=Die Mails gehen hinaus.")
    assert NetworkLink.objects.filter(kind="MINUTES", recalled_on=None).get().member.function == "Leitung"
