"""Which enquiries wait for a centre or a unit."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.advising.enquiries import queries
from verbund.advising.enquiries.lifecycle import EnquiryStatus
from verbund.core.acting import Actor
from verbund.core.worklist import Task

MOST = 50


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what has to be answered, the most urgent first, and what was asked back and stays without a reply."""
    return _to_answer(actor) + _without_reply(actor, on)


def _without_reply(actor: Actor, on: date) -> list[Task]:
    waiting = queries.enquiries_visible_to(actor).filter(status=EnquiryStatus.ASKED_BACK).order_by("status_since", "pk")
    until = [(one, queries.reply_day(one.status_since)) for one in waiting[:MOST]]
    return [
        Task(
            title=_("Rückfrage blieb ohne Antwort"),
            subject=f"{one.reference}, {one.field or _('etwas anderes')}",
            url=one.get_absolute_url(),
            due_on=day,
            centre=str(one.responsible),
            reason=_("Antworten Sie mit dem, was Sie wissen, oder schließen Sie ab."),
            deputised=actor.on_behalf_of is not None,
        )
        for one, day in until
        if day < on
    ]


def _to_answer(actor: Actor) -> list[Task]:
    waiting = queries.enquiries_visible_to(actor).filter(status=EnquiryStatus.OPEN).order_by("due_on", "pk")
    return [
        Task(
            title=_("Bürgeranfrage beantworten"),
            subject=f"{one.reference}, {one.field or _('etwas anderes')}",
            url=one.get_absolute_url(),
            due_on=one.due_on,
            centre=str(one.responsible),
            reason=_("Wer gefragt hat, bekam diesen Tag zugesagt."),
            deputised=actor.on_behalf_of is not None,
        )
        for one in waiting[:MOST]
    ]
