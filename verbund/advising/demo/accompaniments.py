"""Made-up accompaniments of Solingen, Kreis Unna, Herne and Köln: what runs, what is due, what has ended.

Institutions and all that is said about them are made up; everything carries `is_demo`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from verbund.accounts.roles import Role
from verbund.advising import reference
from verbund.advising.accompaniments import operations
from verbund.advising.accompaniments.operations import StepFacts
from verbund.advising.models import Accompaniment, AccompanimentStep, KindOfAdvice, PartnerMerge
from verbund.core.dates import on_demo_day
from verbund.directory.demo import World
from verbund.directory.models import Centre, Partner
from verbund.directory.operations import create_partner
from verbund.directory.queries import municipalities_of
from verbund.offers.models import Term

Kind = AccompanimentStep.Kind


@dataclass(frozen=True)
class Story:
    """One accompaniment: where, why, its steps as (days ago, kind, minutes, what, who took part)."""

    institution: str
    kind: str
    occasion: str
    term: str
    steps: tuple
    advice: str = ""
    follow_up_in: int | None = None
    closed: str = ""


STORIES = (
    Story(
        "Beispiel-Kita Sonnenweg (Vorführung)",
        Partner.Kind.DAYCARE,
        "Mehrsprachigkeit im Alltag der Kita",
        "daycare",
        (
            (60, Kind.VISIT, 90, "Erstgespräch, Bedarf aufgenommen", "1 Kita-Leitung, 2 Erzieherinnen"),
            (25, Kind.TRAINING, 180, "Fortbildung im Team: Familiensprachen", "11 Erzieherinnen und Erzieher"),
            (2, Kind.PHONE, 20, "Material abgestimmt", "1 Kita-Leitung"),
        ),
        follow_up_in=-1,
    ),
    Story(
        "Beispiel-Grundschule am Park (Vorführung)",
        Partner.Kind.SCHOOL,
        "Elterncafé aufbauen",
        "primary",
        ((40, Kind.MEETING, 60, "Konzept besprochen", "1 Schulleitung, 1 Schulsozialarbeit"),),
        follow_up_in=6,
    ),
    Story(
        "Beispielverein Neue Nachbarn (Vorführung)",
        Partner.Kind.MIGRANT_ORGANISATION,
        "Verein gründen und eintragen lassen",
        "participation",
        (
            (90, Kind.MEETING, 75, "Satzung durchgesehen", "3 Vorstandsmitglieder"),
            (30, Kind.PHONE, 25, "Rückfrage des Registergerichts geklärt", "1 Vorstandsmitglied"),
        ),
        advice="founding",
        closed="Der Verein ist eingetragen.",
    ),
    Story(
        "Beispielamt für Soziales (Vorführung)",
        Partner.Kind.OFFICE,
        "Wartebereich in mehreren Sprachen beschildern",
        "open-administration",
        ((5, Kind.MEETING, 60, "Begehung, Texte gesammelt", "1 Amtsleitung, 2 Sachbearbeitungen"),),
    ),
)
CENTRES = {"05122": STORIES, "05978": STORIES[:2], "05916": STORIES[1:3], "05315": STORIES[3:]}
DOUBLE = "Kita Sonnenweg (Vorführung)"
"""Kept twice in Solingen, so that there is something to merge."""


def load(world: World) -> None:
    """Make the accompaniments that are not there yet."""
    if Accompaniment.objects.filter(is_demo=True).exists():
        return
    reference.load()
    terms = {term.code: term for term in Term.objects.filter(kind__in=[Term.Kind.FIELD, Term.Kind.CHAIN_STAGE])}
    for key, stories in CENTRES.items():
        centre = Centre.objects.select_related("carrier").get(key=key)
        town = municipalities_of(centre).order_by("name").first()
        staff = world.actor(Role.CENTRE_STAFF, f"KI-{key}")
        for story in stories:
            partner = _partner(centre, town, story.institution, story.kind, world.on, staff)
            _tell(story, partner, terms[story.term], world.on, staff)
        if key == "05122":
            _partner(centre, town, DOUBLE, Partner.Kind.DAYCARE, world.on, staff)


def _partner(centre: Centre, town, name: str, kind: str, on: date, actor) -> Partner:
    with on_demo_day(on - timedelta(days=91)):
        return create_partner(centre, name, {"kind": kind, "municipality": town}, is_demo=True, actor=actor)


def _tell(story: Story, partner: Partner, term: Term, today: date, actor) -> None:
    made = None
    for days_ago, kind, minutes, what, attended in story.steps:
        on = today - timedelta(days=days_ago)
        step = StepFacts(done_on=on, kind=kind, minutes=minutes, what=what, attended=attended)
        with on_demo_day(on):
            if made is None:
                made = _begun(story, partner, term, step, on, actor)
            else:
                operations.record_step(made, step, on=on, actor=actor)
    if story.follow_up_in is not None:
        due = today + timedelta(days=story.follow_up_in)
        operations.set_follow_up(made, follow_up_on=due, follow_up_note="nächsten Termin vereinbaren", actor=actor)
    if story.closed:
        on = today - timedelta(days=story.steps[-1][0])
        with on_demo_day(on):
            operations.close_accompaniment(
                made, outcome="REACHED", closing_reason=story.closed, closed_on=on, on=on, actor=actor
            )


def _begun(story: Story, partner: Partner, term: Term, step: StepFacts, on: date, actor) -> Accompaniment:
    facts = {
        "occasion": story.occasion,
        "duration": "LONG_TERM" if len(story.steps) > 1 else "ONE_OFF",
        "stage": term if term.kind == Term.Kind.CHAIN_STAGE else None,
        "field": term if term.kind == Term.Kind.FIELD else None,
        "kind_of_advice": KindOfAdvice.objects.filter(code=story.advice).first(),
    }
    return operations.start_accompaniment(partner, facts, step=step, on=on, actor=actor, is_demo=True)


def remove() -> None:
    """Remove everything made up here, and what was recorded for made-up institutions; the audit trail stays."""
    partners = Partner.objects.filter(organisation__is_demo=True)
    PartnerMerge.objects.filter(kept__in=partners).delete()
    PartnerMerge.objects.filter(merged__in=partners).delete()
    for found in (Accompaniment.objects.filter(is_demo=True), Accompaniment.objects.filter(partner__in=partners)):
        AccompanimentStep.objects.filter(accompaniment__in=found).delete()
        found.delete()
    names = [*{story.institution for story in STORIES}, DOUBLE]
    made = Partner.objects.filter(organisation__is_demo=True, organisation__name__in=names, offers=None)
    organisations = [partner.organisation for partner in made.select_related("organisation")]
    made.delete()
    for organisation in organisations:
        organisation.delete()
