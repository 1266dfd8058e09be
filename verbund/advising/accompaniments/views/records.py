"""The list of accompaniments, one accompaniment, and what can be done with it and its steps."""

from functools import partial

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.accompaniments import exports, operations, permissions, queries
from verbund.advising.accompaniments.forms import acts as forms
from verbund.advising.accompaniments.lifecycle import AccompanimentStatus
from verbund.advising.accompaniments.views import filters
from verbund.advising.attributing.pages import shown
from verbund.advising.cutting.reading import suspects_in
from verbund.core import audit
from verbund.core import exports as tables
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre
from verbund.directory.queries import municipalities_of
from verbund.offers.models import Term

PAGE_SIZE = 50
MOST_STEPS = 200
TONES = {AccompanimentStatus.RUNNING: "info", AccompanimentStatus.CLOSED: "neutral"}
act = partial(act_with_form, template="advising/act.html")
own = gate(among=queries.accompaniments_visible_to, may=permissions.can_write)
own_step = gate(among=queries.steps_visible_to, may=permissions.can_write)


def _found(request):
    on = today()
    seen = filters.of_accompaniments(request.GET)
    found = queries.filtered_accompaniments(queries.accompaniments_visible_to(request.actor), seen, on=on)
    return found, seen


@require_safe
@gate(may=permissions.can_write)
def accompaniments(request):
    """The accompaniments of the centre, filtered by what stands in the address."""
    found, seen = _found(request)
    page = Paginator(found.order_by("-started_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("seite"))
    terms = Term.objects.filter(kind__in=[Term.Kind.FIELD, Term.Kind.CHAIN_STAGE], is_in_use=True)
    context = {
        "page": page,
        "filters": seen,
        "is_filtered": any(seen.values()),
        "terms": [(str(term.pk), term.name) for term in terms],
        "statuses": AccompanimentStatus.choices,
        "tones": TONES,
        "on": today(),
    }
    return show(request, "advising/accompaniments/list.html", context)


def _lines(request):
    """Return what the file holds: every accompaniment found, with numbers."""
    found, _seen = _found(request)
    return found.annotate(step_count=Count("steps"), minutes=Sum("steps__minutes")).order_by("-started_on", "-pk")


@require_safe
@gate(may=permissions.can_write)
def accompaniments_csv(request):
    name = f"begleitungen-{today():%Y-%m-%d}"
    return tables.respond_csv(exports.accompaniment_columns(), _lines(request), name=name)


@require_safe
@gate(may=permissions.can_write)
def accompaniments_xlsx(request):
    name = f"begleitungen-{today():%Y-%m-%d}"
    columns = exports.accompaniment_columns()
    return tables.respond_xlsx(columns, _lines(request), name=name, title=_("Begleitungen"))


@require_safe
@gate(among=queries.accompaniments_visible_to)
def accompaniment(request, record):
    """One accompaniment: what next, its steps, agreement, result, history; and passages that look like a person."""
    steps = list(record.steps.all()[:MOST_STEPS])
    context = {
        "record": record,
        "steps": steps,
        "minutes": sum(step.minutes or 0 for step in steps),
        "tone": TONES[record.status],
        "audiences": list(record.audiences.all()),
        "is_due": bool(record.follow_up_on and record.follow_up_on <= today()),
        "suspects": suspects_in(record),
        "attributed": shown(record),
        "history": audit.history_of(record, *steps, reveal=True),
    }
    return show(request, "advising/accompaniments/accompaniment.html", context)


@own
def edit(request, record):
    centre = Centre.objects.select_related("carrier").get(pk=record.centre_id)
    form = forms.AccompanimentForm(request.POST or None, record=record, towns=municipalities_of(centre), on=today())
    return act(
        request,
        form,
        lambda typed: operations.edit_accompaniment(record, typed, seen=typed["seen"], on=today(), actor=request.actor),
        title=_("Angaben zur Begleitung ändern"),
        label=_("Speichern"),
        back=record.get_absolute_url(),
        done=_("Gespeichert."),
        subject=record,
    )


@own
def new_step(request, record):
    form = forms.StepForm(request.POST or None, initial={"done_on": today()})
    return act(
        request,
        form,
        lambda _typed: operations.record_step(record, form.facts(), on=today(), actor=request.actor),
        title=_("Schritt eintragen"),
        label=_("Eintragen"),
        back=record.get_absolute_url(),
        done=_("Der Schritt ist eingetragen."),
        subject=record,
    )


@own_step
def edit_step(request, step):
    names = ("what", "done_on", "kind", "minutes", "attended", "result")
    initial = {name: getattr(step, name) for name in names} | {"seen": step.version}
    form = forms.StepEditForm(request.POST or None, initial=initial)
    return act(
        request,
        form,
        lambda typed: operations.edit_step(step, form.facts(), seen=typed["seen"], on=today(), actor=request.actor),
        title=_("Schritt ändern"),
        label=_("Speichern"),
        back=step.get_absolute_url(),
        done=_("Gespeichert."),
        subject=step.accompaniment,
    )


@own_step
def remove_step(request, step):
    return act(
        request,
        forms.ReasonForm(request.POST or None),
        lambda typed: operations.remove_step(step, reason=typed["reason"], actor=request.actor),
        title=_("Schritt streichen"),
        label=_("Streichen"),
        intro=_("Streichen heißt: Der Eintrag war ein Irrtum und zählt nicht. Im Verlauf bleibt, dass es ihn gab."),
        back=step.get_absolute_url(),
        done=_("Der Schritt ist gestrichen."),
        subject=step.accompaniment,
    )


@own
def follow_up(request, record):
    initial = {"follow_up_on": record.follow_up_on, "follow_up_note": record.follow_up_note}
    form = forms.FollowUpForm(request.POST or None, initial=initial)
    return act(
        request,
        form,
        lambda typed: operations.set_follow_up(
            record,
            follow_up_on=typed["follow_up_on"],
            follow_up_note=typed["follow_up_note"],
            actor=request.actor,
        ),
        title=_("Wiedervorlage setzen"),
        label=_("Setzen"),
        intro=_("Sie steht bis zum Erledigen in den Aufgaben Ihres Zentrums."),
        back=record.get_absolute_url(),
        done=_("Die Wiedervorlage ist gesetzt."),
        subject=record,
    )


@require_POST
@own
def finish_follow_up(request, record):
    return act_at_once(
        request,
        lambda: operations.finish_follow_up(record, actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Die Wiedervorlage ist erledigt."),
    )


@own
def close(request, record):
    form = forms.CloseForm(request.POST or None, initial={"closed_on": today()})
    return act(
        request,
        form,
        lambda typed: operations.close_accompaniment(
            record,
            outcome=typed["outcome"],
            closing_reason=typed["closing_reason"],
            closed_on=typed["closed_on"],
            on=today(),
            actor=request.actor,
        ),
        title=_("Begleitung abschließen"),
        label=_("Abschließen"),
        back=record.get_absolute_url(),
        done=_("Die Begleitung ist abgeschlossen."),
        subject=record,
    )


@own
def reopen(request, record):
    return act(
        request,
        forms.ReasonForm(request.POST or None),
        lambda typed: operations.reopen_accompaniment(record, reason=typed["reason"], on=today(), actor=request.actor),
        title=_("Begleitung wieder aufnehmen"),
        label=_("Wieder aufnehmen"),
        back=record.get_absolute_url(),
        done=_("Die Begleitung läuft wieder."),
        subject=record,
    )
