"""Many records, one act: each goes through the same operation as alone, in a transaction of its own.

A run is stored before anything happens, with one step for each record. What is done and what is refused is stored in
the transaction of the step, so that a server that stops in the middle leaves the rest to be done and nothing is done
twice. The request that starts a run carries out the first steps, its page and the clock the others.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit, deadlines, reminders
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.queries import actor_for, deputyships_of, memberships_of
from verbund.funding import permissions, queries
from verbund.funding.clock_kinds import INFORMATION_ANSWER
from verbund.funding.lifecycle import RequestStatus
from verbund.funding.models import BulkItem, BulkRun, Drawdown, GrantApplication
from verbund.funding.models.notices import Notice
from verbund.funding.operations import notices, payments, reviews

log = logging.getLogger("verbund.funding")

MOST = 500
STEPS_AT_ONCE = 20
K, Outcome = BulkRun.Kind, BulkItem.Outcome


class NothingChosen(DomainError):
    """No record was chosen that this person may see."""


class TooMany(DomainError):
    """A run holds at most `MOST` records."""


class NothingOverdue(DomainError):
    """No question to the carrier is overdue."""


class NoLongerAllowed(DomainError):
    """The person may not do this with the record: it is out of sight, or their function has ended."""


@dataclass(frozen=True)
class Act:
    """What a kind of run does: to which records, who may, and with which operation."""

    among: Callable[[Actor], QuerySet]
    may: Callable[[Actor, models.Model], bool]
    label: Callable[[models.Model], str]
    do: Callable[[models.Model, dict, date, Actor], object]


def _remind(application: GrantApplication, options: dict, on: date, actor: Actor) -> None:
    """Recall every overdue question of an application to its carrier."""
    asked = application.information_requests.filter(status=RequestStatus.OPEN).values_list("pk", flat=True)
    running = deadlines.open_deadlines([INFORMATION_ANSWER]).filter(subject_id__in=list(asked), ends_on__lt=on)
    overdue = list(running)
    if not overdue:
        raise NothingOverdue(_("Hier ist keine Nachforderung überfällig."))
    for deadline in overdue:
        reminders.remind(deadline, on=on, actor=actor)


def _notify(notice: Notice, options: dict, on: date, actor: Actor) -> None:
    day = date.fromisoformat(options["day"])
    notices.record_notification(notice, how=options["how"], day=day, on=on, actor=actor)


def _disburse(drawdown: Drawdown, options: dict, on: date, actor: Actor) -> None:
    paid_on = date.fromisoformat(options["paid_on"])
    payments.record_disbursement(drawdown, paid_on=paid_on, reference=options["reference"], on=on, actor=actor)


ACTS = {
    K.TAKE_OVER: Act(
        queries.applications_visible_to,
        permissions.can_review,
        str,
        lambda application, options, on, actor: reviews.take_over(application, on=on, actor=actor),
    ),
    K.REMIND: Act(
        queries.applications_visible_to,
        lambda actor, application: (
            permissions.can_review(actor, application) and permissions.can_remind(actor, application)
        ),
        str,
        _remind,
    ),
    K.NOTIFY: Act(
        queries.notices_visible_to,
        permissions.can_record_notification,
        lambda notice: f"{notice.application}, {notice.file_reference}",
        _notify,
    ),
    K.NOTIFY_RECLAIM: Act(
        lambda actor: queries.reclaim_notices_visible_to(actor).select_related(
            "reclaim__application__call__programme", "reclaim__application__centre__organisation"
        ),
        permissions.can_record_notification,
        lambda notice: f"{notice.application}, {notice.reclaim.reference_in_groups}",
        _notify,
    ),
    K.DISBURSE: Act(
        queries.drawdowns_visible_to,
        permissions.can_disburse,
        lambda drawdown: f"{drawdown.notice.application}, {drawdown.notice.file_reference}",
        _disburse,
    ),
}


@transaction.atomic
def start_bulk_run(kind: str, ids: Iterable[int], *, options: dict, on: date, actor: Actor) -> BulkRun:
    """Begin an act on the records with these ids, those this person may see; the first steps follow the commit.

    `options` are the further values of the operation as JSON. Raises NothingChosen or TooMany.
    """
    act, ids = ACTS[kind], list(dict.fromkeys(ids))
    if len(ids) > MOST:
        raise TooMany(_("Es gehen höchstens %(most)s Vorgänge auf einmal.") % {"most": MOST})
    found = act.among(actor).in_bulk(ids)
    chosen = [found[pk] for pk in ids if pk in found]
    if not chosen:
        raise NothingChosen(_("Wählen Sie mindestens einen Vorgang aus."))
    run = BulkRun.objects.create(
        kind=kind, options=options, on=on, membership_id=actor.membership_id, **actor.signs("started")
    )
    BulkItem.objects.bulk_create(
        BulkItem(
            run=run,
            number=number,
            subject_id=record.pk,
            label=act.label(record)[:300],
            url=record.get_absolute_url(),
        )
        for number, record in enumerate(chosen, start=1)
    )
    after = {"kind": run.get_kind_display(), "count": len(chosen)}
    audit.record("start_bulk_run", run, actor=actor, organisation_id=audit.PLATFORM, after=after)
    transaction.on_commit(partial(advance_bulk_run, run))
    return run


def advance_bulk_run(run: BulkRun, *, steps: int = STEPS_AT_ONCE) -> int:
    """Carry out the next steps of a run, each on its own; returns how many are left.

    Several may do this at once: whoever comes second to a step finds it done.
    """
    actor = _actor_of(run)
    pending = run.items.filter(outcome=Outcome.PENDING)
    for pk in list(pending.values_list("pk", flat=True)[:steps]):
        _carry_out(run, pk, actor)
    left = pending.count()
    if not left:
        BulkRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now())
    return left


def unfinished_bulk_runs() -> QuerySet[BulkRun]:
    """Return the runs of which something is left, the oldest first."""
    return BulkRun.objects.filter(finished_at=None).order_by("pk")


@transaction.atomic
def _carry_out(run: BulkRun, pk: int, actor: Actor | None) -> None:
    """Do one step, or store why not; the act and its outcome are one transaction."""
    item = locking(BulkItem.objects).get(pk=pk)
    if item.outcome != Outcome.PENDING:
        return
    item.outcome, item.sentence = _outcome_of(run, item, actor)
    item.done_at = timezone.now()
    item.save(update_fields=["outcome", "sentence", "done_at"])


def _outcome_of(run: BulkRun, item: BulkItem, actor: Actor | None) -> tuple[str, str]:
    act = ACTS[run.kind]
    try:
        with transaction.atomic():
            record = act.among(actor).filter(pk=item.subject_id).first() if actor else None
            if record is None or not act.may(actor, record):
                raise NoLongerAllowed(_("Das dürfen Sie bei diesem Vorgang nicht, oder Ihre Funktion ist beendet."))
            act.do(record, run.options, run.on, actor)
    except DomainError as refusal:
        return Outcome.REFUSED, str(refusal)[:1000]
    except Exception:  # one record that fails in an unforeseen way must not stop the others
        log.exception("Sammelvorgang %s, Schritt %s", run.pk, item.number)
        return Outcome.REFUSED, _("Hier ist etwas Unerwartetes passiert; bitte öffnen Sie den Vorgang einzeln.")
    return Outcome.DONE, ""


def _actor_of(run: BulkRun) -> Actor | None:
    """Return who started the run, in the function of then; None if it has ended meanwhile."""
    if run.started_for_id is not None:
        found = deputyships_of(run.started_by, on=today()).filter(principal_id=run.membership_id).first()
        return actor_for(run.started_by, found.principal, on_behalf_of=found.principal.user) if found else None
    membership = memberships_of(run.started_by, on=today()).filter(pk=run.membership_id).first()
    return actor_for(run.started_by, membership) if membership else None
