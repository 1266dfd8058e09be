"""Until when centres may apply: the window of a call, and the longer one a single centre was given."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from verbund.core.acting import Actor
from verbund.core.dates import next_working_day
from verbund.core.deadlines import OPEN, due_day
from verbund.core.models import Deadline
from verbund.directory.models import Centre
from verbund.funding import parties
from verbund.funding.clock_kinds import APPLICATION_WINDOW, CENTRE_WINDOW
from verbund.funding.lifecycle import INSIDE, ApplicationStatus
from verbund.funding.models import Call, CentreWindow, GrantApplication


def windows() -> QuerySet[CentreWindow]:
    """Return the longer windows of single centres, each with its last day (`ends_on`), `reason` and `deadline`."""
    running = Deadline.objects.filter(
        OPEN, kind=CENTRE_WINDOW, subject_type=CentreWindow._meta.label, subject_id=OuterRef("pk")
    ).order_by()
    return CentreWindow.objects.annotate(
        ends_on=Subquery(running.values("ends_on")[:1]),
        reason=Subquery(running.values("extension_reason")[:1]),
        deadline=Subquery(running.values("pk")[:1]),
    )


def windows_visible_to(actor: Actor) -> QuerySet[CentreWindow]:
    """A carrier sees the longer window of its own centre; whoever reads what carriers submit sees all."""
    found = windows().select_related("call__programme", "centre__organisation")
    if actor.role in parties.CARRIER_SIDE and actor.carrier_id is not None:
        return found.filter(centre__carrier_id=actor.carrier_id)
    return found if parties.reads_from_outside(actor) else found.none()


def deadlines_of_windows(found: list[CentreWindow]) -> QuerySet[Deadline]:
    """Return the deadlines of longer windows."""
    return Deadline.objects.filter(pk__in=[window.deadline for window in found])


def window_of(call: Call, centre_id: int) -> CentreWindow | None:
    """Return the longer window a centre was given under a call, or None."""
    return windows().filter(call=call, centre_id=centre_id).first()


def centres_without_submission(call: Call) -> QuerySet[Centre]:
    """Return the centres that have not submitted under a call: those who may need more time."""
    done = {ApplicationStatus.WITHDRAWN, ApplicationStatus.REFUSED, *INSIDE}
    submitted = GrantApplication.objects.filter(call=call).exclude(status__in=done)
    return Centre.objects.exclude(pk__in=submitted.values("centre")).select_related("organisation")


def last_day_to_apply(call: Call, centre_id: int) -> date | None:
    """Return the last day on which a centre applies in time: its own, else the call's; None where none is known."""
    if call.closes_on is None:
        return None
    own = window_of(call, centre_id)
    return own.ends_on if own else next_working_day(call.closes_on)


def running_windows(carrier_id: int, *, on: date) -> QuerySet[CentreWindow]:
    """Return the longer windows of a carrier's centres that are not over."""
    return windows().filter(centre__carrier_id=carrier_id, ends_on__gte=on)


def day_to_apply() -> Coalesce:
    """Return the last day to apply as an expression for lists of applications: the centre's own, else the call's."""
    own = CentreWindow.objects.filter(call=OuterRef(OuterRef("call_id")), centre=OuterRef(OuterRef("centre_id")))
    longer = Deadline.objects.filter(
        OPEN, kind=CENTRE_WINDOW, subject_type=CentreWindow._meta.label, subject_id__in=own.order_by().values("pk")
    )
    of_call = due_day(APPLICATION_WINDOW, Call, path="call_id")
    return Coalesce(Subquery(longer.order_by().values("ends_on")[:1]), of_call)
