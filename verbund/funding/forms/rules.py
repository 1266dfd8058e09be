"""Forms of the rules that two operators keep beside the legal remedies: what of grants is public, how long
files are kept, what letters say.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.dates import today
from verbund.funding.forms.legal_remedies import CHOOSE, PERIOD_AND_SOURCE, RemedyRowForm
from verbund.funding.models import LetterText, PublicationRule, RetentionRule


class PublicationRuleForm(RemedyRowForm):
    class Meta:
        model = PublicationRule
        fields = ["programme", "is_published", "licence", *PERIOD_AND_SOURCE]
        help_texts = {"licence": _("Zum Beispiel die Adresse der Datenlizenz Deutschland. Leer: keine Angabe.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["programme"].empty_label = CHOOSE


class RetentionRuleForm(RemedyRowForm):
    class Meta:
        model = RetentionRule
        fields = ["kind", "side", "event", "years", "to_end_of_year", *PERIOD_AND_SOURCE]

    def clean(self):
        typed = super().clean()
        kind, event = typed.get("kind"), typed.get("event")
        if kind and event and (kind == RetentionRule.Kind.GRANTED) != (event == RetentionRule.Event.PROOF_DUE):
            self.add_error("event", _("Bewilligte Förderung zählt ab dem Nachweis, alles andere ab seinem Abschluss."))
        if typed.get("years") is not None and not 1 <= typed["years"] <= 99:
            self.add_error("years", _("Bitte 1 bis 99 Jahre."))
        return typed


class LetterTextForm(RemedyRowForm):
    """A sentence of a letter; it begins after today, since letters of today went out with the old one."""

    passage = forms.ChoiceField(label=_("Stelle im Schreiben"), choices=[("", CHOOSE), *LetterText.Passage.choices])

    class Meta:
        model = LetterText
        fields = ["passage", "text", *PERIOD_AND_SOURCE]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "text": _(
                "Ein Absatz ohne Zeilenumbruch. Die Einleitung der Anhörung folgt auf die Anrede und beginnt klein."
            )
        }

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())

    def clean_valid_from(self):
        if self.cleaned_data["valid_from"] <= today():
            raise forms.ValidationError(_("Ein neuer Wortlaut gilt frühestens ab morgen."))
        return self.cleaned_data["valid_from"]
