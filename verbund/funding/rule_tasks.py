"""What waits for operators in funding: rules that another one proposed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.acting import Actor, persons_of
from verbund.core.worklist import Task
from verbund.funding import legal_remedy, reminder_rules, rules


def of_operator(actor: Actor, on: date) -> Iterator[Task]:
    """Rows of the legal remedies, rules for reminders and other rules that another operator proposed."""
    for row, name in rules.waiting():
        if not actor.persons & persons_of(row, "proposed"):
            yield Task(
                title=_("Prüfen und annehmen"),
                subject=str(row),
                url=reverse("funding:rules", args=[name]),
                reason=_("Eine Regel gilt erst, wenn eine zweite Person sie annimmt."),
                deputised=actor.on_behalf_of is not None,
            )
    for row in reminder_rules.waiting():
        if not actor.persons & persons_of(row, "proposed"):
            yield Task(
                title=_("Prüfen und annehmen"),
                subject=str(row),
                url=reverse("funding:reminder-rules"),
                reason=_("Eine Regel für Erinnerungen gilt erst, wenn eine zweite Person sie annimmt."),
                deputised=actor.on_behalf_of is not None,
            )
    for rows in legal_remedy.waiting_rows().values():
        for row in rows:
            if not actor.persons & persons_of(row, "proposed"):
                yield Task(
                    title=_("Prüfen und annehmen"),
                    subject=str(row._meta.verbose_name),
                    url=reverse("funding:legal-remedies"),
                    reason=_("Eine Angabe zu den Rechtsbehelfen gilt erst, wenn eine zweite Person sie annimmt."),
                    deputised=actor.on_behalf_of is not None,
                )
