"""What is typed: a network, its members, a meeting, its agenda and minutes, decisions, tasks, who gets a link."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from verbund.advising.education import what_counts
from verbund.advising.forms import NamesAsked
from verbund.advising.models import (
    Meeting,
    MeetingTask,
    Network,
    NetworkDecision,
    NetworkMember,
    Paper,
    Participation,
)
from verbund.advising.networks import queries
from verbund.advising.networks.operations import Attendance, Point
from verbund.core.errors import DomainError
from verbund.core.files import check_upload
from verbund.core.form_fields import DayField
from verbund.directory.queries import municipalities_of
from verbund.offers.models import Term

SPARE = 3
"""Empty rows below an agenda; saved ones make room for more."""

MOST_POINTS = 40
MOST_PEOPLE = 999
LONGEST_MINUTES = 10_000


def _say_nothing_chosen(form: forms.BaseForm) -> None:
    """Let every choice begin with our own words for nothing: what is asked for, or none."""
    for field in form.fields.values():
        nothing = _("bitte wählen") if field.required else _("keine Angabe")
        if isinstance(field, forms.ModelMultipleChoiceField):
            continue  # nothing ticked is nothing chosen
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = nothing
        elif isinstance(field, forms.ChoiceField):
            field.choices = [(value, label if value else nothing) for value, label in field.choices]


class VersionForm(forms.ModelForm):
    """A record with the version that was on the screen; a new one has none."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = self.instance.version
        _say_nothing_chosen(self)

    def _post_clean(self):
        """Leave the record as it is: the operations change it, and the database keeps its rules."""


def _terms(kind: str):
    return Term.objects.filter(kind=kind, is_in_use=True)


class NetworkForm(VersionForm):
    """What is said of a network."""

    valid_from = DayField(label=_("seit"))
    valid_until = DayField(label=_("bis"), required=False, help_text=_("Leer lassen, solange es das Netzwerk gibt."))

    class Meta:
        model = Network
        fields = (
            "name", "kind", "body", "part", "purpose", "rhythm", "field", "stage", "audiences", "municipality",
            "valid_from", "valid_until", "invite_days", "minutes_days", "link_days",
        )  # fmt: skip
        widgets = {
            "part": forms.RadioSelect,
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "audiences": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "body": _("Nur wenn das Netzwerk dieses Gremium selbst ist: Sein Name richtet sich dann nach dem Tag."),
            "rhythm": _("zum Beispiel: vierteljährlich, mittwochs"),
        }

    def __init__(self, *args, centre, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = _terms(Term.Kind.FIELD)
        self.fields["stage"].queryset = _terms(Term.Kind.CHAIN_STAGE)
        self.fields["stage"].help_text = what_counts()
        self.fields["audiences"].queryset = _terms(Term.Kind.AUDIENCE)
        self.fields["municipality"].queryset = municipalities_of(centre)
        self.fields["part"].choices = Network.Part.choices
        for name in ("invite_days", "minutes_days", "link_days"):
            self.fields[name].max_value = 366
            self.fields[name].validators.append(_at_most_a_year)

    def clean(self):
        typed = super().clean()
        if not typed.get("field") and not typed.get("stage") and not {"field", "stage"} & self.errors.keys():
            self.add_error("field", _("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."))
        return typed


def _at_most_a_year(days: int) -> None:
    if days > 366:
        raise ValidationError(_("Höchstens 366 Tage."))


class MemberForm(VersionForm):
    """A member by function: an institution of the centre, a body, or another place."""

    valid_from = DayField(label=_("seit"))

    class Meta:
        model = NetworkMember
        fields = ("partner", "body", "body_text", "function", "email", "is_invited", "valid_from")
        help_texts = {
            "partner": _("Einrichtungen, mit denen Ihr Zentrum arbeitet."),
            "body_text": _("zum Beispiel: Polizei, Industrie- und Handelskammer"),
            "function": _("zum Beispiel: Leitung, Kontaktstelle. Bitte keinen Namen."),
            "email": _("Möglichst das Postfach der Stelle, nicht das einer Person. Dorthin gehen die Links."),
        }

    def __init__(self, *args, partners, **options):
        super().__init__(*args, **options)
        self.fields["partner"].queryset = partners

    def clean(self):
        typed = super().clean()
        if typed.get("is_invited") and not typed.get("email") and "email" not in self.errors:
            self.add_error("email", _("Wer Einladungen bekommt, braucht ein Postfach."))
        return typed


class EndForm(forms.Form):
    valid_until = DayField(label=_("letzter Tag"))


class MeetingForm(VersionForm):
    """Day, times and place of a meeting."""

    day = DayField(label=_("Tag"))

    class Meta:
        model = Meeting
        fields = ("day", "begins", "ends", "place", "online_url")
        widgets = {
            "begins": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        help_texts = {"online_url": _("Mit https:// am Anfang.")}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Grund"), max_length=300)


class PointForm(forms.Form):
    """A row of the agenda; the number says where it stands."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    position = forms.IntegerField(label=_("Nr."), required=False, min_value=1, max_value=99)
    title = forms.CharField(label=_("Punkt"), max_length=200, required=False)
    brought_by = forms.CharField(label=_("bringt ein (Funktion)"), max_length=120, required=False)

    def clean(self):
        typed = super().clean()
        if typed.get("brought_by") and not typed.get("title"):
            self.add_error("title", _("Nennen Sie den Punkt."))
        return typed


def agenda_rows(data, meeting: Meeting):
    """Return the rows of an agenda as stored, or as typed (`data`); a row without a title is left out."""
    stored = list(meeting.agenda.values("pk", "position", "title", "brought_by"))
    factory = forms.formset_factory(
        PointForm, extra=SPARE, max_num=MOST_POINTS, absolute_max=MOST_POINTS + 5, validate_max=True
    )
    return factory(data, initial=None if data is not None else stored, prefix="tops")


def points_of(rows) -> list[Point]:
    """Return the typed agenda in the order of its numbers; rows without a number come last."""
    typed = [row.cleaned_data for row in rows if row.cleaned_data.get("title")]
    typed.sort(key=lambda row: row["position"] or MOST_PEOPLE)
    return [Point(row["title"], row["brought_by"], row["pk"]) for row in typed]


class SeenForm(forms.Form):
    """The version that was on the screen, and the place for what the rules of the trade refuse."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class MinutesForm(NamesAsked, SeenForm):
    """What was said on each point, how many came for each member, and guests."""

    def __init__(self, data=None, *, meeting: Meeting, items, members, came, names):
        super().__init__(data, initial={"seen": meeting.version})
        self.items, self.members = list(items), list(members)
        for item in self.items:
            self.fields[f"item-{item.pk}"] = forms.CharField(
                label=str(item),
                max_length=LONGEST_MINUTES,
                required=False,
                initial=item.minutes,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        for member in self.members:
            self.fields[f"came-{member.pk}"] = forms.IntegerField(
                label=f"{names.of_member(member, meeting.day)}, {member.function}",
                min_value=0,
                max_value=MOST_PEOPLE,
                required=False,
                initial=came.get(member.pk),
            )
        self.fields["guests"] = forms.IntegerField(
            label=_("Gäste"), min_value=0, max_value=MOST_PEOPLE, required=False, initial=meeting.guests
        )

    def texts(self) -> dict[int, str]:
        """Return the typed minutes by point."""
        return {item.pk: self.cleaned_data[f"item-{item.pk}"] for item in self.items}

    def attendance(self) -> Attendance:
        """Return who came."""
        came = {member.pk: self.cleaned_data[f"came-{member.pk}"] for member in self.members}
        return Attendance(came=came, guests=self.cleaned_data["guests"] or 0)

    def item_fields(self) -> list:
        return [self[f"item-{item.pk}"] for item in self.items]

    def count_fields(self) -> list:
        return [*(self[f"came-{member.pk}"] for member in self.members), self["guests"]]


class DecisionForm(NamesAsked, forms.ModelForm):
    class Meta:
        model = NetworkDecision
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def _post_clean(self):
        """Leave the record as it is: the operation changes it."""


class ResponsibleForm(forms.ModelForm):
    """Who has a task, and until when."""

    due_on = DayField(label=_("fällig am"), required=False)

    class Meta:
        model = MeetingTask
        fields = ("member", "centre_function", "due_on")
        help_texts = {"centre_function": _("zum Beispiel: Fachkraft Netzwerke. Nur wenn kein Mitglied gewählt ist.")}

    def __init__(self, *args, network: Network, on, **options):
        super().__init__(*args, **options)
        self.fields["member"].queryset = queries.members_of(network, on=on)
        _say_nothing_chosen(self)

    def _post_clean(self):
        """Leave the record as it is: the operation changes it."""


class TaskForm(NamesAsked, ResponsibleForm):
    class Meta(ResponsibleForm.Meta):
        fields = ("text", *ResponsibleForm.Meta.fields)
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Bemerkung"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DropForm(forms.Form):
    note = forms.CharField(label=_("Warum sie entfällt"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class PaperForm(forms.ModelForm):
    upload = forms.FileField(label=_("Datei"), help_text=_("PDF, höchstens 20 MB"))

    class Meta:
        model = Paper
        fields = ("title",)

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        try:
            self.content = check_upload(upload)
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload

    def _post_clean(self):
        """Leave the record as it is: the operation makes it."""


class SendForm(forms.Form):
    """Who gets a link; those who get invitations and have none yet are chosen."""

    members = forms.ModelMultipleChoiceField(
        label=_("Wer den Link bekommt"),
        queryset=NetworkMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens ein Mitglied.")},
    )

    def __init__(self, data=None, *, among, names, on):
        chosen = [member.pk for member in among if member.is_invited]
        super().__init__(data, initial={"members": chosen})
        field = self.fields["members"]
        field.queryset = among
        field.label_from_instance = lambda one: f"{names.of_member(one, on)}, {one.function} ({one.email})"


class CalendarForm(SendForm):
    until = DayField(label=_("Die Links gelten bis"))


class RecallForm(forms.Form):
    """Which links of a sending no longer lead anywhere, and why."""

    links = forms.ModelMultipleChoiceField(
        label=_("Welche Links"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens einen Link.")},
    )
    reason = forms.CharField(
        label=_("Grund"), max_length=300, help_text=_("zum Beispiel: Niederschrift an den falschen Verteiler geschickt")
    )

    def __init__(self, data=None, *, among):
        super().__init__(data, initial={"links": [link.pk for link in among]})
        field = self.fields["links"]
        field.queryset = among
        field.label_from_instance = lambda link: f"{link.member} ({link.recipient})"


class AnswerForm(forms.Form):
    """What a member answers to an invitation."""

    answer = forms.ChoiceField(label=_("Ihre Antwort"), choices=Participation.Answer)
    deputy_function = forms.CharField(
        label=_("Funktion der Vertretung"),
        max_length=120,
        required=False,
        help_text=_("zum Beispiel: stellvertretende Leitung. Bitte keinen Namen."),
    )


class RemindForm(SendForm):
    """Who gets a reminder; all who have not answered are chosen."""

    def __init__(self, data=None, *, among, **options):
        super().__init__(data, among=among, **options)
        self.initial = {"members": list(among)}
        self.fields["members"].label = _("Wen erinnern?")


class EnterAnswerForm(AnswerForm):
    """What a member answered by telephone or in person."""

    member = forms.ModelChoiceField(label=_("Wer hat geantwortet?"), queryset=None, empty_label=_("Bitte wählen"))
    field_order = ["member", "answer", "deputy_function"]

    def __init__(self, data=None, *, among, names, on):
        super().__init__(data)
        self.fields["answer"].label = _("Antwort")
        field = self.fields["member"]
        field.queryset = among
        field.label_from_instance = lambda one: f"{names.of_member(one, on)}, {one.function}"


class OwnTaskForm(forms.Form):
    """Which own task is done, with a note."""

    task = forms.ModelChoiceField(queryset=None)
    note = forms.CharField(max_length=500, required=False)

    def __init__(self, data=None, *, among):
        super().__init__(data)
        self.fields["task"].queryset = among


class NothingForm(forms.Form):
    """A button without further questions, and the place for what the rules of the trade refuse."""
