"""What is chosen for an act on many records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.long_numbers import LARGEST_ID
from verbund.funding.forms.money import NotificationForm
from verbund.funding.models import BulkRun

ON_APPLICATIONS = (BulkRun.Kind.TAKE_OVER, BulkRun.Kind.REMIND)


class ChosenField(forms.Field):
    """The ticked rows of a list as ids; what is no id is left out, and whom they belong to the operation asks."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        return [int(one) for one in value or [] if one.isascii() and one.isdecimal() and len(one) <= 19]

    def clean(self, value):
        return [pk for pk in super().clean(value) if pk <= LARGEST_ID]


class ApplicationsForm(forms.Form):
    """Which applications, and what to do with them."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in ON_APPLICATIONS])
    chosen = ChosenField(required=False)


class NotificationOfManyForm(NotificationForm):
    """Way and day once, for all notices ticked."""

    chosen = ChosenField(required=False)

    def clean(self):
        typed = super().clean()
        if not typed.get("chosen"):
            raise forms.ValidationError(_("Wählen Sie mindestens einen Bescheid aus."))
        return typed
