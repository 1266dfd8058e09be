"""What partners and readers send, and what the centre writes down after a call."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.plain_text import without_overrides
from verbund.offers.models import ConfirmationEntry, ReaderReport

LONGEST_REPORT = 500
ANSWER_NAME = re.compile(r"(?:answer|note)-(.*)", re.DOTALL)


class AnswersForm(forms.Form):
    """One answer for each entry of a question; entries left out stay unanswered, entries of others are refused."""

    def __init__(self, data=None, *, entries):
        super().__init__(data, auto_id="id_%s")
        self.entries = list(entries)
        for entry in self.entries:
            self.fields[f"answer-{entry.pk}"] = forms.ChoiceField(
                label=_("Ihre Antwort"),
                choices=ConfirmationEntry.Answer,
                widget=forms.RadioSelect,
                required=False,
                initial=entry.answer or None,
            )
            self.fields[f"note-{entry.pk}"] = forms.CharField(
                label=_("Was hat sich geändert?"),
                help_text=_("Nur nötig, wenn sich etwas geändert hat. Das Zentrum trägt es ein."),
                max_length=1000,
                required=False,
                initial=entry.note,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self):
        if any(found and name not in self.fields for name, found in map(_matched, self.data)):
            raise forms.ValidationError(
                _("Diese Seite fragt nicht nach allen gesendeten Einträgen. Laden Sie sie neu.")
            )
        answers = self.answers()
        if not answers and not self.errors:
            raise forms.ValidationError(_("Wählen Sie für mindestens einen Eintrag eine Antwort."))
        for pk, (answer, note) in answers.items():
            if answer == ConfirmationEntry.Answer.CHANGED and not note and f"note-{pk}" not in self.errors:
                self.add_error(f"note-{pk}", _("Schreiben Sie kurz, was sich geändert hat."))

    def answers(self) -> dict[int, tuple[str, str]]:
        """Return the answers given, by entry."""
        said = self.cleaned_data
        return {
            entry.pk: (said[f"answer-{entry.pk}"], said.get(f"note-{entry.pk}", ""))
            for entry in self.entries
            if said.get(f"answer-{entry.pk}")
        }

    def rows(self):
        """Yield each entry with its two fields, for the page."""
        for entry in self.entries:
            yield entry, self[f"answer-{entry.pk}"], self[f"note-{entry.pk}"]


def _matched(name: str):
    return name, ANSWER_NAME.fullmatch(name)


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("Was stimmt nicht?"), choices=ReaderReport.Reason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Möchten Sie mehr dazu sagen?"),
        help_text=_("Höchstens 500 Zeichen. Bitte schreiben Sie keine Namen und nichts Persönliches."),
        max_length=LONGEST_REPORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self):
        return without_overrides(self.cleaned_data["note"])


class ReasonForm(forms.Form):
    note = forms.CharField(
        label=_("Warum nicht?"),
        max_length=300,
        help_text=_("zum Beispiel: nach Rückfrage beim Anbieter doch unverändert"),
    )


class PhonedForm(forms.Form):
    """Which of the unanswered entries of a partner were confirmed by telephone."""

    entries = forms.ModelMultipleChoiceField(
        queryset=ConfirmationEntry.objects.none(),
        error_messages={"required": _("Wählen Sie mindestens einen Eintrag.")},
    )
    note = forms.CharField(max_length=200, required=False)

    def __init__(self, data=None, *, among):
        super().__init__(data)
        self.fields["entries"].queryset = among


class AskForm(forms.Form):
    """Which partners are asked at once."""

    partners = forms.ModelMultipleChoiceField(
        queryset=None, error_messages={"required": _("Wählen Sie mindestens einen Anbieter.")}
    )

    def __init__(self, data=None, *, among):
        super().__init__(data)
        self.fields["partners"].queryset = among
