"""Pages of the survey of needs: preparing and opening it, answering it, what came of it; the programme."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.cutting.reading import history_of
from verbund.advising.models import TopicWish
from verbund.advising.permissions import coordinates, leads_centre
from verbund.advising.requests import listing, surveys
from verbund.advising.requests import survey_operations as operations
from verbund.advising.requests import survey_permissions as permissions
from verbund.advising.requests.lifecycle import SURVEY, ReturnStatus, SurveyStatus
from verbund.advising.requests.survey_forms import NewSurveyForm, ReturnForm, SurveyForm, TopicForm
from verbund.core import exports
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.exports import Column
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre, Organisation

act = partial(act_with_form, template="advising/act.html")
PRIORITIES = {priority.value: priority.label for priority in TopicWish.Priority}
COLUMNS = (
    Column(gettext_lazy("Zentrum"), lambda row: row["centre"], 40),
    Column(gettext_lazy("Regierungsbezirk"), lambda row: row["region"], 20),
    Column(gettext_lazy("Handlungsfeld"), lambda row: row["field"] or "", 28),
    Column(gettext_lazy("Thema"), lambda row: row["topic__title"], 40),
    Column(gettext_lazy("Bedarf (0 bis 3)"), lambda row: row["priority"], 16),
    Column(gettext_lazy("Bedarf"), lambda row: PRIORITIES[row["priority"]], 16),
    Column(gettext_lazy("Was genau"), lambda row: row["comment"], 50),
)


@require_safe
@gate(may=permissions.has_surveys)
def survey_list(request):
    """The surveys an actor prepares or answers."""
    found = surveys.surveys_visible_to(request.actor).order_by("-year", "unit__name", "pk")
    page = Paginator(found, listing.PAGE_SIZE).get_page(request.GET.get("seite"))
    for one in page.object_list:
        one.tone = listing.SURVEY_TONES[one.status]
    context = {"page": page, "is_unit": coordinates(request.actor)}
    return show(request, "advising/requests/surveys.html", context)


@gate(may=coordinates)
def new_survey(request):
    unit, on = Organisation.objects.get(pk=request.actor.organisation_id), today()

    def prepare(typed):
        typed.pop("seen")
        return operations.prepare_survey(unit, **typed, on=on, actor=request.actor)

    return act(
        request,
        NewSurveyForm(request.POST or None, initial={"year": on.year + 1}, use_required_attribute=False),
        prepare,
        title=_("Bedarfsabfrage vorbereiten"),
        label=_("Vorbereiten"),
        back=reverse("advising:surveys"),
        done=_("Vorbereitet. Tragen Sie die Themen ein und eröffnen Sie die Abfrage."),
        goes_to_made=True,
    )


@require_safe
@gate(among=surveys.surveys_visible_to)
def survey(request, record):
    """A survey: for its unit the topics and what came of them, for a centre its own answer."""
    actor, holds = request.actor, permissions.holds_survey(request.actor, record)
    answer = None if holds else surveys.return_of(record, actor.organisation_id)
    is_sent = answer is not None and answer.status == ReturnStatus.SENT
    results = surveys.results(record) if holds and record.opened_on else []
    texts = list(surveys.returns_with_text(record)) if results else []
    context = {
        "survey": record,
        "tone": listing.SURVEY_TONES[record.status],
        "holds": holds,
        "is_draft": record.status == SurveyStatus.DRAFT,
        "moves": SURVEY.open_for(record.status) if holds else set(),
        "may_edit": holds and record.status != SurveyStatus.CLOSED,
        "topics": list(record.topics.select_related("field")),
        "answer": answer,
        "is_sent": is_sent,
        "may_answer": not holds and record.status == SurveyStatus.OPEN and not is_sent,
        "may_send": answer is not None and record.status == SurveyStatus.OPEN and not is_sent and leads_centre(actor),
        "wishes": list(answer.wishes.select_related("topic")) if answer else [],
        "results": results,
        "has_comments": any(one.comments for one in results),
        "notes": [one for one in texts if one.note],
        "texts": texts,
        "sent": record.returns.filter(status=ReturnStatus.SENT).count() if results else 0,
        "missing": list(surveys.not_answered(record)) if results else [],
        "history": history_of(record) if holds else history_of(answer) if answer else [],
    }
    return show(request, "advising/requests/survey.html", context)


def _acted(request, record, form, act_on, **words):
    return act(request, form, act_on, back=record.get_absolute_url(), subject=record, **words)


@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def edit_survey(request, record):
    initial = {"intro": record.intro, "due_on": record.due_on, "seen": record.version}
    return _acted(
        request,
        record,
        SurveyForm(request.POST or None, initial=initial, use_required_attribute=False),
        lambda typed: operations.edit_survey(record, **{**typed, "seen": typed["seen"] or 0}, actor=request.actor),
        title=_("Abfrage ändern"),
        label=_("Speichern"),
        done=_("Gespeichert."),
    )


@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def new_topic(request, record):
    return _acted(
        request,
        record,
        TopicForm(request.POST or None, use_required_attribute=False),
        lambda typed: operations.add_topic(record, **typed, actor=request.actor),
        title=_("Thema ergänzen"),
        label=_("Ergänzen"),
        done=_("Ergänzt."),
    )


@require_POST
@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def remove_topic(request, record, topic: int):
    found = get_object_or_404(record.topics, pk=topic)
    return act_at_once(
        request,
        lambda: operations.remove_topic(found, actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Thema gestrichen."),
    )


@require_POST
@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def open_survey(request, record):
    return act_at_once(
        request,
        lambda: operations.open_survey(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Eröffnet. Die Leitungen aller Zentren bekommen eine Nachricht."),
    )


@require_POST
@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def close_survey(request, record):
    return act_at_once(
        request,
        lambda: operations.close_survey(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Abgeschlossen. Planen Sie daraus das Programm."),
    )


@require_safe
@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def survey_csv(request, record):
    return exports.respond_csv(COLUMNS, surveys.rows_for_export(record), name=f"bedarfsabfrage-{record.year}")


@require_safe
@gate(among=surveys.surveys_visible_to, may=permissions.holds_survey)
def survey_xlsx(request, record):
    name, title = f"bedarfsabfrage-{record.year}", str(record)
    return exports.respond_xlsx(COLUMNS, surveys.rows_for_export(record), name=name, title=title)


@gate(among=surveys.surveys_visible_to, may=permissions.answers_survey)
def answer_survey(request, record):
    centre = Centre.objects.get(pk=request.actor.organisation_id)
    answer = surveys.return_of(record, centre.pk)
    topics = list(record.topics.select_related("field"))
    initial = {"note": answer.note, "seen": answer.version} if answer else {}
    for wish in answer.wishes.all() if answer else ():
        initial |= {f"priority-{wish.topic_id}": wish.priority, f"comment-{wish.topic_id}": wish.comment}
    form = ReturnForm(request.POST or None, topics=topics, initial=initial)
    return _acted(
        request,
        record,
        form,
        lambda typed: operations.save_return(
            record, centre, wishes=form.wishes(), note=typed["note"], seen=typed["seen"] or 0, actor=request.actor
        ),
        title=_("Bedarf angeben"),
        label=_("Entwurf speichern"),
        intro=_(
            "Sagen Sie zu jedem Thema, wie groß der Bedarf Ihres Zentrums ist. Einen Entwurf können Sie auch halb "
            "ausgefüllt speichern; die Leitung sendet die Antwort ab, wenn zu jedem Thema etwas steht."
        ),
        done=_("Gespeichert. Die Leitung kann die Antwort jetzt absenden."),
    )


@require_POST
@gate(among=surveys.returns_visible_to, may=permissions.sends_return)
def send_return(request, answer):
    return act_at_once(
        request,
        lambda: operations.send_return(answer, on=today(), actor=request.actor),
        back=answer.survey.get_absolute_url(),
        done=_("Abgesandt. Die Koordinierungsstelle sieht Ihre Antwort."),
    )
