"""Pages of openings: the list, one opening with everything that can be done with it, its agreement and its review."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.attributing.pages import shown
from verbund.advising.demonstration import is_made_up
from verbund.advising.forms import FINE
from verbund.advising.models import OpeningGoal, OpeningMeasure, OpeningSection
from verbund.advising.openings import listing, operations, permissions, queries, reading
from verbund.advising.openings.exports import COLUMNS
from verbund.advising.openings.forms import (
    PART_FORMS,
    AgreementForm,
    ChangeAgreementForm,
    DropForm,
    EditOpeningForm,
    NewOpeningForm,
    ReasonForm,
    ReviewForm,
)
from verbund.advising.openings.lifecycle import OpeningStatus
from verbund.advising.permissions import works_in_centre
from verbund.advising.queries import own_centre
from verbund.core import exports
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import add_months, today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.operations import create_partner

act = partial(act_with_form, template="advising/act.html")
WORDS = {
    OpeningSection: gettext_lazy("Abschnitt"),
    OpeningGoal: gettext_lazy("Ziel"),
    OpeningMeasure: gettext_lazy("Maßnahme"),
}


@require_safe
@gate(may=works_in_centre)
def openings(request):
    """The centre's openings, filtered by the address."""
    on, wanted = today(), listing.Wanted.from_address(request.GET)
    mine = queries.openings_visible_to(request.actor)
    found = listing.found(mine, wanted, on=on)
    context = {
        "wanted": wanted,
        "page": listing.page_of(found, request.GET.get("seite"), on=on),
        "statuses": OpeningStatus.choices,
        "to_dos": listing.TO_DO.items(),
        "on": on,
    }
    return show(request, "advising/openings/list.html", context)


@require_safe
@gate(may=works_in_centre)
def openings_csv(request):
    return exports.respond_csv(COLUMNS, _rows(request), name="oeffnung")


@require_safe
@gate(may=works_in_centre)
def openings_xlsx(request):
    return exports.respond_xlsx(COLUMNS, _rows(request), name="oeffnung", title=_("Interkulturelle Öffnung"))


def _rows(request):
    mine = queries.openings_visible_to(request.actor)
    return listing.found(mine, listing.Wanted.from_address(request.GET), on=today())


@gate(may=works_in_centre)
def new_opening(request):
    centre, actor = own_centre(request.actor), request.actor
    form = NewOpeningForm(request.POST or None, centre=centre, use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: propose(centre, form, actor=actor),
        title=_("Öffnung vorschlagen"),
        label=_("Vorschlagen"),
        intro=_("Halten Sie fest, mit welcher Einrichtung Sie beginnen wollen. Ziele und Maßnahmen kommen danach."),
        back=reverse("advising:openings"),
        done=_("Vorgeschlagen. Tragen Sie jetzt Ziele und Maßnahmen ein."),
        goes_to_made=True,
    )


@transaction.atomic
def propose(centre, form: NewOpeningForm, *, actor):
    """Make the opening a form describes, and its institution where that is new."""
    said = form.cleaned_data
    partner = said["partner"]
    if partner is None:
        values = {"kind": said["new_kind"], "municipality": said["municipality"]}
        partner = create_partner(centre, said["new_partner"], values, is_demo=is_made_up(actor), actor=actor)
    return operations.propose_opening(centre, partner=partner, **form.values(), on=today(), actor=actor)


@require_safe
@gate(among=queries.openings_visible_to)
def opening(request, record):
    """One opening: what is next, agreement, goals, measures, sections, reviews, where it came from, history."""
    context = reading.page_of(record, request.actor, on=today()) | {"attributed": shown(record)}
    return show(request, "advising/openings/opening.html", context)


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def edit_opening(request, record):
    initial = {name: getattr(record, name) for name in ("subject", "responsible", "field", "stage", "municipality")}
    initial |= {"audiences": record.audiences.all(), "seen": record.version}
    form = EditOpeningForm(
        request.POST or None, initial=initial, centre=own_centre(request.actor), use_required_attribute=False
    )

    def save(typed):
        values = form.values()
        audiences = values.pop("audiences")
        operations.edit_opening(record, values=values, audiences=audiences, seen=typed["seen"], actor=request.actor)

    return _acted(request, record, form, save, title=_("Angaben ändern"), label=_("Speichern"), done=_("Gespeichert."))


def _acted(request, record, form, act_on, **words):
    return act(request, form, act_on, back=record.get_absolute_url(), subject=record, **words)


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def agree(request, record):
    form = AgreementForm(request.POST or None, initial={"agreed_on": today(), "agreement": record.agreement})
    return _acted(
        request,
        record,
        form,
        lambda typed: operations.agree_opening(record, **typed, on=today(), actor=request.actor),
        title=_("Vereinbarung festhalten"),
        label=_("Vereinbarung festhalten"),
        intro=_("Danach gelten Ziele und Maßnahmen. In einem Jahr ist die erste Jahresprüfung fällig."),
        done=_("Vereinbart. Die erste Jahresprüfung steht in einem Jahr in Ihren Aufgaben."),
    )


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def change_agreement(request, record):
    initial = {"agreement": record.agreement, "agreed_until": record.agreed_until, "seen": record.version}
    return _acted(
        request,
        record,
        ChangeAgreementForm(request.POST or None, initial=initial),
        lambda typed: operations.change_agreement(record, **typed, actor=request.actor),
        title=_("Vereinbarung ändern"),
        label=_("Speichern"),
        done=_("Die Vereinbarung ist geändert; der frühere Wortlaut steht im Verlauf."),
    )


@require_POST
@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def start(request, record):
    return act_at_once(
        request,
        lambda: operations.start_opening(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Die Umsetzung hat begonnen."),
    )


@require_POST
@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def complete(request, record):
    return act_at_once(
        request,
        lambda: operations.complete_opening(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Die Öffnung ist abgeschlossen."),
    )


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def end(request, record):
    return _acted(
        request,
        record,
        ReasonForm(request.POST or None),
        lambda typed: operations.end_opening(record, **typed, on=today(), actor=request.actor),
        title=_("Vorzeitig beenden"),
        label=_("Beenden"),
        intro=_("Was bisher erreicht ist, bleibt stehen."),
        done=_("Die Öffnung ist beendet."),
    )


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def review(request, record):
    on = today()
    initial = {"year": on.year, "review_due_on": add_months(on, operations.REVIEWED_EVERY_MONTHS)}
    form = ReviewForm(request.POST or None, goals=record.goals.all(), initial=initial)

    def save(typed):
        said = {name: typed[name] for name in ("year", "next_steps", "review_due_on")}
        operations.review_opening(record, **said, results=form.results(), on=on, actor=request.actor)

    return _acted(
        request,
        record,
        form,
        save,
        title=_("Jahresprüfung"),
        label=_("Prüfung festhalten"),
        intro=_("Sagen Sie zu jedem Ziel, was erreicht ist, und wie es weitergeht."),
        done=_("Die Jahresprüfung ist festgehalten."),
    )


# parts


def _new_part(request, record, model):
    word = WORDS[model]
    form = PART_FORMS[model](request.POST or None, use_required_attribute=False)

    def save(typed):
        typed.pop("seen")
        operations.add_part(model, record, values=typed, on=today(), actor=request.actor)

    return _acted(
        request,
        record,
        form,
        save,
        title=_("%(part)s ergänzen") % {"part": word},
        label=_("Ergänzen"),
        done=_("Ergänzt."),
    )


def _edit_part(request, part):
    word = WORDS[type(part)]
    form_class = PART_FORMS[type(part)]
    names = [name for name in form_class.base_fields if name not in {"seen", FINE}]
    initial = {**{name: getattr(part, name) for name in names}, "seen": part.version}

    def save(typed):
        seen = typed.pop("seen")
        operations.edit_part(part, values=typed, seen=seen, actor=request.actor)

    return _acted(
        request,
        part.opening,
        form_class(request.POST or None, initial=initial, use_required_attribute=False),
        save,
        title=_("%(part)s ändern") % {"part": word},
        label=_("Speichern"),
        done=_("Gespeichert."),
    )


def _remove_part(request, part):
    word = WORDS[type(part)]
    return act_at_once(
        request,
        lambda: operations.remove_part(part, actor=request.actor),
        back=part.opening.get_absolute_url(),
        done=_("%(part)s gestrichen.") % {"part": word},
    )


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def new_section(request, record):
    return _new_part(request, record, OpeningSection)


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def new_goal(request, record):
    return _new_part(request, record, OpeningGoal)


@gate(among=queries.openings_visible_to, may=permissions.keeps_opening)
def new_measure(request, record):
    return _new_part(request, record, OpeningMeasure)


@gate(among=queries.sections_visible_to, may=permissions.keeps_part)
def edit_section(request, part):
    return _edit_part(request, part)


@gate(among=queries.goals_visible_to, may=permissions.keeps_part)
def edit_goal(request, part):
    return _edit_part(request, part)


@gate(among=queries.measures_visible_to, may=permissions.keeps_part)
def edit_measure(request, part):
    return _edit_part(request, part)


@require_POST
@gate(among=queries.sections_visible_to, may=permissions.keeps_part)
def remove_section(request, part):
    return _remove_part(request, part)


@require_POST
@gate(among=queries.goals_visible_to, may=permissions.keeps_part)
def remove_goal(request, part):
    return _remove_part(request, part)


@require_POST
@gate(among=queries.measures_visible_to, may=permissions.keeps_part)
def remove_measure(request, part):
    return _remove_part(request, part)


# measures


def _moved(request, measure, operation, done):
    return act_at_once(
        request,
        lambda: operation(measure, on=today(), actor=request.actor),
        back=measure.opening.get_absolute_url() + "#massnahmen",
        done=done,
    )


@require_POST
@gate(among=queries.measures_visible_to, may=permissions.keeps_part)
def start_measure(request, measure):
    return _moved(request, measure, operations.start_measure, _("Die Maßnahme läuft."))


@require_POST
@gate(among=queries.measures_visible_to, may=permissions.keeps_part)
def finish_measure(request, measure):
    return _moved(request, measure, operations.finish_measure, _("Die Maßnahme ist erledigt."))


@require_POST
@gate(among=queries.measures_visible_to, may=permissions.keeps_part)
def resume_measure(request, measure):
    return _moved(request, measure, operations.resume_measure, _("Die Maßnahme läuft wieder."))


@gate(among=queries.measures_visible_to, may=permissions.keeps_part)
def drop_measure(request, measure):
    return _acted(
        request,
        measure.opening,
        DropForm(request.POST or None),
        lambda typed: operations.drop_measure(measure, **typed, on=today(), actor=request.actor),
        title=_("Maßnahme entfällt"),
        label=_("Festhalten"),
        intro=measure.text,
        done=_("Die Maßnahme ist entfallen."),
    )
