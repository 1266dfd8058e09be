"""Notices: what was issued, how and when it was notified, and when it became final."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.core.money import MoneyField
from verbund.funding.lifecycle import NoticeStatus
from verbund.funding.models.applications import PERSON, PlannedPost, page_of_file
from verbund.funding.models.decisions import Decision


def new_verification_code() -> str:
    """Return twelve characters that cannot be guessed and are easy to type from paper."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _position in range(12))


def in_groups(code: str) -> str:
    """Return a verification code as it is printed: K7QD-93MX-2HLT."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


class Notice(models.Model):
    """What every notice has: the document, how and when it reached its recipient, until when it can be contested.

    A notice that grants or changes money and one that claims it back go the same way (`lifecycle.NOTICE`,
    `operations.notices`). Without a `document` its file was deleted after its period.
    """

    class How(models.TextChoices):
        POST = "POST", _("mit der Post")
        ELECTRONIC = "ELECTRONIC", _("elektronisch")
        HANDED_OVER = "HANDED_OVER", _("persönlich übergeben")

    status = models.CharField(max_length=9, choices=NoticeStatus, default=NoticeStatus.ISSUED, editable=False)
    issued_on = models.DateField(_("erlassen am"))
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    verification_code = models.CharField(max_length=16, unique=True, default=new_verification_code)
    remedy_is_correct = models.BooleanField(_("Rechtsbehelfsbelehrung ist richtig"), default=True)
    notified_how = models.CharField(_("Art der Bekanntgabe"), max_length=12, choices=How, blank=True)
    posted_on = models.DateField(_("abgesandt am"), null=True, blank=True)
    notified_on = models.DateField(_("bekannt gegeben am"), null=True, blank=True)
    appeal_until = models.DateField(_("Klagefrist bis"), null=True, blank=True)
    waiver_received_on = models.DateField(_("Rechtsbehelfsverzicht eingegangen am"), null=True, blank=True)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    final_on = models.DateField(_("bestandskräftig seit"), null=True, blank=True)
    page_instead = page_of_file

    class Meta:
        abstract = True

    @property
    def is_final(self) -> bool:
        return self.status == NoticeStatus.FINAL


class GrantNotice(Notice):
    """A notice that grants, refuses or changes a grant, stored unchanged as PDF with its hash and its parameters.

    The versions of a grant form a chain: each replaces at most one, and is replaced by at most one (`successor`).
    `amount_granted` is the whole grant as this version says; `effective_from` the day from which it counts.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notice")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successor", editable=False
    )
    effective_from = models.DateField(_("wirksam ab"), null=True, blank=True)
    file_reference = models.CharField(_("Aktenzeichen"), max_length=60)
    amount_granted = MoneyField(_("bewilligt"))
    parameters = models.JSONField()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_granted__gte=0), name="funding_notice_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True)
                | Q(version__gt=1, replaces__isnull=False, effective_from__isnull=False),
                name="funding_notice_version_replaces_one",
            ),
        ]
        indexes = [models.Index(fields=["status", "-issued_on", "-id"])]

    def __str__(self):
        return self.file_reference

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:notice", args=[self.pk])

    @property
    def application(self):
        return self.decision.application

    @property
    def audit_organisation_id(self) -> int:
        return self.decision.application.carrier_id

    @property
    def is_grant(self) -> bool:
        """Whether it grants money or changes a grant; only a refusal does not."""
        return self.decision.kind != Decision.Kind.REFUSAL

    @property
    def is_replaced(self) -> bool:
        """Whether a later version counts."""
        return hasattr(self, "successor")


class GrantedPost(models.Model):
    """A post as one version of a grant gives it, or takes it away again with a share of nothing; public numbers.

    It outlives the file: what was granted is known for as long as the books are.
    """

    notice = models.ForeignKey(GrantNotice, on_delete=models.CASCADE, related_name="granted_posts")
    function = models.CharField(_("Funktion"), max_length=20, choices=PlannedPost.Function)
    rate_class = models.CharField(_("Förderklasse"), max_length=10, choices=PlannedPost.RateClass)
    full_time_share = models.DecimalField(_("Stellenanteil"), max_digits=7, decimal_places=6)
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(full_time_share__gte=0) & Q(full_time_share__lte=1), name="funding_granted_share_within_one"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="funding_granted_post_period_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.get_function_display()} {self.full_time_share.normalize()}"


class Instalment(models.Model):
    """A part of a grant that falls due on a day, from the guideline's payout plan."""

    notice = models.ForeignKey(GrantNotice, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("fällig am"), null=True, help_text=_("leer: sobald bestandskräftig"))
    amount = MoneyField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="funding_instalment_number_once")]

    def __str__(self):
        return f"{self.number}"

    def get_absolute_url(self):
        return self.notice.get_absolute_url()

    @property
    def application(self):
        return self.notice.application

    @property
    def audit_organisation_id(self) -> int:
        return self.notice.audit_organisation_id
