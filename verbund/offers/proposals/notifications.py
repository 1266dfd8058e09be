"""Mails to whoever proposed something, in the language of the page they used: received, asked, decided; and the link
to a draft. Those to a partner are German."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.notifications import address_of, send_mail_later
from verbund.offers.speaking import query_of, said_in


def _send(proposal, subject: str, *parts: str, token: str, key: str) -> None:
    if not proposal.submitter_email:
        return
    path = reverse("offers:proposal-status", args=[token]) + query_of(proposal.language or "de")
    link = _("Stand und Antwort, ohne Anmeldung: %s") % address_of(path)
    closing = _("Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.")
    body = "\n\n".join([_("Guten Tag,"), *filter(None, parts), link, closing])
    send_mail_later(proposal.submitter_email, subject, body + "\n", key=key)


def received(proposal, *, token: str) -> None:
    """Confirm a submission and say by when it is answered. Raises UnmailableAddress.

    It repeats nothing that was typed: nobody has shown yet that the address is their own.
    """
    with said_in(proposal.language):
        text = _("ein Vorschlag für das Angebotsverzeichnis ist angekommen. %(centre)s antwortet bis zum %(day)s.") % {
            "centre": proposal.centre,
            "day": f"{proposal.due_on:%d.%m.%Y}",
        }
        unknown = _("Haben Sie nichts vorgeschlagen, tun Sie nichts; Sie bekommen dann nur die Antwort des Zentrums.")
        key = f"proposal-received:{proposal.pk}"
        _send(proposal, _("Ihr Vorschlag ist da"), text, unknown, token=token, key=key)


def asked(proposal, message, *, token: str) -> None:
    """Pass a question of the centre on."""
    said = {"title": proposal.title, "centre": proposal.centre}
    with said_in(proposal.language):
        head = _("%(centre)s hat eine Frage zu Ihrem Vorschlag „%(title)s“:") % said
        subject = _("Frage zu Ihrem Vorschlag: %(title)s") % said
        _send(proposal, subject, head, message.text, token=token, key=f"proposal-asked:{message.pk}")


def decided(proposal, *, token: str) -> None:
    """Tell what became of a proposal, a refusal with its rule and reason."""
    with said_in(proposal.language):
        said = {"title": proposal.title, "status": proposal.get_status_display()}
        head = _("über Ihren Vorschlag „%(title)s“ ist entschieden: %(status)s.") % said
        rule = _("Regel: %s") % proposal.rule.sentence if proposal.rule else ""
        subject = _("Zu Ihrem Vorschlag: %(title)s") % said
        key = f"proposal-decided:{proposal.pk}"
        _send(proposal, subject, head, rule, proposal.reason, token=token, key=key)


def partner_link(link, *, token: str, key: str) -> None:
    """Mail a partner the way to write its own entries. Raises UnmailableAddress."""
    body = _(
        "Guten Tag,\n\nmit diesem Link ändern Sie die Einträge von %(partner)s oder schreiben neue, ohne Passwort:\n\n"
        "%(address)s\n\nDer Link gilt bis %(until)s. Wer ihn hat, schreibt für Ihre Organisation: Geben Sie ihn nur im "
        "eigenen Haus weiter. Haben Sie ihn nicht angefordert, tun Sie nichts.\n\n"
        "Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.\n"
    )
    said = {
        "partner": " ".join(str(link.partner).split()),
        "address": address_of(reverse("offers:house", args=[token])),
        "until": f"{link.valid_until:%d.%m.%Y}",
    }
    send_mail_later(link.recipient, _("Ihre Einträge selbst ändern"), body % said, key=key)


def draft_link(email: str, link: str, *, key: str) -> None:
    """Mail the way back to a draft. Raises UnmailableAddress."""
    body = _(
        "Guten Tag,\n\nmit diesem Link schreiben Sie an Ihrem Vorschlag weiter. Er gilt dreißig Tage:\n\n%(link)s\n\n"
        "Haben Sie nichts geschrieben, tun Sie nichts.\n"
    )
    send_mail_later(email, _("Ihr angefangener Vorschlag"), body % {"link": address_of(link)}, key=key)
