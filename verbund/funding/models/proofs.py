"""Proofs of use: what was spent of a grant, who signed it, what the authority recognised."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.core.money import MoneyField
from verbund.core.versions import Versioned
from verbund.funding.lifecycle import PROOF_EDITABLE, PROOF_INSIDE, DecisionStatus, ProofStatus
from verbund.funding.models.applications import PERSON, GrantApplication, page_of_file
from verbund.funding.models.hearings import Hearing
from verbund.funding.models.notices import GrantNotice

FILE = {"null": True, "blank": True, "editable": False, "on_delete": models.PROTECT, "related_name": "+"}
MONTHS = {"max_digits": 9, "decimal_places": 4, "null": True, "blank": True}


class ProofOfUse(Versioned):
    """What a carrier spent of a grant (Verwendungsnachweis). `version` counts the saved edits of the draft.

    `notice` is the version of the grant it is judged by. An interim proof is ordered by the authority for a day; it is
    noted, nothing is decided on it. `amount_recognised` is what the decision says, in euros.
    """

    class Kind(models.TextChoices):
        FINAL = "FINAL", _("Verwendungsnachweis")
        INTERIM = "INTERIM", _("Zwischennachweis")

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="proofs")
    notice = models.ForeignKey(GrantNotice, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(_("Art"), max_length=7, choices=Kind, default=Kind.FINAL)
    status = models.CharField(
        max_length=18, choices=ProofStatus, default=ProofStatus.DRAFT, editable=False, db_index=True
    )
    status_since = models.DateField(editable=False)
    due_on = models.DateField(_("vorzulegen bis"), null=True, editable=False)
    order_reason = models.TextField(_("Grund der Anordnung"), max_length=4000, blank=True, editable=False)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ordered_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ordered_on = models.DateField(null=True, editable=False)
    narrative = models.TextField(_("Sachbericht"), max_length=8000, blank=True)
    has_audit_office = models.BooleanField(_("örtliche Rechnungsprüfung vorhanden"), null=True, blank=True)
    audit_office = models.CharField(_("Rechnungsprüfung"), max_length=200, blank=True)
    audit_confirmed_on = models.DateField(_("bestätigt am"), null=True, blank=True)
    audit_confirmation = models.ForeignKey(StoredFile, **FILE)
    is_declared = models.BooleanField(_("Erklärung zu den Ausgaben abgegeben"), default=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    saved_at = models.DateTimeField(null=True, editable=False)
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
    hearing = models.ForeignKey(Hearing, null=True, on_delete=models.PROTECT, related_name="proofs", editable=False)
    check_note = models.TextField(_("Prüfungsvermerk"), max_length=8000, blank=True, editable=False)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    checked_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    checked_on = models.DateField(null=True, editable=False)
    amount_recognised = MoneyField(_("anerkannt"), null=True, editable=False)
    page_instead = page_of_file

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(kind="FINAL"), name="funding_one_final_proof"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind="INTERIM") & ~Q(status="NOTED"),
                name="funding_one_open_interim_proof",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("offered_by")), name="funding_proof_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(kind="FINAL") | ~Q(status__in=["ACCEPTED", "ACCEPTED_WITH_CUT", "REFUSED"]),
                name="funding_interim_proof_is_only_noted",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.application}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("funding:proof", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.application.carrier_id

    @property
    def is_final(self) -> bool:
        return self.kind == self.Kind.FINAL

    @property
    def is_editable(self) -> bool:
        return self.status in PROOF_EDITABLE

    @property
    def is_inside(self) -> bool:
        """Whether the carrier is working on it."""
        return self.status in PROOF_INSIDE


class ProofLine(models.Model):
    """One post or item of a grant: granted, spent, recognised, in euros; person months for posts.

    `amount_recognised` follows from the financing type; `amount_accepted` is what the authority proposes instead, with
    its reason. `months_known` is what the post plan says, `months` what the carrier says.
    """

    proof = models.ForeignKey(ProofOfUse, on_delete=models.CASCADE, related_name="lines")
    year = models.PositiveSmallIntegerField(_("Haushaltsjahr"))
    item = models.CharField(max_length=60)
    label = models.CharField(_("Position"), max_length=200)
    group = models.CharField(max_length=30)
    amount_granted = MoneyField(_("bewilligt"))
    months_granted = models.DecimalField(_("Personenmonate bewilligt"), **MONTHS)
    months_known = models.DecimalField(_("Personenmonate laut Stellenplan"), **MONTHS)
    months = models.DecimalField(_("Personenmonate besetzt"), **MONTHS)
    amount_spent = MoneyField(_("ausgegeben"), null=True, blank=True)
    explanation = models.CharField(_("Erläuterung"), max_length=1000, blank=True)
    amount_recognised = MoneyField(_("anzuerkennen"), default=0)
    amount_accepted = MoneyField(_("anerkannt"), null=True)
    cut_reason = models.CharField(_("Grund der Kürzung"), max_length=1000, blank=True)

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "year", "item"], name="funding_proof_item_once"),
            models.CheckConstraint(
                condition=Q(amount_spent__isnull=True) | Q(amount_spent__gte=0), name="funding_proof_spent_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(amount_accepted__isnull=True)
                | Q(amount_accepted=F("amount_recognised"))
                | (Q(amount_accepted__lt=F("amount_recognised")) & Q(amount_accepted__gte=0) & ~Q(cut_reason="")),
                name="funding_proof_cut_has_a_reason",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_post(self) -> bool:
        return self.months_granted is not None

    @property
    def differs(self) -> bool:
        """Whether spending or time are other than granted, so that the carrier has to explain."""
        return self.amount_spent != self.amount_granted or self.months != self.months_granted


class ProofSubmission(models.Model):
    """A proof as it was when submitted: content and receipt. A later submission is a new row."""

    proof = models.ForeignKey(ProofOfUse, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    amount_spent = MoneyField()
    received_on = models.DateField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    submitted_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proof", "number"], name="funding_proof_submission_once")]

    def __str__(self):
        return f"{self.number}"

    @property
    def audit_organisation_id(self) -> int:
        return self.proof.audit_organisation_id


class ProofDecision(models.Model):
    """The result of an examination: proposed by one person, signed by another. `amount_recognised` in euros."""

    class Outcome(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("anerkannt")
        ACCEPTED_WITH_CUT = "ACCEPTED_WITH_CUT", _("mit Kürzung anerkannt")
        REFUSED = "REFUSED", _("nicht anerkannt")

    proof = models.ForeignKey(ProofOfUse, on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=8, choices=DecisionStatus, default=DecisionStatus.PROPOSED, editable=False)
    outcome = models.CharField(_("Ergebnis"), max_length=17, choices=Outcome)
    amount_recognised = MoneyField(_("anerkannt"))
    reasons = models.TextField(_("Begründung"), max_length=8000, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_on = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    signed_on = models.DateField(null=True, editable=False)
    rejection_reason = models.TextField(max_length=4000, blank=True, editable=False)
    document = models.ForeignKey(StoredFile, **FILE)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_recognised__gte=0), name="funding_recognised_not_negative"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")),
                name="funding_proof_decision_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="REFUSED") | Q(amount_recognised=0), name="funding_refused_proof_is_zero"
            ),
            models.CheckConstraint(
                condition=Q(outcome="ACCEPTED") | ~Q(reasons=""), name="funding_cut_and_refusal_have_reasons"
            ),
            models.UniqueConstraint(
                fields=["proof"], condition=Q(status="PROPOSED"), name="funding_one_open_proof_proposal"
            ),
            models.UniqueConstraint(fields=["proof"], condition=Q(status="SIGNED"), name="funding_proof_decided_once"),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.proof}"

    @property
    def audit_organisation_id(self) -> int:
        return self.proof.audit_organisation_id
