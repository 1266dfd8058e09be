"""Who says, and who reads on the page of an entry, what pays for it."""

from verbund.offers.permissions import is_of_centre


def says_who_pays(actor, offer) -> bool:
    """The centre that looks after the partner; the partner itself does not read the centre's notices."""
    return is_of_centre(actor, offer.partner)
