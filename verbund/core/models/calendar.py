"""The holiday calendar of the Land."""

from django.db import models


class Holiday(models.Model):
    """A public holiday in the Land, one-off ones included (31 October 2017)."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.name} {self.day:%d.%m.%Y}"
