"""Forms of a grant that changes: request, new version, rescission and revocation, hearing, balance of a day."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.core.money import MoneyFormField
from verbund.funding.forms.applications import MOST_POSTS, PostForm, PostFormSet
from verbund.funding.models import ChangeRequest, Decision, GrantNotice, Hearing

BLANK_POSTS = 1


class ChangeRequestForm(forms.Form):
    kind = forms.ChoiceField(label=_("Was sich ändert"), choices=ChangeRequest.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Was sich ändert und warum"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    effective_from = DayField(label=_("wirksam ab"))
    amount_requested = MoneyFormField(
        label=_("neuer Gesamtbetrag"), required=False, help_text=_("Leer lassen, wenn Sie keinen nennen möchten.")
    )


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=_("Warum der Bescheid bleibt, wie er ist"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AmendmentForm(forms.Form):
    """A new version; the post plan stands in the formset `rows` and comes out as `posts`."""

    effective_from = DayField(label=_("wirksam ab"))
    amount = MoneyFormField(
        label=_("Zuwendung insgesamt"), required=False, help_text=_("Leer lassen: so viel, wie die Stellen ergeben.")
    )
    deviation_reason = forms.CharField(
        label=_("Grund, falls der Betrag vom errechneten abweicht"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reasons = forms.CharField(
        label=_("Gründe"),
        help_text=_("Sie stehen wörtlich im Bescheid."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, rows: PostFormSet, **options):
        super().__init__(*args, **options)
        self.rows = rows

    def clean(self):
        typed = super().clean()
        if self.rows.is_valid():
            typed["posts"] = self.rows.plans()
        else:
            self.add_error(None, _("Bei den Stellen stimmt etwas nicht; die Angaben sind unten markiert."))
        return typed


class RevocationForm(forms.Form):
    """A rescission or revocation: what remains, from when, why, and how discretion was used."""

    kind = forms.ChoiceField(
        label=_("Art"),
        choices=[
            (Decision.Kind.REVOCATION, _("Widerruf (§ 49 VwVfG NRW): der Bescheid war rechtmäßig")),
            (Decision.Kind.RESCISSION, _("Rücknahme (§ 48 VwVfG NRW): der Bescheid war rechtswidrig")),
        ],
        widget=forms.RadioSelect,
    )
    hearing = forms.ModelChoiceField(
        label=_("Anhörung"), queryset=Hearing.objects.none(), empty_label=_("Bitte wählen")
    )
    amount = MoneyFormField(label=_("Zuwendung, die bleibt"), help_text=_("0, wenn nichts bleibt."))
    reaches_back = forms.BooleanField(label=_("auch für die Vergangenheit"), required=False)
    effective_from = DayField(label=_("wirksam ab"))
    reasons = forms.CharField(label=_("Gründe"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    discretion = forms.CharField(
        label=_("Ermessen"),
        help_text=_("Was dafür und was dagegen sprach; es steht im Bescheid."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, notice: GrantNotice, **options):
        super().__init__(*args, **options)
        known = notice.application.hearings.filter(occasion__in=["RESCISSION", "REVOCATION"])
        self.fields["hearing"].queryset = known
        self.fields["hearing"].label_from_instance = _hearing_in_words


def _hearing_in_words(hearing: Hearing) -> str:
    return f"{hearing.get_occasion_display()}, {hearing.opened_on:%d.%m.%Y}: {hearing.get_status_display()}"


class HearingForm(forms.Form):
    occasion = forms.ChoiceField(label=_("Was beabsichtigt ist"), choices=Hearing.Occasion.choices[:2])
    text = forms.CharField(
        label=_("Sachverhalt und beabsichtigte Entscheidung"),
        help_text=_("So steht es im Schreiben; eine leere Zeile beginnt einen Absatz."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    known_on = DayField(
        label=_("Tatsachen vollständig bekannt seit"),
        help_text=_("Damit beginnt die Jahresfrist (§§ 48, 49 VwVfG NRW)."),
    )
    due_on = DayField(label=_("Stellungnahme bis"))


class HearingAnswerForm(forms.Form):
    answer = forms.CharField(label=_("Ihre Stellungnahme"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))


class BalanceForm(forms.Form):
    """For which day a balance is asked, as the files stood on which; in the address."""

    gueltig = DayField(label=_("gültig am"))
    bekannt = DayField(label=_("nach dem Stand der Akten vom"))


def version_formset(notice: GrantNotice, data=None, *, rows: list[dict] | None = None) -> PostFormSet:
    """Return the post plan of a notice as a formset, or `rows` in its place (the actual occupancy)."""
    initial = rows if rows is not None else _rows_of(notice)
    factory = forms.formset_factory(
        PostForm, formset=PostFormSet, extra=BLANK_POSTS, can_delete=True, max_num=MOST_POSTS, validate_max=True
    )
    return factory(data, initial=None if data else initial, prefix="posts")


def _rows_of(notice: GrantNotice) -> list[dict]:
    years = [notice.parameters, *notice.parameters.get("later_years", [])]
    return [
        {
            "label": row["post"],
            "function": row["function"],
            "full_time_share": row["full_time_share"],
            "occupied_from": date.fromisoformat(span["from"]),
            "occupied_until": date.fromisoformat(span["to"]),
            "is_qualified": True,
        }
        for year in years
        for row in year["posts"]
        for span in row["occupied"]
    ]
