"""What changed in the network between two days: only differences, each from what to what, with its source."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from django.db.models import F
from django.utils.translation import gettext as _

from verbund.directory import figures, queries
from verbund.directory.calculations import CentreState, covers, folded, period_label, state_on
from verbund.directory.models import BodyName, Centre, CentreContact, CentreFact, LifeStep, Organisation
from verbund.directory.models.evidence import Evidenced, PublishedFigure

BEGUN, ENDED, PASSED = "begun", "ended", "passed"


@dataclass(frozen=True)
class Change:
    """One difference: `before` and `after` are empty where there was nothing; `places` are the centres concerned."""

    what: str
    before: str = ""
    after: str = ""
    period: str = ""
    note: str = ""
    source: str = ""
    mark: str = ""
    places: list[dict] = field(default_factory=list)


def changed_names(first: date, last: date) -> list[Change]:
    """Return the authorities, units and ministries that bore another name on the later day."""
    changes = []
    for organisation in queries.authorities():
        rows = list(organisation.names.all())
        before, after = (_name_on(organisation, rows, day) for day in (first, last))
        stayed = covers(organisation, first) and covers(organisation, last)
        if not stayed or before.name == after.name:
            continue
        between = [row for row in rows if row not in (before, after) and _lies_between(row, first, last)]
        changes.append(
            Change(
                what=_kind_of(organisation),
                before=_with_short(before),
                after=_with_short(after),
                period=period_label(after.valid_from, after.valid_until),
                note=_meanwhile(between),
                source=after.source,
                mark=getattr(after, "mark", ""),
            )
        )
    return changes


def _name_on(organisation: Organisation, rows: list, day: date):
    return next((row for row in rows if covers(row, day)), organisation)


def _lies_between(period, first: date, last: date) -> bool:
    begins, ends = period.valid_from, period.valid_until
    return begins is not None and ends is not None and first < begins and ends < last


def _meanwhile(rows: list) -> str:
    said = [f"{_with_short(row)}, {period_label(row.valid_from, row.valid_until)}" for row in rows]
    return _("Dazwischen: %(names)s") % {"names": "; ".join(said)} if said else ""


def _with_short(named) -> str:
    return f"{named.name} ({named.short_name})" if named.short_name else named.name


def _kind_of(organisation: Organisation) -> str:
    field_of_work = organisation.get_field_display()
    kind = organisation.get_kind_display()
    return f"{kind} ({field_of_work})" if field_of_work else kind


def changed_units(first: date, last: date) -> list[Change]:
    """Return the authorities and coordination units that came or went between two days."""
    changes = []
    for organisation in queries.authorities():
        was, is_there = covers(organisation, first), covers(organisation, last)
        passed = not was and not is_there and _lies_between(organisation, first, last)
        if was == is_there and not passed:
            continue
        notes = [organisation.period_note, _("Sie kam und ging zwischen den beiden Tagen.") if passed else ""]
        changes.append(
            Change(
                what=_with_short(organisation),
                before=_("vorhanden") if was else _("nicht vorhanden"),
                after=_("vorhanden") if is_there else _("nicht mehr vorhanden") if was else _("nicht vorhanden"),
                period=period_label(organisation.valid_from, organisation.valid_until),
                note=" · ".join(note for note in notes if note),
                source=organisation.source,
            )
        )
    return changes


def changed_bodies(first: date, last: date) -> list[Change]:
    """Return the bodies of the municipalities that were called otherwise: by law, and in a carrier's own words."""
    rows = list(queries.body_names())
    changes = []
    for body, carrier_id in dict.fromkeys((row.body, row.carrier_id) for row in rows):
        before, after = (_body_on(rows, body, carrier_id, day) for day in (first, last))
        if before == after or carrier_id not in {row.carrier_id for row in (before, after) if row}:
            continue
        carrier = next(row.carrier for row in rows if row.carrier_id == carrier_id)
        newest = after or before
        is_by_law = carrier_id and after and after.carrier_id is None
        changes.append(
            Change(
                what=str(BodyName.Body(body).label) + (f", {carrier.organisation.name}" if carrier else ""),
                before=_with_short(before) if before else "",
                after=_with_short(after) if after else "",
                period=period_label(newest.valid_from, newest.valid_until),
                note=_("Name nach dem Gesetz; ein eigener ist hier nicht belegt.") if is_by_law else "",
                source=(before if is_by_law else newest).source,
            )
        )
    return changes


def _body_on(rows: list[BodyName], body: str, carrier_id: int | None, day: date) -> BodyName | None:
    """Return the name in force: the carrier's own where recorded, else the one by law."""
    found = {row.carrier_id: row for row in rows if row.body == body and covers(row, day)}
    return found.get(carrier_id) or found.get(None)


def changed_centres(first: date, last: date) -> list[dict]:
    """Return the centres whose state changed, by transition and by what evidences it.

    Each transition: `before`, `after`, `number`, `changes` (one `Change` per step in life, with its centres). Three
    statements.
    """
    steps: dict[int, list[LifeStep]] = {}
    for step in LifeStep.objects.order_by():
        steps.setdefault(step.centre_id, []).append(step)
    moves: dict[tuple, dict[tuple, list[dict]]] = {}
    for place in _places(last):
        of_centre = steps.get(place["pk"], [])
        before, after = state_on(of_centre, first), state_on(of_centre, last)
        if before == after:
            continue
        step = _step_behind(of_centre, after, last)
        evidence = _evidence_of(step)
        moves.setdefault((before, after), {}).setdefault(evidence, []).append(place)
    order = list(CentreState)
    return [
        {
            "before": before.label,
            "after": after.label,
            "number": sum(len(places) for places in groups.values()),
            "changes": [
                Change(what=kind, period=period, note=result, source=source, places=places)
                for (_day, kind, period, result, source), places in sorted(groups.items(), key=itemgetter(0))
            ],
        }
        for (before, after), groups in sorted(moves.items(), key=lambda move: [order.index(state) for state in move[0]])
    ]


def _evidence_of(step: LifeStep | None) -> tuple:
    """Return what a step evidences as sortable words; empty ones where there is none."""
    if step is None:
        return date.min, "", "", "", ""
    period = period_label(step.day_from, step.day_until)
    return step.day_until, str(step.get_kind_display()), period, step.result, step.source


def _places(day: date) -> list[dict]:
    """Return the centres in the order of their places, each with the name its carrier bore on a day."""
    rows = Centre.objects.values(
        "pk", "key", "carrier_id", name=F("carrier__organisation__name"), place=F("carrier__district__name")
    )
    names = queries.names_on(day, kind=Organisation.Kind.CARRIER)
    in_order = sorted(rows, key=lambda row: (folded(row["place"]), row["key"]))
    return [row | {"name": names.get(row["carrier_id"], row["name"])} for row in in_order]


def _step_behind(steps: list[LifeStep], state: CentreState, day: date) -> LifeStep | None:
    """Return the step in life that says why a centre is in a state on a day, by the rule of `state_on`."""
    in_order = sorted(steps, key=lambda one: (one.day_until, one.pk))
    alone = [step for step in in_order if state_on([step], day) == state]
    if not alone or state == CentreState.NONE:
        return None
    return alone[0] if state == CentreState.RUNNING else alone[-1]


def changed_facts(first: date, last: date) -> dict[str, list[Change]]:
    """Return the facts and contacts of centres by what became of them: begun, ended, begun and ended in between."""
    in_order = _places(last)
    groups: dict[str, dict[tuple, set[int]]] = {BEGUN: {}, ENDED: {}, PASSED: {}}
    for known, kind, text in _known():
        became = _became(known, first, last)
        if became:
            period = period_label(known.valid_from, known.valid_until or known.evidenced_until)
            key = (kind, text, period, known.valid_until is not None, known.source)
            groups[became].setdefault(key, set()).add(known.centre_id)
    return {
        became: [
            Change(
                what=kind,
                after=text,
                period=period,
                note="" if ended else _("belegt für diese Zeit; was danach war, sagt die Quelle nicht"),
                source=source,
                places=[place for place in in_order if place["pk"] in centres],
            )
            for (kind, text, period, ended, source), centres in found.items()
        ]
        for became, found in groups.items()
    }


def _known() -> Iterable[tuple[Evidenced, str, str]]:
    for fact in CentreFact.objects.order_by("valid_from", "kind", "position", "pk"):
        yield fact, fact.get_kind_display(), fact.text
    for contact in CentreContact.objects.order_by("valid_from", "position", "pk"):
        ways = (contact.phone, contact.email, contact.website, contact.address)
        yield contact, _("Kontakt"), ", ".join([contact.function, *(way for way in ways if way)])


def _became(known: Evidenced, first: date, last: date) -> str:
    was, is_there = known.is_there(first), known.is_there(last)
    if was != is_there:
        return BEGUN if is_there else ENDED
    return PASSED if not was and first < known.valid_from <= last else ""


def figures_between(first: date, last: date) -> list[tuple[PublishedFigure, bool, bool]]:
    """Return the figures that were, or may have been, published after the first day and by the last.

    Where a source bears no day, its range may reach over one of the two days. Each figure stands with whether it may
    have been published by the first day already, and whether perhaps only after the last.
    """
    if first == last:
        return []
    found = figures.figures_stated_by(last).filter(stated_until__gt=first)
    return [(one, one.stated_from <= first, not figures.is_stated_by(one, last)) for one in found]
