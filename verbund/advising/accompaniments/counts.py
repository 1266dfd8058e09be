"""How many institutions are advised, on what and where: counted in one statement, nobody twice.

An institution is one institution: one advised in two fields counts in each field, but once in its centre's total and
in every sum above. It belongs to one centre, so the totals of centres can be added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Min

from verbund.advising.education import FIELDS
from verbund.advising.models import AccompanimentStep
from verbund.advising.permissions import coordinates_education_only, works_in_centre
from verbund.core.acting import Actor
from verbund.directory.models import Centre, Partner
from verbund.offers.models import Term

COUNTED = "count(DISTINCT partner_id), sum(steps), sum(minutes)"
# Steps are summed by accompaniment before it is looked up: three times as fast as joining each step.
STATEMENT = """
WITH worked AS MATERIALIZED (
    SELECT a.centre_id, a.partner_id, a.field_id, a.stage_id, sum(done.steps) AS steps, sum(done.minutes) AS minutes
    FROM (
        SELECT accompaniment_id, count(*) AS steps, coalesce(sum(minutes), 0) AS minutes
        FROM advising_accompanimentstep WHERE done_on BETWEEN %s AND %s {own} GROUP BY accompaniment_id
    ) done JOIN advising_accompaniment a ON a.id = done.accompaniment_id
    {education}
    GROUP BY a.centre_id, a.partner_id, a.field_id, a.stage_id
)
SELECT 'all', centre_id, '', {counted} FROM worked GROUP BY centre_id
UNION ALL
SELECT 'field', centre_id, cast(field_id AS text), {counted} FROM worked
    WHERE field_id IS NOT NULL GROUP BY centre_id, field_id
UNION ALL
SELECT 'stage', centre_id, cast(stage_id AS text), {counted} FROM worked
    WHERE stage_id IS NOT NULL GROUP BY centre_id, stage_id
UNION ALL
SELECT 'kind', worked.centre_id, kind, {counted} FROM worked
    JOIN directory_partner ON directory_partner.organisation_id = worked.partner_id GROUP BY worked.centre_id, kind
"""


@dataclass
class Numbers:
    """Institutions, steps with them and minutes of work, under a name."""

    name: str
    institutions: int = 0
    steps: int = 0
    minutes: int = 0
    code: str = ""

    def add(self, institutions: int, steps: int, minutes: int) -> None:
        self.institutions += institutions
        self.steps += steps
        self.minutes += minutes

    @property
    def hours(self) -> int:
        return round(self.minutes / 60)


@dataclass
class Overview:
    """The numbers of a year: all, by field, stage and kind of institution, and by district (all, or of one field)."""

    total: Numbers
    fields: list[Numbers] = field(default_factory=list)
    stages: list[Numbers] = field(default_factory=list)
    kinds: list[Numbers] = field(default_factory=list)
    districts: list[Numbers] = field(default_factory=list)
    by_district_and_field: list[tuple[str, Numbers]] = field(default_factory=list)


def overview_for(actor: Actor, *, year: int, term: str = "") -> Overview:
    """Return the numbers of a year that an actor may read: of the own centre, else of all. Three statements.

    With `term` (id of a field or stage) the districts count only that.
    """
    own = actor.organisation_id if works_in_centre(actor) else None
    terms = {
        str(one.pk): one
        for one in Term.objects.filter(kind__in=[Term.Kind.FIELD, Term.Kind.CHAIN_STAGE]).order_by("kind", "position")
    }
    education = [one.pk for one in terms.values() if one.code in FIELDS and one.kind == Term.Kind.FIELD]
    only = education if coordinates_education_only(actor) else None
    rows = _rows(year, own, only)
    names = {} if own else _districts()
    kinds = dict(Partner.Kind.choices)
    found = Overview(Numbers(""))
    for what, _centre, _code, *numbers in rows:
        if what == "all":
            found.total.add(*numbers)
    found.fields = _summed(rows, "field", {code: one.name for code, one in terms.items()})
    found.stages = _summed(rows, "stage", {code: one.name for code, one in terms.items()})
    found.kinds = sorted(_summed(rows, "kind", kinds), key=lambda one: -one.institutions)
    found.districts = _by_district(rows, names, term if term in terms else "")
    found.by_district_and_field = _matrix(rows, names, terms)
    return found


def years_with_steps(*, on: date) -> list[int]:
    """Return the years that can be chosen, newest first."""
    first = AccompanimentStep.objects.aggregate(first=Min("done_on"))["first"]
    return list(range(on.year, min(first or on, on).year - 1, -1))


def _rows(year: int, centre_id: int | None, education: list[int] | None) -> list[tuple]:
    own, limit, parameters = "", "", [date(year, 1, 1), date(year, 12, 31)]
    if centre_id is not None:
        own = "AND centre_id = %s"
        parameters.append(centre_id)
    if education is not None:
        marks = ", ".join(["%s"] * len(education)) or "NULL"
        limit = f"WHERE a.stage_id IS NOT NULL OR a.field_id IN ({marks})"
        parameters += education
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(own=own, education=limit, counted=COUNTED), parameters)
        return [(*row[:3], *map(int, row[3:])) for row in cursor.fetchall()]


def _districts() -> dict[int, str]:
    """Return the district of each centre, by name."""
    found = Centre.objects.order_by("carrier__district__display_name", "pk")
    return dict(found.values_list("pk", "carrier__district__display_name"))


def _summed(rows: Iterable[tuple], what: str, names: dict[str, str]) -> list[Numbers]:
    """Return the numbers of one division over all centres, in the order of the names."""
    sums: dict[str, Numbers] = {}
    for kind, _centre, code, *numbers in rows:
        if kind == what:
            sums.setdefault(code, Numbers(str(names.get(code, code)), code=code)).add(*numbers)
    return [sums[code] for code in names if code in sums]


def _by_district(rows: Iterable[tuple], names: dict[int, str], term: str) -> list[Numbers]:
    """Return the numbers of all districts, also of those without; nothing for one centre."""
    sums = {name: Numbers(name) for name in names.values()}
    for what, centre, code, *numbers in rows:
        if centre in names and (code == term if term else what == "all"):
            sums[names[centre]].add(*numbers)
    return list(sums.values())


def _matrix(rows: Iterable[tuple], names: dict[int, str], terms: dict) -> list[tuple[str, Numbers]]:
    """Return the numbers of each district and field or stage that has any, for the file."""
    sums: dict[tuple[str, str], Numbers] = {}
    for what, centre, code, *numbers in rows:
        if what in {"field", "stage"} and centre in names and code in terms:
            sums.setdefault((names[centre], code), Numbers(terms[code].name, code=code)).add(*numbers)
    order = {code: place for place, code in enumerate(terms)}
    return [
        (district, sums[district, code]) for district, code in sorted(sums, key=lambda one: (one[0], order[one[1]]))
    ]
