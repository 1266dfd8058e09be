"""Who may keep entries. Reading what is published is public."""

from verbund.accounts.roles import Role
from verbund.offers.queries import CENTRE_SIDE


def keeps_offers(actor) -> bool:
    """Staff and lead of a centre, and members of a provider."""
    return actor.organisation_id is not None and actor.role in CENTRE_SIDE | {Role.PROVIDER_MEMBER}


def can_edit_offer(actor, offer) -> bool:
    """The centre that looks after the partner, and the partner itself."""
    return is_of_centre(actor, offer.partner) or is_of_partner(actor, offer.partner)


def can_publish_offer(actor, offer) -> bool:
    """The centre; a partner itself only when it is trusted."""
    return is_of_centre(actor, offer.partner) or (is_of_partner(actor, offer.partner) and offer.partner.is_trusted)


def can_trust_partner(actor, partner) -> bool:
    """Only the lead of the centre lets a partner publish unchecked."""
    return actor.role == Role.CENTRE_LEAD and is_of_centre(actor, partner)


def is_of_centre(actor, partner) -> bool:
    return actor.role in CENTRE_SIDE and actor.organisation_id == partner.centre_id


def is_of_partner(actor, partner) -> bool:
    return actor.role == Role.PROVIDER_MEMBER and actor.organisation_id == partner.pk
