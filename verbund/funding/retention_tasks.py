"""What waits in the authority of the runs that delete files: the answer of the archive, the second person."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from verbund.core.acting import Actor, persons_of
from verbund.core.worklist import Task
from verbund.funding.lifecycle import RetentionRunStatus
from verbund.funding.models import RetentionItem, RetentionRun


def of_officer(actor: Actor) -> Iterator[Task]:
    """Runs of which the archive has not answered, or does not have what it takes."""
    for run in _open_runs():
        if run.status == RetentionRunStatus.PROPOSED:
            yield _task(actor, run, _("Antwort des Archivs festhalten"), _("Ohne sie wird nichts gelöscht."))
        elif run.waits_for_handover:
            yield _task(actor, run, _("Akten an das Archiv übergeben"), _("Vorher wird nichts gelöscht."))


def of_approver(actor: Actor) -> Iterator[Task]:
    """Runs that another person proposed and that may be approved."""
    for run in _open_runs().filter(status=RetentionRunStatus.ANSWERED):
        if not run.waits_for_handover and not actor.persons & persons_of(run, "proposed"):
            yield _task(actor, run, _("Löschung freigeben"), _("Gelöscht wird erst, wenn eine zweite Person freigibt."))


def _open_runs():
    taken = RetentionItem.objects.filter(run=OuterRef("pk"), is_for_archive=True)
    found = RetentionRun.objects.filter(status__in=[RetentionRunStatus.PROPOSED, RetentionRunStatus.ANSWERED])
    waits = Exists(taken.filter(run__handed_over_on=None))
    return found.annotate(waits_for_handover=waits).order_by("pk")


def _task(actor: Actor, run: RetentionRun, title: str, reason: str) -> Task:
    return Task(
        title=title,
        subject=str(run),
        url=run.get_absolute_url(),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )
