"""What is typed: a survey and its topics, a centre's answer, a line of the programme."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising.forms import lines
from verbund.advising.models import PlannedTraining, SurveyTopic, TopicWish
from verbund.advising.queries import terms
from verbund.core.form_fields import DayField
from verbund.offers.models import Term

FIRST_YEAR, LAST_YEAR = 2012, 2100
SEEN = {"widget": forms.HiddenInput, "min_value": 0, "max_value": 2_000_000_000, "required": False}


class SurveyForm(forms.Form):
    """The words and the deadline of a survey."""

    intro = forms.CharField(label=_("Wofür die Abfrage ist"), max_length=2000, widget=lines(4))
    due_on = DayField(label=_("Antwort bis"))
    seen = forms.IntegerField(**SEEN)


class NewSurveyForm(SurveyForm):
    """A new survey: for the programme of which year."""

    year = forms.IntegerField(label=_("Programmjahr"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    field_order = ["year", "intro", "due_on"]


class TopicForm(forms.Form):
    """A topic centres may need."""

    title = forms.CharField(label=_("Thema"), max_length=200)
    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=Term.objects.none())

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)


class ReturnForm(forms.Form):
    """What a centre answers: each topic with its priority and a comment, and what else is missing."""

    note = forms.CharField(label=_("Was uns sonst fehlt"), max_length=3000, widget=lines(4), required=False)
    seen = forms.IntegerField(**SEEN)

    def __init__(self, *args, topics: list[SurveyTopic], **options):
        super().__init__(*args, **options)
        self.topics = topics
        made = {}
        for topic in topics:
            made[f"priority-{topic.pk}"] = forms.TypedChoiceField(
                label=topic.title,
                help_text=str(topic.field or ""),
                choices=TopicWish.Priority.choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            made[f"comment-{topic.pk}"] = forms.CharField(
                label=gettext("Was genau zu: %(topic)s") % {"topic": topic.title}, max_length=500, required=False
            )
        self.fields = {**made, **self.fields}

    def clean(self):
        """Ask for the priority where only a comment stands: without one the comment would not be kept."""
        typed = super().clean()
        for one in self.topics:
            if typed.get(f"comment-{one.pk}") and typed.get(f"priority-{one.pk}") is None:
                self.add_error(f"priority-{one.pk}", _("Wählen Sie zu Ihrer Angabe auch, wie groß der Bedarf ist."))
        return typed

    def wishes(self) -> dict[int, tuple[int | None, str]]:
        said = self.cleaned_data
        return {one.pk: (said[f"priority-{one.pk}"], said[f"comment-{one.pk}"]) for one in self.topics}


class TrainingForm(forms.Form):
    """A line of the training programme."""

    year = forms.IntegerField(label=_("Programmjahr"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    quarter = forms.TypedChoiceField(
        label=_("Quartal"), choices=PlannedTraining._meta.get_field("quarter").choices, coerce=int
    )
    title = forms.CharField(label=_("Titel"), max_length=200)
    topic = forms.ModelChoiceField(label=_("Thema der Abfrage"), queryset=SurveyTopic.objects.none(), required=False)
    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=Term.objects.none(), required=False)
    audience = forms.CharField(label=_("Für wen"), max_length=200)
    seen = forms.IntegerField(**SEEN)

    def __init__(self, *args, unit_id: int, **options):
        super().__init__(*args, **options)
        topics = SurveyTopic.objects.filter(survey__unit_id=unit_id).select_related("survey")
        self.fields["topic"].queryset = topics.order_by("-survey__year", "position", "pk")
        self.fields["field"].queryset = terms(Term.Kind.FIELD)
