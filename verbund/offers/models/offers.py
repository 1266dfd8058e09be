"""Offers: what somebody gets, for whom, in which languages, how one comes to it, and how far it has come."""

import hashlib
import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField
from verbund.core.versions import Versioned
from verbund.directory.models import Partner
from verbund.funding.models import GrantNotice
from verbund.offers.lifecycle import TRIED, OfferStatus, Stage
from verbund.offers.models.vocabulary import EASY, Language, Term
from verbund.programmes.models import Programme


class Offer(Versioned):
    """What a partner offers. Text is German; other languages are `OfferText`. `uid` names it in open data and on paper.

    `checked_on` is the day somebody who knows last said that the entry is right. Contact is by function, never a name.
    """

    class Known(models.TextChoices):
        YES = "YES", _("ja")
        NO = "NO", _("nein")
        UNKNOWN = "UNKNOWN", _("nicht bekannt")

    class Registration(models.TextChoices):
        NONE = "NONE", _("einfach kommen")
        PHONE = "PHONE", _("vorher anrufen")
        EMAIL = "EMAIL", _("vorher eine E-Mail schreiben")
        WEBSITE = "WEBSITE", _("auf der Webseite anmelden")
        REFERRAL = "REFERRAL", _("nur mit Vermittlung")

    class Checked(models.TextChoices):
        PARTNER = "PARTNER", _("vom Anbieter bestätigt")
        CENTRE = "CENTRE", _("vom Zentrum geprüft")
        IMPORT = "IMPORT", _("aus einer Liste übernommen")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, verbose_name=_("Anbieter"), on_delete=models.PROTECT, related_name="offers")
    status = models.CharField(
        max_length=9, choices=OfferStatus, default=OfferStatus.DRAFT, editable=False, db_index=True
    )
    stage = models.CharField(_("Stand"), max_length=9, choices=Stage, default=Stage.PERMANENT, editable=False)
    tried_until = models.DateField(_("Erprobung bis"), null=True, editable=False)
    title = models.CharField(_("Titel"), max_length=120)
    summary = models.CharField(_("Was man bekommt, in einem Satz"), max_length=220)
    description = models.TextField(_("Beschreibung"), max_length=4000, blank=True)
    terms = models.ManyToManyField(Term, related_name="offers", blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("ab Jahren"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("bis Jahre"), null=True, blank=True)
    is_women_only = models.BooleanField(_("nur für Frauen"), default=False)
    child_care = models.CharField(_("Kinderbetreuung"), max_length=7, choices=Known, default=Known.UNKNOWN)
    is_free = models.BooleanField(_("kostenlos"), default=True)
    amount_fee = MoneyField(_("Kosten"), null=True, blank=True)
    fee_note = models.CharField(_("Hinweis zu den Kosten"), max_length=200, blank=True)
    registration = models.CharField(_("Anmeldung"), max_length=8, choices=Registration, default=Registration.NONE)
    next_steps = models.CharField(_("Was jetzt zu tun ist"), max_length=400, blank=True)
    to_bring = models.CharField(_("Was man mitbringt"), max_length=300, blank=True)
    contact_function = models.CharField(_("Ansprechstelle"), max_length=120, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), max_length=254, blank=True)
    website = models.URLField(_("Webseite"), max_length=200, blank=True)
    valid_from = models.DateField(_("läuft ab"), null=True, blank=True)
    valid_until = models.DateField(_("läuft bis"), null=True, blank=True)
    paused_until = models.DateField(_("geschlossen bis"), null=True, blank=True, editable=False)
    checked_on = models.DateField(_("geprüft am"), null=True, editable=False)
    checked_how = models.CharField(max_length=7, choices=Checked, blank=True, editable=False)
    published_on = models.DateField(_("veröffentlicht am"), null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    external_key = models.CharField(_("Schlüssel beim Anbieter"), max_length=120, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(maximum_age__gte=F("minimum_age")),
                name="offers_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="offers_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(tried_until__isnull=True) | Q(stage__in=TRIED), name="offers_tried_while_not_decided"
            ),
            models.CheckConstraint(condition=Q(is_free=False) | Q(amount_fee__isnull=True), name="offers_free_is_free"),
            models.CheckConstraint(
                condition=~Q(status__in=[OfferStatus.PUBLISHED, OfferStatus.PAUSED]) | Q(published_on__isnull=False),
                name="offers_published_since_a_day",
            ),
        ]
        indexes = [  # holds all that the list of keeping counts and sorts by, so that it needs no row of its own
            models.Index(
                fields=["partner", "status", "checked_on", "paused_until", "valid_until", "tried_until", "title", "id"],
                name="offers_offer_kept",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("offers:offer", args=[self.pk])

    @property
    def audit_organisation_id(self) -> int:
        return self.partner_id

    @property
    def is_public(self) -> bool:
        return self.status in {OfferStatus.PUBLISHED, OfferStatus.PAUSED}

    def is_shown(self, on: date) -> bool:
        """Whether everybody sees the entry on a day: it is public, and its time is not over."""
        return self.is_public and (self.valid_until is None or self.valid_until >= on)

    def text_sha256(self) -> str:
        """Return the hash of the German text (title, summary, description) that a translation is made from."""
        return hashlib.sha256("\n".join([self.title, self.summary, self.description]).encode()).hexdigest()


class OfferTexts(models.QuerySet):
    """Texts of entries in other languages."""

    def shown_in(self, language: str) -> "OfferTexts":
        """Return those that readers see in a language."""
        return self.shown().filter(language=language)

    def shown(self) -> "OfferTexts":
        """Return those that readers see: without drafts in Leichte Sprache."""
        return self.exclude(language=EASY, checked_on=None)


class OfferText(models.Model):
    """An offer in another language. `source_sha256` is the hash of the German text it was made from: other, outdated.

    A text translated by a machine or by nobody we know says so to the reader until somebody has checked it. One in
    Leichte Sprache is shown only once it is checked (`shown_in`).
    """

    class Origin(models.TextChoices):
        HUMAN = "HUMAN", _("von einem Menschen übersetzt")
        MACHINE = "MACHINE", _("von einer Maschine übersetzt")
        UNKNOWN = "UNKNOWN", _("Herkunft nicht bekannt")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="texts")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Titel"), max_length=160)
    summary = models.CharField(_("Was man bekommt, in einem Satz"), max_length=300)
    description = models.TextField(_("Beschreibung"), max_length=6000, blank=True)
    next_steps = models.CharField(_("Was jetzt zu tun ist"), max_length=500, blank=True)
    to_bring = models.CharField(_("Was man mitbringt"), max_length=400, blank=True)
    origin = models.CharField(max_length=7, choices=Origin, default=Origin.UNKNOWN)
    checked_on = models.DateField(_("geprüft am"), null=True, blank=True)
    checked_by_function = models.CharField(_("geprüft von (Funktion)"), max_length=120, blank=True)
    source_sha256 = models.CharField(max_length=64)
    objects = OfferTexts.as_manager()

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "language"], name="offers_text_once_per_language"),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | ~Q(checked_by_function=""), name="offers_checked_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(language=EASY) | Q(origin="HUMAN"), name="offers_easy_text_by_a_human_being"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_shown(self) -> bool:
        """Whether readers see it (as `OfferTexts.shown`)."""
        return self.language_id != EASY or self.checked_on is not None

    @property
    def audit_organisation_id(self) -> int:
        return self.offer.partner_id


class OfferLanguage(models.Model):
    """A language spoken at an offer; with a `slot` only in those hours."""

    class Mode(models.TextChoices):
        SPOKEN = "SPOKEN", _("wird gesprochen")
        ON_REQUEST = "ON_REQUEST", _("auf Anfrage")
        INTERPRETER = "INTERPRETER", _("mit Sprachmittlung möglich")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="languages")
    slot = models.ForeignKey("offers.Slot", null=True, blank=True, on_delete=models.CASCADE, related_name="languages")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=11, choices=Mode, default=Mode.SPOKEN)

    class Meta:
        ordering = ["language__position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "slot", "language"], name="offers_language_once_in_hours"),
            models.UniqueConstraint(fields=["offer", "language"], condition=Q(slot=None), name="offers_language_once"),
        ]

    def __str__(self):
        return f"{self.language} ({self.get_mode_display()})"


class OfferStage(models.Model):
    """A step of an offer from pilot over trial to permanent or ended: why, until when it is tried, and what was found.

    `evaluation` is what the stage before it has shown.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(_("Stand"), max_length=9, choices=Stage)
    began_on = models.DateField(_("seit"))
    planned_until = models.DateField(_("erprobt bis"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=300, blank=True)
    evaluation = models.TextField(_("Auswertung"), max_length=2000, blank=True)

    class Meta:
        ordering = ["began_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_until__isnull=True) | Q(planned_until__gte=F("began_on"), stage__in=TRIED),
                name="offers_stage_tried_until_a_later_day",
            )
        ]

    def __str__(self):
        return f"{self.get_stage_display()}"


class OfferFunding(models.Model):
    """What pays a share of an offer, between two days: a programme of the state, where known with notice and cost item,
    or other money, said in words."""

    class Source(models.TextChoices):
        PROGRAMME = "PROGRAMME", _("Landesprogramm")
        MUNICIPAL = "MUNICIPAL", _("kommunale Mittel")
        OWN = "OWN", _("Eigenmittel")
        DONATION = "DONATION", _("Spenden")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="fundings")
    source = models.CharField(_("Herkunft"), max_length=9, choices=Source, default=Source.PROGRAMME)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(GrantNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(_("Kostenposition"), max_length=200, blank=True)
    share = models.DecimalField(_("Anteil"), max_digits=5, decimal_places=4, default=1)
    valid_from = models.DateField(_("ab"), null=True, blank=True)
    valid_until = models.DateField(_("bis"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="PROGRAMME", programme__isnull=False)
                | (~Q(source="PROGRAMME") & Q(programme__isnull=True, notice__isnull=True)),
                name="offers_funding_programme_by_source",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | ~Q(item=""), name="offers_funding_notice_with_item"
            ),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="offers_funding_share_of_one"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="offers_funding_period_in_order",
            ),
        ]

    def __str__(self):
        return self.item or self.get_source_display()
