"""A topic: one matter that several centres work on, by what it is found."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import key_number
from verbund.advising.topics.lifecycle import TopicStatus
from verbund.core.versions import Versioned
from verbund.directory.models import Centre, Organisation
from verbund.offers.models import Language, Term


class Topic(Versioned):
    """What belongs to it is found, not listed: offers of the centres that take part, by terms and languages.

    `keeper` looks after the page: a centre, or a coordination unit.
    """

    keeper = models.ForeignKey(Organisation, verbose_name=_("gepflegt von"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Titel"), max_length=120)
    description = models.TextField(_("Worum es geht"), max_length=3000)
    source = models.CharField(_("Quelle"), max_length=300, blank=True)
    centres = models.ManyToManyField(
        Centre, verbose_name=_("beteiligte Zentren"), through="TopicCentre", related_name="+"
    )
    terms = models.ManyToManyField(
        Term,
        verbose_name=_("Anliegen, Zielgruppen, Felder"),
        blank=True,
        related_name="+",
        limit_choices_to={"kind__in": [Term.Kind.NEED, Term.Kind.AUDIENCE, Term.Kind.FIELD, Term.Kind.CHAIN_STAGE]},
    )
    languages = models.ManyToManyField(Language, verbose_name=_("Sprachen"), blank=True, related_name="+")
    status = models.CharField(max_length=6, choices=TopicStatus, default=TopicStatus.DRAFT, editable=False)
    status_since = models.DateField(editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    key_number = key_number()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("advising:topic", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.status == TopicStatus.PUBLIC

    @property
    def audit_organisation_id(self) -> int:
        return self.keeper_id


class TopicCentre(models.Model):
    """A centre that was asked to take part, and does so from `joined_on` on."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="participations")
    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(_("dabei seit"), null=True)

    class Meta:
        ordering = ["centre__organisation__name"]
        constraints = [models.UniqueConstraint(fields=["topic", "centre"], name="advising_topic_centre_once")]

    def __str__(self):
        return str(self.centre)

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id
