"""What the map of coverage asks of the records: four statements for any day and all years."""

from django.db.models import F

from verbund.directory.calculations import folded
from verbund.directory.models import Centre, LifeStep, PublishedFigure


def centres_with_steps() -> list[dict]:
    """Return every centre with key, names, place and its life steps, by place in German order; two statements."""
    rows = Centre.objects.values(
        "pk",
        "key",
        name=F("organisation__name"),
        area=F("carrier__organisation__name"),
        place=F("carrier__district__name"),
    )
    centres = {row["pk"]: {**row, "steps": []} for row in rows.order_by("key")}
    for step in LifeStep.objects.order_by():
        centres[step.centre_id]["steps"].append(step)
    return sorted(centres.values(), key=lambda row: (folded(row["place"]), row["key"]))


def published_counts() -> list[PublishedFigure]:
    """Return the figures others have published about the number of centres."""
    return list(PublishedFigure.objects.filter(subject=PublishedFigure.Subject.COVERAGE))
