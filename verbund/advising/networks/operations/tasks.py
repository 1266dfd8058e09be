"""What was agreed to be done: give it to a member or a function of the centre, settle it, give it to somebody else."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Meeting, MeetingTask, NetworkMember
from verbund.advising.networks.lifecycle import MEETING, TASK
from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking


class ForeignMember(DomainError):
    """A member of another network."""


class NobodysTask(DomainError):
    """A task belongs to a member or to a function of the centre, never to both or nobody."""


class NoReason(DomainError):
    """Whoever drops a task says why."""


@transaction.atomic
def agree_task(
    meeting: Meeting,
    *,
    text: str,
    member: NetworkMember | None = None,
    centre_function: str = "",
    due_on: date | None = None,
    actor,
) -> MeetingTask:
    """Record what was agreed at a meeting. Raises NotAllowedNow, NobodysTask, ForeignMember."""
    stored = locking(Meeting.objects).get(pk=meeting.pk)
    MEETING.check("release_minutes", stored)
    _refuse_responsible(meeting, member, centre_function)
    values = {"text": text, "member": member, "centre_function": centre_function, "due_on": due_on}
    task = MeetingTask.objects.create(meeting=meeting, **values)
    audit.record("agree_task", task, actor=actor, after=values)
    return task


@transaction.atomic
def reassign_task(
    task: MeetingTask, *, member: NetworkMember | None, centre_function: str, due_on: date | None, actor
) -> None:
    """Give an open task to somebody else. Raises NotAllowedNow, NobodysTask, ForeignMember."""
    stored = locking(MeetingTask.objects).get(pk=task.pk)
    TASK.check("complete_task", stored)
    _refuse_responsible(task.meeting, member, centre_function)
    before = {"member": stored.member_id, "centre_function": stored.centre_function, "due_on": stored.due_on}
    task.member, task.centre_function, task.due_on = member, centre_function, due_on
    task.save(update_fields=["member", "centre_function", "due_on"])
    after = {"member": task.member_id, "centre_function": centre_function, "due_on": due_on}
    audit.record("reassign_task", task, actor=actor, before=before, after=after)


def complete_task(task: MeetingTask, *, note: str = "", on: date, actor) -> None:
    """Record that a task is done. Raises NotAllowedNow."""
    TASK.apply("complete_task", task, actor=actor, changes={"closed_on": on, "note": note})


def drop_task(task: MeetingTask, *, note: str, on: date, actor) -> None:
    """Record that a task is no longer to be done, and why. Raises NotAllowedNow, NoReason."""
    if not note:
        raise NoReason(_("Schreiben Sie kurz, warum die Aufgabe entfällt."), field="note")
    TASK.apply("drop_task", task, actor=actor, changes={"closed_on": on, "note": note})


def reopen_task(task: MeetingTask, *, actor) -> None:
    """Open a task again that was settled by mistake. Raises NotAllowedNow."""
    TASK.apply("reopen_task", task, actor=actor, changes={"closed_on": None, "note": ""})


def _refuse_responsible(meeting: Meeting, member: NetworkMember | None, centre_function: str) -> None:
    if (member is None) == (not centre_function):
        raise NobodysTask(
            _("Wählen Sie ein Mitglied oder nennen Sie eine Funktion im Zentrum, nicht beides."), field="member"
        )
    if member is not None and member.network_id != meeting.network_id:
        raise ForeignMember(_("Dieses Mitglied gehört zu einem anderen Netzwerk."), field="member")
