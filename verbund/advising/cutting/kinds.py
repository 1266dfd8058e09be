"""Of which records a whole is made, and where in them people write."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import CharField, EmailField, JSONField, Model, TextField
from django.utils.translation import gettext_lazy as _

from verbund.advising import models as m
from verbund.advising.calculations import without

WRITTEN_BY_PROGRAM = frozenset({"token_sha256", "origin_key", "author"})
CODES = frozenset({"key", "kind"})
"""What stands in JSON beside the texts: nobody wrote it."""
NAMES = {"content": _("Fassung")}
"""What fields are called that have no German name for people."""


@dataclass(frozen=True)
class Part:
    """One kind of record of a whole: the way from it to the whole; with `only` not all that lead there.

    `like` is the model whose lengths hold for the texts within its JSON.
    """

    model: type[Model]
    path: str
    only: dict = field(default_factory=dict)
    like: type[Model] | None = None

    def rows(self, whole: Model) -> Iterable[Model]:
        return self.model._base_manager.filter(**{self.path: whole.pk}, **self.only).order_by("pk")


@dataclass(frozen=True)
class Place:
    """A text in which a passage stands: the record, the field, and what the text is without the passage."""

    row: Model
    name: str
    cleaned: object

    @property
    def label(self) -> str:
        return str(NAMES.get(self.name) or self.row._meta.get_field(self.name).verbose_name)


PARTS: dict[type[Model], tuple[Part, ...]] = {
    m.Accompaniment: (Part(m.AccompanimentStep, "accompaniment"),),
    m.Meeting: (
        Part(m.AgendaItem, "meeting"),
        Part(m.Participation, "meeting"),
        Part(m.NetworkDecision, "meeting"),
        Part(m.MeetingTask, "meeting"),
        Part(m.Paper, "meeting"),
        Part(m.Sending, "meeting"),
        Part(m.NetworkLink, "meeting"),
    ),
    m.Network: (
        Part(m.NetworkMember, "network"),
        Part(m.Sending, "network", only={"meeting": None}),
        Part(m.NetworkLink, "sending__network", only={"meeting": None}),
    ),
    m.Venture: (
        Part(m.NeedFigure, "venture"),
        Part(m.VentureParty, "venture"),
        Part(m.ConceptSection, "venture"),
        Part(m.ConceptVersion, "venture", like=m.ConceptSection),
        Part(m.SectionComment, "section__venture"),
        Part(m.Agreement, "version__venture"),
        Part(m.Pilot, "venture"),
        Part(m.Criterion, "pilot__venture"),
        Part(m.CriterionValue, "criterion__pilot__venture"),
        Part(m.Evaluation, "pilot__venture"),
        Part(m.VentureDecision, "pilot__venture"),
    ),
    m.InterculturalOpening: (
        Part(m.OpeningSection, "opening"),
        Part(m.OpeningGoal, "opening"),
        Part(m.OpeningMeasure, "opening"),
        Part(m.OpeningReview, "opening"),
        Part(m.GoalReview, "review__opening"),
    ),
    m.AdviceRequest: (Part(m.AdviceMessage, "request"), Part(m.AdviceVisit, "request")),
    m.CommonAnswer: (Part(m.CommonAnswerVersion, "common"),),
    m.ConceptTemplate: (Part(m.TemplateVersion, "template"),),
    m.Practice: (
        Part(m.PracticeMaterial, "practice"),
        Part(m.PracticeQuestion, "practice"),
        Part(m.PracticeUse, "practice"),
    ),
    m.Topic: (),
    m.NeedsSurvey: (Part(m.SurveyTopic, "survey"),),
    m.SurveyReturn: (Part(m.TopicWish, "answer"),),
}


def models_of(whole: Model) -> list[type[Model]]:
    """Return the models a whole is made of, its own first."""
    return [type(whole), *(part.model for part in PARTS[type(whole)])]


def text_fields(model: type[Model]) -> list[str]:
    """Return where people write in a model: every text without fixed choices that is no address of a mailbox."""
    return [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, (CharField, TextField, JSONField))
        and not column.choices
        and not isinstance(column, EmailField)
        and column.name not in WRITTEN_BY_PROGRAM
    ]


def texts_of(whole: Model) -> Iterator[tuple[Model, str, type[Model] | None]]:
    """Yield every text of a whole as record, field, and the model whose lengths hold within JSON."""
    for name in text_fields(type(whole)):
        yield whole, name, None
    for part in PARTS[type(whole)]:
        for row in part.rows(whole):
            for name in text_fields(part.model):
                yield row, name, part.like


def places_naming(whole: Model, passage: str) -> list[Place]:
    """Return the texts of a whole in which a passage stands."""
    found = []
    for row, name, like in texts_of(whole):
        text = getattr(row, name)
        cleaned = _cleaned(text, passage, row._meta.get_field(name).max_length, like)
        if cleaned != text:
            found.append(Place(row, name, cleaned))
    return found


def _cleaned(value, passage: str, longest: int | None, like: type[Model] | None):
    """Return a text, or the texts within a JSON value, without a passage and no longer than they may be."""
    if isinstance(value, str):
        return without(value, passage)[:longest]
    if isinstance(value, list):
        return [_cleaned(one, passage, longest, like) for one in value]
    if isinstance(value, dict):
        return {
            name: one if name in CODES else _cleaned(one, passage, _longest(like, name), like)
            for name, one in value.items()
        }
    return value


def _longest(like: type[Model] | None, name: str) -> int | None:
    known = {column.name: column.max_length for column in like._meta.concrete_fields} if like else {}
    return known.get(name)
