"""Meetings of a network: agenda with minutes, who comes, decisions, tasks, papers."""

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import key_number
from verbund.advising.models.networks import Network, NetworkMember
from verbund.advising.networks.lifecycle import COMING, TOOK_PLACE, MeetingStatus, TaskStatus
from verbund.core.dates import BERLIN
from verbund.core.models import StoredFile
from verbund.core.versions import Versioned


class OfMeeting(models.Model):
    """What belongs to a meeting stands in the trail of its centre, its texts under the key of the meeting."""

    class Meta:
        abstract = True

    @property
    def audit_organisation_id(self) -> int:
        return self.meeting.network.centre_id

    @property
    def key_holder(self) -> "Meeting":
        return self.meeting


class Meeting(Versioned):
    """A meeting on a day in Berlin time; `uid` names it in calendars, `version` counts saved edits.

    Of one network at most one meeting stands on a day.
    """

    network = models.ForeignKey(Network, verbose_name=_("Netzwerk"), on_delete=models.PROTECT, related_name="meetings")
    status = models.CharField(
        _("Stand"), max_length=9, choices=MeetingStatus, default=MeetingStatus.PLANNED, editable=False
    )
    day = models.DateField(_("Tag"))
    begins = models.TimeField(_("Beginn"))
    ends = models.TimeField(_("Ende"))
    place = models.CharField(_("Ort"), max_length=200, blank=True)
    online_url = models.URLField(_("Adresse der Online-Sitzung"), max_length=300, blank=True)
    cancel_reason = models.CharField(_("Grund der Absage"), max_length=300, blank=True, editable=False)
    guests = models.PositiveSmallIntegerField(_("Gäste"), default=0)
    invited_on = models.DateField(_("eingeladen am"), null=True, editable=False)
    released_on = models.DateField(_("Niederschrift freigegeben am"), null=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    key_number = key_number()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "day"],
                condition=~Q(status=MeetingStatus.CANCELLED),
                name="advising_one_meeting_a_day",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="advising_meeting_times_in_order"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(online_url=""), name="advising_meeting_is_somewhere"),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.RELEASED, released_on__isnull=False)
                | (~Q(status=MeetingStatus.RELEASED) & Q(released_on__isnull=True)),
                name="advising_released_minutes_have_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.CANCELLED) | ~Q(cancel_reason=""),
                name="advising_cancelled_meeting_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.network.name}, {self.day:%d.%m.%Y}"

    def get_absolute_url(self):
        return reverse("advising:network-meeting", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.network.centre_id

    @property
    def centre_id(self) -> int:
        return self.network.centre_id

    @property
    def happening_key(self) -> str:
        """Under which key cost items are tied to it (`funding.operations.attribute`)."""
        return f"{self._meta.label}:{self.pk}"

    @property
    def counted_on(self) -> date:
        return self.day

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.begins, BERLIN)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.ends, BERLIN)

    @property
    def is_coming(self) -> bool:
        """Planned or invited: day, place and agenda may still change."""
        return self.status in COMING

    @property
    def is_held(self) -> bool:
        """Held, the minutes still being written."""
        return self.status == MeetingStatus.HELD

    @property
    def is_released(self) -> bool:
        return self.status == MeetingStatus.RELEASED

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def took_place(self) -> bool:
        return self.status in TOOK_PLACE


class AgendaItem(OfMeeting):
    """A point of the agenda, who brings it (by function), and what the minutes say of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("Nummer"))
    title = models.CharField(_("Punkt"), max_length=200)
    brought_by = models.CharField(_("bringt ein"), max_length=120, blank=True)
    minutes = models.TextField(_("Niederschrift"), max_length=10_000, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.position}. {self.title}"


class Participation(OfMeeting):
    """What a member answered to an invitation, and how many came for it; a deputy is named by function."""

    class Answer(models.TextChoices):
        ACCEPTS = "ACCEPTS", _("kommt")
        DECLINES = "DECLINES", _("kommt nicht")
        SENDS_DEPUTY = "SENDS_DEPUTY", _("schickt eine Vertretung")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey(NetworkMember, on_delete=models.PROTECT, related_name="participations")
    answer = models.CharField(_("Antwort"), max_length=12, choices=Answer, blank=True)
    deputy_function = models.CharField(_("Funktion der Vertretung"), max_length=120, blank=True)
    answered_on = models.DateField(_("geantwortet am"), null=True)
    came = models.PositiveSmallIntegerField(_("anwesend"), null=True)

    class Meta:
        ordering = ["member_id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="advising_member_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="advising_answer_to_invitation_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_answer_display()}"


class NetworkDecision(OfMeeting):
    """A decision of a network, numbered in the order of the year."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField(_("Jahr"))
    number = models.PositiveSmallIntegerField(_("Nummer"))
    text = models.TextField(_("Beschluss"), max_length=2000)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "year", "number"], name="advising_decision_number_once")
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"


class MeetingTask(OfMeeting):
    """What was agreed to be done: by a member, or by a function of the centre; with an end it has a day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="tasks")
    status = models.CharField(_("Stand"), max_length=7, choices=TaskStatus, default=TaskStatus.OPEN, editable=False)
    text = models.CharField(_("Aufgabe"), max_length=500)
    member = models.ForeignKey(
        NetworkMember, verbose_name=_("Mitglied"), null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    centre_function = models.CharField(_("Funktion im Zentrum"), max_length=120, blank=True)
    due_on = models.DateField(_("fällig am"), null=True, blank=True)
    closed_on = models.DateField(_("erledigt am"), null=True, editable=False)
    note = models.CharField(_("Bemerkung"), max_length=500, blank=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | ~Q(centre_function=""),
                name="advising_task_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(status=TaskStatus.OPEN, closed_on__isnull=True)
                | (~Q(status=TaskStatus.OPEN) & Q(closed_on__isnull=False)),
                name="advising_closed_task_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"])]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#aufgaben"

    @property
    def is_open(self) -> bool:
        return self.status == TaskStatus.OPEN

    def is_overdue(self, on: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on


class Paper(OfMeeting):
    """A file for a meeting: PDF, stored unchanged."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("Bezeichnung"), max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title
