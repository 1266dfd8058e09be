"""Pages of topics: what everybody reads, and what the centres that take part read beside it."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.conflicts import somebody_was_faster
from verbund.advising.cutting.reading import history_of
from verbund.advising.models import Topic
from verbund.advising.queries import own_centre
from verbund.advising.topics import forms, operations, permissions, queries
from verbund.advising.ventures.page import TONES
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate, public
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory.models import Organisation
from verbund.offers.words import missing

PAGE_SIZE, MOST_MISSED = 50, 15
BACK = "advising:topics"


@require_safe
@public
def topics(request):
    """The topics that are public, and those one keeps or is asked about."""
    page = Paginator(queries.topics_visible_to(request.actor), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {"page": page, "total": page.paginator.count, "starts": permissions.starts_topics(request.actor)}
    return show(request, "advising/topics/list.html", context)


@require_safe
@public
def topic(request, pk):
    """One topic: offers, bodies and contacts for everybody; ventures and gaps for whoever takes part."""
    actor, on = request.actor, today()
    record = queries.topics_visible_to(actor).filter(pk=pk).first()
    if record is None:
        raise Http404
    centres = queries.taking_part(record)
    participation = queries.participation_of(record, actor)
    page = Paginator(queries.shown_offers(record, on=on), PAGE_SIZE).get_page(request.GET.get("seite"))
    names = {one.centre_id: str(one) for one in centres}
    bodies = [row | {"centre": names[row["partner__centre"]]} for row in queries.bodies_of(record, on=on)]
    context = {
        "topic": record,
        "centres": centres,
        "page": page,
        "total": page.paginator.count,
        "bodies": bodies,
        "contacts": queries.contacts_of(record, on=on),
        "on": on,
        "keeps": permissions.keeps_topic(actor, record),
        "is_asked": participation is not None and participation.joined_on is None,
        "can_leave": participation is not None
        and participation.joined_on
        and actor.organisation_id != record.keeper_id,
    }
    if permissions.reads_inside(actor, record):
        context |= _inside(record, centres, actor, on)
    return show(request, "advising/topics/topic.html", context)


def _inside(record: Topic, centres, actor, on) -> dict:
    """Return what only the keeper and the centres that take part read."""
    own = {one.centre_id for one in centres if one.centre_id == actor.organisation_id}
    ventures = [(one, TONES[one.status], one.centre_id in own) for one in queries.ventures_of(record)]
    found = missing.missed_visible_to(actor, on=on)
    districts = [one.centre.carrier.district_id for one in centres]
    found = found.filter(district__in=districts)
    languages = list(record.languages.values_list("pk", flat=True))
    if languages:
        found = found.filter(language__in=[*languages, "de"])
    return {
        "reads_inside": True,
        "asked": queries.asked(record),
        "ventures": ventures,
        "coverage": queries.coverage(record, centres, on=on),
        "towns": queries.towns_without_offer(record, centres, on=on),
        "missed": list(missing.shown(found)[:MOST_MISSED]),
        "history": history_of(record, *centres),
    }


@gate(may=permissions.starts_topics)
def new_topic(request):
    keeper = Organisation.objects.get(pk=request.actor.organisation_id)
    form = forms.TopicForm(request.POST or None)
    return act_with_form(
        request,
        form,
        lambda _typed: operations.start_topic(keeper, form.data_of(), on=today(), actor=request.actor),
        template="advising/act.html",
        title=_("Neue Themenseite"),
        label=_("Entwurf speichern"),
        back=reverse(BACK),
        done=_("Der Entwurf ist gespeichert. Öffentlich wird er erst, wenn Sie ihn veröffentlichen."),
        goes_to_made=True,
    )


@gate(among=queries.topics_visible_to, may=permissions.keeps_topic)
def edit_topic(request, record):
    """Change a page; of two people the second sees what the first has saved."""
    names = ("title", "description", "source")
    initial = {name: getattr(record, name) for name in names} | {"seen": record.version}
    initial |= {name: list(getattr(record, name).all()) for name in ("centres", "terms", "languages")}
    form = forms.EditTopicForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.data_of()
            operations.edit_topic(record, data, seen=form.cleaned_data["seen"], on=today(), actor=request.actor)
        except StaleVersion:
            changes = [(name, Topic._meta.get_field(name).verbose_name) for name in names]
            return somebody_was_faster(request, record, changes, data, reverse("advising:topic-edit", args=[record.pk]))
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(record)
    context = {"form": form, "title": _("Themenseite ändern"), "label": _("Speichern"), "subject": record}
    context |= {"back": record.get_absolute_url()}
    return show(request, "advising/act.html", context, status=422 if form.errors else 200)


def _at_once(request, record, act, done: str):
    return act_at_once(request, partial(act, record, actor=request.actor), back=record.get_absolute_url(), done=done)


@require_POST
@gate(among=queries.topics_visible_to, may=permissions.keeps_topic)
def publish(request, record):
    act = partial(operations.publish_topic, on=today())
    return _at_once(request, record, act, _("Veröffentlicht. Alle lesen jetzt den öffentlichen Teil."))


@require_POST
@gate(among=queries.topics_visible_to, may=permissions.keeps_topic)
def withdraw(request, record):
    act = partial(operations.withdraw_topic, on=today())
    return _at_once(request, record, act, _("Zurückgezogen. Nur noch die Beteiligten lesen die Seite."))


@require_POST
@gate(among=queries.topics_visible_to, may=permissions.is_asked)
def join(request, record):
    act = partial(operations.join_topic, centre=own_centre(request.actor), on=today())
    return _at_once(request, record, act, _("Ihr Zentrum nimmt teil."))


@require_POST
@gate(among=queries.topics_visible_to, may=permissions.is_asked)
def leave(request, record):
    act = partial(operations.leave_topic, centre=own_centre(request.actor))
    return _at_once(request, record, act, _("Ihr Zentrum nimmt nicht mehr teil."))
