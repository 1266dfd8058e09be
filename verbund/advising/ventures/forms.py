"""What is typed about a venture: its need, its partners, its concept, its pilot, and what becomes of it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.advising.education import what_counts
from verbund.advising.forms import NamesAsked
from verbund.advising.models import Agreement, Criterion, NeedFigure, Venture, VentureParty
from verbund.advising.ventures.lifecycle import Outcome, Verdict
from verbund.advising.ventures.operations import VentureData
from verbund.core.form_fields import DayField, TypedNumber
from verbund.directory.models import Municipality, Partner
from verbund.offers.models import Offer, Place, Term

MOST_VERSION = 2_000_000_000


class NumberField(TypedNumber):
    """A number with up to two places, typed as 1250 or 12,5."""

    pattern = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")
    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": "12", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Bitte schreiben Sie die Zahl so: 1250 oder 12,5.")}


def text_field(model, name: str, *, rows: int = 0, **options) -> forms.CharField:
    """Return the input of a text column with its label and length; `rows` makes it a large one."""
    column = model._meta.get_field(name)
    options.setdefault("label", column.verbose_name)
    options.setdefault("required", not column.blank)
    if rows:
        options["widget"] = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(max_length=column.max_length, **options)


def terms(kind: str):
    """Return the words of a kind that are in use."""
    return Term.objects.filter(kind=kind, is_in_use=True)


class WorkForm(NamesAsked):
    """Field of action or stage, audiences and place, as every piece of a centre's work names them."""

    field = forms.ModelChoiceField(
        label=_("Handlungsfeld"),
        queryset=Term.objects.none(),
        required=False,
        empty_label=_("keines"),
        help_text=_("Ein Handlungsfeld oder eine Stufe gehört dazu."),
    )
    stage = forms.ModelChoiceField(
        label=_("Stufe der Bildungskette"),
        queryset=Term.objects.none(),
        required=False,
        empty_label=_("keine"),
    )
    audiences = forms.ModelMultipleChoiceField(
        label=_("Zielgruppen"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    municipality = forms.ModelChoiceField(
        label=_("Ort"), queryset=Municipality.objects.none(), required=False, empty_label=_("ganzes Gebiet")
    )

    def __init__(self, data=None, *, centre, **options):
        super().__init__(data, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)
        self.fields["stage"].queryset = terms(Term.Kind.CHAIN_STAGE)
        self.fields["stage"].help_text = what_counts()
        self.fields["audiences"].queryset = terms(Term.Kind.AUDIENCE)
        towns = Municipality.objects.filter(district=centre.carrier.district_id)
        self.fields["municipality"].queryset = towns

    def clean(self):
        typed = super().clean()
        if not self.errors and typed.get("field") is None and typed.get("stage") is None:
            self.add_error("field", _("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."))
        return typed


class VentureForm(WorkForm):
    """A venture: what is lacking, and where it belongs."""

    title = text_field(Venture, "title")
    need = text_field(
        Venture, "need", rows=6, help_text=_("Was fehlt wem? Keine Namen und nichts über einzelne Menschen.")
    )
    field_order = ["title", "need", "field", "stage", "audiences", "municipality"]

    def data_of(self) -> VentureData:
        """Return what was typed as the operation takes it."""
        typed = self.cleaned_data
        names = ("title", "need", "field", "stage", "municipality")
        return VentureData(audiences=tuple(typed["audiences"]), **{name: typed[name] for name in names})


class EditVentureForm(VentureForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_VERSION)


class FigureForm(forms.Form):
    """A number that shows the need."""

    what = text_field(NeedFigure, "what")
    value = NumberField(label=_("Wert"))
    unit = text_field(NeedFigure, "unit", help_text=_("Zum Beispiel „Kinder“ oder „%“."))
    counted_on = DayField(label=_("Stand"))
    place = text_field(NeedFigure, "place")
    source = text_field(NeedFigure, "source", help_text=_("Ohne Quelle lässt sich keine Zahl eintragen."))


class PartyForm(forms.Form):
    """Somebody who carries the venture."""

    partner = forms.ModelChoiceField(
        label=_("Einrichtung aus dem Verzeichnis"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("steht nicht im Verzeichnis"),
    )
    body = text_field(VentureParty, "body", help_text=_("Zum Beispiel „Jugendamt“. Keine Namen von Personen."))
    function = text_field(
        VentureParty, "function", help_text=_("Zum Beispiel „stellt Räume und zwei Gruppenleitungen“.")
    )
    since = DayField(label=_("dabei seit"))

    def __init__(self, data=None, *, partners, **options):
        super().__init__(data, **options)
        self.fields["partner"].queryset = partners


class LeaveForm(forms.Form):
    until = DayField(label=_("dabei bis"))
    leave_reason = text_field(VentureParty, "leave_reason", rows=3, required=True)


class SectionForm(NamesAsked):
    """A section of the concept."""

    heading = forms.CharField(label=_("Überschrift"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 12}))


class EditSectionForm(SectionForm):
    position = forms.IntegerField(label=_("Reihenfolge"), min_value=1, max_value=99)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_VERSION)


class CommentForm(NamesAsked):
    text = forms.CharField(label=_("Kommentar"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4}))


class AnswerForm(NamesAsked):
    answer = forms.CharField(
        label=_("Antwort"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Was Sie daraufhin geändert haben, oder warum nicht."),
    )


class VersionForm(forms.Form):
    note = forms.CharField(label=_("Was neu ist"), max_length=300, required=False)


class OwnAgreementForm(forms.Form):
    """The consent of one's own house."""

    function = text_field(Agreement, "function", label=_("Ihre Funktion"), help_text=_("Zum Beispiel „Vorstand“."))


class AgreementForm(forms.Form):
    """A party's consent, written down by the centre."""

    party = forms.ModelChoiceField(label=_("Partner"), queryset=VentureParty.objects.none())
    agreed_on = DayField(label=_("zugestimmt am"))
    function = text_field(Agreement, "function", help_text=_("Zum Beispiel „Kita-Leitung“. Kein Name."))

    def __init__(self, data=None, *, parties, **options):
        super().__init__(data, **options)
        self.fields["party"].queryset = parties


class PilotForm(forms.Form):
    first_day = DayField(label=_("von"))
    last_day = DayField(label=_("bis"))
    place = forms.CharField(label=_("Ort der Erprobung"), max_length=160)


class CriterionForm(forms.Form):
    """By what the pilot is measured."""

    what = text_field(Criterion, "what")
    how_measured = text_field(Criterion, "how_measured", help_text=_("Zum Beispiel „Anwesenheitslisten, gezählt“."))
    direction = forms.ChoiceField(label=_("Ziel ist"), choices=Criterion.Direction)
    target = NumberField(
        label=_("Zielwert"), required=False, help_text=_("Ohne Zahl schätzen Sie am Ende ein und begründen es.")
    )
    unit = text_field(Criterion, "unit")
    partly_from = NumberField(
        label=_("teilweise erreicht ab"), required=False, help_text=_("Leer: Es gibt nur erreicht oder nicht erreicht.")
    )


class NumberValueForm(forms.Form):
    """What was measured in numbers."""

    measured_on = DayField(label=_("gemessen am"))
    value = NumberField(label=_("Messwert"))
    explanation = forms.CharField(
        label=_("Erläuterung"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class JudgedValueForm(NamesAsked):
    """What is judged, with the reason."""

    measured_on = DayField(label=_("eingeschätzt am"))
    judged = forms.ChoiceField(label=_("Einschätzung"), choices=Outcome)
    explanation = forms.CharField(label=_("Begründung"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class EvaluationForm(NamesAsked):
    findings = forms.CharField(
        label=_("Was sich gezeigt hat"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )
    recommendation = forms.ChoiceField(label=_("Empfehlung"), choices=Verdict, widget=forms.RadioSelect)


class DecisionForm(NamesAsked):
    verdict = forms.ChoiceField(label=_("Entscheidung"), choices=Verdict, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Begründung"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


class DropForm(NamesAsked):
    end_reason = forms.CharField(label=_("Grund"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


class MakeOfferForm(forms.Form):
    """A draft for the finder with what is known."""

    partner = forms.ModelChoiceField(label=_("Anbieter"), queryset=Partner.objects.none(), empty_label=None)
    title = text_field(Offer, "title")
    summary = text_field(Offer, "summary", rows=3)
    place = forms.ModelChoiceField(
        label=_("Ort"), queryset=Place.objects.none(), required=False, empty_label=_("später eintragen")
    )

    def __init__(self, data=None, *, partners, places, **options):
        super().__init__(data, **options)
        self.fields["partner"].queryset = partners
        self.fields["place"].queryset = places


class LinkOfferForm(forms.Form):
    offer = forms.ModelChoiceField(label=_("Angebot"), queryset=Offer.objects.none())

    def __init__(self, data=None, *, offers, **options):
        super().__init__(data, **options)
        self.fields["offer"].queryset = offers
