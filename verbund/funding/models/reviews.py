"""What the authority does with an application before it decides."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.funding.lifecycle import RequestStatus
from verbund.funding.models.applications import PERSON, GrantApplication
from verbund.programmes.models import ChecklistItem


class ChecklistAnswer(models.Model):
    """The officer's answer to one item of the guideline's checklist."""

    class Result(models.TextChoices):
        MET = "MET", _("erfüllt")
        NOT_MET = "NOT_MET", _("nicht erfüllt")
        NOT_APPLICABLE = "NOT_APPLICABLE", _("entfällt")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="checklist_answers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("Ergebnis"), max_length=16, choices=Result)
    note = models.CharField(_("Vermerk"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["item"]
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="funding_checklist_item_once")]

    def __str__(self):
        return self.get_result_display()

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id


class ConflictDeclaration(models.Model):
    """An officer's or approver's declaration whether a conflict of interest exists (§§ 20, 21 VwVfG NRW)."""

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="conflict_declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_conflict = models.BooleanField(_("Es besteht ein Interessenkonflikt"))
    statement = models.CharField(_("Erläuterung"), max_length=1000, blank=True)
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="funding_declares_once")]

    def __str__(self):
        return str(self.declared_at)

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id


class InformationRequest(models.Model):
    """What is missing or unclear, until when, and the carrier's answer (Nachforderung)."""

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="information_requests")
    status = models.CharField(max_length=8, choices=RequestStatus, default=RequestStatus.OPEN, editable=False)
    text = models.TextField(_("Was fehlt oder unklar ist"), max_length=4000)
    due_on = models.DateField(_("Antwort bis"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    requested_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    requested_on = models.DateField()
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("Antwort"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id
