"""A venture: begin, read, change; its need in numbers; who carries it; the end before a pilot."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.attributing.pages import shown
from verbund.advising.conflicts import somebody_was_faster
from verbund.advising.permissions import works_in_centre
from verbund.advising.ventures import forms, operations, page, permissions, queries
from verbund.advising.ventures.views import acting
from verbund.core.acts import act_with_form
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory.models import Centre


@require_safe
@gate(among=queries.ventures_visible_to)
def venture(request, record):
    """All about one venture for its centre; for a partner the concept, its comments and its own agreement."""
    keeps = permissions.keeps_venture(request.actor, record)
    context = page.concept_part(record, request.actor)
    if keeps:
        context |= page.centre_part(record, on=today()) | {"attributed": shown(record)}
    template = "advising/ventures/venture.html" if keeps else "advising/ventures/concept_only.html"
    return show(request, template, context)


@gate(may=works_in_centre)
def new_venture(request):
    """Begin a venture with its need."""
    centre = Centre.objects.select_related("carrier").get(pk=request.actor.organisation_id)
    form = forms.VentureForm(request.POST or None, centre=centre)
    return act_with_form(
        request,
        form,
        lambda _typed: operations.start_venture(centre, form.data_of(), on=today(), actor=request.actor),
        template="advising/act.html",
        title=_("Neues Vorhaben"),
        label=_("Vorhaben beginnen"),
        intro=_("Am Anfang steht der Bedarf. Zahlen, Partner und Konzept folgen auf der Seite des Vorhabens."),
        back=reverse("advising:ventures"),
        done=_("Das Vorhaben ist begonnen. Belegen Sie jetzt den Bedarf mit Zahlen."),
        goes_to_made=True,
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def edit_venture(request, record):
    """Change what it says about itself; of two people the second sees what the first has saved."""
    names = ("title", "need", "field", "stage", "municipality")
    initial = {name: getattr(record, name) for name in names}
    initial |= {"audiences": list(record.audiences.all()), "seen": record.version}
    form = forms.EditVentureForm(request.POST or None, centre=record.centre, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.data_of()
            operations.edit_venture(record, data, seen=form.cleaned_data["seen"], actor=request.actor)
        except StaleVersion:
            changes = [("title", _("Titel")), ("need", _("Bedarf"))]
            return somebody_was_faster(
                request, record, changes, data, reverse("advising:venture-edit", args=[record.pk])
            )
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(record)
    context = {"form": form, "title": _("Vorhaben ändern"), "label": _("Speichern"), "subject": record}
    context |= {"back": record.get_absolute_url()}
    return show(request, "advising/act.html", context, status=422 if form.errors else 200)


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def add_figure(request, record):
    return acting.with_form(
        request,
        forms.FigureForm(request.POST or None),
        lambda typed: operations.add_need_figure(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("Bedarfszahl eintragen"),
        label=_("Eintragen"),
        done=_("Die Zahl ist eingetragen."),
        anchor="bedarf",
    )


@require_POST
@gate(among=queries.figures_kept)
def remove_figure(request, figure):
    return acting.at_once(
        request,
        lambda: operations.remove_need_figure(figure, actor=request.actor),
        venture=figure.venture,
        done=_("Die Zahl ist entfernt."),
        anchor="bedarf",
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def add_party(request, record):
    form = forms.PartyForm(
        request.POST or None, partners=queries.partners_to_choose(record, on=today()), initial={"since": today()}
    )
    return acting.with_form(
        request,
        form,
        lambda typed: operations.join_venture(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("Partner aufnehmen"),
        label=_("Aufnehmen"),
        intro=_("Ist das Konzept schon vereinbart, muss auch der neue Partner zustimmen."),
        done=_("Der Partner ist aufgenommen."),
        anchor="partner",
    )


@gate(among=queries.parties_kept)
def leave(request, party):
    return acting.with_form(
        request,
        forms.LeaveForm(request.POST or None, initial={"until": today()}),
        lambda typed: operations.leave_venture(party, **typed, on=today(), actor=request.actor),
        venture=party.venture,
        title=_("%s scheidet aus") % party,
        label=_("Festhalten"),
        intro=_("Wozu der Partner zugestimmt hat, bleibt stehen."),
        done=_("Festgehalten."),
        anchor="partner",
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def drop(request, record):
    return acting.with_form(
        request,
        forms.DropForm(request.POST or None),
        lambda typed: operations.drop_venture(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("Vorhaben aufgeben"),
        label=_("Aufgeben"),
        intro=_("Nur solange nicht erprobt wird. Nach einer Erprobung wird ausgewertet und entschieden."),
        done=_("Das Vorhaben ist beendet."),
    )
