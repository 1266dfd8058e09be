"""What is typed: a request, a decision, a secondment and its end; who holds a post, and what changes."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField, ShareField, TypedNumber
from verbund.directory.models import Centre
from verbund.staffing.models import MOST_POSTS, Occupancy, Secondment, TeacherRequest

POSTS = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?")


class PostsField(TypedNumber):
    """A number of posts in steps of a half, typed as 2 or 1,5."""

    pattern = POSTS
    default_error_messages = {"invalid": _("Bitte schreiben Sie die Zahl der Stellen so: 2 oder 1,5.")}

    def to_python(self, value):
        posts = super().to_python(value)
        if posts is not None and (posts * 2 % 1 or not 0 < posts <= MOST_POSTS):
            raise forms.ValidationError(self.error_messages["invalid"], code="range")
        return posts


class DraftForm(forms.Form):
    """The numbers of a request and what the teachers are for."""

    posts_requested = PostsField(label=_("Stellen"), help_text=_("Ganze oder halbe Stellen, zum Beispiel 2 oder 1,5."))
    reason = forms.CharField(
        label=_("Wofür die Lehrkräfte gebraucht werden"),
        max_length=TeacherRequest._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class EditForm(DraftForm):
    """A draft as it was on the screen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)


class NewRequestForm(DraftForm):
    """A new request: for which centre of the carrier, for which year."""

    centre = forms.ModelChoiceField(label=_("Zentrum"), queryset=Centre.objects.none(), empty_label=None)
    year = forms.TypedChoiceField(
        label=_("Förderjahr"),
        coerce=int,
        error_messages={"invalid_choice": _("Anfordern lassen sich Stellen für dieses und das kommende Jahr.")},
    )
    field_order = ["centre", "year", "posts_requested", "reason"]

    def __init__(self, data=None, *, centres, years: list[int], **options):
        super().__init__(data, **options)
        self.fields["centre"].queryset = centres
        if len(centres) == 1:
            self.fields["centre"].widget = forms.HiddenInput()
        self.fields["year"].choices = [(year, str(year)) for year in years]


class ConfirmForm(forms.Form):
    """How many posts the ministry confirms."""

    posts_confirmed = PostsField(label=_("bestätigte Stellen"))
    decision_reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Nötig, wenn es weniger Stellen sind als angefordert."),
        max_length=TeacherRequest._meta.get_field("decision_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class DeclineForm(forms.Form):
    """Why the ministry declines."""

    decision_reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Das Zentrum liest diesen Text."),
        max_length=TeacherRequest._meta.get_field("decision_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SecondmentForm(forms.Form):
    """Who fills a post: a function, never a name."""

    label = forms.CharField(
        label=_("Funktion"),
        max_length=Secondment._meta.get_field("label").max_length,
        help_text=_("Kein Name. Zum Beispiel: Lehrkraft 1"),
    )
    school_type = forms.ChoiceField(
        label=_("Schulform"), choices=[("", _("keine Angabe")), *Secondment.SchoolType.choices], required=False
    )
    full_time_share = ShareField(label=_("Stellenanteil"), help_text=_("1 ist eine volle Stelle, 0,5 eine halbe."))
    valid_from = DayField(label=_("abgeordnet von"))
    valid_until = DayField(label=_("abgeordnet bis"), help_text=_("Der letzte Tag zählt mit."))


class EndForm(forms.Form):
    """The last day of a secondment that ends before its time, and why."""

    last_day = DayField(label=_("letzter Tag"))
    end_reason = forms.CharField(
        label=_("Grund"),
        max_length=Secondment._meta.get_field("end_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CancelForm(forms.Form):
    """Why a recorded secondment is wrong."""

    end_reason = forms.CharField(
        label=_("Grund"),
        max_length=Secondment._meta.get_field("end_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


SHARE_HELP = _("1 ist eine volle Stelle, 0,5 eine halbe.")
FUNDED_HELP = _(
    "Wer keine geförderte Vergütung bekommt, behält die Stelle, zählt aber nicht. Ein Grund wird nie gefragt."
)


class OccupancyForm(forms.Form):
    """Who holds a post, with which share, from when until when."""

    holder = forms.CharField(
        label=_("Name"),
        max_length=Occupancy._meta.get_field("holder").max_length,
        help_text=_(
            "Den Namen sieht Ihr Träger; die Bewilligungsbehörde nur, wo ein Nachweis ihn braucht. Sonst niemand."
        ),
    )
    full_time_share = ShareField(label=_("Stellenanteil"), help_text=SHARE_HELP)
    valid_from = DayField(label=_("besetzt von"))
    valid_until = DayField(label=_("besetzt bis"), help_text=_("Der letzte Tag zählt mit."))
    is_qualified = forms.BooleanField(
        label=_("Qualifikation ist nachgewiesen"),
        help_text=_(
            "Ohne nachgewiesene Qualifikation wird die Stelle nicht gefördert. Sie können sie später bestätigen."
        ),
        required=False,
    )
    is_funded = forms.BooleanField(label=_("gefördert"), help_text=FUNDED_HELP, required=False)

    def __init__(self, data=None, *, needs_qualification: bool, **options):
        super().__init__(data, **options)
        if not needs_qualification:
            del self.fields["is_qualified"]


class ChangeShareForm(forms.Form):
    """From which day on the share or the funding is another one."""

    first_day = DayField(label=_("gilt ab"), help_text=_("Der erste Tag mit dem neuen Anteil."))
    full_time_share = ShareField(label=_("neuer Stellenanteil"), help_text=SHARE_HELP)
    is_funded = forms.BooleanField(label=_("gefördert"), help_text=FUNDED_HELP, required=False)


class EndOccupancyForm(forms.Form):
    """The last day of an occupancy that ends before its time; never why."""

    last_day = DayField(label=_("letzter Tag"))


class CancelOccupancyForm(forms.Form):
    """Nothing to type: that it was a mistake is the whole statement."""
