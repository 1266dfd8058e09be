"""What the sign-in library asks us: nobody signs up alone, guessing is slowed down, mails go through our outbox."""

import time

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from verbund.accounts import notifications, second_factor
from verbund.core.demo_guard import is_demo_request

SIGNED_IN_JUST_NOW_SECONDS = 600


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail address and password; accounts come from invitations only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides."),
        "too_many_login_attempts": _(
            "Das waren zu viele Versuche. Warten Sie 15 Minuten, oder setzen Sie Ihr Passwort zurück."
        ),
        "rate_limited": _("Das waren zu viele Versuche. Warten Sie 15 Minuten und versuchen Sie es dann noch einmal."),
        "incorrect_code": _("Der Code stimmt nicht. Geben Sie den Code ein, der jetzt in der App steht."),
        "incorrect_password": _("Das Passwort stimmt nicht. Bitte geben Sie es noch einmal ein."),
        "enter_current_password": _("Das bisherige Passwort stimmt nicht. Bitte geben Sie es noch einmal ein."),
        "same_as_current": _("Das neue Passwort muss sich vom bisherigen unterscheiden."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an."),
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Check address and password; accounts of the demonstration count only where the demonstration is allowed."""
        user = super().authenticate(request, **credentials)
        if user is not None and user.is_demo and not is_demo_request(request):
            return None
        return user

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """Count failures per account and address, so that nobody locks a colleague out from somewhere else."""
        login = str(credentials.get("email", "")).lower()
        return f"{login}|{self.get_client_ip(request)}"

    def login(self, request, user):
        """Begin a session with a new id, also when the person was signed in before."""
        super().login(request, user)
        request.session.cycle_key()
        second_factor.require_if_missing(request, user)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Ask for the password again before the second factor is changed, except just after signing in."""
        records = get_authentication_records(context.request, context.request.user)
        just_now = time.time() - SIGNED_IN_JUST_NOW_SECONDS
        return not any(record["at"] > just_now for record in records)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Put the mail into the outbox."""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        body = render_to_string(f"{template_prefix}_message.txt", context).strip()
        notifications.send_account_mail(email, subject, body)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """Tell the person about a change of password or second factor."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email or user.email)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor; its secrets are stored encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code dark on white, so that a telephone reads it on a dark screen as well."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        return image.to_string(encoding="unicode")

    def encrypt(self, text: str) -> str:
        return second_factor.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factor.decrypt(encrypted_text)
