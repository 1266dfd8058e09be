"""Trusted partners publish directly: what a partner writes by a link of its own takes effect at once, with a way back.

A partner is known by a link that was mailed to its own address, or by sign-in; never by what somebody types.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.models import Partner
from verbund.offers import operations as offers
from verbund.offers.content import OfferContent
from verbund.offers.freshness import queries as freshness
from verbund.offers.freshness.operations import LinkOver, check_link
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import FreshnessRule, Offer, PartnerLink, Proposal
from verbund.offers.proposals import notifications, operations, queries
from verbund.offers.proposals.lifecycle import PROPOSAL

KEPT_IN_SIGHT = timedelta(days=30)
"""How long the centre's page lists what was published directly."""


class NotTrusted(DomainError):
    """A partner whose entries the centre checks first."""


class ChangedSince(DomainError):
    """An entry that somebody has changed since it was published directly."""


class AlreadyUndone(DomainError):
    """A direct publication is undone once."""


@dataclass(frozen=True)
class House:
    """A partner that came by a link mailed to its own address."""

    partner: Partner
    valid_until: date


def house_of(token: str, *, on: date) -> House | None:
    """Return the partner behind a link; None for a link that never was. Raises LinkOver.

    Both kinds of mail hold: the one it asked for, and the question whether its entries are still right. Neither does
    any more when the partner has another address by now.
    """
    link = PartnerLink.objects.select_related("partner__organisation", "partner__centre__organisation")
    if found := link.filter(token_sha256=queries.token_hash(token)).first():
        return _house(found.partner, found.recipient, found.valid_until, on=on)
    if asked := freshness.link_of(token):
        check_link(asked, asked.request, on=on)
        return _house(asked.request.partner, asked.request.recipient, asked.valid_until, on=on)
    return None


def _house(partner: Partner, recipient: str, valid_until: date, *, on: date) -> House:
    if valid_until < on:
        raise LinkOver(_("Dieser Link galt bis %s.") % f"{valid_until:%d.%m.%Y}")
    if not recipient or recipient.casefold() != partner.email.casefold():
        raise LinkOver(_("Dieser Link ging an eine Adresse, die nicht mehr hinterlegt ist."))
    return House(partner, valid_until)


@transaction.atomic
def mail_link(partner: Partner, *, on: date) -> None:
    """Mail a partner a link to its known address; nothing happens where there is none. Raises UnmailableAddress."""
    if not partner.email:
        return
    token = secrets.token_urlsafe(32)
    until = on + timedelta(days=freshness.rule(FreshnessRule.What.LINK_DAYS, on=on))
    link = PartnerLink.objects.create(
        partner=partner, recipient=partner.email, token_sha256=queries.token_hash(token), valid_until=until
    )
    notifications.partner_link(link, token=token, key=f"partner-link:{link.pk}")


def publish_directly(
    content: OfferContent, values: dict, *, partner: Partner, token: str, offer=None, base=None, on: date
) -> Proposal:
    """Let what a trusted partner wrote take effect at once; `base` is what the entry said on the partner's screen.

    Returns the record of it; what was sent with this token before is returned unchanged. Raises NotTrusted,
    StaleVersion, IncompleteEntry.
    """
    if (earlier := queries.proposal_of(token)) is not None:
        return earlier
    try:
        return _publish(content, values, partner=partner, token=token, offer=offer, base=base, on=on)
    except IntegrityError:
        if (earlier := queries.proposal_of(token)) is None:
            raise
        return earlier


@transaction.atomic
def _publish(content, values, *, partner, token, offer, base, on) -> Proposal:
    if not locking(Partner.objects).get(pk=partner.pk).is_trusted:
        raise NotTrusted(_("Ihr Zentrum prüft Ihre Einträge, bevor sie öffentlich werden."))
    actor = operations.house(partner)
    proposal = operations.store(
        content, values, centre=partner.centre, token=token, offer=offer, base=base, partner=partner, on=on, actor=actor
    )
    names = queries.proposed_fields(proposal)
    if offer:
        made = operations.change_entry(proposal, names, seen=offer.version, on=on, actor=actor)
    else:
        made = operations.make_entry(proposal, names, partner, on=on, actor=actor)
        offers.publish_offer(made, on=on, actor=actor)
    _keep(proposal, made, on=on, actor=actor)
    return proposal


def _keep(proposal: Proposal, made: Offer, *, on: date, actor) -> None:
    version = Offer.objects.values_list("version", flat=True).get(pk=made.pk)
    made_by = {"made_offer": made, "made_version": version, "is_direct": True, "decided_on": on}
    PROPOSAL.apply("publish_directly", proposal, actor=actor, changes=made_by)


@transaction.atomic
def note_direct(offer: Offer, *, base: OfferContent | None, on: date, actor) -> None:
    """Keep for the centre what a signed-in member of a partner changed (`base` before) or published (no `base`).

    Nothing is kept when nothing changed.
    """
    content = OfferContent.of(Offer.objects.get(pk=offer.pk))
    if base is not None and not base.differences(content):
        return
    partner = offer.partner
    values = house_values(partner) | {"new_place": None, "note": "", "submitter_email": ""}
    proposal = operations.store(
        content, values, centre=partner.centre, token="", offer=offer if base else None, base=base, partner=partner,
        on=on, actor=actor,
    )  # fmt: skip
    _keep(proposal, offer, on=on, actor=actor)


def house_values(partner: Partner) -> dict:
    return {"organisation_name": partner.organisation.name, "organisation_kind": partner.kind}


@transaction.atomic
def undo(proposal: Proposal, *, on: date, actor) -> Offer:
    """Put an entry back to what it said before a direct change; a new one is ended. Returns the entry.

    Raises AlreadyUndone, ChangedSince when it has been changed since, WrongPlace.
    """
    locked = locking(Proposal.objects).get(pk=proposal.pk, is_direct=True)
    offer = locking(Offer.objects).select_related("partner").get(pk=locked.made_offer_id)
    if locked.undone_on:
        raise AlreadyUndone(_("Das ist schon zurückgenommen."))
    if offer.version != locked.made_version:
        raise ChangedSince(_("Der Eintrag wurde seitdem noch einmal geändert. Bearbeiten Sie ihn bitte von Hand."))
    if locked.base:
        offers.edit_offer(offer, OfferContent.from_data(locked.base), seen=offer.version, on=on, actor=actor)
    elif offer.status != OfferStatus.ENDED:
        offers.end_offer(offer, reason=_("direkte Veröffentlichung zurückgenommen"), on=on, actor=actor)
    proposal.undone_on = on
    proposal.save(update_fields=["undone_on"])
    audit.record("undo_direct_publication", proposal, actor=actor, before={"undone_on": None}, after={"undone_on": on})
    return offer
