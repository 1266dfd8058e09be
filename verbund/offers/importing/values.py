"""Cell → value: what people write into lists, read as what they mean. No database.

Each function takes a cell (text, number, day, time, bool or None) and returns the value; it raises `NotUnderstood`
with a German sentence. What was repaired on the way is told by `notes`.
"""

import html
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from verbund.core.plain_text import without_overrides

NOTHING = frozenset(
    [
        "-",
        "–",
        "—",
        ".",
        "/",
        "?",
        "x",
        "n/a",
        "na",
        "nv",
        "n.v.",
        "k.a.",
        "ka",
        "k.a",
        "keine",
        "kein",
        "keiner",
        "keines",
        "entfällt",
        "nan",
        "null",
        "none",
    ]
)
NOTHING_SAID = frozenset({"keine angabe", "keine angaben", "k. a.", "nicht vorhanden", "nicht bekannt", "unbekannt"})
YES = frozenset(["ja", "j", "yes", "y", "true", "wahr", "1", "x", "✓", "✔", "vorhanden"])
NO = frozenset(["nein", "n", "no", "false", "falsch", "0", "-", "nicht"])
LONGEST_NUMBER = 9
FREE = ("kostenlos", "kostenfrei", "frei", "gratis", "umsonst", "gebührenfrei", "free", "unentgeltlich")
REMOTE = ("online", "telefonisch", "telefon", "digital", "videokonferenz", "zoom", "per telefon")
EXCEL_EPOCH = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
LATITUDES, LONGITUDES = (Decimal("50.2"), Decimal("52.7")), (Decimal("5.7"), Decimal("9.6"))
"""Where North Rhine-Westphalia lies, with some kilometres around it."""

SPLITS = (re.compile(r"[;,\n|•]+"), re.compile(r"/+"), re.compile(r"\s+(?:und|&)\s+"))
"""What stands between several entries of one cell, the clearest first."""

BLANKS = re.compile(r"[ \t\u00a0\u202f]+")
TAGS = """
a abbr address article aside b big blockquote body br button caption center cite code col colgroup dd del details div dl
dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins label
legend li link main mark meta nav object ol option p picture pre q s script section select small source span strike
strong style sub summary sup svg table tbody td textarea tfoot th thead title tr tt u ul video audio
"""
VALUE = r"""(?:"[^"]{0,20000}"|'[^']{0,20000}'|[^\s"'<>=`]+)"""
FLAGS = "allowfullscreen|async|checked|controls|defer|disabled|hidden|nomodule|nowrap|open|readonly|required|selected"
ATTRIBUTES = rf"(?:\s+(?:[\w:.-]+\s*=\s*{VALUE}|(?:{FLAGS})(?=[\s/>])))"
MARKUP = (
    rf"</?(?:{'|'.join(TAGS.split())}|[a-z]+:[a-z]+){ATTRIBUTES}{{0,40}}\s*/?>|<[a-z][\w-]*{ATTRIBUTES}{{1,40}}\s*/?>"
    r"|<!--.{0,20000}?-->|<!(?:doctype|\[)[^>]{0,2000}>|<\?[a-z][^>]{0,2000}>"
)
TAG = re.compile(rf"{MARKUP}|&(?:[a-z]{{2,8}}|#[0-9]{{1,6}});", re.IGNORECASE | re.DOTALL)
NO_TAG = re.compile(rf"(?!{MARKUP})<", re.IGNORECASE | re.DOTALL)
"""A sign for "less than", or the bracket around an address: what begins no HTML is text."""

UNCLEAR = re.compile(r"[<&]|  ")
"""Without these, and without signs nobody sees, a text is plain already."""

DEGREES = re.compile(
    r"(?P<first>[NEOSW]?)\s*(?P<d>[0-9]{1,3})\s*[°º]\s*(?P<m>[0-9]{1,2}(?:[.,][0-9]{1,8})?)\s*['’′´]"
    r"(?:\s*(?P<s>[0-9]{1,2}(?:[.,][0-9]{1,8})?)\s*(?:[\"”″“]|['’′´]{2}))?\s*(?P<last>[NEOSW]?)"
)
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2}|[a-zä]+)\.?\s*([0-9]{4}|[0-9]{2})(?:\s+[0-9:]+)?")
MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
AMOUNT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})*(?:,[0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,2})?")


class NotUnderstood(ValueError):
    """What a cell says cannot be read as what its column is for; `str()` is the sentence."""


class Elsewhere(NotUnderstood):
    """Coordinates that can be read and lie outside the Land."""


def is_nothing(cell) -> bool:
    """Whether a cell is empty or only says that there is nothing."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    plain = cell.strip().casefold()
    return not plain or plain in NOTHING or plain in NOTHING_SAID


def text(cell, *, longest: int, several_lines: bool = False) -> tuple[str, str]:
    """Return a plain text and a note about what was taken out (""). HTML becomes text, formulas are text."""
    if cell is None:
        return "", ""
    raw = _as_text(cell)
    if raw.isprintable() and not UNCLEAR.search(raw):
        return _short_enough(raw.strip(), longest), ""
    plain, note = raw, ""
    if TAG.search(raw):
        plain = _without_tags(raw)
        note = _("Auszeichnungen (HTML) wurden entfernt.") if plain != raw else ""
    plain = "".join(one for one in plain if one == "\n" or unicodedata.category(one) not in {"Cc", "Cs", "Co"})
    plain = without_overrides(plain)
    lines = (BLANKS.sub(" ", line).strip() for line in plain.split("\n"))
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not several_lines:
        plain = " ".join(plain.split("\n"))
    return _short_enough(plain, longest), note


def _short_enough(plain: str, longest: int) -> str:
    if len(plain) > longest:
        sentence = _("zu lang: %(length)d Zeichen, höchstens %(longest)d sind möglich")
        raise NotUnderstood(sentence % {"length": len(plain), "longest": longest})
    return plain


def _as_text(cell) -> str:
    if type(cell) is str:
        return cell
    if isinstance(cell, bool):
        return _("ja") if cell else _("nein")
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y %H:%M}" if cell.time() != time() else f"{cell:%d.%m.%Y}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


class _Plain(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"script", "style"}
        if tag in {"br", "p", "li", "div", "tr", "h1", "h2", "h3"}:
            self.found.append("\n")

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self.hidden = max(0, self.hidden - 1)
        if tag in {"p", "li", "div", "tr"}:
            self.found.append("\n")

    def handle_data(self, data):
        if not self.hidden:
            self.found.append(data)


def _without_tags(raw: str) -> str:
    """Return the text of a piece of HTML; twice, for what was escaped may hide another piece."""
    for _round in range(2):
        if not TAG.search(raw):
            break
        reader = _Plain()
        reader.feed(NO_TAG.sub("&lt;", raw))
        reader.close()
        raw = html.unescape("".join(reader.found))
    return TAG.sub("", raw)


def phone(cell) -> str:
    """Return a telephone number as text; one that a spreadsheet took for a number gets its zero back."""
    if is_nothing(cell):
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        number = str(cell)
        return f"+{number}" if number.startswith("49") and len(number) > 10 else f"0{number}"
    plain, _note = text(cell, longest=40)
    if not any(sign.isdigit() for sign in plain):
        raise NotUnderstood(_("„%s“ ist keine Telefonnummer") % plain[:40])
    return plain


def mail(cell) -> str:
    """Return a mail address; "" where the cell says there is none."""
    if is_nothing(cell):
        return ""
    plain, _note = text(cell, longest=300)
    plain = plain.removeprefix("mailto:").strip("<>; ").replace("(at)", "@").replace("[at]", "@").replace(" ", "")
    try:
        validate_email(plain)
    except ValidationError as problem:
        raise NotUnderstood(_("„%s“ ist keine E-Mail-Adresse") % plain[:60]) from problem
    if len(plain) > 254:
        raise NotUnderstood(_("Die E-Mail-Adresse ist zu lang"))
    return plain


def website(cell) -> str:
    """Return an address of the web with its scheme; only http and https."""
    if is_nothing(cell):
        return ""
    plain, _note = text(cell, longest=200)
    if "://" not in plain:
        plain = f"https://{plain}"
    try:
        URLValidator(schemes=["http", "https"])(plain)
    except ValidationError as problem:
        raise NotUnderstood(_("„%s“ ist keine Internetadresse") % plain[:60]) from problem
    return plain


def yes_or_no(cell) -> bool | None:
    """Return what a cell says; None where it says nothing."""
    if isinstance(cell, bool):
        return cell
    plain = _as_text(cell).strip().casefold() if cell is not None else ""
    if plain in YES:
        return True
    if plain in NO:
        return False
    if is_nothing(cell):
        return None
    raise NotUnderstood(_("„%s“ ist weder ja noch nein") % plain[:40])


def whole_number(cell, *, most: int) -> int | None:
    if is_nothing(cell):
        return None
    plain = _as_text(cell).strip().casefold().removeprefix("ab").removeprefix("bis").strip()
    plain = plain.removesuffix("jahren").removesuffix("jahre").strip().removesuffix(",0").removesuffix(".0")
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_NUMBER and int(plain) <= most):
        raise NotUnderstood(_("„%s“ ist keine Zahl, die hier möglich ist") % plain[:40])
    return int(plain)


def ages(cell) -> tuple[int | None, int | None]:
    """Return from and to in years: "6-12", "ab 18", "bis 14 Jahre", 6."""
    if is_nothing(cell):
        return None, None
    plain = _as_text(cell).casefold()
    numbers = [int(one) for one in re.findall(r"[0-9]{1,3}", plain)][:2]
    if not numbers or max(numbers) > 120:
        raise NotUnderstood(_("„%s“ ist keine Altersangabe") % plain[:40])
    if len(numbers) == 2:
        return min(numbers), max(numbers)
    return (None, numbers[0]) if "bis" in plain or "unter" in plain else (numbers[0], None)


def cost(cell) -> tuple[bool, Decimal | None, str]:
    """Return whether it is free, the amount in euros, and a remark: "kostenlos", 5, "5,50 € pro Termin", "nein"."""
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        amount = Decimal(str(cell)).quantize(Decimal("0.01"))
        if not 0 <= amount < 100_000:
            raise NotUnderstood(_("„%s“ ist kein Betrag") % str(cell)[:40])
        return (True, None, "") if not amount else (False, amount, "")
    plain, _note = text(cell, longest=200)
    lower = plain.casefold()
    if lower in NO or lower in {"keine", "keine kosten", "0 €", "0,00 €", "0 euro"} or lower.startswith(FREE):
        return True, None, plain if len(lower.split()) > 2 else ""
    found = AMOUNT.search(lower)
    if found and ("€" in lower or "eur" in lower or AMOUNT.fullmatch(lower)):
        number = found[0].replace(".", "") if "," in found[0] or re.search(r"\.[0-9]{3}", found[0]) else found[0]
        amount = Decimal(number.replace(",", "."))
        rest = plain.replace("€", "").replace(found[0], "", 1).strip(" -–:;,")
        return False, amount, plain if len(rest) > 3 and rest.casefold() not in {"eur", "euro"} else ""
    return False, None, plain


def day(cell) -> date | None:
    """Return a day: a real one, 31.10.2026, 1. Mai 2026, 2026-10-31, or a spreadsheet's count of days (46326)."""
    if is_nothing(cell):
        return None
    if isinstance(cell, (datetime, date)):
        found = cell.date() if isinstance(cell, datetime) else cell
    else:
        found = _day_in(_as_text(cell).strip().casefold())
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        raise NotUnderstood(_("„%s“ ist kein Tag. Beispiel: 31.10.2026") % _as_text(cell)[:40])
    return found


def _day_in(plain: str) -> date | None:
    try:
        if re.fullmatch(r"[0-9]{5}(?:[.,][0-9]+)?", plain):
            return EXCEL_EPOCH + timedelta(days=int(plain[:5]))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", plain):
            return date.fromisoformat(plain[:10])
        found = GERMAN_DAY.fullmatch(plain)
        if not found:
            return None
        month = int(found[2]) if found[2].isdigit() else MONTHS.index(found[2].replace("märz", "mär")[:3]) + 1
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return date(year, month, int(found[1]))
    except (ValueError, OverflowError):
        return None


def _degrees(plain: str) -> Decimal | None:
    """Return degrees from degrees, minutes and seconds: 51°10'N, N 51° 10' 30", 7°4,5'O; None where it is no such."""
    found = DEGREES.fullmatch(plain)
    if not found:
        return None
    whole, minutes, seconds = (Decimal((found[part] or "0").replace(",", ".")) for part in ("d", "m", "s"))
    if minutes >= 60 or seconds >= 60 or {found["first"], found["last"]} & {"S", "W"}:
        raise NotUnderstood(_("„%s“ ist keine Koordinate") % plain[:40])
    return (whole + minutes / 60 + seconds / 3600).quantize(Decimal("0.00001"))


def coordinate(cell) -> Decimal | None:
    """Return degrees with five places: 51.4, "51,4", 51°10'N, "7.626.846" (dots of thousands in what was 7.626846)."""
    if is_nothing(cell):
        return None
    if (found := _degrees(_as_text(cell).strip().upper())) is not None:
        return found
    plain = _as_text(cell).strip().replace("°", "").replace(" ", "").rstrip("NEOneo")
    if plain.count(".") > 1:
        head, _dot, rest = plain.partition(".")
        plain = f"{head}.{rest.replace('.', '')}"
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation as problem:
        raise NotUnderstood(_("„%s“ ist keine Koordinate") % plain[:40]) from problem
    if not found.is_finite():
        raise NotUnderstood(_("„%s“ ist keine Koordinate") % plain[:40])
    return _scaled(found).quantize(Decimal("0.00001"))


def _scaled(found: Decimal) -> Decimal:
    """Return a number without its point (7626846, 51374823) as degrees."""
    for _power in range(9):
        if abs(found) < 100:
            return found
        found = found / 10
    raise NotUnderstood(_("„%s“ ist keine Koordinate") % found)


def point(latitude, longitude) -> tuple[Decimal | None, Decimal | None, str]:
    """Return latitude, longitude and a note; swapped ones are put right, one alone or far away is refused."""
    north, east = coordinate(latitude), coordinate(longitude)
    if north is None and east is None:
        return None, None, ""
    if north is None or east is None:
        raise NotUnderstood(_("Zu Breite und Länge gehören immer beide Angaben"))
    for first, second, note in (
        (north, east, ""),
        (east, north, _("Breite und Länge waren vertauscht.")),
        (_shifted(north, LATITUDES), _shifted(east, LONGITUDES), _("Das Komma der Koordinaten wurde zurechtgerückt.")),
    ):
        if LATITUDES[0] <= first <= LATITUDES[1] and LONGITUDES[0] <= second <= LONGITUDES[1]:
            return first, second, note
    raise Elsewhere(_("Die Koordinaten liegen nicht in Nordrhein-Westfalen"))


def _shifted(found: Decimal, bounds: tuple[Decimal, Decimal]) -> Decimal:
    """Return a coordinate whose point slipped by one place, in its bounds where that is possible."""
    for moved in (found / 10, found * 10):
        if bounds[0] <= moved <= bounds[1]:
            return moved.quantize(Decimal("0.00001"))
    return found


def parts(cell, known=()) -> list[str]:
    """Return the several entries of one cell: between ; , / | line breaks and "und"; each once.

    A name in `known` (lower case) stays whole: "Schule und Kita".
    """
    if is_nothing(cell):
        return []
    plain, _note = text(cell, longest=2_000, several_lines=True)
    pieces = [plain]
    for sign in SPLITS:
        pieces = [one for piece in pieces for one in ([piece] if piece.casefold() in known else sign.split(piece))]
        pieces = [one.strip() for one in pieces if one.strip()]
    return list(dict.fromkeys(pieces))


def is_remote(plain: str) -> bool:
    """Whether the name of a place says that there is none: online, by telephone."""
    return plain.casefold().strip(" .") in REMOTE
