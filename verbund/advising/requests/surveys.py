"""What can be asked about surveys of needs: who sees them, what came of them, who has not answered, the programme."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from verbund.accounts.roles import Role
from verbund.advising.models import NeedsSurvey, PlannedTraining, SurveyReturn, TopicWish
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.requests.lifecycle import ReturnStatus, SurveyStatus, TrainingStatus
from verbund.core.acting import Actor
from verbund.directory.models import Centre

READS_PROGRAMME = frozenset({Role.COORDINATOR, Role.CONTROLLER, Role.TRAINING_MANAGER})


def surveys_visible_to(actor: Actor) -> QuerySet[NeedsSurvey]:
    """Return the surveys of the own unit; for centres those that were opened."""
    found = NeedsSurvey.objects.select_related("unit")
    if coordinates(actor):
        return found.filter(unit_id=actor.organisation_id)
    return found.exclude(status=SurveyStatus.DRAFT) if works_in_centre(actor) else found.none()


def returns_visible_to(actor: Actor) -> QuerySet[SurveyReturn]:
    """Return the answer of the own centre; for the unit that asked, those that were sent."""
    found = SurveyReturn.objects.select_related("survey__unit", "centre__organisation")
    if coordinates(actor):
        return found.filter(survey__unit_id=actor.organisation_id, status=ReturnStatus.SENT)
    return found.filter(centre_id=actor.organisation_id) if works_in_centre(actor) else found.none()


def return_of(survey: NeedsSurvey, centre_id: int) -> SurveyReturn | None:
    """Return what a centre has answered so far."""
    return survey.returns.filter(centre_id=centre_id).select_related("survey", "centre__organisation").first()


def not_answered(survey: NeedsSurvey) -> QuerySet[Centre]:
    """Return the centres that have not sent their answer."""
    sent = survey.returns.filter(status=ReturnStatus.SENT).values("centre_id")
    return Centre.objects.exclude(pk__in=sent).select_related("organisation").order_by("organisation__name")


@dataclass(frozen=True)
class TopicResult:
    """What the centres that answered say of a topic: centres by priority (0 to 3), urgent ones by region, comments."""

    pk: int
    title: str
    field: str
    counts: tuple[int, int, int, int]
    regions: tuple[tuple[str, int], ...]
    comments: tuple[tuple[str, str], ...]

    @property
    def score(self) -> int:
        """Return the sum of priorities, by which topics are ordered."""
        return sum(priority * number for priority, number in enumerate(self.counts))

    @property
    def wanted_by(self) -> int:
        """Return how many centres need it clearly or urgently."""
        return self.counts[2] + self.counts[3]

    @property
    def regions_in_words(self) -> str:
        return ", ".join(f"{name} ({number})" for name, number in self.regions)


def results(survey: NeedsSurvey) -> list[TopicResult]:
    """Return the topics, the most wanted first, from the answers that were sent; two statements."""
    rows = TopicWish.objects.filter(answer__survey=survey, answer__status=ReturnStatus.SENT).order_by()
    rows = rows.values_list(
        "topic",
        "priority",
        "comment",
        "answer__centre__organisation__name",
        "answer__centre__carrier__district__region",
    )
    by_topic: dict[int, list] = defaultdict(list)
    for topic, *said in rows:
        by_topic[topic].append(said)
    topics = survey.topics.values_list("pk", "title", "field__name").order_by("position", "pk")
    found = [_result(pk, title, field or "", by_topic[pk]) for pk, title, field in topics]
    return sorted(found, key=lambda one: -one.score)


def _result(pk: int, title: str, field: str, said: list) -> TopicResult:
    counts, regions, comments = [0, 0, 0, 0], defaultdict(int), []
    for priority, comment, centre, region in said:
        counts[priority] += 1
        if priority >= TopicWish.Priority.SOME:
            regions[region] += 1
        if comment:
            comments.append((centre, comment))
    return TopicResult(pk, title, field, tuple(counts), tuple(sorted(regions.items())), tuple(sorted(comments)))


def returns_with_text(survey: NeedsSurvey) -> QuerySet[SurveyReturn]:
    """Return the answers that say something in free text, about a topic or what else is missing."""
    comments = TopicWish.objects.filter(answer=OuterRef("pk")).exclude(comment="")
    sent = survey.returns.filter(status=ReturnStatus.SENT).filter(~Q(note="") | Exists(comments))
    return sent.select_related("centre__organisation").order_by("centre__organisation__name")


def to_be_answered(actor: Actor) -> QuerySet[NeedsSurvey]:
    """Return the open surveys a centre has not sent its answer to."""
    if not works_in_centre(actor):
        return NeedsSurvey.objects.none()
    sent = SurveyReturn.objects.filter(centre_id=actor.organisation_id, status=ReturnStatus.SENT)
    found = NeedsSurvey.objects.filter(status=SurveyStatus.OPEN).exclude(pk__in=sent.values("survey_id"))
    return found.select_related("unit")


def to_be_closed(actor: Actor, *, on: date) -> QuerySet[NeedsSurvey]:
    """Return the unit's surveys whose deadline has passed and that are still open."""
    return surveys_visible_to(actor).filter(status=SurveyStatus.OPEN, due_on__lt=on)


def trainings_visible_to(actor: Actor) -> QuerySet[PlannedTraining]:
    """Return the published programme for centres and units; of the own unit also what is planned or was dropped."""
    found = PlannedTraining.objects.select_related("unit", "field", "topic")
    if coordinates(actor):
        return found.filter(Q(unit_id=actor.organisation_id) | Q(status=TrainingStatus.PUBLISHED))
    if works_in_centre(actor) or actor.role in READS_PROGRAMME:
        return found.filter(status=TrainingStatus.PUBLISHED)
    return found.none()


def programme(*, keep: int | None = None) -> QuerySet[PlannedTraining]:
    """Return what the units have published, the newest first; `keep` is one that stays, published or not."""
    found = PlannedTraining.objects.filter(Q(status=TrainingStatus.PUBLISHED) | Q(pk=keep))
    return found.order_by("-year", "-quarter", "title")


def years_of(trainings: QuerySet[PlannedTraining]) -> list[int]:
    """Return the years there are trainings for, newest first."""
    return list(trainings.order_by("-year").values_list("year", flat=True).distinct())


def rows_for_export(survey: NeedsSurvey) -> QuerySet:
    """Return what each centre said of each topic, for the unit's table; one statement."""
    wishes = TopicWish.objects.filter(answer__survey=survey, answer__status=ReturnStatus.SENT)
    return wishes.order_by("answer__centre__organisation__name", "topic__position", "pk").values(
        "priority",
        "comment",
        "topic__title",
        centre=F("answer__centre__organisation__name"),
        region=F("answer__centre__carrier__district__region"),
        field=F("topic__field__name"),
    )
