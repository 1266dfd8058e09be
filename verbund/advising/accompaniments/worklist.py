"""What of accompanying institutions waits for somebody: follow-ups whose day has come."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from verbund.advising.accompaniments.queries import follow_ups
from verbund.core.acting import Actor
from verbund.core.worklist import Task

MOST = 30
AHEAD = timedelta(days=14)


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return the follow-ups of the own centre that are due, or will be within two weeks. One statement."""
    return [
        Task(
            title=_("Wiedervorlage"),
            subject=f"{one.partner}: {one.occasion}",
            url=one.get_absolute_url(),
            due_on=one.follow_up_on,
            centre=actor.label,
            reason=_("Ihr Zentrum begleitet diese Einrichtung."),
            deputised=actor.on_behalf_of is not None,
        )
        for one in follow_ups(actor).filter(follow_up_on__lte=on + AHEAD)[:MOST]
    ]
