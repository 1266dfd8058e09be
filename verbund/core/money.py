"""Money in euros: exact arithmetic, German notation, and the one place that rounds.

Amounts are `Decimal` with two places; intermediate results may be `Fraction`. Nothing here uses floats.
"""

import re
from decimal import Decimal
from fractions import Fraction

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.digits import latin_digits
from verbund.core.errors import DomainError

CENT = Fraction(1, 100)
EURO = Fraction(1)
LARGEST = Decimal("999999999999.99")
GERMAN_AMOUNT = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})(?:,([0-9]{1,2}))?")


class AmountError(DomainError):
    """What was typed is no amount in German notation."""


class MoneyField(models.DecimalField):
    """Euros with two places, up to twelve digits before the comma."""

    def __init__(self, *args, **options):
        options.setdefault("max_digits", 14)
        options.setdefault("decimal_places", 2)
        super().__init__(*args, **options)

    def formfield(self, **options):
        return super().formfield(**{"form_class": MoneyFormField, **options})


def parse_amount(typed: str) -> Decimal:
    """Read an amount in German notation ("57.000", "57.000,5", "57000,00 €").

    Raises AmountError for anything that could be read in two ways ("0,125", "1.5", "12,345.67").
    """
    text = typed.strip().removesuffix("€").strip().replace("\u202f", "").replace("\u00a0", "")
    if not (match := GERMAN_AMOUNT.fullmatch(text)):
        raise AmountError(_("Bitte schreiben Sie den Betrag so: 57.000,00 (Komma vor den Cent)."))
    whole, cents = text.split(",")[0].replace(".", ""), (match[1] or "0").ljust(2, "0")
    if len(whole) > 12:
        raise AmountError(_("Der Betrag ist zu groß."))
    return Decimal(f"{whole}.{cents}")


def format_amount(amount: Decimal | Fraction) -> str:
    """Write an amount in German notation without a sign of currency: 57.000,00."""
    value = to_cents(amount)
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def format_euro(amount: Decimal | Fraction) -> str:
    """Write an amount with a narrow no-break space and the euro sign: 57.000,00 €."""
    return f"{format_amount(amount)}\u202f€"


def round_half_up(amount: Decimal | Fraction | int, unit: Fraction = CENT) -> Decimal:
    """Round to a multiple of `unit` euros (CENT or EURO), halves away from zero, as notices have done since 2012."""
    units = Fraction(amount) / unit
    rounded = int(abs(units) + Fraction(1, 2)) * (1 if units >= 0 else -1)
    exact = rounded * unit
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def to_cents(amount: Decimal | Fraction | int) -> Decimal:
    """Return the amount as Decimal with exactly two places, rounded half up."""
    return round_half_up(amount, CENT).quantize(Decimal("0.01"))


class NotDivisible(DomainError):
    """The amount cannot be spread in the given unit."""


def spread(amount: Decimal, parts: int, unit: Decimal = Decimal("0.01")) -> list[Decimal]:
    """Split an amount into equal parts in whole units that sum to it exactly.

    Largest remainder; with equal remainders the earlier part gets more (170,000 in twelve whole euros: 8 × 14,167
    and 4 × 14,166). Raises NotDivisible for an amount below zero or no multiple of the unit, or fewer than one part.
    """
    if parts < 1:
        raise NotDivisible(_("Es muss mindestens ein Teil sein."), field="parts")
    units = Fraction(amount) / Fraction(unit)
    if units < 0 or units.denominator != 1:
        raise NotDivisible(_("Der Betrag muss ein Vielfaches der Einheit und darf nicht negativ sein."), field="amount")
    share, rest = divmod(int(units), parts)
    return [(share + (index < rest)) * unit for index in range(parts)]


class MoneyFormField(forms.DecimalField):
    """An input for euros in German notation; keeps what was typed and says at the field what is wrong."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": "24", "autocomplete": "off"})
    default_error_messages = {"min_value": gettext_lazy("Der Betrag darf nicht negativ sein.")}

    def __init__(self, **options):
        options.setdefault("min_value", Decimal(0))
        options["localize"] = False
        super().__init__(**{"max_digits": 14, "decimal_places": 2, **options})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        typed = latin_digits(str(value)).strip()
        negative = typed.startswith(("-", "−"))
        try:
            amount = parse_amount(typed.lstrip("-−"))
        except AmountError as problem:
            raise forms.ValidationError(str(problem)) from problem
        return -amount if negative else amount

    def prepare_value(self, value):
        return format_amount(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        return {}


def percent(share: Decimal) -> str:
    """Return a share as percent: 33,33 %."""
    return f"{(share * 100).normalize():f}".replace(".", ",") + "\u00a0%"
