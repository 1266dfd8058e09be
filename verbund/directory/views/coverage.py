"""The map of coverage on any day: where a centre runs, prepares, may run or is not there yet, by our own records."""

import re
from functools import lru_cache
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import attributions, queries, reading, reference_day
from verbund.directory.calculations import CentreState, period_label
from verbund.directory.maps import queries as maps
from verbund.directory.maps.coverage import (
    FIRST_YEAR,
    STATE_NAMES,
    STATE_PATTERNS,
    STATES,
    Standing,
    count,
    days_apart,
    last_day_of,
    standing_on,
    years_until,
)
from verbund.directory.maps.drawing import LegendEntry, MapArea
from verbund.directory.maps.shapes import shapes
from verbund.directory.maps.years import YearCount, chart
from verbund.directory.models import Organisation
from verbund.directory.reference_day import PARAMETER, ReferenceDay

YEAR = "jahr"
STATE = "stand"
MAP, LIST = "#karte", "#liste"
FOUR_DIGITS = re.compile(r"[0-9]{4}")


@public
@require_safe
def coverage(request):
    """The map, the counts, the years and the list for the reference day; `?jahr=2014` leads to the end of that year.

    A day in the address is more exact than a year: where both stand there, the day is shown.
    """
    now = today()
    typed_year = request.GET.get(YEAR, "").strip()[:40]
    year = _year_of(typed_year, now)
    state = request.GET.get(STATE, "").strip()[:40]
    if typed_year and (year or request.GET.get(PARAMETER, "").strip()):
        return redirect(_address_without_year(request, year, now))
    chosen = reference_day.chosen(request)
    if typed_year:
        chosen = ReferenceDay(now, is_today=True, refused=typed_year, refusal=_years_there_are(now))
    known = state if state in STATES else ""
    body = _body(chosen.day, now, known, queries.newest_change_of_centres(), get_language())
    context = {
        "reference_day": chosen,
        "body": body,
        "unknown_state": state if state != known else "",
        "years": {
            "first": FIRST_YEAR,
            "last": now.year,
            "shown": min(max(chosen.day.year, FIRST_YEAR), now.year),
            "state": known,
        },
        "attributions": attributions.ATTRIBUTIONS,
    }
    return show(request, "directory/map_page.html", context)


def _address_without_year(request, year: int | None, now) -> str:
    """Return the address asked for with the day of the year instead of the year, unless it names a day itself."""
    query = request.GET.copy()
    query.pop(YEAR)
    if not query.get(PARAMETER, "").strip():
        query[PARAMETER] = last_day_of(year, now=now).isoformat()
        if year == now.year:
            query.pop(PARAMETER)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _year_of(typed: str, now) -> int | None:
    """Return the year that was typed, if the map can show it."""
    return int(typed) if FOUR_DIGITS.fullmatch(typed) and int(typed) in years_until(now) else None


def _years_there_are(now) -> str:
    return _("Die Karte zeigt die Jahre %(first)s bis %(last)s.") % {"first": FIRST_YEAR, "last": now.year}


@lru_cache(maxsize=40)
def _body(day, now, state: str, changed_at, language: str) -> str:
    """Return everything below the choice of the day, kept in memory until some centre changes."""
    centres = maps.centres_with_steps()
    names = queries.names_on(day, kind=Organisation.Kind.CENTRE)
    rows = [_row(centre, names.get(centre["pk"], centre["name"]), day, now) for centre in centres]
    counts = count(row["standing"] for row in rows)
    years = [_year_count(centres, year, day, now, state) for year in years_until(now)]
    context = {
        "day": day,
        "is_today": day == now,
        "counts": counts,
        "areas": [_area(row) for row in rows if row["key"] in shapes()],
        "legend": [
            LegendEntry(STATE_NAMES[one], STATE_PATTERNS[one], _address(day, now, one) + LIST) for one in STATES
        ],
        "missing": [row["area"] for row in rows if row["standing"].state == CentreState.NONE],
        "preparing": [row["area"] for row in rows if row["standing"].state == CentreState.PREPARING],
        "years": years,
        "chart": chart(years),
        "figures": [reading.shown_figure(figure) for figure in sorted(maps.published_counts(), key=_nearness(day))],
        "figures_href": reverse("directory:figures") + reference_day.query_for(day),
        "rows": [row for row in rows if not state or row["standing"].state == state],
        "filters": _filters(counts, state, day, now),
    }
    return render_to_string("directory/map_found.html", context)


def _address(day, now, state: str = "") -> str:
    """Return the address of the map of a day, of all centres or those in a state."""
    parts = {PARAMETER: "" if day == now else day.isoformat(), STATE: str(state)}
    query = urlencode({name: value for name, value in parts.items() if value})
    return reverse("directory:coverage") + (f"?{query}" if query else "")


def _row(centre: dict, name: str, day, now) -> dict:
    standing = standing_on(centre["steps"], day)
    step = standing.step
    is_there = standing.state != CentreState.NONE
    return {
        **centre,
        "name": name,
        "standing": standing,
        "state": STATE_NAMES[standing.state],
        "since": _since(standing),
        "evidence": step.get_evidence_display() if is_there else "",
        "source": step.source if is_there else "",
        "href": reverse("portal:centre", args=[centre["key"]]) + reference_day.query_for(day),
    }


def _since(standing: Standing) -> str:
    """Say since when a centre stands where it stands, only as exactly as it is known."""
    step, state = standing.step, standing.state
    if step is None:
        return ""
    period = period_label(step.day_from, step.day_until)
    if state == CentreState.PREPARING:
        return f"{step.get_kind_display()}: {period}"
    if state == CentreState.RANGE:
        return _("Beginn: %(period)s") % {"period": period}
    if state == CentreState.NONE:
        return _("später, Beginn: %(period)s") % {"period": period}
    if not standing.is_evidenced:
        return _("spätestens seit %(day)s") % {"day": f"{step.day_until:%d.%m.%Y}"}
    return _("Beginn: %(period)s") % {"period": period}


def _area(row: dict) -> MapArea:
    value = f"{row['state']}, {row['since']}" if row["since"] else str(row["state"])
    return MapArea(
        key=row["key"],
        name=row["area"],
        level=STATES.index(row["standing"].state),
        value=value,
        href=row["href"],
        label=row["place"],
    )


def _year_count(centres, year: int, shown, now, state: str) -> YearCount:
    day = last_day_of(year, now=now)
    return YearCount(
        year=year,
        day=day,
        count=count(standing_on(centre["steps"], day) for centre in centres),
        href=_address(day, now, state) + MAP,
        is_current=shown.year == year,
    )


def _filters(counts, chosen: str, day, now) -> list[dict]:
    """Return the ways to show only the centres in one state, each with its number."""
    total = {"label": _("alle"), "count": counts.total, "href": _address(day, now) + LIST, "is_current": not chosen}
    return [
        total,
        *(
            {
                "label": STATE_NAMES[state],
                "count": counts.of(state),
                "href": _address(day, now, state) + LIST,
                "is_current": state == chosen,
            }
            for state in STATES
        ),
    ]


def _nearness(day):
    """Sort published figures: those stated near the day first; of equally near ones, those whose day is known best."""
    return lambda figure: (days_apart(figure, day), figure.stated_until - figure.stated_from, -figure.amount)
