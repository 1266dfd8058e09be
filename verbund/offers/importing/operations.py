"""What can be done with a list: start, assign its columns, choose, take over, undo, drop; and go on with it.

A short list is worked through at once, a long one by the clock (`continue_runs`), a thousand rows in a transaction.
Not all of them in one: it would keep everybody else from writing for a minute. What is left is asked of the rows, and
what came of a row is kept in the transaction of its entry: after a crash nothing is done twice or left out.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit, bulk, files
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.models import Centre
from verbund.directory.queries import actor_for, memberships_of
from verbund.offers.importing import applying, checking, mapping, reading, undoing
from verbund.offers.importing.lifecycle import IMPORT, WORKING, ImportStatus
from verbund.offers.models import ImportColumns, ImportRow, ImportRun

AT_ONCE = 200
"""Up to so many lines a list is worked through while the person waits."""

BATCH = 1_000
"""How many rows are taken over in one transaction: all of them or, after a crash, none."""

SAMPLES = 30
KEPT_FOR = timedelta(days=90)
"""How long the file and the lines of a list are kept after it came."""

UNDO_FOR = timedelta(days=30)
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "ods": "application/vnd.oasis.opendocument.spreadsheet", "geojson": "application/geo+json"}  # fmt: skip

WORKERS = {
    ImportStatus.APPLYING: (applying.Applier, "finish_import"),
    ImportStatus.UNDOING: (undoing.Undoer, "finish_undo_import"),
}
"""What works on a run in a status, and the move when nothing is left."""


class TooLate(DomainError):
    """A list can be undone for 30 days."""


class NothingToDo(DomainError):
    """A list in which nothing is new or changed."""


class NoLongerThere(DomainError):
    """A list whose file has been deleted, or whose person has no function any more."""


@transaction.atomic
def start_import(centre, content: bytes, name: str, *, at: datetime, actor) -> ImportRun:
    """Read the head of a file and keep it for the next steps. Raises UnreadableFile; then nothing is kept."""
    table = reading.open_table(content, name)
    run = ImportRun(centre=centre, file_name=table.name, sheets=table.sheets, made_at=at, notes=table.notes)
    run.file = files.store(content, name=table.name, content_type=TYPES[table.kind], kind="offer-import")
    read_head(run, table, first_sheet(table))
    run.save()
    _remember_who(run, actor)
    audit.record("start_import", run, actor=actor, after={"file_name": run.file_name, "lines": run.lines})
    return run


def first_sheet(table: reading.Table) -> str:
    """Return the first sheet with a line below its head, else the first. Raises UnreadableFile where one is damaged."""
    return next((sheet for sheet in table.sheets if _has_rows(table, sheet)), table.sheets[0])


def _has_rows(table: reading.Table, sheet: str) -> bool:
    """Whether a sheet is a list: a title page or an empty sheet is none."""
    return next(table.lines(sheet), None) is not None and next(table.rows(sheet), None) is not None


def read_head(run: ImportRun, table: reading.Table, sheet: str) -> None:
    """Fill in head, samples and number of lines of a sheet, and what its columns mean. Raises UnreadableFile."""
    head = table.head(sheet)
    samples, count = [], 0
    for count, row in enumerate(table.rows(sheet), start=1):
        if count <= SAMPLES:
            samples.append([checking.as_json(cell) for cell in row.cells])
    if not count:
        raise reading.UnreadableFile(_("„%s“ hat nur eine Kopfzeile und keine Angebote.") % table.name)
    width = max(len(head.cells), *(len(row) for row in samples))
    run.sheet, run.lines, run.samples = sheet, count, samples
    run.head = [str(cell or "") for cell in head.cells] + [""] * (width - len(head.cells))
    remembered = ImportColumns.objects.filter(centre=run.centre_id, fingerprint=mapping.fingerprint(run.head)).first()
    run.columns = remembered.columns if remembered else mapping.suggest(run.head, samples)


@transaction.atomic
def choose_sheet(run: ImportRun, *, sheet: str, actor) -> None:
    """Read another sheet of the same file. Raises UnreadableFile, NotAllowedNow."""
    IMPORT.check("check_import", run)
    table = table_of(run)
    if sheet not in table.sheets:
        raise reading.UnreadableFile(_("Dieses Blatt gibt es nicht."))
    read_head(run, table, sheet)
    run.save(update_fields=["sheet", "lines", "samples", "head", "columns"])


def table_of(run: ImportRun) -> reading.Table:
    """Open the kept file again. Raises NoLongerThere."""
    if run.file is None:
        raise NoLongerThere(_("Die Datei wurde nach 90 Tagen gelöscht. Laden Sie sie noch einmal hoch."))
    with run.file.open() as file:
        return reading.open_table(file.read(), run.file_name)


def check_import(run: ImportRun, columns: dict[int, str], *, partner, aim: str, at: datetime, actor) -> None:
    """Assign the columns, remember them, and compare every line. Raises WrongColumns, NotAllowedNow."""
    mapping.check(columns, width=len(run.head), has_partner=partner is not None)
    with transaction.atomic():
        kept = {str(position): code for position, code in columns.items()}
        run.columns, run.partner, run.aim = kept, partner, aim
        IMPORT.apply("check_import", run, actor=actor)
        run.save(update_fields=["columns", "partner", "aim"])
        _remember_who(run, actor)
        ImportColumns.objects.update_or_create(
            centre=run.centre, fingerprint=mapping.fingerprint(run.head), defaults={"columns": kept, "used_at": at}
        )
    if run.lines <= AT_ONCE:
        finish_check(run, actor=actor)


def _quietly(_done: int) -> None:
    """Tell nobody how far a run is: the page counts its rows."""


def finish_check(run: ImportRun, *, actor, tell: Callable[[int], None] = _quietly) -> None:
    """Compare every line and show the preview."""
    checking.check(run, table_of(run), tell=tell)
    IMPORT.apply("show_import", run, actor=actor)


@transaction.atomic
def change_import_columns(run: ImportRun, *, actor) -> None:
    """Go back to the columns; the preview is thrown away. Raises NotAllowedNow."""
    IMPORT.apply("change_import_columns", run, actor=actor)
    run.rows.all().delete()


@transaction.atomic
def choose(run: ImportRun, choices: dict[int, str]) -> None:
    """Say of suspicious rows (by id) whether they are the same, another, or to be left out. Raises NotAllowedNow."""
    locked = locking(ImportRun.objects).get(pk=run.pk)
    IMPORT.check("apply_import", locked)
    for row in run.rows.filter(pk__in=choices, kind=ImportRow.Kind.SUSPICIOUS):
        row.choice = choices[row.pk]
        row.save(update_fields=["choice"])


def apply_import(run: ImportRun, *, on: date, at: datetime, actor) -> None:
    """Take over what is new, changed or decided. Of two at once one acts. Raises NothingToDo, NotAllowedNow."""
    with transaction.atomic():
        IMPORT.apply("apply_import", run, actor=actor, changes={"applied_at": at})
        _remember_who(run, actor)
        rows = run.rows.filter(applying.TO_APPLY)
        if not rows.exists():
            raise NothingToDo(_("In der Liste ist nichts neu und nichts geändert."))
    if rows.count() <= AT_ONCE:
        _work_through(run, on=on, actor=actor)


def undo_import(run: ImportRun, *, on: date, at: datetime, actor) -> None:
    """Put back what the list did, where nobody has edited since. Raises TooLate, NotAllowedNow."""
    if run.applied_at and at - run.applied_at > UNDO_FOR:
        raise TooLate(_("Das geht nur innerhalb von 30 Tagen."))
    with transaction.atomic():
        IMPORT.apply("undo_import", run, actor=actor, changes={"undone_at": at})
        _remember_who(run, actor)
    if run.rows.filter(undoing.TO_UNDO).count() <= AT_ONCE:
        _work_through(run, on=on, actor=actor)


@transaction.atomic
def drop_import(run: ImportRun, *, actor) -> None:
    """Throw a list away before it was taken over, with its file and its lines. Raises NotAllowedNow."""
    IMPORT.apply("drop_import", run, actor=actor)
    _forget(run)


def _remember_who(run: ImportRun, actor) -> None:
    """Keep who acts while the run works on by itself; the trail names them at the act."""
    run.membership_id, run.started_by, run.started_for = actor.membership_id, actor.user, actor.on_behalf_of
    run.save(update_fields=["membership", "started_by", "started_for"])


def finish(run: ImportRun, *, on: date, actor, tell: Callable[[int], None] = _quietly) -> None:
    """Do at once what the clock would do for a long list; `tell` hears how many lines are done."""
    run.refresh_from_db(fields=["status"])
    if run.status == ImportStatus.CHECKING:
        finish_check(run, actor=actor, tell=tell)
    _work_through(run, on=on, actor=actor, tell=tell)


def _work_through(run: ImportRun, *, on: date, actor, tell: Callable[[int], None] = _quietly) -> None:
    """Go on until nothing is left; between two batches others may write.

    The lists of a centre are worked on one at a time. Records that may be changed or deleted are locked before the
    trail's chains, as in every other act; so what is left over goes in a transaction of its own at the end.
    """
    worker, last, count = None, -1, 0
    while True:
        with bulk.without_cycles(), transaction.atomic():
            locked = locking(ImportRun.objects).select_related("centre").get(pk=run.pk)
            if locked.status not in WORKERS:
                return
            work, done = WORKERS[locked.status]
            locking(Centre.objects).get(pk=run.centre_id)
            worker = worker or work(locked, on=on, actor=actor)
            rows = applying.rows_after(last, locked.rows.filter(worker.left), most=BATCH)
            if not rows:
                worker.finish()
                IMPORT.apply(done, run, actor=actor)
                return
            worker.work(rows)
            last = rows[-1].number
        count += len(rows)
        tell(count)
        bulk.give_way()


def continue_runs(now: datetime, *, on: date) -> None:
    """Go on with the lists that are being worked on, oldest first; called by the clock."""
    for run in ImportRun.objects.filter(status__in=WORKING).select_related("centre", "file").order_by("pk"):
        actor = _actor_of(run, on=on)
        if actor is None:
            continue
        if run.status == ImportStatus.CHECKING:
            finish_check(run, actor=actor)
        else:
            _work_through(run, on=on, actor=actor)


def _actor_of(run: ImportRun, *, on: date):
    """Return who acts while a run works on; None when their function has ended: somebody else must go on."""
    person = run.started_for or run.started_by
    membership = memberships_of(person, on=on).filter(pk=run.membership_id).first() if person else None
    if membership is None or membership.organisation_id != run.centre_id:
        return None
    return actor_for(run.started_by, membership, on_behalf_of=run.started_for)


def forget_old_lists(now: datetime) -> int:
    """Delete files and lines of lists that came more than 90 days ago; return how many lists that were."""
    old = list(ImportRun.objects.filter(made_at__lt=now - KEPT_FOR, file__isnull=False).exclude(status__in=WORKING))
    for run in old:
        with transaction.atomic():
            _forget(run)
    return len(old)


def _forget(run: ImportRun) -> None:
    """Delete file and lines of a run; the run itself stays, without anything from the list."""
    stored = run.file_id
    run.rows.all().delete()
    run.file, run.samples = None, []
    run.save(update_fields=["file", "samples"])
    if stored is not None:
        files.forget([stored])
