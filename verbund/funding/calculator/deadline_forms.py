"""What is typed into the calculator of deadlines: what the day is, and whether it moves."""

from django import forms
from django.utils.translation import gettext_lazy

from verbund.core.errors import DomainError
from verbund.core.form_fields import DayField
from verbund.funding.calculations.deadlines import Deadline, due, proof_of_use_due, use_within_two_months

NOMINAL, PROOF_OF_USE, USE_WITHIN_TWO_MONTHS = "NOMINAL", "PROOF_OF_USE", "USE_WITHIN_TWO_MONTHS"
KINDS = [
    (PROOF_OF_USE, gettext_lazy("Ende des Bewilligungszeitraums: Wann ist der Verwendungsnachweis fällig?")),
    (USE_WITHIN_TWO_MONTHS, gettext_lazy("Auszahlung: Bis wann ist das Geld zu verwenden?")),
    (NOMINAL, gettext_lazy("letzter Tag einer Frist: Verschiebt er sich?")),
]
RULES = {NOMINAL: due, PROOF_OF_USE: proof_of_use_due, USE_WITHIN_TWO_MONTHS: use_within_two_months}
SOURCES = {
    NOMINAL: "",
    PROOF_OF_USE: "drei Monate nach Ende des Bewilligungszeitraums: Richtlinie KI vom 10. März 2023; § 188 BGB",
    USE_WITHIN_TWO_MONTHS: "zwei Monate nach der Auszahlung: ANBest-G Nr. 1.4; § 188 BGB",
}


class DeadlineForm(forms.Form):
    """A day, what it is, and whether the authority fixed it as a calendar day."""

    kind = forms.ChoiceField(label=gettext_lazy("Was ist das für ein Tag?"), choices=KINDS)
    day = DayField(label=gettext_lazy("Tag"))
    fixed = forms.BooleanField(
        label=gettext_lazy("Die Behörde hat den Tag fest bestimmt und darauf hingewiesen"), required=False
    )

    @property
    def source(self) -> str:
        """Return where the length of the period is written; empty for a day that is given."""
        return SOURCES[self.cleaned_data["kind"]]


def compute_deadline(form: DeadlineForm) -> Deadline | None:
    """Compute what was typed; None if something is wrong, which then stands at its field."""
    if not form.is_valid():
        return None
    try:
        return RULES[form.cleaned_data["kind"]](form.cleaned_data["day"], fixed=form.cleaned_data["fixed"])
    except DomainError as refusal:
        form.add_error("day", str(refusal))
        return None
