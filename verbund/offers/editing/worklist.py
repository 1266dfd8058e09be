"""What of keeping entries waits for somebody: trials that are over."""

from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.core.acting import Actor
from verbund.core.worklist import Task
from verbund.offers.editing.listing import undecided
from verbund.offers.queries import CENTRE_SIDE, kept_offers


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return one line for the trials of a centre that are over and not decided, due since the first of them ended."""
    if actor.role not in CENTRE_SIDE:
        return []
    row = kept_offers(actor).filter(undecided(on)).order_by().aggregate(number=Count("pk"), first=Min("tried_until"))
    if not row["number"]:
        return []
    words = ngettext("ein Angebot", "%(number)s Angebote", row["number"]) % {"number": row["number"]}
    ended = _("Erprobung endete am %(day)s, noch nicht entschieden") % {"day": f"{row['first']:%d.%m.%Y}"}
    return [
        Task(
            title=_("Über Erprobungen entscheiden"),
            subject=f"{words}: {ended}",
            url=f"{reverse('offers:kept')}?unentschieden=1",
            due_on=row["first"],
            centre=actor.label,
            reason=_("Ihr Zentrum betreut diese Einträge."),
            deputised=actor.on_behalf_of is not None,
        )
    ]
