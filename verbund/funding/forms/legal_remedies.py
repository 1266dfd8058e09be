"""Forms of the legal remedies: text, address of a court, its districts, receipt by post."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.directory.models import District
from verbund.funding.models import AdministrativeCourt, CourtAddress, CourtDistrict, LegalRemedyText, PostalPresumption
from verbund.programmes.models import Mark

CHOOSE = _("bitte wählen")
POSTCODE_AND_TOWN = re.compile(r".+,\s*[0-9]{5}\s+\S+")
PERIOD_AND_SOURCE = ["valid_from", "valid_until", "source", "mark"]


class RemedyRowForm(forms.ModelForm):
    """What every row has: its period, where it is written, how sure that is."""

    valid_from = DayField(label=_("gültig von"))
    valid_until = DayField(
        label=_("gültig bis"),
        required=False,
        help_text=_("Ohne Ende gilt die Zeile, bis eine spätere beginnt. Mit Ende gilt danach wieder die frühere."),
    )
    mark = forms.ChoiceField(label=_("Wie sicher ist das?"), choices=[("", CHOOSE), *Mark.choices])

    def clean(self):
        typed = super().clean()
        first, last = typed.get("valid_from"), typed.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Das Ende liegt vor dem Beginn."))
        return typed


class RemedyTextForm(RemedyRowForm):
    class Meta:
        model = LegalRemedyText
        fields = ["text", *PERIOD_AND_SOURCE]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"text": _("{court} und {address} stehen für Name und Anschrift des zuständigen Gerichts.")}


class CourtAddressForm(RemedyRowForm):
    court = forms.ModelChoiceField(AdministrativeCourt.objects.all(), label=_("Gericht"), empty_label=CHOOSE)

    class Meta:
        model = CourtAddress
        fields = ["court", "address", *PERIOD_AND_SOURCE]
        help_texts = {"address": _("Straße und Hausnummer, Postleitzahl und Ort: Bastionstraße 39, 40213 Düsseldorf")}

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        if not POSTCODE_AND_TOWN.fullmatch(address):
            raise forms.ValidationError(_("Bitte mit Komma, Postleitzahl und Ort: Bastionstraße 39, 40213 Düsseldorf"))
        return address


class CourtDistrictForm(RemedyRowForm):
    district_ags = forms.ModelChoiceField(
        District.objects.all(), label=_("Kreis, Städteregion oder kreisfreie Stadt"), empty_label=CHOOSE
    )
    court = forms.ModelChoiceField(
        AdministrativeCourt.objects.all(), label=_("zuständiges Gericht"), empty_label=CHOOSE
    )

    class Meta:
        model = CourtDistrict
        fields = ["district_ags", "court", *PERIOD_AND_SOURCE]

    def clean_district_ags(self):
        return self.cleaned_data["district_ags"].pk


class PostalRuleForm(RemedyRowForm):
    days = forms.IntegerField(
        label=_("Tag nach der Aufgabe zur Post"),
        min_value=1,
        max_value=10,
        help_text=_("An diesem Tag gilt ein Brief als bekannt gegeben, auch am Wochenende."),
    )

    class Meta:
        model = PostalPresumption
        fields = ["days", *PERIOD_AND_SOURCE]
