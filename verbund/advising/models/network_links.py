"""What partners without an account get: links by mail, one for each member, which can be recalled."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.network_meetings import Meeting
from verbund.advising.models.networks import Network, NetworkMember


class Sending(models.Model):
    """Links sent at once: the invitation to a meeting, its minutes, or the calendar of the network."""

    class Kind(models.TextChoices):
        INVITATION = "INVITATION", _("Einladung")
        MINUTES = "MINUTES", _("Niederschrift")
        CALENDAR = "CALENDAR", _("Kalender")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="sendings")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="sendings")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    sent_on = models.DateField(_("verschickt am"))

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="CALENDAR", meeting__isnull=True) | (~Q(kind="CALENDAR") & Q(meeting__isnull=False)),
                name="advising_sending_about_a_meeting",
            )
        ]

    def __str__(self):
        return _("%(kind)s vom %(day)s") % {"kind": self.get_kind_display(), "day": f"{self.sent_on:%d.%m.%Y}"}

    def get_absolute_url(self):
        return reverse("advising:network-sending", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.network.centre_id

    @property
    def key_holder(self) -> Meeting | Network:
        return self.subject

    @property
    def is_about_minutes(self) -> bool:
        return self.kind == self.Kind.MINUTES

    @property
    def subject(self):
        """What was sent: a meeting or a network."""
        return self.meeting or self.network


class NetworkLink(models.Model):
    """The link of one mail to one member; only the hash of its token is stored, `valid_until` is its last day.

    `recipient` is the mailbox it went to. `opened_at` is the first time somebody pressed the button for the papers.
    `bounced_on` is the day its mail was noticed to have come back. `kind` and `meeting` repeat the sending's, so that
    of one kind a member never has two that hold.
    """

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Sending.Kind)
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(NetworkMember, on_delete=models.PROTECT, related_name="links")
    recipient = models.EmailField(_("Postfach"), max_length=254, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    valid_until = models.DateField(_("gilt bis"))
    opened_at = models.DateTimeField(_("geöffnet"), null=True)
    recalled_on = models.DateField(_("zurückgerufen am"), null=True)
    bounced_on = models.DateField(_("kam nicht an, bemerkt am"), null=True)
    recall_reason = models.CharField(_("Grund des Rückrufs"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "member"],
                condition=Q(recalled_on__isnull=True, meeting__isnull=False),
                name="advising_one_link_of_a_kind_holds",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(recalled_on__isnull=True, meeting__isnull=True),
                name="advising_one_calendar_link_holds",
            ),
            models.CheckConstraint(
                condition=Q(recalled_on__isnull=True) | ~Q(recall_reason=""),
                name="advising_recalled_link_says_why",
            ),
            models.CheckConstraint(
                condition=Q(bounced_on__isnull=True) | Q(recalled_on__isnull=False),
                name="advising_bounced_link_leads_nowhere",
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.get_kind_display()}"

    @property
    def audit_organisation_id(self) -> int:
        return self.sending.network.centre_id

    @property
    def key_holder(self) -> Meeting | Network:
        return self.sending.subject

    @property
    def is_recalled(self) -> bool:
        return self.recalled_on is not None

    def holds_on(self, day: date) -> bool:
        """Whether it still leads anywhere on a day."""
        return not self.is_recalled and day <= self.valid_until and self.member.sits_on(day)
