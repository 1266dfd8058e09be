"""What is typed into the calculator of interest: a sum, a period, what was paid back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.errors import DomainError
from verbund.core.form_fields import DayField
from verbund.core.money import MoneyFormField
from verbund.funding.calculations.interest import Interest, Repayment, interest_on
from verbund.programmes import queries as programmes
from verbund.programmes.rules import ACT_365, ACT_ACT, THIRTY_E_360, InterestRules

ROWS = 4
DAY_COUNTS = [
    ("", gettext_lazy("wie hinterlegt")),
    (ACT_365, gettext_lazy("Kalendertage über 365")),
    (ACT_ACT, gettext_lazy("Kalendertage über 365 oder 366")),
    (THIRTY_E_360, gettext_lazy("30 Tage je Monat über 360")),
]
FIELDS = {"from": "first", "to": "last"}
"""How the engine's paths are called on the form."""


class InterestForm(forms.Form):
    """The sum and the days for which it carries interest, both included."""

    principal = MoneyFormField(label=gettext_lazy("Betrag"))
    first = DayField(label=gettext_lazy("verzinst vom"))
    last = DayField(label=gettext_lazy("bis einschließlich"))
    day_count = forms.ChoiceField(label=gettext_lazy("Zinstage zählen als"), choices=DAY_COUNTS, required=False)


class RepaymentForm(forms.Form):
    """What was paid back on a day; an empty row says nothing."""

    on = DayField(label=gettext_lazy("zurückgezahlt am"), required=False)
    amount = MoneyFormField(label=gettext_lazy("Betrag"), required=False)

    def clean(self):
        typed = super().clean()
        if not self.errors and (typed.get("on") is None) != (typed.get("amount") is None):
            self.add_error("amount" if typed.get("on") else "on", _("Tag und Betrag gehören zusammen."))
        return typed


@dataclass(frozen=True)
class RepaymentForms:
    """The rows for repayments."""

    forms: list[RepaymentForm]

    def is_valid(self) -> bool:
        return not any([form.errors for form in self.forms])  # noqa: C419 - each form shows its errors

    def non_form_errors(self) -> list[str]:
        return []


def repayment_forms(data) -> RepaymentForms:
    """Return the rows for repayments, as typed or empty."""
    return RepaymentForms([RepaymentForm(data, prefix=f"r{number}") for number in range(ROWS)])


def compute_interest(form: InterestForm, rows: RepaymentForms) -> tuple[Interest, InterestRules] | None:
    """Compute what was typed; None if something is wrong, which then stands at its field."""
    if not all([form.is_valid(), rows.is_valid()]):
        return None
    typed = form.cleaned_data
    paid = [row for row in rows.forms if row.cleaned_data.get("on")]
    try:
        rules = programmes.interest_rules_on(typed["last"])
        result = interest_on(
            typed["principal"],
            typed["first"],
            typed["last"],
            programmes.base_rates(),
            rules.surcharges,
            typed["day_count"] or rules.day_count,
            [Repayment(row.cleaned_data["on"], row.cleaned_data["amount"]) for row in paid],
        )
    except DomainError as refusal:
        _show_at_field(refusal, form, paid)
        return None
    return result, rules


def _show_at_field(refusal: DomainError, form: InterestForm, paid: Sequence[RepaymentForm]) -> None:
    """Put a refusal of the engine (`repayments[2].on`) on the field it comes from."""
    path = refusal.field or ""
    if path.startswith("repayments["):
        number, name = path.removeprefix("repayments[").split("].")
        paid[int(number)].add_error(name, str(refusal))
        return
    name = FIELDS.get(path, path)
    form.add_error(name if name in form.fields else None, str(refusal))
