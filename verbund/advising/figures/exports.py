"""The figures as a file: one line for each centre."""

from django.utils.translation import gettext_lazy as _

from verbund.advising.figures.queries import FIGURES
from verbund.core.exports import Column


def _value(code: str):
    return lambda row: row["figures"].get(code, 0)


COLUMNS = [
    Column(_("Jahr"), lambda row: row["year"]),
    Column(_("Zentrum"), lambda row: str(row["centre"])),
    Column(_("Regierungsbezirk"), lambda row: row["centre"].carrier.district.region),
    *(Column(figure.label, _value(figure.code)) for figure in FIGURES),
]
