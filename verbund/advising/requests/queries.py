"""What can be asked about advice: who sees it, which unit is responsible, how long answers take."""

from datetime import date
from statistics import median

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from verbund.accounts.roles import Role
from verbund.advising.education import is_education
from verbund.advising.models import AdviceMessage, AdviceRequest, AdviceVisit, CommonAnswer, ConceptTemplate
from verbund.advising.openings.lifecycle import TemplateStatus
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.requests.lifecycle import SENT, AnswerStatus
from verbund.core.acting import Actor
from verbund.core.dates import add_months
from verbund.directory.models import Organisation
from verbund.directory.queries import valid_on

F = Organisation.Field
MEASURED_MONTHS = 12
READS_ANSWERS = frozenset({Role.COORDINATOR, Role.CONTROLLER})


def _mine(actor: Actor, path: str = "") -> Q:
    """Return the condition on requests: a centre's own; of a unit what was asked of it. Nobody else sees any."""
    if works_in_centre(actor):
        return Q(**{f"{path}centre_id": actor.organisation_id})
    if coordinates(actor):
        return Q(**{f"{path}unit_id": actor.organisation_id, f"{path}status__in": SENT})
    return Q(pk__in=[])


def requests_visible_to(actor: Actor) -> QuerySet[AdviceRequest]:
    """Return the questions of the own centre, or those asked of the own unit."""
    found = AdviceRequest.objects.filter(_mine(actor))
    return found.select_related("centre__organisation", "unit", "field", "stage")


def messages_visible_to(actor: Actor) -> QuerySet[AdviceMessage]:
    """Return what was said in the requests an actor sees."""
    return AdviceMessage.objects.filter(_mine(actor, "request__")).select_related("request", "file", "template")


def visits_visible_to(actor: Actor) -> QuerySet[AdviceVisit]:
    """Return the visits of the requests an actor sees."""
    return AdviceVisit.objects.filter(_mine(actor, "request__")).select_related("request__centre", "request__unit")


def units_on(day: date) -> QuerySet[Organisation]:
    """Return the coordination units there are on a day."""
    return Organisation.objects.filter(valid_on(day), kind=Organisation.Kind.COORDINATION_UNIT)


def responsible_units(field, stage, *, on: date) -> list[Organisation]:
    """Return the units responsible for a field or stage on a day, the nearest first.

    Education: the school unit, then the general one. Everything else: the units for integration and for all areas.
    """
    fields = [F.EDUCATION, F.ALL] if is_education(field, stage) else [F.INTEGRATION, F.ALL]
    order = Case(*(When(field=one, then=Value(place)) for place, one in enumerate(fields)), output_field=IntegerField())
    return list(units_on(on).filter(field__in=fields).order_by(order, "code"))


def answer_days(unit_id: int, *, on: date) -> tuple[int, float] | None:
    """Return how many requests a unit answered first in the last twelve months, and the median of days; None without.

    Days are calendar days from the question to the first answer.
    """
    since = add_months(on, -MEASURED_MONTHS)
    rows = AdviceRequest.objects.filter(unit_id=unit_id, answered_on__gt=since, answered_on__lte=on)
    days = [(answered - asked).days for asked, answered in rows.order_by().values_list("asked_on", "answered_on")]
    return (len(days), median(days)) if days else None


def answer_times(units: list[Organisation], *, on: date) -> list[dict]:
    """Return the answer times of units for the screen; one statement each (there are two units)."""
    found = []
    for unit in units:
        measured = answer_days(unit.pk, on=on)
        found.append({"unit": unit, "number": measured and measured[0], "days": measured and measured[1]})
    return found


def templates_of(unit_id: int) -> QuerySet[ConceptTemplate]:
    """Return the released concepts a unit may attach to its answers."""
    return ConceptTemplate.objects.filter(unit_id=unit_id, status=TemplateStatus.RELEASED)


# answers for all


def answers_visible_to(actor: Actor) -> QuerySet[CommonAnswer]:
    """Return released answers for centres and units; of the own unit, its coordination also drafts and withdrawn."""
    found = CommonAnswer.objects.select_related("unit", "field")
    if coordinates(actor):
        return found.filter(Q(unit_id=actor.organisation_id) | Q(status=AnswerStatus.RELEASED))
    if works_in_centre(actor) or actor.role in READS_ANSWERS:
        return found.filter(status=AnswerStatus.RELEASED)
    return found.none()
