"""What can be done with offers: create, edit, publish, pause, end, check, move to the next stage.

Each act renews the dates to come and the search index of its entry in its own transaction. What lists do to many
entries at once (`create_offers`, `edit_offers` …) is the operation itself; the single one is a list of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.references import referred_to
from verbund.core.versions import StaleVersion, claim_versions
from verbund.directory.models import Partner
from verbund.offers import indexing, upcoming, versions, writing
from verbund.offers.content import OfferContent
from verbund.offers.lifecycle import OFFER, TRIED, Stage
from verbund.offers.models import ImportRow, Offer, OfferAtPlace, OfferLanguage, OfferStage, Place, Term
from verbund.offers.writing import Draft

OWN_PARTS = (OfferAtPlace, OfferLanguage, Offer.terms.through, ImportRow)
"""What an entry consists of, and the lines of lists, which outlive it."""


class IncompleteEntry(DomainError):
    """An entry without a need, or without a way to come to it, cannot be published."""


class WrongPlace(DomainError):
    """A place that belongs to another centre."""


class WrongPartner(DomainError):
    """A partner of another centre."""


class WrongDay(DomainError):
    """A day that lies in the future, or before what it follows."""


@dataclass(frozen=True)
class Edit:
    """An entry with its new content; `seen` is the version on the screen."""

    offer: Offer
    content: OfferContent
    seen: int


def create_offer(partner, content: OfferContent, *, on: date, actor, is_demo: bool = False, external_key="") -> Offer:
    """Make a draft of an entry. Raises WrongPlace."""
    [offer] = create_offers([Draft(partner, content, external_key, is_demo)], on=on, actor=actor)
    return offer


@transaction.atomic
def create_offers(drafts: Sequence[Draft], *, on: date, actor) -> list[Offer]:
    """Make drafts of entries, all or none. Raises WrongPlace."""
    _check_places((draft.partner.centre_id, draft.content) for draft in drafts)
    offers = writing.insert(drafts)
    acts = (
        audit.Act("create_offer", offer, after=_said(draft.content))
        for offer, draft in zip(offers, drafts, strict=True)
    )
    audit.record_many(acts, actor=actor)
    return offers


def edit_offer(offer: Offer, content: OfferContent, *, seen: int, on: date, actor) -> None:
    """Replace the content of an entry; `seen` is the version on the screen. Raises StaleVersion, WrongPlace.

    Nothing is recorded and nothing changes when the content is the same.
    """
    edit_offers([Edit(offer, content, seen)], on=on, actor=actor)


@transaction.atomic
def edit_offers(edits: Sequence[Edit], *, on: date, actor) -> None:
    """Replace the contents of different entries, all or none. Raises StaleVersion, WrongPlace."""
    stored = OfferContent.of_many(list(Offer.objects.filter(pk__in=[edit.offer.pk for edit in edits])))
    if len(stored) < len({edit.offer.pk for edit in edits}):
        raise StaleVersion(_("Jemand hat den Eintrag inzwischen gelöscht."))
    changed = [edit for edit in edits if stored[edit.offer.pk].differences(edit.content)]
    if not changed:
        return
    _check_places((edit.offer.partner.centre_id, edit.content) for edit in changed)
    claim_versions((edit.offer, edit.seen) for edit in changed)
    writing.replace([(edit.offer, stored[edit.offer.pk], edit.content) for edit in changed])
    audit.record_many((_edited(edit, stored[edit.offer.pk]) for edit in changed), actor=actor)
    _renew([edit.offer for edit in changed], on)


def _edited(edit: Edit, before: OfferContent) -> audit.Act:
    names = before.differences(edit.content)
    then, now = before.as_data(), edit.content.as_data()
    return audit.Act(
        "edit_offer",
        edit.offer,
        before={name: _told(then, name) for name in names},
        after={name: _told(now, name) for name in names},
    )


def publish_offer(offer: Offer, *, on: date, actor) -> None:
    """Show a draft to everybody. Raises IncompleteEntry, NotAllowedNow."""
    publish_offers([offer], on=on, actor=actor)


@transaction.atomic
def publish_offers(offers: Sequence[Offer], *, on: date, actor) -> None:
    """Show drafts to everybody, all or none. Raises IncompleteEntry, NotAllowedNow."""
    _check_complete(offers)
    alike: dict[tuple, list[Offer]] = defaultdict(list)
    for offer in offers:
        alike[offer.published_on or on, checked_by(offer, actor)].append(offer)
    for (published_on, how), some in alike.items():
        changes = {"published_on": published_on, "checked_on": on, "checked_how": how}
        OFFER.apply_many("publish_offer", some, actor=actor, changes=changes)
    _renew(offers, on)


@transaction.atomic
def pause_offer(offer: Offer, *, until: date | None, reason: str, on: date, actor) -> None:
    """Show an entry as closed for a time. Raises NotAllowedNow, WrongDay."""
    if until is not None and until < on:
        raise WrongDay(_("Der letzte Tag der Schließung liegt in der Vergangenheit."), field="until")
    OFFER.apply("pause_offer", offer, actor=actor, changes={"paused_until": until}, note=reason)
    _renew([offer], on)


@transaction.atomic
def resume_offer(offer: Offer, *, on: date, actor) -> None:
    """Open a paused entry again. Raises NotAllowedNow."""
    OFFER.apply("resume_offer", offer, actor=actor, changes={"paused_until": None})
    _renew([offer], on)


def end_offer(offer: Offer, *, reason: str, on: date, actor) -> None:
    """Take an entry out of the finder; it stays readable for those who keep it. Raises NotAllowedNow."""
    end_offers([offer], reason=reason, on=on, actor=actor)


@transaction.atomic
def end_offers(offers: Sequence[Offer], *, reason: str, on: date, actor) -> None:
    """Take entries out of the finder, all or none. Raises NotAllowedNow."""
    OFFER.apply_many("end_offer", offers, actor=actor, note=reason)
    _renew(offers, on)


@transaction.atomic
def discard_offers(offers: Sequence[Offer], *, actor) -> list[Offer]:
    """Delete entries that were never public and that nothing refers to; return those that stay. Raises StaleVersion."""
    known = {offer.pk: offer for offer in offers if offer.published_on is None}
    held = locking(Offer.objects.filter(pk__in=known).order_by("pk"), to_delete=True)
    if any(known[pk].version != version for pk, version in held.values_list("pk", "version")):
        raise StaleVersion(_("Jemand anderes hat einen der Einträge inzwischen geändert."))
    gone = known.keys() - referred_to(Offer, list(known), besides=OWN_PARTS)
    acts = [audit.Act("discard_offer", known[pk], before={"title": known[pk].title}) for pk in sorted(gone)]
    Offer.objects.filter(pk__in=gone).delete()
    audit.record_many(acts, actor=actor)
    return [offer for offer in offers if offer.pk not in gone]


@transaction.atomic
def reopen_offer(offer: Offer, *, on: date, actor) -> None:
    """Make an ended entry a draft again. Raises NotAllowedNow."""
    OFFER.apply("reopen_offer", offer, actor=actor)
    _renew([offer], on)


def check_offer(offer: Offer, *, on: date, how: str, actor, note: str = "") -> None:
    """Record that somebody who knows said on a day that the entry is right; `how` is an `Offer.Checked`."""
    check_offers([offer], on=on, how=how, actor=actor, note=note)


@transaction.atomic
def check_offers(offers: Sequence[Offer], *, on: date, how: str, actor, note: str = "") -> None:
    """Record of several entries that they are right."""
    after = {"checked_on": on, "checked_how": how}
    acts = [
        audit.Act("check_offer", offer, {name: getattr(offer, name) for name in after}, after, note) for offer in offers
    ]
    for offer in offers:
        offer.checked_on, offer.checked_how = on, how
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(**after)
    audit.record_many(acts, actor=actor)
    versions.note_change_of([offer.pk for offer in offers])


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


@transaction.atomic
def move_offers(offers: Sequence[Offer], partner: Partner, *, actor) -> None:
    """Give entries to another partner of the same centre: it was kept twice, or took them over. Raises WrongPartner."""
    if any(offer.partner.centre_id != partner.centre_id for offer in offers):
        raise WrongPartner(_("Angebote lassen sich nur innerhalb eines Zentrums weitergeben."))
    earlier = {offer.pk: str(offer.partner) for offer in offers}
    ids = list(earlier)
    Offer.objects.filter(pk__in=ids).update(partner=partner, changed_at=timezone.now())
    for offer in offers:
        offer.partner = partner
    indexing.index_offers(ids)
    acts = (audit.Act("move_offer", offer, note=f"{earlier[offer.pk]} → {partner}") for offer in offers)
    audit.record_many(acts, actor=actor)


def checked_by(offer: Offer, actor) -> str:
    """Return how a check by this actor counts: as one of the partner itself, or of the centre."""
    return Offer.Checked.PARTNER if actor.organisation_id == offer.partner_id else Offer.Checked.CENTRE


def _check_complete(offers: Sequence[Offer]) -> None:
    ids = {offer.pk for offer in offers}
    with_need = Offer.terms.through.objects.filter(offer__in=ids, term__kind=Term.Kind.NEED)
    if ids - set(with_need.values_list("offer_id", flat=True)):
        raise IncompleteEntry(_("Wählen Sie mindestens ein Anliegen, unter dem der Eintrag zu finden ist."))
    if ids - set(OfferAtPlace.objects.filter(offer__in=ids).values_list("offer_id", flat=True)):
        raise IncompleteEntry(_("Geben Sie an, wo das Angebot stattfindet oder wie man es aus der Ferne nutzt."))


def _said(content: OfferContent) -> dict:
    """Return what a new entry says; what it leaves empty is nothing to record."""
    return {name: value for name, value in content.as_values().items() if value not in (None, "")}


def _told(data: dict, name: str):
    """Return a field of a content as the audit trail keeps it."""
    return data["values"][name] if name in data["values"] else data[name]


def _check_places(entries: Iterable[tuple[int, OfferContent]]) -> None:
    """Refuse places of another centre; `entries` are the id of the centre and the content of each."""
    named = {(one.place, centre) for centre, content in entries for one in content.at if one.place is not None}
    places = Place.objects.filter(pk__in={place for place, _centre in named})
    if named - set(places.values_list("pk", "centre_id")):
        raise WrongPlace(_("Dieser Ort gehört zu einem anderen Zentrum. Legen Sie ihn für Ihr Zentrum an."))


def _renew(offers: Sequence[Offer], on: date) -> None:
    """Bring the dates to come in step, and let pages kept in memory be made anew."""
    ids = [offer.pk for offer in offers]
    Offer.objects.filter(pk__in=ids).update(changed_at=timezone.now())
    upcoming.renew(ids, on=on)
    indexing.index_offers(ids)


audit.call_fields({"checked_on": gettext_lazy("geprüft am"), "checked_how": gettext_lazy("wie geprüft")}, model=Offer)
