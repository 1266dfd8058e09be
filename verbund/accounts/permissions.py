"""Who may change how they sign in."""


def changes_own_sign_in(actor) -> bool:
    """Everybody with an account of their own; accounts of the demonstration belong to all and stay as they are."""
    return actor.is_signed_in and not actor.user.is_demo
