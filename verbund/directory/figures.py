"""Figures others have published: which of them there were on a day. Never computed, never computed with."""

from datetime import date

from django.db.models import QuerySet

from verbund.directory.models.evidence import PublishedFigure


def published_figures() -> QuerySet[PublishedFigure]:
    """Return all published figures with their centre, the earliest first."""
    return PublishedFigure.objects.select_related("centre__organisation")


def figures_stated_by(day: date, *, subject: str = "") -> QuerySet[PublishedFigure]:
    """Return the figures that were, or may have been, published by a day; of one `PublishedFigure.Subject` if given.

    Where a source bears no day, a figure counts from the first day it can have been stated on; `is_stated_by` says
    whether it certainly was.
    """
    found = published_figures().filter(stated_from__lte=day)
    return found.filter(subject=subject) if subject else found


def figures_of_centre(centre_id: int, *, on: date | None = None) -> QuerySet[PublishedFigure]:
    """Return the published figures about one centre; with `on` only those stated by that day."""
    found = published_figures() if on is None else figures_stated_by(on)
    return found.filter(centre=centre_id)


def is_stated_by(figure: PublishedFigure, day: date) -> bool:
    """Whether a figure had certainly been published by a day."""
    return figure.stated_until <= day
