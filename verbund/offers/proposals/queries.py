"""What can be asked about proposals: who sees them, behind which link, what is similar, how soon they are answered."""

import hashlib
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, utils

from verbund.core.acting import Actor
from verbund.core.worklist import Task
from verbund.directory.models import Centre, Municipality, Partner
from verbund.offers import queries as offers
from verbund.offers.content import TEXT_FIELDS, OfferContent
from verbund.offers.freshness.queries import answer_day, rule
from verbund.offers.models import FreshnessRule, InclusionRule, Offer, Proposal, ProposalDraft
from verbund.offers.proposals.lifecycle import WAITS_FOR_CENTRE

NEW_PLACE = -1
"""The number of a place that is part of a proposal and does not exist yet."""

OTHER_TEXT = "other_text"
"""The name of what an entry says in a second language, beside the fields of its content."""

SAME_TITLE, SAME_PARTNER, CLOSE_TITLE = 85, 85, 60
"""Likeness (0 to 100) from which an entry may be the same: the title alone, or both partner and title."""

MOST_SIMILAR = 3
YEAR = timedelta(days=365)


def token_hash(token: str) -> str:
    """Return what is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def proposal_of(token: str) -> Proposal | None:
    """Return the proposal behind a link; None for a link that never was or has ended."""
    found = Proposal.objects.filter(links__token_sha256=token_hash(token))
    return found.select_related("centre__organisation", "offer", "made_offer", "rule").first()


def draft_of(token: str) -> ProposalDraft | None:
    """Return the draft behind a link."""
    return ProposalDraft.objects.filter(token_sha256=token_hash(token)).select_related("offer").first()


def proposals_visible_to(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals of the own centre; nobody else reads them, for they hold what is not public."""
    if actor.organisation_id is None or actor.role not in offers.CENTRE_SIDE:
        return Proposal.objects.none()
    return Proposal.objects.filter(centre_id=actor.organisation_id).select_related("centre", "offer", "made_offer")


def centre_for(municipality: Municipality) -> Centre | None:
    """Return the centre responsible in a town: its own, else that of its district."""
    found = Centre.objects.filter(
        Q(carrier__municipality=municipality)
        | Q(carrier__municipality=None, carrier__district_id=municipality.district_id)
    )
    return found.order_by("carrier__municipality_id").exclude(carrier__municipality=None).first() or found.first()


def empty_content() -> OfferContent:
    """Return the content of an entry that says nothing yet."""
    offer = Offer()
    return OfferContent(values={name: getattr(offer, name) for name in TEXT_FIELDS})


def content_of(proposal: Proposal) -> OfferContent:
    return OfferContent.from_data(proposal.content)


def proposed_fields(proposal: Proposal) -> list[str]:
    """Return the names of the fields a proposal wants to say something in, in the order people read an entry.

    Last what it says in a second language.
    """
    base = OfferContent.from_data(proposal.base) if proposal.base else empty_content()
    different = base.differences(content_of(proposal))
    names = [name for name in (*TEXT_FIELDS, "terms", "languages", "at") if name in different]
    return [*names, OTHER_TEXT] if proposal.other_text else names


def similar_offers(centre: Centre, *, title: str, organisation_name: str, on: date) -> list[Offer]:
    """Return public entries of the centre's partners that may be the same, most alike first."""
    wanted, house = utils.default_process(title), utils.default_process(organisation_name)
    rows = offers.public_offers(on=on).filter(partner__centre=centre).order_by()
    rows = rows.values_list("pk", "title", "partner__organisation__name")
    alike = []
    for pk, other, partner in rows:
        score = fuzz.token_sort_ratio(wanted, utils.default_process(other))
        same_house = fuzz.token_set_ratio(house, utils.default_process(partner)) >= SAME_PARTNER
        if score >= SAME_TITLE or (same_house and score >= CLOSE_TITLE):
            alike.append((score + 50 * same_house, pk))
    ids = [pk for _score, pk in sorted(alike, reverse=True)[:MOST_SIMILAR]]
    found = Offer.objects.select_related("partner__organisation").in_bulk(ids)
    return [found[pk] for pk in ids]


def partners_like(centre: Centre, name: str) -> list[tuple[int, Partner]]:
    """Return the centre's partners with the likeness of their names (0 to 100), most alike first."""
    wanted = utils.default_process(name)
    partners = Partner.objects.filter(centre=centre).select_related("organisation")
    scored = [
        (round(fuzz.token_sort_ratio(wanted, utils.default_process(one.organisation.name))), one) for one in partners
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].organisation.name))


def rules_on(day: date) -> QuerySet[InclusionRule]:
    """Return the rules that apply on a day."""
    return InclusionRule.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


def answer_times(centre_id: int, *, on: date) -> dict:
    """Return how many proposals of the last year were to be answered by now, and how many of them were in time.

    Measured by the first answer: a question or a decision. What is late and still without one counts as not in time;
    what was taken back before an answer, or took effect without one, is not counted.
    """
    lately = Proposal.objects.filter(centre_id=centre_id, is_direct=False, submitted_on__gt=on - YEAR)
    late = Q(answered_on=None, due_on__lt=on, status__in=WAITS_FOR_CENTRE)
    rows = list(lately.filter(Q(answered_on__isnull=False) | late).values_list("submitted_on", "answered_on"))
    due = {came: answer_day(came, on=came) for came in {came for came, _done in rows}}
    return {"due": len(rows), "in_time": sum(done is not None and done <= due[came] for came, done in rows)}


def working_days_promised(*, on: date) -> int:
    """Return within how many working days a centre answers."""
    return rule(FreshnessRule.What.ANSWER_WORKING_DAYS, on=on)


def direct_publications(actor: Actor, *, since: date) -> QuerySet[Proposal]:
    """Return what partners of the own centre published themselves since a day, newest first."""
    found = proposals_visible_to(actor).filter(is_direct=True, decided_on__gte=since)
    return found.select_related("partner__organisation").order_by("-decided_on", "-pk")


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return one line for all proposals that wait for the centre, due when the first is due."""
    waiting = proposals_visible_to(actor).filter(status__in=WAITS_FOR_CENTRE)
    found = waiting.order_by().aggregate(number=Count("pk"), first=Min("due_on"))
    if not found["number"]:
        return []
    return [
        Task(
            title=_("Vorschläge zu Angeboten prüfen"),
            subject=_("%(number)s offen") % {"number": found["number"]},
            url=reverse("offers:proposals"),
            due_on=found["first"],
            centre=actor.label,
            reason=_("Ihr Zentrum ist für diese Orte zuständig."),
            deputised=actor.on_behalf_of is not None,
        )
    ]
