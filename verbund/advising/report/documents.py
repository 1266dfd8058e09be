"""The report typeset: PDF/UA and PDF/A. The same day and the same entries give the same bytes."""

from datetime import date, datetime, time
from pathlib import Path

from django.utils.translation import gettext as _

from verbund.advising.report.content import content_of
from verbund.core import pdf
from verbund.core.dates import BERLIN
from verbund.directory.models import Centre

TEMPLATE = Path(__file__).resolve().parent / "report.typ"


def council_report(centre: Centre, *, year: int, on: date) -> bytes:
    """Return the report of a centre's year. Raises what `pdf.render` raises."""
    title = _("Bericht %(year)s: Beratung und Vernetzung") % {"year": year}
    data = content_of(centre, year=year, on=on)
    return pdf.render(TEMPLATE, data, title=title, issued_at=datetime.combine(on, time(), BERLIN))
