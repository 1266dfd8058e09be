"""What is typed about a practice."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.advising.models import Practice, PracticeMaterial
from verbund.advising.practices.lifecycle import Uptake
from verbund.advising.practices.operations import PracticeData
from verbund.advising.ventures.forms import MOST_VERSION, WorkForm, text_field
from verbund.core.form_fields import TypedNumber
from verbund.core.money import MoneyFormField


class DaysField(TypedNumber):
    """Days with one place."""

    pattern = re.compile(r"[0-9]{1,6}(?:[.,][0-9])?")
    default_error_messages = {"invalid": _("Bitte schreiben Sie die Tage so: 12 oder 7,5.")}


class PracticeForm(WorkForm):
    """The short form of a practice; what failed belongs to it."""

    title = text_field(Practice, "title")
    problem = text_field(Practice, "problem", rows=4)
    target_group = text_field(Practice, "target_group")
    done = text_field(Practice, "done", rows=8)
    partners = text_field(Practice, "partners", help_text=_("Einrichtungen und Funktionen, keine Namen von Personen."))
    effort_days = DaysField(label=_("Aufwand in Personentagen"))
    amount_effort = MoneyFormField(label=_("Sachkosten"), min_value=0)
    effect = text_field(Practice, "effect", rows=4)
    conditions = text_field(Practice, "conditions", rows=4)
    failures = text_field(Practice, "failures", rows=4, help_text=_("Davon lernen andere am meisten."))
    contact_function = text_field(Practice, "contact_function")
    field_order = [
        "title", "problem", "target_group", "audiences", "field", "stage", "municipality", "done", "partners",
        "effort_days", "amount_effort", "effect", "conditions", "failures", "contact_function",
    ]  # fmt: skip

    def data_of(self) -> PracticeData:
        """Return what was typed as the operation takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return PracticeData(**(typed | {"audiences": tuple(typed["audiences"])}))


class EditPracticeForm(PracticeForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_VERSION)


class MaterialForm(forms.Form):
    name = text_field(PracticeMaterial, "name")
    address = forms.URLField(label=_("Adresse"), max_length=300, assume_scheme="https")
    licence = text_field(PracticeMaterial, "licence", help_text=_("Zum Beispiel „CC BY 4.0“ oder „nur zur Ansicht“."))


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Rückfrage"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class AnswerQuestionForm(forms.Form):
    answer = forms.CharField(label=_("Antwort"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


class ReturnForm(forms.Form):
    return_reason = forms.CharField(
        label=_("Was zu überarbeiten ist"), max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )


class UptakeForm(forms.Form):
    uptake = forms.ChoiceField(label=_("Stand in Ihrem Zentrum"), choices=Uptake, widget=forms.RadioSelect)
    changes = forms.CharField(
        label=_("Was Sie anders machen"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
