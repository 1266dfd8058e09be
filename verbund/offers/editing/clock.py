"""Times as people type them: 15, 15:00, 15.00 Uhr, 9 Uhr, 900, 15 Uhr 30."""

import re
import unicodedata
from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

SPOKEN = re.compile(r"([0-9]{1,2})(?:\s*(?:[:.,h]|uhr)\s*([0-9]{2})?)?\s*(?:uhr|h)?")
RUN_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})\s*(?:uhr|h)?")


def read_time(text: str) -> time | None:
    """Return the time of day somebody typed; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    found = SPOKEN.fullmatch(plain) or RUN_TOGETHER.fullmatch(plain)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class ClockField(forms.Field):
    """A time of day, typed in any usual way; shown as 15:00."""

    widget = forms.TextInput(attrs={"maxlength": "12", "autocomplete": "off", "placeholder": "15:00"})
    default_error_messages = {
        "required": _("Bitte geben Sie die Uhrzeit an."),
        "invalid": _("Diese Uhrzeit verstehen wir nicht. Schreiben Sie zum Beispiel 15:00 oder 9 Uhr."),
        "midnight": _("Bis Mitternacht schreiben Sie 23:59."),
    }

    def to_python(self, value):
        if value in self.empty_values or not str(value).strip():
            return None
        text = str(value)[:40]
        found = read_time(text)
        if found is None:
            is_midnight = text.strip().startswith("24")
            raise forms.ValidationError(self.error_messages["midnight" if is_midnight else "invalid"], code="invalid")
        return found

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value
