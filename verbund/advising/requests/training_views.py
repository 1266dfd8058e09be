"""Pages of the training programme: what is published, and for a unit what it plans."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.models import SurveyTopic
from verbund.advising.permissions import coordinates
from verbund.advising.requests import listing, surveys
from verbund.advising.requests import survey_operations as operations
from verbund.advising.requests import survey_permissions as permissions
from verbund.advising.requests.lifecycle import TRAINING
from verbund.advising.requests.survey_forms import TrainingForm
from verbund.core import exports
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.exports import Column
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Organisation

act = partial(act_with_form, template="advising/act.html")
COLUMNS = (
    Column(gettext_lazy("Jahr"), lambda one: one.year, 8),
    Column(gettext_lazy("Quartal"), lambda one: one.quarter, 8),
    Column(gettext_lazy("Titel"), lambda one: one.title, 44),
    Column(gettext_lazy("Handlungsfeld"), lambda one: str(one.field or ""), 28),
    Column(gettext_lazy("Für wen"), lambda one: one.audience, 36),
    Column(gettext_lazy("Koordinierungsstelle"), lambda one: str(one.unit), 36),
    Column(gettext_lazy("Stand"), lambda one: one.get_status_display(), 16),
)


@require_safe
@gate(may=permissions.reads_programme)
def trainings(request):
    """The programme of a year by quarters; a unit also sees what it has not published."""
    actor, year, years, found = _chosen(request)
    rows = [
        {
            "training": one,
            "tone": listing.TRAINING_TONES[one.status],
            "moves": TRAINING.open_for(one.status) if permissions.plans_training(actor, one) else set(),
            "may_edit": permissions.plans_training(actor, one),
        }
        for one in found
    ]
    context = {"rows": rows, "year": year, "years": years, "is_unit": coordinates(actor)}
    return show(request, "advising/requests/trainings.html", context)


def _chosen(request):
    """Return the actor, the year of the address (else the newest), all years, and its lines."""
    visible = surveys.trainings_visible_to(request.actor)
    years = surveys.years_of(visible)
    typed = request.GET.get("jahr", "")
    year = next((one for one in years if typed == str(one)), years[0] if years else today().year)
    return request.actor, year, years, visible.filter(year=year).order_by("quarter", "title", "pk")


@require_safe
@gate(may=permissions.reads_programme)
def trainings_csv(request):
    _actor, year, _years, found = _chosen(request)
    return exports.respond_csv(COLUMNS, found, name=f"fortbildungen-{year}")


@require_safe
@gate(may=permissions.reads_programme)
def trainings_xlsx(request):
    _actor, year, _years, found = _chosen(request)
    return exports.respond_xlsx(COLUMNS, found, name=f"fortbildungen-{year}", title=_("Fortbildungen"))


@gate(may=coordinates)
def new_training(request):
    """Plan a line, perhaps from a topic of the survey (`?thema=` in the address)."""
    unit = Organisation.objects.get(pk=request.actor.organisation_id)
    form = TrainingForm(
        request.POST or None, unit_id=unit.pk, initial=_from_topic(request, unit), use_required_attribute=False
    )
    return act(
        request,
        form,
        lambda typed: operations.plan_training(unit, values=typed, on=today(), actor=request.actor),
        title=_("Fortbildung planen"),
        label=_("Planen"),
        intro=_("Die Zentren sehen die Zeile, wenn Sie sie veröffentlichen."),
        back=reverse("advising:trainings"),
        done=_("Geplant."),
        goes_to_made=True,
    )


def _from_topic(request, unit: Organisation) -> dict:
    number = request.GET.get("thema", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    topics = SurveyTopic.objects.filter(survey__unit=unit).select_related("survey")
    topic = topics.filter(pk=number).first() if is_number else None
    if topic is None:
        return {"year": today().year + 1}
    return {"year": topic.survey.year, "topic": topic, "field": topic.field, "title": topic.title}


@gate(among=surveys.trainings_visible_to, may=permissions.plans_training)
def edit_training(request, record):
    initial = {**{name: getattr(record, name) for name in operations.TRAINING_FIELDS}, "seen": record.version}
    form = TrainingForm(request.POST or None, unit_id=record.unit_id, initial=initial, use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: operations.edit_training(record, values=typed, seen=typed["seen"] or 0, actor=request.actor),
        title=_("Geplante Fortbildung ändern"),
        label=_("Speichern"),
        back=record.get_absolute_url(),
        done=_("Gespeichert."),
        subject=record,
    )


@require_POST
@gate(among=surveys.trainings_visible_to, may=permissions.plans_training)
def publish_training(request, record):
    return act_at_once(
        request,
        lambda: operations.publish_training(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Veröffentlicht. Alle Zentren sehen die Zeile im Programm."),
    )


@require_POST
@gate(among=surveys.trainings_visible_to, may=permissions.plans_training)
def withdraw_training(request, record):
    return act_at_once(
        request,
        lambda: operations.withdraw_training(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Aus dem Programm genommen."),
    )
