"""The pilot: plan, criteria, start, values, evaluation; the decision, and the offer it becomes."""

from functools import partial

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.advising.ventures import forms, operations, permissions, queries
from verbund.advising.ventures.views import acting
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.offers import queries as offers

with_form = partial(acting.with_form, anchor="erprobung")
at_once = partial(acting.at_once, anchor="erprobung")


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def plan(request, record):
    return with_form(
        request,
        forms.PilotForm(request.POST or None),
        lambda typed: operations.plan_pilot(record, **typed, actor=request.actor),
        venture=record,
        title=_("Erprobung planen"),
        label=_("Planen"),
        done=_("Die Erprobung ist geplant. Legen Sie jetzt fest, woran sie gemessen wird."),
    )


@gate(among=queries.pilots_kept)
def edit_plan(request, pilot):
    initial = {"first_day": pilot.first_day, "last_day": pilot.last_day, "place": pilot.place}
    return with_form(
        request,
        forms.PilotForm(request.POST or None, initial=initial),
        lambda typed: operations.edit_pilot(pilot, **typed, actor=request.actor),
        venture=pilot.venture,
        title=_("Planung ändern"),
        label=_("Speichern"),
        done=_("Gespeichert."),
    )


@gate(among=queries.pilots_kept)
def add_criterion(request, pilot):
    return with_form(
        request,
        forms.CriterionForm(request.POST or None),
        lambda typed: operations.add_criterion(pilot, **typed, actor=request.actor),
        venture=pilot.venture,
        title=_("Kriterium festlegen"),
        label=_("Festlegen"),
        intro=_("Kriterien stehen fest, bevor die Erprobung beginnt. Danach ändert sie niemand mehr."),
        done=_("Das Kriterium ist festgelegt."),
    )


@require_POST
@gate(among=queries.criteria_kept)
def remove_criterion(request, criterion):
    return at_once(
        request,
        lambda: operations.remove_criterion(criterion, actor=request.actor),
        venture=criterion.pilot.venture,
        done=_("Das Kriterium ist entfernt."),
    )


@require_POST
@gate(among=queries.pilots_kept)
def start(request, pilot):
    return at_once(
        request,
        lambda: operations.start_pilot(pilot, on=today(), actor=request.actor),
        venture=pilot.venture,
        done=_("Die Erprobung hat begonnen. Die Kriterien stehen jetzt fest."),
    )


@gate(among=queries.criteria_kept)
def enter_value(request, criterion):
    has_number = criterion.target is not None
    form = forms.NumberValueForm if has_number else forms.JudgedValueForm
    measured = _("%(what)s. Gemessen wird: %(how)s") % {"what": criterion.what, "how": criterion.how_measured}
    return with_form(
        request,
        form(request.POST or None, initial={"measured_on": today()}),
        lambda typed: operations.enter_value(criterion, **typed, on=today(), actor=request.actor),
        venture=criterion.pilot.venture,
        title=_("Messwert eintragen") if has_number else _("Einschätzung eintragen"),
        label=_("Eintragen"),
        intro=measured,
        done=_("Eingetragen."),
    )


@gate(among=queries.pilots_kept)
def evaluate(request, pilot):
    return with_form(
        request,
        forms.EvaluationForm(request.POST or None),
        lambda typed: operations.evaluate_pilot(pilot, **typed, on=today(), actor=request.actor),
        venture=pilot.venture,
        title=_("Erprobung auswerten"),
        label=_("Auswerten"),
        intro=_("Erreicht oder nicht rechnet das Programm aus Ihren Messwerten. Danach ändern sie sich nicht mehr."),
        done=_("Ausgewertet. Entscheiden Sie jetzt, wie es weitergeht."),
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def decide(request, record):
    pilot = queries.newest_pilot(record)
    evaluation = getattr(pilot, "evaluation", None)
    intro = _("Empfohlen ist: %s.") % evaluation.get_recommendation_display() if evaluation else ""
    return with_form(
        request,
        forms.DecisionForm(request.POST or None),
        lambda typed: operations.decide(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("Über das Vorhaben entscheiden"),
        label=_("Entscheiden"),
        intro=intro,
        done=_("Entschieden."),
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def make_offer(request, record):
    """Make a draft for the finder; the rest (times, languages) is written where entries are kept."""
    carrying = record.parties.filter(until=None, partner__isnull=False).values("partner")
    form = forms.MakeOfferForm(
        request.POST or None,
        partners=offers.kept_partners(request.actor).filter(pk__in=carrying),
        places=offers.places_of_centre(record.centre_id),
        initial={"title": record.title},
    )
    return acting.with_form(
        request,
        form,
        lambda typed: operations.make_offer(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("In den Finder"),
        label=_("Entwurf anlegen"),
        intro=_(
            "Handlungsfeld, Stufe und Zielgruppen kommen mit. Anliegen, Zeiten und Sprachen ergänzen Sie am Eintrag."
        ),
        done=_("Der Entwurf ist angelegt und mit dem Vorhaben verbunden."),
        anchor="angebot",
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def link_offer(request, record):
    kept = offers.kept_offers(request.actor).exclude(status="ENDED").order_by("title", "pk")
    return acting.with_form(
        request,
        forms.LinkOfferForm(request.POST or None, offers=kept),
        lambda typed: operations.link_offer(record, typed["offer"], on=today(), actor=request.actor),
        venture=record,
        title=_("Mit einem Angebot verbinden"),
        label=_("Verbinden"),
        intro=_("Der Stand des Angebots folgt dem Vorhaben: Pilot, Erprobung, dauerhaft."),
        done=_("Verbunden. Der Stand des Angebots folgt dem Vorhaben."),
        anchor="angebot",
    )
