"""Intercultural opening of an office or a regular service: agreement, goals, measures, yearly review."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import PERSON, CentreWork, key_number
from verbund.advising.models.templates import TemplateVersion
from verbund.advising.openings.lifecycle import GoalResult, MeasureKind, MeasureStatus, OpeningStatus
from verbund.core.versions import Versioned
from verbund.directory.models import Partner


class InterculturalOpening(CentreWork):
    """What an office agrees with its centre, so that everybody is served well. It names functions, never persons.

    `review_due_on` is the day of the next yearly review. `origin` is the version of the concept it was taken over from;
    `set_aside` the number of the newest version the centre has looked at and decided not to take over.
    """

    partner = models.ForeignKey(
        Partner, verbose_name=_("Einrichtung"), on_delete=models.PROTECT, related_name="openings"
    )
    subject = models.CharField(_("Worum es geht"), max_length=200)
    responsible = models.CharField(_("Zuständig in der Einrichtung"), max_length=120)
    status = models.CharField(
        _("Stand"), max_length=9, choices=OpeningStatus, default=OpeningStatus.PROPOSED, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    proposed_on = models.DateField(_("vorgeschlagen am"), editable=False)
    agreement = models.TextField(_("Vereinbarung"), max_length=4000, blank=True)
    agreed_on = models.DateField(_("vereinbart am"), null=True, blank=True)
    agreed_until = models.DateField(_("gilt bis"), null=True, blank=True)
    review_due_on = models.DateField(_("nächste Jahresprüfung"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("Grund"), max_length=1000, blank=True, editable=False)
    origin = models.ForeignKey(
        TemplateVersion,
        verbose_name=_("Musterkonzept"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="openings",
        editable=False,
    )
    set_aside = models.PositiveSmallIntegerField(default=0, editable=False)
    key_number = key_number()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen von"), **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen für"), **PERSON)

    class Meta(CentreWork.Meta):
        abstract = False
        ordering = ["partner__organisation__name", "pk"]
        constraints = [
            *CentreWork.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=["AGREED", "RUNNING", "COMPLETED"])
                | (Q(agreed_on__isnull=False, review_due_on__isnull=False) & ~Q(agreement="")),
                name="advising_agreed_opening_has_its_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(status="ENDED") | ~Q(end_reason=""), name="advising_ended_opening_says_why"
            ),
            models.CheckConstraint(
                condition=Q(agreed_until__isnull=True) | Q(agreed_until__gte=F("agreed_on")),
                name="advising_agreement_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.subject}"

    def get_absolute_url(self):
        return reverse("advising:opening", args=[self.pk])

    @property
    def counted_on(self):
        """The day it counts for in returns: that of the agreement, before it that of the proposal."""
        return self.agreed_on or self.proposed_on


class OpeningPart(Versioned):
    """A part of an opening in its order; `origin_key` is that of the part of the concept it came from."""

    position = models.PositiveSmallIntegerField(default=0, editable=False)
    origin_key = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    @property
    def audit_organisation_id(self) -> int:
        return self.opening.centre_id

    @property
    def key_holder(self) -> InterculturalOpening:
        return self.opening


class OpeningSection(OpeningPart):
    """A section of the concept in words."""

    opening = models.ForeignKey(InterculturalOpening, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("Überschrift"), max_length=150)
    text = models.TextField(_("Text"), max_length=6000)

    def __str__(self):
        return self.title


class OpeningGoal(OpeningPart):
    """A goal, how one recognises that it is reached, and the value that is wanted."""

    opening = models.ForeignKey(InterculturalOpening, on_delete=models.CASCADE, related_name="goals")
    text = models.CharField(_("Ziel"), max_length=300)
    indicator = models.CharField(_("Woran man es erkennt"), max_length=300)
    target = models.CharField(_("Zielwert"), max_length=120)

    def __str__(self):
        return self.text


class OpeningMeasure(OpeningPart):
    """What is done for it, by which function, until when."""

    opening = models.ForeignKey(InterculturalOpening, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(_("Art"), max_length=13, choices=MeasureKind)
    text = models.CharField(_("Maßnahme"), max_length=300)
    responsible = models.CharField(_("Zuständige Funktion"), max_length=120)
    due_on = models.DateField(_("fällig am"), null=True, blank=True)
    status = models.CharField(
        _("Stand"), max_length=7, choices=MeasureStatus, default=MeasureStatus.PLANNED, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    drop_reason = models.CharField(_("Grund"), max_length=500, blank=True, editable=False)

    class Meta(OpeningPart.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="DROPPED") | ~Q(drop_reason=""), name="advising_dropped_measure_says_why"
            )
        ]

    def __str__(self):
        return self.text


class OpeningReview(models.Model):
    """The review of a year: what came of each goal, and what is next."""

    opening = models.ForeignKey(InterculturalOpening, on_delete=models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("Jahr"))
    reviewed_on = models.DateField(_("geprüft am"))
    next_steps = models.TextField(_("Wie es weitergeht"), max_length=3000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen von"), **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen für"), **PERSON)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["opening", "year"], name="advising_one_review_a_year")]

    def __str__(self):
        return f"{self.opening} {self.year}"

    @property
    def audit_organisation_id(self) -> int:
        return self.opening.centre_id

    @property
    def key_holder(self) -> InterculturalOpening:
        return self.opening


class GoalReview(models.Model):
    """What a review says of one goal, with the goal's words of that day."""

    review = models.ForeignKey(OpeningReview, on_delete=models.CASCADE, related_name="results")
    goal = models.ForeignKey(OpeningGoal, null=True, on_delete=models.SET_NULL, related_name="results")
    goal_text = models.CharField(_("Ziel"), max_length=300)
    result = models.CharField(_("Ergebnis"), max_length=7, choices=GoalResult)
    reason = models.CharField(_("Begründung"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "goal"], name="advising_goal_reviewed_once_a_year"),
            models.CheckConstraint(
                condition=Q(result="REACHED") | ~Q(reason=""), name="advising_goal_not_reached_says_why"
            ),
        ]

    def __str__(self):
        return self.goal_text

    @property
    def audit_organisation_id(self) -> int:
        return self.review.opening.centre_id

    @property
    def key_holder(self) -> InterculturalOpening:
        return self.review.opening
