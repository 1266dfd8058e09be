"""What the clock does for this app: forget what citizens wrote."""

from verbund.advising.enquiries import operations
from verbund.core.dates import day_in_berlin
from verbund.core.tasks import every


@every(minutes=24 * 60)
def forget_enquiries(now) -> None:
    """Delete text and address of enquiries whose time of keeping is over."""
    operations.forget_old(on=day_in_berlin(now))
