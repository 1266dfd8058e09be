"""What people of the demonstration write is part of it: marked, and removed with it."""

from verbund.core.acting import Actor


def is_made_up(actor: Actor) -> bool:
    """Whether what this actor writes belongs to the demonstration."""
    return bool(actor.user and actor.user.is_demo)
