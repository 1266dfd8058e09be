"""The authority's side: review, questions, hand back, propose, sign."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import listing, operations, permissions, queries, signing_order
from verbund.funding.amounts import Assessment, assess, recompute, titles_by_year
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.reviews import (
    ChecklistForm,
    ConflictForm,
    InformationRequestForm,
    IssueForm,
    ProposalForm,
)
from verbund.funding.lifecycle import APPLICATION, DecisionStatus
from verbund.funding.next_step import waited_for
from verbund.funding.views.acts import act_at_once, act_with_form


def _review_url(request, record) -> str:
    """Return the address of a review; whoever goes through a list stays in it."""
    way = listing.way_of(request.GET) if listing.IN_ROW in request.GET else ""
    return reverse("funding:review", args=[record.pk]) + way


def _decision_url(request, pk: int) -> str:
    """Return the address of a proposal; whoever signs one after the other stays in the row."""
    return reverse("funding:decision", args=[pk]) + ("?reihe=1" if request.GET.get("reihe") else "")


@gate(among=queries.applications_visible_to, may=permissions.can_review)
def review(request, record):
    """The review of one application: declaration, officer, checklist, and what can be done from here."""
    return _review_page(request, record)


def _review_page(request, record, *, conflict_form=None, checklist_form=None, status=200):
    declarations = {row.person_id: row for row in record.conflict_declarations.select_related("person")}
    own = declarations.get(request.actor.user.pk)
    items = queries.checklist_of(record)
    answers = {answer.item_id: answer for answer in record.checklist_answers.all()}
    context = {
        "application": record,
        "place": listing.place_of(request.GET, request.actor, record),
        "way": listing.way_of(request.GET) if listing.IN_ROW in request.GET else "",
        "assessment": assess(record),
        "declaration": own,
        "declarations": declarations.values(),
        "conflict_form": conflict_form or ConflictForm(),
        "checklist_form": checklist_form or ChecklistForm(items=items, answers=answers),
        "checklist_seen": operations.sign_of_checklist(record),
        "open_items": sum(item.pk not in answers for item in items),
        "item_count": len(items),
        "moves": APPLICATION.open_for(record.status),
        "waiting_for": waited_for(record),
        "is_officer": record.officer_id == request.actor.user.pk,
        "can_propose": permissions.can_propose_decision(request.actor, record),
        "is_free": own is not None and not own.has_conflict,
        "other_grants": queries.other_grants(record),
    }
    return show(request, "funding/review.html", context, status=status)


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_review)
def declare_conflict(request, record):
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return _review_page(request, record, conflict_form=form, status=422)
    operations.declare_conflict(record, **form.cleaned_data, actor=request.actor)
    messages.success(request, _("Ihre Erklärung ist gespeichert."))
    proposal = record.decisions.filter(status=DecisionStatus.PROPOSED).first()
    return redirect(_decision_url(request, proposal.pk) if proposal else _review_url(request, record))


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_review)
def take_over(request, record):
    return act_at_once(
        request,
        lambda: operations.take_over(record, on=today(), actor=request.actor),
        back=_review_url(request, record),
        done=_("Sie prüfen diesen Antrag."),
    )


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_review)
def assign(request, record):
    return act_at_once(
        request,
        lambda: operations.assign_officer(record, actor=request.actor),
        back=_review_url(request, record),
        done=_("Sie sind jetzt für diesen Antrag zuständig."),
    )


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_review)
def checklist(request, record):
    answers = {answer.item_id: answer for answer in record.checklist_answers.all()}
    form = ChecklistForm(request.POST, items=queries.checklist_of(record), answers=answers)
    if form.is_valid():
        try:
            operations.answer_checklist(
                record, answers=form.answers(), seen=form.cleaned_data["seen"], on=today(), actor=request.actor
            )
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Die Prüfliste ist gespeichert."))
            return redirect(_review_url(request, record))
    return _review_page(request, record, checklist_form=form, status=422)


@gate(among=queries.applications_visible_to, may=permissions.can_review)
def request_information(request, record):
    return act_with_form(
        request,
        InformationRequestForm(request.POST or None),
        lambda typed: operations.request_information(record, on=today(), actor=request.actor, **typed),
        title=_("Nachforderung stellen"),
        intro=_(
            "Der Träger bekommt ein Schreiben mit diesen Punkten. Fällt die Frist auf ein Wochenende oder einen "
            "Feiertag, gilt der nächste Werktag."
        ),
        label=_("Nachforderung senden"),
        back=_review_url(request, record),
        done=_("Die Nachforderung ist beim Träger."),
        subject=record,
    )


@gate(among=queries.applications_visible_to, may=permissions.can_review)
def hand_back(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.hand_back(record, on=today(), actor=request.actor, **typed),
        title=_("Zur Überarbeitung zurückgeben"),
        intro=_("Das Zentrum kann dann alles ändern; beide Unterschriften und das Einreichen sind neu nötig."),
        label=_("Zurückgeben"),
        back=_review_url(request, record),
        done=_("Der Antrag ist beim Zentrum."),
        subject=record,
    )


@gate(among=queries.applications_visible_to, may=permissions.can_propose_decision)
def propose(request, record):
    assessment = assess(record)
    computed = assessment.computation.total if assessment.computation else None
    most = min(computed, record.amount_requested) if computed is not None and record.amount_requested else computed
    initial = {"kind": "GRANT", "amount": most}
    return act_with_form(
        request,
        ProposalForm(request.POST or None, initial=initial),
        lambda typed: operations.propose_decision(record, on=today(), actor=request.actor, **typed),
        title=_("Entscheidung vorschlagen"),
        label=_("Vorschlagen"),
        back=record.get_absolute_url(),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
        subject=record,
        assessment=assessment,
        titles=titles_by_year(record.call).values(),
        all_by_choice=True,
    )


@gate(among=queries.decisions_visible_to)
def decision(request, record):
    """A proposal, for the person who signs: sum and working, checklist, declarations, what is left of the title."""
    return _decision_page(request, record)


def _decision_page(request, record, *, issue_form=None, reject_form=None, status=200):
    application = record.application
    own = application.conflict_declarations.filter(person=request.actor.user).first()
    in_row = bool(request.GET.get("reihe"))
    context = {
        "decision": record,
        "place": signing_order.place_of(request.actor, record) if in_row else None,
        "way": "?reihe=1" if in_row else "",
        "application": application,
        "assessment": Assessment(recompute(record.parameters)) if record.parameters else assess(application),
        "answers": application.checklist_answers.select_related("item"),
        "titles": titles_by_year(application.call).values(),
        "sees_titles": permissions.can_see_titles(request.actor),
        "other_grants": queries.other_grants(application),
        "can_sign": permissions.can_countersign(request.actor, record) and record.status == "PROPOSED",
        "can_reject": permissions.can_review(request.actor, application) and record.status == "PROPOSED",
        "is_proposer": bool(request.actor.persons & {record.proposed_by_id, record.proposed_for_id}),
        "declaration": own,
        "conflict_form": ConflictForm(),
        "issue_form": issue_form or IssueForm(initial={"issued_on": today()}),
        "reject_form": reject_form or ReasonForm(),
    }
    return show(request, "funding/decision.html", context, status=status)


@require_POST
@gate(among=queries.decisions_visible_to, may=permissions.can_countersign)
def countersign_decision(request, record):
    form = IssueForm(request.POST)
    if form.is_valid():
        following = signing_order.after(request.actor, record) if request.GET.get("reihe") else None
        try:
            sign = operations.countersign_change if record.changes_a_grant else operations.countersign_decision
            notice = sign(record, **form.cleaned_data, actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            if following:
                centre = record.application.centre
                messages.success(request, _("%(centre)s: gezeichnet; der Bescheid ist erlassen.") % {"centre": centre})
                return redirect(_decision_url(request, following))
            messages.success(request, _("Gezeichnet; der Bescheid ist erlassen."))
            return redirect("funding:signing") if request.GET.get("reihe") else redirect(notice)
    return _decision_page(request, record, issue_form=form, status=422)


@require_POST
@gate(among=queries.decisions_visible_to, may=lambda actor, found: permissions.can_review(actor, found.application))
def reject_proposal(request, record):
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            if record.changes_a_grant:
                operations.reject_change(record, **form.cleaned_data, actor=request.actor)
            else:
                operations.reject_proposal(record, **form.cleaned_data, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Der Vorschlag ist zurück in der Prüfung."))
            return redirect(record.amends or _review_url(request, record.application))
    return _decision_page(request, record, reject_form=form, status=422)
