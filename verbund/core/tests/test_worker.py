"""The clock runs on one worker at a time; a dead one is taken over; a failing job stops nothing."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from verbund.core import tasks, worker
from verbund.core.models import JobRun, WorkerLease
from verbund.core.notifications import send_mail_later
from verbund.core.outbox import waiting

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def at(**delta):
    return START + timedelta(**delta)


@pytest.fixture
def runs():
    return []


@pytest.fixture
def make_worker(runs):
    def make(holder, *, minutes=5, job=None):
        jobs = {"core.count": tasks.Job("core.count", job or runs.append, timedelta(minutes=minutes))}
        return worker.Worker(holder=holder, jobs=jobs)

    return make


@pytest.mark.django_db
def test_of_two_workers_one_works_until_it_stops_renewing(make_worker, runs):
    first, second = make_worker("first", minutes=0), make_worker("second", minutes=0)
    assert [first.tick(at()), second.tick(at(seconds=1)), first.tick(at(seconds=50))] == [True, False, True]
    assert second.tick(at(seconds=109)) is False
    assert second.tick(at(seconds=110)) is True
    assert first.tick(at(seconds=111)) is False
    assert len(runs) == 3


@pytest.mark.django_db
def test_a_worker_that_stops_in_good_order_lets_the_next_one_in_at_once(make_worker):
    first, second = make_worker("first"), make_worker("second")
    now = worker.timezone.now()
    assert first.tick(now) is True
    first.stop.set()
    first.run()
    assert second.tick(worker.timezone.now()) is True


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_workers_that_start_in_the_same_instant_one_gets_the_lease(at_the_same_time):
    results = at_the_same_time(*[lambda number=n: worker.hold_lease(f"worker-{number}", START) for n in range(4)])
    assert sorted(results) == [False, False, False, True]
    WorkerLease.objects.update(expires_at=at(seconds=-1))
    results = at_the_same_time(*[lambda number=n: worker.hold_lease(f"other-{number}", START) for n in range(4)])
    assert sorted(results) == [False, False, False, True]


@pytest.mark.django_db
def test_a_lost_lease_is_not_renewed_by_its_former_holder():
    assert worker.hold_lease("first", at())
    assert worker.hold_lease("second", at(minutes=5))
    assert worker.renew_lease("first", at(minutes=5)) is False
    assert WorkerLease.objects.get().holder == "second"


@pytest.mark.django_db
def test_a_job_runs_at_its_interval_and_not_before(make_worker, runs):
    clock = make_worker("first", minutes=5)
    for seconds in (0, 30, 299, 300, 599, 600):
        clock.tick(at(seconds=seconds))
    assert runs == [at(), at(seconds=300), at(seconds=600)]


@pytest.mark.django_db
def test_a_failing_job_is_remembered_without_its_data_and_the_others_run(make_worker, runs):
    def fail(now):
        raise ValueError("leitung@verbund.example steht in der Meldung")

    clock = make_worker("first", job=fail)
    clock.jobs["core.other"] = tasks.Job("core.other", runs.append, timedelta(minutes=5))
    assert clock.tick(at()) is True
    failed, other = JobRun.objects.all()
    assert failed.error.startswith("ValueError in test_worker.py:")
    assert "leitung" not in failed.error
    assert (failed.succeeded_at, other.succeeded_at, other.error) == (None, at(), "")
    clock.jobs["core.count"] = tasks.Job("core.count", runs.append, timedelta(minutes=5))
    clock.tick(at(minutes=5))
    failed.refresh_from_db()
    assert (failed.error, failed.succeeded_at) == ("", at(minutes=5))


@pytest.mark.django_db
def test_a_round_sends_the_waiting_mails_first(make_worker, settings, tmp_path):
    settings.MAIL_DIR = str(tmp_path)
    send_mail_later("lead@verbund.example", "Bescheid", "Text", key="notice:1")
    make_worker("first").tick(worker.timezone.now())
    assert waiting().count() == 0


@pytest.mark.django_db
def test_a_worker_told_to_stop_begins_no_further_job(make_worker, runs):
    clock = make_worker("first")
    clock.jobs["core.last"] = tasks.Job("core.last", runs.append, timedelta(minutes=5))
    clock.jobs["core.count"] = tasks.Job("core.count", lambda now: clock.stop.set(), timedelta(minutes=5))
    clock.tick(at())
    assert runs == []


def test_a_registered_job_is_known_by_app_and_name():
    before = dict(tasks.JOBS)
    try:
        tasks.every(minutes=7)(_sample_job)
        assert tasks.JOBS["core._sample_job"].interval == timedelta(minutes=7)
    finally:
        tasks.JOBS.clear()
        tasks.JOBS.update(before)


def _sample_job(now):
    assert threading.current_thread()
