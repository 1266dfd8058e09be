"""`verbund doctor`: is everything in order, and if not, what is wrong and what helps."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.core import demo_guard, health, outbox, pdf, search
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.models import Holiday, JobRun, OutboxMail, StoredFile, WorkerLease

OUTBOX_MAY_WAIT = timedelta(hours=1)
NAMED_FILES = 5


@dataclass(frozen=True)
class Finding:
    """The result of one check: `what` was looked at and what was found; not `is_fine` makes the exit status 1."""

    what: str
    found: str
    is_fine: bool = True


_further_checks: list[Callable[[], Iterable[Finding]]] = []


def also_check(check: Callable[[], Iterable[Finding]]) -> None:
    """Register a check of an app; it runs when the database answers and is up to date."""
    if check not in _further_checks:
        _further_checks.append(check)


def examine(now=None, *, every_file: bool = True) -> list[Finding]:
    """Run all checks; those that need tables only when the database answers and is up to date."""
    now = now or timezone.now()
    findings = list(_database())
    findings += _data_dir()
    findings += _typesetting()
    if all(finding.is_fine for finding in findings[:2]):
        for check in (_demo, _holidays, _mails, _search, lambda: _clock(now), lambda: _stored_files(every=every_file)):
            findings += check()
        for check in _further_checks:
            findings += check()
    return findings


def _database() -> Iterator[Finding]:
    kind = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    try:
        missing = health.missing_migrations()
    except DatabaseError as problem:
        yield Finding(_("Datenbank"), _("%s antwortet nicht (%s)") % (kind, type(problem).__name__), is_fine=False)
        return
    yield Finding(_("Datenbank"), _("%s antwortet") % kind)
    if missing:
        found = ngettext(
            "%d Schritt fehlt, bitte: verbund migrate", "%d Schritte fehlen, bitte: verbund migrate", len(missing)
        )
        yield Finding(_("Tabellen"), found % len(missing), is_fine=False)
    else:
        yield Finding(_("Tabellen"), _("auf dem Stand dieser Fassung"))


def _data_dir() -> Iterator[Finding]:
    what = _("Datenordner")
    open_to_all = [path for path in _private_paths() if path.exists() and path.stat().st_mode & 0o007]
    for path in open_to_all:
        yield Finding(what, _("%s ist für alle auf diesem Rechner lesbar, bitte: chmod o-rwx") % path, is_fine=False)
    if not open_to_all:
        yield Finding(what, _("%s, nur für den Betrieb lesbar") % settings.DATA_DIR)


def _private_paths() -> list[Path]:
    folder = Path(settings.DATA_DIR)
    return [folder] if folder.stat().st_mode & 0o007 else [folder / "secret_key"]


def _typesetting() -> Iterator[Finding]:
    if pdf.fonts_are_there():
        yield Finding(_("Schriften für Dokumente"), _("vorhanden"))
    else:
        yield Finding(_("Schriften für Dokumente"), _("fehlen, bitte: make run"), is_fine=False)


def _demo() -> Iterator[Finding]:
    what = _("Betriebsart")
    if not settings.IS_PRODUCTION:
        yield Finding(what, _("Vorführung (kein VERBUND_SECRET_KEY)"))
        return
    try:
        demo_guard.refuse_demo_in_production()
        yield Finding(what, _("Echtbetrieb, ohne Vorführkonten"))
    except DomainError as refusal:
        yield Finding(what, str(refusal), is_fine=False)


def _holidays() -> Iterator[Finding]:
    next_year = today().year + 1
    if Holiday.objects.filter(day__year=next_year).exists():
        last = Holiday.objects.values_list("day", flat=True).latest("day")
        yield Finding(_("Feiertage"), _("eingetragen bis %d") % last.year)
    else:
        found = _("für %d fehlen sie; Fristen ab dann wären falsch, bitte: verbund migrate") % next_year
        yield Finding(_("Feiertage"), found, is_fine=False)


def _mails() -> Iterator[Finding]:
    what = _("Mails")
    count = outbox.waiting().count()
    late = outbox.waiting().filter(created_at__lt=timezone.now() - OUTBOX_MAY_WAIT).count()
    given_up = OutboxMail.objects.filter(given_up_at__isnull=False).count()
    if late:
        last = outbox.waiting().exclude(last_error="").values_list("last_error", flat=True).first() or _("kein Versuch")
        found = _("%(late)d warten seit über einer Stunde (%(last)s)") % {"late": late, "last": last}
        yield Finding(what, found, is_fine=False)
    else:
        yield Finding(what, _("%(count)d warten, %(given_up)d unzustellbar") % {"count": count, "given_up": given_up})


def _search() -> Iterator[Finding]:
    if search.is_in_step():
        yield Finding(_("Suche"), _("findet, was in den Einträgen steht"))
    else:
        yield Finding(_("Suche"), _("findet nicht, was in den Einträgen steht, bitte: verbund migrate"), is_fine=False)


def _clock(now) -> Iterator[Finding]:
    """The lease, and the last run of each job; a clock that rests counts as a fault only where it has run before."""
    what = _("Hintergrunddienst")
    lease = WorkerLease.objects.first()
    if lease is None:
        yield Finding(what, _("ist noch nie gelaufen"))
        return
    if lease.expires_at > now:
        yield Finding(what, _("läuft (%s)") % lease.holder)
    else:
        yield Finding(what, _("läuft gerade nicht"))
    for job in JobRun.objects.all():
        if job.error:
            yield Finding(_("Aufgabe %s") % job.name, job.error, is_fine=False)


def _stored_files(*, every: bool) -> Iterator[Finding]:
    what = _("Dokumente")
    stored = StoredFile.objects.order_by("pk") if every else StoredFile.objects.order_by("?")[:100]
    count, damaged = 0, []
    for file in stored.iterator():
        count += 1
        if not file.is_unchanged():
            damaged.append(file)
    for file in damaged[:NAMED_FILES]:
        found = _("„%(name)s“ (Nr. %(pk)d) fehlt oder ist verändert") % {"name": file.name, "pk": file.pk}
        yield Finding(what, found, is_fine=False)
    if len(damaged) > NAMED_FILES:
        yield Finding(what, _("%d weitere fehlen oder sind verändert") % (len(damaged) - NAMED_FILES), is_fine=False)
    if not damaged:
        yield Finding(what, _("%d geprüft, unverändert") % count)
