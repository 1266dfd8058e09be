"""The list of enquiries: filters in the address, what waits stands first, the most urgent on top."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from verbund.advising.enquiries.lifecycle import EnquiryStatus
from verbund.advising.enquiries.reading import TONES, time_left
from verbund.advising.models import Enquiry

PAGE_SIZE = 50
LONGEST_TEXT = 100
LATE = "ueber"
NO_TOPIC = "sonst"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; anything that makes no sense is left out."""

    text: str = ""
    status: str = ""
    topic: str = ""
    is_late: bool = False

    @classmethod
    def from_address(cls, given, topics: set[str]) -> "Wanted":
        status, topic = given.get("status", ""), given.get("thema", "")
        return cls(
            text=given.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
            status=status if status in EnquiryStatus.values else "",
            topic=topic if topic in topics else "",
            is_late=given.get("frist") == LATE,
        )

    @property
    def is_filtered(self) -> bool:
        return any((self.text, self.status, self.topic, self.is_late))


def found(enquiries: QuerySet[Enquiry], wanted: Wanted, *, on: date) -> QuerySet[Enquiry]:
    """Return the enquiries asked for: open ones by the day to answer by, what waits for the asker, then the others."""
    if wanted.text:
        words = Q(reference__icontains=wanted.text) | Q(question__icontains=wanted.text)
        enquiries = enquiries.filter(words | Q(municipality__name__icontains=wanted.text))
    if wanted.status:
        enquiries = enquiries.filter(status=wanted.status)
    if wanted.topic:
        enquiries = (
            enquiries.filter(field__code=wanted.topic) if wanted.topic != NO_TOPIC else enquiries.filter(field=None)
        )
    if wanted.is_late:
        enquiries = enquiries.filter(status=EnquiryStatus.OPEN, due_on__lt=on)
    first = (When(status=EnquiryStatus.OPEN, then=Value(0)), When(status=EnquiryStatus.ASKED_BACK, then=Value(1)))
    rank = Case(*first, default=Value(2), output_field=IntegerField())
    waits_until = Case(When(status=EnquiryStatus.OPEN, then="due_on"))
    return enquiries.order_by(rank, waits_until, "-asked_on", "-pk")


def page_of(enquiries: QuerySet[Enquiry], number, *, on: date):
    """Return the page asked for, each enquiry with its tone and the time that is left."""
    page = Paginator(enquiries, PAGE_SIZE).get_page(number)
    for enquiry in page.object_list:
        enquiry.tone = TONES[EnquiryStatus(enquiry.status)]
        enquiry.left = time_left(enquiry, on=on)
        enquiry.is_late = enquiry.is_open and enquiry.due_on < on
    return page
