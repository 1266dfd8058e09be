"""The file, the meaning of its columns, and what to do with new entries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.spreadsheets import LARGEST_FILE
from verbund.offers.importing.mapping import FIELDS
from verbund.offers.models import ImportRow, ImportRun


class UploadForm(forms.Form):
    """A list as a file; what is in it is looked at by `reading`."""

    file = forms.FileField(
        label=_("Datei"),
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv,.geojson,.json"}),
        help_text=_("XLSX, ODS, CSV (auch aus Integreat) oder GeoJSON; höchstens 50 MB und 100.000 Zeilen"),
        error_messages={"required": _("Wählen Sie eine Datei aus.")},
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(_("Die Datei ist größer als 50 MB. Bitte teilen Sie sie."))
        return upload


class ColumnsForm(forms.Form):
    """One choice for each column, the partner for all lines, and what becomes of new entries."""

    def __init__(self, *args, run: ImportRun, partners, **options):
        super().__init__(*args, **options)
        self.run = run
        choices = [("", _("nicht übernehmen")), *((code, one.label) for code, one in FIELDS.items())]
        for position, name in enumerate(run.head):
            label = name or _("Spalte %(number)d ohne Namen") % {"number": position + 1}
            chosen = run.columns.get(str(position), run.columns.get(position, ""))
            self.fields[f"spalte-{position}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=chosen
            )
        self.fields["partner"] = forms.ModelChoiceField(
            label=_("Anbieter für alle Zeilen"),
            queryset=partners,
            required=False,
            initial=run.partner_id,
            empty_label=_("steht in der Liste"),
            help_text=_("nur nötig, wenn keine Spalte den Anbieter nennt; sonst für Zeilen ohne Anbieter"),
        )
        self.fields["aim"] = forms.ChoiceField(
            label=_("Neue Einträge"),
            choices=ImportRun.Aim,
            initial=run.aim,
            widget=forms.RadioSelect,
            help_text=_("Vollständig heißt: mit Kurzbeschreibung, Anliegen und Ort."),
        )

    def columns(self) -> dict[int, str]:
        """Return the chosen field by the position of its column."""
        chosen = {position: self.cleaned_data[f"spalte-{position}"] for position in range(len(self.run.head))}
        return {position: code for position, code in chosen.items() if code}

    def rows(self) -> list[dict]:
        """Return each column with its name and three of its cells, for the table on the page."""
        found = []
        for position in range(len(self.run.head)):
            cells = [row[position] for row in self.run.samples if position < len(row)]
            said = [str(cell)[:60] for cell in cells if cell not in (None, "")]
            found.append({"field": self[f"spalte-{position}"], "samples": list(dict.fromkeys(said))[:3]})
        return found


def choices_in(data) -> dict[int, str]:
    """Return what was chosen for suspicious rows, by the id of the row; anything else is left out."""
    found = {}
    for name, value in data.items():
        number = name.removeprefix("zeile-")
        is_number = name != number and number.isascii() and number.isdecimal() and len(number) < 15
        if is_number and value in ImportRow.Choice.values:
            found[int(number)] = value
    return found
