"""The quick entry: institution, what happened, done. Everything else has a default or can follow later."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.accompaniments import queries
from verbund.advising.accompaniments.forms.fields import ATTENDED_HELP, Words, minutes_field
from verbund.advising.accompaniments.forms.resolving import Institutions, Unclear, accompaniment_meant, usual_terms
from verbund.advising.accompaniments.operations import Entry, NewInstitution, StepFacts
from verbund.advising.forms import NO_NAMES, NamesAsked
from verbund.advising.models import Accompaniment, AccompanimentStep
from verbund.core.errors import show_on
from verbund.core.form_fields import DayField
from verbund.directory.models import Partner
from verbund.offers.models import Term

NEW = "neu"
KINDS = [("", "–"), *((code, label) for code, label in Partner.Kind.choices if code != Partner.Kind.CENTRE)]


class QuickForm(NamesAsked):
    """A step, and with it where needed the accompaniment and the institution; `entry` is what is to be written down."""

    free_texts = ("what", "attended", "occasion", "follow_up_note")
    institution = forms.CharField(
        label=gettext_lazy("Einrichtung"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "einrichtungen", "autocomplete": "off"}),
    )
    chosen = forms.CharField(
        label=gettext_lazy("Meinten Sie …?"), required=False, max_length=20, widget=forms.HiddenInput
    )
    which = forms.CharField(
        label=gettext_lazy("Zu welcher Begleitung?"), required=False, max_length=20, widget=forms.HiddenInput
    )
    what = forms.CharField(
        label=gettext_lazy("Was geschehen ist"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAMES,
    )
    done_on = DayField(label=gettext_lazy("Tag"))
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=AccompanimentStep.Kind)
    minutes = minutes_field()
    occasion = forms.CharField(
        label=gettext_lazy("Anlass"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Leer lassen, wenn es zur laufenden Begleitung gehört."),
    )
    follow_up_on = DayField(label=gettext_lazy("Wiedervorlage am"), required=False)
    attended = forms.CharField(
        label=gettext_lazy("Wer dabei war"), max_length=280, required=False, help_text=ATTENDED_HELP
    )
    duration = forms.ChoiceField(label=gettext_lazy("Dauer"), choices=Accompaniment.Duration)
    follow_up_note = forms.CharField(label=gettext_lazy("Wiedervorlage wofür"), max_length=200, required=False)
    new_kind = forms.ChoiceField(label=gettext_lazy("Art der Einrichtung"), choices=KINDS, required=False)

    def __init__(self, data=None, *, centre, towns, on: date, **options):
        super().__init__(data, **options)
        self.on, self.entry = on, None
        self.institutions = Institutions(centre.pk, on=on)
        words = Words(Term.Kind.FIELD, Term.Kind.CHAIN_STAGE)
        usual = gettext_lazy("Leer: wie bei der letzten Begleitung dieser Einrichtung.")
        self.fields["field"] = words.field(Term.Kind.FIELD, gettext_lazy("Handlungsfeld"), help_text=usual)
        self.fields["stage"] = words.field(Term.Kind.CHAIN_STAGE, gettext_lazy("Stufe der Bildungskette"))
        self.fields["new_town"] = forms.ModelChoiceField(
            towns, label=gettext_lazy("Ort"), required=False, empty_label="–"
        )

    def clean(self):
        typed = super().clean()
        if "institution" in typed and "what" in typed:
            try:
                self.entry = self._entry(typed)
            except Unclear as refusal:
                show_on(self, refusal)
                if refusal.field == "new_kind":
                    self._ask_what_begins(typed)
        return typed

    def _entry(self, typed: dict) -> Entry | None:
        pk = self._institution(typed)
        step = self._step(typed)
        if step is None:
            return None
        facts = {"occasion": typed["occasion"], "duration": typed.get("duration", Accompaniment.Duration.ONE_OFF)}
        follow_up = {name: typed.get(name) for name in ("follow_up_on", "follow_up_note")}
        if pk is None:
            new = NewInstitution(typed["institution"], typed["new_kind"], typed.get("new_town"))
            terms = {name: typed.get(name) for name in ("field", "stage")}
            return self._new(step, new, {**facts, **terms}, follow_up)
        partner = Partner.objects.select_related("organisation", "municipality").get(pk=pk)
        running = list(queries.running_of([pk]))
        meant = self._chosen_among(running, typed) or accompaniment_meant(running, typed["occasion"])
        if meant:
            return Entry(step, partner, meant, **follow_up)
        return self._new(step, partner, {**facts, **usual_terms(pk, typed)}, follow_up)

    def _chosen_among(self, running: list[Accompaniment], typed: dict) -> Accompaniment | None:
        """Return which of several accompaniments was pressed; ask where none was. Raises Unclear."""
        if len(running) < 2 or typed["occasion"]:
            return None
        choices = [(str(one.pk), one.occasion) for one in running]
        self.fields["which"].widget = forms.RadioSelect(choices=choices)
        meant = next((one for one in running if str(one.pk) == typed.get("which")), None)
        if meant is None:
            raise Unclear(
                _("Hier laufen mehrere Begleitungen. Wählen Sie eine, oder schreiben Sie einen neuen Anlass."),
                field="which",
            )
        return meant

    def _step(self, typed: dict) -> StepFacts | None:
        names = ("done_on", "what", "kind", "minutes", "attended")
        return StepFacts(**{name: typed[name] for name in names}) if set(names) <= typed.keys() else None

    def _new(self, step, institution, facts: dict, follow_up: dict) -> Entry | None:
        """Return the entry that begins an accompaniment; ask for what it needs."""
        self._ask_what_begins(facts)
        return None if self.errors else Entry(step, institution, facts=facts, **follow_up)

    def _ask_what_begins(self, facts: dict) -> None:
        if not facts.get("occasion"):
            self.add_error("occasion", _("Hier beginnt eine neue Begleitung. Schreiben Sie in ein paar Worten, wozu."))
        if not (facts.get("field") or facts.get("stage")):
            self.add_error("field", _("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."))

    def _institution(self, typed: dict) -> int | None:
        """Return the id of the institution that is meant; None for a new one. Raises Unclear."""
        name = " ".join(typed["institution"].split())
        typed["institution"] = name
        pk = self.institutions.called(name)
        if pk:
            return pk
        hints = self.institutions.hints(name)
        said = typed.get("chosen", "")
        if said != NEW and said in {str(pk) for pk, _name in hints}:
            return int(said)
        if hints:
            new = _("Nein, „%s“ ist eine andere Einrichtung und wird neu angelegt") % name
            choices = [*((str(pk), other) for pk, other in hints), (NEW, new)]
            self.fields["chosen"].widget = forms.RadioSelect(choices=choices)
            if said != NEW:
                raise Unclear(_("So ähnlich gibt es schon etwas. Wählen Sie, was gemeint ist."), field="chosen")
        if not typed.get("new_kind"):
            raise Unclear(
                _("„%s“ gibt es noch nicht. Wählen Sie die Art der Einrichtung, dann wird sie angelegt.") % name,
                field="new_kind",
            )
        return None
