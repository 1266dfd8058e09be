"""The clock: jobs that run every so many minutes, registered by the apps in their `tasks.py`.

    @every(minutes=5)
    def finalise_notices(now): ...

A job is told the time, does its work in transactions of its own, and may be run again at any time (after a crash, or
when another worker takes over): it asks the database what is still to do, never a counter of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

JOBS: dict[str, "Job"] = {}


@dataclass(frozen=True)
class Job:
    """One job of the clock: its name ("funding.finalise_notices"), what it does, how often."""

    name: str
    run: Callable[[datetime], object]
    interval: timedelta


def every(*, minutes: float) -> Callable:
    """Register a function of the current time as a job that runs every `minutes`."""

    def register(function):
        app = function.__module__.removeprefix("verbund.").split(".")[0]
        name = f"{app}.{function.__name__}"
        JOBS[name] = Job(name, function, timedelta(minutes=minutes))
        return function

    return register


@every(minutes=24 * 60)
def forget_old_mails(now) -> None:
    """Delete mails and messages whose time of keeping is over."""
    from verbund.core import outbox

    outbox.forget_old(now)


@every(minutes=60)
def clear_forgotten_files(now) -> None:
    """Remove the bytes of deleted documents that a crash, or a file stored lately, left on the disk."""
    from verbund.core import files

    files.clear_forgotten()


@every(minutes=60)
def forget_used_tokens(now) -> None:
    """Delete the tokens of forms sent more than two days ago."""
    from verbund.core.models import UsedToken

    UsedToken.objects.filter(created_at__lt=now - timedelta(days=2)).delete()


@every(minutes=60)
def forget_sent_forms(now) -> None:
    """Delete who sent forms without sign-in more than a day ago."""
    from verbund.core.models import SentForms

    SentForms.objects.filter(hour__lt=now - timedelta(days=1)).delete()


@every(minutes=24 * 60)
def forget_ended_sessions(now) -> None:
    """Delete sessions that have run out."""
    from django.contrib.sessions.models import Session

    Session.objects.filter(expire_date__lt=now).delete()
