"""The dated rows of a guideline version, each with its source and mark."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.dates import add_months, months_after
from verbund.core.money import MoneyField, format_euro
from verbund.programmes import rules
from verbund.programmes.lifecycle import GuidelineStatus
from verbund.programmes.models.guidelines import AdoptedForGood, FundingGuideline, Mark


class RateClass(models.TextChoices):
    """What a post is paid as; TEACHER is seconded in kind, without euros."""

    SPECIALIST = rules.SPECIALIST, gettext_lazy("Fachkraft")
    ASSISTANT = rules.ASSISTANT, gettext_lazy("Assistenz")
    TEACHER = rules.TEACHER, gettext_lazy("Lehrkraft (gestellt)")


class CarrierKind(models.TextChoices):
    """A district and the Städteregion are COUNTY, a city outside a district is CITY."""

    COUNTY = rules.COUNTY, gettext_lazy("Kreis, Städteregion")
    CITY = rules.CITY, gettext_lazy("kreisfreie Stadt")


class GuidelineRow(models.Model):
    """A row that holds from `valid_from` until `valid_until`, both included (open: as long as the version)."""

    guideline = models.ForeignKey(FundingGuideline, on_delete=models.CASCADE, editable=False)
    valid_from = models.DateField(gettext_lazy("gilt ab"))
    valid_until = models.DateField(gettext_lazy("gilt bis"), null=True, blank=True)
    source = models.CharField(gettext_lazy("Quelle"), max_length=300)
    mark = models.CharField(gettext_lazy("Sicherheit"), max_length=1, choices=Mark)

    class Meta:
        abstract = True
        ordering = ["guideline", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="programmes_%(class)s_period_in_order",
            )
        ]

    def save(self, *args, **options) -> None:
        """Refuse (AdoptedForGood) to write a row of a version that is no draft."""
        self._refuse_unless_draft()
        super().save(*args, **options)

    def delete(self, *args, **options):
        """Refuse (AdoptedForGood) to delete a row of a version that is no draft."""
        self._refuse_unless_draft()
        return super().delete(*args, **options)

    def _refuse_unless_draft(self) -> None:
        """The version it belongs to, and the one it is stored with, must be drafts."""
        stored = type(self).objects.filter(pk=self.pk).values("guideline") if self.pk else []
        versions = FundingGuideline.objects.filter(Q(pk=self.guideline_id) | Q(pk__in=stored))
        if versions.exclude(status=GuidelineStatus.DRAFT).exists():
            raise AdoptedForGood

    @property
    def in_words(self) -> str:
        """Return what the row says about `str(row)`, in German."""
        raise NotImplementedError

    @property
    def period(self) -> str:
        """Return the grant years in which the row holds: "2018–2019", "2017", "ab 2025"."""
        first, last = self.valid_from.year, self.valid_until and self.valid_until.year
        if last is None:
            return _("ab\u00a0%(year)s") % {"year": first}
        return str(first) if first == last else f"{first}–{last}"

    def covers(self, year: int) -> bool:
        """Whether the row holds in the grant year (rows begin and end with a calendar year)."""
        return self.valid_from.year <= year and (self.valid_until is None or year <= self.valid_until.year)


class Rate(GuidelineRow):
    """Euros a year for a post of the class with `full_time_share` (20,000 for half an assistant post)."""

    rate_class = models.CharField(gettext_lazy("Stellenart"), max_length=12, choices=RateClass)
    label = models.CharField(gettext_lazy("Bezeichnung"), max_length=80)
    amount = MoneyField(gettext_lazy("Betrag im Jahr"))
    full_time_share = models.DecimalField(gettext_lazy("für Stellenanteil"), max_digits=7, decimal_places=6)

    class Meta(GuidelineRow.Meta):
        default_related_name = "rates"
        constraints = [
            *GuidelineRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(full_time_share__gt=0, full_time_share__lte=1), name="programmes_rate_share_up_to_one"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="programmes_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def in_words(self) -> str:
        return _("%(amount)s im Jahr für %(share)s Stelle") % {
            "amount": format_euro(self.amount),
            "share": plain(self.full_time_share),
        }


class PostLimit(GuidelineRow):
    """How many full posts of the class the guideline funds (TEACHER: seconds) for a kind of carrier."""

    carrier_kind = models.CharField(gettext_lazy("Träger"), max_length=8, choices=CarrierKind)
    rate_class = models.CharField(gettext_lazy("Stellenart"), max_length=12, choices=RateClass)
    posts = models.DecimalField(gettext_lazy("Stellen"), max_digits=6, decimal_places=2)

    class Meta(GuidelineRow.Meta):
        default_related_name = "limits"
        constraints = [
            *GuidelineRow.Meta.constraints,
            models.CheckConstraint(condition=Q(posts__gte=0), name="programmes_postlimit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_carrier_kind_display()}: {self.get_rate_class_display()}"

    @property
    def in_words(self) -> str:
        return _("höchstens %(posts)s Stellen") % {"posts": plain(self.posts)}


class ExtraCap(GuidelineRow):
    """The most a carrier may get in a year for an item of material costs, in euros."""

    item = models.CharField(gettext_lazy("Kürzel"), max_length=40)
    label = models.CharField(gettext_lazy("Bezeichnung"), max_length=120)
    amount = MoneyField(gettext_lazy("Höchstbetrag im Jahr"))

    class Meta(GuidelineRow.Meta):
        default_related_name = "extras"
        constraints = [
            *GuidelineRow.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="programmes_extracap_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def in_words(self) -> str:
        return _("höchstens %(amount)s im Jahr") % {"amount": format_euro(self.amount)}


class PayoutDate(GuidelineRow):
    """A day of the grant year on which a part of the grant is paid; without a day: as soon as the notice is final."""

    month = models.PositiveSmallIntegerField(gettext_lazy("Monat"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(gettext_lazy("Tag"), null=True, blank=True)
    part = models.DecimalField(gettext_lazy("Teil des Jahresbetrags"), max_digits=7, decimal_places=6)
    text = models.CharField(gettext_lazy("in Worten"), max_length=120)

    class Meta(GuidelineRow.Meta):
        default_related_name = "payout_dates"
        constraints = [
            *GuidelineRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(month__isnull=True, day__isnull=True)
                | Q(month__gte=1, month__lte=12, day__gte=1, day__lte=28),
                name="programmes_payoutdate_exists_every_year",
            ),
            models.CheckConstraint(condition=Q(part__gt=0, part__lte=1), name="programmes_payoutdate_part_up_to_one"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def in_words(self) -> str:
        return _("%(percent)s %% des Jahresbetrags") % {"percent": plain(self.part * 100)}

    def falls_on(self, year: int) -> date | None:
        """Return the nominal day in a grant year; None means: as soon as the notice is final."""
        return date(year, self.month, self.day) if self.month and self.day else None


class DeadlineRule(GuidelineRow):
    """How a deadline is found: a day of a year, or days or months counted from something; nothing: none is known."""

    class Kind(models.TextChoices):
        APPLICATION = "APPLICATION", gettext_lazy("Antrag")
        PROOF_OF_USE = "PROOF_OF_USE", gettext_lazy("Verwendungsnachweis")
        APPEAL = "APPEAL", gettext_lazy("Klage")
        APPEAL_WITHOUT_INSTRUCTION = "APPEAL_WITHOUT_INSTRUCTION", gettext_lazy("Klage ohne richtige Belehrung")
        POST_PRESUMPTION = "POST_PRESUMPTION", gettext_lazy("Bekanntgabe durch die Post")

    kind = models.CharField(gettext_lazy("Frist"), max_length=30, choices=Kind)
    text = models.CharField(gettext_lazy("in Worten"), max_length=200)
    month = models.PositiveSmallIntegerField(gettext_lazy("Monat"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(gettext_lazy("Tag"), null=True, blank=True)
    year_offset = models.SmallIntegerField(gettext_lazy("Jahr (0: Förderjahr, -1: Vorjahr)"), default=0)
    counted_from = models.DateField(gettext_lazy("gezählt ab"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(gettext_lazy("Monate"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(gettext_lazy("Tage"), null=True, blank=True)
    fixed_calendar_date = models.BooleanField(gettext_lazy("fester Kalendertag, verschiebt sich nicht"), default=False)

    class Meta(GuidelineRow.Meta):
        default_related_name = "deadlines"
        constraints = [
            *GuidelineRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(month__isnull=True, day__isnull=True)
                | Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                name="programmes_deadlinerule_day_exists",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def in_words(self) -> str:
        return self.text

    def nominal_day(self, year: int) -> date | None:
        """Return the last day for grants of a year before any shift to a working day; None if none is known."""
        if self.counted_from:
            return self._later(self.counted_from)
        return date(year + self.year_offset, self.month, self.day) if self.month and self.day else None

    def ends_after(self, event_on: date) -> date:
        """Return the nominal last day of a period that an event begins (§ 188 (2), (3) BGB).

        PROOF_OF_USE counts from the day after the grant period: 30 April → 31 July.
        """
        if self.kind == self.Kind.PROOF_OF_USE:
            return months_after(event_on, self.months or 0) + timedelta(days=self.days or 0)
        return self._later(event_on)

    def _later(self, day: date) -> date:
        return add_months(day, self.months or 0) + timedelta(days=self.days or 0)


class ChecklistItem(GuidelineRow):
    """What an application must show: a condition, an attachment, or a duty the carrier pays for itself."""

    class Kind(models.TextChoices):
        CONDITION = "CONDITION", gettext_lazy("Voraussetzung")
        ATTACHMENT = "ATTACHMENT", gettext_lazy("Unterlage")
        OWN_CONTRIBUTION = "OWN_CONTRIBUTION", gettext_lazy("Leistung des Trägers")

    code = models.CharField(gettext_lazy("Kürzel"), max_length=40)
    kind = models.CharField(gettext_lazy("Art"), max_length=20, choices=Kind)
    text = models.CharField(gettext_lazy("Wortlaut"), max_length=300)
    only_with = models.CharField(gettext_lazy("nur mit dem Posten"), max_length=40, blank=True)

    class Meta(GuidelineRow.Meta):
        default_related_name = "checklist"
        ordering = ["guideline", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def in_words(self) -> str:
        return self.get_kind_display()


class PolicyValue(GuidelineRow):
    """A threshold or period that is policy: copy to the court of audit above 50,000 euros, retention, and the like."""

    key = models.CharField(gettext_lazy("Kürzel"), max_length=60)
    label = models.CharField(gettext_lazy("Bezeichnung"), max_length=200)
    value = models.CharField(gettext_lazy("Wert"), max_length=200)
    unit = models.CharField(gettext_lazy("Einheit"), max_length=120, blank=True)

    class Meta(GuidelineRow.Meta):
        default_related_name = "policy_values"

    def __str__(self) -> str:
        return self.label

    @property
    def in_words(self) -> str:
        if self.value.isdigit():
            return f"{int(self.value):,} {self.unit}".replace(",", ".").strip()
        return self.unit if self.unit and self.value.isupper() else self.value


def plain(number: Decimal) -> str:
    """Return a number in German notation without needless places: 0,5."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


ROW_KINDS: dict[str, type[GuidelineRow]] = {
    "rates": Rate,
    "limits": PostLimit,
    "extras": ExtraCap,
    "payout_dates": PayoutDate,
    "deadlines": DeadlineRule,
    "checklist": ChecklistItem,
    "policy_values": PolicyValue,
}
