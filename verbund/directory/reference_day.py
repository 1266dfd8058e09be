"""The reference day: for which day a page of the network is shown, read from the address (`?stichtag=2014-04-25`)."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.dates import today
from verbund.core.form_fields import DayField

PARAMETER = "stichtag"
NETWORK_BEGINS_ON = date(2012, 2, 14)
"""The day of the law that founded the centres (Teilhabe- und Integrationsgesetz of 14 February 2012)."""

SHORTCUTS = (
    (gettext_lazy("Dezember 2012"), date(2012, 12, 15)),
    (gettext_lazy("25. April 2014"), date(2014, 4, 25)),
    (gettext_lazy("Juli 2016"), date(2016, 7, 1)),
)
"""The days the texts speak of: first notice of Solingen, interim account of the state government, KOMM-AN NRW."""


class ReferenceDayForm(forms.Form):
    """The day for which a page is shown."""

    stichtag = DayField(label=gettext_lazy("Stichtag"), required=False)


@dataclass(frozen=True)
class ReferenceDay:
    """The day a page is shown for. `refused` is what stood in the address and is no day that can be shown."""

    day: date
    is_today: bool
    refused: str = ""
    refusal: str = ""

    @property
    def shown(self) -> date | None:
        """The day for the head of a page: None today, where nothing needs to be said."""
        return None if self.is_today else self.day

    @property
    def query(self) -> str:
        """What links to other pages of the network end with, so that the day stays: empty for today."""
        return "" if self.is_today else query_for(self.day)

    @property
    def notes(self) -> list[str]:
        """What has to be said about this day: nothing for most."""
        said = []
        if self.refused:
            said.append(
                _("„%(typed)s“ kann nicht gezeigt werden: %(reason)s Sie sehen den heutigen Stand.")
                % {"typed": self.refused, "reason": self.refusal}
            )
        if self.day > today():
            said.append(_("Der Tag liegt in der Zukunft. Gezeigt wird, was heute für ihn bekannt ist."))
        if self.day < NETWORK_BEGINS_ON:
            said.append(
                _(
                    "Das Gesetz, auf dem die Kommunalen Integrationszentren beruhen, ist vom 14. Februar 2012. "
                    "Für die Zeit davor ist nur Einzelnes bekannt."
                )
            )
        return said


def query_for(day: date) -> str:
    """Return the end of an address that shows a page for a day: empty for today."""
    return "" if day == today() else f"?{PARAMETER}={day:%Y-%m-%d}"


def chosen(request) -> ReferenceDay:
    """Return the reference day of a request: today by default, and today when the address names no possible day."""
    now = today()
    typed = request.GET.get(PARAMETER, "").strip()[:40]
    if not typed:
        return ReferenceDay(now, is_today=True)
    form = ReferenceDayForm({PARAMETER: typed})
    if form.is_valid():
        day = form.cleaned_data[PARAMETER]
        return ReferenceDay(day, is_today=day == now)
    return ReferenceDay(now, is_today=True, refused=typed, refusal=form.errors[PARAMETER][0])
