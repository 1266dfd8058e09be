"""The file of a payment list for the cash office: the same bytes every time, for German Excel."""

from django.utils import translation
from django.utils.translation import gettext as _

from verbund.core.exports import Column, csv_bytes
from verbund.funding.models import PaymentLine, PaymentList


def columns() -> list[Column]:
    """Return the columns; a further one is one line, and changes the file of old lists too."""
    return [
        Column(_("Nr."), lambda line: line.number, 6),
        Column(_("Name"), lambda line: line.holder, 40),
        Column(_("IBAN"), lambda line: line.iban, 36),
        Column(_("Betrag"), lambda line: line.amount, 16),
        Column(_("Verwendungszweck"), lambda line: line.purpose, 60),
        Column(_("Kennzeichen"), lambda line: line.reference, 40),
    ]


def content(payment_list: PaymentList) -> bytes:
    """Return the file of a list: its lines as they were stored, without those struck. German in every language."""
    lines = PaymentLine.objects.filter(payment_list=payment_list, struck_on=None).order_by("number")
    with translation.override("de"):
        return csv_bytes(columns(), lines)


def name(payment_list: PaymentList) -> str:
    """Return the name of the file, the same every time."""
    return f"zahlliste-{payment_list.number}"
