"""What can be asked about enquiries: who sees them, which period applies, what stands behind a link."""

from collections.abc import Collection
from datetime import date, timedelta

from django.core import signing
from django.db.models import Q, QuerySet

from verbund.advising import permissions
from verbund.advising.models import Enquiry, EnquiryRule
from verbund.core.acting import Actor
from verbund.core.dates import after_working_days, holidays_from

SALT = "verbund.advising.enquiry"
What = EnquiryRule.What


def enquiries_visible_to(actor: Actor) -> QuerySet[Enquiry]:
    """Return what the own centre or the own unit has now; nobody else reads what citizens write."""
    if permissions.works_in_centre(actor):
        mine = Q(centre=actor.organisation_id)
    elif permissions.coordinates(actor) and actor.organisation_id is not None:
        mine = Q(unit=actor.organisation_id)
    else:
        return Enquiry.objects.none()
    return Enquiry.objects.filter(mine).select_related("centre__organisation", "unit", "field", "stage", "municipality")


def answer_day(received: date) -> date:
    """Return the day until which somebody answers what came in on a day."""
    days = EnquiryRule.in_force(What.ANSWER_WORKING_DAYS, on=received).value
    return after_working_days(received, days, holidays_from(received, days=days * 3 + 30))


def reply_day(asked_back: date) -> date:
    """Return the day until which the reply to a question asked back is awaited."""
    return reply_days([asked_back])[asked_back]


def reply_days(asked_back: Collection[date]) -> dict[date, date]:
    """Return for days on which something was asked back until when the reply is awaited; two queries for all."""
    if not asked_back:
        return {}
    rules = EnquiryRule.objects.filter(what=What.REPLY_WORKING_DAYS).order_by("valid_from")
    periods = list(rules.values_list("valid_from", "value"))
    longest = max(value for _from, value in periods) * 3 + 30
    first = min(asked_back)
    holidays = holidays_from(first, days=(max(asked_back) - first).days + longest)
    in_force = {day: [value for valid_from, value in periods if valid_from <= day][-1] for day in asked_back}
    return {day: after_working_days(day, value, holidays) for day, value in in_force.items()}


def days_stood_still(enquiry: Enquiry, *, on: date) -> dict[str, date]:
    """Return the promised days after a pause: moved on by the working days it waited for whoever asked.

    The first promise moves only until there is an answer: later nothing is measured by it.
    """
    holidays = holidays_from(enquiry.status_since, days=(on - enquiry.status_since).days + 400)
    waited, day = 0, enquiry.status_since
    while (day := after_working_days(day, 1, holidays)) <= on:
        waited += 1
    names = ["due_on"] if enquiry.answered_on else ["due_on", "promised_on"]
    return {name: after_working_days(getattr(enquiry, name), waited, holidays) for name in names}


def kept_until(enquiry: Enquiry) -> date | None:
    """Return the last day on which the text is there; None while somebody has to answer."""
    if enquiry.ended_on is None:
        return None
    return enquiry.ended_on + timedelta(days=EnquiryRule.in_force(What.KEPT_DAYS, on=enquiry.ended_on).value)


def token_of(enquiry: Enquiry) -> str:
    """Return what the asker's link ends with: the reference, signed."""
    return _signer().sign(enquiry.reference)


def enquiry_of(token: str) -> Enquiry | None:
    """Return the enquiry behind a link, also one whose text is deleted; None for a link that never was."""
    try:
        reference = _signer().unsign(token)
    except signing.BadSignature:
        return None
    found = Enquiry.objects.select_related("centre__organisation", "unit", "field", "municipality")
    return found.filter(reference=reference).first()


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def to_forget(*, on: date) -> list[Enquiry]:
    """Return the enquiries whose text has been kept long enough, by the period that applied when they ended."""
    ended = Enquiry.objects.filter(forgotten_on=None, ended_on__lt=on).order_by("pk")
    return [one for one in ended if kept_until(one) < on]
