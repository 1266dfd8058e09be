"""Where a stored draft and what somebody typed meanwhile differ, in words for the page that shows both."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.core.money import format_euro
from verbund.funding.models import GrantApplication, PlannedPost

NOTHING = "–"


def differences(stored: GrantApplication, form, plans) -> list[dict]:
    """Return label, stored words and typed words for every entry that differs; empty when nothing does."""
    typed = form.cleaned_data
    rows = [(form[name].label, getattr(stored, name), typed[name]) for name in form.values()]
    amounts = {f"extra_{extra.item}": extra.amount for extra in stored.extras.all()}
    rows += [(form[name].label, amounts.get(name), typed[name]) for name in form.extra_names]
    theirs, mine = _by_post(stored.posts.all()), _by_post(plans)
    rows += [(_("Stelle %(label)s") % {"label": label}, theirs.get(label), mine.get(label)) for label in theirs | mine]
    in_words = [(str(label), _said(stored_value), _said(typed_value)) for label, stored_value, typed_value in rows]
    return [{"label": label, "theirs": one, "mine": other} for label, one, other in in_words if one != other]


def _said(value) -> str:
    match value:
        case bool():
            return _("ja") if value else _("nein")
        case date():
            return f"{value:%d.%m.%Y}"
        case Decimal():
            return format_euro(value)
        case _:
            return "\n".join((value or NOTHING).splitlines())


def _by_post(rows: Iterable) -> dict[str, str]:
    """Return the rows of each post in words, by its label, in any order they stand in."""
    lines: dict[str, list[str]] = {}
    for row in rows:
        share = f"{row.full_time_share.normalize():f}".replace(".", ",")
        parts = [
            PlannedPost.Function(row.function).label,
            share,
            f"{_said(row.occupied_from)} – {_said(row.occupied_until)}",
        ]
        if row.is_qualified:
            parts.append(_("Qualifikation nachgewiesen"))
        lines.setdefault(row.label, []).append(", ".join(map(str, parts)))
    return {label: "; ".join(sorted(found)) for label, found in lines.items()}
