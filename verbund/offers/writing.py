"""From contents to rows: what entries say is brought into their tables, many at once, nothing checked.

Called by `operations` alone, which has checked before and records and announces afterwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from uuid import uuid4

from django.db.models.base import ModelState
from django.utils import timezone

from verbund.core import bulk
from verbund.directory.models import Partner
from verbund.offers.content import RULE, TEXT_FIELDS, At, OfferContent
from verbund.offers.models import Closure, DateChange, Offer, OfferAtPlace, OfferLanguage, Slot, Term

OFFER = tuple(field.attname for field in Offer._meta.concrete_fields)
AT = ("id", "uid", "offer_id", "place_id", "is_remote", "room", "phone", "hours_note")
SAID_HERE = ("room", "phone", "hours_note")
ROW_OF = itemgetter(*OFFER)
RULE_OF, SAID_OF = attrgetter(*RULE), attrgetter(*SAID_HERE)


@dataclass(frozen=True)
class Draft:
    """An entry to be made."""

    partner: Partner
    content: OfferContent
    external_key: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Stored:
    """An entry whose rows are to be written; `kept` are the ids of what is stored for its places already."""

    pk: int
    at: Sequence[At]
    languages: Sequence[tuple[str, str]]
    kept: dict[int | None, int]


def insert(drafts: Sequence[Draft]) -> list[Offer]:
    """Write new entries and return them."""
    blank = Offer(changed_at=timezone.now())
    blank_row = {name: getattr(blank, name) for name in OFFER}
    rows = []
    for pk, one in zip(bulk.reserve(Offer, len(drafts)), drafts, strict=True):
        named = {"id": pk, "uid": uuid4(), "partner_id": one.partner.pk}
        named |= {"is_demo": one.is_demo, "external_key": one.external_key}
        rows.append(ROW_OF(blank_row | _values(one.content) | named))
    bulk.insert(Offer, OFFER, rows)
    offers = [_stored(row, one.partner) for row, one in zip(rows, drafts, strict=True)]
    pairs = list(zip(offers, (one.content for one in drafts), strict=True))
    _insert_terms((offer.pk, content.terms) for offer, content in pairs)
    _insert_rows([Stored(offer.pk, content.at, content.languages, {}) for offer, content in pairs])
    return offers


def _stored(row: Sequence, partner: Partner) -> Offer:
    """Return the entry of a row just written: what `Offer.from_db` makes, without a call for each of its columns."""
    offer = Offer.__new__(Offer)
    offer._state = ModelState()
    offer._state.adding, offer._state.db = False, "default"
    offer.__dict__.update(zip(OFFER, row, strict=True))
    Offer.partner.field.set_cached_value(offer, partner)
    return offer


def replace(changes: Sequence[tuple[Offer, OfferContent, OfferContent]]) -> None:
    """Write the new contents of entries (entry, before, after) in place of the old ones."""
    texts = []
    for offer, _before, after in changes:
        for name, value in _values(after).items():
            setattr(offer, name, value)
        texts.append([*(getattr(offer, name) for name in TEXT_FIELDS), offer.pk])
    bulk.update(Offer, TEXT_FIELDS, texts)
    others = {offer.pk: after.terms for offer, before, after in changes if before.terms != after.terms}
    Offer.terms.through.objects.filter(offer__in=others).delete()
    _insert_terms(others.items())
    moved = {
        offer.pk: after
        for offer, before, after in changes
        if (before.at, before.languages) != (after.at, after.languages)
    }
    if moved:
        _replace_rows(moved)


def _values(content: OfferContent) -> dict:
    values = {name: content.values[name] for name in TEXT_FIELDS if name in content.values}
    if values.get("is_free"):
        values["amount_fee"] = None
    return values


def _insert_terms(named: Iterable[tuple[int, Sequence[tuple[str, str]]]]) -> None:
    """Write needs, audiences and topics of entries; words that are not in the vocabulary are left out."""
    named = list(named)
    codes = {code for _offer, terms in named for _kind, code in terms}
    ids = {(kind, code): pk for pk, kind, code in Term.objects.filter(code__in=codes).values_list("pk", "kind", "code")}
    rows = ((offer, pk) for offer, terms in named for term in dict.fromkeys(terms) if (pk := ids.get(tuple(term))))
    bulk.insert(Offer.terms.through, ("offer_id", "term_id"), rows)


def _replace_rows(contents: dict[int, OfferContent]) -> None:
    """Write places, hours and languages anew; what is said of a place that stays keeps its row and its identifier."""
    stored: dict[int, dict[int | None, int]] = {pk: {} for pk in contents}
    rows = OfferAtPlace.objects.filter(offer__in=contents).order_by("pk")
    for at, offer, place in rows.values_list("pk", "offer_id", "place_id"):
        stored[offer][place] = at
    wanted = {pk: {one.place for one in content.at} for pk, content in contents.items()}
    gone = [at for pk, ats in stored.items() for place, at in ats.items() if place not in wanted[pk]]
    OfferLanguage.objects.filter(offer__in=contents).delete()
    for model in (Slot, DateChange, Closure):
        model.objects.filter(at__offer__in=contents).delete()
    OfferAtPlace.objects.filter(pk__in=gone).delete()
    _insert_rows([Stored(pk, content.at, content.languages, stored[pk]) for pk, content in contents.items()])


def _insert_rows(entries: Sequence[Stored]) -> None:
    """Write places, hours, single dates, closures and languages of entries that have none of them yet."""
    missing = sum(one.place not in entry.kept for entry in entries for one in entry.at)
    ids = iter(bulk.reserve(OfferAtPlace, missing))
    new, known, at_ids = [], [], []
    for entry in entries:
        for one in entry.at:
            said = SAID_OF(one)
            pk = entry.kept.get(one.place)
            if pk is None:
                pk = next(ids)
                new.append([pk, uuid4(), entry.pk, one.place, one.place is None, *said])
            else:
                known.append([*said, pk])
            at_ids.append(pk)
    bulk.insert(OfferAtPlace, AT, new)
    bulk.update(OfferAtPlace, SAID_HERE, known)
    _insert_times(entries, at_ids)


def _insert_times(entries: Sequence[Stored], at_ids: Sequence[int]) -> None:
    """Write what happens at each place (`at_ids`, in the order of the entries), and in which languages."""
    ids = iter(bulk.reserve(Slot, sum(len(one.hours) for entry in entries for one in entry.at)))
    slots, changes, closures, spoken = [], [], [], []
    place = iter(at_ids)
    for entry in entries:
        spoken += [(entry.pk, None, code, mode) for code, mode in entry.languages]
        for one in entry.at:
            at = next(place)
            for hours in one.hours:
                pk = next(ids)
                slots.append([pk, at, *RULE_OF(hours)])
                spoken += [(entry.pk, pk, code, OfferLanguage.Mode.SPOKEN.value) for code in hours.languages]
            changes += [(at, row.kind, row.day, row.opens, row.closes, row.note) for row in one.changes]
            closures += [(at, row.first_day, row.last_day, row.reason) for row in one.breaks]
    bulk.insert(Slot, ("id", "at_id", *RULE), slots)
    bulk.insert(DateChange, ("at_id", "kind", "day", "opens", "closes", "note"), changes)
    bulk.insert(Closure, ("at_id", "first_day", "last_day", "reason"), closures)
    bulk.insert(OfferLanguage, ("offer_id", "slot_id", "language_id", "mode"), spoken)
