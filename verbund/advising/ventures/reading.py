"""How a venture reads on the pages of other apps."""

from django.utils.translation import gettext as _

from verbund.advising.ventures.queries import ventures_visible_to
from verbund.core.acting import Actor
from verbund.offers.models import Offer
from verbund.offers.origins import Origin


def venture_of_offer(offer: Offer, actor: Actor) -> list[Origin]:
    """Return the ventures an entry came from, of those this person may open; one statement."""
    found = ventures_visible_to(actor).filter(offer=offer)
    return [Origin(_("Vorhaben"), one.title, one.get_absolute_url()) for one in found]
