"""How facts and contacts read on the pages on which they are kept true, as plain values for templates."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.dates import add_months
from verbund.directory import reading
from verbund.directory.evidence.operations import CONTACT_FIELDS, FACT_FIELDS, WAYS, goes_on
from verbund.directory.models import CentreFact
from verbund.directory.models.evidence import Evidenced

MONTHS_UNTIL_ASKED = 12
FROM_OVERVIEW = "?von=uebersicht"


def sorted_rows(facts, contacts, *, on: date, keeps_facts: bool) -> dict[str, list[dict]]:
    """Return what is known about a centre in four parts: to be asked about, other facts, other contacts, ended.

    Asked is about what was last evidenced more than a year before and may still hold, the oldest first; somebody who
    does not keep facts is not asked about them.
    """
    parts: dict[str, list[dict]] = {"asked": [], "facts": [], "contacts": [], "ended": []}
    for name, known, may_keep in [
        *(("facts", fact, keeps_facts) for fact in facts),
        *(("contacts", contact, True) for contact in contacts),
    ]:
        row = _row(known, on=on, may_keep=may_keep)
        parts["ended" if row["is_ended"] else "asked" if row["is_asked"] else name].append(row)
    parts["asked"].sort(key=lambda row: row["evidenced_until"])
    return parts


def _row(known: Evidenced, *, on: date, may_keep: bool) -> dict:
    is_ended = known.valid_until is not None and known.valid_until < on
    lasts = may_keep and not is_ended and goes_on(known)
    names = "fact" if isinstance(known, CentreFact) else "contact"
    return {
        **reading.evidence_of(known, on),
        "part": names,
        "id": f"{names}-{known.pk}",
        "version": known.version,
        "kind": known.get_kind_display() if names == "fact" else _("Kontakt"),
        "text": str(known),
        "ways": [] if names == "fact" else [getattr(known, way) for way in WAYS if getattr(known, way)],
        "valid_from": known.valid_from,
        "evidenced_until": known.evidenced_until,
        "valid_until": known.valid_until,
        "is_ended": is_ended,
        "is_asked": lasts and known.evidenced_until < add_months(on, -MONTHS_UNTIL_ASKED),
        "confirm": reverse(f"directory:{names}-confirm", args=[known.pk]) + FROM_OVERVIEW
        if lasts and known.evidenced_until < on
        else "",
        "correct": reverse(f"directory:{names}-correct", args=[known.pk]) + FROM_OVERVIEW if may_keep else "",
        "end": reverse(f"directory:{names}-end", args=[known.pk]) + FROM_OVERVIEW
        if may_keep and known.valid_until is None
        else "",
    }


def stored(known: Evidenced) -> list[dict]:
    """Return what is stored of a fact or contact, field by field, for somebody about to change it."""
    names = FACT_FIELDS if isinstance(known, CentreFact) else CONTACT_FIELDS
    return [
        {"label": known._meta.get_field(name).verbose_name, "value": _shown(known, name)}
        for name in names
        if getattr(known, name) not in {None, ""}
    ]


def _shown(known: Evidenced, name: str) -> str:
    value = known.get_kind_display() if name == "kind" else getattr(known, name)
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
