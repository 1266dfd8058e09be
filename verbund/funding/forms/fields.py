"""Inputs that several forms of funding share."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

SHARE = re.compile(r"[01](?:[.,][0-9]{1,6})?")
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed as 31.10.2022."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        options.setdefault("input_formats", DAY_FORMATS)
        options.setdefault("error_messages", {"invalid": _("Diesen Tag gibt es nicht. Beispiel: 31.10.2022")})
        super().__init__(**options)


class ShareField(forms.Field):
    """A share of a full-time post between 0 and 1, typed as 0,5 or 1."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": "8", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Bitte schreiben Sie den Anteil so: 1 oder 0,5."),
        "range": _("Der Anteil muss über 0 liegen und darf höchstens 1 sein."),
    }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if not SHARE.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        share = Decimal(text.replace(",", "."))
        if not 0 < share <= 1:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return share

    def prepare_value(self, value):
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class ReasonForm(forms.Form):
    """One required reason."""

    reason = forms.CharField(label=_("Grund"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
