"""Forms of the rules that two operators keep beside the legal remedies: what of grants is public, how long
files are kept.
"""

from django.utils.translation import gettext_lazy as _

from verbund.funding.forms.legal_remedies import CHOOSE, PERIOD_AND_SOURCE, RemedyRowForm
from verbund.funding.models import PublicationRule, RetentionRule


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
