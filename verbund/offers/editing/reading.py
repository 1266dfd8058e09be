"""How the content of an entry reads in German: lines for the preview, and one text per field for old and new."""

from django.utils.translation import gettext as _

from verbund.core.money import format_euro
from verbund.offers.content import TEXT_FIELDS, At, Hours, OfferContent
from verbund.offers.editing.rows import WEEKDAYS
from verbund.offers.models import DateChange, Offer, OfferLanguage, Place, Slot, Term
from verbund.offers.reading import hours_of

DASH = "–"


class Reader:
    """Reads contents aloud; loads words and places once, three statements however many contents."""

    def __init__(self, words, contents=()):
        self.words = words
        ids = {at.place for content in contents for at in content.at if at.place}
        self.places = Place.objects.select_related("municipality").in_bulk(ids) if ids else {}
        self._terms: dict | None = None

    def term_names(self, content: OfferContent, *kinds) -> list[str]:
        if self._terms is None:
            self._terms = {(kind, code): name for kind, code, name in Term.objects.values_list("kind", "code", "name")}
        return [self._terms[term] for term in content.terms if term in self._terms and (not kinds or term[0] in kinds)]

    def text(self, content: OfferContent, name: str) -> str:
        """Return one field (a name as in `OfferContent.differences`) as people read it."""
        if name == "terms":
            return ", ".join(self.term_names(content)) or DASH
        if name == "languages":
            return "\n".join(self.language_lines(content)) or DASH
        if name == "at":
            return "\n".join(line for at in content.at for line in [self.place_line(at), *self.time_lines(at)]) or DASH
        return shown(name, content.values.get(name))

    def language_lines(self, content: OfferContent) -> list[str]:
        modes = dict(OfferLanguage.Mode.choices)
        return [f"{self.words.names_of([code])}, {modes[mode]}" for code, mode in content.languages]

    def place_line(self, at: At) -> str:
        if at.place is None:
            return str(_("telefonisch oder online"))
        place = self.places.get(at.place)
        if place is None:
            return str(_("neuer Ort"))
        return ", ".join(text for text in (address_of(place), "" if place.is_protected else at.room) if text)

    def time_lines(self, at: At) -> list[str]:
        lines = [self.hours_line(row) for row in at.hours]
        lines += [_change_line(row) for row in at.changes]
        lines += [
            _("geschlossen vom %(first)s bis %(last)s")
            % {"first": f"{row.first_day:%d.%m.%Y}", "last": f"{row.last_day:%d.%m.%Y}"}
            + (f" ({row.reason})" if row.reason else "")
            for row in at.breaks
        ]
        return [*lines, *([at.hours_note] if at.hours_note else [])]

    def hours_line(self, row: Hours) -> str:
        hours = hours_of(row.opens, row.closes)
        unit = " Uhr" if hours[0].isdigit() else ""
        parts = [f"{WEEKDAYS[row.weekday][1]} {hours}{unit}"]
        if row.rhythm != Slot.Rhythm.WEEKLY:
            parts.append(str(Slot.Rhythm(row.rhythm).label))
        if row.valid_from:
            parts.append(_("ab %s") % f"{row.valid_from:%d.%m.%Y}")
        if row.valid_until:
            parts.append(_("bis %s") % f"{row.valid_until:%d.%m.%Y}")
        if not row.in_school_holidays:
            parts.append(_("nicht in den Schulferien"))
        if row.on_public_holidays:
            parts.append(_("auch an Feiertagen"))
        if row.by_appointment:
            parts.append(_("nur mit Termin"))
        if row.languages:
            parts.append(_("auch %s") % self.words.names_of(row.languages))
        return ", ".join(parts)

    def page(self, content: OfferContent) -> dict:
        """Return what the preview prints."""
        values = content.values
        return {
            "title": values["title"],
            "summary": values["summary"],
            "description": values["description"],
            "next_steps": values["next_steps"] or Offer.Registration(values["registration"]).label,
            "needs": self.term_names(content, Term.Kind.NEED),
            "audience": [*self.term_names(content, Term.Kind.AUDIENCE), *_audience(values)],
            "places": [{"name": self.place_line(at), "times": self.time_lines(at), "phone": at.phone}
                       for at in content.at],
            "languages": self.language_lines(content),
            "cost": cost_of(values),
            "facts": [(label_of(name), shown(name, values[name])) for name in FACTS if values[name] not in UNSAID],
        }  # fmt: skip


UNSAID = (None, "", Offer.Known.UNKNOWN)
FACTS = ("child_care", "to_bring", "contact_function", "phone", "email", "website", "valid_from", "valid_until")


def address_of(place: Place) -> str:
    """Return name and address of a place as everybody may read it: of a protected one the town only."""
    if place.is_protected:
        return _("geschützte Adresse in %s") % place.municipality
    town = f"{place.postcode} {place.municipality}".strip()
    return ", ".join(text for text in (place.name, place.street, town) if text)


def label_of(name: str) -> str:
    rest = {"terms": _("Anliegen und Zielgruppen"), "languages": _("Sprachen"), "at": _("Orte und Zeiten")}
    label = str(rest.get(name) or Offer._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def shown(name: str, value) -> str:
    """Return a plain field as people read it."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if name == "amount_fee":
        return format_euro(value)
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    choices = dict(Offer._meta.get_field(name).flatchoices)
    return str(choices.get(value, value))


def cost_of(values: dict) -> str:
    if values["is_free"]:
        cost = _("kostenlos")
    else:
        cost = format_euro(values["amount_fee"]) if values["amount_fee"] else _("kostet etwas, Betrag nicht angegeben")
    return f"{cost}, {values['fee_note']}" if values["fee_note"] else cost


def changes_between(before: OfferContent, after: OfferContent, words) -> list[dict]:
    """Return what differs, as dicts with label, theirs and mine, in the order people read an entry."""
    reader = Reader(words, [before, after])
    names = [*TEXT_FIELDS, "terms", "languages", "at"]
    different = before.differences(after)
    return [
        {"label": label_of(name), "theirs": reader.text(before, name), "mine": reader.text(after, name)}
        for name in names
        if name in different
    ]


def _change_line(row) -> str:
    day = f"{row.day:%d.%m.%Y}"
    if row.kind == DateChange.Kind.CANCELLED:
        line = _("fällt aus am %s") % day
    else:
        line = _("zusätzlich am %(day)s, %(opens)s–%(closes)s Uhr") % {
            "day": day, "opens": f"{row.opens:%H:%M}", "closes": f"{row.closes:%H:%M}",
        }  # fmt: skip
    return f"{line} ({row.note})" if row.note else line


def _audience(values: dict) -> list[str]:
    found = [_("nur für Frauen")] if values["is_women_only"] else []
    low, high = values["minimum_age"], values["maximum_age"]
    if low is not None and high is not None:
        found.append(_("von %(low)s bis %(high)s Jahren") % {"low": low, "high": high})
    elif low is not None:
        found.append(_("ab %s Jahren") % low)
    elif high is not None:
        found.append(_("bis %s Jahre") % high)
    return found
