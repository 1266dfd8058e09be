"""What a brochure says of each entry, as plain values for the template; the same a visitor reads on the entry's page.

A text is a run `{"text", "lang"}`: German ones and numbers keep their direction between words of another script.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verbund.core import pdf
from verbund.offers import entry, queries, reading
from verbund.offers.freshness.queries import said_gone
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Closure, DateChange, Offer, OfferAtPlace, OfferLanguage, OfferText, Slot
from verbund.offers.stock import Stock
from verbund.offers.views.choices import term_name

GERMAN = "de"


@dataclass(frozen=True)
class Rows:
    """All rows of some entries: translations and places by entry, hours and exceptions by place, languages by hours."""

    texts: dict[int, OfferText]
    places: dict[int, list[OfferAtPlace]]
    slots: dict[int, list]
    changes: dict[int, list]
    closures: dict[int, list]
    languages: dict[int, list[str]]


def groups_of(kept: Stock, ids: Iterable[int], *, language: str, on: date, picture: Callable[[int], str]) -> list[dict]:
    """Return public entries by need, each once and by title; `picture(pk)` makes what a camera reads.

    At most seven statements, however many entries.
    """
    rows = queries.public_offers(on=on).filter(pk__in=list(ids)).select_related("partner__organisation")
    offers = [offer for offer in rows.annotate(is_said_gone=said_gone()) if offer.pk in kept.position]
    read = _rows(offers, kept, language)
    by_need: dict[str, list[dict]] = defaultdict(list)
    for offer in offers:
        said = _entry(offer, kept, read, language, on) | {"picture": picture(offer.pk)}
        by_need[_need(kept, kept.position[offer.pk])].append(said)
    codes = [code for code, _picture in kept.words.vocabulary["anliegen"]] + [""]
    return [
        {
            "title": term_name(kept, "anliegen", code, language) if code else _("Weitere Angebote"),
            "entries": sorted(by_need[code], key=lambda one: one["title"]["text"].casefold()),
        }
        for code in codes
        if by_need[code]
    ]


def _rows(offers: list[Offer], kept: Stock, language: str) -> Rows:
    texts = OfferText.objects.shown_in(language).filter(offer__in=offers) if language != GERMAN else []
    places: dict[int, list[OfferAtPlace]] = defaultdict(list)
    for at in OfferAtPlace.objects.filter(offer__in=offers).select_related("place__municipality"):
        places[at.offer_id].append(at)
    ids = [at.pk for rows in places.values() for at in rows]
    hours = (entry.grouped(model.objects.filter(at__in=ids)) for model in (Slot, DateChange, Closure))
    languages: dict[int, list[str]] = defaultdict(list)
    spoken = OfferLanguage.objects.filter(offer__in=offers, slot__isnull=False).order_by("language__position")
    for slot, code in spoken.values_list("slot_id", "language_id"):
        languages[slot].append(_language_name(kept, code, language))
    return Rows({text.offer_id: text for text in texts}, places, *hours, languages)


def _need(kept: Stock, position: int) -> str:
    """Return the first need of an entry; empty where it has none."""
    return next(iter(_codes(kept, "anliegen", position)), "")


def _codes(kept: Stock, kind: str, position: int) -> list[str]:
    return [code for code, _picture in kept.words.vocabulary[kind] if kept.choices.get((kind, code), 0) >> position & 1]


def _entry(offer: Offer, kept: Stock, rows: Rows, language: str, on: date) -> dict:
    text = entry.text_from(offer, rows.texts.get(offer.pk), language)
    german_title = offer.title if text.language != GERMAN else ""
    first = entry.first_step(offer)
    return {
        "title": _run(text.title, text.language),
        "german_title": _run(german_title, GERMAN),
        "summary": _run(text.summary, text.language),
        "partner": _run(offer.partner.organisation.name, GERMAN),
        "warnings": [_run(said, language) for said in _warnings(offer)],
        "first_step": [_run(first["sentence"], language), _run(entry.further_steps(text, first), text.language)],
        "places": [_place(at, rows, language, on) for at in rows.places.get(offer.pk, ())],
        "facts": _facts(offer, kept, text, language),
        "notes": [_run(said, language) for said in (reading.checked(offer.checked_on, on=on).text, *text.notes)],
    }


def _run(text: str, lang: str) -> dict:
    return {"text": text, "lang": plain_language(lang)}


def plain_language(lang: str) -> str:
    """Return the language as the typesetting knows it: Leichte Sprache is German."""
    return reading.tag_of(lang).partition("-")[0]


def _runs(*runs: dict) -> list[dict]:
    return [run for run in runs if run["text"]]


def _listed(texts: Iterable[str], lang: str) -> list[dict]:
    """Return words as runs of their own with a comma between them."""
    found: list[dict] = []
    for said in texts:
        found += [_run(_(", "), lang)] if found else []
        found.append(_run(said, lang))
    return found


def _warnings(offer: Offer) -> Iterable[str]:
    if offer.status == OfferStatus.PAUSED:
        until = offer.paused_until
        yield _("Geschlossen bis %(day)s") % {"day": f"{until:%d.%m.%Y}"} if until else _("Vorübergehend geschlossen")
    if offer.is_said_gone:
        yield _("Laut Anbieter beendet, wird geprüft") + ". " + _("Fragen Sie bitte nach, bevor Sie hingehen.")


def _place(at: OfferAtPlace, rows: Rows, language: str, on: date) -> dict:
    """Return where and when: of a protected place only the town."""
    address = entry.address_of(at)
    if address.get("is_remote"):
        where = [_run(_("Telefonisch oder online"), language)]
    elif address.get("is_protected"):
        said = _("Die Adresse ist geschützt. Sie erfahren sie, wenn Sie anrufen oder schreiben.")
        where = [_run(address["town"], GERMAN), _run(said, language)]
    else:
        lines = (f"{address['name']}, {address['room']}" if address["room"] else address["name"], address["street"])
        where = [_run(line, GERMAN) for line in (*lines, address["town"]) if line]
    rules = entry.rules_of(rows.slots[at.pk], rows.languages)
    exceptions = entry.exceptions_of(rows.changes[at.pk], rows.closures[at.pk], on)
    return {
        "where": where,
        "directions": _run(address.get("directions", ""), GERMAN),
        "hours": [
            [
                _run(rule["day"], language),
                _run(rule["hours"], _language_of(rule["hours"], language)),
                _run(_(", ").join(rule["notes"]), language),
            ]
            for rule in rules
        ],
        "remarks": [*(_run(said, language) for said in exceptions), *_runs(_run(at.hours_note, GERMAN))],
        "phone": _run(at.phone, GERMAN),
    }


def _language_of(hours: str, language: str) -> str:
    """Return in which language hours stand: figures from left to right, words in that of the page."""
    return GERMAN if hours[:1].isdigit() else language


def _facts(offer: Offer, kept: Stock, text: entry.Text, language: str) -> list[list[dict]]:
    """Return the facts line by line, without those nothing is known of."""
    position = kept.position[offer.pk]
    price = _run(entry.price_of(offer), language if offer.is_free or offer.amount_fee is None else GERMAN)
    audiences = [term_name(kept, "fuer", code, language) for code in _codes(kept, "fuer", position)]
    women = [_("nur Frauen")] if offer.is_women_only else []
    lines = [
        [
            (_("Telefon"), [_run(offer.phone, GERMAN)]),
            (_("E-Mail"), [_run(offer.email, GERMAN)]),
            (_("Webseite"), [_run(offer.website, GERMAN)]),
        ],
        [(_("Sprachen"), _listed(_spoken(kept, position, language), language))],
        [
            (_("Kosten"), [price, _run(f" – {offer.fee_note}" if offer.fee_note else "", GERMAN)]),
            (_("Für wen"), _listed(audiences + women, language)),
            (_("Gut zu wissen"), _listed(_good_to_know(offer, kept, position), language)),
        ],
        [(_("Mitbringen"), [_run(text.to_bring, text.language)])],
    ]
    known = [[{"label": label, "runs": _runs(*runs)} for label, runs in line if _runs(*runs)] for line in lines]
    return [line for line in known if line]


def _spoken(kept: Stock, position: int, language: str) -> list[str]:
    return [
        reading.with_mode(_language_name(kept, code, language), mode, always)
        for code, mode, always in kept.languages.get(position, ())
    ]


def _language_name(kept: Stock, code: str, language: str) -> str:
    """Return a language by its own name, by the German one where our fonts lack its letters."""
    name = reading.language_name(kept, code, language)
    return name if pdf.can_show(name) else reading.language_name(kept, code, GERMAN)


def _good_to_know(offer: Offer, kept: Stock, position: int) -> list[str]:
    said = [_("ohne Stufen")] if any(place.is_step_free for place in kept.places.get(position, ())) else []
    return said + ([_("mit Kinderbetreuung")] if offer.child_care == Offer.Known.YES else [])
