"""What the kinds of rules have in common that two operators keep on pages of their own."""

from django.db import models, transaction

from verbund.funding import letter_texts, notice_texts, publication, retention
from verbund.funding.lifecycle import RemedyRowStatus
from verbund.funding.models import LetterText, NoticeText, PublicationRule, RetentionRule

KINDS = (
    (PublicationRule, "veroeffentlichung"),
    (RetentionRule, "aufbewahrung"),
    (LetterText, "schreiben"),
    (NoticeText, "bescheid"),
)
"""Each kind with its place in the address."""


def load() -> None:
    """Load what is shipped; a second call changes nothing."""
    publication.load()
    retention.load()
    letter_texts.load()
    notice_texts.load()


def waiting() -> list[tuple]:
    """Return the rows that wait for a second person, each with its place in the address."""
    return [(row, name) for model, name in KINDS for row in model.objects.filter(status=RemedyRowStatus.PROPOSED)]


@transaction.atomic
def remove_demo_rows() -> None:
    """Remove the rows that people of the demonstration entered, and let the shipped ones count again."""
    for model, _name in KINDS:
        made_up = model.objects.filter(models.Q(proposed_by__is_demo=True) | models.Q(adopted_by__is_demo=True))
        matters = [row.about for row in made_up]
        made_up.delete()
        for about in matters:
            model.objects.filter(**about, proposed_by=None).delete()
    load()
