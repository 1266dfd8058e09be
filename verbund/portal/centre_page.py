"""Everything the network knows about one centre on one page, by day.

What everybody sees is kept in memory for visitors until something about the centre changes: an operation that changes
it calls `directory.operations.mark_as_changed`. Grants are read each time, for those who may read them. An app that has
something to say about a centre adds a section here and a template `portal/centre_<section>.html`.
"""

from datetime import date
from functools import lru_cache

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.core.acting import ANONYMOUS
from verbund.core.dates import add_months, today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import permissions, queries, reading, reference_day
from verbund.directory.calculations import state_on, years_label
from verbund.directory.evidence import permissions as evidence
from verbund.directory.models import CentreFact, District, LifeStep, PublishedFigure
from verbund.portal import centre_posts

FACT_TITLES = {
    CentreFact.Kind.GUIDING_IDEA: _("Leitgedanke"),
    CentreFact.Kind.GOAL: _("Schwerpunkte und Ziele"),
    CentreFact.Kind.TOPIC: _("Arbeitsthemen"),
    CentreFact.Kind.ANNOUNCED_VISIT: _("Angekündigte Besuche"),
}
MONTHS_UNTIL_A_CONTACT_IS_OLD = 24


@public
@require_safe
def centre(request, key: str):
    """The page of one centre."""
    head = queries.centre_head(key)
    if head is None:
        raise Http404
    chosen = reference_day.chosen(request)
    if request.actor.is_signed_in:
        parts = _parts(key, request.actor, chosen.day, today())
    else:
        parts = _parts_for_visitors(key, chosen.day, head["changed_at"], today(), get_language())
    context = {"centre": head, "reference_day": chosen, **parts}
    context |= centre_posts.grants(head["pk"], actor=request.actor, on=chosen.day)
    return show(request, "portal/centre.html", context)


@lru_cache(maxsize=300)
def _parts_for_visitors(key: str, day: date, changed_at, on: date, language: str) -> dict:
    """Return the parts as visitors see them, kept in memory until the centre or the day changes."""
    return _parts(key, ANONYMOUS, day, on)


def _parts(key: str, actor, day: date, known_on: date) -> dict:
    found = queries.centre_for_page(key)
    context = centre_context(found, actor, day)
    posts = centre_posts.posts(found.pk, found.carrier_kind, on=day, known_on=known_on)
    return {
        "name": context["name"],
        "carrier_code": found.carrier_code,
        "ask_place": found.town or found.district_name,
        "head": render_to_string("portal/centre_head.html", context),
        "top": render_to_string("portal/centre_top.html", context),
        "posts": render_to_string("portal/centre_posts.html", posts),
        "course": render_to_string("portal/centre_course.html", context),
    }


def centre_context(centre, actor, day: date) -> dict:
    """Return what the directory says about a centre (`queries.centre_for_page`) on a day."""
    steps = sorted(LifeStep.objects.filter(centre_id=centre.pk).order_by(), key=reading.place_in_life)
    state = state_on(steps, day)
    names = queries.names_on(day, among=[centre.pk, centre.carrier_id])
    happened = [step for step in steps if (step.day_from or step.day_until) <= day]
    figures = PublishedFigure.objects.filter(centre_id=centre.pk)
    return {
        "centre": centre,
        "name": names.get(centre.pk, centre.name),
        "carrier_name": names.get(centre.carrier_id, centre.carrier_name),
        "day": day,
        "day_query": reference_day.query_for(day),
        "state": state,
        "tone": reading.TONES[state],
        "district_kind": District.Kind(centre.district_kind).label,
        "first_year": years_label(centre.started_from_year, centre.started_to_year),
        "towns": [centre.town] if centre.town else _towns(centre),
        "steps": [reading.shown_step(step) for step in happened],
        "later_steps": len(steps) - len(happened),
        "names": [reading.shown_name(row) for row in queries.names_of(centre.pk)],
        "figures": [reading.shown_figure(row) for row in figures if row.stated_from <= day],
        "may_describe": permissions.can_describe_centre(actor, centre),
        "may_record": permissions.can_record_life_step(actor, centre),
        "may_keep_contacts": evidence.can_keep_contacts(actor, centre),
        **_known(centre.pk, day),
    }


def _known(centre_id: int, day: date) -> dict:
    """Return unit, other facts by kind, and contacts of a day: those in use, and those only evidenced long before."""
    facts = queries.facts_of(centre_id, on=day)
    contacts = queries.contacts_of(centre_id, on=day)
    oldest = add_months(day, -MONTHS_UNTIL_A_CONTACT_IS_OLD)
    return {
        "units": [_shown_fact(fact, day) for fact in facts if fact.kind == CentreFact.Kind.UNIT],
        "fact_groups": [
            {"title": title, "rows": [_shown_fact(fact, day) for fact in facts if fact.kind == kind]}
            for kind, title in FACT_TITLES.items()
            if any(fact.kind == kind for fact in facts)
        ],
        "contacts": [_shown_contact(row, day) for row in contacts if row.evidenced_until >= oldest],
        "old_contacts": [_shown_contact(row, day) for row in contacts if row.evidenced_until < oldest],
    }


def _shown_fact(fact, day: date) -> dict:
    return {"text": fact.text, **reading.evidence_of(fact, day)}


def _shown_contact(contact, day: date) -> dict:
    ways = {name: getattr(contact, name) for name in ("function", "phone", "email", "website", "address")}
    return ways | reading.evidence_of(contact, day)


def _towns(centre) -> list[str]:
    towns = queries.municipalities_served(town_id=None, district_id=centre.district_id)
    return list(towns.values_list("name", flat=True))
