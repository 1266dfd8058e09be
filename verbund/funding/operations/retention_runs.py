"""Runs that delete files whose period is over: one person proposes, the archive answers, a second person approves.

Each file is a step of its own: checked again, deleted and noted in one transaction. A server that stops in the middle
leaves the rest to be done, and nothing is done twice. The approval carries out the first steps, the run's page and the
clock the others.
"""

import logging
from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import SYSTEM, Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import file_contents, queries, retention
from verbund.funding.lifecycle import RETENTION_RUN, RetentionRunStatus
from verbund.funding.models import GrantApplication, RetentionItem, RetentionRun
from verbund.funding.operations.deleting import delete_file
from verbund.funding.operations.submission_receipts import write_receipts

log = logging.getLogger("verbund.funding")

MOST = 500
STEPS_AT_ONCE = 10
Outcome = RetentionItem.Outcome


class NothingDue(DomainError):
    """No file was chosen whose period is over and which nothing holds."""


class TooManyFiles(DomainError):
    """A run holds at most `MOST` files."""


class AlreadyInARun(DomainError):
    """A file stands in another run that is not over."""


class WrongArchiveDays(DomainError):
    """The archive answers after it was offered the files, hands over come after the answer, none in the future."""


class NotForTheArchive(DomainError):
    """There is nothing to hand over: the archive takes no file of the run."""


class NotHandedOver(DomainError):
    """The archive takes files that it does not have yet."""


@transaction.atomic
def propose_retention_run(ids: Iterable[int], *, on: date, actor: Actor) -> RetentionRun:
    """Propose to delete the files with these ids that are due on the day; others among them are left out.

    Raises NothingDue, TooManyFiles or AlreadyInARun.
    """
    chosen = queries.files_in_retention(actor).filter(pk__in=list(ids))
    due = [one for one in retention.preview(chosen, on=on) if one.is_due(on)]
    if not due:
        raise NothingDue(_("Wählen Sie mindestens eine Akte, deren Frist abgelaufen ist und die nichts hält."))
    if len(due) > MOST:
        raise TooManyFiles(_("Ein Löschlauf fasst höchstens %(most)s Akten.") % {"most": MOST})
    write_receipts(one.application.pk for one in due)  # what is counted, and copied for the archive, is all there is
    contents = file_contents.counted(one.application.pk for one in due)
    run = RetentionRun.objects.create(proposed_on=on, **actor.signs("proposed"))
    try:
        with transaction.atomic():
            RetentionItem.objects.bulk_create(
                RetentionItem(
                    run=run,
                    application=one.application,
                    number=number,
                    goes_on=one.goes_on,
                    rules=[f"{rule} ({rule.source})" for rule in one.rules],
                    contents=contents[one.application.pk],
                )
                for number, one in enumerate(due, start=1)
            )
    except IntegrityError as problem:
        raise AlreadyInARun(_("Eine der Akten steht schon in einem anderen Löschlauf.")) from problem
    audit.record("propose_retention_run", run, actor=actor, after={"count": len(due)})
    return run


@transaction.atomic
def record_archive_answer(
    run: RetentionRun, *, offered_on: date, answered_on: date, taken: Iterable[int], note: str, on: date, actor: Actor
) -> None:
    """Record that the archive was offered the files of a run and what it answered (ArchivG NRW § 4 (1)).

    `taken` are the ids of the items it takes over; all others it holds not worth keeping. May be corrected until the
    run is approved; a hand-over recorded before counts no longer. Raises WrongArchiveDays or NotAllowedNow.
    """
    current = locking(RetentionRun.objects).get(pk=run.pk)
    RETENTION_RUN.check("record_archive_answer", current)
    if not current.proposed_on <= offered_on <= on:
        raise WrongArchiveDays(_("Angeboten wird nach dem Vorschlag und nicht in der Zukunft."), field="offered_on")
    if not offered_on <= answered_on <= on:
        raise WrongArchiveDays(_("Die Antwort kommt nach dem Angebot und nicht in der Zukunft."), field="answered_on")
    taken = set(taken)
    for item in current.items.all():
        item.is_for_archive = item.pk in taken
        item.save(update_fields=["is_for_archive"])
    changes = {
        "offered_on": offered_on,
        "answered_on": answered_on,
        "archive_note": note.strip()[:300],
        "handed_over_on": None,
        "handed_over_by": None,
        "handed_over_for": None,
        **actor.signs("answered"),
    }
    RETENTION_RUN.apply("record_archive_answer", run, actor=actor, changes=changes)


@transaction.atomic
def take_archive_copy(run: RetentionRun, *, actor: Actor) -> None:
    """Note that the copy for the archive leaves the house."""
    audit.record("take_archive_copy", run, actor=actor, after={"count": run.items.filter(is_for_archive=True).count()})


@transaction.atomic
def record_handover(run: RetentionRun, *, handed_over_on: date, on: date, actor: Actor) -> None:
    """Record on which day the archive got the files it takes. Raises NotForTheArchive, WrongArchiveDays."""
    current = locking(RetentionRun.objects).get(pk=run.pk)
    RETENTION_RUN.check("record_handover", current)
    if not current.items.filter(is_for_archive=True).exists():
        raise NotForTheArchive(_("Das Archiv übernimmt keine Akte dieses Laufs."))
    if not current.answered_on <= handed_over_on <= on:
        raise WrongArchiveDays(_("Übergeben wird nach der Antwort und nicht in der Zukunft."), field="handed_over_on")
    changes = {"handed_over_on": handed_over_on, **actor.signs("handed_over")}
    RETENTION_RUN.apply("record_handover", run, actor=actor, changes=changes)


@transaction.atomic
def approve_retention_run(run: RetentionRun, *, on: date, actor: Actor) -> None:
    """Approve a run as the second person; its files are deleted after the commit, those due and free at that moment.

    Raises SamePerson for whoever proposed it, NotHandedOver, or NotAllowedNow before the archive has answered.
    """
    current = locking(RetentionRun.objects).get(pk=run.pk)
    RETENTION_RUN.check("approve_retention_run", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    if current.handed_over_on is None and current.items.filter(is_for_archive=True).exists():
        raise NotHandedOver(_("Halten Sie zuerst fest, wann die übernommenen Akten an das Archiv gingen."))
    RETENTION_RUN.apply(
        "approve_retention_run", run, actor=actor, changes={"approved_on": on, **actor.signs("approved")}
    )
    transaction.on_commit(partial(advance_retention_run, run))


@transaction.atomic
def drop_retention_run(run: RetentionRun, *, reason: str, actor: Actor) -> None:
    """Drop a run that was not approved; its files may be proposed again. Raises NotAllowedNow."""
    RETENTION_RUN.apply("drop_retention_run", run, actor=actor, changes={"drop_reason": reason.strip()[:1000]})
    run.items.filter(outcome=Outcome.PENDING).update(
        outcome=Outcome.KEPT, sentence=_("Der Löschlauf wurde verworfen."), done_at=timezone.now()
    )


def advance_retention_run(run: RetentionRun, *, steps: int = STEPS_AT_ONCE) -> int:
    """Delete the next files of an approved run, each on its own; returns how many are left.

    Several may do this at once: whoever comes second to a file finds it done.
    """
    pending = run.items.filter(outcome=Outcome.PENDING, run__status=RetentionRunStatus.APPROVED)
    for pk in list(pending.values_list("pk", flat=True)[:steps]):
        _carry_out(pk)
    left = pending.count()
    if not left:
        _finish(run)
    return left


def unfinished_retention_runs() -> QuerySet[RetentionRun]:
    """Return the approved runs of which something is left, the oldest first."""
    return RetentionRun.objects.filter(status=RetentionRunStatus.APPROVED).order_by("pk")


@transaction.atomic
def _finish(run: RetentionRun) -> None:
    current = locking(RetentionRun.objects).get(pk=run.pk)
    if current.status == RetentionRunStatus.APPROVED:
        RETENTION_RUN.apply("finish_retention_run", current, actor=SYSTEM, changes={"finished_at": timezone.now()})


@transaction.atomic
def _carry_out(pk: int) -> None:
    """Delete one file, or store why not; the deletion and its outcome are one transaction."""
    item = locking(RetentionItem.objects).select_related("run").get(pk=pk)
    if item.outcome != Outcome.PENDING:
        return
    item.outcome, item.sentence, item.deleted = _outcome_of(item)
    item.done_at = timezone.now()
    item.save(update_fields=["outcome", "sentence", "deleted", "done_at"])


def _outcome_of(item: RetentionItem) -> tuple[str, str, dict]:
    day = item.run.approved_on
    try:
        with transaction.atomic():
            application = locking(GrantApplication.objects, to_delete=True).get(pk=item.application_id)
            found = retention.preview(GrantApplication.objects.filter(pk=application.pk), on=day)
            reasons = found[0].why_not_due(day) if found else [_("die Akte ist nicht mehr abgeschlossen")]
            if reasons:
                return Outcome.KEPT, "; ".join(reasons)[:1000], {}
            return Outcome.DELETED, "", delete_file(application, on=day)
    except Exception:  # one file that fails in an unforeseen way must not stop the others
        log.exception("retention run %s, file %s", item.run_id, item.number)
        return Outcome.KEPT, _("Hier ist etwas Unerwartetes passiert; die Akte ist unverändert."), {}
