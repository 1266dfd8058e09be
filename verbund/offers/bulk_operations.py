"""Changing many entries at once: each through the operation of its own, failures told, undone within a day."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.audit import describe
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.offers import operations, permissions, versions
from verbund.offers.content import OfferContent
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import BulkChange, BulkChangeRow, Offer

What = BulkChange.What
FIELDS = {What.VALID_UNTIL: "valid_until", What.CONTACT: "contact_function", What.PHONE: "phone"}
UNDO_FOR = timedelta(hours=24)


class TooLate(DomainError):
    """A bulk change can be undone once, within 24 hours."""


class NotYours(DomainError):
    """An entry that this person may not change."""


class Pointless(DomainError):
    """An entry that a bulk change cannot sensibly touch."""


def check_change(offer: Offer, what: str, value, *, on: date, actor) -> None:
    """Raise NotYours or Pointless where the value cannot be set for this entry."""
    if not permissions.can_edit_offer(actor, offer):
        raise NotYours(_("Diesen Eintrag dürfen Sie nicht ändern."))
    if what == What.CHECKED and not offer.is_public:
        raise Pointless(_("Nur veröffentlichte Einträge können geprüft werden."))
    if offer.status == OfferStatus.ENDED:
        raise Pointless(_("Das Angebot ist beendet."))
    if what == What.VALID_UNTIL and value and offer.valid_from and value < offer.valid_from:
        raise Pointless(_("Das Ende läge vor dem Beginn am %s.") % f"{offer.valid_from:%d.%m.%Y}")


@transaction.atomic
def change_many(
    offers: list[Offer], what: str, value, *, note: str, seen: dict[int, int], on: date, at: datetime, actor
) -> BulkChange:
    """Set a value for many entries; `seen` are the versions on the preview. Refusals are kept, the others go on."""
    shown = f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")
    change = BulkChange.objects.create(
        organisation_id=actor.organisation_id,
        what=what,
        value=(note if what == What.CHECKED else shown)[:200],
        made_at=at,
    )
    for offer in sorted(offers, key=lambda one: (one.partner_id, one.pk)):
        row = BulkChangeRow(change=change, offer=offer, before=_kept(offer))
        try:
            with transaction.atomic():
                check_change(offer, what, value, on=on, actor=actor)
                _change(offer, what, value, note=note, seen=seen.get(offer.pk, 0), on=on, actor=actor)
        except DomainError as refusal:
            row.refusal = str(refusal)[:300]
        else:
            row.after, row.version = _kept(offer), offer.version
        row.save()
    return change


def _change(offer: Offer, what: str, value, *, note: str, seen: int, on: date, actor) -> None:
    if what == What.CHECKED:
        how = operations.checked_by(offer, actor)
        operations.check_offer(offer, on=on, how=how, actor=actor, note=note)
        return
    content = OfferContent.of(offer)
    content = replace(content, values=content.values | {FIELDS[what]: value})
    operations.edit_offer(offer, content, seen=seen, on=on, actor=actor)


def _kept(offer: Offer) -> dict:
    """Return what a bulk change may touch, as JSON."""
    days = ("valid_until", "checked_on")
    texts = {name: getattr(offer, name) for name in ("contact_function", "phone", "checked_how")}
    return texts | {name: getattr(offer, name) and getattr(offer, name).isoformat() for name in days}


@transaction.atomic
def undo_many(change: BulkChange, *, on: date, at: datetime, actor) -> int:
    """Put back every entry of a bulk change that nobody changed since; return how many. Raises TooLate."""
    locked = locking(BulkChange.objects).get(pk=change.pk)
    if locked.undone_at or at - locked.made_at > UNDO_FOR:
        raise TooLate(_("Das geht nur einmal und nur innerhalb von 24 Stunden."))
    rows = change.rows.filter(refusal="").select_related("offer__partner").order_by("offer__partner_id", "offer_id")
    undone = [row for row in rows if _put_back(row, change.what, on=on, actor=actor)]
    BulkChangeRow.objects.filter(pk__in=[row.pk for row in undone]).update(is_undone=True)
    locked.undone_at = change.undone_at = at
    locked.save(update_fields=["undone_at"])
    return len(undone)


def _put_back(row: BulkChangeRow, what: str, *, on: date, actor) -> bool:
    offer = locking(Offer.objects.select_related("partner")).get(pk=row.offer_id)
    may = permissions.can_edit_offer(actor, offer)
    if not may or offer.version != row.version or _kept(offer) != row.after:
        return False
    if what == What.CHECKED:
        before = row.before
        checked_on = date.fromisoformat(before["checked_on"]) if before["checked_on"] else None
        withdraw_check(offer, checked_on=checked_on, how=before["checked_how"], actor=actor)
        return True
    name = FIELDS[what]
    value = row.before[name]
    if name == "valid_until":
        value = date.fromisoformat(value) if value else None
    content = OfferContent.of(offer)
    content = replace(content, values=content.values | {name: value})
    operations.edit_offer(offer, content, seen=offer.version, on=on, actor=actor)
    return True


@transaction.atomic
def withdraw_check(offer: Offer, *, checked_on: date | None, how: str, actor) -> None:
    """Take back a check made by mistake: the one before counts again."""
    before = {"checked_on": offer.checked_on, "checked_how": offer.checked_how}
    offer.checked_on, offer.checked_how = checked_on, how
    offer.save(update_fields=["checked_on", "checked_how", "changed_at"])
    after = {"checked_on": checked_on, "checked_how": how}
    audit.record("withdraw_check", offer, actor=actor, before=before, after=after)
    versions.note_change_of([offer.pk])


describe("withdraw_check", gettext_lazy("Prüfung zurückgenommen"))
