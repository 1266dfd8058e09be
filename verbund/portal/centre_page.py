"""Everything the network knows about one centre on one page, by day: the directory's part, posts, grants, figures."""

from datetime import date
from functools import lru_cache

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from verbund.core.acting import ANONYMOUS
from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import permissions, queries, reading, reference_day
from verbund.directory.calculations import state_on, years_label
from verbund.directory.models import District, LifeStep


@public
@require_safe
def centre(request, key: str):
    """The page of one centre."""
    head = queries.centre_head(key)
    if head is None:
        raise Http404
    chosen = reference_day.chosen(request)
    if request.actor.is_signed_in:
        body = _body(key, request.actor, chosen.day)
    else:
        body = _body_for_visitors(key, chosen.day, head["changed_at"], today(), get_language())
    return show(request, "portal/centre.html", {"centre": head, "body": body, "reference_day": chosen})


@lru_cache(maxsize=200)
def _body_for_visitors(key: str, day: date, changed_at, on: date, language: str) -> str:
    """Return the body of a centre's page as visitors see it, kept in memory until the centre or the day changes."""
    return _body(key, ANONYMOUS, day)


def _body(key: str, actor, day: date) -> str:
    return render_to_string("portal/centre_body.html", centre_context(queries.centre_for_page(key), actor, day))


def centre_context(centre, actor, day: date) -> dict:
    """Return what the page of a centre (`queries.centre_for_page`) shows; two or three statements more."""
    steps = sorted(LifeStep.objects.filter(centre_id=centre.pk).order_by(), key=reading.place_in_life)
    state = state_on(steps, day)
    return {
        "centre": centre,
        "state": state,
        "tone": reading.TONES[state],
        "district_kind": District.Kind(centre.district_kind).label,
        "first_year": years_label(centre.started_from_year, centre.started_to_year),
        "towns": [centre.town] if centre.town else _towns(centre),
        "steps": [reading.shown_step(step) for step in steps],
        "names": [reading.shown_name(row) for row in queries.names_of(centre.pk)],
        "may_describe": permissions.can_describe_centre(actor, centre),
        "may_record": permissions.can_record_life_step(actor, centre),
    }


def _towns(centre) -> list[str]:
    towns = queries.municipalities_served(town_id=None, district_id=centre.district_id)
    return list(towns.values_list("name", flat=True))
