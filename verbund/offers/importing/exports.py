"""The lines that could not be read, as a table to correct and bring again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.exports import Column
from verbund.offers.models import ImportRow, ImportRun


def columns_of(run: ImportRun) -> list[Column]:
    """Return the columns of the list itself, behind the line and the reason."""
    found = [
        Column(gettext_lazy("Zeile"), lambda row: row.number, 8),
        Column(gettext_lazy("Warum nicht übernommen"), reasons_of, 60),
    ]
    for position, name in enumerate(run.head):
        found.append(Column(name or _("Spalte %d") % (position + 1), _cell(position), 24))
    return found


def _cell(position: int):
    return lambda row: "" if len(row.cells) <= position or row.cells[position] is None else str(row.cells[position])


def reasons_of(row: ImportRow) -> str:
    """Return why a line was refused, each reason with its column."""
    return "; ".join(f"{column}: {sentence}" if column else sentence for column, sentence in row.reasons)
