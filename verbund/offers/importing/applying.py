"""Takes over the rows of a run, and puts them back: each through the operations of its entry, failures told."""

from datetime import date

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError
from verbund.directory.calculations import folded
from verbund.directory.models import Municipality, Partner
from verbund.offers import operations, place_operations
from verbund.offers.content import OfferContent
from verbund.offers.importing import matching
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import ImportRow, ImportRun, Offer

Kind, Choice, Outcome = ImportRow.Kind, ImportRow.Choice, ImportRow.Outcome
TO_APPLY = Q(kind__in=[Kind.NEW, Kind.CHANGED, Kind.SUSPICIOUS], outcome=Outcome.OPEN)
TO_UNDO = Q(outcome__in=[Outcome.CREATED, Outcome.CHANGED])


class Meanwhile(DomainError):
    """Something changed between the preview and the taking over."""


class Applier:
    """Takes over rows of one run; remembers the partners and places it has made or found."""

    def __init__(self, run: ImportRun, *, on: date, actor):
        self.run, self.on, self.actor = run, on, actor
        self.centre = run.centre
        self.known = matching.Known(run.centre_id, has_offers=False)
        rows = Partner.objects.filter(centre_id=run.centre_id).select_related("organisation", "centre")
        self.partners = {folded(partner.organisation.name): partner for partner in rows}

    def apply(self, row: ImportRow) -> None:
        """Take over one row in a transaction of its own, and keep what came of it."""
        try:
            with transaction.atomic():
                self._apply(row)
        except DomainError as refusal:
            self._failed(row, str(refusal))
        except (DataError, IntegrityError):  # what the database refuses, whoever made it so meanwhile
            self._failed(row, _("Die Angaben passen nicht zu dem, was schon im Eintrag steht (Alter, Laufzeit)."))
        row.save(update_fields=["outcome", "outcome_note", "offer", "before", "version"])

    def _failed(self, row: ImportRow, sentence: str) -> None:
        row.outcome, row.outcome_note = Outcome.FAILED, sentence[:300]
        self._forget_what_was_not_kept()

    def _apply(self, row: ImportRow) -> None:
        if row.kind == Kind.SUSPICIOUS and row.choice in {Choice.OPEN, Choice.SKIP}:
            row.outcome = Outcome.SKIPPED
            row.outcome_note = "" if row.choice else _("nicht entschieden")
            return
        place = self._place(row.said)
        if row.kind == Kind.NEW or row.choice == Choice.NEW:
            self._create(row, place)
        else:
            self._edit(row, place)

    def _create(self, row: ImportRow, place: int | None) -> None:
        said = row.said
        content = matching.content_of(said, None, place)
        partner = self._partner(said["partner"])
        self._refuse_twin(row, partner, place)
        offer = operations.create_offer(
            partner, content, on=self.on, actor=self.actor, external_key=said.get("external_key", "")
        )
        if self.run.aim == ImportRun.Aim.PUBLISH and is_complete(content):
            operations.publish_offer(offer, on=self.on, actor=self.actor)
            operations.check_offer(offer, on=self.on, how=Offer.Checked.IMPORT, actor=self.actor)
        row.offer, row.outcome, row.version = offer, Outcome.CREATED, offer.version
        row.before = {"status": offer.status}

    def _refuse_twin(self, row: ImportRow, partner: Partner, place: int | None) -> None:
        """Refuse what somebody made after the preview; a twin the clerk has seen is wanted."""
        if row.kind != Kind.NEW:
            return
        twins = Offer.objects.filter(partner=partner, title__iexact=row.said["title"])
        twins = twins.exclude(status=OfferStatus.ENDED).filter(external_key=row.said.get("external_key", ""))
        if place:
            twins = twins.filter(at_places__place=place)
        made_here = self.run.rows.filter(outcome=Outcome.CREATED).values("offer_id")
        if twins.exclude(pk__in=made_here).exists():
            raise Meanwhile(_("Diesen Eintrag hat inzwischen jemand angelegt."))

    def _edit(self, row: ImportRow, place: int | None) -> None:
        offer = Offer.objects.filter(pk=row.offer_id, partner__centre_id=self.run.centre_id).first()
        if offer is None or offer.version != row.seen or offer.status == OfferStatus.ENDED:
            raise Meanwhile(_("Jemand hat den Eintrag inzwischen geändert. Prüfen Sie die Liste noch einmal."))
        before = OfferContent.of(offer)
        content = matching.content_of(row.said, before, place)
        operations.edit_offer(offer, content, seen=row.seen, on=self.on, actor=self.actor)
        row.before = before.as_data() | {
            "checked": [offer.checked_on and offer.checked_on.isoformat(), offer.checked_how]
        }
        if offer.is_public:
            operations.check_offer(offer, on=self.on, how=Offer.Checked.IMPORT, actor=self.actor)
        row.outcome, row.version = Outcome.CHANGED, offer.version

    def _place(self, said: dict) -> int | None:
        place = said.get("place")
        found = self.known.place_of(place)
        if found != matching.NEW_PLACE:
            return found
        names = ("name", "street", "postcode", "latitude", "longitude")
        fields = {name: place[name] for name in names}
        fields["municipality"] = Municipality.objects.get(pk=place["municipality"])
        made = place_operations.create_place(self.centre, fields, actor=self.actor)
        self.known.learn_place(made.pk, place["name"], place["street"], place["postcode"])
        return made.pk

    def _partner(self, name: str) -> Partner:
        found = self.partners.get(folded(name))
        if found is None:
            values = {"kind": Partner.Kind.OTHER}
            found = place_operations.create_partner(self.centre, name, values, actor=self.actor)
            self.partners[folded(name)] = found
        return found

    def _forget_what_was_not_kept(self) -> None:
        """Read partners and places anew: what a refused row had made is gone."""
        self.__init__(self.run, on=self.on, actor=self.actor)


def is_complete(content: OfferContent) -> bool:
    """Whether an entry says enough to be published: what one gets, a need, and where."""
    return bool(content.values["summary"] and content.at and any(kind == "NEED" for kind, _code in content.terms))


def undo(row: ImportRow, *, on: date, actor) -> None:
    """End what a row made, put back what it changed, unless somebody has edited the entry since."""
    try:
        with transaction.atomic():
            is_done = _undo(row, on=on, actor=actor)
    except DomainError:
        is_done = False
    row.outcome = Outcome.UNDONE if is_done else Outcome.KEPT
    row.save(update_fields=["outcome"])


def _undo(row: ImportRow, *, on: date, actor) -> bool:
    offer = Offer.objects.select_related("partner").filter(pk=row.offer_id).first()
    if offer is None or offer.version != row.version:
        return False
    if row.outcome == Outcome.CREATED:
        if offer.status != row.before["status"]:
            return False
        operations.end_offer(offer, reason=_("Übernahme der Liste rückgängig gemacht"), on=on, actor=actor)
        return True
    checked_on, checked_how = row.before["checked"]
    before = OfferContent.from_data(row.before)
    operations.edit_offer(offer, before, seen=offer.version, on=on, actor=actor)
    if offer.is_public and checked_how:
        operations.check_offer(offer, on=date.fromisoformat(checked_on), how=checked_how, actor=actor)
    return True
