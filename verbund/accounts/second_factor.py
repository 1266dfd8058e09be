"""The second factor: who still has to set it up, and how its secrets are kept."""

import base64
import hashlib

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings

from verbund.core.demo_guard import is_demo_request

SESSION_KEY = "second_factor_missing"


def has_second_factor(user) -> bool:
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def require_if_missing(request, user) -> None:
    """Note in a session that begins whether the second factor has to be set up before anything else."""
    if has_second_factor(user) or (user.is_demo and is_demo_request(request)):
        request.session.pop(SESSION_KEY, None)
    else:
        request.session[SESSION_KEY] = True


def is_missing(request) -> bool:
    """Whether this session may do nothing yet but set up the second factor."""
    return bool(request.session.get(SESSION_KEY))


def encrypt(text: str) -> str:
    """Encrypt a secret with a key derived from the installation's secret key."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    return _fernet().decrypt(text.encode()).decode()


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"verbund.accounts.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
