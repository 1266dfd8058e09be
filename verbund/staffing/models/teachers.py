"""Requests for teacher posts, and the secondments that fill them. Posts are counted in steps of a half."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models import Centre
from verbund.programmes.models import FundingGuideline
from verbund.staffing.calculations import Stretch
from verbund.staffing.lifecycle import OVER, RequestStatus, SecondmentStatus

PERSON = {"on_delete": models.PROTECT, "null": True, "blank": True, "editable": False, "related_name": "+"}
MOST_POSTS = 20
HALF_STEPS = [Decimal(halves) / 2 for halves in range(1, 2 * MOST_POSTS + 1)]
"""0.5, 1, 1.5 … 20: the numbers of posts that can be requested and confirmed."""


class TeacherRequest(Versioned):
    """A centre's request to the school ministry for teacher posts of a grant year: in kind, no euro.

    `guideline` is the version that was in force for the year when the request was sent. `reason` is the centre's,
    `decision_reason` the ministry's. `version` counts the saved edits of the draft.
    """

    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Förderjahr"))
    status = models.CharField(
        _("Stand"), max_length=9, choices=RequestStatus, default=RequestStatus.DRAFT, editable=False
    )
    status_since = models.DateField(editable=False)
    posts_requested = models.DecimalField(_("angeforderte Stellen"), max_digits=4, decimal_places=1)
    posts_confirmed = models.DecimalField(
        _("bestätigte Stellen"), max_digits=4, decimal_places=1, null=True, editable=False
    )
    reason = models.TextField(_("Wofür die Lehrkräfte gebraucht werden"), max_length=2000, blank=True)
    decision_reason = models.TextField(_("Begründung der Entscheidung"), max_length=2000, blank=True, editable=False)
    guideline = models.ForeignKey(
        FundingGuideline,
        verbose_name=_("Richtlinie"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("angefordert von"), **PERSON)
    requested_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("angefordert für"), **PERSON)
    requested_on = models.DateField(_("angefordert am"), null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("entschieden von"), **PERSON)
    decided_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("entschieden für"), **PERSON)
    decided_on = models.DateField(_("entschieden am"), null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-year", "centre__organisation__name", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "year"],
                condition=~Q(status__in=sorted(OVER)),
                name="staffing_one_open_request_per_centre_and_year",
            ),
            models.CheckConstraint(condition=Q(posts_requested__in=HALF_STEPS), name="staffing_request_in_half_posts"),
            models.CheckConstraint(
                condition=Q(posts_confirmed__isnull=True)
                | Q(posts_confirmed__in=HALF_STEPS, posts_confirmed__lte=F("posts_requested")),
                name="staffing_never_more_confirmed_than_requested",
            ),
            models.CheckConstraint(
                condition=Q(status="CONFIRMED", posts_confirmed__isnull=False)
                | (~Q(status="CONFIRMED") & Q(posts_confirmed__isnull=True)),
                name="staffing_confirmed_says_how_many",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="staffing_who_requests_does_not_decide",
            ),
        ]

    def __str__(self):
        return gettext("Lehrkräftestellen %(year)s, %(centre)s") % {"year": self.year, "centre": self.centre}

    def get_absolute_url(self):
        return reverse("staffing:request", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id

    @property
    def is_draft(self) -> bool:
        return self.status == RequestStatus.DRAFT

    @property
    def is_requested(self) -> bool:
        return self.status == RequestStatus.REQUESTED

    @property
    def is_confirmed(self) -> bool:
        return self.status == RequestStatus.CONFIRMED


class Secondment(models.Model):
    """A teacher seconded to a centre for a share and a period, both days included; the function stands for the person.

    Ending one before its time moves `valid_until` to the last day; a cancelled one was recorded by mistake and does not
    count.
    """

    class SchoolType(models.TextChoices):
        PRIMARY = "PRIMARY", _("Grundschule")
        HAUPTSCHULE = "HAUPTSCHULE", _("Hauptschule")
        REALSCHULE = "REALSCHULE", _("Realschule")
        SEKUNDARSCHULE = "SEKUNDARSCHULE", _("Sekundarschule")
        COMPREHENSIVE = "COMPREHENSIVE", _("Gesamtschule")
        GYMNASIUM = "GYMNASIUM", _("Gymnasium")
        VOCATIONAL = "VOCATIONAL", _("Berufskolleg")
        SPECIAL_NEEDS = "SPECIAL_NEEDS", _("Förderschule")

    request = models.ForeignKey(TeacherRequest, on_delete=models.PROTECT, related_name="secondments")
    status = models.CharField(
        _("Stand"), max_length=9, choices=SecondmentStatus, default=SecondmentStatus.RECORDED, editable=False
    )
    label = models.CharField(_("Funktion"), max_length=80)
    school_type = models.CharField(_("Schulform"), max_length=14, choices=SchoolType, blank=True)
    full_time_share = models.DecimalField(_("Stellenanteil"), max_digits=7, decimal_places=6)
    valid_from = models.DateField(_("abgeordnet von"))
    valid_until = models.DateField(_("abgeordnet bis"))
    end_reason = models.TextField(_("Grund"), max_length=1000, blank=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen von"), **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen für"), **PERSON)
    recorded_on = models.DateField(_("eingetragen am"), editable=False)

    class Meta:
        ordering = ["valid_from", "label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(full_time_share__gt=0, full_time_share__lte=1), name="staffing_share_up_to_one"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="staffing_secondment_period_in_order"
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return self.request.get_absolute_url()

    @property
    def audit_organisation_id(self) -> int:
        return self.request.centre_id

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.full_time_share, self.valid_from, self.valid_until)

    @property
    def counts(self) -> bool:
        return self.status != SecondmentStatus.CANCELLED
