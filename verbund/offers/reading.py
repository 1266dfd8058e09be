"""How entries read to visitors: dates, distances, languages and checks in words, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from verbund.offers.calculations import age_in_days
from verbund.offers.models import EASY, EASY_TAG, OfferLanguage
from verbund.offers.stock import Coming, Stock, Where

LONG_AGO_DAYS = 365
RELATIVE_UP_TO = 6
DAYS = (
    gettext_lazy("Montag"),
    gettext_lazy("Dienstag"),
    gettext_lazy("Mittwoch"),
    gettext_lazy("Donnerstag"),
    gettext_lazy("Freitag"),
    gettext_lazy("Samstag"),
    gettext_lazy("Sonntag"),
)
SHORT_DAYS = (
    gettext_lazy("Mo"),
    gettext_lazy("Di"),
    gettext_lazy("Mi"),
    gettext_lazy("Do"),
    gettext_lazy("Fr"),
    gettext_lazy("Sa"),
    gettext_lazy("So"),
)
LAST_MINUTE = time(23, 59)
"""How an end at midnight is kept: a day has no 24:00."""

AROUND_THE_CLOCK = (time(0), LAST_MINUTE)
MOST_SAVED = 30
"""How many entries a visitor's list holds: as many as its address can carry into a picture that telephones read."""

PAGE_LANGUAGES = {
    "de": "Deutsch",
    EASY: "Leichte Sprache",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "uk": "Українська",
}
"""Languages in which entries can be read, by their own names."""

FRAME_LANGUAGES = frozenset({"de", EASY, "en", "ar", "tr", "uk"})
"""Those in which everything around the entries speaks, too."""


GERMAN = frozenset({"de", EASY})
"""Those whose readers know languages by their German names."""


def tag_of(language: str) -> str:
    """Return what browsers, screen readers and catalogues call a language (BCP 47): Leichte Sprache is plain German."""
    return EASY_TAG if language == EASY else language


def frame_of(language: str) -> str:
    """Return the tag of what a page speaks around entries shown in a language: German where it has none."""
    return tag_of(language) if language in FRAME_LANGUAGES else "de"


@dataclass(frozen=True)
class When:
    """A date in words: `day` ("heute", "Di"), the hours, how far ("in zwei Tagen"), or its `date` ("08.12.")."""

    day: str
    hours: str
    far: str = ""
    date: str = ""


@dataclass(frozen=True)
class Checked:
    """When somebody who knows last said that an entry is right; `is_old` asks the reader to ask back."""

    text: str
    is_old: bool


def when(coming: Coming | None, *, on: date, with_end: bool = False, now: time | None = None) -> When | None:
    """Return a date to come in words; None where none is known. What has begun by `now` says until when it lasts."""
    if coming is None:
        return None
    day, opens, closes = coming
    has_begun = now is not None and day == on and opens <= now
    whole = with_end or has_begun or (opens, closes) == AROUND_THE_CLOCK
    hours = hours_of(opens, closes) if whole else f"{opens:%H:%M}"
    days = (day - on).days
    if days == 0:
        return When(_("heute"), hours)
    weekday = str(SHORT_DAYS[day.weekday()])
    if 0 < days <= RELATIVE_UP_TO:
        return When(weekday, hours, _far(days))
    return When(weekday, hours, date=short_day(day, on))


def hours_of(opens: time, closes: time) -> str:
    """Return hours in words; those kept as 00:00 to 23:59 never close."""
    if (opens, closes) == AROUND_THE_CLOCK:
        return _("rund um die Uhr")
    end = "24:00" if closes == LAST_MINUTE else f"{closes:%H:%M}"
    return f"{opens:%H:%M}–{end}"


def days_of(weekdays: Sequence[int]) -> str:
    """Return weekdays that follow each other in words: Montag, or Montag – Freitag."""
    first, last = str(DAYS[weekdays[0]]), str(DAYS[weekdays[-1]])
    return first if len(weekdays) == 1 else f"{first} – {last}"


def _far(days: int) -> str:
    if days == 1:
        return _("morgen")
    return _("in zwei Tagen") if days == 2 else _("in %(days)s Tagen") % {"days": days}


def short_day(day: date, on: date) -> str:
    """Return a day as 08.12., with the year where it is another."""
    return f"{day:%d.%m.}" if day.year == on.year else f"{day:%d.%m.%Y}"


def checked(checked_on: date | None, *, on: date) -> Checked:
    """Return when an entry was checked, honestly ageing."""
    age = age_in_days(checked_on, on)
    if age is None:
        return Checked(_("noch nie geprüft"), is_old=True)
    shown = {"day": f"{checked_on:%d.%m.%Y}"}
    if age > LONG_AGO_DAYS:
        return Checked(_("zuletzt geprüft am %(day)s, vor mehr als einem Jahr") % shown, is_old=True)
    return Checked(_("geprüft am %(day)s") % shown, is_old=False)


def distance(km: float | None, *, is_rounded: bool = False) -> str:
    """Return kilometres in words, whole ones from a place that is itself rounded; empty where nothing is known."""
    if km is None:
        return ""
    if is_rounded and km < 1:
        return _("unter 1 km")
    shown = f"{km:.1f}" if km < 10 and not is_rounded else f"{km:.0f}"
    return _("%(km)s km") % {"km": shown if get_language() == "en" else shown.replace(".", ",")}


def language_name(stock: Stock, code: str, shown_in: str) -> str:
    """Return what a language is called: in German, else by its own name."""
    name, native = stock.words.language_names.get(code, (code, code))
    return name if shown_in in GERMAN else native


def isolated(text: str) -> str:
    """Return a text that keeps its own direction between words of another script (Unicode isolates)."""
    return text if get_language().startswith("de") else f"\u2068{text}\u2069"


def spoken(stock: Stock, position: int, shown_in: str) -> str:
    """Return the languages of an entry in one line."""
    return _(", ").join(
        with_mode(isolated(language_name(stock, code, shown_in)), mode, always)
        for code, mode, always in stock.languages.get(position, ())
    )


def with_mode(name: str, mode: str, always: bool) -> str:
    """Return a language with how it is spoken: at certain times, on request, with an interpreter."""
    if not always:
        return _("%(language)s (zu bestimmten Zeiten)") % {"language": name}
    if mode == OfferLanguage.Mode.ON_REQUEST:
        return _("%(language)s (auf Anfrage)") % {"language": name}
    if mode == OfferLanguage.Mode.INTERPRETER:
        return _("%(language)s (mit Sprachmittlung)") % {"language": name}
    return name


def where(places: list[Where]) -> str:
    """Return where an entry takes place, in one line; German, as it stands on the door."""
    if not places:
        return ""
    first = places[0]
    if first.latitude is None:
        said = _("telefonisch oder online")
    elif first.is_protected:
        said = _("%(town)s (Adresse auf Anfrage)") % {"town": isolated(first.town)}
    else:
        said = isolated(first.town if first.town in first.name else f"{first.name}, {first.town}")
    return said if len(places) == 1 else _("%(place)s und weitere Orte") % {"place": said}
