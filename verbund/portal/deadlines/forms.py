"""Forms about deadlines: the extension for one recipient."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField


class ExtensionForm(forms.Form):
    """Until when, and why."""

    until = DayField(label=_("verlängern bis"), help_text=_("Ein Werktag nach dem jetzigen Ende der Frist."))
    reason = forms.CharField(
        label=_("Grund"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Der Träger liest den Grund mit. Bitte keine Angaben über einzelne Personen."),
    )
