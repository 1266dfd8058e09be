"""The pilot of a venture: criteria set before it starts, values, the evaluation against them, and the decision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.ventures import Venture
from verbund.advising.ventures.lifecycle import Outcome, Verdict


class Pilot(models.Model):
    """A trial of what was agreed; of a venture that goes on changed there are several, numbered."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="pilots")
    number = models.PositiveSmallIntegerField(editable=False)
    first_day = models.DateField(_("von"))
    last_day = models.DateField(_("bis"))
    place = models.CharField(_("Ort der Erprobung"), max_length=160)
    started_on = models.DateField(_("begonnen am"), null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["venture", "number"], name="advising_pilot_number_once"),
            models.UniqueConstraint(
                fields=["venture"], condition=Q(started_on=None), name="advising_one_pilot_is_planned"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="advising_pilot_in_order"),
        ]

    def __str__(self):
        return _("Erprobung %s") % self.number

    @property
    def audit_organisation_id(self) -> int:
        return self.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.venture


class Criterion(models.Model):
    """What the pilot is measured by. Frozen once the pilot starts.

    With a `target` the outcome is computed: reached from the target on, partly from `partly_from` on (both downwards
    where less is better). Without one, somebody judges and says why.
    """

    class Direction(models.TextChoices):
        AT_LEAST = "AT_LEAST", _("mindestens")
        AT_MOST = "AT_MOST", _("höchstens")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="criteria")
    what = models.CharField(_("Was gemessen wird"), max_length=200)
    direction = models.CharField(_("Ziel ist"), max_length=8, choices=Direction, default=Direction.AT_LEAST)
    target = models.DecimalField(_("Zielwert"), max_digits=12, decimal_places=2, null=True, blank=True)
    partly_from = models.DecimalField(
        _("teilweise erreicht ab"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("Einheit"), max_length=40, blank=True)
    how_measured = models.CharField(_("Wie gemessen wird"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partly_from__isnull=True)
                | Q(direction="AT_LEAST", partly_from__lt=F("target"))
                | Q(direction="AT_MOST", partly_from__gt=F("target")),
                name="advising_criterion_partly_before_target",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(unit=""), name="advising_criterion_number_has_a_unit"
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def audit_organisation_id(self) -> int:
        return self.pilot.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.pilot.venture


class CriterionValue(models.Model):
    """What was measured on a day; the newest one counts. `judged` is the outcome where there is no number."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="values")
    measured_on = models.DateField(_("gemessen am"))
    value = models.DecimalField(_("Messwert"), max_digits=12, decimal_places=2, null=True, blank=True)
    judged = models.CharField(_("Einschätzung"), max_length=7, choices=Outcome, blank=True)
    explanation = models.CharField(_("Erläuterung"), max_length=600, blank=True)

    class Meta:
        ordering = ["measured_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, judged="") | (Q(value__isnull=True) & ~Q(judged="")),
                name="advising_criterion_value_is_number_or_judged",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.measured_on:%d.%m.%Y}"

    @property
    def audit_organisation_id(self) -> int:
        return self.criterion.pilot.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.criterion.pilot.venture


class Evaluation(models.Model):
    """What the pilot showed, and what is recommended."""

    pilot = models.OneToOneField(Pilot, on_delete=models.CASCADE, related_name="evaluation")
    evaluated_on = models.DateField(_("ausgewertet am"))
    findings = models.TextField(_("Was sich gezeigt hat"), max_length=4000)
    recommendation = models.CharField(_("Empfehlung"), max_length=9, choices=Verdict)
    evaluated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    evaluated_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self):
        return _("Auswertung: %s") % self.pilot

    @property
    def audit_organisation_id(self) -> int:
        return self.pilot.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.pilot.venture


class VentureDecision(models.Model):
    """What becomes of the venture after a pilot, and why."""

    pilot = models.OneToOneField(Pilot, on_delete=models.CASCADE, related_name="decision")
    verdict = models.CharField(_("Entscheidung"), max_length=9, choices=Verdict)
    reason = models.CharField(_("Begründung"), max_length=600)
    decided_on = models.DateField(_("entschieden am"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="advising_decision_has_a_reason")]

    def __str__(self):
        return f"{self.get_verdict_display()} ({self.decided_on:%d.%m.%Y})"

    @property
    def audit_organisation_id(self) -> int:
        return self.pilot.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.pilot.venture
