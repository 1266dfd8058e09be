"""Times as people type them: 15, 15:00, 15.00 Uhr, 9 Uhr, 900, 15 Uhr 30."""

import re
import unicodedata
from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.offers.reading import LAST_MINUTE

SPOKEN = re.compile(r"([0-9]{1,2})(?:\s*(?:[:.,h]|uhr)\s*([0-9]{2})?)?\s*(?:uhr|h)?")
RUN_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})\s*(?:uhr|h)?")


def read_time(text: str, *, is_end: bool = False) -> time | None:
    """Return the time of day somebody typed; None where it is none. An end may be at 24:00."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    found = SPOKEN.fullmatch(plain) or RUN_TOGETHER.fullmatch(plain)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if is_end and (hour, minute) == (24, 0):
        return LAST_MINUTE
    return time(hour, minute) if hour < 24 and minute < 60 else None


class ClockField(forms.Field):
    """A time of day, typed in any usual way; shown as 15:00. As an end, 24:00 is the last minute of the day."""

    widget = forms.TextInput(attrs={"maxlength": "12", "autocomplete": "off", "placeholder": "15:00"})
    default_error_messages = {
        "required": _("Bitte geben Sie die Uhrzeit an."),
        "invalid": _("Diese Uhrzeit verstehen wir nicht. Schreiben Sie zum Beispiel 15:00 oder 9 Uhr."),
    }

    def __init__(self, *, is_end: bool = False, **options):
        super().__init__(**options)
        self.is_end = is_end

    def to_python(self, value):
        if value in self.empty_values or not str(value).strip():
            return None
        found = read_time(str(value)[:40], is_end=self.is_end)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value
