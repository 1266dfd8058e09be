"""Entries, organisations and places as objects of HSDS 3.1. Plain dictionaries; no statements when prefetched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date

from verbund.core.money import format_euro
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Offer, OfferLanguage, OfferText
from verbund.offers.opendata import schedules
from verbund.offers.opendata.places import location, town_area
from verbund.offers.opendata.values import derived, joined, present, text, uri
from verbund.offers.opendata.vocabulary import LINK_TYPES, Vocabulary, Word, kind_of_organisation, word_of
from verbund.offers.paying.calculations import holds_on
from verbund.offers.reading import tag_of

STATUS = {OfferStatus.PUBLISHED: "active", OfferStatus.PAUSED: "temporarily closed"}
SPOKEN = frozenset({OfferLanguage.Mode.SPOKEN, OfferLanguage.Mode.ON_REQUEST})
KNOWN = dict(Offer.Known.choices)
FINDER = "Eintrag im Angebotsfinder"
MADE_UP = "Beispiel für die Vorführung, kein wirkliches Angebot."
WEEKDAYS = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")


@dataclass(frozen=True)
class Scope:
    """What an answer is made for: the address of the site (no slash at the end), the day, the words there are."""

    base: str
    on: date
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def service(offer: Offer, scope: Scope, *, full: bool = False) -> dict:
    """Return an entry as HSDS `service`: the fields with one value, with `full` everything below it."""
    page = scope.base + offer.get_absolute_url()
    basic = present(
        id=str(offer.uid),
        organization_id=str(offer.partner.uid),
        name=text(offer.title) or "Angebot ohne Titel",
        description=joined(offer.summary, offer.description, between="\n\n") or "Noch keine Beschreibung.",
        url=uri(offer.website) or uri(page),
        email=text(offer.email),
        status=STATUS[offer.status],
        interpretation_services=_interpretation(offer),
        application_process=joined(f"{_upper(offer.get_registration_display())}.", offer.next_steps),
        fees_description=fees(offer),
        eligibility_description=eligibility(offer),
        minimum_age=offer.minimum_age,
        maximum_age=offer.maximum_age,
        assured_date=offer.checked_on and offer.checked_on.isoformat(),
        last_modified=moment(offer.changed_at),
        alert=_alert(offer),
        organization=organization(offer.partner, scope),
    )
    return basic | _below(offer, scope, page) if full else basic


def _below(offer: Offer, scope: Scope, page: str) -> dict:
    """Return what hangs below an entry."""
    uid = str(offer.uid)
    contact = text(offer.contact_function)
    return present(
        additional_urls=[
            {
                "id": derived("url", uid, "page"),
                "label": FINDER,
                "url": uri(page),
                "service_id": uid,
            }
        ],
        phones=phones(offer.phone, "service_id", uid),
        contacts=[{"id": derived("contact", uid), "service_id": uid, "name": contact}] if contact else [],
        languages=_languages(offer),
        cost_options=[_cost(offer)],
        required_documents=[{"id": derived("document", uid), "service_id": uid, "document": text(offer.to_bring)}]
        if text(offer.to_bring)
        else [],
        funding=_funding(offer, scope.on),
        service_areas=[centre_area(offer)],
        service_at_locations=[service_at_location(at, scope, offer=offer) for at in offer.at_places.all()],
        attributes=[attribute(uid, "service", word_of(term)) for term in offer.terms.all()],
        translations=[_translation(offer, one) for one in offer.texts.all() if one.is_shown],
    )


def _translation(offer: Offer, one: OfferText) -> dict:
    """Return an entry's text in another language, with how sure it is; HSDS has no place for it but allows one."""
    return present(
        language=tag_of(one.language_id),
        name=text(one.title),
        description=joined(one.summary, one.description, between="\n\n"),
        application_process=text(one.next_steps),
        required_document=text(one.to_bring),
        origin=one.origin.lower(),
        checked_on=one.checked_on and one.checked_on.isoformat(),
        is_outdated=one.source_sha256 != offer.text_sha256(),
    )


def organization(partner, scope: Scope, *, full: bool = False, services: Iterable[Offer] = ()) -> dict:
    """Return a partner as HSDS `organization`; with `full` its kind, telephone and entries."""
    name, kind = text(partner.organisation.name) or "Organisation ohne Namen", kind_of_organisation(partner.kind)
    uid = str(partner.uid)
    basic = present(
        id=uid,
        name=name,
        alternate_name=text(partner.organisation.short_name),
        description=text(partner.description)
        or f"{name} ({kind.name}). Eine eigene Beschreibung der Organisation liegt noch nicht vor.",
        email=text(partner.email),
        website=uri(partner.website),
    )
    if not full:
        return basic
    return basic | present(
        phones=phones(partner.phone, "organization_id", uid),
        attributes=[attribute(uid, "organization", kind)],
        services=[
            {"id": str(one.uid), "name": text(one.title) or "Angebot ohne Titel", "status": STATUS[one.status]}
            for one in services
        ],
    )


def service_at_location(at, scope: Scope, *, offer: Offer, with_service: bool = False, full: bool = True) -> dict:
    """Return an entry at a place; a protected place has its town only, neither room nor notes."""
    uid, is_protected = str(at.uid), at.place is not None and at.place.is_protected
    spot = location(at, scope.vocabulary.features if full else None, website=uri(offer.website))
    found = present(
        id=uid,
        service_id=str(offer.uid),
        location_id=spot["id"],
        description="" if is_protected else joined(at.room, at.hours_note, between=". "),
        location=spot,
        service=service(offer, scope) if with_service else None,
    )
    if full:
        found |= present(
            phones=phones(at.phone, "service_at_location_id", uid),
            schedules=schedules.rows(offer, at, on=scope.on),
            service_areas=[town_area(at)] if is_protected else [],
        )
    return found


def attribute(link_id: str, entity: str, word: Word) -> dict:
    """Return the assignment of a word to a thing."""
    return {
        "id": derived("attribute", link_id, word.kind, word.code),
        "link_id": link_id,
        "link_entity": entity,
        "link_type": LINK_TYPES[word.kind],
        "taxonomy_term_id": word.uid,
        "taxonomy_term": word.as_data(),
    }


def phones(number: str, link: str, uid: str) -> list[dict]:
    """Return a telephone number as a list, empty without one."""
    return [{"id": derived("phone", uid), link: uid, "number": text(number), "type": "voice"}] if text(number) else []


def moment(at) -> str:
    """Return an instant as HSDS writes it, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fees(offer: Offer) -> str:
    """Return in words what an entry costs."""
    if offer.is_free:
        return joined("kostenlos", offer.fee_note, between=". ")
    amount = f"{format_euro(offer.amount_fee)}" if offer.amount_fee is not None else "Betrag beim Anbieter erfragen"
    return joined(amount, offer.fee_note, between=". ")


def eligibility(offer: Offer) -> str:
    """Return in words whom an entry is for; "" where nothing limits it."""
    ages = [
        f"ab {offer.minimum_age} Jahren" if offer.minimum_age is not None else "",
        f"bis {offer.maximum_age} Jahre" if offer.maximum_age is not None else "",
    ]
    audiences = [term.name for term in offer.terms.all() if term.kind == "AUDIENCE"]
    whom = "nur für Frauen" if offer.is_women_only else ""
    child_care = f"Kinderbetreuung: {KNOWN[offer.child_care]}" if offer.child_care != Offer.Known.UNKNOWN else ""
    return joined(", ".join(audiences), whom, joined(*ages), child_care, between="; ")


def centre_area(offer: Offer) -> dict:
    """Return the area of the centre that looks after an entry: whom else an offer is open to, its provider says."""
    centre = offer.partner.centre
    key = "districtKey" if len(centre.key) == 5 else "municipalityKey"
    area = centre.carrier.municipality or centre.carrier.district
    return {
        "id": derived("area", offer.uid, centre.key),
        "service_id": str(offer.uid),
        "name": str(area),
        "description": "Gebiet des Zentrums, das diesen Eintrag pflegt.",
        "uri": f"http://dcat-ap.de/def/politicalGeocoding/{key}/{centre.key}",
    }


def _cost(offer: Offer) -> dict:
    amount = 0 if offer.is_free else offer.amount_fee if offer.amount_fee is None else float(offer.amount_fee)
    return present(
        id=derived("cost", offer.uid),
        service_id=str(offer.uid),
        option="kostenlos" if offer.is_free else "kostenpflichtig",
        currency="EUR",
        amount=amount,
        amount_description=text(offer.fee_note),
    )


def _funding(offer: Offer, on: date) -> list[dict]:
    """Return the programmes that pay for an entry on a day, each once; notices, items and shares stay in the house."""
    paying = (one for one in offer.fundings.all() if one.programme is not None and holds_on(one, on))
    programmes = {one.programme_id: one.programme for one in paying}
    return [
        {"id": derived("funding", offer.uid, one.code), "service_id": str(offer.uid), "source": text(one.name)}
        for one in programmes.values()
    ]


def _languages(offer: Offer) -> list[dict]:
    """Return what is spoken; hours in which a language is spoken stand in the note. Interpreting is told in words."""
    return [
        present(
            id=derived("language", offer.uid, code, when),
            service_id=str(offer.uid),
            name=name,
            code=code if code.isascii() and code.isalpha() and len(code) in {2, 3} else None,
            note=joined(when, "auf Anfrage" if mode == OfferLanguage.Mode.ON_REQUEST else "", between=", "),
        )
        for code, when, name, mode in sorted(_spoken(offer))
    ]


def _spoken(offer: Offer) -> set[tuple[str, str, str, str]]:
    """Return languages as code, hours in words ("" for all), name, way; each language once in the same hours."""
    found = {}
    for row in offer.languages.all():
        if row.mode in SPOKEN:
            when = f"{WEEKDAYS[row.slot.weekday]} {row.slot.opens:%H:%M}–{row.slot.closes:%H:%M}" if row.slot else ""
            found.setdefault((row.language_id, when), (text(row.language.name), row.mode))
    return {(code, when, *rest) for (code, when), rest in found.items()}


def _interpretation(offer: Offer) -> str:
    names = {row.language.name for row in offer.languages.all() if row.mode == OfferLanguage.Mode.INTERPRETER}
    return f"Mit Sprachmittlung möglich: {', '.join(sorted(names))}" if names else ""


def _alert(offer: Offer) -> str:
    closed = ""
    if offer.status == OfferStatus.PAUSED:
        closed = "Vorübergehend geschlossen."
        if offer.paused_until:
            closed = f"Vorübergehend geschlossen bis {offer.paused_until:%d.%m.%Y}."
    return joined(closed, MADE_UP if offer.is_demo else "")


def _upper(label) -> str:
    return str(label)[:1].upper() + str(label)[1:]
