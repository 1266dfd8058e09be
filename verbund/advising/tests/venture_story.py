"""The cast and the stages of a venture, for tests: each function brings it one stage further."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.support.cast import acting, centre, member
from verbund.accounts.roles import Role
from verbund.advising.models import Criterion, Pilot, Venture, VentureParty
from verbund.advising.ventures import operations, queries
from verbund.core.acting import Actor
from verbund.directory.models import Partner
from verbund.offers.models import Term
from verbund.offers.tests.story import partner as make_partner

BEGUN, AGREED, STARTED, OVER = date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 15), date(2026, 7, 10)
LAST_DAY = date(2026, 7, 1)


@dataclass
class People:
    """The staff of the centre, a partner it works with, and a member of that partner."""

    staff: Actor
    partner: Partner
    provider: Actor


def people(key: str = "05122") -> People:
    partner = make_partner(key)
    return People(
        staff=acting(member(Role.CENTRE_STAFF, at=key)),
        partner=partner,
        provider=acting(member(Role.PROVIDER_MEMBER, partner.organisation)),
    )


def term(code: str) -> Term:
    return Term.objects.get(code=code)


def data(title: str = "Elterncafé in der Kita", **more) -> operations.VentureData:
    values = {"need": "Eltern erfahren spät von der Vorschulförderung.", "field": term("early-education")}
    return operations.VentureData(title=title, **(values | more))


def idea(cast: People, *, key: str = "05122", **more) -> Venture:
    return operations.start_venture(centre(key), data(**more), on=BEGUN, actor=cast.staff)


def carried(cast: People, **more) -> Venture:
    """A venture with a figure and a partner."""
    venture = idea(cast, **more)
    operations.add_need_figure(
        venture,
        what="Kinder ohne Kitaplatz",
        value=Decimal(84),
        unit="Kinder",
        counted_on=BEGUN,
        source="Jugendhilfeplanung",
        on=BEGUN,
        actor=cast.staff,
    )
    operations.join_venture(
        venture, partner=cast.partner, function="lädt die Eltern ein", since=BEGUN, on=BEGUN, actor=cast.staff
    )
    return venture


def written(cast: People, **more) -> Venture:
    """With two sections and a first version."""
    venture = carried(cast, **more)
    for heading, text in (("Ziel", "Eltern kennen die Angebote der Kita."), ("Ablauf", "Jeden Dienstag zwei Stunden.")):
        operations.add_section(venture, heading=heading, text=text, on=BEGUN, actor=cast.staff)
    operations.freeze_version(venture, on=AGREED, actor=cast.staff)
    return fresh(venture)


def party(venture: Venture) -> VentureParty:
    return venture.parties.first()


def agreed(cast: People, **more) -> Venture:
    venture = written(cast, **more)
    operations.agree_to_version(
        queries.newest_version(venture),
        party(venture),
        agreed_on=AGREED,
        function="Vorstand",
        on=AGREED,
        actor=cast.provider,
    )
    return fresh(venture)


def planned(cast: People, venture: Venture, *, first: date = STARTED, last: date = LAST_DAY) -> Pilot:
    """A pilot with one criterion in numbers and one that is judged."""
    pilot = operations.plan_pilot(venture, first_day=first, last_day=last, place="Kita am Markt", actor=cast.staff)
    criterion(cast, pilot)
    operations.add_criterion(
        pilot, what="Eltern fühlen sich willkommen", how_measured="Gespräch am Ende", actor=cast.staff
    )
    return pilot


def criterion(cast: People, pilot: Pilot, **more) -> Criterion:
    values = {"target": Decimal(20), "partly_from": Decimal(10), "unit": "Familien"} | more
    return operations.add_criterion(
        pilot, what="Familien, die dreimal kommen", how_measured="Strichliste", actor=cast.staff, **values
    )


def piloted(cast: People, **more) -> Venture:
    venture = agreed(cast, **more)
    operations.start_pilot(planned(cast, venture), on=STARTED, actor=cast.staff)
    return fresh(venture)


def evaluated(cast: People, *, families: int = 23, **more) -> Venture:
    venture = piloted(cast, **more)
    pilot = queries.newest_pilot(venture)
    counted, judged = pilot.criteria.all()
    operations.enter_value(counted, measured_on=LAST_DAY, value=Decimal(families), on=OVER, actor=cast.staff)
    operations.enter_value(
        judged, measured_on=LAST_DAY, judged="REACHED", explanation="Viele kommen wieder.", on=OVER, actor=cast.staff
    )
    operations.evaluate_pilot(
        pilot, findings="Das Café wird angenommen.", recommendation="PERMANENT", on=OVER, actor=cast.staff
    )
    return fresh(venture)


def decided(cast: People, verdict: str = "PERMANENT", **more) -> Venture:
    venture = evaluated(cast, **more)
    operations.decide(
        venture, verdict=verdict, reason="Die Ziele sind erreicht.", on=OVER + timedelta(days=1), actor=cast.staff
    )
    return fresh(venture)


def fresh(venture: Venture) -> Venture:
    return Venture.objects.get(pk=venture.pk)
