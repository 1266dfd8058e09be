"""Writing down advice, with five thousand accompaniments of one centre and as many of each of the others."""

import time
from datetime import date, timedelta

from django.db import connection

from bench.harness import Figures, Visitor, cpu_of, measure
from bench.registry import operation
from bench.world import say
from tests.support import cast
from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.advising.models import Accompaniment, AccompanimentStep
from verbund.core.dates import today
from verbund.directory.models import Centre, Membership, Organisation, Partner
from verbund.offers.models import Term

OF_A_CENTRE, INSTITUTIONS, STEPS_OF_EACH = 5_000, 500, 3
DAYS = 3_650
"""Over how many days the work is spread: ten years."""

CODE = "MESSUNG-"
STAFF, COORDINATION = "beratung-messung@verbund.example", "koordination-messung@verbund.example"


@operation("accompaniment_entry", limit="orm page", goal="≤ 20 SQL, ≤ 27 ms")
def accompaniment_entry() -> Figures:
    """The quick entry as it opens; beside it a step written down."""
    prepare()
    visitor = Visitor(_person(STAFF, Role.CENTRE_STAFF))
    figures = measure(lambda: visitor.get("/beratung/begleitung/neu/").expect(200), rows=OF_A_CENTRE)
    fields = {"what": "Konzept besprochen", "done_on": f"{today()}", "kind": "VISIT", "duration": "ONE_OFF"}
    name = Partner.objects.filter(centre__key="05122", organisation__code__startswith=CODE).first().organisation.name
    fields |= {"institution": name, "occasion": "Messung", "minutes": 30}
    posted = measure(lambda: visitor.post("/beratung/begleitung/neu/", fields).expect(302), rounds=2, times=10)
    figures.more = {"save_ms": round(posted.cpu_ms, 3), "save_sql": posted.sql}
    return figures


@operation("accompaniment_week", limit="orm page", goal="≤ 20 SQL, ≤ 27 ms")
def accompaniment_week() -> Figures:
    """The table of a week as it opens; beside it with all rows to be changed, and the lists."""
    prepare()
    visitor = Visitor(_person(STAFF, Role.CENTRE_STAFF))
    figures = measure(lambda: visitor.get("/beratung/woche/").expect(200), rows=OF_A_CENTRE)
    others = {
        "to_change_ms": (visitor, "/beratung/woche/?bearbeiten=1"),
        "list_ms": (visitor, "/beratung/begleitung/"),
        "institutions_ms": (visitor, "/beratung/einrichtungen/"),
    }
    figures.more = {name: _cpu_of(who, path) for name, (who, path) in others.items()}
    return figures


RAW = """SELECT a.field_id, a.stage_id, COUNT(DISTINCT a.partner_id), COUNT(*), SUM(s.minutes)
FROM advising_accompanimentstep s JOIN advising_accompaniment a ON a.id = s.accompaniment_id
WHERE s.done_on BETWEEN %s AND %s {own} GROUP BY a.centre_id, a.field_id, a.stage_id"""
"""What a dashboard asks for at least: the institutions of a year by centre and field."""


@operation("advising_centre", limit="raw query", goal="≤ 20 × the raw query, as dashboard_centre")
def advising_centre() -> Figures:
    """The overview of a centre with 5,000 accompaniments; beside it all its figures of the year."""
    prepare()
    member = _person(STAFF, Role.CENTRE_STAFF)
    return _dashboard(Visitor(member), "AND a.centre_id = %s", [member.organisation_id])


@operation("advising_network", limit="raw query", goal="≥ 20 % of the raw query, p95 ≤ 300 ms, as dashboard_network")
def advising_network() -> Figures:
    """The overview of 54 centres with 5,000 accompaniments each; beside it all their figures of the year."""
    prepare()
    return _dashboard(Visitor(_person(COORDINATION, Role.COORDINATOR)), "", [])


def _dashboard(visitor: Visitor, own: str, parameters: list) -> Figures:
    figures = measure(lambda: visitor.get("/beratung/ueberblick/").expect(200), rounds=3, times=10)
    days = [date(today().year, 1, 1), date(today().year, 12, 31)]
    with connection.cursor() as cursor:
        figures.limit_ms = cpu_of(
            lambda: (cursor.execute(RAW.format(own=own), [*days, *parameters]), cursor.fetchall()),
            times=10,
        )
    figures.rows = OF_A_CENTRE if own else OF_A_CENTRE * Centre.objects.count()
    took = sorted(_seconds(visitor) for _time in range(20))
    figures.more = {"p95_ms": round(took[18] * 1000, 1), "figures_ms": _cpu_of(visitor, "/beratung/zahlen/")}
    return figures


def _seconds(visitor: Visitor) -> float:
    begun = time.monotonic()
    visitor.get("/beratung/ueberblick/").expect(200)
    return time.monotonic() - begun


def _cpu_of(visitor: Visitor, path: str) -> float:
    return round(measure(lambda: visitor.get(path).expect(200), rounds=2, times=5).cpu_ms, 3)


def prepare() -> None:
    """Make the institutions, accompaniments and steps of all centres, once."""
    if Partner.objects.filter(organisation__code__startswith=CODE).exists():
        return
    say("Begleitungen werden angelegt …")
    terms = list(Term.objects.filter(kind__in=[Term.Kind.FIELD, Term.Kind.CHAIN_STAGE]).order_by("pk"))
    for centre in Centre.objects.order_by("key"):
        _fill(centre, terms)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill(centre: Centre, terms: list[Term]) -> None:
    on, kinds = today(), Partner.Kind.values
    organisations = Organisation.objects.bulk_create(
        Organisation(kind="PROVIDER", code=f"{CODE}{centre.key}-{n}", name=f"Haus {n} {centre.seat}")
        for n in range(INSTITUTIONS)
    )
    partners = Partner.objects.bulk_create(
        Partner(organisation=one, centre=centre, kind=kinds[n % 9]) for n, one in enumerate(organisations)
    )
    made = Accompaniment.objects.bulk_create(
        [_accompaniment(centre, partners[n % INSTITUTIONS], terms[n % len(terms)], n, on) for n in range(OF_A_CENTRE)]
    )
    AccompanimentStep.objects.bulk_create(
        [
            AccompanimentStep(
                accompaniment=one,
                centre=centre,
                done_on=on - timedelta(days=(n * 7 + step * 11) % DAYS),
                what=f"Schritt {step}",
                minutes=30,
            )
            for n, one in enumerate(made)
            for step in range(STEPS_OF_EACH)
        ],
        batch_size=5_000,
    )


def _accompaniment(centre: Centre, partner: Partner, term: Term, number: int, on) -> Accompaniment:
    by_kind = {"field": term} if term.kind == Term.Kind.FIELD else {"stage": term}
    started_on = on - timedelta(days=number % DAYS)
    return Accompaniment(centre=centre, partner=partner, occasion=f"Anlass {number}", started_on=started_on, **by_kind)


def _person(email: str, role: str) -> Membership:
    """Return a person of the measurement, made once."""
    found = Membership.objects.filter(user__email=email).select_related("user").first()
    return found or cast.member(role, user=User.objects.create_user(email, cast.PASSWORD, display_name="Messung"))
