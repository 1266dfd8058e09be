"""What of the openings waits for a centre: reviews that are due, measures that are late, newer concepts."""

from datetime import date

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.advising.models import OpeningMeasure
from verbund.advising.openings import queries
from verbund.advising.permissions import works_in_centre
from verbund.core.acting import Actor
from verbund.core.worklist import Task

MOST = 50


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return the tasks of a centre's staff and lead; four statements."""
    if not works_in_centre(actor):
        return []
    mine = queries.openings_visible_to(actor)
    found = [*_reviews(actor, mine, on), *_agreements_over(actor, mine, on), *_late_measures(actor, mine, on)]
    return [*found, *_newer_versions(actor, mine)]


def _reviews(actor: Actor, mine, on: date) -> list[Task]:
    reason = _("Ein Jahr nach der Vereinbarung oder der letzten Prüfung.")
    due = mine.filter(queries.review_due(on)).order_by("review_due_on", "pk")[:MOST]
    return [_task(actor, _("Jahresprüfung festhalten"), one, reason, due_on=one.review_due_on) for one in due]


def _agreements_over(actor: Actor, mine, on: date) -> list[Task]:
    reason = _("Der letzte Tag der Vereinbarung ist vorbei.")
    over = mine.filter(queries.agreement_over(on)).order_by("agreed_until", "pk")[:MOST]
    return [
        _task(actor, _("Vereinbarung verlängern oder abschließen"), one, reason, due_on=one.agreed_until)
        for one in over
    ]


def _late_measures(actor: Actor, mine, on: date) -> list[Task]:
    late = OpeningMeasure.objects.filter(queries.overdue_measures(on), opening__in=mine.order_by().values("pk"))
    rows = late.order_by().values("opening").annotate(number=Count("pk"), first=Min("due_on"))
    counts = {row["opening"]: row for row in rows.order_by("first")[:MOST]}
    found = mine.in_bulk(list(counts)) if counts else {}
    return [
        _task(
            actor,
            _("Maßnahmen abhaken oder verschieben"),
            found[pk],
            ngettext("Eine Maßnahme ist überfällig.", "%(number)s Maßnahmen sind überfällig.", row["number"])
            % {"number": row["number"]},
            due_on=row["first"],
            anchor="#massnahmen",
        )
        for pk, row in counts.items()
    ]


def _newer_versions(actor: Actor, mine) -> list[Task]:
    reason = _("Die Koordinierungsstelle hat das Musterkonzept neu gefasst.")
    newer = queries.with_newer_version(mine).order_by("pk")[:MOST]
    return [_task(actor, _("Neue Fassung ansehen"), one, reason, anchor="#herkunft") for one in newer]


def _task(actor: Actor, title: str, opening, reason: str, *, due_on=None, anchor: str = "") -> Task:
    return Task(
        title=title,
        subject=str(opening),
        url=opening.get_absolute_url() + anchor,
        due_on=due_on,
        centre=str(opening.centre),
        reason=reason,
        deputised=actor.on_behalf_of is not None,
    )
