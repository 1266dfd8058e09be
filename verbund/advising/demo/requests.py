"""Made-up questions to the coordination units, an answer for all, a survey that runs, a line of the programme."""

from datetime import timedelta

from verbund.accounts.roles import Role
from verbund.advising.models import (
    AdviceMessage,
    AdviceRequest,
    CommonAnswer,
    CommonAnswerVersion,
    NeedsSurvey,
    PlannedTraining,
    SurveyReturn,
)
from verbund.advising.requests import answer_operations, operations, survey_operations
from verbund.directory.demo import World
from verbund.directory.models import Centre
from verbund.offers.models import Term

Kind = AdviceMessage.Kind
TOPICS = {
    "Schreiben in einfacher Sprache": "open-administration",
    "Beschwerdewege im Amt": "anti-discrimination",
    "Elternarbeit mit mehrsprachigen Familien": "early-education",
    "Ehrenamtliche gewinnen und halten": "volunteering",
}
ANSWERS = {"KI-05122": (3, 1, 2, 0), "KI-05978": (2, 3, 0, 1)}


def load(world: World) -> None:
    """Make them, unless they are there already."""
    if AdviceRequest.objects.filter(is_demo=True).exists():
        return
    answered = _answered(world)
    _asked_back(world)
    _for_all(world, answered)
    _survey(world)


def _centre(code: str) -> Centre:
    return Centre.objects.select_related("organisation").get(organisation__code=code)


def _term(kind: str, code: str) -> Term:
    return Term.objects.get(kind=kind, code=code)


def _asked(world: World, code: str, *, days_ago: int, **what) -> AdviceRequest:
    on, staff = world.on - timedelta(days=days_ago), world.actor(Role.CENTRE_STAFF, code)
    request = operations.begin_request(_centre(code), on=on, actor=staff, **what)
    operations.ask_unit(request, on=on, actor=staff)
    return request


def _answered(world: World) -> AdviceRequest:
    """A question to the general unit, answered after six days, with a visit to come."""
    request = _asked(
        world, "KI-05122", days_ago=30, title="Wie gewinnen wir eine Amtsleitung?", wish="VISIT",
        question="Ein Amt zögert noch. Womit haben andere begonnen, und wer kann im Amt darüber sprechen?",
        field=_term("FIELD", "open-administration"),
    )  # fmt: skip
    unit = world.actor(Role.COORDINATOR, "KOORD")
    text = "Beginnen Sie mit einem kleinen, sichtbaren Schritt, zum Beispiel der Wartezone. Wir kommen gern dazu."
    operations.say(request, Kind.ANSWER, text=text, on=world.on - timedelta(days=24), actor=unit)
    operations.plan_visit(
        request, visited_on=world.on + timedelta(days=12), place="Rathaus, Besprechungsraum",
        who="Referat Interkulturelle Öffnung", actor=unit,
    )  # fmt: skip
    return request


def _asked_back(world: World) -> None:
    """A question about a stage of the education chain to the school unit, which asks back; another one waits."""
    request = _asked(
        world, "KI-05978", days_ago=9, title="Übergang von der Kita in die Grundschule", wish="ANSWER",
        question="Wie gestalten andere Zentren den Übergang gemeinsam mit Eltern?",
        stage=_term("CHAIN_STAGE", "primary"),
    )  # fmt: skip
    unit = world.actor(Role.COORDINATOR, "LASI")
    text = "Geht es Ihnen um einzelne Schulen oder um den ganzen Kreis?"
    operations.say(request, Kind.ASK_BACK, text=text, on=world.on - timedelta(days=5), actor=unit)
    _asked(
        world, "KI-05978", days_ago=3, title="Muster für eine Dolmetschvereinbarung", wish="CONCEPT",
        question="Gibt es ein Muster, wie ein Amt den Dolmetschdienst vereinbart?",
        field=_term("FIELD", "open-administration"),
    )  # fmt: skip


def _for_all(world: World, request: AdviceRequest) -> None:
    values = {
        "title": "Eine Amtsleitung für die Öffnung gewinnen (Vorführung)",
        "question": "Wie beginnt man, wenn ein Amt noch zögert?",
        "answer": "Mit einem kleinen, sichtbaren Schritt, den die Beschäftigten selbst wollen.",
        "field": _term("FIELD", "open-administration"),
    }  # fmt: skip
    unit = world.actor(Role.COORDINATOR, "KOORD")
    on = world.on - timedelta(days=15)
    answer = answer_operations.write_answer(
        world.organisation("KOORD"), values=values, origin=request, on=on, actor=unit
    )
    answer_operations.release_answer(answer, on=on, actor=unit)


def _survey(world: World) -> None:
    """A survey that runs, two answers, and a line of the programme planned from it."""
    unit, organisation = world.actor(Role.COORDINATOR, "KOORD"), world.organisation("KOORD")
    began = world.on - timedelta(days=20)
    year = world.on.year + 1
    survey = survey_operations.prepare_survey(
        organisation, year=year, intro="Sagen Sie uns, welche Fortbildungen Ihr Zentrum im kommenden Jahr braucht.",
        due_on=world.on + timedelta(days=14), on=began, actor=unit,
    )  # fmt: skip
    topics = [
        survey_operations.add_topic(survey, title=title, field=_term("FIELD", code), actor=unit)
        for title, code in TOPICS.items()
    ]
    survey_operations.open_survey(survey, on=began, actor=unit)
    for code, priorities in ANSWERS.items():
        wishes = {topic.pk: (priority, "") for topic, priority in zip(topics, priorities, strict=True)}
        answer = survey_operations.save_return(
            survey, _centre(code), wishes=wishes, note="", seen=0,
            actor=world.actor(Role.CENTRE_STAFF, code),
        )  # fmt: skip
        if code == "KI-05122":
            survey_operations.send_return(
                answer, on=world.on - timedelta(days=6), actor=world.actor(Role.CENTRE_LEAD, code)
            )
    values = {
        "year": year, "quarter": 1, "title": topics[0].title, "topic": topics[0],
        "field": topics[0].field, "audience": "Fachkräfte der Zentren und Beschäftigte der Ämter",
    }  # fmt: skip
    training = survey_operations.plan_training(organisation, values=values, on=world.on, actor=unit)
    survey_operations.publish_training(training, on=world.on, actor=unit)


def remove() -> None:
    """Remove what is made up; of a survey that is, also what centres answered since."""
    PlannedTraining.objects.filter(is_demo=True).delete()
    surveys = NeedsSurvey.objects.filter(is_demo=True)
    PlannedTraining.objects.filter(topic__survey__in=surveys).update(topic=None)
    SurveyReturn.objects.filter(survey__in=surveys).delete()
    surveys.delete()
    answers = CommonAnswer.objects.filter(is_demo=True)
    CommonAnswerVersion.objects.filter(common__in=answers).delete()
    answers.delete()
    AdviceRequest.objects.filter(is_demo=True).delete()
