"""The worker: sends the outbox and runs the clock, one at a time over all hosts.

A row holds the lease. Whoever holds it works and renews it in time; a worker that dies leaves it to run out, then
another one takes over. While a long job runs, a thread of its own keeps the lease.
"""

import logging
import os
import socket
import threading
import traceback
import uuid
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, IntegrityError, close_old_connections, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from verbund.core import outbox, tasks
from verbund.core.models import JobRun, WorkerLease

log = logging.getLogger("verbund.worker")

LEASE = timedelta(seconds=60)
RENEW_WHEN_LEFT = timedelta(seconds=40)
PAUSE_SECONDS = 2.0
HEARTBEAT_SECONDS = 15.0
LEASE_NAME = "clock"


class Worker:
    """One worker process. `tick(now)` is one round; `run()` repeats it until `stop` is set."""

    def __init__(self, *, holder: str = "", stop: threading.Event | None = None, jobs: dict | None = None):
        self.holder = holder or f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.stop = stop or threading.Event()
        self.jobs = tasks.JOBS if jobs is None else jobs

    def run(self) -> None:
        """Work until told to stop; a database that is away is waited for."""
        autodiscover_modules("tasks")
        while not self.stop.is_set():
            close_old_connections()
            try:
                with self._heartbeat():
                    self.tick(timezone.now())
            except DatabaseError as problem:
                log.error("Datenbank antwortet nicht (%s)", type(problem).__name__)
                connections.close_all()
            self.stop.wait(PAUSE_SECONDS)
        self._leave()

    def tick(self, now) -> bool:
        """Do what is due at `now` and return True, or return False when another worker holds the lease."""
        if not hold_lease(self.holder, now):
            return False
        outbox.send_due(now)
        for job in due_jobs(self.jobs, now):
            if self.stop.is_set():
                break
            run_job(job, now)
        return True

    @contextmanager
    def _heartbeat(self):
        """Keep the lease while a round takes longer than usual."""
        done = threading.Event()

        def keep():
            while not done.wait(HEARTBEAT_SECONDS):
                try:
                    renew_lease(self.holder, timezone.now())
                except DatabaseError:
                    log.warning("Vorrang konnte nicht verlängert werden")
                finally:
                    connections.close_all()

        thread = threading.Thread(target=keep, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _leave(self) -> None:
        try:
            give_up_lease(self.holder)
        except DatabaseError:
            log.warning("Vorrang konnte nicht zurückgegeben werden; er läuft von selbst aus")


def hold_lease(holder: str, now) -> bool:
    """Take, keep or renew the lease; False while somebody else holds it. Writes only when it is needed."""
    lease = WorkerLease.objects.filter(name=LEASE_NAME).first()
    if lease is None:
        try:
            with transaction.atomic():
                WorkerLease.objects.create(name=LEASE_NAME, holder=holder, expires_at=now + LEASE)
        except IntegrityError:
            return False
        return True
    if lease.holder == holder and lease.expires_at - now > RENEW_WHEN_LEFT:
        return True
    free_or_mine = Q(holder=holder) | Q(expires_at__lte=now)
    return bool(WorkerLease.objects.filter(free_or_mine, name=LEASE_NAME).update(holder=holder, expires_at=now + LEASE))


def renew_lease(holder: str, now) -> bool:
    """Prolong the lease if it is still this holder's."""
    return bool(WorkerLease.objects.filter(name=LEASE_NAME, holder=holder).update(expires_at=now + LEASE))


def give_up_lease(holder: str) -> None:
    """Let the next worker in at once."""
    WorkerLease.objects.filter(name=LEASE_NAME, holder=holder).update(holder="", expires_at=timezone.now())


def due_jobs(jobs: dict[str, tasks.Job], now) -> list[tasks.Job]:
    """Return the jobs whose interval has passed since they last began, a failed one too."""
    began = dict(JobRun.objects.values_list("name", "started_at"))
    return [
        job
        for job in jobs.values()
        if job.name not in began or not began[job.name] <= now < began[job.name] + job.interval
    ]


def run_job(job: tasks.Job, now) -> bool:
    """Run a job and store what became of it; a failure is stored and logged and stops nothing else."""
    JobRun.objects.update_or_create(name=job.name, defaults={"started_at": now, "finished_at": None})
    error = ""
    try:
        job.run(now)
    except Exception as problem:  # a job of any app may fail in any way; the clock goes on
        error = place_of(problem)
        log.exception("Aufgabe %s ist gescheitert", job.name)
        if isinstance(problem, DatabaseError):
            connections.close_all()
    finished = {"finished_at": timezone.now(), "error": error} | ({} if error else {"succeeded_at": now})
    JobRun.objects.filter(name=job.name).update(**finished)
    return not error


def place_of(problem: Exception) -> str:
    """Return the kind of a failure and where it happened, without its message (that may hold data of persons)."""
    frames = traceback.extract_tb(problem.__traceback__)
    last = frames[-1] if frames else None
    place = f" in {Path(last.filename).name}:{last.lineno} ({last.name})" if last else ""
    return f"{type(problem).__name__}{place}"[:300]
