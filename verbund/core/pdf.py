"""PDFs: a typst template and plain data become one accessible, archivable file (PDF/UA-1 and PDF/A-2a).

Everything in `data` is text: it reaches the template as JSON and is set as a string, so nothing a person typed is ever
read as markup. Invisible characters that could turn a line around or hide in it are taken out before.

The fonts lie in `verbund/core/fonts` (made by the vendor step) and are read once per process; fonts of the machine are
never used, so that the same data gives the same bytes everywhere. One compiler per template is kept warm.

Threads may share this module (each compiler has a lock). Never fork a process that has rendered something: typst's
threads do not survive it and the child hangs. Use spawned processes instead.
"""

import json
import re
import threading
import unicodedata
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

FONTS_FOLDER = Path(__file__).resolve().parent / "fonts"
NOT_PRINTABLE = "□"
"""Printed in place of a character that no font at hand can show."""

_MAX_REPAIRS = 25
_HARMLESS = str.maketrans({"\n": " ", "\u00a0": " ", "\u202f": " "})
_UNSHOWABLE = re.compile(r'text `"(?P<escaped>.+?)"` could not be displayed', re.DOTALL)
_SHOWABLE_BLOCKS = (
    (0x0020, 0x024F),  # Latin with its German, Turkish, Polish, Romanian … letters
    (0x02B0, 0x036F),  # modifier letters, combining accents
    (0x0370, 0x04FF),  # Greek, Cyrillic
    (0x0600, 0x06FF),  # Arabic
    (0x1E00, 0x1EFF),  # Latin with further accents (Vietnamese)
    (0x2000, 0x22FF),  # punctuation, currency, arrows, mathematics
    (0x25A0, 0x25FF),  # geometric shapes, the replacement sign among them
)


class FontsMissing(RuntimeError):
    """The vendor step has not run: without our own fonts a document would look different on every machine."""


class CannotTypeset(RuntimeError):
    """The template does not compile: a fault of ours, never of the person whose text is printed."""


def render(template: str | Path, data: dict, *, title: str, issued_at: datetime) -> bytes:
    """Typeset `data` with the typst file at `template` and return the PDF.

    `data` holds only what JSON knows (text, numbers, lists, dictionaries); the template finds it, with `title` added,
    in `sys.inputs.data`. `issued_at` (aware) becomes the file's creation date: same input, same bytes.
    Raises FontsMissing without the vendored fonts, CannotTypeset when the template itself is at fault,
    ValueError for an `issued_at` without time zone.
    """
    if issued_at.tzinfo is None:
        raise ValueError("issued_at needs a time zone")
    payload = json.dumps(_clean({**data, "title": title}), ensure_ascii=False, sort_keys=True)
    warm = _compiler(str(Path(template).resolve()))
    for _attempt in range(_MAX_REPAIRS):
        try:
            return warm.compile(payload, issued_at.astimezone(UTC).replace(microsecond=0))
        except typst.TypstError as error:
            payload = _without_unshowable(payload, error)
    raise CannotTypeset(f"{template}: zu viele nicht darstellbare Zeichen")


def fonts_are_there() -> bool:
    """Tell whether the vendor step has put our fonts in place (asked by `verbund doctor`)."""
    return all((FONTS_FOLDER / name).is_file() for name in ("FiraSans-Regular.ttf", "NotoSansArabic-Regular.ttf"))


def can_show(text: str) -> bool:
    """Tell whether our fonts have letters for the scripts of a text."""
    return all(_is_in_covered_script(character) for character in text)


class _WarmCompiler:
    """One typst compiler kept for one template; its lock makes it safe to share between threads."""

    def __init__(self, template: str):
        self._lock = threading.Lock()
        self._compiler = typst.Compiler(template, root=str(Path(template).parent), font_paths=_fonts())

    def compile(self, payload: str, created_at: datetime) -> bytes:
        with self._lock:
            document = self._compiler.compile(
                sys_inputs={"data": payload}, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=created_at
            )
        assert isinstance(document, bytes)
        return document


@cache
def _compiler(template: str) -> _WarmCompiler:
    return _WarmCompiler(template)


@cache
def _fonts() -> typst.Fonts:
    if not fonts_are_there():
        raise FontsMissing("Die Schriften für die Dokumente fehlen. `make run` legt sie in verbund/core/fonts an.")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS_FOLDER)])


def _clean(value):
    """Return `value` with every string in composed form and without invisible or forbidden characters."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\t", " ")
        if text.translate(_HARMLESS).isprintable():  # nothing of the kind in it, as nearly always
            return text
        return "".join(character for character in text if _is_allowed(character))
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


def _is_allowed(character: str) -> bool:
    """Controls, direction overrides, private and unassigned code points do not belong into an official letter.

    Zero-width joiner and non-joiner stay: Persian and other names are spelt with them. PDF/A forbids private ones.
    """
    if character in "\n\u200c\u200d":
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def _without_unshowable(payload: str, error: typst.TypstError) -> str:
    """Replace what the error says cannot be shown, and with it everything outside the scripts our fonts cover."""
    found = _UNSHOWABLE.search(error.message)
    if not found:
        raise CannotTypeset(f"{error.message} {' '.join(error.hints)} {error.diagnostic}".strip()) from error
    culprits = set(_unescape(found["escaped"])) - set(" \n")
    repaired = "".join(NOT_PRINTABLE if c in culprits or not _is_in_covered_script(c) else c for c in payload)
    if repaired == payload or culprits & set('{}[]",:\\') or NOT_PRINTABLE in culprits:
        raise CannotTypeset(error.message) from error
    return repaired


def _is_in_covered_script(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _SHOWABLE_BLOCKS)


def _unescape(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), text)
