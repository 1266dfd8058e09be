"""What is typed: a question, what is said to and fro, a visit, whether it helped."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising.forms import NamesAsked, lines
from verbund.advising.models import ConceptTemplate
from verbund.advising.queries import terms
from verbund.advising.requests.lifecycle import Helped, Wish
from verbund.core.form_fields import DayField
from verbund.directory.models import Organisation
from verbund.offers.models import Term


class QuestionForm(NamesAsked):
    """A question, its field, and which unit is asked where several are possible."""

    title = forms.CharField(label=_("Worum es geht"), max_length=200)
    question = forms.CharField(
        label=_("Frage"), max_length=5000, widget=lines(7), help_text=_("Keine Angaben über Ratsuchende.")
    )
    wish = forms.ChoiceField(label=_("Was Sie sich wünschen"), choices=Wish.choices, widget=forms.RadioSelect)
    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=Term.objects.none(), required=False)
    stage = forms.ModelChoiceField(
        label=_("Stufe der Bildungskette"),
        queryset=Term.objects.none(),
        required=False,
        help_text=_("Nur wenn es um Bildung geht."),
    )
    unit = forms.ModelChoiceField(
        label=_("Koordinierungsstelle"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("die für das Feld zuständige"),
        help_text=_("Bei Bildungsfragen können Sie zwischen beiden wählen."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000, required=False)

    def __init__(self, *args, units, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)
        self.fields["stage"].queryset = terms(Term.Kind.CHAIN_STAGE)
        self.fields["unit"].queryset = units
        self.initial.setdefault("wish", Wish.ANSWER)

    def clean_seen(self):
        return self.cleaned_data["seen"] or 0

    def clean(self):
        said = super().clean()
        if not said.get("field") and not said.get("stage") and not {"field", "stage"} & set(self.errors):
            self.add_error("field", gettext("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."))
        return said

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class MessageForm(NamesAsked):
    """What a centre says."""

    text = forms.CharField(label=_("Text"), max_length=6000, widget=lines(7))


class UnitMessageForm(MessageForm):
    """What a unit says, with what it attaches."""

    template = forms.ModelChoiceField(
        label=_("Musterkonzept anhängen"), queryset=ConceptTemplate.objects.none(), required=False
    )
    link = forms.URLField(
        label=_("Link"), max_length=300, required=False, validators=[URLValidator(schemes=["http", "https"])]
    )
    upload = forms.FileField(label=_("Datei (PDF)"), required=False, help_text=_("Höchstens 20 MB."))

    def __init__(self, *args, templates, **options):
        super().__init__(*args, **options)
        self.fields["template"].queryset = templates


class CloseForm(forms.Form):
    """A closing word."""

    note = forms.CharField(label=_("Bemerkung"), max_length=500, widget=lines(2), required=False)


class HelpedForm(forms.Form):
    """Whether the answer helped."""

    helped = forms.ChoiceField(label=_("Hat es geholfen?"), choices=Helped.choices, widget=forms.RadioSelect)
    helped_note = forms.CharField(label=_("Bemerkung"), max_length=600, widget=lines(3), required=False)


class VisitForm(forms.Form):
    """A visit: when, where, who by function."""

    visited_on = DayField(label=_("Tag"))
    place = forms.CharField(label=_("Wo"), max_length=200)
    who = forms.CharField(label=_("Wer kommt"), max_length=200, help_text=_("Funktionen, keine Namen."))


class VisitResultForm(NamesAsked):
    """What came of a visit, or why it is cancelled."""

    result = forms.CharField(label=_("Ergebnis oder Grund"), max_length=3000, widget=lines(4))
