"""The content of an entry as one plain value: what a form, a proposal and an import hold, compare and put back.

`OfferContent.of(offer)` reads it, `operations.create_offer` and `edit_offer` write it, `as_data` and `from_data` keep
it as JSON. What is not in here (status, checks, stages) is not content: it changes by acts of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from itertools import chain
from typing import Any

from verbund.offers.models import Closure, DateChange, Offer, OfferAtPlace, OfferLanguage, Slot

TEXT_FIELDS = (
    "title", "summary", "description", "minimum_age", "maximum_age", "is_women_only", "child_care", "is_free",
    "amount_fee", "fee_note", "registration", "next_steps", "to_bring", "contact_function", "phone", "email", "website",
    "valid_from", "valid_until",
)  # fmt: skip
"""The columns of `Offer` that are content, in the order people read them."""

DAYS = frozenset({"valid_from", "valid_until", "day", "first_day", "last_day"})
TIMES = frozenset({"opens", "closes"})
AS_THEY_ARE = frozenset({str, int, bool})


@dataclass(frozen=True)
class Hours:
    """One rule (`models.Slot`), with the languages spoken only then (codes)."""

    weekday: int
    opens: time
    closes: time
    rhythm: str = "WEEKLY"
    valid_from: date | None = None
    valid_until: date | None = None
    in_school_holidays: bool = True
    on_public_holidays: bool = False
    by_appointment: bool = False
    languages: tuple[str, ...] = ()


RULE = tuple(one.name for one in fields(Hours) if one.name != "languages")
"""What an hour says by itself, by the names of the columns of `models.Slot`."""


@dataclass(frozen=True)
class Change:
    """A single date (`models.DateChange`): EXTRA with hours, or CANCELLED."""

    kind: str
    day: date
    opens: time | None = None
    closes: time | None = None
    note: str = ""


@dataclass(frozen=True)
class Break:
    """Days on which nothing takes place (`models.Closure`)."""

    first_day: date
    last_day: date
    reason: str = ""


@dataclass(frozen=True)
class At:
    """Where an offer takes place: the id of a place, or None for by telephone and online."""

    place: int | None
    room: str = ""
    phone: str = ""
    hours_note: str = ""
    hours: tuple[Hours, ...] = ()
    changes: tuple[Change, ...] = ()
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class OfferContent:
    """Everything an entry says: `values` by the names of TEXT_FIELDS, terms (kind, code), languages (code, mode)."""

    values: dict[str, Any]
    terms: tuple[tuple[str, str], ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    at: tuple[At, ...] = field(default=())

    @classmethod
    def of(cls, offer: Offer) -> "OfferContent":
        """Read the content of a stored offer; a constant number of statements."""
        return cls.of_many([offer])[offer.pk]

    @classmethod
    def of_many(cls, offers: Sequence[Offer]) -> "dict[int, OfferContent]":
        """Read the contents of stored offers by their ids; the number of statements is that of a single one."""
        ids = [offer.pk for offer in offers]
        terms = _lists(Offer.terms.through, ids, "offer_id", "term__kind", "term__code")
        spoken = _lists(OfferLanguage, ids, "offer_id", "slot_id", "language_id", "mode")
        at = _places(ids, spoken)
        return {
            offer.pk: cls(
                values={name: getattr(offer, name) for name in TEXT_FIELDS},
                terms=tuple(sorted(terms[offer.pk])),
                languages=tuple(sorted((code, mode) for slot, code, mode in spoken[offer.pk] if slot is None)),
                at=tuple(at[offer.pk]),
            )
            for offer in offers
        }

    def as_values(self) -> dict[str, Any]:
        """Return the values of the columns as JSON values."""
        return {
            name: value if value is None or type(value) in AS_THEY_ARE else _plain(value)
            for name, value in self.values.items()
        }

    def as_data(self) -> dict[str, Any]:
        """Return the content as JSON values."""
        return _plain(asdict(self))

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "OfferContent":
        """Return the content that `as_data` gave away."""
        values = {name: _value(name, data["values"].get(name)) for name in TEXT_FIELDS if name in data["values"]}
        return cls(
            values=values,
            terms=tuple((kind, code) for kind, code in data.get("terms", ())),
            languages=tuple((code, mode) for code, mode in data.get("languages", ())),
            at=tuple(_at_from(one) for one in data.get("at", ())),
        )

    def differences(self, other: "OfferContent") -> dict[str, tuple[Any, Any]]:
        """Return what differs from another content, by field: (here, there). The fields after the texts: terms,
        languages, at."""
        names = [name for name in TEXT_FIELDS if self.values.get(name) != other.values.get(name)]
        found = {name: (self.values.get(name), other.values.get(name)) for name in names}
        for name in ("terms", "languages", "at"):
            here, there = getattr(self, name), getattr(other, name)
            if here != there:
                found[name] = (here, there)
        return found

    def with_fields(self, other: "OfferContent", names) -> "OfferContent":
        """Return this content with some fields (names as in `differences`) taken from another."""
        values = self.values | {name: other.values.get(name) for name in names if name in TEXT_FIELDS}
        rest = {name: getattr(other if name in names else self, name) for name in ("terms", "languages", "at")}
        return OfferContent(values=values, **rest)


def _lists(model, ids: Iterable[int], *names: str, of: str = "offer__in", order: Sequence[str] = ()) -> dict:
    """Return rows as tuples, in lists by their first value."""
    found: dict[int, list[tuple]] = defaultdict(list)
    for first, *rest in model.objects.filter(**{of: ids}).order_by(*order).values_list(*names):
        found[first].append(tuple(rest))
    return found


def _places(ids: Sequence[int], spoken: dict[int, list[tuple]]) -> dict[int, list[At]]:
    """Return where and when offers take place; four statements, one where none has a place."""
    rows = _lists(OfferAtPlace, ids, "offer_id", "pk", "place_id", "room", "phone", "hours_note", order=["pk"])
    if not rows:
        return defaultdict(list)
    of_slot: dict[int, list[str]] = defaultdict(list)
    for slot, code, _mode in chain.from_iterable(spoken.values()):
        of_slot[slot].append(code)

    def of_places(model, *names, order):
        return _lists(model, ids, "at_id", *names, of="at__offer__in", order=order)

    slots = of_places(Slot, "pk", *RULE, order=["weekday", "opens", "pk"])
    changes = of_places(DateChange, "kind", "day", "opens", "closes", "note", order=["day", "opens"])
    breaks = of_places(Closure, "first_day", "last_day", "reason", order=["first_day"])
    found: dict[int, list[At]] = defaultdict(list)
    for offer, places in rows.items():
        for pk, *said in places:
            hours = tuple(Hours(*rule, languages=tuple(sorted(of_slot[slot]))) for slot, *rule in slots[pk])
            at = At(*said, hours, tuple(Change(*row) for row in changes[pk]), tuple(Break(*row) for row in breaks[pk]))
            found[offer].append(at)
    return found


def _at_from(data: dict) -> At:
    typed = {name: [_typed(row) for row in data.get(name, ())] for name in ("hours", "changes", "breaks")}
    return At(
        place=data.get("place"),
        room=data.get("room", ""),
        phone=data.get("phone", ""),
        hours_note=data.get("hours_note", ""),
        hours=tuple(Hours(**row | {"languages": tuple(row.get("languages", ()))}) for row in typed["hours"]),
        changes=tuple(Change(**row) for row in typed["changes"]),
        breaks=tuple(Break(**row) for row in typed["breaks"]),
    )


def _typed(row: dict) -> dict:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value):
    """Return a JSON value as the type its field has."""
    if value is None or value == "" or not isinstance(value, str):
        return value
    if name in DAYS:
        return date.fromisoformat(value)
    if name in TIMES:
        return time.fromisoformat(value)
    return Decimal(value) if name == "amount_fee" else value


def _plain(value):
    """Return a value as JSON: days and times as ISO text, amounts as text, tuples as lists."""
    if value is None or type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
