"""The form of a place: street and postcode give town and point; of a protected one only the town is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.digits import latin_digits
from verbund.core.plain_text import without_overrides
from verbund.directory.calculations import folded
from verbund.directory.models import Municipality, Postcode
from verbund.offers.editing.reading import address_of
from verbund.offers.models import Place, PlaceFeature

PROTECTED_HELP = _(
    "Zum Beispiel ein Frauenhaus. Gespeichert wird dann nur der Ort; Straße, Postleitzahl und Weg werden verworfen."
)


class PlaceForm(forms.Form):
    """A place as people know it; `clean` adds the town (`municipality`), and the point of the postcode."""

    name = forms.CharField(
        label=_("Name des Ortes"), max_length=120, help_text=_("zum Beispiel: Haus der Begegnung, Stadtbücherei")
    )
    is_protected = forms.BooleanField(label=_("geschützte Adresse"), required=False, help_text=PROTECTED_HELP)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=120, required=False)
    postcode = forms.CharField(
        label=_("Postleitzahl"),
        max_length=9,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    town = forms.CharField(
        label=_("Stadt oder Gemeinde"),
        max_length=100,
        required=False,
        help_text=_("nur nötig, wenn zur Postleitzahl mehrere gehören oder Sie keine angeben"),
    )
    directions = forms.CharField(
        label=_("Wie man hinkommt"), max_length=300, required=False, help_text=_("zum Beispiel: Bus 681 bis Rathaus")
    )

    def clean(self):
        typed = super().clean()
        typed |= {name: without_overrides(said) for name, said in typed.items() if isinstance(said, str)}
        postcode = "".join(latin_digits(typed.get("postcode") or "").split()).upper().removeprefix("D-")
        if postcode:
            self._find_by_postcode(typed, postcode)
        elif typed.get("town"):
            self._find_by_name(typed)
        else:
            self.add_error("postcode", _("Geben Sie die Postleitzahl oder die Stadt an."))
        if typed.get("is_protected"):
            return typed | {"street": "", "postcode": "", "directions": "", "latitude": None, "longitude": None}
        if not typed.get("street") and "street" not in self.errors:
            self.add_error("street", _("Geben Sie Straße und Hausnummer an, damit man hinfindet."))
        return typed | {"postcode": postcode}

    def _find_by_postcode(self, typed: dict, postcode: str) -> None:
        rows = list(Postcode.objects.filter(code=postcode[:9]).select_related("municipality"))
        if not rows:
            self.add_error("postcode", _("Diese Postleitzahl gibt es in Nordrhein-Westfalen nicht."))
            return
        sought = folded(typed.get("town") or "")
        named = [row for row in rows if folded(row.municipality.name) == sought] if sought else rows[:1]
        if not named:
            towns = ", ".join(row.municipality.name for row in rows)
            sentence = _("Zu dieser Postleitzahl gehört: %(towns)s. Prüfen Sie Postleitzahl und Stadt.")
            self.add_error("town", sentence % {"towns": towns})
            return
        found = named[0]
        typed |= {"municipality": found.municipality, "latitude": found.latitude, "longitude": found.longitude}

    def _find_by_name(self, typed: dict) -> None:
        sought = folded(typed["town"])
        named = [town for town in Municipality.objects.all() if folded(town.name) == sought]
        if not named:
            self.add_error("town", _("Diese Stadt oder Gemeinde finden wir in Nordrhein-Westfalen nicht."))
            return
        typed |= {"municipality": named[0], "latitude": named[0].latitude, "longitude": named[0].longitude}

    def values(self) -> dict:
        """Return the fields of `Place`; of a protected one without address."""
        names = ("name", "street", "postcode", "directions", "is_protected", "municipality", "latitude", "longitude")
        return {name: self.cleaned_data[name] for name in names}

    def as_read(self) -> str:
        """Return the typed place as everybody will read it; the form must be valid."""
        return address_of(Place(**self.values()))


def initial_of(place: Place) -> dict:
    names = ("name", "is_protected", "street", "postcode", "directions")
    return {name: getattr(place, name) for name in names} | {"town": place.municipality.name}


class FeaturesForm(forms.Form):
    """What is known about getting in, feature by feature: yes, no, unknown."""

    def __init__(self, *args, features, known, **options):
        super().__init__(*args, **options)
        for feature in features:
            self.fields[f"merkmal-{feature.pk}"] = forms.ChoiceField(
                label=feature.name,
                choices=PlaceFeature.Value,
                initial=known.get(feature.pk, PlaceFeature.Value.UNKNOWN),
            )

    def values(self) -> dict[int, str]:
        """Return the value of each feature by the id of its term."""
        return {int(name.removeprefix("merkmal-")): value for name, value in self.cleaned_data.items()}
