"""How it reads who pays for an offer."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from verbund.core.money import percent
from verbund.offers.models import OfferFunding


def period(row) -> str:
    """Return the days between which a row holds; empty where it is not limited."""
    first, last = (day and f"{day:%d.%m.%Y}" for day in (row.valid_from, row.valid_until))
    if first and last:
        return _("%(first)s bis %(last)s") % {"first": first, "last": last}
    if first:
        return _("ab %s") % first
    return _("bis %s") % last if last else ""


def who(row: OfferFunding) -> str:
    """Return what pays: the programme or the kind of money, and the item."""
    named = row.programme.name if row.programme else row.get_source_display()
    return ": ".join(part for part in (named, row.item) if part)


def lines(rows: Iterable[OfferFunding]) -> list[dict]:
    """Return rows (with programme and notice) as who, share, period, and all of it in one line as `text`."""
    found = []
    for row in rows:
        said = {"who": who(row), "share": percent(row.share), "period": period(row), "row": row}
        notice = _("Bescheid %s") % row.notice if row.notice else ""
        parts = (said["who"], notice, said["share"], said["period"])
        found.append(said | {"text": ", ".join(part for part in parts if part)})
    return found
