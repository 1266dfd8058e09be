"""Teacher posts of the demonstration: Solingen 2012, a year under way in Herne, a request of Kreis Unna that waits.

That each centre of 2012 had two seconded teachers is evidenced; days, shares and functions are made up. Everything
carries `is_demo` and goes with `remove()`.
"""

from datetime import date, timedelta
from decimal import Decimal

from verbund.accounts.roles import Role
from verbund.core.dates import on_demo_day
from verbund.directory.demo import World
from verbund.directory.models import Centre
from verbund.staffing import operations
from verbund.staffing.models import Secondment, TeacherRequest

MINISTRY = "MIN-SCHULE"
TWO = Decimal(2)
FULL, HALF = Decimal(1), Decimal("0.5")
REASON = "Seiteneinsteigerberatung und durchgängige Sprachbildung (Vorführung)."


def load(world: World) -> None:
    """Make requests and secondments that are not there yet."""
    if TeacherRequest.objects.filter(is_demo=True).exists():
        return
    solingen = _confirmed(world, "05122", 2012, asked_on=date(2012, 11, 15), decided_on=date(2012, 11, 28))
    for number in (1, 2):
        _seconded(world, solingen, f"Lehrkraft {number}", FULL, date(2012, 12, 1), on=date(2012, 11, 29))
    year = world.on.year
    herne = _confirmed(world, "05916", year, asked_on=date(year - 1, 10, 20), decided_on=date(year - 1, 11, 25))
    for number, share in ((1, FULL), (2, HALF)):
        _seconded(world, herne, f"Lehrkraft {number}", share, date(year, 1, 1), on=date(year - 1, 12, 10))
    _requested(world, "05978", year + 1, on=world.on - timedelta(days=8))


def _requested(world: World, key: str, year: int, *, on: date) -> TeacherRequest:
    lead = world.actor(Role.CENTRE_LEAD, f"KI-{key}")
    centre = Centre.objects.select_related("carrier", "organisation").get(key=key)
    with on_demo_day(on):
        request = operations.start_request(centre, year=year, posts_requested=TWO, reason=REASON, on=on, actor=lead)
        operations.submit_request(request, on=on, actor=lead)
    return request


def _confirmed(world: World, key: str, year: int, *, asked_on: date, decided_on: date) -> TeacherRequest:
    request = _requested(world, key, year, on=asked_on)
    with on_demo_day(decided_on):
        ministry = world.actor(Role.MINISTRY_APPROVER, MINISTRY)
        operations.confirm_request(request, posts_confirmed=TWO, on=decided_on, actor=ministry)
    return request


def _seconded(world: World, request: TeacherRequest, label: str, share: Decimal, first: date, *, on: date) -> None:
    operations.record_secondment(
        request,
        label=label,
        full_time_share=share,
        valid_from=first,
        valid_until=date(request.year, 12, 31),
        on=on,
        actor=world.actor(Role.CENTRE_LEAD, f"KI-{request.centre.key}"),
    )


def remove() -> None:
    """Remove everything made up here; the audit trail stays."""
    requests = TeacherRequest.objects.filter(is_demo=True)
    Secondment.objects.filter(request__in=requests).delete()
    requests.delete()
