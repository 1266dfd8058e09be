"""What can be done with offers: create, edit, publish, pause, end, check, move to the next stage.

Each act renews the dates to come and the search index of its entry in its own transaction.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.versions import claim_version
from verbund.offers import indexing, upcoming, versions
from verbund.offers.content import TEXT_FIELDS, OfferContent
from verbund.offers.lifecycle import OFFER, TRIED, Stage
from verbund.offers.models import (
    Closure,
    DateChange,
    Offer,
    OfferAtPlace,
    OfferLanguage,
    OfferStage,
    Place,
    Slot,
    Term,
)


class IncompleteEntry(DomainError):
    """An entry without a need, or without a way to come to it, cannot be published."""


class WrongPlace(DomainError):
    """A place that belongs to another centre."""


class WrongDay(DomainError):
    """A day that lies in the future, or before what it follows."""


@transaction.atomic
def create_offer(partner, content: OfferContent, *, on: date, actor, is_demo: bool = False, external_key="") -> Offer:
    """Make a draft of an entry. Raises WrongPlace."""
    offer = Offer(partner=partner, is_demo=is_demo, external_key=external_key, **_values(content))
    offer.save()
    _write_rows(offer, content)
    audit.record("create_offer", offer, actor=actor, after=content.as_data()["values"])
    _renew(offer, on)
    return offer


@transaction.atomic
def edit_offer(offer: Offer, content: OfferContent, *, seen: int, on: date, actor) -> None:
    """Replace the content of an entry; `seen` is the version on the screen. Raises StaleVersion, WrongPlace.

    Nothing is recorded and nothing changes when the content is the same.
    """
    before = OfferContent.of(Offer.objects.get(pk=offer.pk))
    changed = before.differences(content)
    if not changed:
        return
    claim_version(offer, seen)
    for name, value in _values(content).items():
        setattr(offer, name, value)
    offer.save(update_fields=[*TEXT_FIELDS, "changed_at"])
    _write_rows(offer, content)
    then, now = before.as_data(), content.as_data()
    audit.record(
        "edit_offer",
        offer,
        actor=actor,
        before={name: _told(then, name) for name in changed},
        after={name: _told(now, name) for name in changed},
    )
    _renew(offer, on)


@transaction.atomic
def publish_offer(offer: Offer, *, on: date, actor) -> None:
    """Show a draft to everybody. Raises IncompleteEntry, NotAllowedNow."""
    _check_complete(offer)
    changes = {"published_on": offer.published_on or on, "checked_on": on, "checked_how": checked_by(offer, actor)}
    OFFER.apply("publish_offer", offer, actor=actor, changes=changes)
    _renew(offer, on)


@transaction.atomic
def pause_offer(offer: Offer, *, until: date | None, reason: str, on: date, actor) -> None:
    """Show an entry as closed for a time. Raises NotAllowedNow, WrongDay."""
    if until is not None and until < on:
        raise WrongDay(_("Der letzte Tag der Schließung liegt in der Vergangenheit."), field="until")
    OFFER.apply("pause_offer", offer, actor=actor, changes={"paused_until": until}, note=reason)
    _renew(offer, on)


@transaction.atomic
def resume_offer(offer: Offer, *, on: date, actor) -> None:
    """Open a paused entry again. Raises NotAllowedNow."""
    OFFER.apply("resume_offer", offer, actor=actor, changes={"paused_until": None})
    _renew(offer, on)


@transaction.atomic
def end_offer(offer: Offer, *, reason: str, on: date, actor) -> None:
    """Take an entry out of the finder; it stays readable for those who keep it. Raises NotAllowedNow."""
    OFFER.apply("end_offer", offer, actor=actor, note=reason)
    _renew(offer, on)


@transaction.atomic
def reopen_offer(offer: Offer, *, on: date, actor) -> None:
    """Make an ended entry a draft again. Raises NotAllowedNow."""
    OFFER.apply("reopen_offer", offer, actor=actor)
    _renew(offer, on)


@transaction.atomic
def check_offer(offer: Offer, *, on: date, how: str, actor, note: str = "") -> None:
    """Record that somebody who knows said on a day that the entry is right; `how` is an `Offer.Checked`."""
    before = {"checked_on": offer.checked_on, "checked_how": offer.checked_how}
    offer.checked_on, offer.checked_how = on, how
    offer.save(update_fields=["checked_on", "checked_how"])
    audit.record(
        "check_offer", offer, actor=actor, before=before, after={"checked_on": on, "checked_how": how}, note=note
    )
    versions.note_change_of([offer.pk])


@transaction.atomic
def move_to_stage(
    offer: Offer, *, stage: str, began_on: date, planned_until: date | None = None, reason: str = "", evaluation: str,
    on: date, actor,
) -> OfferStage:  # fmt: skip
    """Record the next step from pilot to permanent or ended: why, until when it is tried, what was found.

    Raises WrongDay.
    """
    newest = offer.stages.order_by("-began_on").first()
    if began_on > on or (newest and began_on < newest.began_on):
        raise WrongDay(_("Der Tag liegt in der Zukunft oder vor dem vorigen Schritt."), field="began_on")
    if newest and not evaluation and stage in {Stage.PERMANENT, Stage.ENDED}:
        raise WrongDay(_("Schreiben Sie auf, was die Erprobung ergeben hat."), field="evaluation")
    if planned_until and stage not in TRIED:
        raise WrongDay(_("Nur ein Pilot oder eine Erprobung endet an einem Tag."), field="planned_until")
    if planned_until and planned_until < began_on:
        raise WrongDay(_("Das Ende liegt vor dem Beginn."), field="planned_until")
    step = OfferStage.objects.create(
        offer=offer, stage=stage, began_on=began_on, planned_until=planned_until, reason=reason, evaluation=evaluation
    )
    before = {"stage": offer.stage, "tried_until": offer.tried_until}
    offer.stage, offer.tried_until = stage, planned_until
    offer.save(update_fields=["stage", "tried_until"])
    after = {"stage": stage, "tried_until": planned_until}
    audit.record("move_to_stage", offer, actor=actor, before=before, after=after, note=(reason or evaluation)[:200])
    versions.note_change_of([offer.pk])
    return step


def checked_by(offer: Offer, actor) -> str:
    """Return how a check by this actor counts: as one of the partner itself, or of the centre."""
    return Offer.Checked.PARTNER if actor.organisation_id == offer.partner_id else Offer.Checked.CENTRE


def _check_complete(offer: Offer) -> None:
    if not offer.terms.filter(kind=Term.Kind.NEED).exists():
        raise IncompleteEntry(_("Wählen Sie mindestens ein Anliegen, unter dem der Eintrag zu finden ist."))
    if not offer.at_places.exists():
        raise IncompleteEntry(_("Geben Sie an, wo das Angebot stattfindet oder wie man es aus der Ferne nutzt."))


def _values(content: OfferContent) -> dict:
    values = dict(content.values)
    if values.get("is_free"):
        values["amount_fee"] = None
    return {name: values[name] for name in TEXT_FIELDS if name in values}


def _told(data: dict, name: str):
    """Return a field of a content as the audit trail keeps it."""
    return data["values"][name] if name in data["values"] else data[name]


def _write_rows(offer: Offer, content: OfferContent) -> None:
    """Bring terms, languages, places and hours of an entry in step with its content."""
    _check_places(offer, content)
    terms = Term.objects.filter(code__in=[code for _kind, code in content.terms])
    offer.terms.set([term for term in terms if (term.kind, term.code) in content.terms])
    offer.languages.all().delete()
    stored = {at.place_id: at for at in offer.at_places.all()}
    spoken = [OfferLanguage(offer=offer, language_id=code, mode=mode) for code, mode in content.languages]
    for one in content.at:
        at = stored.pop(one.place, None) or OfferAtPlace(offer=offer, place_id=one.place, is_remote=one.place is None)
        at.room, at.phone, at.hours_note = one.room, one.phone, one.hours_note
        at.save()
        spoken += _write_hours(offer, at, one)
    for gone in stored.values():
        gone.delete()
    OfferLanguage.objects.bulk_create(spoken)


def _write_hours(offer: Offer, at: OfferAtPlace, one) -> list[OfferLanguage]:
    """Replace rules, single dates and closures of a place; return the languages of single hours, not saved yet."""
    for rows in (at.slots, at.date_changes, at.closures):
        rows.all().delete()
    slots = [
        Slot(at=at, **{name: value for name, value in vars(hours).items() if name != "languages"})
        for hours in one.hours
    ]
    Slot.objects.bulk_create(slots)
    DateChange.objects.bulk_create(DateChange(at=at, **vars(change)) for change in one.changes)
    Closure.objects.bulk_create(Closure(at=at, **vars(row)) for row in one.breaks)
    return [
        OfferLanguage(offer=offer, slot=slot, language_id=code)
        for slot, hours in zip(slots, one.hours, strict=True)
        for code in hours.languages
    ]


def _check_places(offer: Offer, content: OfferContent) -> None:
    ids = {one.place for one in content.at if one.place is not None}
    if Place.objects.filter(pk__in=ids, centre_id=offer.partner.centre_id).count() != len(ids):
        raise WrongPlace(_("Dieser Ort gehört zu einem anderen Zentrum. Legen Sie ihn für Ihr Zentrum an."))


def _renew(offer: Offer, on: date) -> None:
    """Bring the dates to come in step, and let pages kept in memory be made anew."""
    Offer.objects.filter(pk=offer.pk).update(changed_at=timezone.now())
    upcoming.renew([offer.pk], on=on)
    indexing.index_offers([offer.pk])
