"""How networks, members and meetings read: names of the day, tones of a status, the course of a meeting."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.models import Meeting, MeetingTask, Network, NetworkMember
from verbund.advising.networks.lifecycle import MeetingStatus, TaskStatus
from verbund.directory.queries import body_name_on

TONES = {
    MeetingStatus.PLANNED: "neutral",
    MeetingStatus.INVITED: "info",
    MeetingStatus.HELD: "warning",
    MeetingStatus.RELEASED: "success",
    MeetingStatus.CANCELLED: "danger",
}
TASK_TONES = {TaskStatus.OPEN: "info", TaskStatus.DONE: "success", TaskStatus.DROPPED: "neutral"}
STAGES = (
    (MeetingStatus.PLANNED, gettext_lazy("geplant")),
    (MeetingStatus.INVITED, gettext_lazy("eingeladen")),
    (MeetingStatus.HELD, gettext_lazy("abgehalten")),
    (MeetingStatus.RELEASED, gettext_lazy("Niederschrift freigegeben")),
)


class Names:
    """What networks and members are called on a day; each body's name is looked up once for each carrier and day."""

    def __init__(self):
        self._found: dict[tuple, str] = {}

    def of_body(self, body: str, carrier, day: date) -> str:
        key = (body, carrier.pk, day)
        if key not in self._found:
            self._found[key] = body_name_on(body, day, carrier=carrier)
        return self._found[key]

    def of_network(self, network: Network, day: date) -> str:
        """Return the name of the network, of a body the one it bore on the day."""
        named = self.of_body(network.body, network.centre.carrier, day) if network.body else ""
        return named or network.name

    def of_member(self, member: NetworkMember, day: date) -> str:
        """Return what the member stands for, of a body the name it bore on the day."""
        named = self.of_body(member.body, member.network.centre.carrier, day) if member.body else ""
        return named or member.organisation

    def of_responsible(self, task: MeetingTask, day: date) -> str:
        """Return who has a task: organisation and function, or the function in the centre."""
        if task.member is None:
            return _("Zentrum: %s") % task.centre_function
        return f"{self.of_member(task.member, day)}, {task.member.function}"


def steps_of(meeting: Meeting) -> list[dict]:
    """Return the course of a meeting for `{% steps %}`."""
    if meeting.is_cancelled:
        return [{"label": meeting.get_status_display(), "state": "current", "note": meeting.cancel_reason}]
    order = [status for status, _label in STAGES]
    now = order.index(meeting.status)
    notes = {MeetingStatus.INVITED: meeting.invited_on, MeetingStatus.RELEASED: meeting.released_on}
    return [
        {
            "label": label,
            "state": "done" if place < now else "current" if place == now else "todo",
            "note": f"{notes[status]:%d.%m.%Y}" if notes.get(status) else "",
        }
        for place, (status, label) in enumerate(STAGES)
    ]


def invite_by(meeting: Meeting) -> date:
    """Return the last day for the invitation by the network's own arrangement."""
    return meeting.day - timedelta(days=meeting.network.invite_days)


def answers_by(meeting: Meeting) -> date:
    """Return the day from which missing answers are followed up: half-way between invitation and meeting."""
    return meeting.day - timedelta(days=meeting.network.invite_days // 2)


def minutes_by(meeting: Meeting) -> date:
    """Return the day by which the minutes are released by the network's own arrangement."""
    return meeting.day + timedelta(days=meeting.network.minutes_days)


def where(meeting: Meeting) -> str:
    """Return place and address of an online meeting, whatever there is."""
    return ", ".join(filter(None, [meeting.place, meeting.online_url]))


def when(meeting: Meeting) -> str:
    """Return day and times: 24.11.2026, 10:00 bis 12:00 Uhr."""
    said = {"day": f"{meeting.day:%d.%m.%Y}", "begin": f"{meeting.begins:%H:%M}", "end": f"{meeting.ends:%H:%M}"}
    return _("%(day)s, %(begin)s bis %(end)s Uhr") % said
