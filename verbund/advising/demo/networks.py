"""Made-up networks of two centres: a meeting with minutes and tasks, one to invite to, one to write up.

Members are functions with mailboxes nobody reads.
"""

from datetime import date, time, timedelta

from verbund.accounts.roles import Role
from verbund.advising.models import (
    Meeting,
    MeetingTask,
    Network,
    NetworkDecision,
    NetworkLink,
    NetworkMember,
    Sending,
)
from verbund.advising.networks import operations
from verbund.directory.demo import MAIL_DOMAIN, World
from verbund.directory.models import Centre, Partner
from verbund.directory.operations import create_partner
from verbund.offers.models import Term

PARTNERS = (
    ("Beispielverband Hafen (Vorführung)", Partner.Kind.WELFARE_ASSOCIATION, "Leitung der Beratungsstelle", "hafen"),
    ("Beispielverein Werkstatt (Vorführung)", Partner.Kind.MIGRANT_ORGANISATION, "Vorstand", "werkstatt"),
)
POINTS = ("Bericht aus den Beratungsstellen", "Kurse am Nachmittag", "Verschiedenes")
USUAL = {"rhythm": "vierteljährlich", "valid_until": None}


def load(world: World) -> None:
    """Make the networks, unless they are there already."""
    if Network.objects.filter(is_demo=True).exists():
        return
    _solingen(world)
    _unna(world)


def remove() -> None:
    """Remove all made-up networks with everything that hangs on them; their institutions go with the offers'."""
    found = Network.objects.filter(is_demo=True)
    NetworkLink.objects.filter(sending__network__in=found).delete()
    Sending.objects.filter(network__in=found).delete()
    for model in (MeetingTask, NetworkDecision):
        model.objects.filter(meeting__network__in=found).delete()
    Meeting.objects.filter(network__in=found).delete()
    NetworkMember.objects.filter(network__in=found).delete()
    found.delete()


def _solingen(world: World) -> None:
    actor, on = world.actor(Role.CENTRE_STAFF, "KI-05122"), world.on
    centre = Centre.objects.select_related("carrier").get(key="05122")
    usual = {**USUAL, "is_demo": True, "actor": actor, "valid_from": on - timedelta(days=400)}
    group = operations.found_network(
        centre, name="Arbeitskreis Sprache und Arbeit", kind=Network.Kind.WORKING_GROUP, part=Network.Part.LEADS,
        purpose="Sprachkurse und Wege in Arbeit aufeinander abstimmen.", field=_term("FIELD", "labour"), **usual,
    )  # fmt: skip
    members = _members(group, centre, actor)
    past = _meeting(group, on - timedelta(days=35), actor)
    operations.send_links(
        group, Sending.Kind.INVITATION, members, meeting=past, on=on - timedelta(days=56), actor=actor
    )
    _minutes(past, members, actor, on=past.day + timedelta(days=9))
    _meeting(group, on + timedelta(days=21), actor)
    operations.found_network(
        centre, name="Integrationsrat Solingen", kind=Network.Kind.COUNCIL, part=Network.Part.SITS_IN,
        body="INTEGRATION_COUNCIL", purpose="Das Zentrum berichtet und nimmt Anregungen mit.",
        field=_term("FIELD", "participation"), **usual,
    )  # fmt: skip


def _unna(world: World) -> None:
    """Make a round table of the education chain whose last minutes are still to be written."""
    actor, on = world.actor(Role.CENTRE_LEAD, "KI-05978"), world.on
    centre = Centre.objects.select_related("carrier").get(key="05978")
    table = operations.found_network(
        centre, name="Runder Tisch Übergang Schule und Beruf", kind=Network.Kind.ROUND_TABLE, part=Network.Part.LEADS,
        purpose="Jugendlichen mit internationaler Familiengeschichte den Weg in Ausbildung zeigen.",
        field=_term("FIELD", "school-work"), stage=_term("CHAIN_STAGE", "secondary-two"), is_demo=True, actor=actor,
        valid_from=on - timedelta(days=300), **USUAL,
    )  # fmt: skip
    operations.add_member(
        table, body_text="Industrie- und Handelskammer", function="Ausbildungsberatung",
        email=f"kammer.netz{MAIL_DOMAIN}", valid_from=table.valid_from, actor=actor,
    )  # fmt: skip
    past = _meeting(table, on - timedelta(days=6), actor)
    operations.hold_meeting(past, on=past.day, actor=actor)


def _term(kind: str, code: str) -> Term:
    return Term.objects.get(kind=kind, code=code)


def _members(group: Network, centre: Centre, actor) -> list[NetworkMember]:
    """Take in two institutions, the council and the police."""
    seats = [
        {"partner": _partner(centre, name, kind, actor), "function": function, "email": f"{slug}.netz{MAIL_DOMAIN}"}
        for name, kind, function, slug in PARTNERS
    ]
    seats += [
        {"body": "INTEGRATION_COUNCIL", "function": "Vorsitz", "email": f"rat.netz{MAIL_DOMAIN}"},
        {"body_text": "Polizei", "function": "Kontaktstelle", "email": f"polizei.netz{MAIL_DOMAIN}"},
    ]
    return [operations.add_member(group, **seat, valid_from=group.valid_from, actor=actor) for seat in seats]


def _partner(centre: Centre, name: str, kind: str, actor) -> Partner:
    found = Partner.objects.filter(centre=centre, organisation__name=name).first()
    return found or create_partner(centre, name, {"kind": kind}, is_demo=True, actor=actor)


def _meeting(network: Network, day: date, actor) -> Meeting:
    meeting = operations.plan_meeting(
        network, day=day, begins=time(10), ends=time(12), place="Rathaus, großer Saal", actor=actor
    )
    points = [operations.Point(title) for title in POINTS]
    operations.set_agenda(meeting, points, seen=meeting.version, actor=actor)
    return meeting


def _minutes(meeting: Meeting, members: list[NetworkMember], actor, *, on: date) -> None:
    """Write the minutes with a decision and two tasks, and release them."""
    operations.hold_meeting(meeting, on=meeting.day, actor=actor)
    texts = {
        item.pk: "Die Stellen berichten. Wartezeiten gibt es vor allem am Nachmittag."
        for item in meeting.agenda.all()[:1]
    }
    came = operations.Attendance(came={member.pk: 1 for member in members[:3]}, guests=2)
    operations.write_minutes(meeting, texts, came, seen=meeting.version, actor=actor)
    operations.record_decision(meeting, text="Die Kurse am Nachmittag werden gemeinsam beworben.", actor=actor)
    due = {"due_on": meeting.day + timedelta(days=60), "actor": actor}
    operations.agree_task(meeting, text="Liste der Kurse am Nachmittag an das Zentrum geben", member=members[0], **due)
    operations.agree_task(meeting, text="Gemeinsamen Aushang entwerfen", centre_function="Fachkraft Netzwerke", **due)
    operations.release_minutes(meeting, on=on, actor=actor)
