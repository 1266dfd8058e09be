"""Taking over a list without pages: which centre it belongs to, and a report of what was found and done."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.spreadsheets import reading
from verbund.directory.models import Centre, Municipality, Partner
from verbund.offers.importing import checking, mapping, operations, queries
from verbund.offers.importing.understanding import Line, Vocabulary
from verbund.offers.models import ImportRow, ImportRun

MOST_PROBLEMS = 1_000
LOOKED_AT = 500
Kind = ImportRow.Kind


class UnknownCentre(DomainError):
    """Nothing says to which centre the entries of a list belong."""


class WrongMapping(DomainError):
    """A mapping file that names a column or a field that is not there."""


@dataclass(frozen=True)
class Wishes:
    """What a mapping file says: columns by name, centre (official key), partner for all lines, sheet, publish."""

    columns: dict[str, str] = field(default_factory=dict)
    centre: str = ""
    partner: str = ""
    sheet: str = ""
    publish: bool = False

    @classmethod
    def of(cls, data) -> "Wishes":
        """Return the wishes in a mapping file; one with columns only is read too. Raises WrongMapping."""
        if not isinstance(data, dict):
            raise WrongMapping(_("Die Zuordnung muss ein JSON-Objekt sein."))
        if not data.keys() & {"columns", "centre", "partner", "sheet", "publish"}:
            data = {"columns": data}
        columns = data.get("columns", {})
        texts = [data.get(name, "") for name in ("centre", "partner", "sheet")]
        is_right = isinstance(columns, dict) and all(isinstance(one, str) for one in [*columns.values(), *texts])
        if not is_right:
            raise WrongMapping(_("In der Zuordnung steht etwas anderes als Namen von Spalten und Feldern."))
        return cls(columns, *texts, publish=data.get("publish") is True)


def take_over(content: bytes, name: str, wishes: Wishes, *, is_dry: bool, on: date, at: datetime) -> dict:
    """Read, compare and (unless `is_dry`) take over a list; return the report. Raises DomainError."""
    table = reading.open_table(content, name)
    sheet = wishes.sheet or operations.first_sheet(table)
    if sheet not in table.sheets:
        raise WrongMapping(_("Das Blatt „%s“ gibt es nicht.") % sheet)
    draft = ImportRun(file_name=table.name, made_at=at)
    columns = _columns(draft, table, sheet, wishes)
    centre = _centre(table, sheet, columns, wishes)
    partner = _partner(centre, wishes)
    mapping.check(columns, width=len(draft.head), has_partner=partner is not None)
    draft.centre, draft.partner, draft.columns = centre, partner, columns
    if is_dry:
        counts, problems = _look(draft, table)
        return _report(draft, counts, problems, is_dry=True)
    return _do(draft, content, table, wishes, on=on, at=at)


def _columns(draft: ImportRun, table: reading.Table, sheet: str, wishes: Wishes) -> dict[int, str]:
    operations.read_head(draft, table, sheet)
    found = mapping.suggest(draft.head, draft.samples)
    named = {mapping.plain(name): position for position, name in enumerate(draft.head)}
    for name, code in wishes.columns.items():
        position = named.get(mapping.plain(name))
        if position is None or (code and code not in mapping.FIELDS):
            raise WrongMapping(_("Die Spalte „%(name)s“ oder das Feld „%(field)s“ gibt es nicht.") % {
                "name": name[:60], "field": code[:60]})  # fmt: skip
        found = {place: one for place, one in found.items() if one != code and place != position}
        if code:
            found[position] = code
    return found


def _centre(table: reading.Table, sheet: str, columns: dict[int, str], wishes: Wishes) -> Centre:
    """Return the centre that is named, else the one in whose area most places of the list lie."""
    centres = Centre.objects.select_related("organisation")
    if wishes.centre:
        found = centres.filter(key=wishes.centre).first()
        if found is None:
            raise UnknownCentre(_("Ein Zentrum „%s“ gibt es nicht.") % wishes.centre[:40])
        return found
    words = Vocabulary()
    said = (Line(row.cells, columns, words).read().said for row in islice(table.rows(sheet), LOOKED_AT))
    towns = Counter(one["place"].get("municipality") for one in said if one.get("place"))
    for town, _count in towns.most_common():
        of_town = centres.filter(carrier__municipality_id=town) if town else centres.none()
        district = Municipality.objects.filter(pk=town).values_list("district_id", flat=True).first()
        found = of_town.first() or (district and centres.filter(carrier__district_id=district).first())
        if found:
            return found
    raise UnknownCentre(_("Zu welchem Zentrum gehört die Liste? Nennen Sie seinen Schlüssel mit --centre, etwa 05122."))


def _partner(centre: Centre, wishes: Wishes) -> Partner | None:
    if not wishes.partner:
        return None
    found = Partner.objects.filter(centre=centre, organisation__name__iexact=wishes.partner).first()
    if found is None:
        raise WrongMapping(_("Den Anbieter „%s“ gibt es in diesem Zentrum nicht.") % wishes.partner[:80])
    return found


def _look(draft: ImportRun, table: reading.Table) -> tuple[dict, list[ImportRow]]:
    counts, problems = Counter(), []
    for row in checking.Checker(draft).rows(table):
        counts[row.kind] += 1
        if row.kind in {Kind.REFUSED, Kind.SUSPICIOUS} and len(problems) < MOST_PROBLEMS:
            problems.append(row)
    return {kind: counts[kind] for kind in Kind.values}, problems


def _do(draft: ImportRun, content: bytes, table: reading.Table, wishes: Wishes, *, on: date, at: datetime) -> dict:
    actor = Actor(user=None, label=_("Betrieb (Kommandozeile)"), role="SYSTEM")
    run = operations.start_import(draft.centre, content, draft.file_name, at=at, actor=actor)
    if run.sheet != draft.sheet:
        operations.choose_sheet(run, sheet=draft.sheet, actor=actor)
    aim = ImportRun.Aim.PUBLISH if wishes.publish else ImportRun.Aim.DRAFT
    operations.check_import(run, draft.columns, partner=draft.partner, aim=aim, at=at, actor=actor)
    operations.finish(run, on=on, actor=actor)
    counts = queries.counts(run)
    problems = list(run.rows.filter(kind__in=[Kind.REFUSED, Kind.SUSPICIOUS])[:MOST_PROBLEMS])
    if counts[Kind.NEW] + counts[Kind.CHANGED] + counts[Kind.SUSPICIOUS]:
        operations.apply_import(run, on=on, at=at, actor=actor)
        operations.finish(run, on=on, actor=actor)
        report = _report(run, counts, problems, is_dry=False) | {"done": queries.outcomes(run)}
    else:
        report = _report(run, counts, problems, is_dry=False) | {"done": {}}
        operations.drop_import(run, actor=actor)
    report["done"] = {outcome.lower(): number for outcome, number in report["done"].items() if number}
    return report


def _report(run: ImportRun, counts: dict, problems: list[ImportRow], *, is_dry: bool) -> dict:
    columns = {run.head[int(position)]: code for position, code in run.columns.items()}
    return {
        "file": run.file_name,
        "sheet": run.sheet,
        "centre": run.centre.key,
        "dry_run": is_dry,
        "run": run.pk,
        "rows": run.lines,
        "columns": columns,
        **{kind.lower(): number for kind, number in counts.items()},
        "notes": run.notes,
        "problems": [
            {
                "line": row.number,
                "kind": row.kind.lower(),
                "title": row.title,
                "reasons": [{"column": column, "reason": sentence} for column, sentence in row.reasons],
                "offer": row.offer_id,
            }
            for row in problems
        ],
    }
