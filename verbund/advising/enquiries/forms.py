"""What the people who answer type: an answer, to whom it is passed on, why it is closed, where it counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.advising.enquiries.lifecycle import CloseReason
from verbund.advising.forms import lines
from verbund.advising.models import Enquiry
from verbund.advising.models.enquiries import LONGEST_ANSWER, LONGEST_TEXT
from verbund.advising.queries import terms
from verbund.core.form_fields import DayField
from verbund.offers.models import Term
from verbund.offers.speaking import PAGE_LANGUAGES


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


class AskBackForm(SeenForm):
    """What the answer needs."""

    text = forms.CharField(
        label=_("Rückfrage"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Eine Frage, die sich in wenigen Worten beantworten lässt. Keine Ausweise oder Nummern erfragen."),
    )


class TakeForm(forms.Form):
    """A question that came on another way than the public page."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=_("Wie kam die Frage?"), choices=Enquiry.Channel.choices[1:], widget=forms.RadioSelect
    )
    asked_on = DayField(label=_("Wann?"))
    question = forms.CharField(
        label=_("Frage"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Nur was für die Antwort nötig ist, ohne Namen."),
    )
    field = forms.ModelChoiceField(
        label=_("Thema"), queryset=Term.objects.none(), required=False, empty_label=_("etwas anderes")
    )
    municipality = forms.ModelChoiceField(label=_("Ort"), queryset=None, required=False, empty_label="–")
    answer_text = forms.CharField(
        label=_("Was Sie geantwortet haben"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Leer lassen, wenn die Antwort noch kommt. Dann steht die Frage in den Aufgaben Ihrer Stelle."),
    )
    phone = forms.CharField(
        label=_("Telefon für den Rückruf"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Nur wenn die Person die Antwort per E-Mail möchte. Sie bekommt den Link zu ihrer Frage."),
    )
    language = forms.ChoiceField(label=_("Sprache der Mails"), choices=list(PAGE_LANGUAGES.items()))

    def __init__(self, *args, towns, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)
        self.fields["municipality"].queryset = towns
        if not towns.exists():
            del self.fields["municipality"]

    def values(self) -> dict:
        """Return what is stored; what was answered at once is not part of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "answer_text"}


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

    close_reason = forms.ChoiceField(label=_("Grund"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Hinweis an die fragende Person"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Gehört die Frage nicht hierher, schreiben Sie, wer helfen kann. Bei Werbung geht keine Mail hinaus."
        ),
    )

    def __init__(self, *args, awaits_reply: bool, **options):
        super().__init__(*args, **options)
        reasons = [one for one in CloseReason if awaits_reply or one != CloseReason.NO_REPLY]
        self.fields["close_reason"].choices = [(one.value, one.label) for one in reasons]


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
