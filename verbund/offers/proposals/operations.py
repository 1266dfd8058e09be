"""What can be done with proposals: submit, ask, answer, accept, accept parts, refuse, withdraw, forget; keep drafts."""

import json
import secrets
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import SYSTEM, Actor
from verbund.core.dates import add_months
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.directory.models import Municipality, Partner
from verbund.directory.operations import create_partner
from verbund.offers import operations as offers
from verbund.offers import place_operations
from verbund.offers.content import OfferContent
from verbund.offers.freshness.queries import answer_day
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Offer, PartnerLink, Place, Proposal, ProposalDraft, ProposalLink, ProposalMessage
from verbund.offers.proposals import notifications, queries
from verbund.offers.proposals.lifecycle import PROPOSAL, ProposalStatus
from verbund.offers.words.operations import take_over_text

SALT = "verbund.offers.proposals"
MONTHS_KEPT = 12
"""How long address and talk of a submitter are kept after the decision."""


class NoReason(DomainError):
    """A refusal without a published rule and words of its own."""


class NothingChosen(DomainError):
    """An acceptance that takes nothing over."""


class NoPartner(DomainError):
    """A new entry without the organisation that offers it."""


def submitter() -> Actor:
    """Return who acts by a link: not signed in, so a function is all that is known."""
    return Actor(user=None, label=_("einreichende Stelle (Link ohne Anmeldung)"), role="SUBMITTER")


def house(partner: Partner) -> Actor:
    """Return who acts by a link mailed to a partner: the organisation. No function, no rights."""
    label = _("Anbieter über Link: %(partner)s") % {"partner": partner}
    return Actor(user=None, label=label, organisation_id=partner.pk)


def link_token(key: str, content: OfferContent, values: dict) -> str:
    """Return the token of the first link: the same for the same form with the same text, so sending twice acts once."""
    said = json.dumps([content.as_data(), values], sort_keys=True, default=str)
    return salted_hmac(SALT, f"{key}|{said}", algorithm="sha256").hexdigest()


def submit_proposal(
    content: OfferContent, values: dict, *, centre, token: str, offer=None, base=None, partner=None, on: date
) -> Proposal:
    """Store a proposal and mail its link; returns it. What was submitted with this token before is returned unchanged.

    `values` are organisation_name, organisation_kind, new_place, other_text, note, submitter_email, language (that
    of the page). `partner` is who came by a link of its own. Raises UnmailableAddress.
    """
    if (earlier := queries.proposal_of(token)) is not None:
        return earlier
    try:
        return _submit(content, values, centre=centre, token=token, offer=offer, base=base, partner=partner, on=on)
    except IntegrityError:
        return queries.proposal_of(token)


@transaction.atomic
def _submit(content, values, *, token, partner, **more) -> Proposal:
    actor = house(partner) if partner else submitter()
    proposal = store(content, values, token=token, partner=partner, actor=actor, **more)
    notifications.received(proposal, token=token)
    return proposal


def store(content, values, *, centre, token, offer, base, partner, on, actor) -> Proposal:
    """Keep what was proposed, behind the link of a token; without one nobody comes back to it."""
    proposal = Proposal.objects.create(
        centre=centre,
        offer=offer,
        partner=partner,
        title=content.values["title"],
        content=content.as_data(),
        base=base.as_data() if base else None,
        submitted_on=on,
        due_on=answer_day(on, on=on),
        **values,
    )
    if token:
        ProposalLink.objects.create(proposal=proposal, token_sha256=queries.token_hash(token))
    audit.record("submit_proposal", proposal, actor=actor, after={"title": proposal.title})
    return proposal


def _new_link(proposal: Proposal) -> str:
    token = secrets.token_urlsafe(32)
    ProposalLink.objects.create(proposal=proposal, token_sha256=queries.token_hash(token))
    return token


@transaction.atomic
def start_check(proposal: Proposal, *, actor) -> None:
    """Say that somebody looks at it. Raises NotAllowedNow."""
    PROPOSAL.apply("start_check_of_proposal", proposal, actor=actor)


@transaction.atomic
def ask_submitter(proposal: Proposal, *, text: str, on: date, actor) -> None:
    """Ask the submitter something; the promised day counts as kept by this answer. Raises NotAllowedNow."""
    PROPOSAL.apply("ask_submitter", proposal, actor=actor, changes=_answered(proposal, on))
    message = ProposalMessage.objects.create(proposal=proposal, is_from_centre=True, text=text)
    notifications.asked(proposal, message, token=_new_link(proposal))


@transaction.atomic
def answer_question(proposal: Proposal, *, text: str, on: date) -> None:
    """Answer the question of the centre, by link; the time of the centre begins anew. Raises NotAllowedNow."""
    changes = {"due_on": answer_day(on, on=on)}
    PROPOSAL.apply("answer_as_submitter", proposal, actor=submitter(), changes=changes)
    ProposalMessage.objects.create(proposal=proposal, is_from_centre=False, text=text)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, on: date) -> None:
    """Take a proposal back, by link. Raises NotAllowedNow when it is decided."""
    PROPOSAL.apply("withdraw_proposal", proposal, actor=submitter(), changes={"decided_on": on})


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, rule, reason: str, on: date, actor) -> None:
    """Refuse with a published rule and words of one's own. Raises NoReason, NotAllowedNow."""
    if rule is None or not reason.strip():
        raise NoReason(_("Nennen Sie eine Regel und begründen Sie sie in eigenen Worten."), field="reason")
    changes = _answered(proposal, on) | {"decided_on": on, "rule": rule, "reason": reason}
    PROPOSAL.apply("refuse_proposal", proposal, actor=actor, changes=changes)
    notifications.decided(proposal, token=_new_link(proposal))


@transaction.atomic
def accept_proposal(
    proposal: Proposal, names, *, partner: Partner | None, new_partner: dict | None, publish: bool, reply: str,
    seen: int | None, on: date, actor,
) -> Offer:  # fmt: skip
    """Take over the fields `names` (as in `proposed_fields`) into the entry, or into a new one; returns it.

    A text in a second language stands beside the entry, checked by nobody.
    For a new entry `partner` or `new_partner` (name, kind) says whose it is, and title and sentence always come along.
    For a change `seen` is the entry's version on the screen. With `publish` a draft is shown to everybody.
    Raises NothingChosen, NoPartner, NotAllowedNow, StaleVersion, AlreadyKnown, IncompleteEntry.
    """
    proposed = queries.proposed_fields(proposal)
    taken = [name for name in proposed if name in names or (not proposal.offer_id and name in {"title", "summary"})]
    if not taken:
        raise NothingChosen(_("Wählen Sie mindestens eine Angabe, oder lehnen Sie den Vorschlag ab."), field="fields")
    move = "accept_proposal" if taken == proposed else "accept_parts_of_proposal"
    changes = _answered(proposal, on) | {"decided_on": on, "reason": reply}
    PROPOSAL.apply(move, proposal, actor=actor, changes=changes)
    if proposal.offer_id:
        offer = change_entry(proposal, taken, seen=seen, on=on, actor=actor)
    else:
        offer = make_entry(proposal, taken, partner or _make_partner(proposal, new_partner, actor), on=on, actor=actor)
    if queries.OTHER_TEXT in taken:
        said = dict(proposal.other_text)
        take_over_text(offer, said, language=said.pop("language"), actor=actor)
    if publish and offer.status == OfferStatus.DRAFT:
        offers.publish_offer(offer, on=on, actor=actor)
    proposal.made_offer = offer
    proposal.save(update_fields=["made_offer"])
    notifications.decided(proposal, token=_new_link(proposal))
    return offer


def _answered(proposal: Proposal, on: date) -> dict:
    return {"answered_on": proposal.answered_on or on}


def _make_partner(proposal: Proposal, said: dict | None, actor) -> Partner:
    if not said or not said.get("name"):
        raise NoPartner(_("Wählen Sie die Organisation aus, oder bestätigen Sie Namen und Art."), field="partner")
    return create_partner(proposal.centre, said["name"], {"kind": said["kind"]}, actor=actor)


def make_entry(proposal: Proposal, names, partner: Partner, *, on: date, actor) -> Offer:
    """Make a draft of the fields `names` of a proposal. Raises NoPartner for a partner of another centre."""
    if partner.centre_id != proposal.centre_id:
        raise NoPartner(_("Diese Organisation betreut ein anderes Zentrum."), field="partner")
    content = queries.empty_content().with_fields(_with_real_place(proposal, names, actor), names)
    return offers.create_offer(partner, content, on=on, actor=actor)


def change_entry(proposal: Proposal, names, *, seen, on: date, actor) -> Offer:
    """Write the fields `names` of a proposal into its entry. Raises StaleVersion when it is not as `seen`."""
    offer = locking(Offer.objects).get(pk=proposal.offer_id)
    content = OfferContent.of(offer).with_fields(_with_real_place(proposal, names, actor), names)
    offers.edit_offer(offer, content, seen=offer.version if seen is None else seen, on=on, actor=actor)
    return offer


def _with_real_place(proposal: Proposal, names, actor) -> OfferContent:
    """Return the proposed content with the new place made, or found among those of the centre."""
    content = queries.content_of(proposal)
    if "at" not in names or not any(at.place == queries.NEW_PLACE for at in content.at):
        return content
    place = _known_place(proposal) or _make_place(proposal, actor)
    at = tuple(replace(one, place=place.pk) if one.place == queries.NEW_PLACE else one for one in content.at)
    return replace(content, at=at)


def _known_place(proposal: Proposal) -> Place | None:
    said = proposal.new_place
    if said["is_protected"]:
        return None
    same = Place.objects.filter(centre_id=proposal.centre_id, postcode=said["postcode"], street__iexact=said["street"])
    return same.filter(name__iexact=said["name"], is_protected=False).first()


def _make_place(proposal: Proposal, actor) -> Place:
    said = dict(proposal.new_place)
    town = Municipality.objects.get(pk=said.pop("municipality"))
    point = {} if said["is_protected"] else _point(said["postcode"], town)
    return place_operations.create_place(proposal.centre, said | point | {"municipality": town}, actor=actor)


def _point(postcode: str, town: Municipality) -> dict:
    """Return the point of the postcode in the town, else of the town: about right, until somebody knows better."""
    found = town.postcodes.filter(code=postcode).first() or town
    return {"latitude": found.latitude, "longitude": found.longitude}


@transaction.atomic
def save_draft(token: str, typed: dict, *, offer=None) -> ProposalDraft:
    """Keep what somebody has typed behind a link; `typed` maps names of fields to lists of texts."""
    key = queries.token_hash(token)
    draft, _is_new = ProposalDraft.objects.update_or_create(
        token_sha256=key, defaults={"typed": typed}, create_defaults={"typed": typed, "offer": offer}
    )
    return draft


@transaction.atomic
def mail_draft(draft: ProposalDraft, link: str, *, email: str, now: datetime) -> None:
    """Mail the way back to a draft to whoever writes it. Raises UnmailableAddress."""
    notifications.draft_link(email, link, key=f"proposal-draft:{draft.pk}:{now:%Y%m%d%H%M}")
    draft.mailed_at = now
    draft.save(update_fields=["mailed_at"])


@transaction.atomic
def forget_old(*, on: date) -> int:
    """Delete address, note, talk and links of proposals decided twelve months ago, and drafts of a month ago."""
    decided = Proposal.objects.filter(decided_on__lte=add_months(on, -MONTHS_KEPT), forgotten_on=None)
    found = list(decided.order_by("centre_id", "pk"))
    for proposal in found:
        proposal.links.all().delete()
        proposal.messages.all().delete()
        proposal.submitter_email = proposal.note = proposal.language = ""
        proposal.forgotten_on = on
        proposal.save(update_fields=["submitter_email", "note", "language", "forgotten_on"])
        audit.record("forget_submitter", proposal, actor=SYSTEM, after={"forgotten_on": on})
    ProposalDraft.objects.filter(saved_at__date__lt=add_months(on, -1)).delete()
    PartnerLink.objects.filter(valid_until__lt=add_months(on, -1)).delete()
    return len(found)


def is_over(proposal: Proposal) -> bool:
    """Whether it is decided or withdrawn."""
    return not PROPOSAL.open_for(ProposalStatus(proposal.status))
