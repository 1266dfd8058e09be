"""A practice to pass on, its materials, what the coordination unit asked, and who took it up."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import CentreWork, key_number
from verbund.advising.models.ventures import Venture
from verbund.advising.practices.lifecycle import PracticeStatus, Uptake
from verbund.core.money import MoneyField
from verbund.directory.models import Centre


class Practice(CentreWork):
    """What a centre tried and others can use, in a fixed short form; what failed belongs to it."""

    venture = models.OneToOneField(
        Venture, verbose_name=_("Vorhaben"), null=True, blank=True, on_delete=models.PROTECT, related_name="practice"
    )
    title = models.CharField(_("Titel"), max_length=120)
    problem = models.TextField(_("Ausgangslage"), max_length=2000)
    target_group = models.CharField(_("Für wen"), max_length=300)
    done = models.TextField(_("Was gemacht wurde"), max_length=4000)
    partners = models.CharField(_("Mit wem"), max_length=600)
    effort_days = models.DecimalField(_("Aufwand in Personentagen"), max_digits=7, decimal_places=1)
    amount_effort = MoneyField(_("Sachkosten"))
    effect = models.TextField(_("Was es bewirkt hat"), max_length=2000)
    conditions = models.TextField(_("Was man dafür braucht"), max_length=2000)
    failures = models.TextField(_("Was nicht geklappt hat"), max_length=2000)
    contact_function = models.CharField(_("Ansprechstelle"), max_length=120)
    status = models.CharField(
        max_length=10, choices=PracticeStatus, default=PracticeStatus.DRAFT, editable=False, db_index=True
    )
    status_since = models.DateField(editable=False)
    return_reason = models.CharField(_("Grund der Rückgabe"), max_length=600, blank=True, editable=False)
    released_on = models.DateField(_("freigegeben am"), null=True, editable=False)
    key_number = key_number()

    class Meta(CentreWork.Meta):
        ordering = ["-status_since", "-pk"]
        constraints = [
            *CentreWork.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=PracticeStatus.RELEASED) | Q(released_on__isnull=False),
                name="advising_practice_released_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(effort_days__gte=0, amount_effort__gte=0), name="advising_practice_effort_not_negative"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("advising:practice", args=[self.pk])

    @property
    def counted_on(self):
        """The day this piece of work counts for."""
        return self.released_on

    @property
    def is_released(self) -> bool:
        return self.status == PracticeStatus.RELEASED


class PracticeMaterial(models.Model):
    """Something to use: what it is, where it is found, and under which licence."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("Was es ist"), max_length=160)
    address = models.URLField(_("Adresse"), max_length=300)
    licence = models.CharField(_("Lizenz"), max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(licence=""), name="advising_material_has_a_licence")]

    def __str__(self):
        return self.name

    @property
    def audit_organisation_id(self) -> int:
        return self.practice.centre_id

    @property
    def key_holder(self) -> Practice:
        return self.practice


class PracticeQuestion(models.Model):
    """What the coordination unit wants to know before it releases, and the centre's answer."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("Rückfrage"), max_length=1000)
    asked_on = models.DateField(_("gefragt am"))
    answer = models.CharField(_("Antwort"), max_length=2000, blank=True)
    answered_on = models.DateField(_("beantwortet am"), null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def audit_organisation_id(self) -> int:
        return self.practice.centre_id

    @property
    def key_holder(self) -> Practice:
        return self.practice


class PracticeUse(models.Model):
    """How far another centre has come with a released practice, and what it does otherwise."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="uses")
    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="+")
    uptake = models.CharField(_("Stand"), max_length=10, choices=Uptake)
    changes = models.CharField(_("Was Sie anders machen"), max_length=1000, blank=True)
    since = models.DateField(_("seit"))

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "centre"], name="advising_practice_taken_up_once"),
        ]

    def __str__(self):
        return f"{self.centre}: {self.get_uptake_display()}"

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id

    @property
    def key_holder(self) -> Practice:
        return self.practice
