"""Proposals without an account: what was proposed, the talk about it, links to it, drafts, and the published rules."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Centre, Partner
from verbund.offers.models.offers import Offer
from verbund.offers.proposals.lifecycle import ProposalStatus

DECIDED_BY_CENTRE = [ProposalStatus.ACCEPTED, ProposalStatus.PARTLY, ProposalStatus.REFUSED]


class InclusionRule(models.Model):
    """A published rule on what is taken into the finder; the reason of a refusal names one. Codes are never reused."""

    code = models.SlugField(max_length=30, unique=True)
    sentence = models.CharField(_("Regel"), max_length=300)
    position = models.PositiveSmallIntegerField(default=100)
    valid_from = models.DateField(_("gilt ab"))
    valid_until = models.DateField(_("gilt bis"), null=True, blank=True)
    source = models.CharField(_("Quelle"), max_length=200)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self):
        return self.sentence


class Proposal(models.Model):
    """A proposed entry, or a proposed change of `offer`; for one centre.

    `content` is an `OfferContent` as data, `base` what the entry said when the change was proposed, `new_place` a place
    that does not exist yet (`proposals.queries.NEW_PLACE` in the content), `language` that of the page it was written
    on, in which its mails go. `other_text` holds language, title and summary of the entry in a second language.
    `answered_on` is the day of the first answer of the centre, by which the promised time is measured.

    `partner` is the organisation that came by a link of its own or signed in; with `is_direct` what it said took effect
    at once (`made_version` is the entry's version since then), until the centre undoes it (`undone_on`).
    """

    status = models.CharField(
        max_length=9, choices=ProposalStatus, default=ProposalStatus.RECEIVED, editable=False, db_index=True
    )
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="proposals")
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("Titel"), max_length=120)
    organisation_name = models.CharField(_("Organisation"), max_length=200)
    organisation_kind = models.CharField(_("Art"), max_length=20, choices=Partner.Kind)
    content = models.JSONField(_("Vorschlag"))
    base = models.JSONField(null=True)
    new_place = models.JSONField(_("neuer Ort"), null=True)
    other_text = models.JSONField(_("Text in einer zweiten Sprache"), null=True)
    note = models.TextField(_("Hinweis an das Zentrum"), max_length=1000, blank=True)
    submitter_email = models.EmailField(_("E-Mail für Antworten"), max_length=254, blank=True)
    language = models.CharField(_("Sprache der Seite"), max_length=8, default="de", blank=True)
    submitted_on = models.DateField(_("eingegangen am"))
    due_on = models.DateField(_("Antwort bis"))
    answered_on = models.DateField(_("beantwortet am"), null=True)
    decided_on = models.DateField(_("entschieden am"), null=True)
    forgotten_on = models.DateField(null=True)
    rule = models.ForeignKey(
        InclusionRule, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Regel")
    )
    reason = models.TextField(_("Begründung"), max_length=1000, blank=True)
    made_offer = models.ForeignKey(
        Offer, null=True, on_delete=models.PROTECT, related_name="made_from", verbose_name=_("Eintrag")
    )
    partner = models.ForeignKey(
        Partner, null=True, on_delete=models.PROTECT, related_name="own_proposals", verbose_name=_("Anbieter")
    )
    is_direct = models.BooleanField(_("direkt veröffentlicht"), default=False, editable=False)
    made_version = models.PositiveIntegerField(null=True, editable=False)
    undone_on = models.DateField(_("zurückgenommen am"), null=True, editable=False)

    class Meta:
        ordering = ["submitted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.REFUSED) | (Q(rule__isnull=False) & ~Q(reason="")),
                name="offers_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DECIDED_BY_CENTRE) | Q(decided_on__isnull=False),
                name="offers_proposal_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_direct=False) | Q(partner__isnull=False, made_offer__isnull=False, status="ACCEPTED"),
                name="offers_only_a_known_partner_is_direct",
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True) | Q(is_direct=True), name="offers_only_direct_is_undone"
            ),
        ]
        indexes = [models.Index(fields=["centre", "status", "submitted_on"])]

    def __str__(self):
        return self.title

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id


class ProposalLink(models.Model):
    """A link by which a submitter comes back. Each mail carries one of its own; only the hash is kept."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.proposal)


class ProposalMessage(models.Model):
    """A question of the centre or an answer of the submitter."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="messages")
    is_from_centre = models.BooleanField()
    text = models.TextField(max_length=1000)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class ProposalDraft(models.Model):
    """What somebody has typed so far, behind a signed link of which only the hash is kept; gone after thirty days."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True, db_index=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self):
        return f"{self.saved_at:%d.%m.%Y}"


class PartnerLink(models.Model):
    """A link by which a partner writes its own entries, mailed to its known address. Only the hash is kept.

    It holds to `valid_until`, and only as long as the partner's address is still the `recipient`.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="links")
    recipient = models.EmailField(max_length=254)
    token_sha256 = models.CharField(max_length=64, unique=True)
    valid_until = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.partner}, {self.valid_until:%d.%m.%Y}"
