"""Mails about memberships: the invitation."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.notifications import address_of, send_mail_later


def link_of(token: str) -> str:
    """Return the full address of the page on which an invitation is accepted."""
    return address_of(reverse("directory:invitation", args=[token]))


def send_invitation(invitation, token: str) -> None:
    """Mail the one-time link to the invited person, in the transaction of the invitation."""
    body = _(
        "Guten Tag,\n\nSie sind in den Verbund eingeladen, die Arbeitsplattform der Kommunalen Integrationszentren:\n\n"
        "Funktion: %(role)s\nOrganisation: %(organisation)s\n\n"
        "Mit diesem Link nehmen Sie die Einladung an. Er gilt sieben Tage und nur einmal:\n\n%(link)s\n\n"
        "Erwarten Sie keine Einladung, tun Sie nichts.\n"
    ) % {
        "role": invitation.get_role_display(),
        "organisation": invitation.organisation,
        "link": link_of(token),
    }
    subject = _("Einladung in den Verbund: %(organisation)s") % {"organisation": invitation.organisation}
    send_mail_later(invitation.email, subject, body, key=f"invitation:{invitation.pk}")
