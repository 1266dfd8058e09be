"""What the tests of the finder work with: a Monday, and a way to make entries public."""

from datetime import datetime

from verbund.core.dates import BERLIN
from verbund.offers import operations, stocktaking, versions
from verbund.offers.models import Offer
from verbund.offers.stock import Stock
from verbund.offers.tests import story

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)


def publish(actor, partner=None, **said) -> Offer:
    """Make a public entry: of a partner in Solingen, on Tuesdays from three to five, unless `said` says otherwise."""
    said.setdefault("at", [story.tuesdays(story.place())])
    offer = operations.create_offer(partner or story.partner(), story.content(**said), on=story.TODAY, actor=actor)
    operations.publish_offer(offer, on=story.TODAY, actor=actor)
    return offer


def stock_of_the_day() -> Stock:
    """Return what is public on that Monday."""
    return stocktaking.current(versions.newest_change(), story.TODAY)
