"""Which worker runs the clock, and what became of its jobs."""

from django.db import models


class WorkerLease(models.Model):
    """The right to run the clock: at most one holder until `expires_at`; after that anyone may take it."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=120, blank=True)
    expires_at = models.DateTimeField()

    def __str__(self):
        return self.name


class JobRun(models.Model):
    """The last run of a job of the clock. `error` names the kind of failure and its place, no data of persons."""

    name = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
