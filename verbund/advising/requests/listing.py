"""The list of requests: filters in the address, what waits for the reader first."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from verbund.advising.models import AdviceRequest
from verbund.advising.requests.lifecycle import AnswerStatus, RequestStatus, SurveyStatus, TrainingStatus, Wish

PAGE_SIZE = 50
LONGEST_TEXT = 100
S = RequestStatus
TONES = {S.DRAFT: "neutral", S.ASKED: "info", S.ASKED_BACK: "warning", S.ANSWERED: "success", S.CLOSED: "neutral"}
ANSWER_TONES = {AnswerStatus.DRAFT: "info", AnswerStatus.RELEASED: "success", AnswerStatus.WITHDRAWN: "warning"}
SURVEY_TONES = {SurveyStatus.DRAFT: "neutral", SurveyStatus.OPEN: "info", SurveyStatus.CLOSED: "success"}
TRAINING_TONES = {
    TrainingStatus.PLANNED: "info",
    TrainingStatus.PUBLISHED: "success",
    TrainingStatus.WITHDRAWN: "warning",
}
WAITS_FOR_CENTRE = (S.ASKED_BACK, S.DRAFT, S.ANSWERED, S.ASKED, S.CLOSED)
WAITS_FOR_UNIT = (S.ASKED, S.ASKED_BACK, S.ANSWERED, S.CLOSED)


def words(text: str) -> str:
    """Return a search text from the address as it can be looked for."""
    return text.replace("\x00", "").strip()[:LONGEST_TEXT]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; anything that makes no sense is left out."""

    text: str = ""
    status: str = ""
    wish: str = ""

    @classmethod
    def from_address(cls, given) -> "Wanted":
        status, wish = given.get("status", ""), given.get("wunsch", "")
        return cls(
            text=words(given.get("q", "")),
            status=status if status in RequestStatus.values else "",
            wish=wish if wish in Wish.values else "",
        )

    @property
    def is_filtered(self) -> bool:
        return any((self.text, self.status, self.wish))


def found(requests: QuerySet[AdviceRequest], wanted: Wanted, *, is_unit: bool) -> QuerySet[AdviceRequest]:
    """Return the requests asked for; what waits for the reader's side stands first, the oldest of it on top."""
    if wanted.text:
        requests = requests.filter(Q(title__icontains=wanted.text) | Q(question__icontains=wanted.text))
    if wanted.status:
        requests = requests.filter(status=wanted.status)
    if wanted.wish:
        requests = requests.filter(wish=wanted.wish)
    order = WAITS_FOR_UNIT if is_unit else WAITS_FOR_CENTRE
    rank = Case(*(When(status=one, then=Value(place)) for place, one in enumerate(order)), output_field=IntegerField())
    return requests.order_by(rank, "status_since", "pk")


def page_of(requests: QuerySet[AdviceRequest], number):
    """Return the page asked for, with the tone of each status."""
    page = Paginator(requests, PAGE_SIZE).get_page(number)
    for request in page.object_list:
        request.tone = TONES[request.status]
    return page
