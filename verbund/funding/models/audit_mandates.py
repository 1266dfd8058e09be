"""Who may read, for a time, what an audit is about."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Carrier, Centre, Membership, Organisation
from verbund.funding.models.applications import PERSON
from verbund.programmes.models import Programme


class AuditMandateQuerySet(models.QuerySet):
    def running(self, *, on):
        """Those that open files on a day: begun, not over, not ended early."""
        return self.filter(valid_from__lte=on, valid_until__gte=on, ended_at=None)

    def covering(self, *, carrier, centre, programme, year):
        """Those whose subject includes an application; takes values or references to an outer query."""
        return self.filter(
            Q(carrier=None) | Q(carrier=carrier),
            Q(centre=None) | Q(centre=centre),
            Q(programme=None) | Q(programme=programme),
            Q(first_year=None) | Q(first_year__lte=year),
            Q(last_year=None) | Q(last_year__gte=year),
        )


class AuditMandate(models.Model):
    """The right of one auditor to read submitted applications and what followed, both days included.

    `body` is the organisation that granted it and sees what was read. A part of the subject that is left empty
    (carrier, centre, programme, years) does not narrow it. `ended_at` is set when it was ended before its last day.
    """

    auditor = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="audit_mandates", verbose_name=_("Wer prüft")
    )
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)
    carrier = models.ForeignKey(
        Carrier, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Träger")
    )
    centre = models.ForeignKey(
        Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Zentrum")
    )
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Programm")
    )
    first_year = models.PositiveSmallIntegerField(_("Haushaltsjahre von"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("Haushaltsjahre bis"), null=True, blank=True)
    valid_from = models.DateField(_("lesen ab"))
    valid_until = models.DateField(_("lesen bis"))
    reason = models.TextField(_("Anlass der Prüfung"), max_length=1000)
    file_reference = models.CharField(_("Aktenzeichen der Prüfung"), max_length=60)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    granted_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_reason = models.TextField(max_length=4000, blank=True, editable=False)

    objects = AuditMandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lesezugang für eine Prüfung")
        verbose_name_plural = _("Lesezugänge für Prüfungen")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="funding_audit_mandate_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="funding_audit_mandate_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_reason="") | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="funding_audit_mandate_ends_with_reason",
            ),
        ]

    def __str__(self):
        return self.file_reference

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:audit-mandate", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.body_id

    @property
    def scope(self) -> Q:
        """The condition on applications that belong to the subject of the audit."""
        found = Q(received_on__isnull=False)
        if self.carrier_id:
            found &= Q(carrier_id=self.carrier_id)
        if self.centre_id:
            found &= Q(centre_id=self.centre_id)
        if self.programme_id:
            found &= Q(call__programme_id=self.programme_id)
        if self.first_year:
            found &= Q(call__budget_year__gte=self.first_year)
        if self.last_year:
            found &= Q(call__budget_year__lte=self.last_year)
        return found

    @property
    def subject(self) -> str:
        """What is audited, in words."""
        parts = [str(self.centre or self.carrier or _("alle Träger"))]
        if self.programme:
            parts.append(self.programme.name)
        if self.first_year and self.first_year == self.last_year:
            parts.append(str(self.first_year))
        elif self.first_year and self.last_year:
            parts.append(f"{self.first_year}–{self.last_year}")
        elif self.first_year:
            parts.append(_("ab %(year)s") % {"year": self.first_year})
        elif self.last_year:
            parts.append(_("bis %(year)s") % {"year": self.last_year})
        return ", ".join(parts)
