"""What readers report, and how a centre settles what came in."""

from datetime import date, timedelta

import pytest

from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.core.dates import today
from verbund.core.models import AuditEntry, SentForms
from verbund.core.tasks import forget_sent_forms
from verbund.offers import tasks
from verbund.offers.freshness import operations, public_views, queries
from verbund.offers.models import ConfirmationEntry, ConfirmationRequest, Offer, ReaderReport
from verbund.offers.tests import story
from verbund.offers.tests.freshness_story import ANSWER, LONG_AGO, TODAY, entry, mails
from verbund.offers.tests.test_freshness_answers import hidden

pytestmark = pytest.mark.django_db
FEEDBACK = "/angebote/pflege/rueckmeldungen/"


@pytest.fixture
def membership(member):
    return member(Role.CENTRE_STAFF)


@pytest.fixture
def staff(membership, acting):
    return acting(membership)


@pytest.fixture
def partner():
    return story.partner(email="kontakt@verein.example", phone="0212 290-1")


@pytest.fixture
def offer(partner, staff):
    return entry(partner, staff, title="Nähtreff")


def report(client, offer, *, sprache="", **said):
    path = f"/angebote/{offer.pk}/melden/{sprache}"
    return client.post(path, {**hidden(client.get(path)), **said})


def answered(partner, said, note="", *, on=None):
    """Ask a partner and let it answer for its one entry."""
    on = on or today()
    operations.ask_all_due(on=on)
    question = ConfirmationRequest.objects.get(partner=partner)
    one = question.entries.get()
    operations.answer_for_entries(question.links.get(), {one.pk: (said, note)}, on=on)
    one.refresh_from_db()
    return one


def unphoned(partner):
    """Ask a partner that does not answer, until the centre is to phone."""
    operations.ask_all_due(on=TODAY)
    for day in (14, 28):
        operations.advance_all(on=TODAY + timedelta(days=day))
    return ConfirmationRequest.objects.get(partner=partner).entries.get()


# readers


def test_anybody_says_what_is_wrong_without_a_name_and_hears_by_when_it_is_looked_at(client, offer):
    answer = report(client, offer, reason="CLOSED", note="Am Dienstag stand ich vor der Tür.")
    thanks = client.get(answer.url).content.decode()
    found = ReaderReport.objects.get()
    assert (found.offer, found.reason, found.count) == (offer, "CLOSED", 1)
    assert "Kommunales Integrationszentrum Stadt Solingen" in thanks
    assert f"{queries.answer_day(today(), on=today()):%d.%m.%Y}" in thanks
    assert not client.cookies
    assert AuditEntry.objects.filter(verb="report_offer").values_list("actor", "actor_label").get() == (
        None,
        "ohne Anmeldung",
    )


def test_looking_at_the_form_changes_nothing_and_a_report_changes_no_entry(client, offer):
    before = list(Offer.objects.values())
    client.get(f"/angebote/{offer.pk}/melden/")
    client.head(f"/angebote/{offer.pk}/melden/")
    assert ReaderReport.objects.count() == 0
    report(client, offer, reason="TIME")
    assert list(Offer.objects.values()) == before


def test_a_flood_of_the_same_report_counts_up_and_keeps_a_bounded_text(client, offer):
    for number in range(8):
        assert report(client, offer, reason="CLOSED", note=f"{number}" * 400).status_code == 302
    report(client, offer, reason="PHONE")
    rows = dict(ReaderReport.objects.values_list("reason", "count"))
    assert rows == {"CLOSED": 8, "PHONE": 1}
    assert len(ReaderReport.objects.get(reason="CLOSED").note) <= operations.LONGEST_NOTES


def test_a_sender_who_does_not_stop_is_stopped(client, offer, monkeypatch):
    monkeypatch.setitem(public_views.LIMITS[public_views.REPORTS], "of_one", 2)
    assert [report(client, offer, reason="TIME").status_code for _time in range(3)] == [302, 302, 429]
    assert ReaderReport.objects.get().count == 2


def test_a_flood_from_many_senders_is_stopped_too(client, offer, monkeypatch):
    monkeypatch.setitem(public_views.LIMITS[public_views.REPORTS], "of_all", 2)
    answers = []
    for number in range(3):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        answers.append(report(client, offer, reason="TIME").status_code)
    assert answers == [302, 302, 429]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({}, "Was stimmt nicht?"), ({"reason": "X"}, "Was stimmt nicht?"), ({"reason": "TIME", "note": "x" * 501}, "500")],
)
def test_what_is_missing_in_a_report_is_said(client, offer, said, sentence):
    answer = report(client, offer, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ReaderReport.objects.count() == 0


def test_a_form_on_another_site_reports_nothing(client, offer):
    path = f"/angebote/{offer.pk}/melden/"
    form = {**hidden(client.get(path)), "reason": "CLOSED"}
    assert client.post(path, form, headers={"Origin": "https://boese.example"}).status_code == 403
    assert ReaderReport.objects.count() == 0


def test_an_entry_that_is_not_shown_cannot_be_reported(client, partner, staff):
    from verbund.offers import operations as offers

    draft = offers.create_offer(partner, story.content(), on=TODAY, actor=staff)
    for pk in (draft.pk, 999_999):
        assert client.get(f"/angebote/{pk}/melden/").status_code == 404
        assert client.post(f"/angebote/{pk}/melden/", {"reason": "TIME"}).status_code == 404
        assert client.get(f"/angebote/{pk}/melden/danke/").status_code == 404


def test_the_form_keeps_the_language_of_the_entry(client, offer):
    page = client.get(f"/angebote/{offer.pk}/melden/?sprache=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert report(client, offer, sprache="?sprache=ar", reason="TIME").url.endswith("/melden/danke/?sprache=ar")


# the centre


def test_the_centre_sees_what_came_in_with_the_day_by_which_it_looks(client_of, membership, offer, partner):
    answered(partner, ANSWER.CHANGED, "jetzt mittwochs")
    operations.report_offer(offer, reason="PLACE", note="Umgezogen", on=today())
    page = client_of(membership).get(FEEDBACK).content.decode()
    for said in ("jetzt mittwochs", "Umgezogen", "Der Ort stimmt nicht", f"/angebote/pflege/{offer.pk}/"):
        assert said in page
    assert f"{queries.answer_day(today(), on=today()):%d.%m.%Y}" in page


@pytest.mark.parametrize(
    ("said", "act", "outcome", "status", "is_checked"),
    [
        (ANSWER.CHANGED, "eingearbeitet", "TAKEN_OVER", "PUBLISHED", True),
        (ANSWER.GONE, "beendet", "ENDED", "ENDED", False),
        (ANSWER.GONE, "besteht-weiter", "GOES_ON", "PUBLISHED", True),
    ],
)
def test_one_press_settles_an_answer(client_of, membership, offer, partner, said, act, outcome, status, is_checked):
    one = answered(partner, said, "Neues")
    client = client_of(membership)
    assert client.post(f"{FEEDBACK}antwort/{one.pk}/{act}/").status_code == 302
    one.refresh_from_db()
    offer.refresh_from_db()
    assert (one.outcome, offer.status) == (outcome, status)
    assert (offer.checked_on, offer.checked_how) == ((today(), "CENTRE") if is_checked else (LONG_AGO, "CENTRE"))
    assert client.post(f"{FEEDBACK}antwort/{one.pk}/{act}/").status_code == 422


def test_a_change_that_is_not_taken_needs_a_reason(client_of, membership, offer, partner):
    one = answered(partner, ANSWER.CHANGED, "Neues")
    client, path = client_of(membership), f"{FEEDBACK}antwort/{one.pk}/nicht-uebernommen/"
    assert client.post(path, {"note": ""}).status_code == 422
    assert client.post(path, {"note": "doch unverändert"}).status_code == 302
    one.refresh_from_db()
    assert one.outcome == "NOT_TAKEN"


def test_an_answer_is_not_settled_as_what_it_is_not(offer, partner, staff):
    one = answered(partner, ANSWER.CHANGED, "Neues")
    with pytest.raises(operations.AlreadySettled):
        operations.settle_answer(one, "ENDED", on=today(), actor=staff)
    assert Offer.objects.get().is_public


def test_a_call_is_noted_for_all_entries_of_a_partner_at_once(client_of, membership, offer, partner, staff):
    operations.ask_partner(story.partner(), [entry(story.partner(), staff)], on=today(), actor=staff)
    Offer.objects.update(checked_on=LONG_AGO)
    one = unphoned(partner)
    client = client_of(membership)
    assert "0212 290-1" in client.get(FEEDBACK).content.decode()
    answer = client.post(f"{FEEDBACK}telefon/{partner.pk}/", {"entries": [one.pk], "note": "mit dem Büro gesprochen"})
    assert answer.status_code == 302
    offer.refresh_from_db()
    assert (offer.checked_on, offer.checked_how) == (today(), "CENTRE")
    assert AuditEntry.objects.filter(verb="check_offer").last().note == "mit dem Büro gesprochen"
    assert ConfirmationRequest.objects.get(partner=partner).status == "ANSWERED"


@pytest.mark.parametrize(
    ("act", "outcome", "is_checked"),
    [("berichtigt", "CORRECTED", True), ("stimmt", "WAS_RIGHT", True), ("nicht-verwertbar", "NOT_USABLE", False)],
)
def test_one_press_settles_a_report(client_of, membership, offer, act, outcome, is_checked):
    found = operations.report_offer(offer, reason="TIME", note="", on=today())
    client = client_of(membership)
    assert client.post(f"{FEEDBACK}hinweis/{found.pk}/{act}/").status_code == 302
    found.refresh_from_db()
    offer.refresh_from_db()
    assert found.outcome == outcome
    assert (offer.checked_on == today()) is is_checked
    assert client.post(f"{FEEDBACK}hinweis/{found.pk}/{act}/").status_code == 422
    assert operations.report_offer(offer, reason="TIME", note="", on=today()).pk != found.pk


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        (Role.CENTRE_LEAD, "05122", 200),
        (Role.CENTRE_STAFF, "05124", 404),
        (Role.COORDINATOR, "05122", 404),
        (Role.OPERATOR, "05122", 404),
        (None, "", 302),
    ],
)
def test_only_the_centre_concerned_sees_and_settles(client_of, member, offer, partner, role, at, status):
    one = answered(partner, ANSWER.CHANGED, "streng vertraulich")
    found = operations.report_offer(offer, reason="TIME", note="streng vertraulich", on=today())
    client = client_of(member(role, at=at) if role else None)
    page = client.get(FEEDBACK)
    assert ("streng vertraulich" in page.content.decode()) is (status == 200)
    assert client.get(f"{FEEDBACK}antwort/{one.pk}/nicht-uebernommen/").status_code == status
    if status != 200:
        paths = [f"antwort/{one.pk}/eingearbeitet/", f"hinweis/{found.pk}/stimmt/", f"telefon/{partner.pk}/"]
        refused = 403 if role is None else status
        assert [client.post(FEEDBACK + path, {"entries": [one.pk]}).status_code for path in paths] == [refused] * 3
        assert ConfirmationEntry.objects.get().settled_on is None


def test_the_centre_asks_chosen_partners_at_once(client_of, membership, offer, partner, staff):
    Offer.objects.update(checked_on=today())
    phone_only = story.partner(name="Ohne Postfach")
    entry(phone_only, staff)
    stranger = story.partner("05124", email="c@verein.example")
    client = client_of(membership)
    assert "Ohne Postfach" in client.get(f"{FEEDBACK}fragen/").content.decode()
    assert client.post(f"{FEEDBACK}fragen/", {}).status_code == 422
    assert client.post(f"{FEEDBACK}fragen/", {"partners": [stranger.pk]}).status_code == 422
    answer = client.post(f"{FEEDBACK}fragen/", {"partners": [partner.pk, phone_only.pk]}, follow=True)
    assert "Ein Anbieter wird gefragt. Ohne E-Mail-Adresse, bitte anrufen: 1." in answer.content.decode()
    assert [mail.recipient for mail in mails()] == ["kontakt@verein.example"]
    again = client.post(f"{FEEDBACK}fragen/", {"partners": [partner.pk]}, follow=True)
    assert "Schon gefragt" in again.content.decode()
    assert len(mails()) == 1


def test_the_work_list_has_one_line_for_all_that_came_in(staff, offer, partner, member, acting):
    assert queries.tasks_for(staff, TODAY) == []
    operations.report_offer(offer, reason="TIME", note="", on=TODAY)
    operations.report_offer(offer, reason="PHONE", note="", on=TODAY - timedelta(days=3))
    answered(partner, ANSWER.CHANGED, "Neues", on=TODAY)
    (task,) = queries.tasks_for(staff, TODAY)
    assert task.subject == "Geändertes: 1 · Hinweise: 2"
    assert task.due_on == date(2026, 11, 27)
    assert queries.tasks_for(acting(member(Role.CENTRE_STAFF, at="05124")), TODAY) == []
    assert queries.tasks_for(acting(member(Role.COORDINATOR)), TODAY) == []


def test_the_list_costs_the_same_number_of_statements_for_one_and_for_many(
    client_of, membership, offer, partner, staff, django_assert_max_num_queries
):
    client = client_of(membership)
    for number in range(4):
        other = story.partner(email=f"v{number}@verein.example")
        answered_offer = entry(other, staff, title=f"Kurs {number}")
        operations.report_offer(answered_offer, reason="TIME", note="", on=today())
        answered(other, ANSWER.GONE if number % 2 else ANSWER.CHANGED, "Neues") if number else None
    with django_assert_max_num_queries(30):
        assert client.get(FEEDBACK).status_code == 200


def test_the_clock_asks_and_forgets_in_time(offer, partner):
    from django.utils import timezone

    now = timezone.now()
    tasks.ask_partners(now)
    assert len(mails()) == 1
    SentForms.objects.create(purpose="report", sender="x", hour=now - timedelta(days=2))
    forget_sent_forms(now)
    ReaderReport.objects.create(offer=offer, reason="TIME", reported_on=today() - timedelta(days=366))
    ReaderReport.objects.create(offer=offer, reason="TIME", reported_on=today() - timedelta(days=364))
    tasks.forget_old_feedback(now)
    assert (SentForms.objects.count(), ReaderReport.objects.count()) == (0, 1)


def test_after_two_years_the_words_of_a_partner_are_gone_from_the_trail_too(offer, partner):
    from django.utils import timezone

    one = answered(partner, ANSWER.CHANGED, "jetzt mit neuer Leitung")
    assert changes_told(one)[-1] == "jetzt mit neuer Leitung"
    tasks.forget_old_feedback(timezone.now() + timedelta(days=2 * 365 - 1))
    assert ConfirmationRequest.objects.count() == 1
    tasks.forget_old_feedback(timezone.now() + timedelta(days=2 * 365 + 2))
    assert ConfirmationRequest.objects.count() == 0
    assert all("gelöscht" in said for said in changes_told(one)[-1:])
    assert audit.verify() == []


def changes_told(one) -> list[str]:
    """Return what the trail says after an answer, for whoever may read free words."""
    return [change["after"] for entry in audit.history_of(one, reveal=True) for change in entry["changes"]]
