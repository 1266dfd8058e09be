"""Forms for facts and contacts of a centre: what was typed, before the domain is asked."""

import re

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.directory.models import CentreContact, CentreFact

FUNCTION_NOT_PERSON = _("Nennen Sie die Funktion, nicht die Person. Der Eintrag gilt dann auch nach einem Wechsel.")
WRONG_PHONE = _("Bitte nur Ziffern, Leerzeichen und die Zeichen + / - ( ). Beispiel: 0212 290-2225")
WRONG_ADDRESS = _("Bitte eine Adresse, die mit https:// oder http:// beginnt. Beispiel: https://www.solingen.de")


def longest(model, name: str) -> int:
    return model._meta.get_field(name).max_length


class VersionedForm(forms.Form):
    """A form that knows which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000, required=False)

    @classmethod
    def of(cls, known):
        """Return the form with what is stored."""
        return cls(initial={name: getattr(known, name) for name in cls.base_fields})

    @property
    def seen(self) -> int:
        """The version that was on the screen; 0, which none bears, when the form did not say."""
        return self.cleaned_data["version"] or 0

    def values(self) -> dict:
        """Return what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EvidencedForm(VersionedForm):
    """The days and the source of whatever is known for some time only."""

    position = forms.IntegerField(
        label=_("Reihenfolge"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Unter mehreren gleicher Art. Ohne Zahl steht sie am Ende."),
    )
    valid_from = DayField(
        label=_("Gilt ab"), help_text=_("Ist der Beginn nicht bekannt: der erste Tag, für den die Quelle es sagt.")
    )
    evidenced_until = DayField(
        label=_("Belegt bis"),
        help_text=_("Der letzte Tag, für den die Quelle es sagt; meist der Tag der Quelle. Nie in der Zukunft."),
    )
    valid_until = DayField(
        label=_("Galt bis"), required=False, help_text=_("Nur, wenn das Ende bekannt ist. Sonst bleibt es offen.")
    )
    source = forms.CharField(
        label=_("Quelle"),
        max_length=longest(CentreFact, "source"),
        help_text=_("Wo es nachzulesen ist: Vorlage, Mitteilung, Webseite mit Tag. Ohne Quelle kein Eintrag."),
    )


class FactForm(EvidencedForm):
    """A sentence about a centre."""

    kind = forms.ChoiceField(label=_("Art"), choices=[("", _("bitte wählen")), *CentreFact.Kind.choices])
    text = forms.CharField(
        label=_("Aussage"),
        max_length=longest(CentreFact, "text"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ein Satz, wie er auf der Seite des Zentrums stehen soll. Ohne Namen von Personen."),
    )
    field_order = ["version", "kind", "text", "valid_from", "evidenced_until", "valid_until", "source", "position"]

    def clean_text(self) -> str:
        """Write the sentence on one line, however it was pasted."""
        return " ".join(self.cleaned_data["text"].split())


class WebAddressField(forms.URLField):
    """An address on the web: https or http and nothing that a browser would run."""

    default_validators = [URLValidator(schemes=["https", "http"], message=WRONG_ADDRESS)]
    default_error_messages = {"invalid": WRONG_ADDRESS}


class ContactForm(EvidencedForm):
    """How a centre is reached, by function."""

    function = forms.CharField(
        label=_("Funktion"),
        max_length=longest(CentreContact, "function"),
        help_text=_("Zum Beispiel: Leitung, Geschäftsstelle, Beratung für Schulen. Nie der Name einer Person."),
        validators=[
            RegexValidator(re.compile(r"\b(Herrn?|Frau)\s+(Dr\.\s*)?[A-ZÄÖÜ]"), FUNCTION_NOT_PERSON, inverse_match=True)
        ],
    )
    phone = forms.CharField(
        label=_("Telefon"),
        required=False,
        max_length=longest(CentreContact, "phone"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        validators=[RegexValidator(re.compile(r"\A(?=(?:[^0-9]*[0-9]){3})[0-9 +/()-]+\Z"), WRONG_PHONE)],
    )
    email = forms.EmailField(
        label=_("E-Mail"),
        required=False,
        max_length=longest(CentreContact, "email"),
        help_text=_("Am besten ein Postfach der Stelle, das auch bei Urlaub gelesen wird."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    website = WebAddressField(
        label=_("Webseite"),
        assume_scheme="https",
        required=False,
        max_length=longest(CentreContact, "website"),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Anschrift"),
        required=False,
        max_length=longest(CentreContact, "address"),
        help_text=_("Straße und Hausnummer, Postleitzahl und Ort."),
    )
    field_order = [
        *("version", "function", "phone", "email", "website", "address"),
        *("valid_from", "evidenced_until", "valid_until", "source", "position"),
    ]


class EndForm(VersionedForm):
    """Until when something held, and who says so."""

    last_day = DayField(
        label=_("Galt bis"),
        help_text=_("Der letzte Tag, an dem es galt; bei einem beschlossenen Ende auch ein künftiger."),
    )
    source = forms.CharField(
        label=_("Quelle für das Ende"),
        max_length=200,
        help_text=_("Woher das Ende bekannt ist: Vorlage, Mitteilung, Webseite mit Tag."),
    )

    @classmethod
    def of(cls, known):
        """Return the form with the version that is on the screen."""
        return cls(initial={"version": known.version})


class ConfirmForm(VersionedForm):
    """One press: what was on the screen still holds."""
