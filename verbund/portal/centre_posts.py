"""What money and staff add to the page of a centre: posts by day for everybody, grants for those who may read them."""

from datetime import date
from decimal import Decimal

from verbund.funding import permissions
from verbund.funding import queries as funding
from verbund.funding.models import PlannedPost
from verbund.programmes import queries as programmes
from verbund.programmes.models.rows import RateClass
from verbund.programmes.rules import TEACHER, NoRulesForYear, UnknownProgramme
from verbund.staffing import permissions as staffing_permissions
from verbund.staffing import queries as staffing

PROGRAMME = "KI_BASE"


def posts(centre_id: int, carrier_kind: str, *, on: date, known_on: date) -> dict:
    """Return the context of the section on posts: what the guideline of the year funds, what is granted and filled.

    What is granted for a day is what stands of it as known on another.
    """
    granted = funding.posts_granted(centre_id, on=on, known_on=known_on)
    occupied = staffing.occupied_by_class(centre_id, on=on)
    teachers = staffing.numbers_of_centre(centre_id, on=on)
    guideline, most = _limits(carrier_kind, on)
    return {
        "posts": [*_granted_rows(granted, most, occupied), *_teacher_rows(teachers, most)],
        "posts_are_made_up": any(row["is_demo"] for row in granted) or bool(teachers and teachers.is_demo),
        "posts_guideline": guideline,
    }


def grants(centre_id: int, *, actor, on: date) -> dict:
    """Return the context of the section on grants and whether the post plan opens for the actor."""
    reads = permissions.reads_funding(actor)
    found = funding.grants_of_centre(actor, centre_id, on=on) if reads else []
    return {"reads_grants": reads, "grants": found, "reads_post_plan": staffing_permissions.reads_numbers(actor)}


def _limits(carrier_kind: str, on: date):
    """Return the guideline of the year and the most posts it funds by rate class; (None, {}) where there is none."""
    try:
        guideline = programmes.guideline_for(PROGRAMME, on.year)
    except (NoRulesForYear, UnknownProgramme):
        return None, {}
    rows = programmes.rules_of(guideline, on.year).limits
    return guideline, {row.rate_class: row for row in rows if row.carrier_kind == carrier_kind}


def _granted_rows(granted: list[dict], most: dict, occupied: dict) -> list[dict]:
    """Return one row for each rate class that is funded or granted: its functions, and how much is occupied."""
    classes = PlannedPost.RateClass
    found = []
    for rate_class in classes:
        rows = [row for row in granted if row["rate_class"] == rate_class]
        limit = most.get(rate_class)
        if rows or limit:
            functions = [
                {"label": PlannedPost.Function(row["function"]).label, "posts": row["posts"].normalize()}
                for row in rows
                if row["posts"]
            ]
            found.append(
                {
                    "label": rate_class.label,
                    "limit": limit,
                    "granted": sum((row["posts"] for row in rows), Decimal(0)).normalize() if rows else None,
                    "functions": functions,
                    "filled": occupied[rate_class].normalize() if rows and rate_class in occupied else None,
                }
            )
    return found


def _teacher_rows(teachers, most: dict) -> list[dict]:
    limit = most.get(TEACHER)
    if not (teachers or limit):
        return []
    label = RateClass.TEACHER.label
    confirmed, filled = (teachers.confirmed, teachers.filled.normalize()) if teachers else (None, None)
    return [{"label": label, "limit": limit, "granted": confirmed, "functions": [], "filled": filled}]
