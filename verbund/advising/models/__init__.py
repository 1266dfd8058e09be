"""What this app stores: one file per kind of work."""

from verbund.advising.models.base import CentreWork
from verbund.advising.models.network_links import NetworkLink, Sending
from verbund.advising.models.network_meetings import (
    AgendaItem,
    Meeting,
    MeetingTask,
    NetworkDecision,
    Paper,
    Participation,
)
from verbund.advising.models.networks import Network, NetworkMember

__all__ = [
    "AgendaItem",
    "CentreWork",
    "Meeting",
    "MeetingTask",
    "Network",
    "NetworkDecision",
    "NetworkLink",
    "NetworkMember",
    "Paper",
    "Participation",
    "Sending",
]
