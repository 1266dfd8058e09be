"""What can be done about who pays: say it, for a whole offer at once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.audit import call_fields
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import percent
from verbund.core.versions import StaleVersion
from verbund.funding import queries as funding
from verbund.offers import versions
from verbund.offers.models import Offer, OfferFunding
from verbund.offers.paying import queries
from verbund.offers.paying.calculations import first_day_not_whole
from verbund.offers.paying.reading import lines

FIELD = "payers"
call_fields({FIELD: gettext_lazy("wer das Angebot bezahlt")})


class SharesNotWhole(DomainError):
    """Shares that are not one together on some day, or a period that ends before it begins."""


class ForeignNotice(DomainError):
    """A notice of another centre, or an item it does not have."""


@dataclass(frozen=True)
class Payer:
    """What pays a share (over 0, at most 1) of an offer; `item` says which money it is."""

    source: str
    programme_id: int | None = None
    notice_id: int | None = None
    item: str = ""
    share: Decimal = Decimal(1)
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def say_who_pays(offer: Offer, payers: Sequence[Payer], *, seen: str, actor) -> None:
    """Replace what pays for an offer; `seen` is `sign_of` what was on the screen.

    Raises StaleVersion, ForeignNotice, SharesNotWhole. Nothing is recorded where nothing changes.
    """
    locking(Offer.objects).get(pk=offer.pk)
    stored = stored_payers(offer)
    if sign_of(stored) != seen:
        raise StaleVersion(_("Jemand anderes hat inzwischen festgehalten, wer das Angebot bezahlt."))
    _check_notices(offer, payers, actor)
    _check_shares(payers)
    if list(payers) == stored:
        return
    before = lines(offer.fundings.select_related("programme", "notice"))
    offer.fundings.all().delete()
    OfferFunding.objects.bulk_create(OfferFunding(offer=offer, **vars(payer)) for payer in payers)
    Offer.objects.filter(pk=offer.pk).update(changed_at=timezone.now())
    after = lines(offer.fundings.select_related("programme", "notice"))
    audit.record("say_who_pays", offer, actor=actor, before={FIELD: _as_text(before)}, after={FIELD: _as_text(after)})
    versions.note_change_of([offer.pk])


def stored_payers(offer: Offer) -> list[Payer]:
    """Return what is stored, in the order it was written down."""
    names = tuple(Payer.__dataclass_fields__)
    return [Payer(**row) for row in offer.fundings.order_by("pk").values(*names)]


def sign_of(payers: Iterable[Payer]) -> str:
    """Return a sign of what is stored, another one after every change."""
    return hashlib.sha256(repr(list(payers)).encode()).hexdigest()[:16]


def _as_text(found: list[dict]) -> str:
    return "\n".join(line["text"] for line in found)


def _check_notices(offer: Offer, payers: Sequence[Payer], actor) -> None:
    """Check that notices are the centre's own, readable, with that item and of that programme."""
    wanted = [payer for payer in payers if payer.notice_id]
    if not wanted:
        return
    notices = queries.notices_for(offer, actor).in_bulk({payer.notice_id for payer in wanted})
    for payer in wanted:
        notice = notices.get(payer.notice_id)
        if notice is None or notice.application.call.programme_id != payer.programme_id:
            raise ForeignNotice(_("Diesen Bescheid hat Ihr Zentrum nicht bekommen."))
        if payer.item not in funding.cost_items_of(notice):
            raise ForeignNotice(_("Diese Kostenposition steht nicht in dem Bescheid."))


def _check_shares(payers: Sequence[Payer]) -> None:
    for payer in payers:
        if payer.valid_from and payer.valid_until and payer.valid_until < payer.valid_from:
            raise SharesNotWhole(_("Das Ende liegt vor dem Beginn."))
    wrong = first_day_not_whole(payers)
    if wrong is None:
        return
    day, total = wrong
    if day == date.min:
        raise SharesNotWhole(_("Die Anteile ergeben zusammen %(sum)s, nicht 100 %%.") % {"sum": percent(total)})
    sentence = _("Ab dem %(day)s ergeben die Anteile zusammen %(sum)s, nicht 100 %%.")
    raise SharesNotWhole(sentence % {"day": f"{day:%d.%m.%Y}", "sum": percent(total)})
