"""Many records, one act: each with its own check; what fails stops and undoes nothing; a stopped server goes on."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry, InboxMessage
from verbund.funding import operations, tasks
from verbund.funding.models import BulkItem, BulkRun, GrantApplication, GrantNotice, ReclaimNotice
from verbund.funding.tests import claims, story

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)
KEYS = ("05122", "05916", "05513")


@pytest.fixture(autouse=True)
def in_may_2023():
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        yield


@pytest.fixture
def officer(db):
    return member(Role.GRANT_OFFICER)


@pytest.fixture
def submitted(officer) -> list[GrantApplication]:
    """Three centres have applied; the officer declared to be free of conflicts for the first and the last."""
    call = story.call_for(2023)
    found = [story.submitted(call, story.people(key), key=key) for key in KEYS]
    for application in (found[0], found[2]):
        operations.declare_conflict(application, has_conflict=False, statement="", actor=acting(officer))
    return found


def outcomes(run: BulkRun) -> list[tuple[str, str]]:
    return list(run.items.values_list("outcome", "sentence"))


def test_a_refusal_in_the_middle_neither_stops_nor_undoes_the_others(
    officer, submitted, django_capture_on_commit_callbacks
):
    client = client_of(officer)
    chosen = [str(one.pk) for one in submitted]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/foerderung/antraege/gemeinsam/", {"kind": "TAKE_OVER", "chosen": chosen})
    run = BulkRun.objects.get()
    assert outcomes(run) == [
        ("DONE", ""),
        ("REFUSED", "Erklären Sie zuerst, ob ein Interessenkonflikt besteht."),
        ("DONE", ""),
    ]
    statuses = GrantApplication.objects.order_by("pk").values_list("status", "officer")
    assert list(statuses) == [("UNDER_REVIEW", officer.user_id), ("SUBMITTED", None), ("UNDER_REVIEW", officer.user_id)]
    page = client.get(answer["Location"]).content.decode()
    assert "3 von 3 bearbeitet: 2 erledigt, 1 nicht möglich." in page
    assert "Erklären Sie zuerst, ob ein Interessenkonflikt besteht." in page


def test_an_unforeseen_failure_is_a_step_that_was_not_possible(officer, submitted):
    run = operations.start_bulk_run(
        "TAKE_OVER", [one.pk for one in submitted], options={}, on=MAY, actor=acting(officer)
    )
    GrantApplication.objects.filter(pk=submitted[0].pk).update(status="UNBEKANNT")
    BulkRun.objects.filter(pk=run.pk).update(kind="NOTIFY", options={})
    run.refresh_from_db()
    notice = story.granted(story.call_for(2022, opens_on=date(2022, 6, 1)), story.people(), amount="187500", on=APRIL)
    BulkItem.objects.filter(run=run, number=1).update(subject_id=notice.pk)
    assert operations.advance_bulk_run(run) == 0
    assert outcomes(run)[0][1].startswith("Hier ist etwas Unerwartetes passiert")
    assert GrantNotice.objects.get().status == "ISSUED"


def test_a_run_stopped_in_the_middle_is_finished_by_the_clock_and_nothing_happens_twice(officer, submitted):
    operations.declare_conflict(submitted[1], has_conflict=False, statement="", actor=acting(officer))
    run = operations.start_bulk_run(
        "TAKE_OVER", [one.pk for one in submitted], options={}, on=MAY, actor=acting(officer)
    )
    assert operations.advance_bulk_run(run, steps=1) == 2
    assert [outcome for outcome, _sentence in outcomes(run)] == ["DONE", "PENDING", "PENDING"]
    tasks.go_on_with_bulk_runs(timezone.now())
    tasks.go_on_with_bulk_runs(timezone.now())
    run.refresh_from_db()
    assert run.finished_at is not None
    assert [outcome for outcome, _sentence in outcomes(run)] == ["DONE"] * 3
    assert AuditEntry.objects.filter(verb="take_over").count() == 3


def test_what_was_rolled_back_with_its_step_is_done_when_the_run_goes_on(officer, submitted):
    """The server dies after the act and before its outcome is stored: both are one transaction, so neither stays."""
    run = operations.start_bulk_run("TAKE_OVER", [submitted[0].pk], options={}, on=MAY, actor=acting(officer))

    class Died(BaseException):
        pass

    def die(item, **_how):
        raise Died

    kept, BulkItem.save = BulkItem.save, die
    try:
        with pytest.raises(Died):
            operations.advance_bulk_run(run)
    finally:
        BulkItem.save = kept
    assert GrantApplication.objects.get(pk=submitted[0].pk).status == "SUBMITTED"
    assert operations.advance_bulk_run(run) == 0
    assert AuditEntry.objects.filter(verb="take_over").count() == 1


def test_who_lost_the_function_meanwhile_does_nothing_more(officer, submitted):
    run = operations.start_bulk_run("TAKE_OVER", [submitted[0].pk], options={}, on=MAY, actor=acting(officer))
    officer.valid_until = date(2023, 5, 2)
    officer.save()
    operations.advance_bulk_run(run)
    assert outcomes(run) == [("REFUSED", "Das dürfen Sie bei diesem Vorgang nicht, oder Ihre Funktion ist beendet.")]
    assert GrantApplication.objects.get(pk=submitted[0].pk).status == "SUBMITTED"


def test_foreign_and_made_up_ids_in_the_choice_are_left_out(officer, submitted):
    draft = story.drafted(story.call_for(2024, opens_on=date(2022, 6, 1)), story.people())
    chosen = [str(draft.pk), "0", "-1", "x", "9" * 30, "\x00", str(submitted[0].pk), str(submitted[0].pk)]
    client_of(officer).post("/foerderung/antraege/gemeinsam/", {"kind": "TAKE_OVER", "chosen": chosen})
    assert list(BulkRun.objects.get().items.values_list("subject_id", flat=True)) == [submitted[0].pk]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "TAKE_OVER"}, "Wählen Sie mindestens einen Vorgang aus."),
        ({"kind": "TAKE_OVER", "chosen": ["0"]}, "Wählen Sie mindestens einen Vorgang aus."),
        ({"kind": "DISBURSE", "chosen": ["1"]}, "Wählen Sie, was geschehen soll."),
        ({"kind": "TAKE_OVER", "chosen": [str(one) for one in range(1, 502)]}, "Es gehen höchstens 500 Vorgänge"),
    ],
)
def test_a_choice_that_makes_no_sense_gets_a_sentence_and_begins_nothing(officer, typed, sentence):
    answer = client_of(officer).post("/foerderung/antraege/gemeinsam/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not BulkRun.objects.exists()


def test_the_same_form_sent_twice_begins_one_run(officer, submitted):
    client = client_of(officer)
    typed = {"kind": "TAKE_OVER", "chosen": [str(submitted[0].pk)], "_once": "b" * 32}
    answers = [client.post("/foerderung/antraege/gemeinsam/", typed) for _press in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert BulkRun.objects.count() == 1


def test_only_officers_and_approvers_act_on_many_and_a_run_is_seen_by_who_began_it(officer, submitted):
    run = operations.start_bulk_run("TAKE_OVER", [submitted[0].pk], options={}, on=MAY, actor=acting(officer))
    typed = {"kind": "TAKE_OVER", "chosen": [str(submitted[1].pk)]}
    found = {
        role: (
            client_of(member(role)).post("/foerderung/antraege/gemeinsam/", typed).status_code,
            client_of(member(role)).get("/foerderung/zeichnen/").status_code,
            client_of(member(role)).get(run.get_absolute_url()).status_code,
            client_of(member(role)).post(f"{run.get_absolute_url()}weiter/").status_code,
        )
        for role in (Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER, Role.MINISTRY_READER, Role.CENTRE_LEAD)
    }
    assert found == {
        Role.GRANT_OFFICER: (302, 200, 404, 404),
        Role.GRANT_APPROVER: (302, 200, 404, 404),
        **dict.fromkeys((Role.CASHIER, Role.MINISTRY_READER, Role.CENTRE_LEAD), (403, 403, 404, 404)),
    }
    assert client_of(officer).get(run.get_absolute_url()).status_code == 200


def test_all_overdue_questions_are_recalled_together_and_one_that_is_not_overdue_says_so(officer, submitted):
    actor = acting(officer)
    for application, due_on in zip((submitted[0], submitted[2]), (date(2023, 4, 28), date(2023, 6, 1)), strict=True):
        operations.take_over(application, on=APRIL, actor=actor)
        operations.request_information(application, text="Bitte", due_on=due_on, on=APRIL, actor=actor)
    client = client_of(officer)
    listed = client.get("/foerderung/antraege/?frist=ueberfaellig").content.decode()
    assert listed.count('class="row-link"') == 1
    before = InboxMessage.objects.count()
    run = operations.start_bulk_run("REMIND", [submitted[0].pk, submitted[2].pk], options={}, on=MAY, actor=actor)
    operations.advance_bulk_run(run)
    assert outcomes(run) == [("DONE", ""), ("REFUSED", "Hier ist keine Nachforderung überfällig.")]
    assert InboxMessage.objects.count() > before


def test_notices_signed_one_by_one_are_notified_together(django_capture_on_commit_callbacks):
    call = story.call_for(2023)
    casts = {key: story.people(key) for key in KEYS[:2]}
    decisions = [story.proposed(call, cast, amount="193500", on=APRIL, key=key) for key, cast in casts.items()]
    approver = member(Role.GRANT_APPROVER)
    client = client_of(approver)
    assert "2 Vorschläge warten." in client.get("/foerderung/zeichnen/").content.decode()
    for decision in decisions:
        operations.declare_conflict(decision.application, has_conflict=False, statement="", actor=acting(approver))
    first, second = sorted(decisions, key=lambda one: str(one.application.centre))
    page = client.get(f"/foerderung/entscheidungen/{first.pk}/?reihe=1").content.decode()
    assert "1 von 2" in page
    assert f'data-key="n" href="/foerderung/entscheidungen/{second.pk}/?reihe=1"' in page
    answer = client.post(f"/foerderung/entscheidungen/{first.pk}/mitzeichnen/?reihe=1", {"issued_on": "2023-05-02"})
    assert answer["Location"] == f"/foerderung/entscheidungen/{second.pk}/?reihe=1"
    answer = client.post(f"/foerderung/entscheidungen/{second.pk}/mitzeichnen/?reihe=1", {"issued_on": "2023-05-03"})
    assert answer["Location"] == "/foerderung/zeichnen/"

    ids = [str(pk) for pk in GrantNotice.objects.values_list("pk", flat=True)]
    typed = {"how": "HANDED_OVER", "day": "2023-05-02", "chosen": ids}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/foerderung/zeichnen/bekanntgabe/", typed)
    assert sorted(outcomes(BulkRun.objects.get())) == [
        ("DONE", ""),
        ("REFUSED", "Der Bescheid wurde erst am 03.05.2023 erlassen."),
    ]
    assert sorted(GrantNotice.objects.values_list("status", flat=True)) == ["ISSUED", "NOTIFIED"]
    assert client.post("/foerderung/zeichnen/bekanntgabe/", {"how": "POST", "day": "2023-05-03"}).status_code == 422


def test_reclaim_notices_are_notified_together_each_with_its_own_check(django_capture_on_commit_callbacks):
    cast = story.people()
    grant = claims.paid_grant(cast)
    claims.issued(grant, cast)
    claims.issued_on(grant, cast, date(2023, 1, 9), amount="500")
    client = client_of(member(Role.GRANT_OFFICER))
    page = client.get("/foerderung/zeichnen/").content.decode()
    ids = [str(pk) for pk in ReclaimNotice.objects.values_list("pk", flat=True)]
    assert [f'value="{pk}" checked' in page for pk in ids] == [True, True]
    address = "/foerderung/zeichnen/erstattungsbescheide/"
    typed = {"how": "HANDED_OVER", "day": "2023-01-02", "chosen": [*ids, str(grant.pk)]}
    assert client_of(member(Role.CASHIER)).post(address, typed).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, typed).status_code == 302
    assert outcomes(BulkRun.objects.get()) == [
        ("DONE", ""),
        ("REFUSED", "Der Bescheid wurde erst am 09.01.2023 erlassen."),
    ]
    assert list(ReclaimNotice.objects.values_list("status", flat=True)) == ["NOTIFIED", "ISSUED"]
    assert client.post(address, {"how": "POST", "day": "2023-01-10"}).status_code == 422


def test_the_way_through_a_list_follows_its_filters_and_stays_when_a_record_is_worked_on(officer, submitted):
    client = client_of(officer)
    names = sorted((str(one.centre), one.pk) for one in submitted)
    by_place = [pk for _name, pk in names]
    query = "?stand=SUBMITTED&liste=1"
    listed = client.get("/foerderung/antraege/?stand=SUBMITTED").content.decode()
    assert f'href="{by_place[0]}/{query}"'.replace("&", "&amp;") in listed
    middle = f"/foerderung/antraege/{by_place[1]}/pruefung/{query}"
    page = client.get(middle).content.decode()
    assert "2 von 3" in page
    assert f"/foerderung/antraege/{by_place[0]}/pruefung/{query}".replace("&", "&amp;") in page
    GrantApplication.objects.filter(pk=by_place[1]).update(status="UNDER_REVIEW")
    assert "2 von 3" in client.get(middle).content.decode()
    assert "data-place" not in client.get(f"/foerderung/antraege/{by_place[1]}/").content.decode()


def test_a_list_and_a_run_of_fifty_cost_few_statements(officer, submitted):
    client = client_of(officer)
    call = submitted[0].call
    template = GrantApplication.objects.get(pk=submitted[0].pk)
    taken = {one.centre_id for one in submitted}
    others = [one for one in type(template.centre).objects.select_related("carrier") if one.pk not in taken][:47]
    GrantApplication.objects.bulk_create(
        GrantApplication(call=call, centre=one, carrier=one.carrier, status="SUBMITTED", status_since=MAY,
                         received_on=MAY, file_reference=f"36-{one.pk}", amount_requested=Decimal(1))
        for one in others
    )  # fmt: skip
    ids = list(GrantApplication.objects.values_list("pk", flat=True))
    run = operations.start_bulk_run("TAKE_OVER", ids, options={}, on=MAY, actor=acting(officer))
    for url in ("/foerderung/antraege/?alle=1", run.get_absolute_url()):
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            page = client.get(url).content.decode()
        assert page.count("<tr>") == 51, url
        assert len(seen) <= 15, url
    assert client.get("/foerderung/antraege/?alle=1").content.decode().count(" checked") == 50
