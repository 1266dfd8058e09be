"""Forms of the directory: what was typed, before the domain is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.directory.calculations import CentreState
from verbund.directory.models import Carrier, LifeStep, Organisation

UNKNOWN_FILTER = _("Diesen Filter gibt es nicht. Er wurde nicht angewendet.")


class CentreFilterForm(forms.Form):
    """The filters of the list, which live in the address; a wrong one is named and not applied."""

    suche = forms.CharField(label=_("Name, Ort oder PLZ"), max_length=80, required=False)
    bezirk = forms.ChoiceField(label=_("Regierungsbezirk"), required=False)
    art = forms.ChoiceField(label=_("Träger"), required=False)
    stand = forms.ChoiceField(label=_("Stand an diesem Tag"), required=False)
    beleg = forms.ChoiceField(label=_("Erstes Jahr"), required=False)

    def __init__(self, data, *, regions: list[str]):
        super().__init__(data)
        self.fields["bezirk"].choices = [("", _("alle")), *((region, region) for region in regions)]
        self.fields["art"].choices = [
            ("", _("alle")),
            (Carrier.Kind.CITY.value, _("Stadt")),
            (Carrier.Kind.COUNTY.value, _("Kreis oder Städteregion")),
        ]
        self.fields["beleg"].choices = [("", _("alle")), *LifeStep.Evidence.choices]
        self.fields["stand"].choices = [("", _("alle")), *CentreState.choices]
        for name in ("bezirk", "art", "stand", "beleg"):
            self.fields[name].error_messages["invalid_choice"] = UNKNOWN_FILTER

    def chosen(self) -> dict[str, str]:
        """Return the filters that can be applied, by the names of `queries.centre_list`."""
        self.is_valid()
        names = {"suche": "text", "bezirk": "region", "art": "carrier_kind", "stand": "state", "beleg": "evidence"}
        return {names[name]: value for name, value in self.cleaned_data.items() if value}


class CentreForm(forms.Form):
    """A centre's local name."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    name = forms.CharField(
        label=_("Name, wie er vor Ort gebraucht wird"),
        max_length=Organisation._meta.get_field("name").max_length,
        help_text=_("So erscheint das Zentrum auf allen Seiten und Schreiben."),
    )
    short_name = forms.CharField(
        label=_("Kurzname"), max_length=Organisation._meta.get_field("short_name").max_length, required=False
    )
    renamed_on = DayField(
        label=_("Umbenannt zum"),
        required=False,
        help_text=_("Nur bei einer Umbenennung. Der bisherige Name gilt dann für die Tage davor."),
    )
    source = forms.CharField(label=_("Quelle der Umbenennung"), max_length=300, required=False)

    @classmethod
    def of(cls, centre) -> "CentreForm":
        """Return the form with what is stored."""
        return cls(
            initial={
                "version": centre.version,
                "name": centre.organisation.name,
                "short_name": centre.organisation.short_name,
            }
        )


class LifeStepForm(forms.Form):
    """A step in a centre's life, with its source."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000, required=False)
    kind = forms.ChoiceField(label=_("Schritt"), choices=[("", _("bitte wählen")), *LifeStep.Kind.choices])
    body = forms.CharField(
        label=_("Gremium oder Stelle"), max_length=LifeStep._meta.get_field("body").max_length, required=False
    )
    day_from = DayField(
        label=_("Tag, oder frühester Tag"),
        required=False,
        help_text=_("Zum Beispiel 05.07.2012. Nur bei einem Vorläufer darf der Beginn fehlen."),
    )
    day_until = DayField(
        label=_("Spätester Tag"),
        required=False,
        help_text=_("Nur, wenn der Tag nicht genau bekannt ist: Ende des Zeitraums, in dem er liegt."),
    )
    evidence = forms.ChoiceField(
        label=_("Beleg"),
        choices=LifeStep.Evidence.choices,
        widget=forms.RadioSelect,
        help_text=_("„belegt“ heißt: die Quelle nennt genau diesen Schritt für dieses Zentrum."),
    )
    result = forms.CharField(
        label=_("Ergebnis"),
        max_length=LifeStep._meta.get_field("result").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Was beschlossen, beantragt oder bewilligt wurde."),
    )
    source = forms.CharField(
        label=_("Quelle"),
        max_length=LifeStep._meta.get_field("source").max_length,
        help_text=_("Wo es nachzulesen ist: Vorlage, Mitteilung, Bescheid. Ohne Quelle kein Eintrag."),
    )

    @classmethod
    def of(cls, step) -> "LifeStepForm":
        """Return the form with what is stored."""
        return cls(initial={name: getattr(step, name) for name in cls.base_fields})

    def facts(self) -> dict:
        """Return what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
