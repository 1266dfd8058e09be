"""Enquiries of a year in numbers, by centre or unit and topic: how many, how soon answered. Ready for returns."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbund.advising import permissions
from verbund.advising.education import in_education
from verbund.advising.enquiries.lifecycle import EnquiryStatus
from verbund.advising.models import Enquiry
from verbund.core.acting import Actor

S = EnquiryStatus


@dataclass
class Row:
    """The enquiries of a body about a topic; an empty `body` or `topic` stands for all of them."""

    year: int
    body: str = ""
    topic: str = ""
    asked: int = 0
    answered: int = 0
    in_time: int = 0
    closed: int = 0
    withdrawn: int = 0
    open: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def median_days(self) -> Decimal | None:
        """Return the median of calendar days from the question to the first answer; None without an answer."""
        return median([Decimal(days) for days in self.days]) if self.days else None

    def count(self, status: str, asked_on: date, promised_on: date, answered_on: date | None) -> None:
        """Count an enquiry. One that was answered counts as answered, also while the asker waits for more."""
        self.asked += 1
        if answered_on:
            self.answered += 1
            self.in_time += answered_on <= promised_on
            self.days.append((answered_on - asked_on).days)
        else:
            self.open += status in (S.OPEN, S.ASKED_BACK)
            self.closed += status == S.CLOSED
            self.withdrawn += status == S.WITHDRAWN


def counted_for(actor: Actor, *, year: int) -> QuerySet[Enquiry]:
    """Return the enquiries of a year whose numbers somebody reads: those of the own centre; units and ministries all.

    The unit for schools reads education, and what it has itself.
    """
    found = Enquiry.objects.filter(asked_on__year=year)
    if permissions.works_in_centre(actor):
        return found.filter(centre=actor.organisation_id)
    if not permissions.reads_numbers(actor):
        return found.none()
    if permissions.coordinates_education_only(actor):
        return found.filter(in_education()) | found.filter(unit=actor.organisation_id)
    return found


def rows(enquiries: QuerySet[Enquiry], *, year: int) -> list[Row]:
    """Return a row for each body and topic, in the order of their names; one statement."""
    values = enquiries.order_by().values_list(
        "centre__organisation__name", "unit__name", "field__name",
        "status", "asked_on", "promised_on", "answered_on",
    )  # fmt: skip
    found: dict[tuple[str, str], Row] = {}
    for centre, unit, topic, *what in values:
        key = (centre or unit, topic or _("etwas anderes"))
        found.setdefault(key, Row(year, *key)).count(*what)
    return [found[key] for key in sorted(found)]


def together(parts: list[Row], *, by: str = "") -> list[Row]:
    """Return the rows added up by `body` or `topic`, or all of them in one row."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for part in parts:
        groups[getattr(part, by) if by else ""].append(part)
    return [_sum(name, group, by) for name, group in sorted(groups.items())]


def _sum(name: str, group: list[Row], by: str) -> Row:
    made = Row(group[0].year, **({by: name} if by else {}))
    for part in group:
        for count in ("asked", "answered", "in_time", "closed", "withdrawn", "open"):
            setattr(made, count, getattr(made, count) + getattr(part, count))
        made.days += part.days
    return made
