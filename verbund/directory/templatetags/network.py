"""Pieces of the pages about the network."""

from django import template

from verbund.directory.reference_day import PARAMETER, SHORTCUTS, ReferenceDayForm

register = template.Library()
KEPT_LENGTH = 100


@register.inclusion_tag("directory/reference_day.html", takes_context=True)
def reference_day_switch(context, *, reference_day):
    """The switch for the day a page is shown for: any day, shortcuts, back to today. Filters of the address stay."""
    request = context["request"]
    others = request.GET.copy()
    others.pop(PARAMETER, None)
    others.pop("seite", None)
    return {
        "reference_day": reference_day,
        "form": ReferenceDayForm(initial={PARAMETER: reference_day.day}, auto_id="stichtag-%s"),
        "path": request.path,
        "kept": [(name, value[:KEPT_LENGTH]) for name in others for value in others.getlist(name)][:20],
        "rest": others.urlencode(),
        "shortcuts": [
            {"label": label, "value": day.isoformat(), "is_current": day == reference_day.day}
            for label, day in SHORTCUTS
        ],
    }
