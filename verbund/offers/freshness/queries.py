"""What can be asked about questions, answers and reports, and what waits for a centre."""

import hashlib
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.dates import after_working_days, holidays_from
from verbund.core.worklist import Task
from verbund.directory.models import Partner
from verbund.offers import queries as offers
from verbund.offers.freshness.calculations import due_if_checked_before
from verbund.offers.freshness.lifecycle import UNDER_WAY, RequestStatus
from verbund.offers.lifecycle import PUBLIC, OfferStatus
from verbund.offers.models import ConfirmationEntry, ConfirmationLink, FreshnessRule, Offer, ReaderReport, Slot

Answer, What = ConfirmationEntry.Answer, FreshnessRule.What


def rule(what: str, *, on: date) -> int:
    """Return the number that applies on a day: months, days or working days, as its name says."""
    return FreshnessRule.in_force(what, on=on).value


def due_offers(*, on: date) -> QuerySet[Offer]:
    """Return the public entries whose last check no longer holds: those with hours sooner than others."""
    has_hours = Exists(Slot.objects.filter(at__offer=OuterRef("pk")))
    with_hours = due_if_checked_before(on, rule(What.MONTHS_WITH_HOURS, on=on))
    other = due_if_checked_before(on, rule(What.MONTHS_OTHER, on=on))
    is_due = Q(has_hours, checked_on__lt=with_hours) | Q(checked_on__lt=other) | Q(checked_on=None)
    waiting = ConfirmationEntry.objects.filter(offer=OuterRef("pk"), settled_on=None)
    is_with_the_centre = Exists(waiting.filter(answer__in=[Answer.CHANGED, Answer.GONE]))
    return offers.public_offers(on=on).filter(is_due).exclude(is_with_the_centre)


def partners_to_ask(*, on: date) -> QuerySet[Partner]:
    """Return the partners with due entries who are not being asked already, by mail or by telephone.

    Nobody is asked by the clock again before the link of the last mail has ended.
    """
    lately = on - timedelta(days=rule(What.LINK_DAYS, on=on))
    still_waiting = waiting_entries(on=on).filter(request__partner=OuterRef("pk"))
    asked = Q(confirmation_requests__status__in=UNDER_WAY) | Q(confirmation_requests__asked_on__gt=lately)
    due = Partner.objects.filter(Exists(due_offers(on=on).filter(partner=OuterRef("pk")))).exclude(
        Exists(still_waiting.filter(request__status=RequestStatus.HANDED_OVER))
    )
    return due.exclude(pk__in=Partner.objects.filter(asked).values("pk")).order_by("pk")


def to_ask_about(partner: Partner, *, on: date) -> QuerySet[Offer]:
    """Return what one mail asks about: all that is due, and what falls due before its link ends, to save a mail."""
    until = on + timedelta(days=rule(What.LINK_DAYS, on=on))
    return due_offers(on=until).filter(pk__in=offers.public_offers(on=on).values("pk"), partner=partner)


def waiting_entries(*, on: date) -> QuerySet[ConfirmationEntry]:
    """Return the entries nobody has said anything about since the question: no answer, no check on another way."""
    unchecked = Q(offer__checked_on=F("checked_on_before")) | Q(offer__checked_on=None)
    public = Q(offer__status__in=PUBLIC) & (Q(offer__valid_until=None) | Q(offer__valid_until__gte=on))
    return ConfirmationEntry.objects.filter(unchecked & public, answer="", settled_on=None)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> ConfirmationLink | None:
    """Return the link a token belongs to, also one that has ended."""
    found = ConfirmationLink.objects.select_related("request__partner__organisation", "request__partner__centre")
    return found.filter(token_sha256=token_hash(token)).first()


def said_gone() -> Exists:
    """Return the condition that an entry's provider said it is over, and the centre has not looked into it yet."""
    rows = ConfirmationEntry.objects.filter(offer=OuterRef("pk"), answer=Answer.GONE, settled_on=None)
    return Exists(rows)


# what waits for a centre


def entries_of_centre(actor: Actor) -> QuerySet[ConfirmationEntry]:
    """Return what the partners of the own centre were asked; for its staff and lead only."""
    found = ConfirmationEntry.objects.select_related("offer", "request__partner__organisation")
    if actor.role not in offers.CENTRE_SIDE or actor.organisation_id is None:
        return found.none()
    return found.filter(request__partner__centre_id=actor.organisation_id)


def reports_of_centre(actor: Actor) -> QuerySet[ReaderReport]:
    """Return what readers said about entries of the own centre's partners; for its staff and lead only."""
    found = ReaderReport.objects.select_related("offer__partner__organisation")
    if actor.role not in offers.CENTRE_SIDE or actor.organisation_id is None:
        return found.none()
    return found.filter(offer__partner__centre_id=actor.organisation_id)


def partners_of_centre(actor: Actor) -> QuerySet[Partner]:
    """Return the partners a centre may ask, for its staff and lead only."""
    found = offers.kept_partners(actor)
    return found if actor.role in offers.CENTRE_SIDE else found.none()


def open_answers(actor: Actor, answer: str) -> QuerySet[ConfirmationEntry]:
    """Return the answers of a kind that the centre has not settled, oldest first."""
    found = entries_of_centre(actor).filter(answer=answer, settled_on=None)
    return found.exclude(offer__status=OfferStatus.ENDED).order_by("answered_on", "pk")


def unanswered(actor: Actor, *, on: date) -> QuerySet[ConfirmationEntry]:
    """Return the entries to be asked about by telephone, partner by partner."""
    mine = entries_of_centre(actor).values("pk")
    found = waiting_entries(on=on).filter(pk__in=mine, request__status=RequestStatus.HANDED_OVER)
    found = found.select_related("offer", "request__partner__organisation")
    return found.order_by(
        "request__handed_over_on", "request__partner__organisation__name", "request_id", "offer__title", "pk"
    )


def open_reports(actor: Actor) -> QuerySet[ReaderReport]:
    """Return the reports nobody has settled about entries that are still shown, oldest first."""
    return reports_of_centre(actor).filter(settled_on=None, offer__status__in=PUBLIC)


def confirmed_lately(actor: Actor, *, days: int, on: date) -> int:
    """Return how many entries the partners of a centre confirmed by link in the last days, today included."""
    lately = entries_of_centre(actor).filter(answered_on__gt=on - timedelta(days=days), answered_on__lte=on)
    return lately.filter(answer=Answer.CORRECT).count()


def partners_with_questions(actor: Actor, *, on: date) -> QuerySet[Partner]:
    """Return the partners of a centre that have public entries: how many, how many due, when they were last asked."""
    public = Q(offers__in=offers.public_offers(on=on))
    due = Q(offers__in=due_offers(on=on))
    asked = Max("confirmation_requests__asked_on")
    under_way = Max("confirmation_requests__asked_on", filter=Q(confirmation_requests__status__in=UNDER_WAY))
    found = partners_of_centre(actor).annotate(
        public_count=Count("offers", filter=public, distinct=True),
        due_count=Count("offers", filter=due, distinct=True),
        last_asked_on=asked,
        asked_since=under_way,
    )
    return found.filter(public_count__gt=0).order_by("-due_count", "organisation__name")


def answer_day(received: date, *, on: date) -> date:
    """Return the day by which the centre has looked at what came in on a day."""
    return after_working_days(received, rule(What.ANSWER_WORKING_DAYS, on=on), holidays_from(received, days=60))


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return one line for everything that came in about the entries of a centre, due when the oldest is due."""
    if actor.role not in offers.CENTRE_SIDE or actor.organisation_id is None:
        return []
    kinds = (
        (_("Geändertes: %s"), open_answers(actor, Answer.CHANGED), "answered_on"),
        (_("nicht mehr da: %s"), open_answers(actor, Answer.GONE), "answered_on"),
        (_("Hinweise: %s"), open_reports(actor), "reported_on"),
        (_("ohne Antwort: %s"), unanswered(actor, on=on), "request__handed_over_on"),
    )
    found = [(words, rows.order_by().aggregate(number=Count("pk"), first=Min(day))) for words, rows, day in kinds]
    found = [(words, row) for words, row in found if row["number"]]
    if not found:
        return []
    return [
        Task(
            title=_("Rückmeldungen zu Angeboten ansehen"),
            subject=" · ".join(words % row["number"] for words, row in found),
            url=reverse("offers:feedback"),
            due_on=answer_day(min(row["first"] for _words, row in found), on=on),
            centre=actor.label,
            reason=_("Ihr Zentrum betreut diese Einträge."),
            deputised=actor.on_behalf_of is not None,
        )
    ]
