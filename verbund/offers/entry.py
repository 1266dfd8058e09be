"""An entry as visitors read it: everything its page says, prepared in words, in the language of the page."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from verbund.core.money import format_euro
from verbund.offers import queries, reading
from verbund.offers.freshness.queries import said_gone
from verbund.offers.lifecycle import TRIED, OfferStatus
from verbund.offers.maps.drawing import km_between
from verbund.offers.models import (
    EASY,
    Closure,
    DateChange,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferLanguage,
    OfferText,
    PlaceFeature,
    Slot,
    Term,
    TermName,
)

DATES_SHOWN = 3
FEWEST_JOINED = 3
FAR_OUT_KM = 2
MAIL = (
    "Guten Tag,\n\nich interessiere mich für „%(title)s“. Ist noch ein Platz frei? Was brauche ich dafür?\n\n"
    "Mit freundlichen Grüßen\n"
)
"""The prepared mail: German in every language of the page, because whoever answers reads German."""

TEXTS = ("title", "summary", "description", "next_steps", "to_bring")


@dataclass(frozen=True)
class Text:
    """What an entry says in words, in the language it is shown in; `notes` is what a reader must know about it."""

    language: str
    title: str
    summary: str
    description: str
    next_steps: str
    to_bring: str
    notes: tuple[str, ...] = ()


def visible(pk: int, *, on: date) -> Offer | None:
    """Return an entry that everybody may read, with its partner."""
    found = queries.public_offers(on=on).select_related("partner__organisation")
    return found.annotate(is_said_gone=said_gone()).filter(pk=pk).first()


def ended(pk: int, *, language: str, on: date) -> dict | None:
    """Return what is told of an entry that is over, and where to look for another one; None where there was none.

    Four statements.
    """
    offer = queries.ended_offers(on=on).filter(pk=pk).first()
    if offer is None:
        return None
    at = offer.at_places.filter(place__isnull=False).select_related("place__municipality").first()
    need = offer.terms.filter(kind=Term.Kind.NEED, is_in_use=True).order_by("position").first()
    named = need and language != "de" and TermName.objects.filter(term=need, language=language).first()
    wanted = {"anliegen": need.code if need else "", "ort": at.place.municipality.name if at else ""}
    return {
        "title": offer.title,
        "need": str(named or need or ""),
        "town": wanted["ort"],
        "wanted": urlencode({name: value for name, value in wanted.items() if value}),
    }


def text_of(offer: Offer, language: str) -> Text:
    """Return an entry's text in a language, else the German one, saying so; one statement, none for German."""
    return texts_of([offer], language)[offer.pk]


def texts_of(offers: Collection[Offer], language: str) -> dict[int, Text]:
    """Return the texts of entries by their number, in a language, else in German; one statement, none for German."""
    found = {}
    if language != "de":
        rows = OfferText.objects.shown_in(language).filter(offer__in=[offer.pk for offer in offers])
        found = {text.offer_id: text for text in rows}
    return {offer.pk: text_from(offer, found.get(offer.pk), language) for offer in offers}


def text_from(offer: Offer, found: OfferText | None, language: str) -> Text:
    """Return an entry's text in a language from its translation, else the German one, saying so."""
    if found is None:
        german = {name: getattr(offer, name) for name in TEXTS}
        return Text("de", **german, notes=() if language == "de" else (_only_german(language),))
    notes = []
    if language == EASY:
        shown = {"day": f"{found.checked_on:%d.%m.%Y}", "function": found.checked_by_function}
        notes.append(_("Leichte Sprache, geprüft am %(day)s von: %(function)s.") % shown)
    if found.origin == OfferText.Origin.MACHINE:
        notes.append(_("Von einer Maschine übersetzt."))
    if not found.checked_on:
        notes.append(_("Die Übersetzung ist nicht geprüft."))
    if found.source_sha256 != offer.text_sha256():
        notes.append(_("Der deutsche Text wurde seitdem geändert. Es gilt der deutsche Text."))
    return Text(reading.tag_of(language), *(getattr(found, name) for name in TEXTS), notes=tuple(notes))


def _only_german(language: str) -> str:
    if language == EASY:
        return _("Dieser Eintrag ist noch nicht in Leichter Sprache. Hier steht der deutsche Text.")
    return _("Diesen Eintrag gibt es bisher nur auf Deutsch.")


def page_of(offer: Offer, *, language: str, now: datetime) -> dict:
    """Return everything the page of an entry says; a constant number of statements."""
    on = now.date()
    text, first = text_of(offer, language), first_step(offer)
    spoken, of_hours = _languages(offer, language)
    return {
        "offer": offer,
        "text": text,
        "german": text_of(offer, "de") if text.language != "de" else None,
        "partner": offer.partner.organisation.name,
        "is_paused": offer.status == OfferStatus.PAUSED,
        "first_step": first,
        "next_steps": further_steps(text, first),
        "mail_subject": f"Anfrage: {offer.title}",
        "mail_body": MAIL % {"title": offer.title},
        "cost": _cost(offer),
        "ages": _ages(offer),
        "child_care": Offer.Known(offer.child_care).label if offer.child_care != Offer.Known.UNKNOWN else "",
        "needs": _audiences(offer, language),
        "spoken": spoken,
        "places": _places(offer, of_hours, language, now),
        "checked": reading.checked(offer.checked_on, on=on),
        "trial": _trial(offer, on),
    }


def _trial(offer: Offer, on: date) -> str:
    """Return that an entry is only tried, and until when; empty where it has come to stay."""
    if offer.stage not in TRIED:
        return ""
    if offer.tried_until is None or offer.tried_until < on:
        return _("Das Angebot wird erprobt.")
    return _("Das Angebot wird erprobt bis %(day)s.") % {"day": f"{offer.tried_until:%d.%m.%Y}"}


def first_step(offer: Offer) -> dict:
    """Return what to do first: a sentence, and whether the telephone, a mail or the website is the way."""
    kinds = Offer.Registration
    said = {
        kinds.NONE: _("Sie können einfach kommen. Eine Anmeldung ist nicht nötig."),
        kinds.PHONE: _("Rufen Sie vorher an."),
        kinds.EMAIL: _("Schreiben Sie vorher eine E-Mail."),
        kinds.WEBSITE: _("Melden Sie sich vorher auf der Webseite an."),
        kinds.REFERRAL: _("Sie brauchen eine Vermittlung, zum Beispiel durch eine Beratungsstelle oder das Amt."),
    }
    ways = {kinds.PHONE: "phone", kinds.EMAIL: "email", kinds.WEBSITE: "website"}
    return {"sentence": said[offer.registration], "way": ways.get(offer.registration, "")}


def further_steps(text: Text, first: dict) -> str:
    """Return what to do next in the entry's own words; empty where they only say the first step again."""
    return "" if text.next_steps.strip() == first["sentence"] else text.next_steps


def _cost(offer: Offer) -> str:
    said = price_of(offer)
    return f"{said} – {offer.fee_note}" if offer.fee_note else said


def price_of(offer: Offer) -> str:
    """Return what an entry costs, without the note."""
    if offer.is_free:
        return _("kostenlos")
    return format_euro(offer.amount_fee) if offer.amount_fee is not None else _("kostet etwas, Höhe nicht bekannt")


def _ages(offer: Offer) -> str:
    first, last = offer.minimum_age, offer.maximum_age
    if first is not None and last is not None:
        return _("%(first)s bis %(last)s Jahre") % {"first": first, "last": last}
    if first is not None:
        return _("ab %(first)s Jahren") % {"first": first}
    return _("bis %(last)s Jahre") % {"last": last} if last is not None else ""


def _audiences(offer: Offer, language: str) -> list[str]:
    """Return for whom an entry is."""
    terms = list(offer.terms.filter(kind=Term.Kind.AUDIENCE).order_by("position"))
    names = {}
    if language != "de" and terms:
        rows = TermName.objects.filter(term__in=terms, language=language)
        names = dict(rows.values_list("term_id", "name"))
    return [names.get(term.pk, term.name) for term in terms]


def _languages(offer: Offer, language: str) -> tuple[list[str], dict[int, list[str]]]:
    """Return the languages spoken always, in words, and those of single hours by rule."""
    always, of_hours = [], defaultdict(list)
    for row in OfferLanguage.objects.filter(offer=offer).select_related("language").order_by("language__position"):
        name = row.language.name if language in reading.GERMAN else row.language.native_name
        if row.slot_id:
            of_hours[row.slot_id].append(name)
        elif row.mode == OfferLanguage.Mode.SPOKEN:
            always.append(name)
        else:
            always.append(f"{name} ({row.get_mode_display()})")
    return always, of_hours


def _places(offer: Offer, of_hours: dict, language: str, now: datetime) -> list[dict]:
    """Return where and when: each place with its hours, the next dates and exceptions; six statements."""
    rows = list(OfferAtPlace.objects.filter(offer=offer).select_related("place__municipality"))
    ids = [at.pk for at in rows]
    slots, changes, closures = (grouped(model.objects.filter(at__in=ids)) for model in (Slot, DateChange, Closure))
    coming = grouped(Occurrence.objects.filter(at__in=ids, day__gte=now.date()))
    features = _features([at.place_id for at in rows if at.place_id], language)
    return [
        {
            "at": at,
            "place": address_of(at),
            "hours": rules_of(slots[at.pk], of_hours),
            "dates": _dates(coming[at.pk], now),
            "exceptions": list(exceptions_of(changes[at.pk], closures[at.pk], now.date())),
            "features": features[at.place_id] if at.place_id else [],
        }
        for at in rows
    ]


def grouped(rows: Iterable) -> dict[int, list]:
    """Return hours, changes or dates by the entry's place they belong to."""
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.at_id].append(row)
    return found


def address_of(at: OfferAtPlace) -> dict:
    """Return what may be said of a place: of a protected one the town, and nothing else."""
    if at.is_remote:
        return {"is_remote": True}
    place = at.place
    if place.is_protected:
        return {"is_protected": True, "town": place.municipality.name}
    found = {"name": place.name, "street": place.street, "town": f"{place.postcode} {place.municipality.name}".strip()}
    if place.latitude is not None:
        point = f"{place.latitude},{place.longitude}"
        found |= {"point": point, "shown_point": point.replace(",", ", "), "map_text": _map_text(found, place)}
    return found | {"directions": place.directions, "room": at.room}


def _map_text(said: dict, place) -> str:
    """Return what the map shows, in words: the address, and from two kilometres on how far out of town it is.

    Points are mostly those of postcodes, so that less would say more than is known.
    """
    address = ", ".join(text for text in (said["name"], said["street"], said["town"]) if text)
    town = place.municipality
    km = km_between((float(place.latitude), float(place.longitude)), (float(town.latitude), float(town.longitude)))
    if km < FAR_OUT_KM:
        return _("Karte der Umgebung: %(address)s") % {"address": address}
    return _("Karte der Umgebung: %(address)s, etwa %(km)s km von der Ortsmitte") % {"address": address, "km": km}


def rules_of(slots: Iterable[Slot], languages: dict[int, list[str]]) -> list[dict]:
    """Return hours in words: weekday, times, and what restricts them. Three days and more with the same are one line.

    `languages` are those spoken only then, by rule.
    """
    alike: dict[str, list[tuple[int, dict]]] = defaultdict(list)
    for slot in slots:
        said = _rule(slot, languages.get(slot.pk, ()))
        alike[str(said)].append((slot.weekday, said))
    lines = [line for same in alike.values() for line in _joined(same)]
    return [said | {"day": reading.days_of(days)} for days, said in sorted(lines, key=lambda line: line[0][0])]


def _joined(same: list[tuple[int, dict]]) -> Iterable[tuple[list[int], dict]]:
    """Yield the days of hours that are the same: one by one, or as one where three and more follow each other."""
    days = sorted({day for day, _said in same})
    said = same[0][1]
    while days:
        length = next((at for at in range(1, len(days)) if days[at] != days[0] + at), len(days))
        length = length if length >= FEWEST_JOINED else 1
        yield days[:length], said
        days = days[length:]


def _rule(slot: Slot, languages: Iterable[str]) -> dict:
    on = date.max if slot.valid_from is None else slot.valid_from
    notes = []
    if slot.rhythm != Slot.Rhythm.WEEKLY:
        notes.append(str(slot.get_rhythm_display()))
    if slot.by_appointment:
        notes.append(_("nur mit Termin"))
    if not slot.in_school_holidays:
        notes.append(_("nicht in den Schulferien"))
    if slot.valid_from:
        notes.append(_("ab %(day)s") % {"day": f"{on:%d.%m.%Y}"})
    if slot.valid_until:
        notes.append(_("bis %(day)s") % {"day": f"{slot.valid_until:%d.%m.%Y}"})
    if languages:
        notes.append(_("dann auch %(languages)s") % {"languages": ", ".join(languages)})
    return {"hours": reading.hours_of(slot.opens, slot.closes), "notes": notes}


def _dates(rows: list[Occurrence], now: datetime) -> list[reading.When]:
    """Return the next dates that are not over yet."""
    on = now.date()
    ahead = [(row.day, row.opens, row.closes) for row in rows if row.day > on or row.closes > now.time()]
    return [reading.when(one, on=on, with_end=True) for one in ahead[:DATES_SHOWN]]


def exceptions_of(changes: list[DateChange], closures: list[Closure], on: date) -> Iterable[str]:
    """Yield what is different from the hours, from today on."""
    for change in changes:
        if change.day < on:
            continue
        shown = {"day": _day(change.day)}
        if change.kind == DateChange.Kind.CANCELLED:
            said = _("fällt aus am %(day)s") % shown
        else:
            hours = reading.isolated(reading.hours_of(change.opens, change.closes))
            said = _("zusätzlich am %(day)s, %(hours)s") % {**shown, "hours": hours}
        yield f"{said} ({change.note})" if change.note else said
    for closure in closures:
        if closure.last_day >= on:
            said = _("geschlossen vom %(first)s bis %(last)s") % {
                "first": f"{closure.first_day:%d.%m.%Y}",
                "last": f"{closure.last_day:%d.%m.%Y}",
            }
            yield f"{said} ({closure.reason})" if closure.reason else said


def _day(day: date) -> str:
    return f"{reading.SHORT_DAYS[day.weekday()]} {day:%d.%m.%Y}"


def _features(place_ids: list[int], language: str) -> dict[int, list[dict]]:
    """Return for each place every feature of accessibility: yes, no, or not known; two or three statements."""
    terms = list(Term.objects.filter(kind=Term.Kind.FEATURE, is_in_use=True).order_by("position"))
    names = {}
    if language != "de":
        rows = TermName.objects.filter(term__kind=Term.Kind.FEATURE, language=language)
        names = dict(rows.values_list("term_id", "name"))
    known = {(row.place_id, row.feature_id): row for row in PlaceFeature.objects.filter(place__in=place_ids)}
    labels = {"YES": _("ja"), "NO": _("nein"), "UNKNOWN": _("nicht bekannt")}
    found = {}
    for place in place_ids:
        found[place] = []
        for term in terms:
            row = known.get((place, term.pk))
            value = row.value if row else PlaceFeature.Value.UNKNOWN
            said = {"name": names.get(term.pk, term.name), "value": value, "label": labels[value]}
            found[place].append(said | {"note": row.note if row else ""})
    return found
