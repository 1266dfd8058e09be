"""What leaves the house: mails to mailboxes of functions, each with a link of its own and nothing attached."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.advising.models import Meeting, NetworkLink, Sending
from verbund.advising.networks import reading
from verbund.core.notifications import address_of, send_mail_later

SUBJECTS = {
    Sending.Kind.INVITATION: lambda: _("Einladung: %(network)s am %(day)s"),
    Sending.Kind.MINUTES: lambda: _("Niederschrift: %(network)s am %(day)s"),
    Sending.Kind.CALENDAR: lambda: _("Kalender: %(network)s"),
}


def send_link(link: NetworkLink, *, token: str, network: str, is_reminder: bool = False) -> None:
    """Send a member its link, by a mail that leaves later; once for each link. Raises UnmailableAddress."""
    said = {
        "network": _one_line(network),
        "centre": _one_line(str(link.sending.network.centre)),
        "member": _one_line(str(link.member)),
        "day": f"{link.meeting.day:%d.%m.%Y}" if link.meeting else "",
        "about": _about(link),
        "address": address_of(reverse("advising:network-link", args=[token])),
        "until": f"{link.valid_until:%d.%m.%Y}",
    }
    body = _(
        "Guten Tag,\n\n"
        "%(about)s\n\n"
        "Netzwerk: %(network)s\nFür: %(member)s\nEs schreibt: %(centre)s\n\n"
        "Sie brauchen kein Passwort:\n\n%(address)s\n\n"
        "Der Link gilt bis %(until)s. Wer ihn hat, kann für Ihre Stelle lesen und antworten: Geben Sie ihn nur im "
        "eigenen Haus weiter.\n\n"
        "Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.\n"
    )
    subject = SUBJECTS[link.sending.kind]() % said
    if is_reminder:
        subject = _("Erinnerung: %s") % subject
    send_mail_later(link.recipient, subject, body % said, key=f"network-link:{link.pk}")


def _about(link: NetworkLink) -> str:
    if link.kind == Sending.Kind.CALENDAR:
        return _("hier stehen die Sitzungen des Netzwerks für Ihren Kalender und Ihre offenen Aufgaben.")
    said = {"when": reading.when(link.meeting), "where": _one_line(reading.where(link.meeting))}
    if link.kind == Sending.Kind.MINUTES:
        return _("die Niederschrift der Sitzung vom %(when)s ist freigegeben.") % said
    return _("wir laden Sie ein: %(when)s, %(where)s. Bitte sagen Sie zu oder ab.") % said


def tell_of_change(links: list[NetworkLink], meeting: Meeting, *, network: str) -> None:
    """Tell those who were invited that a meeting is moved or called off; their links stay."""
    said = {"network": _one_line(network), "when": reading.when(meeting), "where": _one_line(reading.where(meeting))}
    if meeting.is_cancelled:
        said["reason"] = _one_line(meeting.cancel_reason)
        subject = _("Abgesagt: %(network)s, %(when)s")
        text = _("die Sitzung „%(network)s“ am %(when)s fällt aus. Grund: %(reason)s")
    else:
        subject = _("Geändert: %(network)s, %(when)s")
        text = _("die Sitzung „%(network)s“ findet nun so statt: %(when)s, %(where)s.")
    body = _(
        "Guten Tag,\n\n%(text)s\n\n"
        "Ihr Link aus der Einladung gilt weiter.\n\n"
        "Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.\n"
    ) % {"text": text % said}
    for link in links:
        send_mail_later(link.recipient, subject % said, body, key=f"network-change:{link.pk}:{meeting.version}")


def _one_line(text: str) -> str:
    """Return a text without line breaks: what somebody typed must not look like another paragraph of the mail."""
    return " ".join(text.split())
