"""The cast and the stages of teacher posts, for tests: each function brings a request one stage further."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.support.cast import acting, centre, member
from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Membership, Organisation
from verbund.staffing import operations
from verbund.staffing.models import Secondment, TeacherRequest

ASKED, DECIDED, SECONDED = date(2023, 10, 20), date(2023, 11, 20), date(2023, 12, 1)
YEAR = 2024


@dataclass
class People:
    """One actor per function: of one centre and its carrier, and of the school ministry."""

    lead: Actor
    signatory: Actor
    ministry: Actor


def school_ministry() -> Organisation:
    return Organisation.objects.get(code="MIN-SCHULE")


def at_school_ministry(role: Role = Role.MINISTRY_APPROVER, **options) -> Membership:
    return member(role, school_ministry(), **options)


def people(key: str = "05122") -> People:
    return People(
        lead=acting(member(Role.CENTRE_LEAD, at=key)),
        signatory=acting(member(Role.SIGNATORY, at=key)),
        ministry=acting(at_school_ministry()),
    )


def draft(cast: People, *, key: str = "05122", year: int = YEAR, posts: str = "2", reason: str = "") -> TeacherRequest:
    return operations.start_request(
        centre(key), year=year, posts_requested=Decimal(posts), reason=reason, on=ASKED, actor=cast.lead
    )


def requested(cast: People, **options) -> TeacherRequest:
    request = draft(cast, **options)
    operations.submit_request(request, on=ASKED, actor=cast.lead)
    return request


def confirmed(cast: People, **options) -> TeacherRequest:
    request = requested(cast, **options)
    operations.confirm_request(request, posts_confirmed=request.posts_requested, on=DECIDED, actor=cast.ministry)
    return request


def seconded(
    request: TeacherRequest,
    cast: People,
    *,
    label: str = "Lehrkraft 1",
    share: str = "1",
    first: tuple[int, int] = (1, 1),
    last: tuple[int, int] = (12, 31),
) -> Secondment:
    return operations.record_secondment(
        request,
        label=label,
        full_time_share=Decimal(share),
        valid_from=date(request.year, *first),
        valid_until=date(request.year, *last),
        on=SECONDED,
        actor=cast.lead,
    )
