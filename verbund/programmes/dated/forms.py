"""Forms of the rows outside guidelines: a base rate, a value, a lump sum."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.form_fields import DayField, TypedNumber
from verbund.programmes.models import BaseRate, LegalValue, LumpSum, Mark

CHOOSE = gettext_lazy("bitte wählen")
HALVES = [("1", gettext_lazy("1. Januar bis 30. Juni")), ("7", gettext_lazy("1. Juli bis 31. Dezember"))]


class PercentField(TypedNumber):
    """Percent with at most two places, perhaps below zero: 1,27 or −0,88; a point is no sign of thousands here."""

    pattern = re.compile(r"[-−]?[0-9]{1,2}(?:[.,][0-9]{1,2})?")
    default_error_messages = {"invalid": gettext_lazy("Bitte schreiben Sie den Zinssatz so: 1,27 oder −0,88.")}

    def to_python(self, value):
        return super().to_python(str(value).strip().replace("−", "-") if value else value)


class DatedRowForm(forms.ModelForm):
    """What every row has: since when it holds, where it is written, how sure that is."""

    mark = forms.ChoiceField(label=gettext_lazy("Wie sicher ist das?"), choices=[("", CHOOSE), *Mark.choices])

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(value, label if value else CHOOSE) for value, label in field.choices]


class PeriodForm(DatedRowForm):
    """A row that holds from a day on, with or without an end."""

    valid_from = DayField(label=gettext_lazy("gilt ab"))
    valid_until = DayField(
        label=gettext_lazy("gilt bis"),
        required=False,
        help_text=gettext_lazy("Ohne Ende gilt die Zeile, bis eine spätere beginnt."),
    )

    def clean(self):
        typed = super().clean()
        first, last = typed.get("valid_from"), typed.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Der Zeitraum endet, bevor er beginnt."))
        return typed


class BaseRateForm(DatedRowForm):
    """The base rate of one half-year."""

    year = forms.IntegerField(label=gettext_lazy("Jahr"), min_value=2000, max_value=2100)
    half = forms.TypedChoiceField(label=gettext_lazy("Halbjahr"), choices=HALVES, coerce=int)
    percent = PercentField(
        label=gettext_lazy("Basiszinssatz in Prozent"),
        help_text=gettext_lazy("Wie ihn die Deutsche Bundesbank bekannt gibt, zum Beispiel 1,27"),
    )
    field_order = ["year", "half", "percent", "source", "mark"]

    class Meta:
        model = BaseRate
        fields = ["percent", "source", "mark"]

    def clean(self):
        typed = super().clean()
        if "year" in typed and "half" in typed:
            self.instance.valid_from = date(typed["year"], typed["half"], 1)
            self.instance.valid_until = BaseRate.end_of(self.instance.valid_from)
        return typed


class LegalValueForm(PeriodForm):
    """One value of a computation."""

    class Meta:
        model = LegalValue
        fields = ["key", "value", "valid_from", "valid_until", "source", "mark"]
        help_texts = {"value": gettext_lazy("Eine Zahl, zum Beispiel 3 oder 0,33; für die Zinstage: ACT/365")}


class LumpSumForm(PeriodForm):
    """The rate of one lump sum, for whole grant years."""

    class Meta:
        model = LumpSum
        fields = ["programme_code", "item", "amount", "unit", "valid_from", "valid_until", "source", "mark"]
        help_texts = {"unit": gettext_lazy("Wofür der Betrag steht: Raum, Monat, Seite")}

    def clean(self):
        typed = super().clean()
        first, last = typed.get("valid_from"), typed.get("valid_until")
        if first and (first.month, first.day) != (1, 1):
            self.add_error("valid_from", _("Pauschalen gelten für ganze Jahre, ab einem 1. Januar."))
        if last and (last.month, last.day) != (12, 31):
            self.add_error("valid_until", _("Pauschalen gelten für ganze Jahre, bis zu einem 31. Dezember."))
        return typed
