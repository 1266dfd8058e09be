"""Deadlines: one row for each period that runs for somebody, and whom it was recalled to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

PERSON = {"on_delete": models.PROTECT, "null": True, "blank": True, "editable": False, "related_name": "+"}


class Deadline(models.Model):
    """A period that runs on a record (`subject`), of a registered kind (`core.deadlines`).

    `nominal_on` is the last day as counted, `due_on` the working day it moves to, `because` the reasons for the days
    passed over. A fixed calendar date does not move. `ends_on` is the day that counts: the extended one, else `due_on`.
    `known_since` is the day on which `ends_on` became what it is: nothing is recalled for days before it.
    Open until it is fulfilled or lifted; of one kind at most one is open per record.
    """

    kind = models.CharField(_("Frist"), max_length=40)
    subject_type = models.CharField(max_length=80, editable=False)
    subject_id = models.BigIntegerField(editable=False)
    organisation_id = models.BigIntegerField(default=0, editable=False)
    nominal_on = models.DateField(_("rechnerisch am"))
    due_on = models.DateField(_("fällig am"))
    because = models.JSONField(_("verschoben wegen"), default=list, blank=True)
    is_fixed_date = models.BooleanField(_("fester Kalendertag"), default=False)
    extended_until = models.DateField(_("verlängert bis"), null=True, blank=True)
    extension_reason = models.CharField(_("Grund der Verlängerung"), max_length=1000, blank=True)
    extended_on = models.DateField(_("verlängert am"), null=True, blank=True)
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    extended_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ends_on = models.DateField(_("Ende der Frist"))
    known_since = models.DateField(editable=False)
    fulfilled_on = models.DateField(_("erledigt am"), null=True, blank=True)
    lifted_on = models.DateField(_("aufgehoben am"), null=True, blank=True)
    lift_reason = models.CharField(_("Grund der Aufhebung"), max_length=1000, blank=True)

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(fulfilled_on__isnull=True, lifted_on__isnull=True),
                name="core_one_open_deadline",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("nominal_on")), name="core_deadline_moves_forward"),
            models.CheckConstraint(
                condition=Q(is_fixed_date=False) | Q(due_on=F("nominal_on")), name="core_fixed_date_does_not_move"
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True)
                | (Q(extended_until__gt=F("due_on")) & ~Q(extension_reason="")),
                name="core_extension_forward_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=Coalesce("extended_until", "due_on")), name="core_deadline_end_counts"
            ),
            models.CheckConstraint(
                condition=Q(fulfilled_on__isnull=True) | Q(lifted_on__isnull=True), name="core_fulfilled_or_lifted"
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_on"],
                name="core_open_deadlines",
                condition=Q(fulfilled_on__isnull=True, lifted_on__isnull=True),
            ),
            models.Index(fields=["subject_type", "subject_id"], name="core_deadlines_of_subject"),
        ]

    def __str__(self):
        from verbund.core import deadlines

        return f"{deadlines.label_of(self.kind)}, {self.ends_on:%d.%m.%Y}"

    @property
    def audit_organisation_id(self) -> int:
        return self.organisation_id

    @property
    def is_open(self) -> bool:
        return self.fulfilled_on is None and self.lifted_on is None

    def is_overdue(self, on) -> bool:
        return self.is_open and self.ends_on < on


class SentReminder(models.Model):
    """That somebody was reminded of a deadline: which end it spoke of, how many days from it, as whose business.

    `days` is None for a reminder by hand. `told` is the person or, in their absence, who stands in for them.
    """

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    ends_on = models.DateField()
    days = models.SmallIntegerField(null=True)
    audience = models.CharField(max_length=10)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "ends_on", "days", "person", "told"],
                condition=Q(days__isnull=False),
                name="core_reminded_once",
            ),
            models.UniqueConstraint(
                fields=["deadline", "sent_on", "person", "told"],
                condition=Q(days__isnull=True),
                name="core_reminded_by_hand_once_a_day",
            ),
        ]
        indexes = [models.Index(fields=["told", "sent_on"], name="core_reminders_of_a_day")]

    def __str__(self):
        return f"{self.deadline_id} {self.sent_on:%d.%m.%Y}"
