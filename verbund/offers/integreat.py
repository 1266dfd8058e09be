"""Places as Integreat takes and gives them: a CSV with commas, one row per place, a pair of columns per weekday.

The columns are those of the program's own import of places ("pois"). For events it has no CSV but iCal, which our
calendars are. What its columns cannot say is left out rather than bent: see `written`.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from verbund.core.exports import safe_text
from verbund.offers.models import Offer, OfferAtPlace, PlaceFeature, Slot, Term

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
OF_A_DAY = ("start", "end", "all_day", "closed", "appointment_only")
COLUMNS = (
    "name", "street_address", "postal_code", "city", "country", "longitude", "latitude", "location_on_map",
    *(f"{day}_{what}" for day in DAYS for what in OF_A_DAY),
    "temporarily_closed", "category", "website", "appointment_url", "email", "phone_number", "barrier_free",
)  # fmt: skip
NEEDED = frozenset({"name", "street_address", "monday_start"})
"""By these columns a list is known as one of Integreat."""

READ_AS = {
    "name": "Titel",
    "organization": "Anbieter",
    "street_address": "Straße",
    "postal_code": "PLZ",
    "city": "Stadt",
    "latitude": "Breitengrad",
    "longitude": "Längengrad",
    "category": "Kategorie",
    "website": "Webseite",
    "email": "E-Mail",
    "phone_number": "Telefon",
    "appointment_url": "Was ist zu tun",
    "barrier_free": "Barrierefrei",
}
YES = frozenset({"y", "yes", "t", "true", "on", "1", "ja"})


class Head:
    """The head of a list of Integreat; turns its rows into those of an ordinary list."""

    def __init__(self, cells: Sequence):
        self.names = [str(cell or "").strip().casefold() for cell in cells]
        self.is_known = set(self.names) >= NEEDED
        in_days = {f"{day}_{what}" for day in DAYS for what in OF_A_DAY} | {"temporarily_closed"}
        self.kept = [position for position, name in enumerate(self.names) if name not in in_days]

    def folded_head(self) -> list[str]:
        """Return the names of the columns: known ones in German, the week in one column; the place is the entry."""
        names = [READ_AS.get(self.names[position], self.names[position]) for position in self.kept]
        more = ["Veranstaltungsort", "Öffnungszeiten", "Hinweis zu den Zeiten"]
        return [*names, *more] if "Anbieter" in names else [*names, *more, "Anbieter"]

    def folded(self, cells: Sequence) -> list:
        """Return the cells of a row below the folded head."""
        said = dict(zip(self.names, cells, strict=False))
        kept = [cells[position] if position < len(cells) else None for position in self.kept]
        if said.get("appointment_url"):
            kept[self.kept.index(self.names.index("appointment_url"))] = f"Termin: {said['appointment_url']}"
        name = said.get("name")
        more = [name, *_week(said)]
        return [*kept, *more] if "organization" in self.names else [*kept, *more, name]


def _week(said: dict) -> tuple[str, str]:
    """Return the times of a week and what must be known about them."""
    times, by_appointment = [], []
    for day, short in zip(DAYS, SHORT, strict=True):
        begin, end = (_clock(said.get(f"{day}_{what}")) for what in ("start", "end"))
        if _is_yes(said.get(f"{day}_all_day")):
            begin, end = "00:00", "24:00"
        if begin and end:
            times.append(f"{short} {begin}-{end}")
        if _is_yes(said.get(f"{day}_appointment_only")):
            by_appointment.append(short)
    notes = [f"{', '.join(by_appointment)} nur mit Termin"] if by_appointment else []
    if _is_yes(said.get("temporarily_closed")):
        notes.insert(0, "vorübergehend geschlossen")
    return "; ".join(times), "; ".join(notes)


def _clock(cell) -> str:
    text = f"{cell:%H:%M}" if hasattr(cell, "hour") else str(cell or "").strip()
    return re.sub(r"^([0-9]{1,2}:[0-9]{2}):[0-9]{2}$", r"\1", text)


def _is_yes(cell) -> bool:
    return str(cell or "").strip().casefold() in YES


def written(offers: Iterable[Offer]) -> bytes:
    """Return public entries as Integreat reads them, a row for each place; eight statements.

    Left out are protected places and what is by telephone or online. A weekday has one pair of times there: the first
    is told; times that are not every week are not.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    rows = OfferAtPlace.objects.filter(offer__in=[offer.pk for offer in offers], place__is_protected=False)
    full = rows.order_by("offer__title", "pk").select_related("offer", "place__municipality")
    needs = _needs(offers)
    for row in full.prefetch_related("slots", "place__features__feature"):
        said = (
            _place_of(row) | _contact_of(row.offer) | _days_of(row.slots.all()) | {"category": needs.get(row.offer_id)}
        )
        writer.writerow({name: safe_text(value) for name, value in said.items() if value is not None})
    return file.getvalue().encode()


def _needs(offers: Iterable[Offer]) -> dict[int, str]:
    """Return the first need of each entry by its name."""
    rows = Offer.terms.through.objects.filter(offer__in=[one.pk for one in offers], term__kind=Term.Kind.NEED)
    ordered = rows.order_by("-term__position", "-term_id")
    return dict(ordered.values_list("offer_id", "term__name"))


def _place_of(row: OfferAtPlace) -> dict:
    place = row.place
    is_step_free = [one.value for one in place.features.all() if one.feature.code == "step-free"]
    known = {PlaceFeature.Value.YES: "True", PlaceFeature.Value.NO: "False"}
    return {
        "name": row.offer.title,
        "street_address": place.street,
        "postal_code": place.postcode,
        "city": place.municipality.name,
        "country": "Deutschland",
        "longitude": place.longitude,
        "latitude": place.latitude,
        "location_on_map": str(place.latitude is not None),
        "barrier_free": known.get(is_step_free[0]) if is_step_free else None,
    }


def _contact_of(offer: Offer) -> dict:
    books_online = offer.registration == Offer.Registration.WEBSITE
    return {
        "temporarily_closed": str(offer.status == "PAUSED"),
        "website": offer.website,
        "appointment_url": offer.website if books_online else "",
        "email": offer.email,
        "phone_number": _dialled_at_home(offer.phone),
    }


def _dialled_at_home(number: str) -> str:
    """Return a number without a leading plus, which a spreadsheet takes for a formula."""
    return re.sub(r"^\+", "00", re.sub(r"^\+49\s*(?:\(0\))?\s*", "0", number))


def _days_of(slots: Iterable[Slot]) -> dict:
    weekly = [slot for slot in slots if slot.rhythm == Slot.Rhythm.WEEKLY]
    said = {}
    for number, day in enumerate(DAYS):
        first = next((slot for slot in weekly if slot.weekday == number), None)
        said[f"{day}_all_day"] = "False"
        said[f"{day}_closed"] = str(first is None)
        said[f"{day}_appointment_only"] = str(bool(first and first.by_appointment))
        if first:
            said |= {f"{day}_start": f"{first.opens:%H:%M}", f"{day}_end": f"{first.closes:%H:%M}"}
    return said
