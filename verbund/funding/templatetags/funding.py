"""What pages of funding ask about their records."""

from django import template
from django.utils.dates import MONTHS
from django.utils.html import format_html

from verbund.core.templatetags import ui
from verbund.funding.listing import TONES

register = template.Library()


@register.simple_tag
def application_tone(application) -> str:
    """The tone of an application's status badge."""
    return TONES[application.status]


@register.simple_tag
def amount_link(*, value, href):
    """An amount that opens to its parts: itself the way to the page, or the place on it, where they stand."""
    shown = ui.money(value=value)
    if value is None or not href:
        return shown
    return format_html('<a class="origin-amount" href="{}">{}</a>', href, shown)


@register.inclusion_tag("funding/parts/origin_link.html")
def origin_link(*, href):
    """The way from an amount to the page that says where it comes from ("Woher?")."""
    return {"href": href}


@register.filter
def month_name(number: int) -> str:
    """The German name of a month."""
    return str(MONTHS[number])


@register.inclusion_tag("funding/parts/demo_mark.html")
def demo_mark(*, call):
    """A small mark on what belongs to a call of the demonstration."""
    return {"call": call}
