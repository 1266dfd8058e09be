"""The form of a rule for reminders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core import deadlines
from verbund.funding.forms.legal_remedies import CHOOSE, PERIOD_AND_SOURCE, RemedyRowForm
from verbund.funding.models import ReminderRule


class ReminderRuleForm(RemedyRowForm):
    """Which deadline, when, whom; a rule that is not active ends the reminder from its first day on."""

    kind = forms.ChoiceField(label=_("Frist"))
    days = forms.IntegerField(
        label=_("Tage ab dem Ende der Frist"),
        min_value=-366,
        max_value=366,
        help_text=_("−30 heißt 30 Tage vorher, 0 am letzten Tag, 14 zwei Wochen danach."),
    )

    class Meta:
        model = ReminderRule
        fields = ["kind", "days", "audience", "escalates", "is_active", *PERIOD_AND_SOURCE]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        kinds = sorted(((code, str(kind.label)) for code, kind in deadlines.KINDS.items()), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", CHOOSE), *kinds]
