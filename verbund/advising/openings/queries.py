"""What can be asked about openings and concepts, and what a person may see of them."""

from datetime import date

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from verbund.accounts.roles import Role
from verbund.advising.education import within_own_field
from verbund.advising.models import (
    ConceptTemplate,
    InterculturalOpening,
    OpeningGoal,
    OpeningMeasure,
    OpeningSection,
    TemplateVersion,
)
from verbund.advising.openings import concept
from verbund.advising.openings.lifecycle import OPEN, STANDING, UNDONE, TemplateStatus
from verbund.advising.permissions import coordinates, reads_numbers, works_in_centre
from verbund.core.acting import Actor

PARTS = {"sections": OpeningSection, "goals": OpeningGoal, "measures": OpeningMeasure}
READS_TEMPLATES = frozenset({Role.COORDINATOR, Role.CONTROLLER})


def openings_visible_to(actor: Actor) -> QuerySet[InterculturalOpening]:
    """Return the openings of the own centre; all others read numbers."""
    if not works_in_centre(actor):
        return InterculturalOpening.objects.none()
    return InterculturalOpening.objects.filter(centre_id=actor.organisation_id).select_related(
        "partner__organisation", "centre__organisation", "field", "stage", "origin__template__unit"
    )


def parts_visible_to(actor: Actor, kind: str) -> QuerySet:
    """Return the parts of a kind ("sections", "goals", "measures") of the own centre's openings."""
    if not works_in_centre(actor):
        return PARTS[kind].objects.none()
    own = PARTS[kind].objects.filter(opening__centre_id=actor.organisation_id)
    return own.select_related("opening__partner__organisation", "opening__centre")


def sections_visible_to(actor: Actor) -> QuerySet[OpeningSection]:
    return parts_visible_to(actor, "sections")


def goals_visible_to(actor: Actor) -> QuerySet[OpeningGoal]:
    return parts_visible_to(actor, "goals")


def measures_visible_to(actor: Actor) -> QuerySet[OpeningMeasure]:
    return parts_visible_to(actor, "measures")


def review_due(on: date) -> Q:
    """Openings whose yearly review is due by a day."""
    return Q(status__in=STANDING, review_due_on__lte=on)


def agreement_over(on: date) -> Q:
    """Openings that go on although the last day of their agreement has passed."""
    return Q(status__in=STANDING, agreed_until__lt=on)


def overdue_measures(on: date) -> Q:
    """Measures of agreed openings that should be done by now."""
    return Q(status__in=UNDONE, due_on__lt=on, opening__status__in=STANDING)


def with_counts(openings: QuerySet[InterculturalOpening], *, on: date) -> QuerySet[InterculturalOpening]:
    """Add what the list says: measures decided, all measures, overdue ones, goals."""
    undone = Q(measures__status__in=UNDONE)
    late = undone & Q(measures__due_on__lt=on, status__in=STANDING)
    return openings.annotate(
        measures_all=Count("measures", distinct=True),
        measures_open=Count("measures", filter=undone, distinct=True),
        measures_late=Count("measures", filter=late, distinct=True),
        goals_all=Count("goals", distinct=True),
    )


def concept_from(parts: dict[str, list]) -> dict:
    """Return the parts of an opening by kind as a concept, comparable with a version.

    What the centre wrote itself has a key no version uses.
    """
    return {
        kind: [
            concept.part(kind, one.origin_key or f"own-{one.pk}", {field: getattr(one, field) for field in fields})
            for one in parts[kind]
        ]
        for kind, fields in concept.FIELDS.items()
    }


# concepts of the coordination units


def templates_visible_to(actor: Actor) -> QuerySet[ConceptTemplate]:
    """Return released concepts for centres and units; of the own unit, its coordination also drafts and withdrawn ones.

    The school unit reads and writes its own like any other; released ones are for all.
    """
    found = ConceptTemplate.objects.select_related("unit", "field")
    if coordinates(actor):
        return found.filter(Q(unit_id=actor.organisation_id) | Q(status=TemplateStatus.RELEASED))
    if works_in_centre(actor) or actor.role in READS_TEMPLATES:
        return found.filter(status=TemplateStatus.RELEASED)
    return found.none()


def newest_version(template: ConceptTemplate) -> TemplateVersion | None:
    """Return the version released last."""
    return template.versions.first()


def taken_over(template: ConceptTemplate) -> QuerySet:
    """Return which centres took a concept over: name, number of openings, newest version. No contents."""
    rows = InterculturalOpening.objects.filter(origin__template=template).order_by()
    rows = rows.values("centre_id", name=F("centre__organisation__name"))
    return rows.annotate(openings=Count("pk"), newest=Max("origin__number")).order_by("name")


def with_newer_version(openings: QuerySet[InterculturalOpening]) -> QuerySet[InterculturalOpening]:
    """Return the open openings of whose concept there is a released version nobody has looked at; adds its number."""
    newest = TemplateVersion.objects.filter(
        template=OuterRef("origin__template"), template__status=TemplateStatus.RELEASED
    ).order_by("-number")
    found = openings.filter(status__in=OPEN, origin__isnull=False)
    found = found.annotate(newest_number=Subquery(newest.values("number")[:1]))
    return found.filter(newest_number__gt=F("origin__number")).filter(newest_number__gt=F("set_aside"))


def newer_version(opening: InterculturalOpening) -> TemplateVersion | None:
    """Return the newest released version of an opening's concept, if it is newer than what it holds."""
    if opening.origin_id is None or opening.origin.template.status != TemplateStatus.RELEASED:
        return None
    return opening.origin.template.versions.filter(number__gt=opening.origin.number).first()


# numbers for those who read no contents


def numbers_visible_to(actor: Actor) -> QuerySet[InterculturalOpening]:
    """Return the openings whose number coordination units and ministries may know; the school unit: education only."""
    if not reads_numbers(actor):
        return InterculturalOpening.objects.none()
    found = InterculturalOpening.objects.order_by()
    return found.filter(within_own_field(actor))
