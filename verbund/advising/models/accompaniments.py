"""Accompanying institutions: kinds of advice, accompaniments with their steps, and merged institutions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.accompaniments.lifecycle import AccompanimentStatus
from verbund.advising.models.base import CentreWork, key_number
from verbund.core.versions import Versioned
from verbund.directory.models import Centre, Partner
from verbund.offers.models import Offer

LONGEST_DAY = 24 * 60


class KindOfAdvice(models.Model):
    """A kind of advice for some kinds of institutions: founding, funding, rooms, networking of migrant organisations.

    `partner_kinds` are codes of `Partner.Kind`, empty for all. The rows come with the program and hold for a time.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Bezeichnung"), max_length=80)
    description = models.CharField(_("Erklärung"), max_length=200)
    partner_kinds = models.JSONField(_("für welche Einrichtungen"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)
    valid_from = models.DateField(_("gilt ab"), null=True, blank=True)
    valid_until = models.DateField(_("gilt bis"), null=True, blank=True)
    source = models.CharField(_("Quelle"), max_length=300)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="advising_kind_of_advice_period_in_order",
            )
        ]

    def __str__(self):
        return self.name


class Accompaniment(CentreWork):
    """A centre advises or accompanies an institution on an occasion, once or for a long time.

    `key_number` names the key of its and its steps' free texts in the audit trail: it grows when something was cut out.
    """

    FREE_TEXTS = ("occasion", "agreement", "material", "follow_up_note", "closing_reason")

    class Duration(models.TextChoices):
        ONE_OFF = "ONE_OFF", _("einmalig")
        LONG_TERM = "LONG_TERM", _("längerfristig")

    class Outcome(models.TextChoices):
        REACHED = "REACHED", _("erreicht")
        PARTLY = "PARTLY", _("teilweise erreicht")
        NOT_REACHED = "NOT_REACHED", _("nicht erreicht")

    partner = models.ForeignKey(
        Partner, verbose_name=_("Einrichtung"), on_delete=models.PROTECT, related_name="accompaniments"
    )
    occasion = models.CharField(_("Anlass"), max_length=300)
    duration = models.CharField(_("Dauer"), max_length=9, choices=Duration, default=Duration.ONE_OFF)
    kind_of_advice = models.ForeignKey(
        KindOfAdvice,
        verbose_name=_("Art der Beratung"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    started_on = models.DateField(_("begonnen am"))
    agreement = models.TextField(_("Vereinbarung"), max_length=2000, blank=True)
    agreed_on = models.DateField(_("vereinbart am"), null=True, blank=True)
    agreed_from = models.DateField(_("vereinbart von"), null=True, blank=True)
    agreed_until = models.DateField(_("vereinbart bis"), null=True, blank=True)
    material = models.TextField(_("andere Fortbildung, Material"), max_length=1000, blank=True)
    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    training = models.ForeignKey(
        "advising.PlannedTraining",
        verbose_name=_("Fortbildung aus dem Programm"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    follow_up_on = models.DateField(_("Wiedervorlage am"), null=True, blank=True)
    follow_up_note = models.CharField(_("Wiedervorlage wofür"), max_length=200, blank=True)
    status = models.CharField(
        _("Stand"),
        max_length=7,
        choices=AccompanimentStatus,
        default=AccompanimentStatus.RUNNING,
        editable=False,
    )
    outcome = models.CharField(_("Ergebnis"), max_length=11, choices=Outcome, blank=True, editable=False)
    closing_reason = models.CharField(_("Begründung"), max_length=500, blank=True, editable=False)
    closed_on = models.DateField(_("abgeschlossen am"), null=True, editable=False)
    key_number = key_number()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta(CentreWork.Meta):
        ordering = ["-started_on", "-pk"]
        constraints = [
            *CentreWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agreed_until__isnull=True)
                | Q(agreed_from__isnull=True)
                | Q(agreed_until__gte=F("agreed_from")),
                name="advising_accompaniment_agreed_in_order",
            ),
            models.CheckConstraint(
                condition=Q(status="RUNNING", closed_on__isnull=True, outcome="")
                | (Q(status="CLOSED", closed_on__isnull=False) & ~Q(outcome="")),
                name="advising_accompaniment_closed_with_result",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-started_on"], name="advising_acc_of_centre"),
            models.Index(fields=["partner", "status"], name="advising_acc_of_partner"),
            models.Index(
                fields=["centre", "follow_up_on"],
                condition=Q(follow_up_on__isnull=False),
                name="advising_acc_follow_up",
            ),
        ]

    def __str__(self):
        return f"{self.partner}: {self.occasion}"

    def get_absolute_url(self):
        return reverse("advising:accompaniment", args=[self.pk])

    @property
    def counted_on(self):
        """The day it counts for in returns: that on which it began."""
        return self.started_on

    @property
    def is_running(self) -> bool:
        return self.status == AccompanimentStatus.RUNNING


class AccompanimentStep(Versioned):
    """Something the centre did for an institution on a day: visit, call, meeting, training.

    Who took part stands there by function with numbers, never by name; `people` is their sum. `centre` is that of the
    accompaniment, so that the weeks of a centre are found without it. `key_number` names the key of texts from the time
    when a step had one of its own.
    """

    FREE_TEXTS = ("what", "attended", "result")

    class Kind(models.TextChoices):
        VISIT = "VISIT", _("Besuch")
        PHONE = "PHONE", _("Telefonat")
        MEETING = "MEETING", _("Besprechung")
        TRAINING = "TRAINING", _("Fortbildung")
        OTHER = "OTHER", _("anderes")

    accompaniment = models.ForeignKey(Accompaniment, on_delete=models.PROTECT, related_name="steps")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("Tag"))
    kind = models.CharField(_("Art"), max_length=8, choices=Kind, default=Kind.VISIT)
    minutes = models.PositiveSmallIntegerField(_("Minuten"), null=True, blank=True)
    what = models.CharField(_("Was geschehen ist"), max_length=500)
    attended = models.CharField(_("Wer dabei war"), max_length=300, blank=True)
    people = models.PositiveSmallIntegerField(_("Zahl der Beteiligten"), default=0)
    result = models.CharField(_("Ergebnis"), max_length=500, blank=True)
    key_number = models.PositiveSmallIntegerField(default=0, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=LONGEST_DAY),
                name="advising_step_minutes_of_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["centre", "done_on"], name="advising_step_of_week"),
            models.Index(fields=["done_on", "accompaniment", "minutes"], name="advising_step_of_year"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("advising:accompaniment", args=[self.accompaniment_id])

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id

    @property
    def key_holder(self) -> Accompaniment:
        return self.accompaniment


class PartnerMerge(models.Model):
    """One institution that was kept twice: `merged` goes on as `kept`.

    `moved` says what was moved, as `{"app.Model.field": [ids]}`, so that it can be undone. While `undone_on` is empty
    the merged institution is hidden.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="merged_into")
    reason = models.CharField(_("Grund"), max_length=300)
    moved = models.JSONField(default=dict)
    ended_before = models.DateField(null=True)
    merged_on = models.DateField(_("zusammengeführt am"))
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    merged_for = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_on = models.DateField(_("aufgehoben am"), null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_for = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-merged_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_on__isnull=True), name="advising_merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="advising_merge_of_two"),
        ]

    def __str__(self):
        return f"{self.merged} → {self.kept}"

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id
