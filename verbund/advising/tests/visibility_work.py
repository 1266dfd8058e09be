"""Who sees what of accompaniments, ventures and networks: rows for the table of all records, and something to leak."""

from django.db.models import Q

from verbund.accounts.roles import Role
from verbund.advising.accompaniments import queries as accompaniments
from verbund.advising.education import within_own_field
from verbund.advising.enquiries import queries as enquiries
from verbund.advising.models import (
    Accompaniment,
    AccompanimentStep,
    Enquiry,
    Meeting,
    Network,
    PartnerMerge,
    Practice,
    Sending,
    Topic,
    Venture,
    VentureParty,
)
from verbund.advising.networks import queries as networks
from verbund.advising.practices import queries as practices
from verbund.advising.tests.enquiry_story import asked
from verbund.advising.tests.visibility import CENTRE, COORDINATOR, UNITS, of_own_centre, of_own_unit
from verbund.advising.topics import queries as topics
from verbund.advising.ventures import queries as ventures
from verbund.core.dates import today
from verbund.directory.models import Centre, Partner
from verbund.offers.models import Term
from verbund.offers.tests import story

PROVIDER = {Role.PROVIDER_MEMBER}


def of_same_centre_and_not_merged(actor) -> Q:
    return of_own_centre(actor) & ~Q(pk__in=PartnerMerge.objects.values("merged"))


def carried_by_own_house(actor) -> Q:
    taking_part = VentureParty.objects.filter(partner=actor.organisation_id, until=None)
    return Q(pk__in=taking_part.values("venture"))


def in_own_field(part: Q):
    """The coordination unit for schools reads education, the other one everything."""
    return lambda actor: part & within_own_field(actor)


def kept_by_own_house(actor) -> Q:
    return Q(keeper=actor.organisation_id)


def asked_to_take_part(actor) -> Q:
    return Q(centres=actor.organisation_id)


def of_network_of_own_centre(actor) -> Q:
    return Q(network__centre=actor.organisation_id)


ROWS = {
    "accompaniments": (
        Accompaniment,
        accompaniments.accompaniments_visible_to,
        "advising:accompaniment",
        {of_own_centre: CENTRE},
    ),
    "steps of accompaniments": (
        AccompanimentStep,
        accompaniments.steps_visible_to,
        "advising:step-edit",
        {of_own_centre: CENTRE},
    ),
    "institutions advised": (
        Partner,
        accompaniments.institutions_visible_to,
        "advising:institution",
        {of_same_centre_and_not_merged: CENTRE},
    ),
    "institutions merged": (PartnerMerge, accompaniments.merges_visible_to, None, {of_own_centre: CENTRE}),
    "ventures": (
        Venture,
        ventures.ventures_visible_to,
        "advising:venture",
        {of_own_centre: CENTRE, carried_by_own_house: PROVIDER},
    ),
    "titles of what centres try": (
        Venture,
        ventures.ventures_listed_for,
        None,
        {in_own_field(Q(pilots__started_on__isnull=False)): UNITS},
    ),
    "practices": (
        Practice,
        practices.practices_visible_to,
        "advising:practice",
        {
            of_own_centre: CENTRE,
            in_own_field(Q(status="RELEASED")): CENTRE | UNITS,
            in_own_field(~Q(status="DRAFT")): {Role.COORDINATOR},
        },
    ),
    "topics": (
        Topic,
        topics.topics_visible_to,
        None,  # the public ones are open to everybody; who reads which part: test_topics.py
        {
            lambda _actor: Q(status="PUBLIC"): frozenset(Role),
            kept_by_own_house: CENTRE | {Role.COORDINATOR},
            asked_to_take_part: CENTRE,
        },
    ),
    "local networks": (
        Network,
        networks.networks_visible_to,
        "advising:network",
        {of_own_centre: CENTRE},
    ),
    "meetings of networks": (
        Meeting,
        networks.meetings_visible_to,
        "advising:network-meeting",
        {of_network_of_own_centre: CENTRE},
    ),
    "enquiries of citizens": (
        Enquiry,
        enquiries.enquiries_visible_to,
        "advising:enquiry",
        {of_own_centre: CENTRE, of_own_unit: COORDINATOR},
    ),
    "links sent to members of networks": (
        Sending,
        networks.sendings_visible_to,
        "advising:network-sending",
        {of_network_of_own_centre: CENTRE},
    ),
}


def make_hidden(partners) -> None:
    """Make what is merged, ventures a partner has left, practices not released, topics not public, enquiries."""
    for one, other in zip(partners[:2], (story.partner("05122"), story.partner("05978")), strict=True):
        PartnerMerge.objects.create(centre=one.centre, kept=one, merged=other, reason="doppelt", merged_on=today())
    for place, topic in (("42651", "labour"), ("59174", None), ("", None), ("", "school-work")):
        asked(place, topic=topic, on=today())
    told = {"problem": "-", "target_group": "-", "done": "-", "partners": "-", "effect": "-", "conditions": "-"}
    told |= {"failures": "-", "contact_function": "-", "effort_days": 1, "amount_effort": 0}
    for key, field in (("05122", "early-education"), ("05978", "sports")):
        work = {"centre": Centre.objects.get(key=key), "field": Term.objects.get(code=field), "status_since": today()}
        venture = Venture.objects.create(title="Idee", need="-", started_on=today(), **work)
        for partner in partners:
            VentureParty.objects.create(
                venture=venture, partner=partner, since=today(), until=today(), leave_reason="Umzug", function="-"
            )
        for status in ("DRAFT", "SUBMITTED"):
            Practice.objects.create(title="Praxis", status=status, **work, **told)
        topic = Topic.objects.create(keeper=work["centre"].organisation, title="Thema", status_since=today())
        topic.participations.create(centre=Centre.objects.get(key="05916"))
