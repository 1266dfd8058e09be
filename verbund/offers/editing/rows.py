"""The rows of the form of an entry: languages, hours, single dates, breaks. An emptied row is no row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_rows import CHOOSE, NO_ORDER, Row, day_field
from verbund.offers.content import Break, Change, Hours
from verbund.offers.editing.clock import ClockField
from verbund.offers.models import DateChange, OfferLanguage, Slot

WEEKDAYS = (
    (0, _("Montag")),
    (1, _("Dienstag")),
    (2, _("Mittwoch")),
    (3, _("Donnerstag")),
    (4, _("Freitag")),
    (5, _("Samstag")),
    (6, _("Sonntag")),
)
MOST = {"sprachen": 40, "zeiten": 40, "termine": 60, "pausen": 20}
"""How many rows of a kind an entry (languages) or one of its places (the others) may have."""


class LanguageRow(Row):
    asked = ("language",)
    language = forms.ChoiceField(label=_("Sprache"))
    mode = forms.ChoiceField(label=_("Wie"), choices=OfferLanguage.Mode)

    def __init__(self, *args, words, **options):
        super().__init__(*args, **options)
        self.fields["language"].choices = [CHOOSE, *words.language_choices]

    def as_content(self) -> tuple[str, str]:
        return self.cleaned_data["language"], self.cleaned_data["mode"]


class HoursRow(Row):
    """Hours on a weekday; the languages of these hours are typed by their names."""

    asked = ("weekday", "opens", "closes")
    weekday = forms.TypedChoiceField(label=_("Wochentag"), choices=[CHOOSE, *WEEKDAYS], coerce=int)
    opens = ClockField(label=_("von"))
    closes = ClockField(label=_("bis"), is_end=True)
    rhythm = forms.ChoiceField(label=_("Rhythmus"), choices=Slot.Rhythm, initial=Slot.Rhythm.WEEKLY)
    by_appointment = forms.BooleanField(label=_("nur mit Termin"), required=False)
    in_school_holidays = forms.BooleanField(label=_("auch in den Schulferien"), required=False, initial=True)
    on_public_holidays = forms.BooleanField(label=_("auch an Feiertagen"), required=False)
    valid_from = day_field(_("gilt ab"), required=False)
    valid_until = day_field(_("gilt bis"), required=False)
    languages = forms.CharField(
        label=_("Sprachen nur in diesen Zeiten"),
        required=False,
        max_length=300,
        help_text=_("mit Komma getrennt, zum Beispiel: Arabisch, Türkisch"),
    )

    def __init__(self, *args, words, **options):
        super().__init__(*args, **options)
        self.words = words

    def clean_languages(self) -> tuple[str, ...]:
        return self.words.languages_in(self.cleaned_data["languages"])

    def clean(self):
        typed = super().clean()
        opens, closes = typed.get("opens"), typed.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Das Ende liegt nicht nach dem Beginn. Über Mitternacht: bis 23:59."))
        if typed.get("valid_from") and typed.get("valid_until") and typed["valid_until"] < typed["valid_from"]:
            self.add_error("valid_until", NO_ORDER)
        return typed

    @property
    def says_more(self) -> bool:
        """Whether anything beyond day and hours differs from what is usual."""
        usual = {"rhythm": Slot.Rhythm.WEEKLY, "by_appointment": False, "in_school_holidays": True}
        usual |= {"on_public_holidays": False, "valid_from": None, "valid_until": None, "languages": None}
        said = {name: self[name].value() for name in usual}
        errors = self._errors or {}
        return any(name in errors or (said[name] not in {None, ""} and said[name] != usual[name]) for name in usual)

    def as_content(self) -> Hours:
        names = [name for name in self.fields if name != "DELETE"]
        return Hours(**{name: self.cleaned_data[name] for name in names})


class ChangeRow(Row):
    asked = ("day", "opens", "closes")
    kind = forms.ChoiceField(label=_("Was"), choices=DateChange.Kind, initial=DateChange.Kind.CANCELLED)
    day = day_field(_("Tag"))
    opens = ClockField(label=_("von"), required=False)
    closes = ClockField(label=_("bis"), is_end=True, required=False)
    note = forms.CharField(label=_("Hinweis"), max_length=200, required=False)

    def clean(self):
        typed = super().clean()
        opens, closes = typed.get("opens"), typed.get("closes")
        if typed.get("kind") == DateChange.Kind.CANCELLED:
            return typed | {"opens": None, "closes": None}
        for name in ("opens", "closes"):
            if typed.get(name) is None and name not in self.errors:
                self.add_error(name, _("Ein zusätzlicher Termin braucht Beginn und Ende."))
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Das Ende liegt nicht nach dem Beginn."))
        return typed

    def as_content(self) -> Change:
        return Change(**{name: self.cleaned_data[name] for name in ("kind", "day", "opens", "closes", "note")})


class BreakRow(Row):
    asked = ("first_day", "last_day")
    first_day = day_field(_("vom"))
    last_day = day_field(_("bis"))
    reason = forms.CharField(label=_("Grund"), max_length=120, required=False)

    def clean(self):
        typed = super().clean()
        if typed.get("first_day") and typed.get("last_day") and typed["last_day"] < typed["first_day"]:
            self.add_error("last_day", NO_ORDER)
        return typed

    def as_content(self) -> Break:
        return Break(**{name: self.cleaned_data[name] for name in ("first_day", "last_day", "reason")})
