"""Concepts of the coordination units that centres take over into an opening."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import PERSON, key_number
from verbund.advising.openings.lifecycle import TemplateStatus
from verbund.core.versions import Versioned
from verbund.directory.models import Organisation
from verbund.offers.models import Term


class ConceptTemplate(Versioned):
    """A concept a coordination unit writes for the centres. `draft` is what it writes now (`openings.concept`).

    What centres read and take over are its versions, which never change but for a passage that is cut out.
    """

    unit = models.ForeignKey(
        Organisation, verbose_name=_("Koordinierungsstelle"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("Titel"), max_length=200)
    summary = models.CharField(_("Worum es geht"), max_length=600)
    field = models.ForeignKey(
        Term,
        verbose_name=_("Handlungsfeld"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.FIELD},
    )
    draft = models.JSONField(_("Inhalt"), default=dict, editable=False)
    status = models.CharField(
        _("Stand"), max_length=9, choices=TemplateStatus, default=TemplateStatus.DRAFT, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    withdraw_reason = models.CharField(_("Grund"), max_length=500, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    key_number = key_number()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="WITHDRAWN") | ~Q(withdraw_reason=""), name="advising_withdrawn_template_says_why"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("advising:template", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.unit_id


class TemplateVersion(models.Model):
    """What was released on a day, as it was; `note` says what is new."""

    template = models.ForeignKey(ConceptTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    title = models.CharField(_("Titel"), max_length=200)
    summary = models.CharField(_("Worum es geht"), max_length=600)
    content = models.JSONField(_("Inhalt"))
    note = models.CharField(_("Was neu ist"), max_length=500, blank=True)
    released_on = models.DateField(_("freigegeben am"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("freigegeben von"), **PERSON)
    released_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("freigegeben für"), **PERSON)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="advising_template_version_once")]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def audit_organisation_id(self) -> int:
        return self.template.unit_id

    @property
    def key_holder(self) -> ConceptTemplate:
        return self.template
