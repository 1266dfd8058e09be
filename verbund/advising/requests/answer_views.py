"""Pages of the answers for all: the searchable list, one answer, writing, releasing, withdrawing."""

from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.cutting.reading import history_of
from verbund.advising.forms import lines
from verbund.advising.models import CommonAnswerVersion
from verbund.advising.permissions import coordinates
from verbund.advising.queries import terms
from verbund.advising.requests import answer_operations as operations
from verbund.advising.requests import listing, permissions, queries
from verbund.advising.requests.lifecycle import ANSWER, AnswerStatus
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Organisation
from verbund.offers.models import Term

act = partial(act_with_form, template="advising/act.html")


class AnswerForm(forms.Form):
    """A neutral question and its answer."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=200)
    field = forms.ModelChoiceField(label=gettext_lazy("Handlungsfeld"), queryset=Term.objects.none(), required=False)
    question = forms.CharField(
        label=gettext_lazy("Frage"),
        max_length=3000,
        widget=lines(5),
        help_text=gettext_lazy("Neutral: ohne das fragende Zentrum und seinen Ort."),
    )
    answer = forms.CharField(label=gettext_lazy("Antwort"), max_length=8000, widget=lines(10))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["field"].queryset = terms(Term.Kind.FIELD)

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in operations.HEAD}


class WithdrawForm(forms.Form):
    """Why an answer is taken away."""

    reason = forms.CharField(label=gettext_lazy("Grund"), max_length=500, widget=lines(2))


@require_safe
@gate(may=permissions.reads_answers)
def answers(request):
    """The answers for all, by words and field; a unit's own drafts among them."""
    text, field = listing.words(request.GET.get("q", "")), request.GET.get("feld", "")[:40].replace("\x00", "")
    found = queries.answers_visible_to(request.actor)
    newest = CommonAnswerVersion.objects.filter(common=OuterRef("pk")).order_by("-number")
    found = found.annotate(
        released_title=Subquery(newest.values("title")[:1]),
        released_question=Subquery(newest.values("question")[:1]),
        released_answer=Subquery(newest.values("answer")[:1]),
    )
    if text:
        said = Q(released_title__icontains=text) | Q(released_question__icontains=text)
        found = found.filter(said | Q(released_answer__icontains=text))
    if field:
        found = found.filter(field__code=field)
    page = Paginator(found.order_by("title", "pk"), listing.PAGE_SIZE).get_page(request.GET.get("seite"))
    for one in page.object_list:
        one.tone = listing.ANSWER_TONES[one.status]
        one.shown_title = one.released_title or one.title
    context = {
        "page": page,
        "text": text,
        "field": field,
        "fields": terms(Term.Kind.FIELD).values_list("code", "name"),
        "may_write": coordinates(request.actor),
    }
    return show(request, "advising/requests/answers.html", context)


@require_safe
@gate(among=queries.answers_visible_to)
def answer(request, record):
    """One answer as it was released last; for its unit also what is written now, and where it came from."""
    writes = permissions.writes_answer(request.actor, record)
    versions = list(record.versions.all())
    newest = versions[0] if versions else None
    is_newer = writes and (newest is None or any(getattr(newest, n) != getattr(record, n) for n in operations.TEXTS))
    context = {
        "answer": record,
        "shown": record if is_newer else newest,
        "is_newer": is_newer,
        "tone": listing.ANSWER_TONES[record.status],
        "writes": writes,
        "may_release": writes and (is_newer or record.status != AnswerStatus.RELEASED),
        "may_withdraw": writes and "withdraw_answer" in ANSWER.open_for(record.status),
        "versions": versions,
        "origin": record.origin if writes else None,
        "history": history_of(record) if writes else [],
    }
    return show(request, "advising/requests/answer.html", context)


def _write(request, *, origin=None):
    unit = Organisation.objects.get(pk=request.actor.organisation_id)
    initial = {"title": origin.title, "field": origin.field, "question": origin.question} if origin else {}
    form = AnswerForm(request.POST or None, initial=initial, use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: operations.write_answer(
            unit, values=form.values(), origin=origin, on=today(), actor=request.actor
        ),
        title=_("Gemeinsame Antwort schreiben"),
        label=_("Entwurf speichern"),
        intro=_("Alle Zentren lesen sie, sobald Sie sie freigeben. Wer gefragt hat, erfährt niemand."),
        back=origin.get_absolute_url() if origin else reverse("advising:answers"),
        done=_("Gespeichert. Lesen Sie noch einmal nach und geben Sie die Antwort frei."),
        goes_to_made=True,
        subject=origin,
    )


@gate(may=coordinates)
def new_answer(request):
    return _write(request)


@gate(among=queries.requests_visible_to, may=permissions.advises)
def answer_from_request(request, record):
    return _write(request, origin=record)


@gate(among=queries.answers_visible_to, may=permissions.writes_answer)
def edit_answer(request, record):
    initial = {**{name: getattr(record, name) for name in operations.HEAD}, "seen": record.version}
    form = AnswerForm(request.POST or None, initial=initial, use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: operations.edit_answer(
            record, values=form.values(), seen=typed["seen"] or 0, actor=request.actor
        ),
        title=_("Gemeinsame Antwort ändern"),
        label=_("Speichern"),
        back=record.get_absolute_url(),
        done=_("Gespeichert. Die Zentren sehen es mit der nächsten Freigabe."),
        subject=record,
    )


@require_POST
@gate(among=queries.answers_visible_to, may=permissions.writes_answer)
def release(request, record):
    return act_at_once(
        request,
        lambda: operations.release_answer(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Freigegeben. Alle Zentren können die Antwort lesen."),
    )


@gate(among=queries.answers_visible_to, may=permissions.writes_answer)
def withdraw(request, record):
    return act(
        request,
        WithdrawForm(request.POST or None),
        lambda typed: operations.withdraw_answer(record, **typed, on=today(), actor=request.actor),
        title=_("Gemeinsame Antwort zurückziehen"),
        label=_("Zurückziehen"),
        back=record.get_absolute_url(),
        done=_("Zurückgezogen. Zentren sehen die Antwort nicht mehr."),
        subject=record,
    )
