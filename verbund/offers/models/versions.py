"""The numbers by which pages kept in memory, here and in browsers, notice that something changed."""

from django.db import models


class ShownVersion(models.Model):
    """A number for what readers are shown of a centre's entries: another one after every change, drawn by chance.

    `scope` is the id of the centre; EVERYTHING stands for what belongs to none, as the words of the vocabulary. Drawn,
    not counted, so that a number never comes back for something else, not even when a backup is restored.
    """

    EVERYTHING = 0

    scope = models.PositiveBigIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField()

    def __str__(self):
        return f"{self.scope}: {self.number}"
