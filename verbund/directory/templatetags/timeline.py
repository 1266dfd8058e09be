"""Names over time as a picture drawn by the server, with the same rows as a table."""

from django import template

from verbund.directory.calculations import covers
from verbund.directory.timeline import drawn

register = template.Library()


@register.inclusion_tag("directory/timeline_picture.html")
def names_timeline(*, rows, until, reference_day=None, label=""):
    """The names in `rows` (see `directory.timeline`) from 2010 to the year of the day `until`.

    With `reference_day` (a day) a line stands there, and what is valid then is bold. `label` names the picture. The
    page that shows it loads `directory/timeline.css`.
    """
    return {
        "picture": drawn(rows, until=until, reference_day=reference_day),
        "lines": [
            {"title": row.title, "bar": bar, "is_current": reference_day is not None and covers(bar, reference_day)}
            for row in rows
            for bar in row.bars
        ],
        "reference_day": reference_day,
        "label": label,
    }
