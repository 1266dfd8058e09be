"""What pages of funding ask about their records."""

from django import template

from verbund.funding.listing import TONES

register = template.Library()


@register.simple_tag
def application_tone(application) -> str:
    """The tone of an application's status badge."""
    return TONES[application.status]
