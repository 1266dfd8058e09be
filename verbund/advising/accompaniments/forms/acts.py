"""The forms of single acts: change, close, take up again, follow up, end, merge."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.accompaniments import queries
from verbund.advising.accompaniments.forms.fields import ATTENDED_HELP, Words, minutes_field
from verbund.advising.accompaniments.operations import StepFacts
from verbund.advising.forms import NO_NAMES, NamesAsked
from verbund.advising.models import Accompaniment, AccompanimentStep, KindOfAdvice
from verbund.advising.requests.surveys import programme
from verbund.core.form_fields import DayField
from verbund.offers.models import Offer, Term


def seen_field() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)


LINKED = ("offer", "training", "material", "follow_up_on", "follow_up_note", "seen")
"""What stands last in the form: what an accompaniment leads to."""


class TrainingField(forms.ModelChoiceField):
    """A training of the programme, with its quarter."""

    def label_from_instance(self, training) -> str:
        return _("%(title)s, %(quarter)s. Quartal %(year)s") % {
            "title": training.title,
            "quarter": training.quarter,
            "year": training.year,
        }


class AccompanimentForm(NamesAsked):
    """Everything there is to say about an accompaniment, but for its steps and its end."""

    free_texts = ("occasion", "agreement", "material", "follow_up_note")
    occasion = forms.CharField(label=gettext_lazy("Anlass"), max_length=300, help_text=NO_NAMES)
    duration = forms.ChoiceField(label=gettext_lazy("Dauer"), choices=Accompaniment.Duration)
    started_on = DayField(label=gettext_lazy("begonnen am"))
    agreement = forms.CharField(
        label=gettext_lazy("Vereinbarung"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    agreed_on = DayField(label=gettext_lazy("vereinbart am"), required=False)
    agreed_from = DayField(label=gettext_lazy("vereinbart von"), required=False)
    agreed_until = DayField(label=gettext_lazy("vereinbart bis"), required=False)
    material = forms.CharField(
        label=gettext_lazy("andere Fortbildung, Material"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Titel oder Adresse im Netz"),
    )
    follow_up_on = DayField(label=gettext_lazy("Wiedervorlage am"), required=False)
    follow_up_note = forms.CharField(label=gettext_lazy("Wiedervorlage wofür"), max_length=200, required=False)
    seen = seen_field()

    def __init__(self, data=None, *, record: Accompaniment, towns, on):
        names = [name for name in self.base_fields if name not in {"seen", "names_are_fine"}]
        more = ("offer", "training", "municipality", "kind_of_advice")
        initial = {name: getattr(record, name) for name in (*names, *more)} | {"seen": record.version}
        initial |= {"field": record.field_id, "stage": record.stage_id, "audiences": record.audiences.all()}
        super().__init__(data, initial=initial)
        words = Words(Term.Kind.FIELD, Term.Kind.CHAIN_STAGE, keep=(record.field, record.stage))
        offers = Offer.objects.filter(partner__centre=record.centre_id).exclude(status="ENDED").order_by("title")
        advice = [kind.pk for kind in queries.kinds_of_advice(record.partner.kind, on=on)]
        advice = KindOfAdvice.objects.filter(pk__in=[*advice, record.kind_of_advice_id])
        self.fields |= {
            "field": words.field(Term.Kind.FIELD, _("Handlungsfeld")),
            "stage": words.field(Term.Kind.CHAIN_STAGE, _("Stufe der Bildungskette")),
            "kind_of_advice": forms.ModelChoiceField(
                advice, label=_("Art der Beratung"), required=False, empty_label="–"
            ),
            "audiences": forms.ModelMultipleChoiceField(
                Term.objects.filter(kind=Term.Kind.AUDIENCE, is_in_use=True),
                label=_("Zielgruppen"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            "municipality": forms.ModelChoiceField(towns, label=_("Ort"), required=False, empty_label="–"),
            "offer": forms.ModelChoiceField(offers, label=_("Angebot"), required=False, empty_label="–"),
            "training": TrainingField(
                programme(keep=record.training_id),
                label=_("Fortbildung aus dem Programm"),
                required=False,
                empty_label="–",
            ),
        }
        if not advice and not record.kind_of_advice_id:
            self.fields["kind_of_advice"].widget = forms.HiddenInput()
        self.order_fields(["occasion", "duration", "field", "stage", "kind_of_advice", "started_on", "municipality"])
        self.order_fields([*(name for name in self.fields if name not in LINKED), *LINKED])


class StepForm(NamesAsked):
    """One step of an accompaniment."""

    free_texts = ("what", "attended", "result")
    what = forms.CharField(
        label=gettext_lazy("Was geschehen ist"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAMES,
    )
    done_on = DayField(label=gettext_lazy("Tag"))
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=AccompanimentStep.Kind)
    minutes = minutes_field()
    attended = forms.CharField(
        label=gettext_lazy("Wer dabei war"), max_length=280, required=False, help_text=ATTENDED_HELP
    )
    result = forms.CharField(label=gettext_lazy("Ergebnis"), max_length=500, required=False)

    def facts(self) -> StepFacts:
        names = ("done_on", "what", "kind", "minutes", "attended", "result")
        return StepFacts(**{name: self.cleaned_data[name] for name in names})


class StepEditForm(StepForm):
    seen = seen_field()


class FollowUpForm(NamesAsked):
    free_texts = ("follow_up_note",)
    follow_up_on = DayField(label=gettext_lazy("Wiedervorlage am"))
    follow_up_note = forms.CharField(label=gettext_lazy("wofür"), max_length=200, required=False, help_text=NO_NAMES)


class ReasonForm(NamesAsked):
    free_texts = ("reason",)
    reason = forms.CharField(label=gettext_lazy("Grund"), max_length=300)


class CloseForm(NamesAsked):
    """The result, and why: without a reason only what was reached."""

    free_texts = ("closing_reason",)
    outcome = forms.ChoiceField(label=gettext_lazy("Ergebnis"), choices=Accompaniment.Outcome, widget=forms.RadioSelect)
    closing_reason = forms.CharField(
        label=gettext_lazy("Was erreicht wurde, oder warum nicht"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )
    closed_on = DayField(label=gettext_lazy("abgeschlossen am"))

    def clean(self):
        typed = super().clean()
        if typed.get("outcome") not in {None, Accompaniment.Outcome.REACHED} and not typed.get("closing_reason"):
            self.add_error("closing_reason", _("Schreiben Sie, was offen blieb und warum."))
        return typed


class EndForm(NamesAsked):
    """An institution ends its work: since when, why, and with what result its accompaniments are closed."""

    free_texts = ("reason",)
    ended_on = DayField(label=gettext_lazy("beendet am"))
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        max_length=300,
        help_text=gettext_lazy("zum Beispiel: der Träger schließt die Kita"),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Ergebnis der laufenden Begleitungen"),
        choices=Accompaniment.Outcome,
        widget=forms.RadioSelect,
    )


class MergeForm(forms.Form):
    """Which institutions are the same as this one."""

    duplicates = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("ist dieselbe Einrichtung wie"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Wählen Sie mindestens eine andere Einrichtung.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"), max_length=300, help_text=gettext_lazy("zum Beispiel: zweimal angelegt")
    )

    def __init__(self, data=None, *, among, **options):
        super().__init__(data, **options)
        self.fields["duplicates"].queryset = among


class UndoForm(forms.Form):
    """Nothing is asked; the page says what will happen."""
