"""Asking partners whether their entries still hold: the question, one reminder, and then the centre's telephone."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import SYSTEM
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.notifications import UnmailableAddress
from verbund.directory.models import Partner
from verbund.offers.freshness import notifications, queries
from verbund.offers.freshness.lifecycle import REQUEST, UNDER_WAY, RequestStatus
from verbund.offers.models import ConfirmationEntry, ConfirmationLink, ConfirmationRequest, FreshnessRule, Offer

TOKEN_BYTES = 32
MOST_AT_ONCE = 200
"""How many partners one run of the clock asks: the others follow with the next, and no centre's telephone floods."""


class AlreadyAsked(DomainError):
    """A partner answers one question at a time."""


class NothingToAsk(DomainError):
    """A partner without public entries cannot be asked about any."""


@transaction.atomic
def ask_partner(partner: Partner, offers: Iterable[Offer], *, on: date, actor) -> ConfirmationRequest:
    """Ask a partner about entries in one mail; one without a usable address is the centre's to phone at once.

    An older question that went to the centre is replaced. Raises AlreadyAsked, NothingToAsk.
    """
    partner = locking(Partner.objects).select_related("organisation", "centre").get(pk=partner.pk)
    offers = list(offers)
    if not offers:
        raise NothingToAsk(_("Dieser Anbieter hat keinen veröffentlichten Eintrag."))
    if partner.confirmation_requests.filter(status__in=UNDER_WAY).exists():
        raise AlreadyAsked(_("Dieser Anbieter ist schon gefragt und hat noch nicht alles beantwortet."))
    for older in partner.confirmation_requests.filter(status=RequestStatus.HANDED_OVER):
        REQUEST.apply("replace_question", older, actor=actor)
    question = ConfirmationRequest.objects.create(partner=partner, recipient=partner.email, asked_on=on)
    ConfirmationEntry.objects.bulk_create(
        ConfirmationEntry(
            request=question, offer=one, checked_on_before=one.checked_on, checked_how_before=one.checked_how
        )
        for one in offers
    )
    audit.record("ask_partner", question, actor=actor, after={"entries": len(offers)})
    titles = sorted(one.title for one in offers)
    if not _mail(notifications.ask, question, titles, on=on):
        REQUEST.apply("hand_over_question", question, actor=SYSTEM, changes={"handed_over_on": on})
    return question


def ask_all_due(*, on: date) -> int:
    """Ask partners whose entries are due, each in a transaction of its own; return how many were asked."""
    asked = 0
    for partner in list(queries.partners_to_ask(on=on)[:MOST_AT_ONCE]):
        try:
            ask_partner(partner, queries.to_ask_about(partner, on=on), on=on, actor=SYSTEM)
        except (AlreadyAsked, NothingToAsk):
            continue  # somebody else was faster
        asked += 1
    return asked


def advance_all(*, on: date) -> None:
    """Remind, hand over or close the questions whose time has come, each in a transaction of its own."""
    wait = timedelta(days=queries.rule(FreshnessRule.What.REMINDER_DAYS, on=on))
    ripe = ConfirmationRequest.objects.filter(status=RequestStatus.OPEN, asked_on__lte=on - wait)
    ripe |= ConfirmationRequest.objects.filter(status=RequestStatus.REMINDED, reminded_on__lte=on - wait)
    for pk in ripe.order_by("pk").values_list("pk", flat=True):
        advance(pk, on=on)


@transaction.atomic
def advance(pk: int, *, on: date) -> None:
    """Take a question one step on: the reminder, or the centre's list; done when nothing waits any more."""
    question = locking(ConfirmationRequest.objects).get(pk=pk)
    if question.status not in UNDER_WAY:
        return
    waiting = queries.waiting_entries(on=on).filter(request=question)
    titles = list(waiting.order_by("offer__title").values_list("offer__title", flat=True))
    if not titles:
        REQUEST.apply("complete_question", question, actor=SYSTEM)
    elif question.status == RequestStatus.OPEN:
        REQUEST.apply("remind_partner", question, actor=SYSTEM, changes={"reminded_on": on})
        _mail(notifications.remind, question, titles, on=on)
    else:
        REQUEST.apply("hand_over_question", question, actor=SYSTEM, changes={"handed_over_on": on})


def _mail(send, question: ConfirmationRequest, titles: list[str], *, on: date) -> bool:
    """Put a mail with a link of its own into the outbox; False where the partner has no usable address."""
    if not question.recipient:
        return False
    token = secrets.token_urlsafe(TOKEN_BYTES)
    until = on + timedelta(days=queries.rule(FreshnessRule.What.LINK_DAYS, on=on))
    try:
        with transaction.atomic():
            link = ConfirmationLink.objects.create(
                request=question, token_sha256=queries.token_hash(token), valid_until=until
            )
            send(question, titles, token=token, key=f"confirm-entries:{link.pk}", until=until)
    except UnmailableAddress:
        return False
    return True
