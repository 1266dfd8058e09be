"""Inputs that several forms of funding share."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One required reason."""

    reason = forms.CharField(label=_("Grund"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
