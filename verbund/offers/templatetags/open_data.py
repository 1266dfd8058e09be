"""The entry in the words of schema.org inside its own page."""

from django import template
from django.utils.safestring import mark_safe

from verbund.offers.opendata import jsonld

register = template.Library()


@register.inclusion_tag("offers/jsonld.html", takes_context=True)
def structured_data(context, *, offer):
    """A block of data about a public entry (schema.org); browsers run nothing of it, so the page's policy allows it."""
    base = context["request"].build_absolute_uri("/")[:-1]
    return {"data": mark_safe(jsonld.as_script(jsonld.offer(offer, base=base)))}  # noqa: S308 - escaped by as_script
