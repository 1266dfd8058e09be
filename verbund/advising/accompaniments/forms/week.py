"""The week as a table: rows already there, and empty ones for what was not written down yet."""

from datetime import date, timedelta

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.accompaniments import queries
from verbund.advising.accompaniments.forms.fields import minutes_field
from verbund.advising.accompaniments.forms.resolving import Institutions, Unclear, accompaniment_meant, usual_terms
from verbund.advising.accompaniments.operations import Entry, StepFacts
from verbund.advising.calculations import passages_naming_people
from verbund.advising.forms import warning
from verbund.advising.models import AccompanimentStep
from verbund.directory.models import Partner

SPARE, MOST = 5, 60
FREE_TEXTS = ("occasion", "what", "attended")
ROW_FIELDS = ("done_on", "kind", "minutes", "what", "attended")


class WeekRow(forms.Form):
    """One step: of an institution that is known, or one that stands there already (`step`)."""

    step = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000)
    done_on = forms.TypedChoiceField(label=gettext_lazy("Tag"), coerce=date.fromisoformat)
    institution = forms.CharField(label=gettext_lazy("Einrichtung"), max_length=200, required=False)
    occasion = forms.CharField(label=gettext_lazy("Anlass"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=AccompanimentStep.Kind)
    minutes = minutes_field()
    what = forms.CharField(label=gettext_lazy("Was geschehen ist"), max_length=500)
    attended = forms.CharField(label=gettext_lazy("Wer dabei war"), max_length=280, required=False)

    def __init__(self, *args, page: "WeekPage", **options):
        super().__init__(*args, **options)
        self.page = page
        self.fields["done_on"].choices = page.days
        self.entry = None

    def has_changed(self) -> bool:
        return any(str(self[name].data or "").strip() for name in ("step", "institution", "what"))

    @property
    def record(self) -> AccompanimentStep | None:
        """The step that stands there already, where the row is one of the week shown."""
        said = str(self["step"].value() or "")
        return self.page.steps.get(int(said)) if said.isdecimal() and len(said) < 19 else None

    @property
    def chosen_day(self) -> str:
        """The day of the row as it stands in the select; the last one there is in a new row."""
        value = self["done_on"].value()
        return value.isoformat() if isinstance(value, date) else value or self.page.last_day

    def clean(self):
        typed = super().clean()
        if typed.get("step"):
            if self.record is None:
                raise forms.ValidationError(
                    _("Dieser Schritt steht nicht mehr in dieser Woche. Laden Sie die Seite neu.")
                )
        elif not typed.get("institution"):
            self.add_error("institution", _("Welche Einrichtung?"))
        elif not self.errors:
            try:
                self.entry = self.page.entry(typed, self.facts())
            except Unclear as refusal:
                self.add_error(refusal.field, str(refusal))
        return typed

    def facts(self) -> StepFacts:
        """Return what is to be written down; the result of a step is not asked here and stays."""
        said = {name: self.cleaned_data[name] for name in ROW_FIELDS}
        return StepFacts(**said, result=self.record.result if self.record else "")


class WeekRows(forms.BaseFormSet):
    """The rows of the page; a text that looks like a person asks for one confirmation for all of them."""

    def get_form_kwargs(self, index):
        return {"empty_permitted": True, "use_required_attribute": False, **self.form_kwargs}

    @property
    def kept(self) -> list[WeekRow]:
        return [row for row in self.forms if row.has_changed()]

    def clean(self):
        self.looks_named = False
        for row in self.kept:
            texts = [getattr(row, "cleaned_data", {}).get(name, "") for name in FREE_TEXTS]
            found = [passage for text in texts for passage in passages_naming_people(text)]
            self.looks_named |= bool(found)
            if found and not self.data.get("names_are_fine"):
                row.add_error("what", warning(found))


class WeekPage:
    """What the rows of a week need: its days up to today, the institutions, the steps that can be changed here."""

    def __init__(self, centre_id: int, monday: date, steps, *, on: date):
        self.institutions = Institutions(centre_id, on=on)
        self.steps = {step.pk: step for step in steps}
        days = [monday + timedelta(days=number) for number in range(7)]
        self.days = [(day.isoformat(), date_format(day, "D d.m.")) for day in days if day <= on]
        self.last_day = self.days[-1][0] if self.days else ""

    def rows(self, data) -> WeekRows:
        """Return the rows: the steps to be changed, then empty ones."""
        stored = [
            {"step": step.pk, "seen": step.version, **{name: getattr(step, name) for name in ROW_FIELDS}}
            for step in self.steps.values()
        ]
        factory = forms.formset_factory(WeekRow, formset=WeekRows, extra=SPARE, max_num=MOST + SPARE, absolute_max=99)
        return factory(data, initial=stored, prefix="zeile", form_kwargs={"page": self})

    def entry(self, typed: dict, step: StepFacts) -> Entry:
        """Return what a new row says. Raises Unclear where the institution or its accompaniment is not."""
        pk = self.institutions.called(typed["institution"])
        if pk is None:
            names = ", ".join(name for _pk, name in self.institutions.hints(typed["institution"]))
            meant = _("Meinten Sie: %s?") % names if names else _("Neue legen Sie über „Schnell erfassen“ an.")
            raise Unclear(_("So heißt keine Ihrer Einrichtungen. %s") % meant, field="institution")
        partner = Partner.objects.select_related("organisation", "municipality").get(pk=pk)
        meant = accompaniment_meant(list(queries.running_of([pk])), typed["occasion"])
        if meant:
            return Entry(step, partner, meant)
        facts = {"occasion": typed["occasion"], **usual_terms(pk, {})}
        if not typed["occasion"]:
            raise Unclear(_("Hier läuft keine Begleitung. Mit einem Anlass beginnt eine neue."), field="occasion")
        if not (facts["field"] or facts["stage"]):
            raise Unclear(
                _("Die erste Begleitung einer Einrichtung braucht ein Handlungsfeld: „Schnell erfassen“."),
                field="institution",
            )
        return Entry(step, partner, facts=facts)
