"""Forms of titles, calls, notices, accounts and payments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.dates import today
from verbund.core.form_fields import DayField
from verbund.core.money import MoneyFormField
from verbund.directory.models import Centre
from verbund.funding.models import BudgetTitle, Call, GrantNotice, RecipientAccount
from verbund.funding.operations.calls import CORRECTABLE
from verbund.programmes.models import FundingGuideline
from verbund.programmes.queries import computed_programmes


class TitleForm(forms.ModelForm):
    class Meta:
        model = BudgetTitle
        fields = ["chapter", "title_number", "budget_year", "purpose", "amount_planned", "source", "note"]

    def clean_budget_year(self):
        year = self.cleaned_data["budget_year"]
        if not 2012 <= year <= 2100:
            raise forms.ValidationError(_("Bitte ein Jahr ab 2012 eintragen."))
        return year


class PlannedAmountForm(forms.Form):
    amount = MoneyFormField(label=_("neuer Ansatz"))
    reason = forms.CharField(label=_("Grund"), max_length=400)


class CallForm(forms.ModelForm):
    """A call; the guideline must cover the year, which the operation and this form check together."""

    period_from = DayField(label=_("Bewilligungszeitraum von"))
    period_until = DayField(label=_("Bewilligungszeitraum bis"))
    opens_on = DayField(label=_("Anträge ab"))
    closes_on = DayField(
        label=_("Anträge bis"), required=False, help_text=_("Leer lassen, wenn keine Antragsfrist bekannt ist.")
    )
    drawdowns_until = DayField(label=_("Mittelabrufe bis"))

    class Meta:
        model = Call
        fields = CORRECTABLE

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("programme", "guideline", "budget_title"):
            self.fields[name].empty_label = _("Bitte wählen")
        self.fields["programme"].queryset = computed_programmes()
        self.fields["guideline"].queryset = FundingGuideline.objects.filter(status="ADOPTED").select_related(
            "programme"
        )

    def clean(self):
        typed = super().clean()
        guideline, year = typed.get("guideline"), typed.get("budget_year")
        if guideline and year and not guideline.covers(year):
            self.add_error("guideline", _("Diese Richtlinie gilt nicht für das Jahr."))
        if guideline and typed.get("programme") and guideline.programme_id != typed["programme"].pk:
            self.add_error("guideline", _("Diese Richtlinie gehört zu einem anderen Programm."))
        pairs = (("period_from", "period_until"), ("opens_on", "closes_on"))
        for first, last in pairs:
            if typed.get(first) and typed.get(last) and typed[last] < typed[first]:
                self.add_error(last, _("Das Ende liegt vor dem Beginn."))
        return typed


class CallYearForm(forms.Form):
    """The title that pays a further budget year."""

    budget_title = forms.ModelChoiceField(
        BudgetTitle.objects.none(), label=_("Haushaltstitel"), empty_label=_("Bitte wählen")
    )

    def __init__(self, *args, year: int, **options):
        super().__init__(*args, **options)
        self.fields["budget_title"].queryset = BudgetTitle.objects.filter(budget_year=year)


class NewCallYearForm(CallYearForm):
    """A further budget year: its title, and until when period and calls for money go on."""

    period_until = DayField(label=_("Bewilligungszeitraum bis"))
    drawdowns_until = DayField(label=_("Mittelabrufe bis"))


class WindowForm(forms.Form):
    """More time to apply for one centre: which, until when, and why."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Zentrum"), empty_label=_("Bitte wählen"))
    until = DayField(label=_("verlängern bis"), help_text=_("Ein Werktag nach dem jetzigen Ende der Frist."))
    reason = forms.CharField(
        label=_("Grund"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Das Zentrum liest den Grund mit. Bitte keine Angaben über einzelne Personen."),
    )

    def __init__(self, *args, centres, **options):
        super().__init__(*args, **options)
        self.fields["centre"].queryset = centres


class NotificationForm(forms.Form):
    how = forms.ChoiceField(label=_("Wie bekannt gegeben"), choices=GrantNotice.How.choices, widget=forms.RadioSelect)
    day = DayField(label=_("Tag"), help_text=_("Mit der Post: der Tag der Aufgabe; sonst der Tag der Übergabe."))


class ContestForm(forms.Form):
    """The day counts on which the action reached the court, not the day the authority heard of it."""

    brought_on = DayField(label=_("Klage erhoben am"))
    reason = forms.CharField(label=_("Gericht und Aktenzeichen"), max_length=400)

    def clean_brought_on(self):
        if self.cleaned_data["brought_on"] > today():
            raise forms.ValidationError(_("Der Tag liegt in der Zukunft."))
        return self.cleaned_data["brought_on"]


class AccountForm(forms.ModelForm):
    iban = forms.CharField(label=_("IBAN"), max_length=42)

    class Meta:
        model = RecipientAccount
        fields = ["holder", "iban"]


class DrawdownForm(forms.Form):
    amount = MoneyFormField(label=_("Betrag"))


class DisbursementForm(forms.Form):
    paid_on = DayField(label=_("ausgezahlt am"))
    reference = forms.CharField(label=_("Kassenzeichen"), max_length=60)

    def clean_paid_on(self):
        if self.cleaned_data["paid_on"] > today():
            raise forms.ValidationError(_("Der Tag liegt in der Zukunft."))
        return self.cleaned_data["paid_on"]
