"""Applications for a grant: what a carrier asks for, who signed it, and what it looked like when submitted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.core.money import MoneyField
from verbund.core.versions import Versioned
from verbund.directory.models import Carrier, Centre
from verbund.funding.lifecycle import EDITABLE, INSIDE, ApplicationStatus
from verbund.funding.models.calls import Call
from verbund.staffing.models import Post

PERSON = {"on_delete": models.PROTECT, "null": True, "blank": True, "editable": False, "related_name": "+"}

page_of_file = property(lambda record: record.application.page_instead)
"""For records of a file: once it is deleted, all their pages are the one that says so (`core.permissions.gate`)."""


class GrantApplication(Versioned):
    """A carrier's application for its centre under a call. `version` counts the saved edits of the draft.

    With `deleted_on` its file was deleted after its period (`RetentionItem`); what is left is what stays.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="applications")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(
        max_length=24, choices=ApplicationStatus, default=ApplicationStatus.DRAFT, editable=False, db_index=True
    )
    status_since = models.DateField(null=True, editable=False)
    file_reference = models.CharField(_("Aktenzeichen"), max_length=60, blank=True, editable=False)
    purpose = models.TextField(_("Wofür die Förderung gebraucht wird"), max_length=4000, blank=True)
    concept_adopted_on = models.DateField(_("Integrationskonzept beschlossen am"), null=True, blank=True)
    resolution_on = models.DateField(_("Beschluss über das Zentrum vom"), null=True, blank=True)
    provides_rooms = models.BooleanField(_("Räume stellt der Träger"), default=False)
    provides_equipment = models.BooleanField(_("Büroausstattung stellt der Träger"), default=False)
    provides_running_costs = models.BooleanField(_("Laufenden Betrieb zahlt der Träger"), default=False)
    amount_rooms = MoneyField(_("Räume, Eigenanteil im Jahr"), null=True, blank=True)
    amount_equipment = MoneyField(_("Ausstattung, Eigenanteil im Jahr"), null=True, blank=True)
    amount_running_costs = MoneyField(_("Betrieb, Eigenanteil im Jahr"), null=True, blank=True)
    amount_requested = MoneyField(_("beantragt"), null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    offered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    offered_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_at = models.DateTimeField(null=True, editable=False)
    received_on = models.DateField(_("Eingangsdatum"), null=True, editable=False)
    is_late = models.BooleanField(_("verspätet eingegangen"), default=False, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    hand_back_reason = models.TextField(max_length=4000, blank=True, editable=False)
    withdrawal_reason = models.TextField(max_length=4000, blank=True, editable=False)
    comments_invited_at = models.DateTimeField(null=True, editable=False)
    deleted_on = models.DateField(_("Akte gelöscht am"), null=True, editable=False)

    class Meta:
        ordering = ["-call__budget_year", "centre__organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "centre"],
                condition=~Q(status__in=[ApplicationStatus.WITHDRAWN, ApplicationStatus.REFUSED]),
                name="funding_one_living_application_per_centre",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("offered_by")),
                name="funding_application_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["call", "status"]), models.Index(fields=["status", "officer"])]

    def __str__(self):
        return f"{self.call.programme.name} {self.call.budget_year}, {self.centre}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:application", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.carrier_id

    @property
    def page_instead(self) -> str | None:
        """The page that says when and why the file was deleted; None while it is there."""
        from django.urls import reverse

        return reverse("funding:deleted-file", args=[self.pk]) if self.deleted_on else None

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def is_inside(self) -> bool:
        """Whether it has not left the carrier yet."""
        return self.status in INSIDE


class PlannedPost(models.Model):
    """A post in an application; rows with the same `label` are one post (two part-timers, two periods)."""

    Function = Post.Function

    class RateClass(models.TextChoices):
        SPECIALIST = "SPECIALIST", _("Fachkraft")
        ASSISTANT = "ASSISTANT", _("Assistenz")

    application = models.ForeignKey(GrantApplication, on_delete=models.CASCADE, related_name="posts")
    label = models.CharField(_("Stelle"), max_length=60)
    function = models.CharField(_("Funktion"), max_length=20, choices=Function)
    rate_class = models.CharField(_("Förderklasse"), max_length=10, choices=RateClass)
    full_time_share = models.DecimalField(_("Stellenanteil"), max_digits=7, decimal_places=6)
    occupied_from = models.DateField(_("besetzt von"))
    occupied_until = models.DateField(_("besetzt bis"))
    is_qualified = models.BooleanField(_("Qualifikation nachgewiesen"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(full_time_share__gt=0) & Q(full_time_share__lte=1), name="funding_planned_share_within_one"
            ),
            models.CheckConstraint(
                condition=Q(occupied_until__gte=F("occupied_from")), name="funding_planned_period_in_order"
            ),
        ]

    def __str__(self):
        return self.label


class PlannedExtra(models.Model):
    """Material costs asked for beside the posts, for example the language pool; capped by the guideline."""

    application = models.ForeignKey(GrantApplication, on_delete=models.CASCADE, related_name="extras")
    item = models.CharField(max_length=30)
    amount = MoneyField()

    class Meta:
        ordering = ["item"]
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="funding_extra_once")]

    def __str__(self):
        return self.item


class Attachment(models.Model):
    """A document that belongs to an application."""

    class Kind(models.TextChoices):
        CONCEPT = "CONCEPT", _("Integrationskonzept")
        RESOLUTION = "RESOLUTION", _("Beschluss des Rates oder Kreistags")
        SITUATION_REPORT = "SITUATION_REPORT", _("Bericht zur Lage vor Ort")
        WORK_PLAN = "WORK_PLAN", _("Arbeitsplan")
        LANGUAGE_POOL_CONCEPT = "LANGUAGE_POOL_CONCEPT", _("Konzept Sprachmittlung")
        ANSWER = "ANSWER", _("Antwort auf eine Nachforderung")
        OTHER = "OTHER", _("Weiteres")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(_("Art"), max_length=24, choices=Kind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self):
        return self.file.name

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id


class Submission(models.Model):
    """The application as it was when submitted: content, sum and receipt. A later submission is a new row.

    What the receipt says (`receipt_says`) is fixed with the submission; it is typeset afterwards, once, and then the
    stored file alone counts (`operations.receipt_of`).
    """

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    amount_requested = MoneyField()
    received_on = models.DateField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    submitted_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    submitted_at = models.DateTimeField(auto_now_add=True)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    receipt_says = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="funding_submission_number_once"),
            models.CheckConstraint(
                condition=Q(receipt__isnull=False, receipt_says__isnull=True)
                | Q(receipt__isnull=True, receipt_says__isnull=False),
                name="funding_submission_has_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="funding_receipts_to_write", condition=Q(receipt__isnull=True)),
        ]

    def __str__(self):
        return f"{self.number}"


class DraftComment(models.Model):
    """A comment of the coordination unit on one section of a draft. It advises; it decides nothing."""

    class Section(models.TextChoices):
        PURPOSE = "PURPOSE", _("Zweck")
        POSTS = "POSTS", _("Stellen")
        EXTRAS = "EXTRAS", _("Sachausgaben")
        DUTIES = "DUTIES", _("Eigenanteil")
        ATTACHMENTS = "ATTACHMENTS", _("Anlagen")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(_("Abschnitt"), max_length=12, choices=Section)
    text = models.TextField(_("Kommentar"), max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    written_as = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["section", "pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id
