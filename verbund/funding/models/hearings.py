"""Hearings: before anything is decided against a recipient, it may speak (§ 28 VwVfG NRW)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.funding.lifecycle import HEARD, HearingStatus
from verbund.funding.models.applications import PERSON, GrantApplication


class Hearing(models.Model):
    """What the authority intends and why, until when the carrier may answer, and its answer (Anhörung)."""

    class Occasion(models.TextChoices):
        RESCISSION = "RESCISSION", _("Rücknahme")
        REVOCATION = "REVOCATION", _("Widerruf")
        PROOF = "PROOF", _("Kürzung beim Verwendungsnachweis")
        RECLAIM = "RECLAIM", _("Erstattung")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="hearings")
    occasion = models.CharField(_("Anlass"), max_length=10, choices=Occasion)
    status = models.CharField(max_length=8, choices=HearingStatus, default=HearingStatus.OPEN, editable=False)
    text = models.TextField(_("Was beabsichtigt ist und warum"), max_length=8000)
    due_on = models.DateField(_("Stellungnahme bis"))
    known_on = models.DateField(
        _("Tatsachen vollständig bekannt seit"), null=True, blank=True, help_text=_("damit beginnt die Jahresfrist")
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    opened_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    opened_on = models.DateField()
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("Stellungnahme"), max_length=8000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_occasion_display()}, {self.application}"

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id

    @property
    def is_heard(self) -> bool:
        """Whether the carrier answered, or let the time pass."""
        return self.status in HEARD
