"""What can be asked about runs; those of another centre do not exist."""

from django.db.models import Count, QuerySet

from verbund.offers.models import ImportRow, ImportRun
from verbund.offers.queries import CENTRE_SIDE


def import_runs_visible_to(actor) -> QuerySet[ImportRun]:
    """Return the runs of the own centre, for its staff and lead."""
    if actor.organisation_id is None or actor.role not in CENTRE_SIDE:
        return ImportRun.objects.none()
    return ImportRun.objects.filter(centre_id=actor.organisation_id).select_related("centre__organisation", "partner")


def counts(run: ImportRun) -> dict[str, int]:
    """Return how many rows there are of each kind; kinds without a row have 0."""
    found = dict(run.rows.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind, 0) for kind in ImportRow.Kind.values}


def outcomes(run: ImportRun) -> dict[str, int]:
    """Return how many rows came to what."""
    found = dict(run.rows.order_by().exclude(outcome="").values_list("outcome").annotate(Count("pk")))
    return {outcome: found.get(outcome, 0) for outcome in ImportRow.Outcome.values if outcome}


def undecided(run: ImportRun) -> int:
    return run.rows.filter(kind=ImportRow.Kind.SUSPICIOUS, choice="").count()
