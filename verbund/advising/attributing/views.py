"""What pays for an accompaniment, an opening, a meeting, a venture: one gated view for each kind, one page for all."""

from verbund.advising.accompaniments import permissions as accompaniments
from verbund.advising.accompaniments.queries import accompaniments_visible_to
from verbund.advising.attributing.pages import attribution_page
from verbund.advising.networks import permissions as networks
from verbund.advising.networks.queries import meetings_visible_to
from verbund.advising.openings import permissions as openings
from verbund.advising.openings.queries import openings_visible_to
from verbund.advising.ventures import permissions as ventures
from verbund.advising.ventures.queries import ventures_visible_to
from verbund.core.permissions import gate


@gate(among=accompaniments_visible_to, may=accompaniments.can_write)
def attribute_accompaniment(request, accompaniment):
    return attribution_page(request, accompaniment)


@gate(among=openings_visible_to, may=openings.keeps_opening)
def attribute_opening(request, opening):
    return attribution_page(request, opening)


@gate(among=meetings_visible_to, may=networks.keeps_networks)
def attribute_meeting(request, meeting):
    return attribution_page(request, meeting)


@gate(among=ventures_visible_to, may=ventures.keeps_venture)
def attribute_venture(request, venture):
    return attribution_page(request, venture)
