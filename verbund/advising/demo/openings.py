"""Made-up openings of the demonstration's centres, and a concept of the general unit in two versions."""

from datetime import date, timedelta

from django.db.models import Q

from verbund.accounts.roles import Role
from verbund.advising.models import (
    ConceptTemplate,
    InterculturalOpening,
    OpeningGoal,
    OpeningMeasure,
    TemplateVersion,
)
from verbund.advising.openings import operations, template_operations
from verbund.core.dates import add_months
from verbund.directory.demo import World
from verbund.directory.models import Centre, Partner
from verbund.directory.operations import create_partner
from verbund.offers.models import Term

OFFICES = {
    "KI-05122": ["Bürgeramt", "Jugendamt", "Gesundheitsamt"],
    "KI-05978": ["Ausländerbehörde", "Jugendamt"],
}
"""Made-up offices of each centre; "(Vorführung)" is added to their names."""

GOALS = [
    ("Die häufigsten Formulare gibt es in einfacher Sprache", "Zahl der Formulare in einfacher Sprache", "10 von 10"),
    ("Wer eine andere Sprache spricht, bekommt am selben Tag eine Auskunft", "Anteil der Vorsprachen", "9 von 10"),
]
MEASURES = [
    # kind, what, who, months until due, and what became of it
    ("FORMS", "Formulare gemeinsam mit Migrantenorganisationen neu schreiben", "Sachgebietsleitung", 3, "finish"),
    ("LANGUAGE", "Dolmetschdienst am Telefon einführen", "Amtsleitung", 6, "start"),
    ("TRAINING", "Schulung für alle am Schalter", "Personalstelle", 9, "start"),
    ("STAFF", "Mehrsprachigkeit in Stellenausschreibungen nennen", "Personalstelle", 15, ""),
    ("PARTICIPATION", "Runder Tisch mit Nutzerinnen und Nutzern", "Amtsleitung", 10, "drop"),
]

WHY = "Regeldienste erreichen nicht alle gleich gut. Das lässt sich ändern."
HOW = "Gehen Sie den Weg eines Antrags einmal selbst, vom Aushang bis zum Bescheid."


def load(world: World) -> None:
    """Make the concept, and an opening at each stage, unless they are there already."""
    if ConceptTemplate.objects.filter(is_demo=True).exists():
        return
    template = _template(world)
    for code, names in OFFICES.items():
        centre = Centre.objects.select_related("organisation").get(organisation__code=code)
        offices = [_office(world, centre, name) for name in names]
        _running(world, centre, offices[0])
        _proposed(world, template, centre, offices[1])
    _second_version(world, template)


def _office(world: World, centre: Centre, name: str) -> Partner:
    values = {"kind": Partner.Kind.OFFICE, "municipality": None}
    actor = world.actor(Role.CENTRE_STAFF, centre.organisation.code)
    return create_partner(centre, f"{name} (Vorführung)", values, is_demo=True, actor=actor)


def _field() -> Term:
    return Term.objects.get(kind=Term.Kind.FIELD, code="open-administration")


def _running(world: World, centre: Centre, office: Partner) -> None:
    """Make an opening agreed fourteen months ago, reviewed once, with measures at every stage."""
    staff = world.actor(Role.CENTRE_STAFF, centre.organisation.code)
    agreed_on = add_months(world.on, -14)
    opening = operations.propose_opening(
        centre, partner=office, subject="Wartezone, Formulare und Sprache", responsible="Amtsleitung",
        field=_field(), on=agreed_on - timedelta(days=40), actor=staff,
    )  # fmt: skip
    for text, indicator, target in GOALS:
        values = {"text": text, "indicator": indicator, "target": target}
        operations.add_part(OpeningGoal, opening, values=values, on=agreed_on, actor=staff)
    moves = []
    for kind, text, responsible, months, move in MEASURES:
        due_on = add_months(agreed_on, months)
        values = {"kind": kind, "text": text, "responsible": responsible, "due_on": due_on}
        moves.append((move, operations.add_part(OpeningMeasure, opening, values=values, on=agreed_on, actor=staff)))
    lead = world.actor(Role.CENTRE_LEAD, centre.organisation.code)
    operations.agree_opening(
        opening, agreement="Das Amt und das Zentrum arbeiten zwei Jahre an Wartezone, Formularen und Sprache.",
        agreed_on=agreed_on, agreed_until=add_months(agreed_on, 24), on=agreed_on, actor=lead,
    )  # fmt: skip
    for move, measure in moves:
        _move(move, measure, on=add_months(agreed_on, 2), actor=staff)
    _review(opening, on=add_months(agreed_on, 12), actor=staff)


def _move(move: str, measure: OpeningMeasure, *, on: date, actor) -> None:
    if move == "finish":
        operations.finish_measure(measure, on=on, actor=actor)
    elif move == "start":
        operations.start_measure(measure, on=on, actor=actor)
    elif move == "drop":
        reason = "Der Beirat des Amtes übernimmt das."
        operations.drop_measure(measure, drop_reason=reason, on=on, actor=actor)


def _review(opening: InterculturalOpening, *, on: date, actor) -> None:
    first, second = opening.goals.all()
    results = {first.pk: ("REACHED", ""), second.pk: ("PARTLY", "Der Dolmetschdienst kam später als gedacht.")}
    operations.review_opening(
        opening, year=on.year, results=results, next_steps="Den Dolmetschdienst bekannt machen.",
        review_due_on=add_months(on, 12), on=on, actor=actor,
    )  # fmt: skip


def _proposed(world: World, template: ConceptTemplate, centre: Centre, office: Partner) -> None:
    """Take the concept over, and change one goal."""
    staff = world.actor(Role.CENTRE_STAFF, centre.organisation.code)
    opening = template_operations.take_over(
        template, centre, partner=office, responsible="Leitung Soziale Dienste", on=add_months(world.on, -2),
        actor=staff,
    )  # fmt: skip
    goal = opening.goals.first()
    operations.edit_part(goal, values={"target": "8 von 10"}, seen=goal.version, actor=staff)


def _template(world: World) -> ConceptTemplate:
    on, actor = add_months(world.on, -6), world.actor(Role.COORDINATOR, "KOORD")
    template = template_operations.begin_template(
        world.organisation("KOORD"), title="Bürgernahe Ämter (Vorführung)",
        summary="In drei Schritten zu einem Amt, das alle verstehen: Wege, Sprache, Beteiligung.",
        field=_field(), on=on, actor=actor,
    )  # fmt: skip
    parts = [
        ("sections", {"title": "Worum es geht", "text": WHY}),
        ("sections", {"title": "Wie Sie beginnen", "text": HOW}),
        ("goals", {"text": GOALS[0][0], "indicator": GOALS[0][1], "target": GOALS[0][2]}),
        ("measures", {"kind": "FORMS", "text": MEASURES[0][1], "responsible": "Sachgebietsleitung"}),
        ("measures", {"kind": "TRAINING", "text": MEASURES[2][1], "responsible": "Personalstelle"}),
    ]  # fmt: skip
    for kind, values in parts:
        template_operations.save_template_part(template, kind, key="", values=values, actor=actor)
    template_operations.release_template(template, note="Erste Fassung", on=on, actor=actor)
    return template


def _second_version(world: World, template: ConceptTemplate) -> None:
    """Release a second version after the centres have taken the first one over."""
    actor = world.actor(Role.COORDINATOR, "KOORD")
    values = {"kind": "LANGUAGE", "text": MEASURES[1][1], "responsible": "Amtsleitung"}
    template_operations.save_template_part(template, "measures", key="", values=values, actor=actor)
    on = world.on - timedelta(days=10)
    template_operations.release_template(template, note="Neu: der Dolmetschdienst am Telefon", on=on, actor=actor)


def remove() -> None:
    """Remove openings and concepts that are made up; the offices go with the partners of the demonstration."""
    of_made_up = Q(is_demo=True) | Q(partner__organisation__is_demo=True)
    InterculturalOpening.objects.filter(of_made_up).delete()
    made_up = ConceptTemplate.objects.filter(is_demo=True)
    TemplateVersion.objects.filter(template__in=made_up).delete()
    made_up.delete()
