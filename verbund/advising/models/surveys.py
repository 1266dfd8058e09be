"""The yearly survey of needs, what centres answer, and the training programme planned from it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import PERSON, key_number
from verbund.advising.requests.lifecycle import ReturnStatus, SurveyStatus, TrainingStatus
from verbund.core.versions import Versioned
from verbund.directory.models import Centre, Organisation
from verbund.offers.models import Term

FIELD = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}


class NeedsSurvey(Versioned):
    """What a unit asks all centres in a year, by topics with a priority."""

    unit = models.ForeignKey(
        Organisation, verbose_name=_("Koordinierungsstelle"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("Programmjahr"))
    intro = models.TextField(_("Wofür die Abfrage ist"), max_length=2000)
    due_on = models.DateField(_("Antwort bis"))
    status = models.CharField(
        _("Stand"), max_length=6, choices=SurveyStatus, default=SurveyStatus.DRAFT, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    opened_on = models.DateField(_("eröffnet am"), null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    key_number = key_number()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="advising_one_survey_a_year"),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(opened_on__isnull=False), name="advising_open_survey_has_its_day"
            ),
        ]

    def __str__(self):
        return gettext("Bedarfsabfrage %(year)s") % {"year": self.year}

    def get_absolute_url(self):
        return reverse("advising:survey", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.unit_id


class SurveyTopic(models.Model):
    """A topic of a survey, in a field of action."""

    survey = models.ForeignKey(NeedsSurvey, on_delete=models.CASCADE, related_name="topics")
    field = models.ForeignKey(
        Term, verbose_name=_("Handlungsfeld"), limit_choices_to={"kind": Term.Kind.FIELD}, **FIELD
    )
    title = models.CharField(_("Thema"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title

    @property
    def audit_organisation_id(self) -> int:
        return self.survey.unit_id

    @property
    def key_holder(self) -> NeedsSurvey:
        return self.survey


class SurveyReturn(Versioned):
    """What a centre answers, once; sent by its lead, and then unchanged."""

    survey = models.ForeignKey(NeedsSurvey, on_delete=models.PROTECT, related_name="returns")
    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("Was uns sonst fehlt"), max_length=3000, blank=True)
    status = models.CharField(
        _("Stand"), max_length=5, choices=ReturnStatus, default=ReturnStatus.DRAFT, editable=False
    )
    sent_on = models.DateField(_("abgesandt am"), null=True, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("abgesandt von"), **PERSON)
    sent_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("abgesandt für"), **PERSON)
    is_demo = models.BooleanField(default=False, editable=False)
    key_number = key_number()

    class Meta:
        ordering = ["centre__organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "centre"], name="advising_centre_answers_once"),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(sent_on__isnull=False), name="advising_sent_return_has_its_day"
            ),
        ]

    def __str__(self):
        return f"{self.survey}, {self.centre}"

    def get_absolute_url(self):
        return self.survey.get_absolute_url()

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id


class TopicWish(models.Model):
    """How much a centre needs a topic: 0 not at all, 3 urgently."""

    class Priority(models.IntegerChoices):
        NONE = 0, _("kein Bedarf")
        LOW = 1, _("wenig")
        SOME = 2, _("deutlich")
        HIGH = 3, _("dringend")

    answer = models.ForeignKey(SurveyReturn, on_delete=models.CASCADE, related_name="wishes")
    topic = models.ForeignKey(SurveyTopic, on_delete=models.PROTECT, related_name="wishes")
    priority = models.PositiveSmallIntegerField(_("Bedarf"), choices=Priority)
    comment = models.CharField(_("Was genau"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "topic"], name="advising_topic_answered_once"),
            models.CheckConstraint(condition=Q(priority__lte=3), name="advising_priority_up_to_three"),
        ]

    def __str__(self):
        return f"{self.topic}: {self.priority}"

    @property
    def audit_organisation_id(self) -> int:
        return self.answer.centre_id

    @property
    def key_holder(self) -> SurveyReturn:
        return self.answer


class PlannedTraining(Versioned):
    """A line of the training programme of a year; `topic` is what of the survey it answers."""

    unit = models.ForeignKey(
        Organisation, verbose_name=_("Koordinierungsstelle"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("Programmjahr"))
    quarter = models.PositiveSmallIntegerField(_("Quartal"), choices=[(n, str(n)) for n in range(1, 5)])
    title = models.CharField(_("Titel"), max_length=200)
    topic = models.ForeignKey(
        SurveyTopic,
        verbose_name=_("Thema der Abfrage"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainings",
    )
    field = models.ForeignKey(
        Term, verbose_name=_("Handlungsfeld"), limit_choices_to={"kind": Term.Kind.FIELD}, **FIELD
    )
    audience = models.CharField(_("Für wen"), max_length=200)
    status = models.CharField(
        _("Stand"), max_length=9, choices=TrainingStatus, default=TrainingStatus.PLANNED, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["year", "quarter", "title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="advising_quarter_of_a_year")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('advising:trainings')}?jahr={self.year}"

    @property
    def audit_organisation_id(self) -> int:
        return self.unit_id
