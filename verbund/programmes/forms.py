"""What is typed: the head and the rows of a draft, the reason of a hand-back, and the life of a programme."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.form_fields import DayField
from verbund.core.money import MoneyFormField
from verbund.programmes.models import ROW_KINDS, FundingGuideline, GuidelineRow, PayoutDate, Programme


class PolicyForm(forms.ModelForm):
    """A form of policy rows: German words in empty choices, numbers without needless places."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(value, label if value else _("bitte wählen")) for value, label in field.choices]
            if isinstance(self.initial.get(name), Decimal) and not isinstance(field, MoneyFormField):
                self.initial[name] = self.initial[name].normalize()


class HeadForm(PolicyForm):
    """The head of a draft: title, period, methods, source."""

    class Meta:
        model = FundingGuideline
        fields = [
            "code",
            "title",
            "reason",
            "applies_from",
            "applies_until",
            "decreed_on",
            "source",
            "mark",
            "financing_type",
            "financing_type_mark",
            "pro_rata",
            "rounding",
            "counting_mark",
        ]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        localized_fields = ["applies_from", "applies_until", "decreed_on"]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("applies_from"), cleaned.get("applies_until")
        if first and last and last < first:
            self.add_error("applies_until", _("Der Zeitraum endet, bevor er beginnt."))
        return cleaned


class LifeForm(PolicyForm):
    """What a programme is and when it was in force, and which state of it was on the screen."""

    valid_from = DayField(label=gettext_lazy("in Kraft ab"), required=False)
    valid_until = DayField(
        label=gettext_lazy("in Kraft bis"),
        required=False,
        help_text=gettext_lazy("Leer lassen, wenn kein Ende bekannt ist."),
    )
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    class Meta:
        model = Programme
        fields = ["summary", "valid_from", "valid_until", "period_note", "period_source", "period_mark"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "period_note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        source = self.fields["period_source"]
        source.required = True
        source.error_messages["required"] = _("Nennen Sie die Quelle, auch wenn sie keinen Tag angibt.")

    def _post_clean(self):
        """Leave the record as it is stored: the operation checks and writes."""


class ReasonForm(forms.Form):
    """Why a new version is made, or why a proposal goes back to its drafters."""

    reason = forms.CharField(
        label=gettext_lazy("Begründung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class SeenForm(forms.Form):
    """Which state of the draft was on the screen when it was edited."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RowForm(PolicyForm):
    """One row of a draft; what the database would refuse is said at its field."""

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Der Zeitraum endet, bevor er beginnt."))
        if cleaned.get("amount") is not None and cleaned["amount"] < 0:
            self.add_error("amount", _("Der Betrag darf nicht negativ sein."))
        for name in ("full_time_share", "part"):
            if cleaned.get(name) is not None and not 0 < cleaned[name] <= 1:
                self.add_error(name, _("Bitte eine Zahl über 0 und höchstens 1, zum Beispiel 0,5."))
        if cleaned.get("posts") is not None and cleaned["posts"] < 0:
            self.add_error("posts", _("Die Zahl der Stellen darf nicht negativ sein."))
        self._refuse_impossible_day(cleaned)
        return cleaned

    def _refuse_impossible_day(self, cleaned: dict) -> None:
        month, day = cleaned.get("month"), cleaned.get("day")
        if month is None and day is None:
            return
        if month is None or day is None:
            self.add_error("day", _("Monat und Tag gehören zusammen; beide leer heißt: kein Termin bekannt."))
            return
        try:
            date(2023, month, day)
        except ValueError:
            self.add_error("day", _("Diesen Tag gibt es nicht in jedem Jahr."))
        if isinstance(self.instance, PayoutDate) and day > 28:
            self.add_error("day", _("Bitte einen Tag bis zum 28."))


def row_formset(kind: str) -> type[forms.BaseModelFormSet]:
    """Return the formset class for one kind of rows (see `ROW_KINDS`), with one empty row to add."""
    model: type[GuidelineRow] = ROW_KINDS[kind]
    return forms.modelformset_factory(
        model,
        form=RowForm,
        exclude=["guideline"],
        localized_fields="__all__",
        extra=1,
        max_num=200,
        absolute_max=200,
        can_delete=True,
    )
