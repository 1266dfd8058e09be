"""The post plan as a file: the same lines as on the page, for the same readers."""

from django.utils.translation import gettext as _

from verbund.core.exports import Column
from verbund.portal.post_plan.plan import Plan
from verbund.staffing.operations import german


def columns(plan: Plan) -> list[Column]:
    """Return the columns for the reader of a plan; shares as text, for a file prints numbers as euros."""
    if not plan.sees_posts:
        return [
            Column(_("Art der Stelle"), lambda row: row["title"], 30),
            Column(_("von"), lambda row: row["segment"].first, 12),
            Column(_("bis"), lambda row: row["segment"].last, 12),
            Column(_("bewilligt"), lambda row: german(row["segment"].funded), 12),
            Column(_("besetzt"), lambda row: german(row["segment"].occupied), 12),
            Column(_("unbesetzt"), lambda row: german(row["segment"].vacant), 12),
        ]
    return [
        Column(_("Aktenzeichen"), lambda row: row["reference"], 26),
        Column(_("Stelle"), lambda row: row["line"].post.label, 24),
        Column(_("Funktion"), lambda row: row["line"].post.get_function_display(), 40),
        Column(_("besetzt durch"), lambda row: row["line"].who, 30),
        Column(_("Anteil"), lambda row: german(row["line"].share), 10),
        Column(_("von"), lambda row: row["line"].first, 12),
        Column(_("bis"), lambda row: row["line"].last, 12),
        *(_columns_of_people() if plan.sees_names else []),
        Column(_("bewilligt"), _amount("amount_granted"), 16),
        Column(_("wie besetzt"), _amount("amount_occupied"), 16),
        Column(_("Folge"), _amount("difference"), 16),
        Column(_("so gerechnet"), _amount("sentence"), 40),
    ]


def _columns_of_people() -> list[Column]:
    return [
        Column(_("Qualifikation bestätigt am"), _held("qualification_confirmed_on"), 16),
        Column(_("gefördert"), _held("is_funded"), 12),
    ]


def _held(name: str):
    """Return the reader of a value of the occupancy; a vacancy has none."""
    return lambda row: getattr(row["line"].occupancy, name) if row["line"].occupancy else None


def _amount(name: str):
    """Return the reader of a value of the consequence; only the first line of a post bears it."""
    return lambda row: getattr(row["line"].consequence, name) if row["line"].consequence else None


def rows(plan: Plan) -> list[dict]:
    if not plan.sees_posts:
        return [{"title": row.title, "segment": segment} for row in plan.classes for segment in row.segments]
    return [
        {"reference": source.notice.file_reference, "line": line} for source in plan.sources for line in source.lines
    ]
