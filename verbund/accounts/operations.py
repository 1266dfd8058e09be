"""What can be done with accounts: create one, end its sessions elsewhere."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.accounts.models import User
from verbund.core import audit
from verbund.core.errors import DomainError

audit.describe("end_other_sessions", gettext_lazy("andere Sitzungen beendet"))


class AddressTaken(DomainError):
    """There is an account with this e-mail address already."""


@transaction.atomic
def create_account(email: str, *, display_name: str, password: str | None, is_demo: bool = False) -> User:
    """Create an account whose e-mail address is known to belong to the person (they opened the mailed link).

    Without a password nobody can sign in to it yet. Raises AddressTaken.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise AddressTaken(_("Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich damit an."))
    user = User.objects.create_user(email, password, display_name=display_name.strip(), is_demo=is_demo)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@transaction.atomic
def end_other_sessions(user: User, *, actor) -> None:
    """End every session of a person; the caller keeps the present one by renewing its mark."""
    user.session_generation += 1
    user.save(update_fields=["session_generation"])
    audit.record("end_other_sessions", user, actor=actor, organisation_id=actor.organisation_id or 0)
