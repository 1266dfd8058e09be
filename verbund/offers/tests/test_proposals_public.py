"""Proposing without an account: the form, drafts, hints, limits, and the page behind the mailed link."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from verbund.accounts.roles import Role
from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.offers import speaking
from verbund.offers.content import OfferContent
from verbund.offers.models import InclusionRule, Offer, Proposal, ProposalDraft
from verbund.offers.proposals import drafts, operations, public_pages, queries
from verbund.offers.proposals.hours import read_spans
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import publish
from verbund.offers.tests.proposal_story import (
    NEW,
    SAID,
    SAVE,
    SEND,
    change,
    everything,
    hidden,
    link_in,
    mails,
    posted,
    send,
    shown,
)

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_town_decides_which_centre_is_asked(client):
    assert client.get("/angebote/vorschlagen/?ort=42651").url == NEW
    assert client.get("/angebote/vorschlagen/?ort=Solingen").url == NEW
    several = client.get("/angebote/vorschlagen/?ort=Halle")
    assert "Welcher Ort ist es?" in text_of(several)
    unknown = client.get("/angebote/vorschlagen/", {"ort": "Entenhausen\x00" * 20})
    assert (unknown.status_code, "finden wir in Nordrhein-Westfalen nicht" in text_of(unknown)) == (200, True)
    assert "Kommunales Integrationszentrum" in text_of(client.get(NEW))
    assert client.get("/angebote/vorschlagen/in/99999999/").status_code == 404


def test_an_association_proposes_an_entry_and_hears_by_mail(client):
    answer = send(client)
    proposal = Proposal.objects.get()
    content = queries.content_of(proposal)
    where = content.at[0]
    assert (answer.status_code, proposal.status, proposal.centre.key) == (302, "RECEIVED", "05122")
    assert [(one.weekday, f"{one.opens:%H}-{one.closes:%H}") for one in where.hours] == [
        (1, "15-17"), (3, "09-12"), (3, "14-16"),
    ]  # fmt: skip
    assert (where.place, proposal.new_place["street"]) == (queries.NEW_PLACE, "Wupperstraße 5")
    assert client.get(f"{NEW}?sprache=ar").context["form"]["terms_need"].field.choices[0][1] == "تعلم اللغة الألمانية"
    assert content.languages == (("ar", "SPOKEN"), ("de", "SPOKEN"))
    assert f"{proposal.due_on:%d.%m.%Y}" in text_of(client.get(answer.url))
    assert [mail.recipient for mail in mails()] == ["vorstand@verein.example"]
    assert SAID["title"] not in mails()[0].body + mails()[0].subject
    status = client.get(link_in(mails()[0]))
    assert (status.status_code, "eingegangen" in text_of(status)) == (200, True)
    assert not client.cookies
    assert not Offer.objects.exists()


def test_the_same_form_sent_twice_is_one_proposal_and_one_mail(client):
    form = posted(client)
    answers = [client.post(SEND, form), client.post(SEND, form)]
    without_once = {name: value for name, value in form.items() if name != "_once"}
    answers += [client.post(SEND, without_once)]
    assert len({answer.url for answer in answers}) == 1
    assert (Proposal.objects.count(), len(mails())) == (1, 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": ""}, "Titel –"),
        ({"title": "x" * 121}, "120"),
        ({"summary": "a\x00b"}, "Was man bekommt"),
        ({"terms_need": []}, "Wählen Sie mindestens ein Anliegen."),
        ({"terms_need": ["../etc"]}, "Worum geht es?"),
        ({"phone": ""}, "damit man Sie erreicht"),
        ({"phone": "im Büro"}, "Das ist keine Telefonnummer."),
        ({"ort-0-phone": "im Büro"}, "Das ist keine Telefonnummer."),
        ({"valid_until": "31.12.2020"}, "Dieser Tag ist schon vorbei."),
        ({"spoken": "Klingonisch"}, "Diese Sprache kennen wir nicht"),
        ({"ort-0-zeiten-tag1": "nachmittags"}, "Diese Zeiten verstehen wir nicht"),
        ({"ort-0-zeiten-tag1": "17-15"}, "Das Ende liegt nicht nach dem Beginn"),
        ({"ort-0-neu-postcode": "45127"}, "Zu dieser Postleitzahl gehört"),
        ({"ort-0-neu-postcode": "45127", "ort-0-neu-town": "Essen"}, "ist ein anderes Zentrum zuständig"),
        ({"ort-0-place": "999999"}, "Ort –"),
        ({"ort-0-place": "fern"}, "Streichen Sie eins"),
        ({"website": "javascript:alert(1)"}, "Webseite –"),
        ({"submitter_email": "a@b.example\nBcc: c@d.example"}, "E-Mail-Adresse für Antworten –"),
        ({"organisation_kind": "CENTRE"}, "Was für eine Organisation"),
        ({"note": "x" * 1001}, "1000"),
        ({"is_free": "on", "amount_fee": "5"}, "als kostenlos angekreuzt"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(client, said, sentence):
    form = posted(client, **said)
    before = everything()
    answer = client.post(SEND, form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert everything() == before


def test_errors_are_told_in_the_order_of_the_page_and_none_of_what_was_not_asked(client):
    bare = {"title": "", "phone": "", "organisation_name": "", "ort-0-neu-name": "", "ort-0-neu-street": "",
            "ort-0-neu-postcode": "", "ort-0-zeiten-tag1": "?"}  # fmt: skip
    answer = send(client, **bare)
    assert [entry["target"] for entry in answer.context["errors"]] == [
        "id_title", "id_ort-0-place", "id_ort-0-zeiten-tag1", "id_phone", "id_organisation_name",
    ]  # fmt: skip


def test_a_place_of_another_centre_cannot_be_chosen_and_a_protected_one_is_not_offered(client, staff, member, acting):
    foreign = story.place("05978")
    hidden_place = story.place(is_protected=True, street="", postcode="", name="Zuflucht")
    known = story.place(name="Stadtbücherei")
    for place in (hidden_place, known):
        publish(staff, at=[story.tuesdays(place)])
    page = text_of(client.get(NEW))
    assert ("Stadtbücherei" in page, "Zuflucht" in page) == (True, False)
    for place in (foreign, hidden_place):
        refused = send(client, **{"ort-0-place": str(place.pk), "ort-0-neu-name": "", "ort-0-neu-street": "",
                                  "ort-0-neu-postcode": ""})  # fmt: skip
        assert refused.status_code == 422
    assert not Proposal.objects.exists()


def test_of_an_address_to_be_kept_secret_only_the_town_is_stored_also_in_the_draft(client):
    secret = {"ort-0-neu-is_protected": "on", "ort-0-neu-name": "Zuflucht"}
    client.post(SAVE, posted(client, **secret))
    assert "Wupperstraße" not in str(ProposalDraft.objects.get().typed)
    send(client, **secret)
    place = Proposal.objects.get().new_place
    assert (place["street"], place["postcode"], place["municipality"]) == ("", "", "05122000")


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("9-12", "09:00-12:00"),
        ("9 – 12 Uhr", "09:00-12:00"),
        ("von 9 bis 12 uhr und 14.30-16", "09:00-12:00 14:30-16:00"),
        ("9:30 Uhr bis 1100", "09:30-11:00"),
        ("14-16; 9-12", "09:00-12:00 14:00-16:00"),
        ("من ٩ إلى ١٢ و ١٤-١٦", "09:00-12:00 14:00-16:00"),
        ("9 to 12, 14 until 16", "09:00-12:00 14:00-16:00"),
        ("", ""),
        *((line, None) for line in ("mittags", "9-12 mit Termin", "25-26", "9", "9-12" * 30)),
    ],
)
def test_hours_are_read_as_people_write_them(line, spans):
    found = read_spans(line)
    assert (None if found is None else " ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in found)) == spans


def test_an_entry_that_looks_the_same_is_shown_before_anything_is_sent(client, staff):
    twin = publish(staff, story.partner(name="Nähtreff Ohligs e. V."), title="Nähtreff dienstags")
    form = posted(client)
    answer = client.post(SEND, form)
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert f"/angebote/{twin.pk}/ergaenzen/" in text_of(answer)
    assert client.post(SEND, {**SAID, **hidden(answer)}).status_code == 302
    assert Proposal.objects.count() == 1


def test_what_somebody_writes_is_kept_behind_a_link_and_gone_when_it_is_sent(client):
    form = posted(client, title="Angefangen")
    saved = client.post(SAVE, form, headers={"X-Autosave": "1"})
    path = saved.json()["address"]
    page = client.get(path)
    assert "Angefangen" in text_of(page)
    assert "42651" in text_of(page)
    assert f"{timezone.localtime():%H:}" in text_of(page)
    more = client.post("/angebote/vorschlagen/weiterer-ort/", {**form, **hidden(page), "title": "Mit zwei Orten"})
    assert more.url.startswith(path)
    page = client.get(path)
    assert len(page.context["entry"].blocks) == 2
    client.post(f"{path}mailen/", {**hidden(page), "email": "vorstand@verein.example"})
    assert link_in(mails()[-1]) == path
    assert send(client, path).status_code == 302
    assert client.get(path).status_code == 410
    assert not ProposalDraft.objects.exists()


@pytest.mark.parametrize("token", ["x", "A" * 43, "a.b", "%00", "ü" * 20, "9" * 3000])
def test_a_link_nobody_gave_out_leads_nowhere(client, token):
    before = everything()
    for path in ("vorschlag/{}/", "vorschlag/{}/danke/", "vorschlagen/entwurf/{}/", "anbieter/{}/", "anbieter/{}/neu/"):
        assert client.get(f"/angebote/{path.format(token)}").status_code == 404
    for path in ("vorschlag/{}/", "vorschlag/{}/zurueckziehen/", "vorschlagen/entwurf/{}/mailen/"):
        assert client.post(f"/angebote/{path.format(token)}", {"text": "x"}).status_code == 404
    assert client.post(SAVE, {**posted(client), "entwurf": token}).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("path", [SEND, SAVE, "/angebote/vorschlagen/weiterer-ort/"])
def test_a_form_on_another_site_is_refused(client, path):
    form, before = posted(client), everything()
    for headers in ({"Origin": "https://boese.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.post(path, form, headers=headers).status_code == 403
    assert everything() == before


def test_a_program_that_fills_in_every_field_and_an_old_page_are_refused_and_keep_what_was_typed(client, monkeypatch):
    form = posted(client, anrede="Frau")
    answer = client.post(SEND, form)
    assert answer.status_code == 422
    assert "Ihr Vorschlag ist nicht gesendet" in text_of(answer)
    form = posted(client)
    monkeypatch.setattr(public_forms, "LONGEST_OPEN_SECONDS", -1)
    answer = client.post(SEND, form)
    assert "länger als einen Tag offen" in text_of(answer)
    assert SAID["title"] in text_of(answer)
    assert not Proposal.objects.exists()


def test_a_flood_is_stopped_and_so_are_many_mails_to_one_address(client, monkeypatch):
    monkeypatch.setitem(public_pages.LIMITS, "proposal", (3, 100))
    answers = [send(client, title=f"Angebot {number}", organisation_name=f"Haus {number * 7919}").status_code
               for number in range(4)]  # fmt: skip
    assert answers == [302, 302, 302, 429]
    assert Proposal.objects.count() == 3
    monkeypatch.setitem(public_pages.LIMITS, "proposal", (100, 100))
    monkeypatch.setattr(speaking, "MAILS_TO_ONE", 3)
    assert send(client, title="Noch eins", organisation_name="Andere").status_code == 429
    assert send(client, title="Noch eins", organisation_name="Andere", submitter_email="").status_code == 302
    monkeypatch.setitem(public_pages.LIMITS, "proposal-draft", (1, 100))
    form = posted(client) | {"_once": ""}
    assert [client.post(SAVE, form, headers=kind).status_code for kind in ({}, {}, {"X-Autosave": "1"})] == [
        302,
        429,
        429,
    ]


def test_a_change_says_only_what_was_changed_and_keeps_what_the_form_does_not_ask(client, staff):
    hours = story.tuesdays(story.place(), rhythm="EVEN_WEEKS", languages=("tr",))
    offer = publish(
        staff,
        at=[hours],
        description="Erste Zeile\r\n\r\nZweite",
        terms=(("NEED", "learn-german"), ("FIELD", "sports")),
    )
    path = f"/angebote/{offer.pk}/ergaenzen/"
    assert path in text_of(client.get(offer.get_absolute_url()))
    nobody = {"organisation_name": "Leserin", "organisation_kind": "OTHER"}
    unchanged = change(client, path, **nobody)
    assert (unchanged.status_code, "noch nichts geändert" in text_of(unchanged)) == (422, True)
    assert change(client, path, **nobody, phone="0212 290-99", **{"ort-0-zeiten-tag1": "16-18"}).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.offer, queries.proposed_fields(proposal)) == (offer, ["phone", "at"])
    new = queries.content_of(proposal)
    assert new.values["description"] == "Erste Zeile\r\n\r\nZweite"
    assert (new.at[0].hours[0].rhythm, new.at[0].hours[0].languages, f"{new.at[0].hours[0].opens:%H}") == (
        "EVEN_WEEKS", ("tr",), "16",
    )  # fmt: skip
    assert ("FIELD", "sports") in new.terms


def test_an_entry_changed_while_somebody_writes_is_shown_before_anything_is_sent(client, staff):
    from verbund.offers import operations as offers

    offer = publish(staff)
    path = f"/angebote/{offer.pk}/ergaenzen/"
    form = shown(client.get(path)) | {"organisation_name": "Leserin", "organisation_kind": "OTHER", "phone": "0212 1"}
    content = OfferContent.of(offer)
    offers.edit_offer(
        offer, content.with_fields(story.content(to_bring="Ausweis"), ["to_bring"]), seen=1, on=today(), actor=staff
    )
    answer = client.post(SEND, form)
    assert answer.status_code == 422
    assert "inzwischen geändert" in text_of(answer)
    assert "Ausweis" in text_of(answer)
    assert client.post(SEND, form | hidden(answer)).status_code == 302


def test_what_is_not_public_cannot_be_proposed_to_change(client, staff):
    from verbund.offers import operations as offers

    draft = offers.create_offer(story.partner(), story.content(), on=today(), actor=staff)
    assert client.get(f"/angebote/{draft.pk}/ergaenzen/").status_code == 404
    form = posted(client)
    for wrong in (str(draft.pk), "9" * 30, "x"):
        assert client.post(SEND, {**form, "eintrag": wrong}).status_code == 404
    assert client.post(SEND, {**form, "gemeinde": "05"}).status_code == 404


def test_the_submitter_answers_a_question_and_takes_the_proposal_back(client, staff):
    send(client)
    proposal = Proposal.objects.get()
    operations.ask_submitter(proposal, text="Ist der Raum im Erdgeschoss?", on=today(), actor=staff)
    path = link_in(mails()[-1])
    page = client.get(path)
    assert "Ist der Raum im Erdgeschoss?" in text_of(page)
    form = hidden(page)
    assert client.post(path, {**form, "text": " "}).status_code == 422
    assert client.post(path, {**form, "text": "x" * 1001}).status_code == 422
    assert client.post(path, {**form, "text": "Ja."}).status_code == 302
    again = {name: value for name, value in form.items() if name != "_once"}
    assert client.post(path, {**again, "text": "Ja."}).status_code == 422
    proposal.refresh_from_db()
    assert (proposal.status, [one.text for one in proposal.messages.all()]) == (
        "IN_CHECK", ["Ist der Raum im Erdgeschoss?", "Ja."],
    )  # fmt: skip
    assert client.post(f"{path}zurueckziehen/", hidden(client.get(path))).status_code == 302
    proposal.refresh_from_db()
    assert proposal.status == "WITHDRAWN"
    late = client.post(f"{path}zurueckziehen/", again)
    assert (late.status_code, "Das geht im Stand" in text_of(late)) == (422, True)


def test_a_refusal_names_the_rule_and_the_reason_behind_the_mailed_link(client, staff):
    send(client)
    rule = InclusionRule.objects.get(code="non-commercial")
    operations.refuse_proposal(Proposal.objects.get(), rule=rule, reason="Es ist Werbung.", on=today(), actor=staff)
    page = text_of(client.get(link_in(mails()[-1])))
    assert rule.sentence in page
    assert "Es ist Werbung." in page
    assert "/angebote/regeln/" in page
    public = text_of(client.get("/angebote/regeln/"))
    assert all(one.sentence in public for one in InclusionRule.objects.all())
    assert "/angebote/regeln/" in text_of(client.get("/angebote/"))


def test_answer_times_are_shown_once_there_are_figures_and_count_what_was_left_lying(client, staff):
    assert "rechtzeitig beantwortet" not in text_of(client.get(NEW))
    for number, (came, answered) in enumerate([(40, 38), (40, 10), (60, None), (1, None)]):
        send(client, title=f"Angebot {number}", organisation_name=f"Haus {number}", submitter_email="")
        on = today()
        Proposal.objects.filter(title=f"Angebot {number}").update(
            submitted_on=on - timedelta(days=came),
            due_on=on - timedelta(days=came - 9),
            answered_on=on - timedelta(days=answered) if answered is not None else None,
        )
    assert "rechtzeitig beantwortet: 1 von 3" in text_of(client.get(NEW))


def test_script_and_formulas_in_every_field_stay_text(client, staff, client_of, member):
    bad = '"><script>alert(1)</script>=1+1'
    send(client, title=bad, summary=bad, note=bad, organisation_name=bad, **{"ort-0-neu-name": bad, "fee_note": bad})
    proposal = Proposal.objects.get()
    pages = [
        client.get(link_in(mails()[0])),
        client_of(member(Role.CENTRE_LEAD)).get(f"/angebote/pflege/vorschlaege/{proposal.pk}/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in text_of(page)


def test_the_trail_names_no_address_of_the_submitter(client):
    send(client)
    entries = AuditEntry.objects.filter(verb="submit_proposal")
    assert entries.count() == 1
    assert not re.search(r"verein\.example", str(list(entries.values())))


def test_a_draft_keeps_only_fields_of_the_form_and_no_more_than_they_hold(client):
    form = posted(client, title="x" * 9_000, fremd="y", anrede="z")
    client.post(SAVE, form)
    typed = ProposalDraft.objects.get().typed
    assert len(typed["title"][0]) == drafts.LONGEST
    assert {"fremd", "anrede", "_form", "_once", "entwurf"} & set(typed) == set()


def test_who_proposes_a_change_at_a_protected_place_neither_reads_nor_removes_its_room(client, member, acting):
    staff = acting(member(Role.CENTRE_STAFF))
    place = story.place(name="Geheimes Haus", is_protected=True, street="", postcode="")
    offer = publish(staff, at=[replace(story.tuesdays(place), room="Hinterhaus")])
    path = f"/angebote/{offer.pk}/ergaenzen/"
    assert "Hinterhaus" not in text_of(client.get(path))
    about = {name: SAID[name] for name in ("organisation_name", "organisation_kind", "submitter_email")}
    unchanged = change(client, path, **about)
    assert (unchanged.status_code, "Sie haben noch nichts geändert." in text_of(unchanged)) == (422, True)

    change(client, path, **about, **{"ort-0-zeiten-tag1": "16-18"})

    proposal = Proposal.objects.get()
    assert OfferContent.from_data(proposal.content).at[0].room == "Hinterhaus"
    assert "Hinterhaus" not in text_of(client.get(link_in(mails()[0])))
