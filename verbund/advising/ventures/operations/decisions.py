"""Say what becomes of a venture after its pilot, and let it be found as an offer."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Pilot, Venture, VentureDecision
from verbund.advising.ventures import queries
from verbund.advising.ventures.lifecycle import MOVE_OF, VENTURE, VentureStatus, Verdict
from verbund.advising.ventures.operations.ventures import ReasonMissing, locked
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.directory.models import Partner
from verbund.offers import operations as offers
from verbund.offers.content import TEXT_FIELDS, At, OfferContent
from verbund.offers.models import Offer, Place

STAGE_OF = {Verdict.PERMANENT: "PERMANENT", Verdict.ENDED: "ENDED"}
OFFERABLE = frozenset({VentureStatus.PILOT, VentureStatus.EVALUATED, VentureStatus.CHANGED, VentureStatus.PERMANENT})
"""From its first pilot on a venture may be found as an offer."""


class NoOffer(DomainError):
    """The venture is found as an offer already, or is not tried yet."""


class WrongPartner(DomainError):
    """Somebody who does not carry the venture cannot be the provider of its offer."""


@transaction.atomic
def decide(venture: Venture, *, verdict: str, reason: str, on: date, actor: Actor) -> VentureDecision:
    """Decide on the evaluated pilot; the offer, where there is one, follows. Raises NotAllowedNow, ReasonMissing."""
    stored = locked(venture)
    if stored.status == VentureStatus.PILOT:
        raise NotAllowedNow(_("Entscheiden lässt sich erst, wenn die Erprobung ausgewertet ist."))
    move = MOVE_OF[Verdict(verdict)]
    VENTURE.check(move, stored)
    if not reason.strip():
        raise ReasonMissing(_("Bitte begründen Sie die Entscheidung."), field="reason")
    pilot = queries.newest_pilot(stored)
    decision = VentureDecision.objects.create(
        pilot=pilot, verdict=verdict, reason=reason, decided_on=on, **actor.signs("decided")
    )
    changes = {"status_since": on} | ({"end_reason": reason} if verdict == Verdict.ENDED else {})
    VENTURE.apply(move, stored, actor=actor, changes=changes, note=reason[:200])
    stage = STAGE_OF.get(Verdict(verdict))
    if stage:
        follow_with_offer(stored, stage=stage, pilot=pilot, on=on, actor=actor)
    return decision


def follow_with_offer(venture: Venture, *, stage: str, pilot: Pilot, on: date, actor: Actor) -> None:
    """Bring the stage of the offer in step with the venture, with the findings as its evaluation."""
    offer, is_tried = venture.offer, stage in {"PILOT", "TRIAL"}
    if offer is None:
        return
    planned_until = pilot.last_day if is_tried else None
    newest = offer.stages.order_by("-began_on", "-pk").first()
    if newest is not None and (newest.stage, newest.planned_until) == (stage, planned_until):
        return
    offers.move_to_stage(
        offer,
        stage=stage,
        began_on=on,
        planned_until=planned_until,
        reason=_("Vorhaben „%s“") % venture.title,
        evaluation="" if is_tried else pilot.evaluation.findings,
        on=on,
        actor=actor,
    )


def _current_stage(venture: Venture, pilot: Pilot) -> str:
    if venture.status == VentureStatus.PERMANENT:
        return "PERMANENT"
    return "PILOT" if pilot.number == 1 else "TRIAL"


def _offerable(venture: Venture) -> tuple[Venture, Pilot]:
    stored = locked(venture)
    if stored.offer_id is not None:
        raise NoOffer(_("Das Vorhaben ist schon mit einem Angebot verbunden."))
    if stored.status not in OFFERABLE:
        raise NoOffer(_("Ein Angebot entsteht, sobald das Vorhaben erprobt wird."))
    return stored, queries.newest_pilot(stored)


@transaction.atomic
def make_offer(
    venture: Venture, *, partner: Partner, title: str, summary: str, place: Place | None = None, on: date, actor: Actor
) -> Offer:
    """Make a draft for the finder with what is known. Raises NoOffer, WrongPartner, WrongPlace."""
    stored, pilot = _offerable(venture)
    if not stored.parties.filter(partner=partner, until=None).exists():
        raise WrongPartner(_("Anbieter kann nur sein, wer das Vorhaben mitträgt."), field="partner")
    offer = offers.create_offer(
        partner, _content(stored, title, summary, place), on=on, actor=actor, is_demo=stored.is_demo
    )
    _connect(stored, offer, pilot, on=on, actor=actor)
    venture.offer = offer
    return offer


def _content(venture: Venture, title: str, summary: str, place: Place | None) -> OfferContent:
    empty = Offer()
    values = {name: getattr(empty, name) for name in TEXT_FIELDS} | {"title": title, "summary": summary}
    known = [venture.field, venture.stage, *venture.audiences.all()]
    terms = tuple(sorted((term.kind, term.code) for term in known if term is not None))
    return OfferContent(values=values, terms=terms, at=(At(place=place.pk),) if place else ())


@transaction.atomic
def link_offer(venture: Venture, offer: Offer, *, on: date, actor: Actor) -> None:
    """Connect an entry that exists; its stage follows. Raises NoOffer, WrongPartner."""
    stored, pilot = _offerable(venture)
    if offer.partner.centre_id != stored.centre_id:
        raise WrongPartner(_("Dieses Angebot betreut ein anderes Zentrum."), field="offer")
    _connect(stored, offer, pilot, on=on, actor=actor)
    venture.offer = offer


def _connect(venture: Venture, offer: Offer, pilot: Pilot, *, on: date, actor: Actor) -> None:
    venture.offer = offer
    venture.save(update_fields=["offer"])
    audit.record("link_offer", venture, actor=actor, after={"offer": offer.title})
    follow_with_offer(venture, stage=_current_stage(venture, pilot), pilot=pilot, on=on, actor=actor)
