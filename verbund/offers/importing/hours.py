"""Times as they stand in lists, read as rules by weekday: "Mo, Mi 15–17 Uhr", 900, 0.375, "Di 9-12". No database."""

import re
import unicodedata
from datetime import datetime, time

from django.utils.translation import gettext as _

from verbund.offers.content import Hours
from verbund.offers.importing.values import NotUnderstood, is_nothing

DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
SHORT = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6, "sonnabend": 5, "mon": 0, "tue": 1, "wed": 2,
         "thu": 3, "fri": 4, "sat": 5, "sun": 6,
         "die": 1, "mit": 2, "don": 3, "fre": 4, "sam": 5, "son": 6}  # fmt: skip
GROUPS = {"täglich": range(7), "werktags": range(5), "wochentags": range(5), "wochenende": range(5, 7)}
RHYTHMS = (
    (re.compile(r"\b(?:jede[nr]?\s+)?(?:1\.|erste[nr]?)\s+"), "FIRST"),
    (re.compile(r"\b(?:jede[nr]?\s+)?(?:2\.|zweite[nr]?)\s+"), "SECOND"),
    (re.compile(r"\b(?:jede[nr]?\s+)?(?:3\.|dritte[nr]?)\s+"), "THIRD"),
    (re.compile(r"\b(?:jede[nr]?\s+)?(?:4\.|vierte[nr]?)\s+"), "FOURTH"),
    (re.compile(r"\b(?:jede[nr]?\s+)?letzte[nr]?\s+"), "LAST"),
    (re.compile(r"\b(?:in\s+)?(?:un)?geraden?\s+(?:kalender)?wochen?\b"), ""),
)
CLOCK = r"(?:[0-9]{3,4}|(?:[01]?[0-9]|2[0-4])(?:\s*[:.h]\s*[0-5][0-9])?)(?![0-9])"
SPAN = re.compile(rf"(?:von\s+)?({CLOCK})\s*(?:uhr|h)?\s*(?:-|bis)\s*({CLOCK})\s*(?:uhr|h)?")
WORD = re.compile(r"[a-zäöüß]+")
FILLERS = frozenset(
    ["und", "uhr", "von", "bis", "jeden", "jede", "jeder", "immer", "am", "im", "monat", "des", "s", "h", "wöchentlich"]
)
LONGEST = 400


def clock(cell) -> time | None:
    """Return a time of day: 900, 9, "9 Uhr", "9.30", 0.375 (a part of the day), a real time; None for an empty cell."""
    if is_nothing(cell):
        return None
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    plain = unicodedata.normalize("NFKC", str(cell)).strip().casefold()
    if re.fullmatch(r"0?[.,][0-9]+", plain):
        part = plain.replace(",", ".").partition(".")[2][:12]
        minutes = (int(part) * 24 * 60 * 2 + 10 ** len(part)) // (2 * 10 ** len(part))
        return _time(minutes // 60, minutes % 60, plain)
    plain = re.sub(r"\s*(?:uhr|h)\s*$", "", plain).replace("uhr", ":").replace(" ", "")
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.,h]([0-9]{1,2}))?(?::[0-9]{2})?|([0-9]{1,2})([0-9]{2})", plain)
    if not found:
        raise NotUnderstood(_("„%s“ ist keine Uhrzeit. Beispiel: 15:00") % str(cell)[:40])
    return _time(int(found[1] or found[3]), int(found[2] or found[4] or 0), plain)


def _time(hour: int, minute: int, said: str) -> time:
    if (hour, minute) == (24, 0):
        return time(23, 59)
    if hour > 23 or minute > 59:
        raise NotUnderstood(_("„%s“ ist keine Uhrzeit. Beispiel: 15:00") % said[:40])
    return time(hour, minute)


def weekday(word: str) -> int | None:
    """Return a weekday (0 = Monday) by its name or short name."""
    plain = word.casefold().strip(" .:")
    if plain in SHORT:
        return SHORT[plain]
    plain = plain.removesuffix("s")
    return DAYS.index(plain) if plain in DAYS else None


def weekdays(cell) -> list[int]:
    """Return the weekdays of a cell of its own: "Mo, Mi", "Montag bis Freitag", "täglich"."""
    if is_nothing(cell):
        return []
    found, rest = _days_in(_plain(cell))
    if not found or rest:
        raise NotUnderstood(_("„%s“ ist kein Wochentag") % str(cell)[:40])
    return found


def rules(cell) -> tuple[Hours, ...]:
    """Return the rules in a text; raises NotUnderstood, then the text is kept as a remark on the times."""
    if is_nothing(cell):
        return ()
    plain = _plain(cell)
    if len(plain) > LONGEST:
        raise NotUnderstood(_("Die Zeiten sind zu lang, um sie zu lesen"))
    found: set[Hours] = set()
    days: list[int] = []
    position = 0
    for span in SPAN.finditer(plain):
        before = plain[position : span.start()]
        rhythm, before = _rhythm(before)
        named, rest = _days_in(before)
        days = named or days
        if rest or not days:
            raise NotUnderstood(_("„%s“ lässt sich nicht als Wochentag mit Uhrzeit lesen") % str(cell)[:60])
        opens, closes = clock(span[1]), clock(span[2])
        if closes <= opens:
            raise NotUnderstood(_("„%s“: das Ende liegt nicht nach dem Beginn") % str(cell)[:60])
        found |= {Hours(weekday=one, opens=opens, closes=closes, rhythm=rhythm) for one in days}
        position = span.end()
    _named, rest = _days_in(plain[position:])
    if not found or rest or _named:
        raise NotUnderstood(_("„%s“ lässt sich nicht als Wochentag mit Uhrzeit lesen") % str(cell)[:60])
    return in_order(found)


def in_order(found) -> tuple[Hours, ...]:
    """Return rules in the order in which an entry keeps them."""
    return tuple(sorted(found, key=lambda one: (one.weekday, one.opens, one.closes, one.rhythm)))


def _plain(cell) -> str:
    text = unicodedata.normalize("NFKC", str(cell)).casefold()
    return re.sub(r"[‐-―−]", "-", text)


def _rhythm(before: str) -> tuple[str, str]:
    """Return the rhythm named before a time and what is left of the words."""
    for pattern, rhythm in RHYTHMS:
        found = pattern.search(before)
        if found:
            name = rhythm or ("ODD_WEEKS" if "ungerade" in found[0] else "EVEN_WEEKS")
            return name, before[: found.start()] + " " + before[found.end() :]
    return "WEEKLY", before


def _days_in(words: str) -> tuple[list[int], str]:
    """Return the weekdays named in a piece of text, and the first word that is none."""
    found: list[int] = []
    is_range = False
    for piece in re.findall(r"[a-zäöüß]+|-|[0-9]+", words):
        if piece in GROUPS:
            found += GROUPS[piece]
        elif (one := weekday(piece)) is not None:
            if is_range and found and found[-1] < one:
                found += range(found[-1] + 1, one)
            found.append(one)
            is_range = False
        elif piece in {"-", "bis"}:
            is_range = True
        elif piece not in FILLERS:
            return list(dict.fromkeys(found)), piece
    return list(dict.fromkeys(found)), ""
