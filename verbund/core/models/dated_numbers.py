"""Numbers that apply from a day on: periods and limits that no law fixes, as rows with their source."""

from datetime import date
from typing import Self

from django.db import models


class DatedNumber(models.Model):
    """A number that applies from a day on; a heir says in `what` (with `What`) what for, once a day and above 0."""

    value = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=1)

    class Meta:
        abstract = True
        ordering = ["what", "-valid_from"]

    def __str__(self):
        return f"{self.get_what_display()}: {self.value}"

    @classmethod
    def in_force(cls, what: str, *, on: date) -> Self:
        """Return the row that applies on a day."""
        return cls.objects.filter(what=what, valid_from__lte=on).order_by("-valid_from")[:1].get()
