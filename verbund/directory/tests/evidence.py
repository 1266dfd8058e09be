"""What the tests of facts and contacts share: what is typed, where it goes, and what a refused act must not touch."""

from datetime import date

from django.urls import reverse

from tests.support.cast import centre
from verbund.core.models import AuditEntry
from verbund.directory.models import Centre, CentreContact, CentreFact

FACT = {
    "kind": "GOAL",
    "text": "Eltern beraten, bevor ihr Kind in die Schule kommt",
    "valid_from": "01.02.2013",
    "evidenced_until": "31.12.2013",
    "source": "Vorlage 4/2013",
}
CONTACT = {
    "function": "Geschäftsstelle",
    "phone": "+49 (0)212 / 290-2225",
    "email": "ki@stadt.example",
    "website": "https://www.stadt.example/ki",
    "valid_from": "01.02.2013",
    "evidenced_until": "31.12.2013",
    "source": "Webseite am 31.12.2013",
}


def address(name: str, record=None) -> str:
    return reverse(f"directory:{name}", args=[(record or centre()).pk])


def form_of(record) -> dict:
    """What the form of a fact or contact holds when nothing is changed."""
    names = FACT if isinstance(record, CentreFact) else {**CONTACT, "address": ""}
    values = {name: getattr(record, name) for name in names}
    days = {name: f"{value:%d.%m.%Y}" for name, value in values.items() if isinstance(value, date)}
    return values | days | {"version": record.version}


def traces() -> tuple:
    """Everything a refused act must leave as it was."""
    return (
        list(CentreFact.objects.order_by("pk").values()),
        list(CentreContact.objects.order_by("pk").values()),
        list(Centre.objects.order_by("pk").values_list("changed_at", flat=True)),
        AuditEntry.objects.count(),
    )
