"""Institutions: the list, everything about one, its end, and making one of two."""

from django.core.paginator import Paginator
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.advising.accompaniments import exports, operations, permissions, queries
from verbund.advising.accompaniments.calculations import alike
from verbund.advising.accompaniments.forms import acts as forms
from verbund.advising.accompaniments.operations.merging import moved_by_a_merge
from verbund.advising.accompaniments.views import filters
from verbund.advising.accompaniments.views.records import TONES, act
from verbund.advising.models import AccompanimentStep
from verbund.core import audit
from verbund.core import exports as tables
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre, Partner
from verbund.directory.queries import municipalities_of
from verbund.offers.models import Offer, Term

PAGE_SIZE = 50
LATEST = 20
own = gate(among=queries.institutions_visible_to, may=permissions.can_write)
of_lead = gate(among=queries.institutions_visible_to, may=permissions.can_merge)


def _found(request):
    on = today()
    seen = filters.of_institutions(request.GET, on=on)
    found = queries.with_last_contact(queries.institutions_visible_to(request.actor))
    return queries.filtered_institutions(found, seen, on=on), seen


@require_safe
@gate(may=permissions.can_write)
def institutions(request):
    """The institutions of the centre, those of the last contact first."""
    found, seen = _found(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    centre = Centre.objects.select_related("carrier").get(pk=request.actor.organisation_id)
    terms = Term.objects.filter(kind__in=[Term.Kind.FIELD, Term.Kind.CHAIN_STAGE], is_in_use=True)
    context = {
        "page": page,
        "filters": seen,
        "is_filtered": any(value for name, value in seen.items() if name != "kontakt_vor"),
        "kinds": Partner.Kind.choices,
        "towns": list(municipalities_of(centre).order_by("name").values_list("pk", "name")),
        "terms": [(str(term.pk), term.name) for term in terms],
        "contacts": [str(months) for months in filters.CONTACT_MONTHS],
    }
    return show(request, "advising/accompaniments/institutions.html", context)


@require_safe
@gate(may=permissions.can_write)
def institutions_csv(request):
    found, _seen = _found(request)
    return tables.respond_csv(exports.institution_columns(), found, name=f"einrichtungen-{today():%Y-%m-%d}")


@require_safe
@gate(may=permissions.can_write)
def institutions_xlsx(request):
    found, _seen = _found(request)
    name, title = f"einrichtungen-{today():%Y-%m-%d}", _("Einrichtungen")
    return tables.respond_xlsx(exports.institution_columns(), found, name=name, title=title)


@require_safe
@gate(among=queries.institutions_visible_to)
def institution(request, partner):
    """Everything about one institution: accompaniments, offers, latest steps, what was merged into it."""
    accompaniments = queries.accompaniments_visible_to(request.actor).filter(partner=partner)
    steps = AccompanimentStep.objects.filter(accompaniment__partner=partner).select_related("accompaniment")
    names = [row for row in queries.names_of_institutions(partner.centre_id, on=today()) if row[0] != partner.pk]
    similar = alike(str(partner), names)
    of_name = dict(names)
    context = {
        "partner": partner,
        "accompaniments": accompaniments.order_by("status", "-started_on", "-pk").reverse()[:PAGE_SIZE],
        "tones": TONES,
        "offers": Offer.objects.filter(partner=partner).order_by("title")[:PAGE_SIZE],
        "steps": steps[:LATEST],
        "minutes": steps.order_by().aggregate(sum=Sum("minutes"))["sum"] or 0,
        "similar": [(pk, of_name[pk]) for pk in similar],
        "merges": queries.merges_visible_to(request.actor).filter(kept=partner),
        "can_merge": permissions.can_merge(request.actor, partner),
        "ended_on": partner.organisation.valid_until,
        "history": audit.history_of(partner),
    }
    return show(request, "advising/accompaniments/institution.html", context)


def _address(partner: Partner) -> str:
    return reverse("advising:institution", args=[partner.pk])


@own
def end(request, partner):
    running = queries.running_of([partner.pk]).count()
    return act(
        request,
        forms.EndForm(request.POST or None, initial={"ended_on": today(), "outcome": "PARTLY"}),
        lambda typed: operations.end_partner(partner, **_end(typed), on=today(), actor=request.actor),
        title=_("Einrichtung beendet ihre Arbeit"),
        label=_("Beenden"),
        intro=_("%(name)s: Laufende Begleitungen (%(number)d) werden mit diesem Ergebnis abgeschlossen.")
        % {"name": partner, "number": running},
        back=_address(partner),
        done=_("Die Einrichtung ist beendet und wird nicht mehr angeboten."),
    )


def _end(typed: dict) -> dict:
    return {name: typed[name] for name in ("ended_on", "outcome", "reason")}


@own
def resume(request, partner):
    return act(
        request,
        forms.ReasonForm(request.POST or None),
        lambda typed: operations.resume_partner(partner, reason=typed["reason"], actor=request.actor),
        title=_("Einrichtung arbeitet wieder"),
        label=_("Wieder aufnehmen"),
        intro=_("%s: Abgeschlossene Begleitungen bleiben abgeschlossen.") % partner,
        back=_address(partner),
        done=_("Die Einrichtung wird wieder angeboten."),
    )


@of_lead
def merge(request, partner):
    """Choose what is the same institution; see what moves; confirm."""
    others = queries.institutions_visible_to(request.actor).exclude(pk=partner.pk)
    typed = request.POST or None
    chosen = [int(pk) for pk in request.GET.getlist("mit") if pk.isdecimal() and len(pk) < 19]
    names = list(others.order_by("organisation__name").values_list("pk", "organisation__name"))
    offered = [pk for pk in chosen if pk in dict(names)] or alike(str(partner), names, most=12)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    if text:
        offered = [pk for pk, name in names if text.casefold() in name.casefold()][:30]
    form = forms.MergeForm(
        typed, among=others if typed else others.filter(pk__in=offered), initial={"duplicates": chosen}
    )
    context = {
        "partner": partner,
        "text": text,
        "preview": [(one, moved_by_a_merge(one)) for one in others.filter(pk__in=offered[:12])],
        "has_choices": bool(offered) or typed,
    }
    return act_with_preview(request, form, partner, context)


def act_with_preview(request, form, partner, context):
    return act(
        request,
        form,
        lambda typed: operations.merge_partners(
            partner, list(typed["duplicates"]), reason=typed["reason"], on=today(), actor=request.actor
        ),
        title=_("Einrichtungen zusammenführen"),
        label=_("Zusammenführen"),
        back=_address(partner),
        done=_("Zusammengeführt. Das lässt sich auf dieser Seite wieder aufheben."),
        template="advising/accompaniments/merge.html",
        **context,
    )


@gate(among=queries.merges_visible_to, may=permissions.can_merge)
def undo(request, merge):
    """Take a merge back; refused, with what has changed, where that cannot be."""
    return act(
        request,
        forms.UndoForm(request.POST if request.method == "POST" else None),
        lambda _typed: operations.undo_merge(merge, on=today(), actor=request.actor),
        title=_("Zusammenführung aufheben"),
        label=_("Aufheben"),
        intro=_("„%(merged)s“ wird wieder eine eigene Einrichtung. Zurück geht, was damals von ihr kam.")
        % {"merged": merge.merged},
        back=_address(merge.kept),
        done=_("Die Zusammenführung ist aufgehoben."),
    )
