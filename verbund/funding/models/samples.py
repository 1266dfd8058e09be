"""Which proofs are examined in depth, drawn so that anybody can draw them again; and copies for the court of audit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.funding.models.applications import PERSON, page_of_file
from verbund.funding.models.notices import GrantNotice
from verbund.funding.models.proofs import ProofOfUse
from verbund.programmes.models import Programme


class SampleDraw(models.Model):
    """A sample of the proofs of a budget year, drawn once and never changed.

    `population` is the list it was drawn from: file references by stratum (the carrier's kind). With `seed` and the
    numbers it gives the same sample again (`calculations.sampling`).
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    budget_year = models.PositiveSmallIntegerField(_("Haushaltsjahr"))
    seed = models.CharField(_("Startwert"), max_length=64)
    numbers = models.JSONField(_("Anzahl je Gruppe"))
    population = models.JSONField(_("Grundgesamtheit"))
    drawn_on = models.DateField(_("gezogen am"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    drawn_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.programme.name} {self.budget_year}, {self.drawn_on:%d.%m.%Y}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:sample", args=[self.pk])


class SampledProof(models.Model):
    """A proof that is examined in depth: drawn, or picked by hand with a reason."""

    draw = models.ForeignKey(SampleDraw, on_delete=models.PROTECT, related_name="proofs")
    proof = models.ForeignKey(ProofOfUse, on_delete=models.PROTECT, related_name="samples")
    is_hand_picked = models.BooleanField(_("von Hand ausgewählt"), default=False)
    reason = models.CharField(_("Grund der Auswahl"), max_length=1000, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    added_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    added_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "proof"], name="funding_sampled_once"),
            models.CheckConstraint(
                condition=Q(is_hand_picked=False) | ~Q(reason=""), name="funding_hand_picked_with_reason"
            ),
        ]

    def __str__(self):
        return str(self.proof)

    @property
    def audit_organisation_id(self) -> int:
        return self.proof.audit_organisation_id


class CourtOfAuditCopy(models.Model):
    """A notice above the threshold of which the Landesrechnungshof gets a copy (VVG to § 44 LHO Nr. 4.2)."""

    notice = models.OneToOneField(GrantNotice, on_delete=models.PROTECT, related_name="court_of_audit_copy")
    sent_on = models.DateField(_("versandt am"), null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    sent_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    page_instead = page_of_file

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True) | Q(sent_on__isnull=False), name="funding_sent_copy_has_its_day"
            ),
        ]

    def __str__(self):
        return str(self.notice)

    @property
    def application(self):
        return self.notice.application

    @property
    def audit_organisation_id(self) -> int:
        return self.notice.audit_organisation_id
