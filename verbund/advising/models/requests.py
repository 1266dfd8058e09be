"""Advice by the coordination units: what a centre asks, what is said to and fro, visits, and answers for all."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import PERSON, CentreWork, key_number
from verbund.advising.models.templates import ConceptTemplate
from verbund.advising.requests.lifecycle import AnswerStatus, Helped, RequestStatus, VisitStatus, Wish
from verbund.core.models import StoredFile
from verbund.core.versions import Versioned
from verbund.directory.models import Organisation
from verbund.offers.models import Term


class AdviceRequest(CentreWork):
    """A question of a centre to the unit that is responsible. The draft is the centre's alone.

    `answered_on` is the day of the first answer: from it the time of answering is measured.
    """

    unit = models.ForeignKey(
        Organisation, verbose_name=_("Koordinierungsstelle"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("Worum es geht"), max_length=200)
    question = models.TextField(_("Frage"), max_length=5000)
    wish = models.CharField(_("Was Sie sich wünschen"), max_length=8, choices=Wish, default=Wish.ANSWER)
    status = models.CharField(
        _("Stand"), max_length=10, choices=RequestStatus, default=RequestStatus.DRAFT, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    asked_on = models.DateField(_("gestellt am"), null=True, editable=False)
    answered_on = models.DateField(_("zuerst beantwortet am"), null=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("gestellt von"), **PERSON)
    asked_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("gestellt für"), **PERSON)
    helped = models.CharField(_("Hat es geholfen?"), max_length=6, choices=Helped, blank=True, editable=False)
    helped_note = models.CharField(_("Bemerkung"), max_length=600, blank=True, editable=False)
    key_number = key_number()

    class Meta(CentreWork.Meta):
        abstract = False
        ordering = ["-asked_on", "-pk"]
        constraints = [
            *CentreWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(asked_on__isnull=False), name="advising_sent_request_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(status="ANSWERED") | Q(answered_on__isnull=False), name="advising_answer_has_its_day"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("advising:request", args=[self.pk])

    @property
    def counted_on(self):
        """The day it counts for in returns: that on which it was asked."""
        return self.asked_on


class AdviceMessage(models.Model):
    """What one side says to the other, with what it attaches. Never changed once it was said."""

    class Kind(models.TextChoices):
        ASK_BACK = "ASK_BACK", _("Rückfrage")
        REPLY = "REPLY", _("Antwort auf die Rückfrage")
        ANSWER = "ANSWER", _("Antwort")
        FURTHER = "FURTHER", _("weitere Frage")

    FROM_UNIT = frozenset({Kind.ASK_BACK, Kind.ANSWER})

    request = models.ForeignKey(AdviceRequest, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("Art"), max_length=8, choices=Kind)
    text = models.TextField(_("Text"), max_length=6000)
    template = models.ForeignKey(
        ConceptTemplate,
        verbose_name=_("Musterkonzept"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    link = models.URLField(_("Link"), max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("Datei"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField(_("geschrieben am"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("geschrieben von"), **PERSON)
    written_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("geschrieben für"), **PERSON)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]

    @property
    def audit_organisation_id(self) -> int:
        return self.request.centre_id

    @property
    def key_holder(self) -> AdviceRequest:
        return self.request

    @property
    def is_from_unit(self) -> bool:
        return self.kind in self.FROM_UNIT


class AdviceVisit(models.Model):
    """A visit of the unit at a centre: day, place, who comes by function, what came of it."""

    request = models.ForeignKey(AdviceRequest, on_delete=models.CASCADE, related_name="visits")
    visited_on = models.DateField(_("Tag"))
    place = models.CharField(_("Wo"), max_length=200)
    who = models.CharField(_("Wer kommt"), max_length=200)
    status = models.CharField(
        _("Stand"), max_length=9, choices=VisitStatus, default=VisitStatus.PLANNED, editable=False
    )
    result = models.TextField(_("Ergebnis"), max_length=3000, blank=True, editable=False)

    class Meta:
        ordering = ["visited_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status="PLANNED") | ~Q(result=""), name="advising_visit_says_its_result")
        ]

    def __str__(self):
        return f"{self.visited_on:%d.%m.%Y}, {self.place}"

    def get_absolute_url(self):
        return self.request.get_absolute_url()

    @property
    def audit_organisation_id(self) -> int:
        return self.request.centre_id

    @property
    def key_holder(self) -> AdviceRequest:
        return self.request


class CommonAnswer(Versioned):
    """An answer of a unit for all centres: neutral, without the centre that asked. `origin` is for the unit alone.

    Title, question and answer are what is written now; what centres read are its versions.
    """

    unit = models.ForeignKey(
        Organisation, verbose_name=_("Koordinierungsstelle"), on_delete=models.PROTECT, related_name="+"
    )
    origin = models.ForeignKey(
        AdviceRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="common_answers", editable=False
    )
    field = models.ForeignKey(
        Term,
        verbose_name=_("Handlungsfeld"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.FIELD},
    )
    title = models.CharField(_("Titel"), max_length=200)
    question = models.TextField(_("Frage"), max_length=3000)
    answer = models.TextField(_("Antwort"), max_length=8000)
    status = models.CharField(
        _("Stand"), max_length=9, choices=AnswerStatus, default=AnswerStatus.DRAFT, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    withdraw_reason = models.CharField(_("Grund"), max_length=500, blank=True, editable=False)
    key_number = key_number()
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="WITHDRAWN") | ~Q(withdraw_reason=""), name="advising_withdrawn_answer_says_why"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("advising:answer", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.unit_id


class CommonAnswerVersion(models.Model):
    """An answer for all as it was released on a day."""

    common = models.ForeignKey(CommonAnswer, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    title = models.CharField(_("Titel"), max_length=200)
    question = models.TextField(_("Frage"), max_length=3000)
    answer = models.TextField(_("Antwort"), max_length=8000)
    released_on = models.DateField(_("freigegeben am"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("freigegeben von"), **PERSON)
    released_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("freigegeben für"), **PERSON)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["common", "number"], name="advising_answer_version_once")]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def audit_organisation_id(self) -> int:
        return self.common.unit_id

    @property
    def key_holder(self) -> CommonAnswer:
        return self.common
