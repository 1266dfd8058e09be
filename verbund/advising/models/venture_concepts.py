"""The concept of a venture: sections written together, frozen versions, comments, and who agreed to which version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.ventures import Venture, VentureParty
from verbund.core.versions import Versioned


class ConceptSection(Versioned):
    """One section of the concept; each is saved for itself, so that two people can write at the same time."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=1)
    heading = models.CharField(_("Überschrift"), max_length=120)
    text = models.TextField(_("Text"), max_length=8000)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.heading

    @property
    def audit_organisation_id(self) -> int:
        return self.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.venture


class ConceptVersion(models.Model):
    """A numbered copy of all sections as they were on a day. The database refuses to change or remove one.

    `content`: a list of section (its id), heading and text. Only a passage that names somebody is cut out of it:
    `cuts` counts how often, and the database lets nothing else through (`advising.apps`).
    """

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_on = models.DateField(_("festgehalten am"))
    note = models.CharField(_("Was neu ist"), max_length=300, blank=True)
    content = models.JSONField()
    cuts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["venture", "number"], name="advising_concept_version_number_once"),
        ]

    def __str__(self):
        return _("Fassung %s") % self.number

    @property
    def audit_organisation_id(self) -> int:
        return self.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.venture


class SectionComment(models.Model):
    """A remark on a section. `author` is function and house; the person stands in the audit trail."""

    section = models.ForeignKey(ConceptSection, on_delete=models.CASCADE, related_name="comments")
    text = models.CharField(_("Kommentar"), max_length=1500)
    author = models.CharField(max_length=200, editable=False)
    made_on = models.DateField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    made_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    resolved_on = models.DateField(_("erledigt am"), null=True, editable=False)
    answer = models.CharField(_("Antwort"), max_length=600, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def audit_organisation_id(self) -> int:
        return self.section.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.section.venture


class Agreement(models.Model):
    """A party's consent to one version: on which day, and with which function somebody gave it."""

    version = models.ForeignKey(ConceptVersion, on_delete=models.CASCADE, related_name="agreements")
    party = models.ForeignKey(VentureParty, verbose_name=_("Partner"), on_delete=models.CASCADE, related_name="+")
    agreed_on = models.DateField(_("zugestimmt am"))
    function = models.CharField(_("Funktion der Person, die zugestimmt hat"), max_length=120)
    is_own = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["agreed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "party"], name="advising_agreement_once"),
            models.CheckConstraint(condition=~Q(function=""), name="advising_agreement_by_a_function"),
        ]

    def __str__(self):
        return f"{self.party}: {self.version}"

    @property
    def audit_organisation_id(self) -> int:
        return self.version.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.version.venture
