"""What can be asked about accounts."""

from verbund.accounts.models import User


def account_with(email: str) -> User | None:
    """Return the account with an e-mail address, whatever its case."""
    return User.objects.filter(email=email.strip().lower()).first()


def demo_accounts():
    """Return the accounts of the demonstration world in the order of the role bar."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")
