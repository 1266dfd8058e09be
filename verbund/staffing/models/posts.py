"""Funded posts, and who holds them. A post comes from a source above (a notice); staffing keeps only its key."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Centre
from verbund.programmes.rules import ASSISTANT, SPECIALIST, TEACHER
from verbund.staffing.calculations import Stretch
from verbund.staffing.lifecycle import OCCUPANCY, OccupancyStatus
from verbund.staffing.models.teachers import PERSON

SHARE = {"max_digits": 7, "decimal_places": 6}


class Post(models.Model):
    """A post that a source provides to a centre from `valid_from` to `valid_until`, both days included.

    `source_key` names the source for the program ("application:12"), `source_reference` for people (a file reference).
    Within one source `label` is the post: a later version changes its share and period. `full_time_share` is the most
    that is funded on any day; `needs_qualification` says whether an occupancy counts only once its qualification is
    confirmed. `ended_on`: since then no version of the source provides it.
    """

    class Function(models.TextChoices):
        SOCIAL_EDUCATION = "SOCIAL_EDUCATION", _("sozialpädagogische oder sozialwissenschaftliche Fachkraft")
        ADMINISTRATION = "ADMINISTRATION", _("Verwaltungsfachkraft")
        SUPPORT = "SUPPORT", _("Verwaltungsassistenz")

    class RateClass(models.TextChoices):
        SPECIALIST = SPECIALIST, _("Fachkraft")
        ASSISTANT = ASSISTANT, _("Assistenz")
        TEACHER = TEACHER, _("Lehrkraft (gestellt)")

    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=60, editable=False)
    source_reference = models.CharField(_("Aktenzeichen"), max_length=60, blank=True, editable=False)
    label = models.CharField(_("Stelle"), max_length=60)
    function = models.CharField(_("Funktion"), max_length=20, choices=Function)
    rate_class = models.CharField(_("Förderklasse"), max_length=10, choices=RateClass)
    full_time_share = models.DecimalField(_("Stellenanteil"), **SHARE)
    needs_qualification = models.BooleanField(_("Qualifikation nötig"), default=False)
    valid_from = models.DateField(_("gefördert von"))
    valid_until = models.DateField(_("gefördert bis"))
    ended_on = models.DateField(_("weggefallen am"), null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_key", "label"], name="staffing_post_once_per_source"),
            models.CheckConstraint(
                condition=Q(full_time_share__gt=0, full_time_share__lte=1), name="staffing_post_share_up_to_one"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="staffing_post_period_in_order"),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return f"{reverse('portal:post-plan', args=[self.centre_id])}?jahr={self.valid_from.year}"

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id

    @property
    def is_in_kind(self) -> bool:
        """Whether the state provides the person instead of paying for one."""
        return self.rate_class == TEACHER

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None


class Occupancy(models.Model):
    """A person on a post for a share and a period, both days included. Several together share one post.

    `is_funded` says that the share counts for the grant, never why not: no reason of an absence is stored. Ending one
    before its time moves `valid_until`; a cancelled one was recorded by mistake and does not count.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="occupancies")
    status = models.CharField(
        _("Stand"), max_length=9, choices=OccupancyStatus, default=OccupancyStatus.RECORDED, editable=False
    )
    holder = models.CharField(_("Name"), max_length=120)
    full_time_share = models.DecimalField(_("Stellenanteil"), **SHARE)
    valid_from = models.DateField(_("besetzt von"))
    valid_until = models.DateField(_("besetzt bis"))
    is_funded = models.BooleanField(_("gefördert"), default=True)
    qualification_confirmed_on = models.DateField(_("Qualifikation bestätigt am"), null=True, editable=False)
    qualification_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Qualifikation bestätigt von"), **PERSON
    )
    qualification_confirmed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Qualifikation bestätigt für"), **PERSON
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen von"), **PERSON)
    recorded_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("eingetragen für"), **PERSON)
    recorded_on = models.DateField(_("eingetragen am"), editable=False)

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(full_time_share__gt=0, full_time_share__lte=1), name="staffing_occupancy_share_up_to_one"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="staffing_occupancy_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(qualification_confirmed_by__isnull=True) | Q(qualification_confirmed_on__isnull=False),
                name="staffing_confirmed_qualification_has_its_day",
            ),
        ]

    def __str__(self):
        return str(self.post)

    def get_absolute_url(self):
        return self.post.get_absolute_url()

    @property
    def audit_organisation_id(self) -> int:
        return self.post.centre_id

    @property
    def stretch(self) -> Stretch:
        return Stretch(Decimal(self.full_time_share), self.valid_from, self.valid_until)

    @property
    def is_cancelled(self) -> bool:
        return self.status == OccupancyStatus.CANCELLED

    @property
    def open_moves(self) -> set[str]:
        """Return the names of the moves its status allows."""
        return OCCUPANCY.open_for(self.status)

    @property
    def is_qualified(self) -> bool:
        """Whether the gate of the qualification is passed, or there is none."""
        return self.qualification_confirmed_on is not None or not self.post.needs_qualification

    @property
    def counts(self) -> bool:
        """Whether the share counts for the grant."""
        return self.is_funded and self.is_qualified and not self.is_cancelled
