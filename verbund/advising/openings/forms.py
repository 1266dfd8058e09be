"""What is typed: an opening, its agreement, its parts, a yearly review."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising.accompaniments.queries import offered_institutions
from verbund.advising.forms import NamesAsked, lines
from verbund.advising.models import InterculturalOpening, OpeningGoal, OpeningMeasure, OpeningSection
from verbund.advising.openings.lifecycle import GoalResult
from verbund.advising.queries import terms
from verbund.core.dates import today
from verbund.core.form_fields import DayField
from verbund.directory.models import Partner
from verbund.directory.queries import municipalities_of
from verbund.offers.models import Term

FIRST_YEAR, LAST_YEAR = 2012, 2100


class SeenForm(forms.Form):
    """A form for a record that exists: says which version was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000, required=False)

    def clean_seen(self):
        return self.cleaned_data["seen"] or 0


class OfCentreForm(forms.Form):
    """A form whose choices are those of a centre."""

    responsible = forms.CharField(
        label=_("Zuständig in der Einrichtung"), max_length=120, help_text=_("Die Funktion, kein Name.")
    )

    def __init__(self, *args, centre, **options):
        super().__init__(*args, **options)
        self.centre = centre


class InstitutionForm(OfCentreForm):
    """With which institution of the centre, a known one or a new one, and which function is responsible there."""

    partner = forms.ModelChoiceField(label=_("Einrichtung"), queryset=Partner.objects.none(), required=False)
    new_partner = forms.CharField(
        label=_("… oder eine neue Einrichtung"),
        max_length=200,
        required=False,
        help_text=_("Nur wenn sie oben fehlt: Eine Einrichtung ist überall dieselbe, auch bei den Angeboten."),
    )
    new_kind = forms.ChoiceField(label=_("Art der neuen Einrichtung"), choices=Partner.Kind, required=False)
    field_order = ["partner", "new_partner", "new_kind", "subject", "responsible"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        partners = offered_institutions(self.centre.pk, on=today()).select_related("organisation")
        self.fields["partner"].queryset = partners.order_by("organisation__name")
        self.initial.setdefault("new_kind", Partner.Kind.OFFICE)

    def clean_new_kind(self):
        return self.cleaned_data["new_kind"] or Partner.Kind.OFFICE

    def clean(self):
        said = super().clean()
        if "partner" in said and bool(said["partner"]) == bool(said.get("new_partner")):
            self.add_error(
                "partner", gettext("Wählen Sie eine Einrichtung oder tragen Sie eine neue ein, nicht beides.")
            )
        return said


class AboutForm(OfCentreForm):
    """What an opening is about, and where it counts."""

    subject = forms.CharField(
        label=_("Worum es geht"), max_length=200, help_text=_("Zum Beispiel: Wartezone, Formulare und Beschwerdeweg.")
    )
    field_order = ["subject", "responsible"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        names = ["field", "stage", "municipality", "audiences"]
        self.fields |= forms.fields_for_model(
            InterculturalOpening, fields=names, widgets={"audiences": forms.CheckboxSelectMultiple}
        )
        for name, kind in (("field", "FIELD"), ("stage", "CHAIN_STAGE"), ("audiences", "AUDIENCE")):
            self.fields[name].queryset = terms(kind)
        self.fields["stage"].help_text = _("Nur wenn es um Bildung geht.")
        self.fields["municipality"].queryset = municipalities_of(self.centre)

    def values(self) -> dict:
        """Return what `propose_opening` and `edit_opening` take beside the institution."""
        said = self.cleaned_data
        return {name: said[name] for name in ("subject", "responsible", "field", "stage", "municipality", "audiences")}

    def clean(self):
        said = super().clean()
        if not said.get("field") and not said.get("stage") and not {"field", "stage"} & set(self.errors):
            self.add_error("field", gettext("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."))
        return said


class NewOpeningForm(AboutForm, InstitutionForm):
    """Everything a new opening says."""

    field_order = InstitutionForm.field_order


class EditOpeningForm(AboutForm, SeenForm):
    """An opening as it was on the screen; its institution stays."""


class AgreementForm(NamesAsked):
    """The agreement: what, since when, until when."""

    agreement = forms.CharField(
        label=_("Vereinbarung"),
        max_length=4000,
        widget=lines(8),
        help_text=_("Was Einrichtung und Zentrum miteinander verabredet haben; Funktionen, keine Namen."),
    )
    agreed_on = DayField(label=_("vereinbart am"))
    agreed_until = DayField(label=_("gilt bis"), required=False)


class ChangeAgreementForm(NamesAsked, SeenForm):
    """Other words or another end of a standing agreement."""

    agreement = forms.CharField(label=_("Vereinbarung"), max_length=4000, widget=lines(8))
    agreed_until = DayField(label=_("gilt bis"), required=False)
    reason = forms.CharField(label=_("Warum die Vereinbarung geändert wird"), max_length=500, widget=lines(2))


class TemplateForm(SeenForm):
    """The head of a concept for the centres."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    summary = forms.CharField(label=_("Worum es geht"), max_length=600, widget=lines(3))
    field = forms.ModelChoiceField(label=_("Handlungsfeld"), queryset=Term.objects.none())

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)


class ReleaseForm(forms.Form):
    """What is new in a version."""

    note = forms.CharField(
        label=_("Was neu ist"), max_length=500, widget=lines(3), help_text=_("Die Zentren lesen diesen Satz.")
    )


class WithdrawForm(forms.Form):
    """Why a concept is taken away from the centres."""

    reason = forms.CharField(label=_("Grund"), max_length=500, widget=lines(2))


class ReasonForm(NamesAsked):
    """Why an opening ends before its time."""

    end_reason = forms.CharField(label=_("Grund"), max_length=1000, widget=lines(3))


class DropForm(NamesAsked):
    """Why a measure is not done."""

    drop_reason = forms.CharField(label=_("Warum die Maßnahme entfällt"), max_length=500, widget=lines(2))


class SectionForm(NamesAsked, SeenForm):
    """A section in words."""

    title = forms.CharField(label=_("Überschrift"), max_length=150)
    text = forms.CharField(label=_("Text"), max_length=6000, widget=lines(8))


class GoalForm(NamesAsked, SeenForm):
    """A goal that can be checked."""

    text = forms.CharField(label=_("Ziel"), max_length=300, widget=lines(2))
    indicator = forms.CharField(
        label=_("Woran man es erkennt"),
        max_length=300,
        help_text=_("Zum Beispiel: Anteil der Formulare in einfacher Sprache."),
    )
    target = forms.CharField(label=_("Zielwert"), max_length=120, help_text=_("Zum Beispiel: 8 von 10 Formularen."))


class MeasureInConceptForm(NamesAsked, SeenForm):
    """A measure as a concept proposes it: without a day."""

    kind = forms.ChoiceField(label=_("Art"), choices=OpeningMeasure._meta.get_field("kind").choices)
    text = forms.CharField(label=_("Maßnahme"), max_length=300, widget=lines(2))
    responsible = forms.CharField(
        label=_("Zuständige Funktion"), max_length=120, help_text=_("Die Funktion, kein Name.")
    )


class MeasureForm(MeasureInConceptForm):
    """A measure of an office, with the day by which it is done."""

    due_on = DayField(label=_("fällig am"))


PART_FORMS = {OpeningSection: SectionForm, OpeningGoal: GoalForm, OpeningMeasure: MeasureForm}


class ReviewForm(NamesAsked):
    """The review of a year: each goal with its result and, where it was not reached, why."""

    year = forms.IntegerField(label=_("Jahr"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    next_steps = forms.CharField(label=_("Wie es weitergeht"), max_length=3000, widget=lines(4))
    review_due_on = DayField(label=_("nächste Jahresprüfung"))

    def __init__(self, *args, goals, **options):
        super().__init__(*args, **options)
        self.goals = list(goals)
        made = {}
        for goal in self.goals:
            made[f"result-{goal.pk}"] = forms.ChoiceField(
                label=goal.text,
                help_text=gettext("Woran man es erkennt: %(indicator)s. Zielwert: %(target)s.")
                % {"indicator": goal.indicator.rstrip("."), "target": goal.target.rstrip(".")},
                choices=GoalResult.choices,
                widget=forms.RadioSelect,
            )
            made[f"reason-{goal.pk}"] = forms.CharField(
                label=gettext("Begründung zu: %(goal)s") % {"goal": goal.text},
                max_length=500,
                widget=lines(2),
                required=False,
                help_text=gettext("Nötig, wenn das Ziel nicht ganz erreicht ist."),
            )
        self.fields = {"year": self.fields.pop("year"), **made, **self.fields}

    def clean(self):
        said = super().clean()
        for goal in self.goals:
            result = said.get(f"result-{goal.pk}")
            if result and result != GoalResult.REACHED and not said.get(f"reason-{goal.pk}"):
                self.add_error(f"reason-{goal.pk}", gettext("Bitte sagen Sie, warum das Ziel nicht ganz erreicht ist."))
        return said

    def results(self) -> dict[int, tuple[str, str]]:
        said = self.cleaned_data
        return {goal.pk: (said[f"result-{goal.pk}"], said[f"reason-{goal.pk}"]) for goal in self.goals}
