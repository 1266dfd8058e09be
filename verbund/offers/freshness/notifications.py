"""What leaves the house: the question to a partner, and one reminder.

Nobody has written down which language a partner reads: the mails are German and say where to read on in another one.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.core.notifications import address_of, send_mail_later
from verbund.offers.speaking import PAGE_LANGUAGES, query_of

MOST_NAMED = 20


def ask(request, titles: list[str], *, token: str, key: str, until: date) -> None:
    """Ask a partner about its entries, by a mail that leaves later. Raises UnmailableAddress."""
    subject = ngettext("Stimmt Ihr Eintrag noch?", "Stimmen Ihre %(number)s Einträge noch?", len(titles)) % {
        "number": len(titles)
    }
    _send(request, subject, titles, token=token, key=key, until=until)


def remind(request, titles: list[str], *, token: str, key: str, until: date) -> None:
    """Remind a partner of the entries it has not answered for. Raises UnmailableAddress."""
    subject = ngettext(
        "Erinnerung: Stimmt Ihr Eintrag noch?", "Erinnerung: Stimmen Ihre %(number)s Einträge noch?", len(titles)
    ) % {"number": len(titles)}
    _send(request, subject, titles, token=token, key=key, until=until)


def _send(request, subject: str, titles: list[str], *, token: str, key: str, until: date) -> None:
    body = _(
        "Guten Tag,\n\n"
        "diese Angebote von %(partner)s stehen im Angebotsverzeichnis, das %(centre)s betreut:\n\n"
        "%(entries)s\n\n"
        "Stimmen die Angaben noch? Bitte sehen Sie nach und drücken Sie je Eintrag einen Knopf. Sie brauchen kein "
        "Passwort:\n\n%(address)s\n\n%(languages)s\n\n"
        "Der Link gilt bis %(until)s. Wer ihn hat, kann für Ihre Einträge antworten: Geben Sie ihn nur im eigenen "
        "Haus weiter. Es verschwindet nichts, wenn Sie nicht antworten; das Zentrum fragt dann telefonisch nach.\n\n"
        "Diese Nachricht hat die Plattform Verbund verschickt. Antworten auf diese Adresse liest niemand.\n"
    )
    path = reverse("offers:confirm-entries", args=[token])
    said = {
        "partner": _one_line(str(request.partner)),
        "centre": _one_line(str(request.partner.centre)),
        "entries": "\n".join(_listed(titles)),
        "address": address_of(path),
        "languages": "\n".join(_other_languages(path)),
        "until": f"{until:%d.%m.%Y}",
    }
    send_mail_later(request.recipient, subject, body % said, key=key)


def _other_languages(path: str) -> list[str]:
    """Return a line for each other language of the page, by its own name, with the address that speaks it."""
    others = {code: name for code, name in PAGE_LANGUAGES.items() if code != "de"}
    return [f"{name}: {address_of(path + query_of(code))}" for code, name in others.items()]


def _listed(titles: list[str]) -> list[str]:
    lines = [f"- {_one_line(title)}" for title in titles[:MOST_NAMED]]
    if len(titles) > MOST_NAMED:
        lines.append(_("- und %(number)s weitere") % {"number": len(titles) - MOST_NAMED})
    return lines


def _one_line(text: str) -> str:
    """Return a name without line breaks: what somebody typed must not look like another paragraph of the mail."""
    return " ".join(text.split())
