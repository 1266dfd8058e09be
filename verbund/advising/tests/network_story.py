"""What the tests of local networks work with: a working group of Solingen, its members, a meeting, links from mails."""

import re
from datetime import date, time

from tests.support.cast import acting, centre, member
from verbund.accounts.roles import Role
from verbund.advising.models import Meeting, Network, NetworkMember, Sending
from verbund.advising.networks import operations
from verbund.core.models import OutboxMail
from verbund.offers.models import Term
from verbund.offers.tests import story

TODAY = date(2026, 11, 23)
MEETING_DAY = date(2026, 12, 9)
FIELD = "labour"


def staff(key: str = "05122"):
    """Return somebody of a centre as actor."""
    return acting(member(Role.CENTRE_STAFF, at=key))


def network(actor, *, key: str = "05122", **values) -> Network:
    """Make a working group the centre leads."""
    usual = {
        "name": "Arbeitskreis Arbeit und Ankommen",
        "kind": Network.Kind.WORKING_GROUP,
        "part": Network.Part.LEADS,
        "purpose": "Wege in Arbeit gemeinsam planen",
        "field": Term.objects.get(kind="FIELD", code=FIELD),
        "valid_from": date(2026, 1, 1),
        "valid_until": None,
    }
    return operations.found_network(centre(key), **usual | values, actor=actor)


def sitting(record: Network, actor, **values) -> NetworkMember:
    """Take a member in: the police, where nobody else is named."""
    usual = {"function": "Kontaktstelle", "email": "kontakt@stelle.example", "valid_from": date(2026, 1, 1)}
    if not values.get("partner") and not values.get("body"):
        usual["body_text"] = "Polizei"
    return operations.add_member(record, **usual | values, actor=actor)


def partner(name: str = "Wohlfahrtsverband", **more):
    return story.partner(name=name, kind="WELFARE_ASSOCIATION", **more)


def planned(record: Network, actor, *, day: date = MEETING_DAY, points=("Bericht", "Verschiedenes")) -> Meeting:
    """Plan a meeting with an agenda."""
    meeting = operations.plan_meeting(
        record, day=day, begins=time(10), ends=time(12), place="Rathaus, Raum 2", actor=actor
    )
    found = [operations.Point(title) for title in points]
    operations.set_agenda(meeting, found, seen=meeting.version, actor=actor)
    return meeting


def invited(record: Network, actor, members, *, on: date = TODAY, **how) -> Meeting:
    """Plan a meeting and invite members."""
    meeting = planned(record, actor, **how)
    operations.send_links(record, Sending.Kind.INVITATION, members, meeting=meeting, on=on, actor=actor)
    meeting.refresh_from_db()
    return meeting


def held(meeting: Meeting, actor) -> Meeting:
    operations.hold_meeting(meeting, on=meeting.day, actor=actor)
    return meeting


def released(meeting: Meeting, actor) -> Meeting:
    operations.release_minutes(held(meeting, actor), on=meeting.day, actor=actor)
    return meeting


def mails() -> list[OutboxMail]:
    return list(OutboxMail.objects.order_by("pk"))


def token_of(mail: OutboxMail) -> str:
    """Return the token of the link in a mail."""
    return re.search(r"/beratung/netz/([^/\s]+)/", mail.body)[1]


def path_of(mail: OutboxMail) -> str:
    return f"/beratung/netz/{token_of(mail)}/"
