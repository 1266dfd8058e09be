"""Rows of law that stand outside a single guideline: base rates, the values of computations, lump sums."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.money import MoneyField, format_euro
from verbund.programmes.dated_rows import LUMP_SUM_LABELS
from verbund.programmes.lifecycle import DatedRowStatus
from verbund.programmes.models.guidelines import Mark
from verbund.programmes.models.rows import plain
from verbund.programmes.rules import DAY_COUNTS, REPAYMENT_ORDERS, half_year_in_words

PERSON = {"null": True, "editable": False, "on_delete": models.PROTECT, "related_name": "+"}


class DatedRow(models.Model):
    """A row that holds from `valid_from` until `valid_until`, both included, with its source and mark.

    Only adopted rows count; of several about the same that cover a day the one that began last does. `KEY` names the
    fields that say what the row is about.
    """

    KEY: tuple[str, ...] = ()
    audit_organisation_id = 0

    valid_from = models.DateField(gettext_lazy("gilt ab"))
    valid_until = models.DateField(gettext_lazy("gilt bis"), null=True, blank=True)
    source = models.CharField(gettext_lazy("Quelle"), max_length=300)
    mark = models.CharField(gettext_lazy("Sicherheit"), max_length=1, choices=Mark)
    status = models.CharField(max_length=8, choices=DatedRowStatus, default=DatedRowStatus.PROPOSED, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(null=True, editable=False)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    adopted_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    adopted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def about(self) -> dict:
        """The key of the row: other rows with the same one are its predecessors and successors."""
        return {name: getattr(self, name) for name in self.KEY}

    @property
    def in_words(self) -> str:
        """Return what the row says, in German."""
        raise NotImplementedError

    def covers_day(self, day: date) -> bool:
        """Whether the row holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def _constraints(name: str, *fields: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            name=f"programmes_{name}_period_in_order",
        ),
        models.CheckConstraint(condition=Q(mark__in=Mark.values), name=f"programmes_{name}_mark_known"),
        models.CheckConstraint(
            condition=Q(adopted_by__isnull=True) | ~Q(adopted_by=F("proposed_by")),
            name=f"programmes_{name}_two_persons",
        ),
        models.UniqueConstraint(
            fields=[*fields, "valid_from"],
            condition=Q(status=DatedRowStatus.ADOPTED),
            name=f"programmes_{name}_once_per_day",
        ),
    ]


class BaseRate(DatedRow):
    """The base rate of § 247 BGB for one half-year, in percent a year; it may lie below zero and does not run on."""

    percent = models.DecimalField(gettext_lazy("Basiszinssatz in Prozent"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = gettext_lazy("Basiszinssatz")
        verbose_name_plural = gettext_lazy("Basiszinssätze")
        ordering = ["-valid_from", "pk"]
        constraints = [
            *_constraints("baserate"),
            models.CheckConstraint(
                condition=Q(valid_from__month__in=[1, 7], valid_from__day=1, valid_until__isnull=False),
                name="programmes_baserate_is_for_a_half_year",
            ),
        ]

    def __str__(self) -> str:
        return _("Basiszinssatz, %(half_year)s") % {"half_year": half_year_in_words(self.valid_from)}

    @property
    def in_words(self) -> str:
        return f"{plain(self.percent).replace('-', '−')}\u202f%"

    @staticmethod
    def end_of(first: date) -> date:
        """Return the last day of the half-year that begins on `first`."""
        return date(first.year, 6, 30) if first.month == 1 else date(first.year, 12, 31)


class LegalValue(DatedRow):
    """A value that a computation takes from law or directive: the interest surcharge, a key's weight, a limit."""

    KEY = ("key",)

    class Key(models.TextChoices):
        INTEREST_SURCHARGE = "INTEREST_SURCHARGE", gettext_lazy("Zinsaufschlag auf den Basiszinssatz, Prozentpunkte")
        INTEREST_DAY_COUNT = "INTEREST_DAY_COUNT", gettext_lazy("Zählung der Zinstage")
        RECLAIM_PAYMENT_DAYS = "RECLAIM_PAYMENT_DAYS", gettext_lazy("Erstattung: Tage bis zur Zahlung")
        REPAYMENT_ORDER = "REPAYMENT_ORDER", gettext_lazy("Erstattung: was eine Zahlung zuerst tilgt")
        ALLOCATION_POPULATION_SHARE = (
            "ALLOCATION_POPULATION_SHARE",
            gettext_lazy("Schlüssel nach FlüAG: Gewicht der Einwohnerzahl"),
        )
        ALLOCATION_AREA_SHARE = "ALLOCATION_AREA_SHARE", gettext_lazy("Schlüssel nach FlüAG: Gewicht der Fläche")
        ALLOCATION_CAP_FACTOR = (
            "ALLOCATION_CAP_FACTOR",
            gettext_lazy("Schlüssel nach FlüAG: Höchstwert, Vielfaches des Einwohneranteils"),
        )
        ROOMS_PER_BUILDING = (
            "ROOMS_PER_BUILDING",
            gettext_lazy("KOMM-AN II: Pauschalen für Renovierung und Ausstattung je Gebäude und Jahr, höchstens"),
        )
        OPERATION_MONTHS = "OPERATION_MONTHS", gettext_lazy("KOMM-AN II: Monate Betrieb je Gebäude und Jahr, höchstens")
        LEAST_USE = "LEAST_USE", gettext_lazy("KOMM-AN II: Nutzung der Räume durch die Zielgruppe, mindestens")
        ACCOMPANIMENTS_PER_MONTH = (
            "ACCOMPANIMENTS_PER_MONTH",
            gettext_lazy("KOMM-AN II: Begleitungen je Person und Monat, höchstens"),
        )
        GATHERING_PARTICIPANTS = "GATHERING_PARTICIPANTS", gettext_lazy("KOMM-AN II: Teilnehmende, mindestens")
        GATHERING_VOLUNTEERS = "GATHERING_VOLUNTEERS", gettext_lazy("KOMM-AN II: Ehrenamtliche, mindestens")
        TRAINER_PER_DAY = "TRAINER_PER_DAY", gettext_lazy("KOMM-AN II: Honorar je Tag und Person, höchstens Euro")
        TRAINER_SHARE = "TRAINER_SHARE", gettext_lazy("KOMM-AN II: Anteil der Qualifizierung, höchstens")

    WHOLE = frozenset(
        {
            Key.RECLAIM_PAYMENT_DAYS,
            Key.ROOMS_PER_BUILDING,
            Key.OPERATION_MONTHS,
            Key.ACCOMPANIMENTS_PER_MONTH,
            Key.GATHERING_PARTICIPANTS,
            Key.GATHERING_VOLUNTEERS,
        }
    )
    UP_TO_ONE = frozenset({Key.ALLOCATION_POPULATION_SHARE, Key.ALLOCATION_AREA_SHARE, Key.LEAST_USE})

    WORDS = {Key.INTEREST_DAY_COUNT: DAY_COUNTS, Key.REPAYMENT_ORDER: REPAYMENT_ORDERS}

    key = models.CharField(gettext_lazy("Wert"), max_length=40, choices=Key)
    value = models.CharField(gettext_lazy("Größe"), max_length=20)

    class Meta:
        verbose_name = gettext_lazy("Wert einer Berechnung")
        verbose_name_plural = gettext_lazy("Werte der Berechnungen")
        ordering = ["key", "-valid_from", "pk"]
        constraints = [
            *_constraints("legalvalue", "key"),
            models.CheckConstraint(condition=~Q(value=""), name="programmes_legalvalue_says_something"),
        ]

    def __str__(self) -> str:
        return self.get_key_display()

    @property
    def in_words(self) -> str:
        orders = {
            "INTEREST_FIRST": _("erst Zinsen, dann die Hauptforderung"),
            "PRINCIPAL_FIRST": _("erst die Hauptforderung"),
        }
        return orders.get(self.value) or self.value.replace(".", ",")

    def clean(self) -> None:
        """Refuse a value the computation could not work with; a number may be typed with a comma."""
        if self.key in self.WORDS:
            possible = self.WORDS[self.key]
            if self.value not in possible:
                raise ValidationError({"value": _("Möglich sind: %(choices)s.") % {"choices": ", ".join(possible)}})
            return
        self.value = self.value.strip().replace(",", ".")
        number = _number(self.value)
        if number is None or number < 0 or -number.as_tuple().exponent > 6 or number >= 1_000_000:
            raise ValidationError({"value": _("Bitte eine Zahl ab 0 mit höchstens sechs Nachkommastellen.")})
        if self.key in self.WHOLE and number != number.to_integral_value():
            raise ValidationError({"value": _("Bitte eine ganze Zahl.")})
        if self.key in self.UP_TO_ONE and number > 1:
            raise ValidationError({"value": _("Bitte eine Zahl bis 1.")})
        if self.key == self.Key.TRAINER_SHARE and number >= 1:
            raise ValidationError({"value": _("Bitte eine Zahl unter 1.")})
        if self.key == self.Key.ALLOCATION_CAP_FACTOR and number < 1:
            raise ValidationError({"value": _("Bitte eine Zahl ab 1.")})


class LumpSum(DatedRow):
    """Euros for one unit of an item of a programme that pays lump sums (Pauschalen)."""

    KEY = ("programme_code", "item")

    class ProgrammeCode(models.TextChoices):
        KOMM_AN_II = "KOMM_AN_II", gettext_lazy("KOMM-AN NRW, Teil II")

    class Item(models.TextChoices):
        A_RENOVATION = "A_RENOVATION", LUMP_SUM_LABELS["A_RENOVATION"]
        A_EQUIPMENT = "A_EQUIPMENT", LUMP_SUM_LABELS["A_EQUIPMENT"]
        A_OPERATION = "A_OPERATION", LUMP_SUM_LABELS["A_OPERATION"]
        A_DIGITAL = "A_DIGITAL", LUMP_SUM_LABELS["A_DIGITAL"]
        B_ACCOMPANIMENT = "B_ACCOMPANIMENT", LUMP_SUM_LABELS["B_ACCOMPANIMENT"]
        B_GATHERING = "B_GATHERING", LUMP_SUM_LABELS["B_GATHERING"]
        C_MATERIAL = "C_MATERIAL", LUMP_SUM_LABELS["C_MATERIAL"]
        C_WEBSITE = "C_WEBSITE", LUMP_SUM_LABELS["C_WEBSITE"]
        C_TRANSLATION = "C_TRANSLATION", LUMP_SUM_LABELS["C_TRANSLATION"]
        D_TRAINER = "D_TRAINER", LUMP_SUM_LABELS["D_TRAINER"]
        D_EXCHANGE = "D_EXCHANGE", LUMP_SUM_LABELS["D_EXCHANGE"]

    programme_code = models.CharField(gettext_lazy("Programm"), max_length=40, choices=ProgrammeCode)
    item = models.CharField(gettext_lazy("Pauschale"), max_length=20, choices=Item)
    amount = MoneyField(gettext_lazy("Betrag"))
    unit = models.CharField(gettext_lazy("für eine Einheit"), max_length=40)

    class Meta:
        verbose_name = gettext_lazy("Pauschale")
        verbose_name_plural = gettext_lazy("Pauschalen")
        ordering = ["programme_code", "item", "-valid_from", "pk"]
        constraints = [
            *_constraints("lumpsum", "programme_code", "item"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="programmes_lumpsum_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_programme_code_display()}: {self.get_item_display()}"

    @property
    def in_words(self) -> str:
        return _("%(amount)s je %(unit)s") % {"amount": format_euro(self.amount), "unit": self.unit}


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


DATED_ROWS: tuple[type[DatedRow], ...] = (BaseRate, LegalValue, LumpSum)
