"""Which grants are open data: dated rows with source, changed by two persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.funding.models.legal_remedies import DatedRule, constraints
from verbund.programmes.models import Programme


class PublicationRule(DatedRule):
    """Whether granted amounts of a programme are published, under which licence.

    Without a row nothing is published. A row that does not publish ends it from its first day on.
    """

    KEY = ("programme",)
    concerns_notices = False

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("Programm"))
    is_published = models.BooleanField(_("bewilligte Beträge veröffentlichen"), default=True)
    licence = models.URLField(_("Adresse der Lizenz"), blank=True, max_length=200)

    class Meta:
        verbose_name = _("Regel zur Veröffentlichung")
        verbose_name_plural = _("Regeln zur Veröffentlichung")
        ordering = ["programme", "-valid_from"]
        constraints = constraints("publication_rule", "programme")

    def __str__(self) -> str:
        return f"{self.programme}: {self.in_words}"

    @property
    def in_words(self) -> str:
        return str(_("wird veröffentlicht") if self.is_published else _("wird nicht veröffentlicht"))
