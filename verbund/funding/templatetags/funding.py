"""What pages of funding ask about their records."""

from django import template

from verbund.funding.listing import TONES

register = template.Library()


@register.simple_tag
def application_tone(application) -> str:
    """The tone of an application's status badge."""
    return TONES[application.status]


@register.inclusion_tag("funding/parts/demo_mark.html")
def demo_mark(*, call):
    """A small mark on what belongs to a call of the demonstration."""
    return {"call": call}
