"""What can be asked about topics, and what a person may see of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from verbund.advising.models import Pilot, Topic, TopicCentre, Venture
from verbund.advising.permissions import coordinates, works_in_centre
from verbund.advising.topics.calculations import Row, served
from verbund.advising.topics.lifecycle import TopicStatus
from verbund.core.acting import Actor
from verbund.directory.models import CentreContact, Municipality
from verbund.directory.queries import valid_on
from verbund.offers.models import Offer, OfferLanguage, Term
from verbund.offers.queries import public_offers

NARROWING = (Term.Kind.AUDIENCE, Term.Kind.FIELD, Term.Kind.CHAIN_STAGE, Term.Kind.NEED)


def topics_visible_to(actor: Actor) -> QuerySet[Topic]:
    """Return the topics a person may open: public ones; drafts for the keeper and the centres that are asked."""
    seen = Q(status=TopicStatus.PUBLIC)
    if works_in_centre(actor):
        asked = TopicCentre.objects.filter(centre=actor.organisation_id)
        seen |= Q(keeper=actor.organisation_id) | Q(pk__in=asked.values("topic"))
    elif coordinates(actor):
        seen |= Q(keeper=actor.organisation_id)
    return Topic.objects.filter(seen).select_related("keeper")


def participation_of(topic: Topic, actor: Actor) -> TopicCentre | None:
    """Return as what the actor's centre stands in a topic."""
    if not works_in_centre(actor):
        return None
    return topic.participations.filter(centre=actor.organisation_id).first()


def taking_part(topic: Topic) -> list[TopicCentre]:
    """Return the centres that take part, by name."""
    found = topic.participations.filter(joined_on__isnull=False).select_related(
        "centre__organisation", "centre__carrier"
    )
    return list(found.order_by("centre__organisation__name"))


def asked(topic: Topic) -> list[TopicCentre]:
    """Return the centres that were asked and have not answered."""
    found = topic.participations.filter(joined_on=None).select_related("centre__organisation")
    return list(found.order_by("centre__organisation__name"))


def offers_of(topic: Topic, *, on: date) -> QuerySet[Offer]:
    """Return the public offers of the centres that take part and fit.

    Of each kind of word one must fit (one of the needs, and one of the audiences …), and one of the languages.
    """
    centres = topic.participations.filter(joined_on__isnull=False).values("centre")
    found = public_offers(on=on).filter(partner__centre__in=centres)
    terms = list(topic.terms.values_list("kind", "pk"))
    for kind in NARROWING:
        wanted = [pk for one, pk in terms if one == kind]
        if wanted:
            found = found.filter(Exists(Offer.terms.through.objects.filter(offer=OuterRef("pk"), term__in=wanted)))
    languages = list(topic.languages.values_list("pk", flat=True))
    if languages:
        found = found.filter(Exists(OfferLanguage.objects.filter(offer=OuterRef("pk"), language__in=languages)))
    return found


def shown_offers(topic: Topic, *, on: date) -> QuerySet[Offer]:
    """Return the fitting offers as the page lists them."""
    found = offers_of(topic, on=on).select_related("partner__organisation", "partner__centre__organisation")
    return found.order_by("partner__centre__organisation__name", "title", "pk")


def bodies_of(topic: Topic, *, on: date) -> list[dict]:
    """Return who has fitting offers, by centre, with their number."""
    counted = offers_of(topic, on=on).order_by().values("partner__organisation__name", "partner__centre")
    return list(counted.annotate(number=Count("pk")).order_by("partner__centre", "partner__organisation__name"))


def contacts_of(topic: Topic, *, on: date) -> list[tuple[CentreContact, date | None]]:
    """Return how the centres that take part are reached, by function, with the last evidenced day of an old one."""
    centres = topic.participations.filter(joined_on__isnull=False).values("centre")
    found = CentreContact.objects.filter(valid_on(on), centre__in=centres).select_related("centre__organisation")
    return [
        (one, one.evidenced_until if one.evidenced_until and one.evidenced_until < on else None)
        for one in found.order_by("centre__organisation__name", "position", "pk")
    ]


def ventures_of(topic: Topic) -> list[Venture]:
    """Return what the centres that take part try or tried in the fields, stages or for the audiences of the topic."""
    centres = topic.participations.filter(joined_on__isnull=False).values("centre")
    terms = topic.terms.values("pk")
    fits = Q(field__in=terms) | Q(stage__in=terms)
    fits |= Q(pk__in=Venture.audiences.through.objects.filter(term__in=terms).values("venture"))
    tried = Pilot.objects.filter(venture=OuterRef("pk"), started_on__isnull=False)
    found = Venture.objects.filter(fits, Exists(tried), centre__in=centres).select_related("centre__organisation")
    return list(found.order_by("centre__organisation__name", "title", "pk"))


@dataclass(frozen=True)
class TownsOfCentre:
    """The towns a centre serves, and in which of them no fitting offer takes place."""

    centre: TopicCentre
    number: int
    without: list[str]


def towns_without_offer(topic: Topic, centres: list[TopicCentre], *, on: date) -> list[TownsOfCentre]:
    """Return for each centre of a whole district the towns where nothing fitting takes place. Two statements.

    The centre of one town has no others to compare.
    """
    of_districts = [one for one in centres if one.centre.carrier.municipality_id is None]
    served = set(offers_of(topic, on=on).values_list("partner__centre", "at_places__place__municipality"))
    towns = defaultdict(list)
    districts = {one.centre.carrier.district_id for one in of_districts}
    for town in Municipality.objects.filter(district__in=districts, carrier=None).order_by("name"):
        towns[town.district_id].append(town)
    found = []
    for one in of_districts:
        of_centre = towns[one.centre.carrier.district_id]
        without = [town.name for town in of_centre if (one.centre_id, town.pk) not in served]
        found.append(TownsOfCentre(one, len(of_centre), without))
    return found


@dataclass(frozen=True)
class Coverage:
    """What is served in which centre: rows of needs, audiences, and languages; `totals` are all fitting offers."""

    rows: tuple[tuple[str, list[Row]], ...]
    totals: tuple[int, ...]


def coverage(topic: Topic, centres: list[TopicCentre], *, on: date) -> Coverage:
    """Return how many fitting offers each centre has per need, audience and language.

    All needs where the topic names none; audiences and languages only those it names.
    """
    ids = [one.centre_id for one in centres]
    centre_of = dict(offers_of(topic, on=on).values_list("pk", "partner__centre"))
    bearing = set(Offer.terms.through.objects.filter(offer__in=centre_of).values_list("term", "offer"))
    speaking = set(OfferLanguage.objects.filter(offer__in=centre_of).values_list("language", "offer"))
    rows = []
    for kind in (Term.Kind.NEED, Term.Kind.AUDIENCE):
        labels = dict(topic.terms.filter(kind=kind).values_list("pk", "name"))
        if not labels and kind == Term.Kind.NEED:
            labels = dict(Term.objects.filter(kind=kind, is_in_use=True).values_list("pk", "name"))
        if labels:
            rows.append((kind.label, served(labels, ids, bearing, centre_of)))
    spoken = dict(topic.languages.values_list("pk", "name"))
    if spoken:
        rows.append(("", served(spoken, ids, speaking, centre_of)))
    counted = [list(centre_of.values()).count(centre) for centre in ids]
    return Coverage(tuple(rows), tuple(counted))
