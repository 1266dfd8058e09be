"""What belongs to "Integration durch Bildung": a stage of the education chain, or one of its three fields of action."""

from django.db.models import Q

from verbund.offers.models import Term

FIELDS = frozenset({"early-education", "school-development", "school-work"})
"""The codes of the three fields along the education chain; codes of the vocabulary are never used anew."""

IS_EDUCATION = Q(stage__isnull=False) | Q(field__code__in=FIELDS)


def is_education(field: Term | None, stage: Term | None) -> bool:
    """Whether a piece of work with this field and stage belongs to it."""
    return stage is not None or (field is not None and field.code in FIELDS)
