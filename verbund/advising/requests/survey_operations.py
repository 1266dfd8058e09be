"""What can be done with surveys of needs and the programme: prepare, open, answer, send, close; plan and publish."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.demonstration import is_made_up
from verbund.advising.models import (
    NeedsSurvey,
    PlannedTraining,
    SurveyReturn,
    SurveyTopic,
    TopicWish,
)
from verbund.advising.requests import notifications
from verbund.advising.requests.lifecycle import RETURN, SURVEY, TRAINING, SurveyStatus
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Organisation

EDITED = ("intro", "due_on")
TRAINING_FIELDS = ("year", "quarter", "title", "topic", "field", "audience")


class SurveyExists(DomainError):
    """One survey of a unit for a year."""


class NoTopics(DomainError):
    """A survey without topics asks nothing."""


class DayPassed(DomainError):
    """The deadline lies before the day of opening."""


class TopicsUnanswered(DomainError):
    """An answer is sent when it says something of every topic."""


class TopicInUse(DomainError):
    """A line of the programme names the topic."""


class ForeignTopic(DomainError):
    """A topic of another unit's survey."""


@transaction.atomic
def prepare_survey(unit: Organisation, *, year: int, intro: str, due_on: date, on: date, actor: Actor) -> NeedsSurvey:
    """Prepare the survey for the programme of a year. Raises SurveyExists."""
    locking(Organisation.objects).get(pk=unit.pk)
    if NeedsSurvey.objects.filter(unit=unit, year=year).exists():
        raise SurveyExists(_("Für %(year)s gibt es schon eine Abfrage.") % {"year": year}, field="year")
    survey = NeedsSurvey.objects.create(
        unit=unit, year=year, intro=intro, due_on=due_on, status_since=on, is_demo=is_made_up(actor)
    )
    audit.record("prepare_survey", survey, actor=actor, after={"year": year, "due_on": due_on})
    return survey


@transaction.atomic
def edit_survey(survey: NeedsSurvey, *, intro: str, due_on: date, seen: int, actor: Actor) -> None:
    """Change the words and the deadline, also while it runs. Raises NotAllowedNow, StaleVersion."""
    locked = locking(NeedsSurvey.objects).get(pk=survey.pk)
    if locked.status == SurveyStatus.CLOSED:
        raise NotAllowedNow(_("Diese Abfrage ist abgeschlossen."))
    claim_version(locked, seen)
    before = {name: getattr(locked, name) for name in EDITED}
    survey.intro, survey.due_on = intro, due_on
    survey.save(update_fields=list(EDITED))
    audit.record("edit_survey", survey, actor=actor, before=before, after={"intro": intro, "due_on": due_on})


@transaction.atomic
def add_topic(survey: NeedsSurvey, *, title: str, field, actor: Actor) -> SurveyTopic:
    """Add a topic before the survey is opened. Raises NotAllowedNow."""
    locked = locking(NeedsSurvey.objects).get(pk=survey.pk)
    SURVEY.check("open_survey", locked)
    topic = SurveyTopic.objects.create(survey=survey, title=title, field=field, position=locked.topics.count() + 1)
    audit.record("add_topic", survey, actor=actor, note=title)
    return topic


@transaction.atomic
def remove_topic(topic: SurveyTopic, *, actor: Actor) -> None:
    """Strike out a topic before the survey is opened. Raises NotAllowedNow, TopicInUse."""
    locked = locking(NeedsSurvey.objects).get(pk=topic.survey_id)
    SURVEY.check("open_survey", locked)
    if training := topic.trainings.first():
        text = _(
            "Im Programm steht zu diesem Thema „%(training)s“. Wählen Sie dort zuerst ein anderes Thema oder keines."
        )
        raise TopicInUse(text % {"training": training})
    audit.record("remove_topic", locked, actor=actor, note=topic.title)
    topic.delete()


@transaction.atomic
def open_survey(survey: NeedsSurvey, *, on: date, actor: Actor) -> None:
    """Ask all centres; their leads hear of it. Raises NotAllowedNow, NoTopics, DayPassed."""
    locked = locking(NeedsSurvey.objects).get(pk=survey.pk)
    SURVEY.check("open_survey", locked)
    if not locked.topics.exists():
        raise NoTopics(_("Tragen Sie zuerst mindestens ein Thema ein."))
    if locked.due_on < on:
        raise DayPassed(_("Der Tag, bis zu dem geantwortet werden soll, ist schon vorbei."))
    SURVEY.apply("open_survey", survey, actor=actor, changes={"opened_on": on, "status_since": on})
    notifications.tell_leads_about_survey(survey)


@transaction.atomic
def close_survey(survey: NeedsSurvey, *, on: date, actor: Actor) -> None:
    """End it; nothing is sent any more. Raises NotAllowedNow."""
    SURVEY.apply("close_survey", survey, actor=actor, changes={"status_since": on})


@transaction.atomic
def save_return(
    survey: NeedsSurvey,
    centre: Centre,
    *,
    wishes: dict[int, tuple[int | None, str]],
    note: str,
    seen: int,
    actor: Actor,
) -> SurveyReturn:
    """Save what a centre answers, by topic: priority (None for not yet) and comment; a draft until it is sent.

    Topics of other surveys are left out. Raises NotAllowedNow after the survey or once sent, StaleVersion.
    """
    locked = locking(NeedsSurvey.objects).get(pk=survey.pk)
    if locked.status != SurveyStatus.OPEN:
        raise NotAllowedNow(_("Diese Abfrage läuft nicht mehr."))
    answer, is_new = SurveyReturn.objects.get_or_create(
        survey=survey, centre=centre, defaults={"is_demo": is_made_up(actor)}
    )
    RETURN.check("send_return", answer)
    if not is_new:
        claim_version(answer, seen)
    answer.note = note
    answer.save(update_fields=["note"])
    answer.wishes.all().delete()
    topics = set(survey.topics.values_list("pk", flat=True))
    TopicWish.objects.bulk_create(
        TopicWish(answer=answer, topic_id=topic, priority=priority, comment=comment)
        for topic, (priority, comment) in wishes.items()
        if topic in topics and priority is not None
    )
    audit.record("save_return", answer, actor=actor)
    return answer


@transaction.atomic
def send_return(answer: SurveyReturn, *, on: date, actor: Actor) -> None:
    """Send the centre's answer, once. Raises NotAllowedNow, TopicsUnanswered."""
    survey = locking(NeedsSurvey.objects).get(pk=answer.survey_id)
    if survey.status != SurveyStatus.OPEN:
        raise NotAllowedNow(_("Diese Abfrage läuft nicht mehr."))
    missing = survey.topics.exclude(pk__in=answer.wishes.values("topic_id")).count()
    if missing:
        text = _("Zu %(number)s Themen fehlt noch, wie groß der Bedarf ist.") % {"number": missing}
        raise TopicsUnanswered(text)
    RETURN.apply("send_return", answer, actor=actor, changes={"sent_on": on, **actor.signs("sent")})


# the programme


def _refuse_foreign_topic(unit_id: int, topic) -> None:
    if topic is not None and topic.survey.unit_id != unit_id:
        raise ForeignTopic(_("Dieses Thema gehört zu einer anderen Abfrage."), field="topic")


@transaction.atomic
def plan_training(unit: Organisation, *, values: dict, on: date, actor: Actor) -> PlannedTraining:
    """Add a line to the programme of a year. Raises ForeignTopic."""
    _refuse_foreign_topic(unit.pk, values["topic"])
    training = PlannedTraining.objects.create(
        unit=unit, status_since=on, is_demo=is_made_up(actor), **{name: values[name] for name in TRAINING_FIELDS}
    )
    audit.record("plan_training", training, actor=actor, after={"title": values["title"], "year": values["year"]})
    return training


@transaction.atomic
def edit_training(training: PlannedTraining, *, values: dict, seen: int, actor: Actor) -> None:
    """Change a line of the programme. Raises ForeignTopic, StaleVersion."""
    _refuse_foreign_topic(training.unit_id, values["topic"])
    claim_version(training, seen)
    before = {name: getattr(getattr(training, name), "pk", getattr(training, name)) for name in TRAINING_FIELDS}
    for name in TRAINING_FIELDS:
        setattr(training, name, values[name])
    training.save(update_fields=list(TRAINING_FIELDS))
    after = {name: getattr(values[name], "pk", values[name]) for name in TRAINING_FIELDS}
    audit.record("edit_training", training, actor=actor, before=before, after=after)


@transaction.atomic
def publish_training(training: PlannedTraining, *, on: date, actor: Actor) -> None:
    """Show a line to all centres. Raises NotAllowedNow."""
    TRAINING.apply("publish_training", training, actor=actor, changes={"status_since": on})


@transaction.atomic
def withdraw_training(training: PlannedTraining, *, on: date, actor: Actor) -> None:
    """Take a line out of the programme. Raises NotAllowedNow."""
    TRAINING.apply("withdraw_training", training, actor=actor, changes={"status_since": on})
