"""The made-up stock of offers over all centres, which the finder shows in the demonstration; all of it is marked.

Made with few statements from `demo_data`, as the operations would have made it; the same on each load, but for days,
which count from the day of loading.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import batched, chain

from django.db.models import Q

from verbund.directory.demo import World
from verbund.directory.models import Centre, Organisation, Partner
from verbund.offers import indexing, reference, upcoming
from verbund.offers.content import At
from verbund.offers.demo_data import Draw, entries, network, translations, words
from verbund.offers.demo_data.entries import Entry
from verbund.offers.models import (
    EASY,
    Closure,
    DateChange,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferFunding,
    OfferLanguage,
    OfferStage,
    OfferText,
    Place,
    PlaceFeature,
    Proposal,
    SchoolHoliday,
    Slot,
    Term,
)
from verbund.programmes.models import Programme

IN_ALL = 1_200
FEWEST_OF_A_CENTRE = 12
AT_ONCE = 1_000
ITEM = "Anteil an der Pauschale für eine Fachkraft (Vorführung)"
EXAMPLE = "Beispiel für die Vorführung"
TRANSLATED_PERCENT, OUTDATED_PERCENT, BY_MACHINE_PERCENT = 92, 8, 70
Value = PlaceFeature.Value


def load(world: World) -> None:
    """Make partners, places and entries, unless they are there already."""
    if Offer.objects.filter(is_demo=True).exists():
        return
    reference.load()
    networks, kinds = _networks()
    _save_networks(networks)
    holidays = list(SchoolHoliday.objects.values_list("name", "first_day", "last_day"))
    made = [
        entry
        for one, wanted in zip(networks, kinds, strict=True)
        for entry in entries.build(one, wanted, on=world.on, holidays=holidays)
    ]
    _save_entries(made, world.on)
    upcoming.renew(None, on=world.on)
    indexing.index_offers(None)


def remove() -> None:
    """Remove entries, places and partners that are made up, with all that hangs on them, and all entries of such
    partners. A made-up place that a real entry uses stays."""
    made_up = Offer.objects.filter(Q(is_demo=True) | Q(partner__organisation__is_demo=True))
    ids = list(made_up.values_list("pk", flat=True))
    Proposal.objects.filter(partner__organisation__is_demo=True).delete()
    for some in batched(ids, AT_ONCE):
        _remove_offers(some)
    indexing.index_offers(ids)
    places = Place.objects.filter(is_demo=True, offers_here=None)
    for some in batched(list(places.values_list("pk", flat=True)), AT_ONCE):
        PlaceFeature.objects.filter(place__in=some).delete()
        Place.objects.filter(pk__in=some).delete()
    Partner.objects.filter(organisation__is_demo=True).delete()
    Organisation.objects.filter(
        code__startswith=network.CODE, is_demo=True, memberships=None, invitations=None
    ).delete()


def _remove_offers(ids: Sequence[int]) -> None:
    """Remove entries with all that hangs on them, by numbers: nested queries take PostgreSQL minutes where it has no
    statistics of freshly filled tables."""
    at = list(OfferAtPlace.objects.filter(offer__in=ids).values_list("pk", flat=True))
    for model in (Occurrence, DateChange, Closure):
        model.objects.filter(at__in=at).delete()
    OfferLanguage.objects.filter(offer__in=ids).delete()
    Slot.objects.filter(at__in=at).delete()
    OfferAtPlace.objects.filter(pk__in=at).delete()
    for model in (OfferText, OfferStage, OfferFunding):
        model.objects.filter(offer__in=ids).delete()
    Proposal.objects.filter(Q(offer__in=ids) | Q(made_offer__in=ids)).delete()
    Offer.objects.filter(pk__in=ids).delete()


def _networks() -> tuple[list[network.Network], list[list]]:
    """Return the networks of all centres, not saved, and for each the kinds of offers it is to have."""
    centres = list(Centre.objects.select_related("carrier", "organisation").order_by("key"))
    towns, postcodes = network.towns_by_centre(centres), network.postcodes_by_town()
    existing = {one.code: one for one in Organisation.objects.filter(code__in=network.FROM_THE_WORLD.values())}
    people = sum(centre.population for centre in centres)
    spread = IN_ALL - FEWEST_OF_A_CENTRE * len(centres)
    wanted = entries.kinds_of_centres(
        [FEWEST_OF_A_CENTRE + round(spread * centre.population / people) for centre in centres]
    )
    networks = [
        network.build(
            centre,
            number,
            offers=len(kinds),
            towns=towns[centre.pk],
            postcodes=postcodes,
            existing=existing,
            protected=any("protected" in kind.where for kind in kinds),
        )
        for number, (centre, kinds) in enumerate(zip(centres, wanted, strict=True))
    ]
    return networks, wanted


def _save_networks(networks: list[network.Network]) -> None:
    Organisation.objects.bulk_create(chain.from_iterable(one.organisations for one in networks))
    partners = list(chain.from_iterable(one.partners for one in networks))
    known = set(Partner.objects.values_list("pk", flat=True))
    Partner.objects.bulk_create(partner for partner in partners if partner.organisation.pk not in known)
    places = [one.place for one in chain.from_iterable(network.places for network in networks)]
    Place.objects.bulk_create(places)
    features = list(Term.objects.filter(kind=Term.Kind.FEATURE))
    PlaceFeature.objects.bulk_create(
        chain.from_iterable(_features_of(place, features) for place in places), batch_size=AT_ONCE
    )


def _features_of(place: Place, features: list[Term]) -> Iterator[PlaceFeature]:
    """Yield what is known about getting in: always whether there is a step, of the rest about half."""
    draw = Draw(str(place.uid))
    for feature in features:
        if feature.code == "step-free" or draw.chance(f"known {feature.code}", 50):
            value = draw.pick(feature.code, (Value.YES, Value.YES, Value.YES, Value.NO, Value.UNKNOWN))
            yield PlaceFeature(place=place, feature=feature, value=value)


def _save_entries(made: list[Entry], on: date) -> None:
    offers = [_offer(entry) for entry in made]
    Offer.objects.bulk_create(offers, batch_size=AT_ONCE)
    pairs = list(zip(made, offers, strict=True))
    terms = {(term.kind, term.code): term.pk for term in Term.objects.all()}
    through = Offer.terms.through
    through.objects.bulk_create(
        (through(offer_id=offer.pk, term_id=terms[term]) for entry, offer in pairs for term in entry.content.terms),
        batch_size=AT_ONCE,
    )
    _save_times(pairs)
    OfferStage.objects.bulk_create(
        OfferStage(
            offer=offer,
            stage=stage,
            began_on=day,
            planned_until=entry.life.tried_until if number == len(entry.life.steps) else None,
            evaluation=told,
        )
        for entry, offer in pairs
        for number, (stage, day, told) in enumerate(entry.life.steps, start=1)
    )
    OfferText.objects.bulk_create(chain.from_iterable(_texts(*pair) for pair in pairs), batch_size=AT_ONCE)
    _save_fundings(pairs)


def _offer(entry: Entry) -> Offer:
    life = {name: value for name, value in vars(entry.life).items() if name != "steps"}
    return Offer(
        uid=network.uid_of(f"offer/{entry.key}"),
        partner=entry.partner,
        external_key=entry.key,
        is_demo=True,
        **entry.content.values,
        **life,
    )


def _save_times(pairs: list[tuple[Entry, Offer]]) -> None:
    """Save where and when, and the languages: of an offer, and of single hours."""
    planned: list[tuple[At, OfferAtPlace]] = [
        (one, _offer_at(one, offer, number)) for entry, offer in pairs for number, one in enumerate(entry.content.at)
    ]
    OfferAtPlace.objects.bulk_create((row for _one, row in planned), batch_size=AT_ONCE)
    hours = [(rule, _slot(rule, row)) for one, row in planned for rule in one.hours]
    Slot.objects.bulk_create((slot for _rule, slot in hours), batch_size=AT_ONCE)
    DateChange.objects.bulk_create(DateChange(at=row, **vars(change)) for one, row in planned for change in one.changes)
    Closure.objects.bulk_create(Closure(at=row, **vars(rest)) for one, row in planned for rest in one.breaks)
    of_offers = [
        OfferLanguage(offer=offer, language_id=code, mode=mode)
        for entry, offer in pairs
        for code, mode in entry.content.languages
    ]
    of_hours = [
        OfferLanguage(offer_id=slot.at.offer_id, slot=slot, language_id=code)
        for rule, slot in hours
        for code in rule.languages
    ]
    OfferLanguage.objects.bulk_create(of_offers + of_hours, batch_size=AT_ONCE)


def _offer_at(one: At, offer: Offer, number: int) -> OfferAtPlace:
    return OfferAtPlace(
        uid=network.uid_of(f"at/{offer.uid}/{number}"),
        offer=offer,
        place_id=one.place,
        is_remote=one.place is None,
        room=one.room,
        phone=one.phone,
        hours_note=one.hours_note,
    )


def _slot(rule, row: OfferAtPlace) -> Slot:
    return Slot(at=row, **{name: value for name, value in vars(rule).items() if name != "languages"})


def _texts(entry: Entry, offer: Offer) -> Iterator[OfferText]:
    """Yield the translations of an entry, checked by nobody; some were made from an earlier German text."""
    for language, of_kinds in translations().items():
        draw = Draw(f"{entry.key}/{language}")
        if entry.kind.code not in of_kinds or not draw.chance("translated", TRANSLATED_PERCENT):
            continue
        title, summary, description = of_kinds[entry.kind.code]
        if language == EASY:
            yield _easy_text(offer, title, summary, description)
            continue
        is_outdated = draw.chance("outdated", OUTDATED_PERCENT)
        is_by_machine = draw.chance("machine", BY_MACHINE_PERCENT)
        yield OfferText(
            offer=offer,
            language_id=language,
            title=title,
            summary=summary,
            description=description,
            next_steps=words()["next_steps_translated"][language][offer.registration],
            origin=OfferText.Origin.MACHINE if is_by_machine else OfferText.Origin.UNKNOWN,
            source_sha256=sha256(entry.key.encode()).hexdigest() if is_outdated else offer.text_sha256(),
        )


def _easy_text(offer: Offer, title: str, summary: str, description: str) -> OfferText:
    """Return a text in Leichte Sprache that says it is an example, shown as if it were checked."""
    return OfferText(
        offer=offer,
        language_id=EASY,
        title=title,
        summary=summary,
        description=description,
        next_steps=words()["next_steps_translated"][EASY][offer.registration],
        origin=OfferText.Origin.HUMAN,
        checked_on=offer.published_on or offer.checked_on,
        checked_by_function=EXAMPLE if offer.published_on or offer.checked_on else "",
        source_sha256=offer.text_sha256(),
    )


def _save_fundings(pairs: list[tuple[Entry, Offer]]) -> None:
    """Say of what the programmes of the Land pay: entries of offices and centres of the kinds they are meant for."""
    programme = Programme.objects.order_by("pk").first()
    if programme is None:
        return
    payers = {Partner.Kind.CENTRE, Partner.Kind.OFFICE}
    OfferFunding.objects.bulk_create(
        OfferFunding(offer=offer, programme=programme, item=ITEM)
        for entry, offer in pairs
        if entry.kind.is_funded and entry.partner.kind in payers
    )
