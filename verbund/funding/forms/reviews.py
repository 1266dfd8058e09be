"""Forms of the authority's side: declaration, checklist, questions, proposal, signature."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.core.money import MoneyFormField
from verbund.funding.models import ChecklistAnswer, Decision

YES, NO = "YES", "NO"


class ConflictForm(forms.Form):
    """Whether a conflict of interest exists; with one the explanation is required."""

    has_conflict = forms.TypedChoiceField(
        label=_("Besteht ein Interessenkonflikt?"),
        choices=[(NO, _("Nein, ich bin unbefangen")), (YES, _("Ja, jemand anderes muss übernehmen"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
    )
    statement = forms.CharField(label=_("Erläuterung"), max_length=1000, required=False)

    def clean(self):
        typed = super().clean()
        if typed.get("has_conflict") and not typed.get("statement", "").strip():
            self.add_error("statement", _("Erläutern Sie den Konflikt in einem Satz."))
        return typed


class ChecklistForm(forms.Form):
    """One result and one note for each item; items may stay open while the review goes on."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args, items, answers, **options):
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            known = answers.get(item.pk)
            self.fields[f"result_{item.pk}"] = forms.ChoiceField(
                label=item.text,
                required=False,
                choices=ChecklistAnswer.Result.choices,
                widget=forms.RadioSelect,
                initial=known.result if known else None,
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Vermerk"), required=False, max_length=1000, initial=known.note if known else ""
            )

    def rows(self):
        return [(item, self[f"result_{item.pk}"], self[f"note_{item.pk}"]) for item in self.items]

    def clean(self):
        """Ask for the result where only a note stands: without one the note would not be kept."""
        typed = super().clean()
        for item in self.items:
            if typed.get(f"note_{item.pk}") and not typed.get(f"result_{item.pk}"):
                self.add_error(f"result_{item.pk}", _("Wählen Sie zu Ihrem Vermerk auch ein Ergebnis."))
        return typed

    def answers(self) -> dict:
        """Return {item: (result, note)} for the items that were answered."""
        typed = self.cleaned_data
        return {
            item: (typed[f"result_{item.pk}"], typed[f"note_{item.pk}"])
            for item in self.items
            if typed[f"result_{item.pk}"]
        }


class InformationRequestForm(forms.Form):
    text = forms.CharField(
        label=_("Was fehlt oder unklar ist"),
        help_text=_("Ein Punkt je Zeile; so steht es auch im Schreiben."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    due_on = DayField(label=_("Antwort bis"))


class ProposalForm(forms.Form):
    """Grant or refuse; a refusal needs reasons, a deviation from the computed sum too."""

    kind = forms.ChoiceField(label=_("Entscheidung"), choices=Decision.Kind.choices, widget=forms.RadioSelect)
    amount = MoneyFormField(label=_("Betrag"), required=False)
    deviation_reason = forms.CharField(
        label=_("Grund, falls der Betrag vom errechneten abweicht"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reasons = forms.CharField(
        label=_("Gründe, falls abgelehnt wird"),
        help_text=_("Sie stehen wörtlich im Ablehnungsbescheid."),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self):
        typed = super().clean()
        if typed.get("kind") == Decision.Kind.GRANT and typed.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Tragen Sie den Betrag ein."))
        typed["amount"] = typed.get("amount") or 0
        return typed


class IssueForm(forms.Form):
    issued_on = DayField(label=_("Datum des Bescheids"))
