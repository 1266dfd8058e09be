"""Forms of the proof of use: what was spent, the examination, samples, copies."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField, TypedNumber
from verbund.core.money import MoneyFormField
from verbund.funding.models import ProofDecision, ProofLine, ProofOfUse
from verbund.funding.operations import AuditConfirmation, Cut, Spending
from verbund.programmes.models import Programme

YES, NO = "YES", "NO"


class MonthsField(TypedNumber):
    """Person months: months times share, typed as 9 or 4,5."""

    pattern = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")
    default_error_messages = {"invalid": _("Bitte schreiben Sie die Personenmonate so: 12 oder 4,5.")}


class ProofForm(forms.Form):
    """A proof as the carrier fills it: three inputs for each line, then report, confirmation and declaration."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    narrative = forms.CharField(
        label=_("Sachbericht: Verwendung und Ergebnis in Kürze"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    has_audit_office = forms.TypedChoiceField(
        label=_("Gibt es bei Ihnen eine örtliche Rechnungsprüfung?"),
        choices=[(YES, _("Ja, sie hat den Nachweis bestätigt")), (NO, _("Nein"))],
        coerce=lambda value: value == YES,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    audit_office = forms.CharField(label=_("Name der Rechnungsprüfung"), required=False, max_length=200)
    audit_confirmed_on = DayField(label=_("bestätigt am"), required=False)
    upload = forms.FileField(
        label=_("Bestätigung als PDF"), required=False, max_length=200, help_text=_("höchstens 20 MB")
    )
    is_declared = forms.BooleanField(
        label=_(
            "Die Ausgaben waren notwendig, es wurde wirtschaftlich und sparsam verfahren, und die Angaben stimmen mit "
            "den Büchern überein."
        ),
        required=False,
    )

    def __init__(self, *args, proof: ProofOfUse, lines: list[ProofLine], asks_for_narrative: bool, **options):
        super().__init__(*args, **options)
        self.lines = lines
        if not asks_for_narrative:
            del self.fields["narrative"]
        if not proof.is_final:
            for name in ("has_audit_office", "audit_office", "audit_confirmed_on", "upload"):
                del self.fields[name]
        self.initial = {
            "version": proof.version,
            "narrative": proof.narrative,
            "has_audit_office": {True: YES, False: NO}.get(proof.has_audit_office),
            "audit_office": proof.audit_office,
            "audit_confirmed_on": proof.audit_confirmed_on,
            "is_declared": proof.is_declared,
        }
        for line in lines:
            self._add_line(line)

    def _add_line(self, line: ProofLine) -> None:
        self.fields[f"spent_{line.pk}"] = MoneyFormField(
            label=_("ausgegeben"), required=False, initial=line.amount_spent
        )
        if line.is_post:
            self.fields[f"months_{line.pk}"] = MonthsField(
                label=_("Personenmonate besetzt"), required=False, initial=line.months
            )
        self.fields[f"explanation_{line.pk}"] = forms.CharField(
            label=_("Erläuterung, wenn etwas vom Bescheid abweicht"),
            required=False,
            max_length=1000,
            initial=line.explanation,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def rows(self) -> list[dict]:
        """Return each line with its inputs, for the page."""
        return [
            {
                "line": line,
                "spent": self[f"spent_{line.pk}"],
                "months": self[f"months_{line.pk}"] if line.is_post else None,
                "explanation": self[f"explanation_{line.pk}"],
            }
            for line in self.lines
        ]

    def spendings(self) -> dict[int, Spending]:
        typed = self.cleaned_data
        return {
            line.pk: Spending(
                typed[f"spent_{line.pk}"], typed.get(f"months_{line.pk}"), typed[f"explanation_{line.pk}"].strip()
            )
            for line in self.lines
        }

    def audit_confirmation(self) -> AuditConfirmation:
        typed = self.cleaned_data
        return AuditConfirmation(
            exists=typed.get("has_audit_office"),
            office=typed.get("audit_office", ""),
            confirmed_on=typed.get("audit_confirmed_on"),
            upload=typed.get("upload"),
        )


class InterimForm(forms.Form):
    due_on = DayField(label=_("Vorzulegen bis"))
    reason = forms.CharField(label=_("Grund"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class HandBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Was zu überarbeiten ist"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = DayField(label=_("Wieder vorzulegen bis"))


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Was beanstandet wird und was beabsichtigt ist"),
        help_text=_("So steht es im Schreiben; eine leere Zeile beginnt einen Absatz."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    due_on = DayField(label=_("Stellungnahme bis"))


class CheckNoteForm(forms.Form):
    note = forms.CharField(
        label=_("Prüfungsvermerk"),
        help_text=_("Was geprüft wurde, woran, mit welchem Ergebnis."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ProofResultForm(forms.Form):
    """The proposed result; each line has what is accepted and why less."""

    outcome = forms.ChoiceField(
        label=_("Ergebnis"),
        choices=[
            (ProofDecision.Outcome.ACCEPTED, _("anerkennen, wie nach den Angaben errechnet")),
            (ProofDecision.Outcome.ACCEPTED_WITH_CUT, _("mit Kürzung anerkennen")),
            (ProofDecision.Outcome.REFUSED, _("nicht anerkennen")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Begründung, bei Kürzung und Ablehnung nötig"),
        help_text=_("Sie steht wörtlich im Schreiben."),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, lines: list[ProofLine], **options):
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            self.fields[f"accepted_{line.pk}"] = MoneyFormField(
                label=_("anerkannt"), required=False, initial=line.amount_recognised
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=_("Grund der Kürzung"), required=False, max_length=1000
            )

    def rows(self) -> list[dict]:
        return [
            {"line": line, "accepted": self[f"accepted_{line.pk}"], "reason": self[f"reason_{line.pk}"]}
            for line in self.lines
        ]

    def cuts(self) -> dict[int, Cut]:
        typed = self.cleaned_data
        return {
            line.pk: Cut(typed[f"accepted_{line.pk}"], typed[f"reason_{line.pk}"].strip())
            for line in self.lines
            if typed[f"accepted_{line.pk}"] is not None
        }


class SampleForm(forms.Form):
    """How many proofs of each kind of carrier are drawn."""

    programme = forms.ModelChoiceField(label=_("Programm"), queryset=Programme.objects.none(), empty_label=None)
    budget_year = forms.IntegerField(label=_("Haushaltsjahr"), min_value=2012, max_value=2100)
    number_county = forms.IntegerField(label=_("Kreise und Städteregion"), min_value=0, max_value=500, initial=0)
    number_city = forms.IntegerField(label=_("Städte"), min_value=0, max_value=500, initial=0)

    def __init__(self, *args, programmes, **options):
        super().__init__(*args, **options)
        self.fields["programme"].queryset = programmes


class HandPickForm(forms.Form):
    proof = forms.ModelChoiceField(
        label=_("Verwendungsnachweis"), queryset=ProofOfUse.objects.none(), empty_label=_("Bitte wählen")
    )
    reason = forms.CharField(label=_("Grund der Auswahl"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, waiting, **options):
        super().__init__(*args, **options)
        self.fields["proof"].queryset = waiting


class CopySentForm(forms.Form):
    sent_on = DayField(label=_("versandt am"))
