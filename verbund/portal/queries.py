"""What can be asked across the apps for one person."""

from verbund.core.models import InboxMessage

MESSAGES_ON_A_PAGE = 50


def messages_to(actor):
    """Return the messages to the person who acts; nobody reads another's, deputies neither."""
    return InboxMessage.objects.filter(user=actor.user)


def unread_messages_to(actor):
    return messages_to(actor).filter(read_at__isnull=True)
