"""Who may: predicates that take the acting person first. What is possible now is the lifecycle's question."""

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Centre
from verbund.staffing import queries
from verbund.staffing.models import Occupancy, Post, Secondment, TeacherRequest
from verbund.staffing.parties import AUTHORITY, CARRIER_SIDE, READS_NUMBERS

REQUESTING = frozenset({Role.CENTRE_LEAD, Role.SIGNATORY})


def reads_numbers(actor: Actor) -> bool:
    """Who finds the page of teacher posts at all: everybody who works with grants."""
    return actor.role in READS_NUMBERS


def can_request(actor: Actor) -> bool:
    """The lead of a centre and the signatory of its carrier."""
    return actor.role in REQUESTING and actor.carrier_id is not None


def can_manage_request(actor: Actor, request: TeacherRequest) -> bool:
    """Edit, send and withdraw: the lead and the signatory of this carrier."""
    return can_request(actor) and actor.carrier_id == request.centre.carrier_id


def can_decide(actor: Actor, request: TeacherRequest) -> bool:
    """The approver of the school ministry, whose teachers they are."""
    return actor.role == Role.MINISTRY_APPROVER and queries.is_of_school_ministry(actor)


def sees_secondments(actor: Actor, request: TeacherRequest) -> bool:
    """One by one only the own carrier; everybody else sees sums."""
    return actor.role in CARRIER_SIDE and actor.carrier_id == request.centre.carrier_id


def can_record_secondment(actor: Actor, request: TeacherRequest) -> bool:
    """The lead of this very centre."""
    return actor.role == Role.CENTRE_LEAD and actor.organisation_id == request.centre_id


def can_change_secondment(actor: Actor, secondment: Secondment) -> bool:
    """End it before its time or cancel it: whoever may record one."""
    return can_record_secondment(actor, secondment.request)


# funded posts


def sees_posts(actor: Actor, centre: Centre) -> bool:
    """Posts one by one, occupied or vacant: the own carrier and the granting authority; everybody else sees sums."""
    return actor.role in AUTHORITY or sees_names(actor, centre)


def sees_names(actor: Actor, centre: Centre) -> bool:
    """Who holds a post, and since when the qualification is confirmed: only the own carrier."""
    return actor.role in CARRIER_SIDE and actor.carrier_id == centre.carrier_id


def can_record_occupancy(actor: Actor, post: Post) -> bool:
    """The lead of this very centre."""
    return keeps_posts(actor, post.centre)


def can_change_occupancy(actor: Actor, occupancy: Occupancy) -> bool:
    """Change the share, end, strike out, confirm the qualification: whoever may record one."""
    return keeps_posts(actor, occupancy.post.centre)


def keeps_posts(actor: Actor, centre: Centre) -> bool:
    """Whoever records who holds the posts of a centre: its lead."""
    return actor.role == Role.CENTRE_LEAD and actor.organisation_id == centre.pk
