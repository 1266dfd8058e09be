"""When two people change the same record: the second sees what the first saved, and keeps what was typed."""

from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.error_pages import conflict


def somebody_was_faster(request, record, fields, typed, back: str):
    """Show who saved in between, and what is stored beside what was typed, so that nothing is lost."""
    stored = type(record).objects.get(pk=record.pk)
    newest = audit.history_of(stored, limit=1)
    who = newest[0]["who"] if newest else _("Jemand anderes")
    value = typed.get if isinstance(typed, dict) else lambda name: getattr(typed, name)
    changes = [
        {"label": label, "theirs": getattr(stored, name), "mine": value(name)}
        for name, label in fields
        if getattr(stored, name) != value(name)
    ]
    sentence = _("%(who)s hat inzwischen gespeichert. Ihre Eingaben stehen unten und sind nicht übernommen.")
    return conflict(request, sentence=sentence % {"who": who}, changes=changes, back_href=back)
