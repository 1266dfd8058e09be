"""Columns → fields: suggested by name and content, remembered by the fingerprint of the head. No database."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from verbund.core.errors import DomainError
from verbund.offers.importing import hours, values

NAME_LIKENESS = 86
"""From which likeness (0 to 100) on the name of a column counts as one we know."""


@dataclass(frozen=True)
class Field:
    """What a column may mean: how it is called on the page, and the words by which lists call it."""

    label: object
    words: tuple[str, ...]


def _field(label, words: str) -> Field:
    return Field(label, tuple(word.strip() for word in words.split(",")))


FIELDS: dict[str, Field] = {
    "title": _field(gettext_lazy("Titel"), "titel, angebot, name des angebots, angebotsname, bezeichnung, kurs, title"),
    "partner": _field(
        gettext_lazy("Anbieter"),
        "anbieter, träger, organisation, verein, veranstalter, einrichtung, institution, operator, organization",
    ),
    "own_number": _field(gettext_lazy("Nummer im Verbund"), "nummer im verbund"),
    "external_key": _field(gettext_lazy("Schlüssel"), "id, nr, nummer, schlüssel, kennung, externe id, angebotsnummer"),
    "summary": _field(
        gettext_lazy("Kurzbeschreibung"), "kurzbeschreibung, kurztext, zusammenfassung, untertitel, kurzinfo, summary"
    ),
    "description": _field(
        gettext_lazy("Beschreibung"), "beschreibung, inhalt, text, details, langtext, info, informationen, description"
    ),
    "terms": _field(
        gettext_lazy("Anliegen und Zielgruppen"),
        "kategorie, kategorien, anliegen, thema, themen, rubrik, schlagworte, bereich, handlungsfeld, category",
    ),
    "audience": _field(
        gettext_lazy("Zielgruppe"), "zielgruppe, zielgruppen, für wen, adressaten, teilnehmende, target group"
    ),
    "languages": _field(gettext_lazy("Sprachen"), "sprache, sprachen, languages, beratungssprachen, sprachkenntnisse"),
    "place": _field(
        gettext_lazy("Name des Ortes"), "ort, veranstaltungsort, treffpunkt, gebäude, haus, standort, location, wo"
    ),
    "street": _field(
        gettext_lazy("Straße und Hausnummer"),
        "straße, strasse, str, straße und hausnummer, straße nr, street, addr street",
    ),
    "house_number": _field(gettext_lazy("Hausnummer"), "hausnummer, hausnr, hnr, addr housenumber"),
    "postcode": _field(gettext_lazy("Postleitzahl"), "plz, postleitzahl, zip, postcode, addr postcode"),
    "town": _field(
        gettext_lazy("Stadt oder Gemeinde"), "stadt, gemeinde, wohnort, city, kommune, stadt gemeinde, addr city"
    ),
    "address": _field(gettext_lazy("ganze Anschrift"), "adresse, anschrift, vollständige adresse, address"),
    "latitude": _field(
        gettext_lazy("geografische Breite"), "breite, breitengrad, latitude, lat, koordinate y, geo lat"
    ),
    "longitude": _field(
        gettext_lazy("geografische Länge"), "länge, längengrad, longitude, lon, lng, long, koordinate x, geo lon"
    ),
    "step_free": _field(
        gettext_lazy("stufenlos (ja/nein)"),
        "stufenlos, barrierefrei, ist barrierefrei, rollstuhlgerecht, rollstuhl, ohne stufen, barrier free, wheelchair",
    ),
    "room": _field(gettext_lazy("Raum"), "raum, saal, zimmer, etage"),
    "hours": _field(
        gettext_lazy("Zeiten"),
        "zeiten, öffnungszeiten, zeit, termine, sprechzeiten, wann, uhrzeiten, tag und uhrzeit, opening hours",
    ),
    "hours_note": _field(
        gettext_lazy("Hinweis zu den Zeiten"), "hinweis zu den zeiten, bemerkung zu den zeiten, hinweis zeiten"
    ),
    "weekdays": _field(gettext_lazy("Wochentag"), "wochentag, wochentage, tag, tage"),
    "opens": _field(gettext_lazy("Beginn"), "beginn, von, uhrzeit von, startzeit, uhrzeit, ab uhr, start"),
    "closes": _field(gettext_lazy("Ende"), "ende, bis, uhrzeit bis, endzeit, schluss"),
    "contact_function": _field(
        gettext_lazy("Ansprechstelle"), "ansprechstelle, kontaktstelle, ansprechpartner, abteilung, ansprechperson"
    ),
    "phone": _field(
        gettext_lazy("Telefon"), "telefon, tel, telefonnummer, rufnummer, fon, mobil, handy, phone, contact phone"
    ),
    "email": _field(gettext_lazy("E-Mail"), "e-mail, email, mail, mailadresse, e-mail-adresse, contact email"),
    "website": _field(
        gettext_lazy("Webseite"), "webseite, website, homepage, internet, url, link, web, contact website"
    ),
    "ages": _field(gettext_lazy("Alter"), "alter, altersgruppe, altersangabe, age"),
    "minimum_age": _field(gettext_lazy("Alter ab"), "alter ab, alter von, mindestalter, ab jahren"),
    "maximum_age": _field(gettext_lazy("Alter bis"), "alter bis, höchstalter, bis jahre"),
    "is_women_only": _field(gettext_lazy("nur für Frauen"), "nur für frauen, nur frauen, frauenangebot"),
    "child_care": _field(gettext_lazy("Kinderbetreuung"), "kinderbetreuung, betreuung, mit kinderbetreuung"),
    "is_free": _field(gettext_lazy("kostenlos (ja/nein)"), "kostenlos, kostenfrei, gratis, ist kostenlos"),
    "cost": _field(gettext_lazy("Kosten"), "kosten, preis, gebühr, beitrag, teilnahmegebühr, entgelt, eintritt"),
    "registration": _field(
        gettext_lazy("Anmeldung"), "anmeldung, anmeldung erforderlich, registrierung, anmeldeverfahren"
    ),
    "next_steps": _field(gettext_lazy("Was jetzt zu tun ist"), "was ist zu tun, nächster schritt, so geht es weiter"),
    "to_bring": _field(gettext_lazy("Was man mitbringt"), "mitbringen, was mitbringen, unterlagen, voraussetzungen"),
    "valid_from": _field(gettext_lazy("läuft ab"), "startdatum, gültig ab, läuft ab, datum von, beginndatum, ab datum"),
    "valid_until": _field(
        gettext_lazy("läuft bis"), "enddatum, gültig bis, läuft bis, datum bis, laufzeit bis, bis datum"
    ),
}
NAME = "name"
"""What is called so is the title where no other column is: it may as well be the name of a person."""

BY_WORD = {word: code for code, one in FIELDS.items() for word in one.words}


class WrongColumns(DomainError):
    """An assignment that leaves out what is needed, or uses a field twice."""


def plain(name) -> str:
    """Return the name of a column for comparing: lower case, without signs."""
    text = unicodedata.normalize("NFKC", str(name or "")).casefold()
    return " ".join(re.sub(r"[^\w]+|_+", " ", text).split())


def fingerprint(head: list) -> str:
    """Return the sign by which the same list is known again."""
    return hashlib.sha256("\n".join(plain(name) for name in head).encode()).hexdigest()


def suggest(head: list, samples: list[list]) -> dict[int, str]:
    """Return a field for each column whose name or content says what it is; each field once."""
    names = [plain(name) for name in head]
    scored = []
    for position, name in enumerate(names):
        if not name:
            continue
        code = BY_WORD.get(name)
        if code:
            scored.append((101, position, code))
            continue
        found = process.extractOne(name, BY_WORD.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NAME_LIKENESS)
        if found:
            scored.append((found[1], position, BY_WORD[found[0]]))
    chosen = _each_once(scored)
    return _correct_by_content(chosen, samples, names)


def _each_once(scored: list[tuple]) -> dict[int, str]:
    chosen: dict[int, str] = {}
    for _score, position, code in sorted(scored, key=lambda one: (-one[0], one[1])):
        if position not in chosen and code not in chosen.values():
            chosen[position] = code
    return chosen


def _correct_by_content(chosen: dict[int, str], samples: list[list], names: list[str]) -> dict[int, str]:
    """Let the content decide where a column has no known name, and what "Ort" means beside a postcode."""
    for position in range(len(names)):
        if position in chosen:
            continue
        cells = [row[position] for row in samples if position < len(row) and not values.is_nothing(row[position])]
        code = _by_content(cells)
        if code and code not in chosen.values():
            chosen[position] = code
    fields = {code: position for position, code in chosen.items()}
    if "title" not in fields:
        chosen |= {position: "title" for position, name in enumerate(names) if name == NAME}
    has_town = "town" in fields
    if "place" in fields and "postcode" in fields and not has_town and fields["place"] == fields["postcode"] + 1:
        chosen[fields["place"]] = "town"  # "PLZ | Ort" is an address
    return chosen


def _by_content(cells: list) -> str:
    if not cells:
        return ""
    said = [str(cell).strip() for cell in cells]
    tests = {
        "email": lambda text: re.fullmatch(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}", text),
        "website": lambda text: re.match(r"(?:https?://|www\.)", text),
        "postcode": lambda text: re.fullmatch(r"[1-9][0-9]{4}", text) and text[0] in "345",
        "hours": _reads_as_hours,
    }
    for code, test in tests.items():
        if sum(bool(test(text)) for text in said) * 10 >= len(said) * 8:
            return code
    return ""


def _reads_as_hours(text: str) -> bool:
    try:
        return bool(hours.rules(text))
    except values.NotUnderstood:
        return False


def check(columns: dict[int, str], *, width: int, has_partner: bool) -> None:
    """Raise WrongColumns where title or partner is missing, or two columns mean the same."""
    codes = list(columns.values())
    unknown = [code for code in codes if code not in FIELDS]
    if unknown or any(not 0 <= position < width for position in columns):
        raise WrongColumns(_("Diese Zuordnung gibt es nicht: %s") % ", ".join(map(str, unknown or columns))[:100])
    twice = sorted({str(FIELDS[code].label) for code in codes if codes.count(code) > 1})
    if twice:
        raise WrongColumns(_("Zwei Spalten haben dieselbe Bedeutung: %s. Lassen Sie eine weg.") % ", ".join(twice))
    if "title" not in codes:
        raise WrongColumns(_("Sagen Sie, in welcher Spalte der Titel des Angebots steht."))
    if "partner" not in codes and not has_partner:
        raise WrongColumns(_("Sagen Sie, in welcher Spalte der Anbieter steht, oder wählen Sie einen für alle Zeilen."))
