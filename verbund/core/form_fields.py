"""Inputs that forms of several apps share: days, numbers and shares in German notation."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.digits import latin_digits

FIRST_YEAR, LAST_YEAR = 1970, 2100
ALL = Decimal(100)
"""The whole, in percent."""

WRONG_DAY = _("Diesen Tag gibt es nicht. Beispiel: 31.10.2022")
FAR_AWAY = _("Das Jahr liegt außerhalb von 1970 bis 2100.")


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed as 31.10.2022."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        options.setdefault("error_messages", {"invalid": WRONG_DAY})
        super().__init__(**options)

    def to_python(self, value):
        return super().to_python(latin_digits(value) if isinstance(value, str) else value)

    def clean(self, value):
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(FAR_AWAY)
        return day


class TypedNumber(forms.Field):
    """A number in German notation; subclasses say its pattern and its sentences."""

    pattern: re.Pattern
    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": "8", "autocomplete": "off"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if not self.pattern.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text.replace(",", "."))

    def prepare_value(self, value):
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class ShareField(TypedNumber):
    """A share of a full-time post, over 0 and at most 1, typed as 0,5 or 1."""

    pattern = re.compile(r"[01](?:[.,][0-9]{1,6})?")
    default_error_messages = {
        "invalid": _("Bitte schreiben Sie den Anteil so: 1 oder 0,5."),
        "range": _("Der Anteil muss über 0 liegen und darf höchstens 1 sein."),
    }

    def to_python(self, value):
        share = super().to_python(value)
        if share is not None and not 0 < share <= 1:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return share


class PercentShareField(TypedNumber):
    """A share typed as percent, over 0 and at most 100."""

    pattern = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?")
    default_error_messages = {
        "invalid": _("Schreiben Sie den Anteil so: 50 oder 33,33."),
        "range": _("Der Anteil muss über 0 liegen und darf höchstens 100 Prozent sein."),
    }

    def to_python(self, value):
        typed = super().to_python(value)
        if typed is not None and not 0 < typed <= ALL:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return typed
