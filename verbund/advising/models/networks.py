"""Local networks: bodies and working groups of a centre, and their members by function."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import CentreWork, key_number
from verbund.core.versions import Versioned
from verbund.directory.models import BodyName, Partner


class Network(CentreWork):
    """A body or working group the centre leads or sits in; `valid_from` to `valid_until`, both days included.

    With `body` it is that body itself, whose name depends on the day (`directory.models.BodyName`); `name` is what
    stands where no name is recorded. The three numbers of days are the network's own arrangement.
    """

    class Kind(models.TextChoices):
        STEERING_GROUP = "STEERING_GROUP", _("Steuerungsgruppe")
        WORKING_GROUP = "WORKING_GROUP", _("Arbeitskreis")
        ROUND_TABLE = "ROUND_TABLE", _("Runder Tisch")
        CONFERENCE = "CONFERENCE", _("Konferenz")
        COUNCIL = "COUNCIL", _("Gremium der Kommune")
        OTHER = "OTHER", _("anderes Netzwerk")

    class Part(models.TextChoices):
        LEADS = "LEADS", _("leitet")
        SITS_IN = "SITS_IN", _("wirkt mit")

    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Art"), max_length=16, choices=Kind)
    body = models.CharField(_("ist dieses Gremium selbst"), max_length=20, choices=BodyName.Body, blank=True)
    part = models.CharField(_("Das Zentrum"), max_length=8, choices=Part)
    purpose = models.TextField(_("Wozu es da ist"), max_length=2000)
    rhythm = models.CharField(_("Wie oft es tagt"), max_length=200, blank=True)
    valid_from = models.DateField(_("seit"))
    valid_until = models.DateField(_("bis"), null=True, blank=True)
    invite_days = models.PositiveSmallIntegerField(_("Einladung spätestens … Tage vorher"), default=14)
    minutes_days = models.PositiveSmallIntegerField(_("Niederschrift spätestens … Tage danach"), default=14)
    link_days = models.PositiveSmallIntegerField(_("Links gelten … Tage über die Sitzung hinaus"), default=60)
    key_number = key_number()

    class Meta(CentreWork.Meta):
        ordering = ["name", "pk"]
        constraints = [
            *CentreWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="advising_network_period_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("advising:network", args=[self.pk])

    @property
    def counted_on(self) -> date:
        return self.valid_from

    def runs_on(self, day: date) -> bool:
        """Whether the network exists on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def is_led(self) -> bool:
        """Whether the centre itself leads it."""
        return self.part == self.Part.LEADS


class NetworkMember(Versioned):
    """Who sits in a network, by function and never by name: an institution, a body of the municipality, or another.

    Exactly one of `partner`, `body` (whose name depends on the day) and `body_text` (police, chamber) is said
    (`operations.add_member`).
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="members")
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("Einrichtung"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="network_memberships",
    )
    body = models.CharField(_("Gremium"), max_length=20, choices=BodyName.Body, blank=True)
    body_text = models.CharField(_("andere Stelle"), max_length=120, blank=True)
    function = models.CharField(_("Funktion"), max_length=120)
    email = models.EmailField(_("Postfach der Funktion"), max_length=254, blank=True)
    is_invited = models.BooleanField(_("bekommt Einladungen"), default=True)
    valid_from = models.DateField(_("seit"))
    valid_until = models.DateField(_("bis"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, body="")
                | (Q(partner__isnull=True) & (~Q(body="") | ~Q(body_text=""))),
                name="advising_member_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="advising_member_period_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.function}"

    def get_absolute_url(self):
        return f"{self.network.get_absolute_url()}#mitglieder"

    @property
    def organisation(self) -> str:
        """What the member stands for; a body by its usual word (`reading.Names` knows its name on a day)."""
        return str(self.partner) if self.partner_id else self.body_text or str(self.get_body_display())

    @property
    def audit_organisation_id(self) -> int:
        return self.network.centre_id

    @property
    def key_holder(self) -> Network:
        return self.network

    def sits_on(self, day: date) -> bool:
        """Whether the member belongs to the network on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
