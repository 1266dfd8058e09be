"""What the clock does for this app: forget what citizens wrote, notice mails that could not be delivered."""

from verbund.advising.enquiries import operations
from verbund.advising.networks import operations as networks
from verbund.core.dates import day_in_berlin
from verbund.core.tasks import every


@every(minutes=24 * 60)
def forget_enquiries(now) -> None:
    """Delete text and address of enquiries whose time of keeping is over."""
    operations.forget_old(on=day_in_berlin(now))


@every(minutes=60)
def notice_refused_mails(now) -> None:
    """Note for each link to a network whether the mail server refused its mail for good."""
    networks.note_refused_mails(on=day_in_berlin(now))
