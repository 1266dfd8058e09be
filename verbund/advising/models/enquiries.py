"""Enquiries of citizens: what was asked, what was said to it, who had it, and the periods that apply."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.enquiries.lifecycle import CloseReason, EnquiryStatus
from verbund.advising.models.base import PERSON, CentreWork
from verbund.core.models.dated_numbers import DatedNumber
from verbund.directory.models import Centre, Organisation

LONGEST_TEXT = 3000
LONGEST_ANSWER = 6000


class EnquiryRule(DatedNumber):
    """A period that applies from a day on: how soon an enquiry is answered, how long its text is kept."""

    class What(models.TextChoices):
        ANSWER_WORKING_DAYS = "ANSWER_WORKING_DAYS", _("eine Bürgeranfrage wird beantwortet (Arbeitstage)")
        REPLY_WORKING_DAYS = "REPLY_WORKING_DAYS", _("auf die Antwort auf eine Rückfrage wird gewartet (Arbeitstage)")
        KEPT_DAYS = "KEPT_DAYS", _("Text und Adresse bleiben nach dem Ende (Tage)")

    what = models.CharField(max_length=20, choices=What)

    class Meta(DatedNumber.Meta):
        constraints = [
            models.UniqueConstraint(fields=["what", "valid_from"], name="advising_enquiry_rule_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=1), name="advising_enquiry_rule_positive"),
        ]


class Enquiry(CentreWork):
    """A question of somebody without account. Either a centre has it or a coordination unit.

    Without `field` it is about something else. `promised_on` is the day first promised; `due_on` moves on when the
    asker writes again after an answer. While the asker is asked something the time stands still: both days move on by
    the working days that waited. `answered_on` is the day of the first answer: from it the time of answering is
    measured. `ended_on` is the day from which it is kept; None while it is not over. `phone` is for calling back who
    asked by telephone.
    """

    class Channel(models.TextChoices):
        PAGE = "PAGE", _("öffentliche Seite")
        PHONE = "PHONE", _("Telefon")
        IN_PERSON = "IN_PERSON", _("persönlich")
        LETTER = "LETTER", _("Brief oder E-Mail")

    centre = models.ForeignKey(
        Centre, verbose_name=_("Zentrum"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Organisation,
        verbose_name=_("Koordinierungsstelle"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reference = models.CharField(_("Zeichen"), max_length=9, unique=True, editable=False)
    language = models.CharField(_("Sprache der Seite"), max_length=8, default="de")
    channel = models.CharField(_("Weg"), max_length=9, choices=Channel, default=Channel.PAGE, editable=False)
    question = models.TextField(_("Frage"), max_length=LONGEST_TEXT)
    email = models.EmailField(_("E-Mail-Adresse"), max_length=254, blank=True)
    phone = models.CharField(_("Telefon für den Rückruf"), max_length=40, blank=True)
    status = models.CharField(
        _("Stand"), max_length=9, choices=EnquiryStatus, default=EnquiryStatus.OPEN, editable=False
    )
    status_since = models.DateField(_("Stand seit"), editable=False)
    asked_on = models.DateField(_("gestellt am"), editable=False)
    promised_on = models.DateField(_("zugesagt bis"), editable=False)
    due_on = models.DateField(_("zu beantworten bis"), editable=False)
    answered_on = models.DateField(_("zuerst beantwortet am"), null=True, editable=False)
    ended_on = models.DateField(_("abgeschlossen am"), null=True, editable=False)
    close_reason = models.CharField(_("Grund"), max_length=8, choices=CloseReason, blank=True, editable=False)
    forgotten_on = models.DateField(_("Text gelöscht am"), null=True, editable=False)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(centre__isnull=False, unit__isnull=True) | Q(centre__isnull=True, unit__isnull=False),
                name="advising_enquiry_is_with_one_body",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["OPEN", "ASKED"]) ^ Q(ended_on__isnull=False),
                name="advising_enquiry_ends_once_nobody_has_to_answer",
            ),
            models.CheckConstraint(
                condition=~Q(status="ANSWERED") | Q(answered_on__isnull=False),
                name="advising_answered_enquiry_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(status="CLOSED") ^ Q(close_reason=""), name="advising_closed_enquiry_says_why"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_on=None) | Q(question="", email="", phone=""),
                name="advising_forgotten_enquiry_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="advising_enquiry_waiting")]

    def __str__(self):
        return _("Anfrage %(reference)s") % {"reference": self.reference}

    def get_absolute_url(self):
        return reverse("advising:enquiry", args=[self.pk])

    @property
    def responsible_id(self) -> int:
        """Return the id of the organisation that has it: the centre's or the unit's."""
        return self.centre_id or self.unit_id

    @property
    def responsible(self) -> Organisation:
        return self.centre.organisation if self.centre_id else self.unit

    @property
    def audit_organisation_id(self) -> int:
        return self.responsible_id

    @property
    def counted_on(self):
        """The day it counts for in returns: that on which it was asked."""
        return self.asked_on

    @property
    def is_open(self) -> bool:
        return self.status == EnquiryStatus.OPEN

    @property
    def waits_for_asker(self) -> bool:
        return self.status == EnquiryStatus.ASKED_BACK

    @property
    def has_link(self) -> bool:
        """Whether whoever asked has the private link: from the public page, or by mail."""
        return bool(self.email) or self.channel == self.Channel.PAGE


class EnquiryMessage(models.Model):
    """What either side said after the question. Never changed; deleted with the text of the enquiry."""

    class Kind(models.TextChoices):
        ADDED = "ADDED", _("Ergänzung")
        QUERY = "QUERY", _("Rückfrage")
        ANSWER = "ANSWER", _("Antwort")
        CLOSING = "CLOSING", _("Hinweis zum Abschluss")

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("Art"), max_length=7, choices=Kind)
    text = models.TextField(_("Text"), max_length=LONGEST_ANSWER)
    by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField(_("geschrieben am"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("geschrieben von"), **PERSON)
    written_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("geschrieben für"), **PERSON)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_asked_back(self) -> bool:
        return self.kind == self.Kind.QUERY

    @property
    def is_from_asker(self) -> bool:
        return self.kind == self.Kind.ADDED


class EnquiryTransfer(models.Model):
    """An enquiry passed on to another body, with the reason for the one that gets it."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="transfers")
    origin = models.ForeignKey(
        Organisation, verbose_name=_("bisher zuständig"), on_delete=models.PROTECT, related_name="+"
    )
    target = models.ForeignKey(
        Organisation, verbose_name=_("jetzt zuständig"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("Grund"), max_length=600)
    passed_on = models.DateField(_("weitergegeben am"))
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("weitergegeben von"), **PERSON)
    passed_for = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("weitergegeben für"), **PERSON)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=models.F("target")), name="advising_enquiry_is_passed_on_to_another"
            )
        ]

    def __str__(self):
        return f"{self.origin} → {self.target}"
