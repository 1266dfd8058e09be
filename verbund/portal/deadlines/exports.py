"""The list of deadlines as a file: the same filters and the same visibility as its page."""

from django.utils.translation import gettext as _

from verbund.core.exports import Column


def columns() -> list[Column]:
    """Return the columns of the export; a row is one of `reading.rows`."""
    return [
        Column(_("Frist"), lambda row: row["kind"], 34),
        Column(_("Vorgang"), lambda row: row["title"], 60),
        Column(_("rechnerisch am"), lambda row: row["deadline"].nominal_on),
        Column(_("fällig am"), lambda row: row["deadline"].due_on),
        Column(_("verschoben wegen"), lambda row: row["because"], 30),
        Column(_("verlängert bis"), lambda row: row["deadline"].extended_until),
        Column(_("Grund der Verlängerung"), lambda row: row["deadline"].extension_reason, 40),
        Column(_("Ende der Frist"), lambda row: row["deadline"].ends_on),
        Column(_("Stand"), lambda row: row["standing"], 16),
        Column(_("erledigt am"), lambda row: row["deadline"].fulfilled_on),
        Column(_("aufgehoben am"), lambda row: row["deadline"].lifted_on),
    ]
