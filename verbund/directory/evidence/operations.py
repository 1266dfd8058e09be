"""What is done with facts and contacts of a centre: record, correct, confirm, end. Each renews the centre's page."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, CentreContact, CentreFact
from verbund.directory.models.evidence import Evidenced
from verbund.directory.operations import mark_as_changed

PERIOD_FIELDS = ("valid_from", "evidenced_until", "valid_until", "source")
FACT_FIELDS = ("kind", "position", "text", *PERIOD_FIELDS)
WAYS = ("phone", "email", "website", "address")
CONTACT_FIELDS = ("position", "function", *WAYS, *PERIOD_FIELDS)
LONGEST_SOURCE = CentreFact._meta.get_field("source").max_length

audit.describe("record_fact", gettext_lazy("Angabe eingetragen"))
audit.describe("correct_fact", gettext_lazy("Angabe berichtigt"))
audit.describe("record_contact", gettext_lazy("Kontakt eingetragen"))
audit.describe("correct_contact", gettext_lazy("Kontakt berichtigt"))
audit.describe("confirm_evidence", gettext_lazy("bestätigt: gilt weiter"))
audit.describe("end_evidence", gettext_lazy("Ende eingetragen"))


class WrongEvidence(DomainError):
    """The days of an evidence are in the wrong order or not yet there, or its sources together are too long."""


class NoWayToReach(DomainError):
    """A contact says whom to reach, but not how."""


class NothingToConfirm(DomainError):
    """It has ended, is evidenced up to this day already, or is nothing that goes on."""


class AlreadyEnded(DomainError):
    """Its end is recorded; another one is a correction."""


@transaction.atomic
def record_fact(centre: Centre, *, on: date, actor, **values) -> CentreFact:
    """Record a fact; `values` are FACT_FIELDS, without `position` it goes behind the others of its kind.

    `on` is the day of the record: evidence never lies after it. Raises WrongEvidence.
    """
    values = _checked(values, on=on)
    values["position"] = values["position"] or _next_position(centre.facts.filter(kind=values["kind"]))
    fact = CentreFact.objects.create(centre=centre, **values)
    mark_as_changed(centre.pk)
    audit.record("record_fact", fact, actor=actor, after=values)
    return fact


@transaction.atomic
def correct_fact(fact: CentreFact, *, on: date, seen: int, actor, **values) -> None:
    """Correct a fact; the earlier wording stays in the audit trail. Raises WrongEvidence, StaleVersion."""
    before, after = _corrected(fact, FACT_FIELDS, _checked(values, on=on), seen)
    audit.record("correct_fact", fact, actor=actor, before=before, after=after)


@transaction.atomic
def record_contact(centre: Centre, *, on: date, actor, **values) -> CentreContact:
    """Record how a centre is reached; `values` are CONTACT_FIELDS, without `position` it goes behind the others.

    Raises WrongEvidence, NoWayToReach.
    """
    values = _checked(_reachable(values), on=on)
    values["position"] = values["position"] or _next_position(centre.contacts)
    contact = CentreContact.objects.create(centre=centre, **values)
    mark_as_changed(centre.pk)
    audit.record("record_contact", contact, actor=actor, after=values)
    return contact


@transaction.atomic
def correct_contact(contact: CentreContact, *, on: date, seen: int, actor, **values) -> None:
    """Correct a contact; the earlier one stays in the audit trail. Raises WrongEvidence, NoWayToReach, StaleVersion."""
    before, after = _corrected(contact, CONTACT_FIELDS, _checked(_reachable(values), on=on), seen)
    audit.record("correct_contact", contact, actor=actor, before=before, after=after)


@transaction.atomic
def confirm_evidence(known: Evidenced, *, on: date, seen: int, actor) -> None:
    """Say that a fact or contact still holds on a day: it is evidenced until then, by the function that says so.

    That function is added to the source, where it fits and does not stand there yet, and always kept in the trail.
    Raises NothingToConfirm, StaleVersion.
    """
    if not goes_on(known):
        raise NothingToConfirm(_("Ein angekündigter Besuch dauert nicht fort. Berichtigen Sie ihn, wenn etwas fehlt."))
    if known.valid_until and known.valid_until < on:
        raise NothingToConfirm(_("Das Ende ist schon eingetragen. Gilt es doch, berichtigen Sie das Ende."))
    if known.evidenced_until >= on:
        raise NothingToConfirm(_("Das ist schon bis zu diesem Tag belegt."))
    values = {"evidenced_until": on, "source": _vouched_for(known.source, by=actor.label)}
    before, after = _corrected(known, ("evidenced_until", "source"), values, seen)
    note = _("gilt weiter laut: %(who)s") % {"who": actor.label}
    audit.record("confirm_evidence", known, actor=actor, before=before, after=after, note=note)


@transaction.atomic
def end_evidence(known: Evidenced, *, last_day: date, source: str, seen: int, actor) -> None:
    """Say until which day, included, a fact or contact held or will hold, and who says so.

    The source of the end is added to that of the fact. Raises AlreadyEnded, WrongEvidence, StaleVersion.
    """
    if known.valid_until:
        raise AlreadyEnded(_("Das Ende ist schon eingetragen. Berichtigen Sie es, wenn der Tag nicht stimmt."))
    _check_end(known.valid_from, known.evidenced_until, last_day, field="last_day")
    sources = _("%(source)s; Ende: %(end)s") % {"source": known.source, "end": source}
    if len(sources) > LONGEST_SOURCE:
        raise WrongEvidence(
            _("Mit der bisherigen Quelle wird der Text länger als %(most)s Zeichen. Kürzen Sie eine von beiden.")
            % {"most": LONGEST_SOURCE},
            field="source",
        )
    before, after = _corrected(known, ("valid_until", "source"), {"valid_until": last_day, "source": sources}, seen)
    audit.record("end_evidence", known, actor=actor, before=before, after=after)


def goes_on(known: Evidenced) -> bool:
    """Whether it makes sense to ask if it still holds: a visit is announced once."""
    return getattr(known, "kind", None) != CentreFact.Kind.ANNOUNCED_VISIT


def _corrected(known: Evidenced, names, values: dict, seen: int) -> tuple[dict, dict]:
    """Save the values over the version `seen`; return before and after. Without `position` it keeps its place."""
    before = {name: getattr(known, name) for name in names}
    after = {name: values[name] for name in names}
    if "position" in after:
        after["position"] = after["position"] or known.position
    claim_version(known, seen)
    for name in names:
        setattr(known, name, after[name])
    known.save(update_fields=names)
    mark_as_changed(known.centre_id)
    return before, after


def _next_position(others) -> int:
    return (others.aggregate(last=Max("position"))["last"] or 0) + 1


def _vouched_for(source: str, *, by: str) -> str:
    sources = _("%(source)s; weiter laut: %(who)s") % {"source": source, "who": by}
    return source if by in source or len(sources) > LONGEST_SOURCE else sources


def _reachable(values: dict) -> dict:
    if not any(values[name] for name in WAYS):
        raise NoWayToReach(
            _("Nennen Sie mindestens einen Weg: Telefon, E-Mail, Webseite oder Anschrift."), field="phone"
        )
    return values


def _checked(values: dict, *, on: date) -> dict:
    """Return the values if their days can be true on the day of the record; raises WrongEvidence."""
    first, last = values["valid_from"], values["evidenced_until"]
    if last > on:
        raise WrongEvidence(
            _("Ein Beleg kann nicht in der Zukunft liegen. Tragen Sie höchstens den heutigen Tag ein."),
            field="evidenced_until",
        )
    if last < first:
        raise WrongEvidence(_("Der letzte Beleg liegt vor dem Beginn."), field="evidenced_until")
    _check_end(first, last, values["valid_until"], field="valid_until")
    return values


def _check_end(first: date, evidenced_until: date, end: date | None, *, field: str) -> None:
    if end and end < first:
        raise WrongEvidence(_("Das Ende liegt vor dem Beginn am %(day)s.") % {"day": f"{first:%d.%m.%Y}"}, field=field)
    if end and end < evidenced_until:
        raise WrongEvidence(
            _("Bis zum %(day)s ist es belegt. Das Ende kann nicht davor liegen.")
            % {"day": f"{evidenced_until:%d.%m.%Y}"},
            field=field,
        )
