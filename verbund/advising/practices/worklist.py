"""What of practices waits for somebody: the unit's answer, the centre's revision."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.advising.practices import queries
from verbund.advising.practices.lifecycle import PracticeStatus
from verbund.core.acting import Actor
from verbund.core.worklist import Task


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what waits for the coordination of a unit, or for a centre."""
    wanted = {
        PracticeStatus.RETURNED: (_("Gute Praxis überarbeiten"), _("Die Koordinierungsstelle hat sie zurückgegeben.")),
        PracticeStatus.QUESTIONED: (_("Rückfrage beantworten"), _("Die Koordinierungsstelle fragt zurück.")),
    }
    own = queries.practices_kept(actor).filter(status__in=list(wanted))
    tasks = [_task(actor, one, *wanted[one.status]) for one in own]
    submitted = _("Gute Praxis freigeben oder zurückfragen"), _("Ein Zentrum hat sie eingereicht.")
    return tasks + [_task(actor, one, *submitted) for one in queries.practices_to_review(actor)]


def _task(actor: Actor, practice, title: str, reason: str) -> Task:
    return Task(
        title=title,
        subject=practice.title,
        url=practice.get_absolute_url(),
        centre=str(practice.centre),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )
