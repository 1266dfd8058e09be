"""Which enquiries wait for a centre or a unit."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.advising.enquiries import queries
from verbund.advising.enquiries.lifecycle import EnquiryStatus
from verbund.advising.models import Enquiry
from verbund.core.acting import Actor
from verbund.core.worklist import Task

MOST = 50


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what has to be answered, the most urgent first, and what was asked back and stays without a reply."""
    return _to_answer(actor) + _without_reply(actor, on)


def _to_answer(actor: Actor) -> list[Task]:
    title, reason = _("Bürgeranfrage beantworten"), _("Wer gefragt hat, bekam diesen Tag zugesagt.")
    waiting = queries.enquiries_visible_to(actor).filter(status=EnquiryStatus.OPEN).order_by("due_on", "pk")
    return [_task(one, title, reason, one.due_on, actor) for one in waiting[:MOST]]


def _without_reply(actor: Actor, on: date) -> list[Task]:
    title = _("Rückfrage blieb ohne Antwort")
    reason = _("Antworten Sie mit dem, was Sie wissen, oder schließen Sie ab.")
    waiting = queries.enquiries_visible_to(actor).filter(status=EnquiryStatus.ASKED_BACK).order_by("status_since", "pk")
    asked = list(waiting[:MOST])
    until = queries.reply_days({one.status_since for one in asked})
    return [_task(one, title, reason, until[one.status_since], actor) for one in asked if until[one.status_since] < on]


def _task(enquiry: Enquiry, title: str, reason: str, due_on: date, actor: Actor) -> Task:
    return Task(
        title=title,
        subject=f"{enquiry.reference}, {enquiry.field or _('etwas anderes')}",
        url=enquiry.get_absolute_url(),
        due_on=due_on,
        centre=str(enquiry.responsible),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )
