"""Forms of the rules that two operators keep beside the legal remedies: what of grants is public."""

from django.utils.translation import gettext_lazy as _

from verbund.funding.forms.legal_remedies import CHOOSE, PERIOD_AND_SOURCE, RemedyRowForm
from verbund.funding.models import PublicationRule


class PublicationRuleForm(RemedyRowForm):
    class Meta:
        model = PublicationRule
        fields = ["programme", "is_published", "licence", *PERIOD_AND_SOURCE]
        help_texts = {"licence": _("Zum Beispiel die Adresse der Datenlizenz Deutschland. Leer: keine Angabe.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["programme"].empty_label = CHOOSE
