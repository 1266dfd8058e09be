"""Cutting a passage out: one gated view for each kind of work, one page for all."""

from verbund.advising.cutting.pages import cut_page
from verbund.advising.networks import permissions as networks
from verbund.advising.networks.queries import meetings_visible_to, networks_visible_to
from verbund.advising.ventures import permissions as ventures
from verbund.advising.ventures.queries import ventures_visible_to
from verbund.core.permissions import gate


@gate(among=meetings_visible_to, may=networks.keeps_networks)
def cut_from_meeting(request, meeting):
    return cut_page(request, meeting)


@gate(among=networks_visible_to, may=networks.keeps_networks)
def cut_from_network(request, network):
    return cut_page(request, network)


@gate(among=ventures_visible_to, may=ventures.keeps_venture)
def cut_from_venture(request, venture):
    return cut_page(request, venture)
