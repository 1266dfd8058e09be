"""What is typed about a topic."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.advising.models import Topic
from verbund.advising.topics.operations import TopicData
from verbund.advising.topics.queries import NARROWING
from verbund.advising.ventures.forms import MOST_VERSION, text_field
from verbund.directory.models import Centre
from verbund.offers.models import Language, Term


class WordsField(forms.ModelMultipleChoiceField):
    """Words of several kinds, each with its kind: "Familien" is a need and an audience."""

    def label_from_instance(self, obj):
        return f"{obj.get_kind_display()}: {obj.name}"


class TopicForm(forms.Form):
    """A topic: what it is about, who takes part, by what its offers are found."""

    title = text_field(Topic, "title")
    description = text_field(Topic, "description", rows=6)
    source = text_field(Topic, "source")
    centres = forms.ModelMultipleChoiceField(
        label=_("beteiligte Zentren"),
        queryset=Centre.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Andere Zentren werden gefragt und sagen selbst, ob sie teilnehmen."),
    )
    terms = WordsField(
        label=_("Anliegen, Zielgruppen, Felder"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Von jeder Art muss eines passen."),
    )
    languages = forms.ModelMultipleChoiceField(
        label=_("Sprachen"),
        queryset=Language.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Eine davon muss gesprochen werden."),
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["centres"].queryset = Centre.objects.select_related("organisation").order_by("organisation__name")
        self.fields["terms"].queryset = Term.objects.filter(kind__in=NARROWING, is_in_use=True)
        self.fields["languages"].queryset = Language.objects.filter(is_spoken=True)

    def clean(self):
        typed = super().clean()
        if not self.errors and not typed["terms"] and not typed["languages"]:
            self.add_error("terms", _("Wählen Sie mindestens ein Wort oder eine Sprache."))
        return typed

    def data_of(self) -> TopicData:
        """Return what was typed as the operation takes it."""
        typed = self.cleaned_data
        lists = {name: tuple(typed[name]) for name in ("centres", "terms", "languages")}
        return TopicData(typed["title"], typed["description"], typed["source"], **lists)


class EditTopicForm(TopicForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_VERSION)
