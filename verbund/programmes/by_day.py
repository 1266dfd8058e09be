"""How the programmes read on a reference day: what is in force with its rates, what is not, and how each went on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verbund.directory.calculations import period_label
from verbund.programmes.models import Programme, ProgrammePart, ProgrammeState
from verbund.programmes.queries import RatesOnDay, rates_of, version_for
from verbund.programmes.rules import ExtraCap


@dataclass(frozen=True)
class ProgrammeOnDay:
    """A programme as it stood on a day.

    `rates` are None where no guideline of ours covers the day's year. `extra` is what a programme is paid within the
    guideline of another one, whose rates are `host_rates`.
    """

    programme: Programme
    day: date
    state: ProgrammeState
    rates: RatesOnDay | None
    parts: tuple[ProgrammePart, ...]
    successors: tuple[Programme, ...]
    host_rates: RatesOnDay | None
    extra: ExtraCap | None

    @property
    def period(self) -> str:
        """From when until when it is in force, in German; empty where no source names a day."""
        first, last = self.programme.valid_from, self.programme.valid_until
        if first and not last and self.day < first:
            return _("ab %(day)s") % {"day": f"{first:%d.%m.%Y}"}
        return period_label(first, last)

    @property
    def is_in_force(self) -> bool:
        return self.state == ProgrammeState.IN_FORCE

    @property
    def is_computed(self) -> bool:
        """Whether the platform computes grants of the programme for the day's year, itself or within another one."""
        return self.rates is not None or self.extra is not None


def on_day(programmes: list[Programme], day: date) -> list[ProgrammeOnDay]:
    """Return each programme as it stood on a day (from `queries.programmes_with_versions`), without further queries."""
    rates = {programme.pk: _rates(programme, day) for programme in programmes}
    return [_shown(programme, day, programmes, rates) for programme in programmes]


def _rates(programme: Programme, day: date) -> RatesOnDay | None:
    guideline = version_for(programme, day.year)
    return rates_of(day, guideline) if guideline else None


def _shown(programme: Programme, day: date, programmes, rates) -> ProgrammeOnDay:
    host_rates = rates.get(programme.within_id)
    return ProgrammeOnDay(
        programme=programme,
        day=day,
        state=programme.state_on(day),
        rates=rates[programme.pk],
        parts=tuple(part for part in programme.parts.all() if part.covers_day(day)),
        successors=tuple(one for one in programmes if one.predecessor_id == programme.pk),
        host_rates=host_rates,
        extra=host_rates.rules.cap_of(programme.extra_item) if host_rates and programme.extra_item else None,
    )
