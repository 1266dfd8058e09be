"""Hours of one weekday in one line, as people write them on a door: "9–12, 14–16 Uhr". No database."""

import re
import unicodedata
from dataclasses import replace
from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.offers.content import Hours
from verbund.offers.editing.clock import read_time

Spans = tuple[tuple[time, time], ...]

CLOCK = r"[0-9]{1,2}(?:\s*[:.h]\s*[0-9]{2}|[0-9]{2})?(?:\s*(?:uhr|h))?"
SPAN = re.compile(rf"(?<![0-9])({CLOCK})\s*(?:-|bis|to|until|إلى|حتى)\s*({CLOCK})(?![0-9])")
BETWEEN = re.compile(r"(?:[\s,;/+&،؛]|und|and|von|from|u\.|من|و)*")
DASHES = re.compile("[‐-―−~]")
MOST_SPANS = 6


def read_spans(text: str) -> Spans | None:
    """Return the hours in a line; None where something in it is no hours."""
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", digits).casefold())
    found, position = [], 0
    for span in SPAN.finditer(plain):
        begin, end = (part.replace(" ", "") for part in span.groups())
        opens, closes = read_time(begin), read_time(end, is_end=True)
        if not BETWEEN.fullmatch(plain[position : span.start()]) or opens is None or closes is None:
            return None
        found.append((opens, closes))
        position = span.end()
    return tuple(sorted(found)) if BETWEEN.fullmatch(plain[position:]) else None


class SpansField(forms.CharField):
    """The hours of a weekday; empty when nothing takes place."""

    default_error_messages = {
        "invalid": _("Diese Zeiten verstehen wir nicht. Schreiben Sie zum Beispiel 9–12 oder 9–12, 14–16."),
        "order": _("Das Ende liegt nicht nach dem Beginn. Über Mitternacht: bis 23:59."),
        "too_many": _("Das sind zu viele Zeiten für einen Tag."),
    }

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
        super().__init__(required=False, max_length=120, widget=widget, **options)

    def clean(self, value) -> Spans:
        text = super().clean(value)
        spans = read_spans(text)
        if spans is None or (text and not spans):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if any(closes <= opens for opens, closes in spans):
            raise forms.ValidationError(self.error_messages["order"], code="order")
        if len(spans) > MOST_SPANS:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return spans

    def prepare_value(self, value):
        if isinstance(value, tuple):
            return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in value)
        return value


def spans_of(hours: tuple[Hours, ...], weekday: int) -> Spans:
    """Return the hours of a weekday as the line shows them; rules of other weeks at the same hours stand once."""
    return tuple(sorted({(one.opens, one.closes) for one in hours if one.weekday == weekday}))


def merged(stored: tuple[Hours, ...], weekday: int, spans: Spans) -> list[Hours]:
    """Return the rules of a weekday after its line was written anew.

    A rule whose hours still stand there keeps all it says (rhythm, holidays, languages); so does the only rule of a
    day whose hours were moved.
    """
    mine = [one for one in stored if one.weekday == weekday]
    if len(mine) == len(spans) == 1:
        return [replace(mine[0], opens=spans[0][0], closes=spans[0][1])]
    kept = [one for one in mine if (one.opens, one.closes) in spans]
    known = {(one.opens, one.closes) for one in kept}
    return kept + [Hours(weekday, opens, closes) for opens, closes in spans if (opens, closes) not in known]
