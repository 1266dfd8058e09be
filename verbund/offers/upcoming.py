"""Keeps the dates to come of an offer in step with its rules, so that searching asks the database only."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from verbund.core.locks import locking
from verbund.core.models import Holiday
from verbund.offers import versions
from verbund.offers.calculations import Calendar, dates_between
from verbund.offers.lifecycle import PUBLIC, OfferStatus
from verbund.offers.models import Closure, DateChange, Occurrence, Offer, OfferAtPlace, SchoolHoliday, Slot

WEEKS_AHEAD = 8


def calendar_between(first: date, last: date) -> Calendar:
    """Return the holidays of the Land that touch the days from `first` to `last`; two statements."""
    public = Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True)
    school = SchoolHoliday.objects.filter(first_day__lte=last, last_day__gte=first)
    return Calendar(frozenset(public), tuple(school.values_list("first_day", "last_day")))


@transaction.atomic
def renew(offer_ids: Iterable[int] | None, *, on: date) -> int:
    """Compute the dates of the next weeks anew for some offers (None: all); return how many there are.

    Offers that are not public, and paused ones until they open again, have none. A constant number of statements.
    """
    places = OfferAtPlace.objects.filter(offer__status__in=PUBLIC)
    old = Occurrence.objects.all()
    if offer_ids is not None:
        ids = list(offer_ids)
        places, old = places.filter(offer__in=ids), old.filter(at__offer__in=ids)
    old.delete()
    last = on + timedelta(weeks=WEEKS_AHEAD)
    calendar = calendar_between(on, last)
    rows = list(places.values_list("pk", "offer__status", "offer__paused_until", "offer__valid_from",
                                   "offer__valid_until"))  # fmt: skip
    slots, changes, closures = (_by_place(model, [row[0] for row in rows], offer_ids) for model in
                                (Slot, DateChange, Closure))  # fmt: skip
    new = []
    for pk, status, paused_until, valid_from, valid_until in rows:
        begin = max(on, valid_from or on, _after_pause(status, paused_until, last))
        end = min(last, valid_until or last)
        dates = dates_between(
            begin, end, slots=slots[pk], changes=changes[pk], closures=closures[pk], calendar=calendar
        )
        new += [
            Occurrence(
                at_id=pk,
                slot_id=one.slot,
                day=one.day,
                weekday=one.day.weekday(),
                opens=one.opens,
                closes=one.closes,
                by_appointment=one.by_appointment,
            )
            for one in dates
        ]
    Occurrence.objects.bulk_create(new, batch_size=1000)
    return len(new)


def renew_all(*, on: date) -> None:
    """Compute the dates of the next weeks anew for all public offers, a centre at a time: meant for the clock.

    What nobody changes would else have no dates any more after these weeks. Rows are locked as any act locks them.
    """
    public = Offer.objects.filter(status__in=PUBLIC)
    for centre in public.order_by("partner__centre").values_list("partner__centre", flat=True).distinct():
        with transaction.atomic():
            mine = locking(public.filter(partner__centre=centre)).order_by("pk")
            ids = list(mine.values_list("pk", flat=True))
            renew(ids, on=on)
            versions.note_change_of(ids)


def _after_pause(status: str, paused_until: date | None, last: date) -> date:
    """Return the first day after a pause; one without an end lasts beyond the computed weeks."""
    if status != OfferStatus.PAUSED:
        return date.min
    return (paused_until or last) + timedelta(days=1)


def _by_place(model, place_ids: list[int], offer_ids) -> dict[int, list]:
    """Return the rows of the offers' places by place; of all where all are asked for."""
    rows = model.objects.all() if offer_ids is None else model.objects.filter(at__in=place_ids)
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.at_id].append(row)
    return found
