"""A map of the state with one figure per area; its page loads `directory/map.css`."""

from django import template

from verbund.directory.maps.drawing import INSET_LABEL_SIZE, LABEL_SIZE, draw
from verbund.directory.maps.shapes import INSET, MARGIN, WHOLE

register = template.Library()


@register.inclusion_tag("directory/map.html")
def area_map(*, areas, legend, title, summary, name="karte"):
    """Draw a figure: `areas` (MapArea, in the order of the keyboard), `legend` (LegendEntry), a title and a summary.

    `name` tells maps on one page apart: it begins their ids. A list of the same values belongs beside it.
    """
    return {
        "drawing": draw(areas, legend),
        "title": title,
        "summary": summary,
        "name": name,
        "whole": WHOLE.with_margin(MARGIN),
        "inset": INSET,
        "label_size": LABEL_SIZE,
        "inset_label_size": INSET_LABEL_SIZE,
    }
