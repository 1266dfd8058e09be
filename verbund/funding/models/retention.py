"""How long files of grants are kept, and what keeps one from going."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.funding.models.applications import PERSON, GrantApplication
from verbund.funding.models.legal_remedies import DatedRule, constraints


class RetentionRule(DatedRule):
    """How many years a kind of file is kept, on whose side, counted from which event.

    `to_end_of_year`: the period begins with the end of the year of the event.
    """

    class Kind(models.TextChoices):
        GRANTED = "GRANTED", _("bewilligte Förderung")
        REFUSED = "REFUSED", _("abgelehnter Antrag")
        WITHDRAWN = "WITHDRAWN", _("zurückgezogener Antrag")

    class Side(models.TextChoices):
        RECIPIENT = "RECIPIENT", _("Träger")
        AUTHORITY = "AUTHORITY", _("Bewilligungsbehörde")

    class Event(models.TextChoices):
        PROOF_DUE = "PROOF_DUE", _("Tag, an dem der Verwendungsnachweis fällig ist")
        CLOSED = "CLOSED", _("Tag der Ablehnung oder des Rückzugs")

    KEY = ("kind", "side")
    concerns_notices = False

    kind = models.CharField(_("Akte"), max_length=9, choices=Kind)
    side = models.CharField(_("Wer bewahrt auf"), max_length=9, choices=Side)
    event = models.CharField(_("Die Frist beginnt"), max_length=9, choices=Event)
    years = models.PositiveSmallIntegerField(_("Jahre"))
    to_end_of_year = models.BooleanField(_("ab dem Ende des Jahres"), default=True)

    class Meta:
        verbose_name = _("Aufbewahrungsfrist")
        verbose_name_plural = _("Aufbewahrungsfristen")
        ordering = ["kind", "side", "-valid_from"]
        constraints = [
            *constraints("retention_rule", "kind", "side"),
            models.CheckConstraint(condition=Q(years__gte=1) & Q(years__lte=99), name="retention_rule_years_sensible"),
            models.CheckConstraint(
                condition=Q(kind="GRANTED", event="PROOF_DUE") | (~Q(kind="GRANTED") & Q(event="CLOSED")),
                name="retention_rule_event_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_side_display()}: {self.in_words}"

    @property
    def in_words(self) -> str:
        words = {"years": self.years, "event": self.get_event_display()}
        if self.to_end_of_year:
            return _("%(years)s Jahre ab dem Ende des Jahres: %(event)s") % words
        return _("%(years)s Jahre ab: %(event)s") % words


class LegalHold(models.Model):
    """A file that must not go, because somebody said so with a reason, until somebody lifts that."""

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(_("Grund"), max_length=4000)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    set_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    set_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    lifted_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    lifted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("Löschsperre")
        verbose_name_plural = _("Löschsperren")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(lifted_at=None), name="funding_one_legal_hold_per_file"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="funding_legal_hold_has_a_reason"),
        ]

    def __str__(self):
        return str(self.application)

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id
