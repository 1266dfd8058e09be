"""What the component page shows: one specimen of every shared piece, with figures of the published 2012 example."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.money import MoneyFormField
from verbund.directory.maps.drawing import LegendEntry, MapArea
from verbund.directory.maps.shapes import shapes

TONES = ("neutral", "info", "success", "warning", "danger")


class SpecimenForm(forms.Form):
    """One field of every kind."""

    subject = forms.CharField(label=gettext_lazy("Betreff"), max_length=120, help_text=gettext_lazy("Ein Satz genügt."))
    reason = forms.CharField(
        label=gettext_lazy("Begründung"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Art der Stelle"),
        choices=[
            ("", gettext_lazy("Bitte wählen")),
            ("S", gettext_lazy("Fachkraft")),
            ("A", gettext_lazy("Assistenz")),
        ],
    )
    begins_on = forms.DateField(label=gettext_lazy("Beginn"))
    amount = MoneyFormField(label=gettext_lazy("Betrag"), help_text=gettext_lazy("Zum Beispiel 57.000,00"))
    months = forms.IntegerField(label=gettext_lazy("Monate"), min_value=1, max_value=12)
    answer = forms.ChoiceField(
        label=gettext_lazy("Kommt der Bescheid per Post?"),
        widget=forms.RadioSelect,
        choices=[("Y", gettext_lazy("Ja")), ("N", gettext_lazy("Nein, elektronisch"))],
    )
    duties = forms.MultipleChoiceField(
        label=gettext_lazy("Der Träger stellt"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("R", gettext_lazy("Räume")),
            ("E", gettext_lazy("Ausstattung")),
            ("C", gettext_lazy("laufende Kosten")),
        ],
    )
    document = forms.FileField(
        label=gettext_lazy("Ratsbeschluss"), required=False, help_text=gettext_lazy("PDF, höchstens 20 MB")
    )
    confirmed = forms.BooleanField(label=gettext_lazy("Ich bestätige, dass die Angaben vollständig sind."))


REGIONS = {
    "051": gettext_lazy("Regierungsbezirk Düsseldorf"),
    "053": gettext_lazy("Regierungsbezirk Köln"),
    "055": gettext_lazy("Regierungsbezirk Münster"),
    "057": gettext_lazy("Regierungsbezirk Detmold"),
    "059": gettext_lazy("Regierungsbezirk Arnsberg"),
}
"""The first digits of an official key say in which Regierungsbezirk an area lies."""


def regions_on_a_map() -> tuple[list[MapArea], list[LegendEntry]]:
    """Return the areas of a map of the five Regierungsbezirke, and its legend: one pattern each."""
    patterns = ("solid", "diagonal", "dots", "lines", "cross")
    legend = [LegendEntry(label, pattern) for label, pattern in zip(REGIONS.values(), patterns, strict=True)]
    levels = {start: level for level, start in enumerate(REGIONS)}
    areas = [MapArea(key, key, levels[key[:3]], str(REGIONS[key[:3]])) for key in shapes()]
    return areas, legend


def context() -> dict:
    """Return the figures and lists of the specimens."""
    berlin = ZoneInfo("Europe/Berlin")
    areas, legend = regions_on_a_map()
    return {
        "map_areas": areas,
        "map_legend": legend,
        "tones": TONES,
        "since": date(2012, 11, 14),
        "amount": Decimal("307500"),
        "course": [
            {"label": _("Entwurf"), "state": "done", "note": "28.10.2022"},
            {"label": _("Eingereicht"), "state": "done", "note": "02.11.2022"},
            {"label": _("In Prüfung"), "state": "current", "note": _("Sachbearbeitung der Bewilligungsbehörde")},
            {"label": _("Entscheidung"), "state": "todo"},
            {"label": _("Bescheid"), "state": "todo"},
        ],
        "lines": [
            {"label": _("Jahresbetrag"), "value": Decimal("170000"), "note": _("Satz 2012")},
            {"label": _("geteilt durch 12 Monate, auf volle Euro"), "value": Decimal("14167")},
        ],
        "total": Decimal("14167"),
        "parts": [
            {"label": _("ausgezahlt"), "amount": Decimal("2400000")},
            {"label": _("bewilligt, noch nicht ausgezahlt"), "amount": Decimal("3100000")},
            {"label": _("beantragt"), "amount": Decimal("1800000")},
        ],
        "title_amount": Decimal("9830000"),
        "entries": [
            {
                "at": datetime(2022, 11, 2, 9, 12, tzinfo=berlin),
                "what": _("Antrag eingereicht"),
                "who": _("Zeichnungsberechtigte Person, Stadt Solingen"),
                "note": "",
            },
            {
                "at": datetime(2022, 10, 28, 16, 40, tzinfo=berlin),
                "what": _("Antrag gegengezeichnet"),
                "who": _("Kämmerei, Stadt Solingen"),
                "on_behalf_of": _("Zeichnungsberechtigte Person"),
            },
        ],
        "page": Paginator(range(120), 50).page(2),
    }
