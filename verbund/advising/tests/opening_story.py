"""Openings and concepts for tests: the people, an office, an opening at each stage, a released concept."""

from datetime import date
from types import SimpleNamespace

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import OpeningGoal, OpeningMeasure
from verbund.advising.openings import operations, template_operations
from verbund.directory.models import Centre, Organisation, Partner
from verbund.directory.operations import create_partner
from verbund.offers.models import Term

ON = date(2024, 3, 5)


def people(key: str = "05122") -> SimpleNamespace:
    """Return staff and lead of a centre, and the coordination of both units, as actors."""
    units = {code: Organisation.objects.get(code=code) for code in ("KOORD", "LASI")}
    return SimpleNamespace(
        centre=Centre.objects.get(key=key),
        staff=cast_of.acting(cast_of.member(Role.CENTRE_STAFF, at=key)),
        lead=cast_of.acting(cast_of.member(Role.CENTRE_LEAD, at=key)),
        general=cast_of.acting(cast_of.member(Role.COORDINATOR, units["KOORD"])),
        school=cast_of.acting(cast_of.member(Role.COORDINATOR, units["LASI"])),
        units=units,
    )


def field(code: str = "open-administration") -> Term:
    return Term.objects.get(kind=Term.Kind.FIELD, code=code)


def stage(code: str = "primary") -> Term:
    return Term.objects.get(kind=Term.Kind.CHAIN_STAGE, code=code)


def office(cast, name: str = "Bürgeramt") -> Partner:
    known = Partner.objects.filter(centre=cast.centre, organisation__name=name).first()
    values = {"kind": Partner.Kind.OFFICE, "municipality": None}
    return known or create_partner(cast.centre, name, values, actor=cast.staff)


def proposed(cast, *, name: str = "Bürgeramt", subject: str = "Wartezone und Formulare", **more):
    more = {"field": field(), "on": ON, **more}
    return operations.propose_opening(
        cast.centre, partner=office(cast, name), subject=subject, responsible="Amtsleitung", actor=cast.staff, **more
    )


def goal(opening, cast, text: str = "Alle Formulare sind in einfacher Sprache"):
    values = {"text": text, "indicator": "Zahl der Formulare", "target": "10 von 10"}
    return operations.add_part(OpeningGoal, opening, values=values, on=ON, actor=cast.staff)


def measure(opening, cast, *, due_on=date(2024, 9, 30), kind="FORMS", text: str = "Formulare neu schreiben"):
    values = {"kind": kind, "text": text, "responsible": "Sachgebietsleitung", "due_on": due_on}
    return operations.add_part(OpeningMeasure, opening, values=values, on=ON, actor=cast.staff)


def agreed(cast, **more):
    """Return an agreed opening with one goal and one measure."""
    opening = proposed(cast, **more)
    goal(opening, cast)
    measure(opening, cast)
    words = {"agreement": "Wir schreiben die Formulare neu.", "agreed_on": ON, "agreed_until": date(2026, 3, 4)}
    operations.agree_opening(opening, **words, on=ON, actor=cast.lead)
    return opening


def template(cast, *, title: str = "Bürgernahe Ämter"):
    """Return a concept of the general unit with one part of each kind, not released."""
    made = template_operations.begin_template(
        cast.units["KOORD"], title=title, summary="Schritte für Ämter", field=field(), on=ON, actor=cast.general
    )
    parts = {
        "sections": {"title": "Warum", "text": "Weil das Amt für alle da ist."},
        "goals": {"text": "Formulare verstehen alle", "indicator": "Zahl der Formulare", "target": "alle"},
        "measures": {"kind": "TRAINING", "text": "Schulung am Schalter", "responsible": "Personalstelle"},
    }
    for kind, values in parts.items():
        template_operations.save_template_part(made, kind, key="", values=values, actor=cast.general)
    return made


def released(cast, **more):
    made = template(cast, **more)
    template_operations.release_template(made, note="Erste Fassung", on=ON, actor=cast.general)
    return made


def taken_over(made, cast, *, name: str = "Bürgeramt"):
    return template_operations.take_over(
        made, cast.centre, partner=office(cast, name), responsible="Amtsleitung", on=ON, actor=cast.staff
    )
