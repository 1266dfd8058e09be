"""Pages of practices: the list, one practice, its way through the coordination unit, and who takes it up."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.conflicts import somebody_was_faster
from verbund.advising.cutting.reading import history_of
from verbund.advising.models import Practice
from verbund.advising.permissions import works_in_centre
from verbund.advising.practices import exports, forms, operations, permissions, queries
from verbund.advising.practices.lifecycle import PRACTICE, WRITTEN, PracticeStatus, Uptake
from verbund.advising.ventures import queries as ventures
from verbund.advising.ventures.permissions import keeps_venture
from verbund.core.acts import act_at_once
from verbund.core.acts import act_with_form as act_with_form_on
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.exports import respond_csv, respond_xlsx
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show

PAGE_SIZE = 50
P = PracticeStatus
TONES = {P.DRAFT: "neutral", P.SUBMITTED: "info", P.QUESTIONED: "warning", P.RETURNED: "warning", P.RELEASED: "success"}
TEXTS = ("problem", "target_group", "done", "partners", "effect", "conditions", "failures", "contact_function")
act_with_form = partial(act_with_form_on, template="advising/act.html")


def _found(request):
    """Return the practices one may read, those of a status where the address says so."""
    status = request.GET.get("status", "")
    found = queries.practices_visible_to(request.actor).annotate(takers=Count("uses"))
    chosen = status if status in P.values else ""
    return chosen, (found.filter(status=chosen) if chosen else found).order_by("-status_since", "-pk")


@require_safe
@gate(may=permissions.finds_practices)
def practices(request):
    """What the own centre describes and what all may use."""
    chosen, found = _found(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "rows": [(one, TONES[one.status]) for one in page],
        "total": page.paginator.count,
        "chosen": chosen,
        "statuses": P.choices,
        "keeps": works_in_centre(request.actor),
    }
    return show(request, "advising/practices/list.html", context)


@require_safe
@gate(may=permissions.finds_practices)
def practices_csv(request):
    return respond_csv(exports.COLUMNS, _found(request)[1], name="gute-praxis")


@require_safe
@gate(may=permissions.finds_practices)
def practices_xlsx(request):
    return respond_xlsx(exports.COLUMNS, _found(request)[1], name="gute-praxis", title=_("Gute Praxis"))


@require_safe
@gate(among=queries.practices_visible_to)
def practice(request, record):
    """One practice in its short form; what is to be done with it; who took it up."""
    actor, moves = request.actor, PRACTICE.open_for(record.status)
    keeps, reviews = permissions.keeps_practice(actor, record), permissions.can_review(actor, record)
    reads_course = permissions.reads_course(actor, record)
    materials = list(record.materials.all())
    context = {
        "practice": record,
        "tone": TONES[record.status],
        "facts": [(Practice._meta.get_field(name).verbose_name, getattr(record, name)) for name in TEXTS],
        "materials": materials,
        "questions": list(record.questions.all()) if reads_course else [],
        "uses": list(record.uses.select_related("centre__organisation")),
        "keeps": keeps,
        "can_write": keeps and record.status in WRITTEN,
        "can_submit": keeps and "submit_practice" in moves,
        "can_answer": keeps and "answer_question" in moves,
        "can_release": reviews and "release_practice" in moves,
        "can_return": reviews and "return_practice" in moves,
        "can_take_up": permissions.can_take_up(actor, record),
        "own_use": queries.use_of(record, actor.organisation_id),
        "reads_course": reads_course,
        "history": history_of(record, *materials) if reads_course else [],
    }
    return show(request, "advising/practices/practice.html", context)


def _write(request, initial: dict, *, venture=None):
    centre = queries.centre_of(request.actor)
    form = forms.PracticeForm(request.POST or None, centre=centre, initial=initial)
    on = today()
    return act_with_form(
        request,
        form,
        lambda _typed: operations.write_practice(centre, form.data_of(), venture=venture, on=on, actor=request.actor),
        title=_("Gute Praxis beschreiben"),
        label=_("Entwurf speichern"),
        intro=_("Kurz und ehrlich. Andere Zentren lesen es erst nach der Freigabe durch die Koordinierungsstelle."),
        back=reverse("advising:practices"),
        done=_("Der Entwurf ist gespeichert. Nennen Sie Material mit Lizenz, dann reichen Sie ihn ein."),
        goes_to_made=True,
    )


@gate(may=works_in_centre)
def new_practice(request):
    return _write(request, {})


@gate(among=ventures.ventures_visible_to, may=keeps_venture)
def of_venture(request, venture):
    """Describe a venture; what is known of it stands there already."""
    evaluation = getattr(ventures.newest_pilot(venture), "evaluation", None)
    initial = {
        "title": venture.title,
        "problem": venture.need[:2000],
        "done": "\n\n".join(f"{one.heading}\n{one.text}" for one in venture.sections.all())[:4000],
        "partners": "; ".join(str(one) for one in ventures.parties_of(venture))[:600],
        "effect": evaluation.findings[:2000] if evaluation else "",
        "field": venture.field_id,
        "stage": venture.stage_id,
        "municipality": venture.municipality_id,
        "audiences": list(venture.audiences.all()),
        "target_group": ", ".join(one.name for one in venture.audiences.all()),
    }
    return _write(request, initial, venture=venture)


@gate(among=queries.practices_visible_to, may=permissions.keeps_practice)
def edit_practice(request, record):
    """Change the description; of two people the second sees what the first has saved."""
    names = ("title", "field", "stage", "municipality", "effort_days", "amount_effort", *TEXTS)
    initial = {name: getattr(record, name) for name in names}
    initial |= {"audiences": list(record.audiences.all()), "seen": record.version}
    form = forms.EditPracticeForm(request.POST or None, centre=record.centre, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.data_of()
            operations.edit_practice(record, data, seen=form.cleaned_data["seen"], actor=request.actor)
        except StaleVersion:
            changes = [(name, Practice._meta.get_field(name).verbose_name) for name in names]
            back = reverse("advising:practice-edit", args=[record.pk])
            return somebody_was_faster(request, record, changes, data, back)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(record)
    context = {"form": form, "title": _("Beschreibung ändern"), "label": _("Speichern"), "subject": record}
    context |= {"back": record.get_absolute_url()}
    return show(request, "advising/act.html", context, status=422 if form.errors else 200)


@gate(among=queries.practices_visible_to, may=permissions.keeps_practice)
def add_material(request, record):
    return act_with_form(
        request,
        forms.MaterialForm(request.POST or None),
        lambda typed: operations.add_material(record, **typed, actor=request.actor),
        title=_("Material nennen"),
        label=_("Eintragen"),
        intro=_("Nur was andere nutzen dürfen. Die Lizenz sagt, wie."),
        back=record.get_absolute_url(),
        done=_("Das Material ist eingetragen."),
        subject=record,
    )


@require_POST
@gate(among=queries.materials_kept)
def remove_material(request, material):
    return act_at_once(
        request,
        lambda: operations.remove_material(material, actor=request.actor),
        back=material.practice.get_absolute_url(),
        done=_("Das Material ist entfernt."),
    )


@require_POST
@gate(among=queries.practices_visible_to, may=permissions.keeps_practice)
def submit(request, record):
    return act_at_once(
        request,
        lambda: operations.submit_practice(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Eingereicht. Die Koordinierungsstelle prüft und gibt frei oder fragt zurück."),
    )


@gate(among=queries.practices_visible_to, may=permissions.can_review)
def ask_back(request, record):
    return act_with_form(
        request,
        forms.QuestionForm(request.POST or None),
        lambda typed: operations.ask_back(record, **typed, on=today(), actor=request.actor),
        title=_("Zurückfragen"),
        label=_("Frage senden"),
        back=record.get_absolute_url(),
        done=_("Die Frage ist gestellt. Das Zentrum ist benachrichtigt."),
        subject=record,
    )


@gate(among=queries.practices_visible_to, may=permissions.keeps_practice)
def answer(request, record):
    question = queries.open_question(record)
    return act_with_form(
        request,
        forms.AnswerQuestionForm(request.POST or None),
        lambda typed: operations.answer_question(record, **typed, on=today(), actor=request.actor),
        title=_("Rückfrage beantworten"),
        label=_("Antworten"),
        intro=question.text if question else "",
        back=record.get_absolute_url(),
        done=_("Die Antwort liegt bei der Koordinierungsstelle."),
        subject=record,
    )


@gate(among=queries.practices_visible_to, may=permissions.can_review)
def return_practice(request, record):
    return act_with_form(
        request,
        forms.ReturnForm(request.POST or None),
        lambda typed: operations.return_practice(record, **typed, on=today(), actor=request.actor),
        title=_("Zur Überarbeitung zurückgeben"),
        label=_("Zurückgeben"),
        back=record.get_absolute_url(),
        done=_("Zurückgegeben. Das Zentrum ist benachrichtigt."),
        subject=record,
    )


@require_POST
@gate(among=queries.practices_visible_to, may=permissions.can_review)
def release(request, record):
    return act_at_once(
        request,
        lambda: operations.release_practice(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Freigegeben. Alle Zentren und Koordinierungsstellen lesen es jetzt."),
    )


@gate(among=queries.practices_visible_to, may=permissions.can_take_up)
def take_up(request, record):
    use = queries.use_of(record, request.actor.organisation_id)
    initial = {"uptake": use.uptake, "changes": use.changes} if use else {"uptake": Uptake.INTERESTED}
    centre = queries.centre_of(request.actor)
    return act_with_form(
        request,
        forms.UptakeForm(request.POST or None, initial=initial),
        lambda typed: operations.take_up(record, centre, **typed, on=today(), actor=request.actor),
        title=_("Übernahme vermerken"),
        label=_("Speichern"),
        intro=_("So sieht das andere Zentrum, wer mit der Praxis arbeitet, und Sie finden sich zum Austausch."),
        back=record.get_absolute_url(),
        done=_("Vermerkt."),
        subject=record,
    )
