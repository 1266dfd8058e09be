"""What is typed into the calculator, and how it becomes rows of a post plan."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.errors import DomainError
from verbund.core.money import MoneyFormField
from verbund.funding.calculations import Computation, Extra, Period, PostRow, base_grant
from verbund.programmes import queries as programmes
from verbund.programmes.models import FundingGuideline
from verbund.programmes.rules import ASSISTANT, CITY, COUNTY, SPECIALIST

PROGRAMME = "KI_BASE"
ROWS = 6
MONTHS = [(number, MONTH_NAMES[number]) for number in range(1, 13)]
BEGINNING = [{"count": 3, "kind": SPECIALIST, "share": "1"}, {"count": 1, "kind": ASSISTANT, "share": "0,5"}]
"""A centre as it began in 2012: three specialists and half a support post."""


class GrantForm(forms.Form):
    """Year, kind of carrier, language pool, and the way of counting."""

    year = forms.IntegerField(label=gettext_lazy("Jahr"), min_value=1, max_value=9999)
    carrier_kind = forms.ChoiceField(
        label=gettext_lazy("Träger"),
        choices=[(CITY, gettext_lazy("kreisfreie Stadt")), (COUNTY, gettext_lazy("Kreis, Städteregion"))],
    )
    pool = MoneyFormField(label=gettext_lazy("Laiensprachmittlerpool im Jahr"), required=False)
    pro_rata = forms.ChoiceField(
        label=gettext_lazy("Teile eines Jahres zählen als"),
        choices=[("", gettext_lazy("wie in der Richtlinie")), *FundingGuideline.ProRata.choices],
        required=False,
    )


class PostForm(forms.Form):
    """Posts of one kind with the same share and months."""

    count = forms.IntegerField(label=gettext_lazy("Anzahl"), min_value=1, max_value=20)
    kind = forms.ChoiceField(
        label=gettext_lazy("Stellenart"),
        choices=[(SPECIALIST, gettext_lazy("Fachkraft")), (ASSISTANT, gettext_lazy("Assistenz"))],
        initial=SPECIALIST,
    )
    share = forms.DecimalField(
        label=gettext_lazy("Stellenanteil"),
        min_value=0,
        max_value=1,
        max_digits=7,
        decimal_places=6,
        localize=True,
    )
    first_month = forms.TypedChoiceField(label=gettext_lazy("besetzt von"), choices=MONTHS, coerce=int, initial=1)
    last_month = forms.TypedChoiceField(label=gettext_lazy("bis Ende"), choices=MONTHS, coerce=int, initial=12)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("last_month", 12) < cleaned.get("first_month", 1):
            self.add_error("last_month", _("Der Zeitraum endet, bevor er beginnt."))
        return cleaned

    def rows(self, year: int) -> list[PostRow]:
        """Return one row of the post plan per post; none if the form was left empty."""
        typed = self.cleaned_data
        if not typed.get("count"):
            return []
        last = typed["last_month"]
        period = Period(date(year, typed["first_month"], 1), date(year, last, monthrange(year, last)[1]))
        return [PostRow(typed["kind"], typed["share"], (period,))] * typed["count"]


@dataclass(frozen=True)
class PostForms:
    """The rows of the calculator."""

    forms: list[PostForm]

    def is_valid(self) -> bool:
        return not any([form.errors for form in self.forms])  # noqa: C419 - each form shows its errors

    def non_form_errors(self) -> list[str]:
        return []


def post_forms(data) -> PostForms:
    """Return the rows of the calculator: as typed, or as a centre began."""
    if data is None:
        initial: Sequence[dict] = [*BEGINNING, *[{}] * (ROWS - len(BEGINNING))]
        return PostForms([PostForm(initial=values, prefix=f"p{number}") for number, values in enumerate(initial)])
    forms = [
        PostForm(_emptied(data, number), prefix=f"p{number}", empty_permitted=True, use_required_attribute=False)
        for number in range(ROWS)
    ]
    return PostForms(forms)


def _emptied(data, number: int) -> dict:
    """A row without count and share is an empty row: its choices alone say nothing."""
    names = {name: f"p{number}-{name}" for name in PostForm.base_fields}
    if any(data.get(names[name], "").strip() for name in ("count", "share")):
        return {key: data.get(key, "") for key in names.values()}
    return {names[name]: field.initial for name, field in PostForm.base_fields.items() if field.initial is not None}


def calculate(form: GrantForm, posts: PostForms) -> Computation | None:
    """Compute what was typed; None if something is wrong, which then stands at its field."""
    if not all([form.is_valid(), posts.is_valid()]):
        return None
    typed = form.cleaned_data
    origins = [(post, row) for post in posts.forms for row in post.rows(typed["year"])]
    try:
        return base_grant(
            programmes.rules_for(PROGRAMME, typed["year"]),
            year=typed["year"],
            carrier_kind=typed["carrier_kind"],
            posts=[row for _post, row in origins],
            extras=[Extra("LANGUAGE_POOL", typed["pool"])] if typed["pool"] else [],
            pro_rata=typed["pro_rata"] or None,
        )
    except DomainError as refusal:
        _show_at_field(refusal, form, [post for post, _row in origins])
        return None


def _show_at_field(refusal: DomainError, form: GrantForm, origins: Sequence[PostForm]) -> None:
    """Put a refusal of the engine (`posts[2].occupied[0].from`) on the field it comes from."""
    path = refusal.field or ""
    if path.startswith("posts["):
        number = int(path[len("posts[") : path.index("]")])
        origins[number].add_error("first_month" if "occupied" in path else "share", str(refusal))
    elif path.startswith("extras["):
        form.add_error("pool", str(refusal))
    else:
        form.add_error(path if path in form.fields else None, str(refusal))
