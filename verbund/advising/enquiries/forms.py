"""What the people who answer type: an answer, to whom it is passed on, why it is closed, where it counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.advising.enquiries.lifecycle import CloseReason
from verbund.advising.forms import lines
from verbund.advising.models.enquiries import LONGEST_ANSWER
from verbund.advising.queries import terms
from verbund.offers.models import Term


class SeenForm(forms.Form):
    """A form that remembers which version of the enquiry was on the screen."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class AnswerForm(SeenForm):
    """An answer."""

    text = forms.CharField(
        label=_("Antwort"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("Kurze Sätze, ohne Fachwörter. Nennen Sie, wohin man sich wenden kann."),
    )


class PassOnForm(SeenForm):
    """To whom, and why."""

    to = forms.TypedChoiceField(label=_("An wen?"), coerce=int)
    reason = forms.CharField(
        label=_("Grund"),
        max_length=600,
        widget=lines(3),
        help_text=_("Liest die Stelle, an die Sie weitergeben. Wer gefragt hat, sieht nur, wer jetzt antwortet."),
    )

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        units = [(pk, name) for pk, name, is_unit in bodies if is_unit]
        centres = [(pk, name) for pk, name, is_unit in bodies if not is_unit]
        self.fields["to"].choices = [
            ("", _("Bitte wählen")),
            (_("Koordinierungsstellen"), units),
            (_("Zentren"), centres),
        ]


class CloseForm(SeenForm):
    """Why there is no answer, and what whoever asked reads of it."""

    close_reason = forms.ChoiceField(label=_("Grund"), choices=CloseReason.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Hinweis an die fragende Person"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Gehört die Frage nicht hierher, schreiben Sie, wer helfen kann. Bei Werbung geht keine Mail hinaus."
        ),
    )


class ReopenForm(SeenForm):
    """Nothing but the version on the screen."""


class SortForm(SeenForm):
    """The field, stage and audiences under which it counts."""

    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=Term.objects.none(), required=False)
    stage = forms.ModelChoiceField(label=_("Stufe der Bildungskette"), queryset=Term.objects.none(), required=False)
    audiences = forms.ModelMultipleChoiceField(
        label=_("Zielgruppen"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)
        self.fields["stage"].queryset = terms(Term.Kind.CHAIN_STAGE)
        self.fields["audiences"].queryset = terms(Term.Kind.AUDIENCE)
