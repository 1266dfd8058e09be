"""What of ventures waits for somebody: pilots that end or are over, agreements, comments, decisions."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from verbund.advising.models import Agreement, ConceptVersion, Pilot, SectionComment, VentureParty
from verbund.advising.permissions import works_in_centre, works_with_a_centre
from verbund.advising.ventures import queries
from verbund.advising.ventures.calculations import snapshot
from verbund.advising.ventures.lifecycle import VentureStatus
from verbund.core.acting import Actor
from verbund.core.worklist import Task

SOON = timedelta(days=14)
"""How long before its end a pilot stands in the work list, so that the last values are taken in time."""


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what waits for a centre, or for a member of a partner."""
    if works_in_centre(actor):
        return [*_pilots(actor, on), *_decisions(actor), *_agreements(actor), *_comments(actor)]
    return list(_own_agreements(actor)) if works_with_a_centre(actor) else []


def _task(actor: Actor, title: str, venture, reason: str, *, due_on=None, anchor: str = "") -> Task:
    return Task(
        title=title,
        subject=venture.title,
        url=venture.get_absolute_url() + (f"#{anchor}" if anchor else ""),
        due_on=due_on,
        centre=actor.label,
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )


def _pilots(actor: Actor, on: date) -> Iterator[Task]:
    found = Pilot.objects.filter(
        venture__in=queries.ventures_kept(actor).filter(status=VentureStatus.PILOT),
        started_on__isnull=False,
        evaluation=None,
        last_day__lte=on + SOON,
    )
    for pilot in found.select_related("venture"):
        if pilot.last_day < on:
            title, reason = _("Erprobung auswerten"), _("Die Erprobung ist vorbei und nicht ausgewertet.")
        else:
            title, reason = _("Letzte Messwerte sichern"), _("Die Erprobung endet bald.")
        yield _task(actor, title, pilot.venture, reason, due_on=pilot.last_day, anchor="erprobung")


def _decisions(actor: Actor) -> Iterator[Task]:
    for venture in queries.ventures_kept(actor).filter(status=VentureStatus.EVALUATED):
        yield _task(actor, _("Über das Vorhaben entscheiden"), venture, _("Die Erprobung ist ausgewertet."))


def _waiting_versions(parties: Q) -> QuerySet[ConceptVersion]:
    """Return the newest versions of concepts in work to which some active party has not agreed."""
    newer = ConceptVersion.objects.filter(venture=OuterRef("venture"), number__gt=OuterRef("number"))
    agreed = Agreement.objects.filter(party=OuterRef("pk"), version=OuterRef(OuterRef("pk")))
    silent = VentureParty.objects.filter(parties, ~Exists(agreed), venture=OuterRef("venture"), until=None)
    found = ConceptVersion.objects.filter(~Exists(newer), Exists(silent), venture__status=VentureStatus.CONCEPT)
    return found.select_related("venture").prefetch_related("venture__sections")


def _says_what_is_written(version: ConceptVersion) -> bool:
    """Whether nobody wrote on since; an older text cannot be agreed to."""
    return version.content == snapshot(version.venture.sections.all())


def _agreements(actor: Actor) -> Iterator[Task]:
    waiting = _waiting_versions(Q()).filter(venture__in=queries.ventures_kept(actor))
    for version in filter(_says_what_is_written, waiting):
        reason = _("Zu %s fehlt noch eine Zustimmung.") % version
        yield _task(actor, _("Zustimmung einholen"), version.venture, reason, anchor="fassungen")


def _own_agreements(actor: Actor) -> Iterator[Task]:
    for version in filter(_says_what_is_written, _waiting_versions(Q(partner=actor.organisation_id))):
        reason = _("%s des gemeinsamen Konzepts liegt vor.") % version
        yield _task(actor, _("Konzept lesen und zustimmen"), version.venture, reason, anchor="fassungen")


def _comments(actor: Actor) -> list[Task]:
    """Return one line per venture with open comments."""
    still_open = SectionComment.objects.filter(section__venture=OuterRef("pk"), resolved_on=None)
    return [
        _task(actor, _("Kommentare beantworten"), venture, _("Im Konzept sind Kommentare offen."), anchor="konzept")
        for venture in queries.ventures_kept(actor).filter(Exists(still_open))
    ]
