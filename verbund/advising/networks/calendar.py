"""Meetings written as iCalendar (RFC 5545) in Berlin time, for calendars of the centre and of members."""

import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from verbund.advising.models import Meeting
from verbund.advising.networks import reading
from verbund.core.calendars import berlin_time_zone
from verbund.core.dates import BERLIN

if TYPE_CHECKING:
    import icalendar

MADE_BY = "-//Verbund//Netzwerke//DE"
ASKED_AGAIN_AFTER = timedelta(hours=6)
CALENDAR = "text/calendar; charset=utf-8"


def write(meetings: Sequence[Meeting], *, name: str, url: str = "") -> bytes:
    """Return meetings as a calendar; `url` is the page each one leads to. The same meetings give the same bytes."""
    import icalendar  # only a calendar pays for it, not every start

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", line(name))
    calendar.add("x-wr-calname", line(name))
    calendar.add("x-wr-timezone", str(BERLIN))
    calendar.add("refresh-interval", ASKED_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add_component(berlin_time_zone())
    names = reading.Names()
    for one in meetings:
        calendar.add_component(_event(one, names.of_network(one.network, one.day), url))
    return calendar.to_ical()


def _event(meeting: Meeting, name: str, url: str) -> "icalendar.Event":
    """Return a meeting; its UID stays, also when it is moved or called off."""
    import icalendar

    found = icalendar.Event()
    found.add("uid", str(meeting.uid))
    found.add("dtstamp", meeting.changed_at)
    found.add("last-modified", meeting.changed_at)
    found.add("sequence", meeting.version)
    found.add("dtstart", meeting.starts_at)
    found.add("dtend", meeting.ends_at)
    found.add("summary", line(name))
    found.add("location", line(meeting.place or _("online")))
    said = [line(meeting.online_url)] if meeting.online_url else []
    if meeting.is_cancelled:
        said.append(_("Diese Sitzung ist abgesagt."))
    if said:
        found.add("description", "\n".join(said))
    if url:
        found.add("url", url)
    found.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return found


def line(said: str) -> str:
    """Return a text in one line, without signs nobody sees."""
    visible = (
        " " if sign.isspace() else sign for sign in said if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    return " ".join("".join(visible).split())


def respond(content: bytes, *, filename: str) -> HttpResponse:
    """Answer with a calendar."""
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
