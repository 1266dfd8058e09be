"""What a publisher writes on its own legal pages: imprint, privacy notice, accessibility statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models.organisations import Organisation


class PublisherPage(Versioned):
    """One legal page of a publisher (the operator of the platform, or the carrier of a centre).

    Its sections are the publisher's own words; what the program itself must say (data sources, licences, cookies) is
    added below them and cannot be edited away.
    """

    class Kind(models.TextChoices):
        IMPRINT = "IMPRINT", _("Impressum")
        PRIVACY = "PRIVACY", _("Datenschutz")
        ACCESSIBILITY = "ACCESSIBILITY", _("Barrierefreiheit")

    publisher = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="publisher_pages")
    kind = models.CharField(max_length=13, choices=Kind)
    changed_on = models.DateField()

    class Meta:
        ordering = ["publisher__name", "kind"]
        constraints = [models.UniqueConstraint(fields=["publisher", "kind"], name="directory_publisher_page_once")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.publisher}"

    @property
    def audit_organisation_id(self) -> int:
        return self.publisher_id


class PublisherSection(models.Model):
    """A part of a publisher's page: heading and plain text; an empty line begins a paragraph."""

    page = models.ForeignKey(PublisherPage, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("Überschrift"), max_length=120)
    text = models.TextField(_("Text"), max_length=8000)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="directory_publisher_section_in_its_place")
        ]

    def __str__(self):
        return self.heading
