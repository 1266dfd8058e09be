"""Forms of the rules that two operators keep beside the legal remedies: what of grants is public, how long
files are kept, what notices and letters say.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.dates import today
from verbund.funding.forms.legal_remedies import CHOOSE, PERIOD_AND_SOURCE, RemedyRowForm
from verbund.funding.models import LetterText, NoticeText, PublicationRule, RetentionRule


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


class NoticeTextForm(RemedyRowForm):
    """A text of the grant notice; years that are over keep theirs."""

    passage = forms.ChoiceField(label=_("Stelle im Bescheid"), choices=[("", CHOOSE), *NoticeText.Passage.choices])

    class Meta:
        model = NoticeText
        fields = ["programme", "passage", "text", *PERIOD_AND_SOURCE]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "text": _("Jede Zeile wird ein Absatz oder ein Punkt der Liste. Leer nur, wo keine Nummer abbedungen ist.")
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["programme"].empty_label = CHOOSE
        self.fields["valid_from"].help_text = _("Gilt für Bewilligungszeiträume, die ab diesem Tag beginnen.")

    def clean_text(self):
        lines = (" ".join(line.split()) for line in self.cleaned_data["text"].splitlines())
        return "\n".join(line for line in lines if line)

    def clean_valid_from(self):
        if self.cleaned_data["valid_from"].year < today().year:
            raise forms.ValidationError(
                _("Ein neuer Wortlaut gilt frühestens für Bewilligungszeiträume dieses Jahres.")
            )
        return self.cleaned_data["valid_from"]

    def clean(self):
        typed = super().clean()
        if typed.get("text") == "" and typed.get("passage") and typed["passage"] not in NoticeText.MAY_BE_EMPTY:
            self.add_error("text", _("Diese Stelle darf nicht leer sein."))
        return typed
