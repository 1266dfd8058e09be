"""What belongs to "Integration durch Bildung": everything with a stage of the education chain, and its three fields."""

from django.db.models import Q

from verbund.offers.models import Term

CODES = ("early-education", "school-development", "school-work")


def in_education(prefix: str = "") -> Q:
    """Return the condition for pieces of work that the unit for schools reads."""
    fields = Term.objects.filter(kind=Term.Kind.FIELD, code__in=CODES)
    return Q(**{f"{prefix}stage__isnull": False}) | Q(**{f"{prefix}field__in": fields})
