"""The list of a centre's openings: filters in the address, what is to be done first."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from verbund.advising.models import InterculturalOpening
from verbund.advising.openings import queries
from verbund.advising.openings.lifecycle import MeasureStatus, OpeningStatus, TemplateStatus

PAGE_SIZE = 50
LONGEST_TEXT = 100
TONES = {
    OpeningStatus.PROPOSED: "info",
    OpeningStatus.AGREED: "info",
    OpeningStatus.RUNNING: "success",
    OpeningStatus.COMPLETED: "neutral",
    OpeningStatus.ENDED: "warning",
}
MEASURE_TONES = {
    MeasureStatus.PLANNED: "neutral",
    MeasureStatus.RUNNING: "info",
    MeasureStatus.DONE: "success",
    MeasureStatus.DROPPED: "warning",
}
TEMPLATE_TONES = {
    TemplateStatus.DRAFT: "info",
    TemplateStatus.RELEASED: "success",
    TemplateStatus.WITHDRAWN: "warning",
}
TO_DO = {"pruefung": _("Jahresprüfung fällig"), "massnahmen": _("Maßnahmen überfällig")}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; anything that makes no sense is left out."""

    text: str = ""
    status: str = ""
    to_do: str = ""

    @classmethod
    def from_address(cls, given) -> "Wanted":
        status, to_do = given.get("status", ""), given.get("zu-tun", "")
        return cls(
            text=given.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
            status=status if status in OpeningStatus.values else "",
            to_do=to_do if to_do in TO_DO else "",
        )

    @property
    def is_filtered(self) -> bool:
        return any((self.text, self.status, self.to_do))


def found(openings: QuerySet[InterculturalOpening], wanted: Wanted, *, on: date) -> QuerySet[InterculturalOpening]:
    """Return the openings asked for, with their counts, the ones to be reviewed first."""
    if wanted.text:
        openings = openings.filter(partner__organisation__name__icontains=wanted.text) | openings.filter(
            subject__icontains=wanted.text
        )
    if wanted.status:
        openings = openings.filter(status=wanted.status)
    if wanted.to_do == "pruefung":
        openings = openings.filter(queries.review_due(on))
    counted = queries.with_counts(openings, on=on)
    if wanted.to_do == "massnahmen":
        counted = counted.filter(measures_late__gt=0)
    return counted.order_by(F("review_due_on").asc(nulls_last=True), "partner__organisation__name", "pk")


def page_of(openings: QuerySet[InterculturalOpening], number, *, on: date):
    """Return the page asked for, each opening with what the list prints beside it."""
    page = Paginator(openings, PAGE_SIZE).get_page(number)
    for opening in page.object_list:
        opening.tone = TONES[opening.status]
        opening.is_review_due = is_review_due(opening, on=on)
    return page


def is_review_due(opening: InterculturalOpening, *, on: date) -> bool:
    """Whether the yearly review is due by a day."""
    stands = opening.status in queries.STANDING
    return stands and opening.review_due_on is not None and opening.review_due_on <= on
