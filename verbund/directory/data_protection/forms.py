"""Forms for requests about personal data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.directory.data_protection.operations import Ground


class PersonSearchForm(forms.Form):
    email = forms.EmailField(
        label=_("E-Mail-Adresse der Person"),
        max_length=254,
        help_text=_("Die ganze Adresse, mit der sich die Person anmeldet."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class ErasureForm(forms.Form):
    ground = forms.ChoiceField(label=_("Grund"), choices=Ground.choices, widget=forms.RadioSelect)
    is_checked = forms.BooleanField(
        label=_("Ich habe geprüft, dass keine Aufbewahrungspflicht entgegensteht. Die Person soll gelöscht werden."),
        error_messages={"required": _("Bitte bestätigen Sie die Prüfung. Löschen lässt sich nicht zurücknehmen.")},
    )
