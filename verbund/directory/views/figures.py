"""What others have published about the network in figures, by day, beside how we read it."""

from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import figures, queries, reading, reference_day
from verbund.directory.models.evidence import PublishedFigure

DECEMBER_2012 = {"first_month": "12", "last_month": "12"}
SPECIALISTS = {"count": "3", "kind": "SPECIALIST", "share": "1"}
SUPPORT = {"count": "1", "kind": "ASSISTANT", "share": "0,5"}


def _calculation(months: dict) -> str:
    """Return what stands behind the calculator's address for a city's centre of 2012 in these months."""
    rows = [posts | months for posts in (SPECIALISTS, SUPPORT)]
    typed = {f"p{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return urlencode({"year": "2012", "carrier_kind": "CITY", **typed})


CALCULATED = {
    "solingen-december-2012": _calculation(DECEMBER_2012),
    "solingen-year": _calculation({"first_month": "1", "last_month": "12"}),
    "solingen-posts": _calculation({"first_month": "1", "last_month": "12"}),
}
"""The figures for which the calculator shows a computation of ours, and what is typed into it then."""


@public
@require_safe
def published_figures(request):
    """The published figures by subject: those stated by the reference day, then the later ones."""
    chosen = reference_day.chosen(request)
    found = list(figures.published_figures())
    names = queries.names_on(chosen.day, among={figure.centre_id for figure in found if figure.centre_id})
    shown = [_shown(figure, chosen.day, names) for figure in found]
    context = {
        "reference_day": chosen,
        "stated": _by_subject([row for row in shown if row["is_possible"]]),
        "later": _by_subject([row for row in shown if not row["is_possible"]]),
    }
    return show(request, "directory/figures.html", context)


def _by_subject(rows: list[dict]) -> list[dict]:
    groups = [
        {"code": subject.value, "title": subject.label, "rows": [row for row in rows if row["subject"] == subject]}
        for subject in PublishedFigure.Subject
    ]
    return [group for group in groups if group["rows"]]


def _shown(figure: PublishedFigure, day: date, names: dict[int, str]) -> dict:
    centre = figure.centre
    return reading.shown_figure(figure) | {
        "subject": figure.subject,
        "amount": figure.amount,
        "is_money": figure.unit == PublishedFigure.Unit.EURO,
        "unit": figure.get_unit_display(),
        "is_approximate": figure.is_approximate,
        "stated": stated_label(figure),
        "is_possible": figure.stated_from <= day,
        "is_certain": figures.is_stated_by(figure, day),
        "centre": names.get(centre.pk, centre.organisation.name) if centre else "",
        "centre_address": centre.get_absolute_url() if centre else "",
        "calculation": CALCULATED.get(figure.code, ""),
    }


def stated_label(figure: PublishedFigure) -> str:
    """Return when a figure was stated: its day, or the days between which it must have been."""
    if figure.stated_on:
        return _("am %(day)s") % {"day": f"{figure.stated_on:%d.%m.%Y}"}
    return _("zwischen %(first)s und %(last)s, die Quelle trägt kein Datum") % {
        "first": f"{figure.stated_from:%d.%m.%Y}",
        "last": f"{figure.stated_until:%d.%m.%Y}",
    }
