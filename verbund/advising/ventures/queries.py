"""What can be asked about ventures, and what a person may see of them."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from verbund.accounts.roles import Role
from verbund.advising.accompaniments.queries import offered_institutions
from verbund.advising.education import within_own_field
from verbund.advising.models import (
    Agreement,
    ConceptSection,
    ConceptVersion,
    Criterion,
    NeedFigure,
    Pilot,
    SectionComment,
    Venture,
    VentureParty,
)
from verbund.advising.permissions import reads_numbers, works_in_centre, works_with_a_centre
from verbund.advising.ventures.calculations import snapshot
from verbund.core.acting import Actor
from verbund.directory.models import Partner

UNITS = frozenset({Role.COORDINATOR, Role.CONTROLLER})


def ventures_visible_to(actor: Actor) -> QuerySet[Venture]:
    """Return the ventures a person may open: those of the own centre; a partner's members those it takes part in."""
    found = Venture.objects.select_related("centre__organisation", "field", "stage", "municipality", "offer")
    return found.filter(_seen(actor))


def _seen(actor: Actor, path: str = "") -> Q:
    """Return the condition on ventures (reached by `path`, with trailing __) a person may open."""
    if works_in_centre(actor):
        return Q(**{f"{path}centre_id": actor.organisation_id})
    if works_with_a_centre(actor):
        taking_part = VentureParty.objects.filter(partner_id=actor.organisation_id, until=None)
        return Q(**{f"{path}pk__in": taking_part.values("venture")})
    return Q(pk__in=[])


def ventures_kept(actor: Actor) -> QuerySet[Venture]:
    """Return the ventures of the own centre, which its staff and lead write."""
    return ventures_visible_to(actor) if works_in_centre(actor) else Venture.objects.none()


def ventures_counted_for(actor: Actor) -> QuerySet[Venture]:
    """Return the ventures that were tried at least once, of which units and ministries read numbers."""
    if not reads_numbers(actor):
        return Venture.objects.none()
    tried = Pilot.objects.filter(venture=OuterRef("pk"), started_on__isnull=False)
    return Venture.objects.filter(Exists(tried)).filter(within_own_field(actor))


def ventures_listed_for(actor: Actor) -> QuerySet[Venture]:
    """Return the same, of which the coordination units also read title, centre, field and status."""
    found = ventures_counted_for(actor) if actor.role in UNITS else Venture.objects.none()
    return found.select_related("centre__organisation", "field", "stage").order_by(
        "centre__organisation__name", "title", "pk"
    )


def numbers_by_status(ventures: QuerySet[Venture]) -> list[dict]:
    """Return per field of action (or stage) and status how many ventures there are."""
    counted = ventures.order_by().values("status", "field__name", "stage__name").annotate(number=Count("pk"))
    return list(counted.order_by("field__name", "stage__name", "status"))


def sections_visible_to(actor: Actor) -> QuerySet[ConceptSection]:
    return ConceptSection.objects.filter(_seen(actor, "venture__")).select_related("venture__centre__organisation")


def comments_visible_to(actor: Actor) -> QuerySet[SectionComment]:
    found = SectionComment.objects.filter(_seen(actor, "section__venture__"))
    return found.select_related("section__venture__centre__organisation")


def versions_visible_to(actor: Actor) -> QuerySet[ConceptVersion]:
    return ConceptVersion.objects.filter(_seen(actor, "venture__")).select_related("venture__centre__organisation")


def parties_kept(actor: Actor) -> QuerySet[VentureParty]:
    """Return the parties of the ventures one writes."""
    found = VentureParty.objects.filter(venture__in=ventures_kept(actor))
    return found.select_related("venture__centre__organisation", "partner__organisation")


def figures_kept(actor: Actor) -> QuerySet[NeedFigure]:
    found = NeedFigure.objects.filter(venture__in=ventures_kept(actor))
    return found.select_related("venture__centre__organisation")


def pilots_kept(actor: Actor) -> QuerySet[Pilot]:
    found = Pilot.objects.filter(venture__in=ventures_kept(actor))
    return found.select_related("venture__centre__organisation")


def criteria_kept(actor: Actor) -> QuerySet[Criterion]:
    found = Criterion.objects.filter(pilot__venture__in=ventures_kept(actor))
    return found.select_related("pilot__venture__centre__organisation")


def parties_of(venture: Venture) -> list[VentureParty]:
    """Return who carries it, those who left last."""
    found = venture.parties.select_related("partner__organisation")
    return sorted(found, key=lambda one: (not one.is_active, one.since, one.pk))


def sections_of(venture: Venture) -> list[ConceptSection]:
    """Return the sections as they are now, with their comments."""
    return list(venture.sections.prefetch_related(Prefetch("comments", SectionComment.objects.order_by("pk"))))


def newest_version(venture: Venture) -> ConceptVersion | None:
    return venture.versions.order_by("-number").first()


def is_newest_text(venture: Venture, version: ConceptVersion | None) -> bool:
    """Whether a version still says what the sections say now."""
    return version is not None and version.content == snapshot(venture.sections.all())


def outstanding(venture: Venture, version: ConceptVersion) -> list[VentureParty]:
    """Return the active parties that have not agreed to a version."""
    agreed = Agreement.objects.filter(version=version).values("party")
    return list(venture.parties.filter(until=None).exclude(pk__in=agreed).select_related("partner__organisation"))


def own_party(venture: Venture, actor: Actor) -> VentureParty | None:
    """Return as which party a partner's member takes part."""
    if not works_with_a_centre(actor):
        return None
    return venture.parties.filter(partner_id=actor.organisation_id, until=None).first()


def newest_pilot(venture: Venture) -> Pilot | None:
    return venture.pilots.order_by("-number").first()


def partners_to_choose(venture: Venture, *, on: date) -> QuerySet[Partner]:
    """Return the institutions of the centre, at work on a day, that do not take part yet."""
    taking_part = venture.parties.filter(until=None, partner__isnull=False).values("partner")
    found = offered_institutions(venture.centre_id, on=on).exclude(pk__in=taking_part)
    return found.select_related("organisation").order_by("organisation__name", "pk")
