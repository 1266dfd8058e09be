"""The form for cutting a passage out: where it stands in more than one text, all of them are confirmed first."""

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.cutting.kinds import places_naming
from verbund.advising.cutting.reading import counted


class CutPassageForm(forms.Form):
    passage = forms.CharField(
        label=gettext_lazy("Stelle"),
        max_length=200,
        min_length=2,
        help_text=gettext_lazy("genau so, wie sie im Text steht; sie wird überall durch [entfernt] ersetzt"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"), max_length=300, help_text=gettext_lazy("ohne die Stelle zu nennen")
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("Ja, in allen diesen Texten"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, data=None, *, whole: Model, **options):
        super().__init__(data, **options)
        self.whole = whole

    def clean(self):
        typed = super().clean()
        is_confirmed = typed.pop("confirmed", False)
        places = places_naming(self.whole, typed.get("passage", ""))
        if len(places) > 1:
            self.fields["confirmed"].widget = forms.CheckboxInput()
            if not is_confirmed:
                said = _("Die Stelle steht in %(number)d Texten: %(where)s. Soll sie aus allen verschwinden?")
                self.add_error("confirmed", said % {"number": len(places), "where": counted(places)})
        return typed
