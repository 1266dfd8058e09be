"""The authority checks: take over, declare, answer the checklist, ask, hand back."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.dates import next_working_day
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.versions import StaleVersion
from verbund.funding import clocks, letters, notifications
from verbund.funding.lifecycle import APPLICATION, DECIDED, INFORMATION_REQUEST, ApplicationStatus
from verbund.funding.models import ChecklistAnswer, ConflictDeclaration, GrantApplication, InformationRequest


class ConflictOfInterest(DomainError):
    """Who declared a conflict, or has not declared at all, does not work on the application (§§ 20, 21 VwVfG NRW)."""


class DeadlineTooEarly(DomainError):
    """An answer cannot be due before tomorrow."""


class NotUnderReview(DomainError):
    """The application is not being reviewed."""


def refuse_conflict(application: GrantApplication, *, actor: Actor) -> None:
    """Raise ConflictOfInterest unless the person (and whom they stand in for) declared to be free of conflicts."""
    declared = dict(
        application.conflict_declarations.filter(person_id__in=actor.persons).values_list("person_id", "has_conflict")
    )
    if any(declared.values()):
        raise ConflictOfInterest(_("Sie haben einen Interessenkonflikt erklärt; jemand anderes muss übernehmen."))
    if not declared.keys() >= {actor.user.pk}:
        raise ConflictOfInterest(_("Erklären Sie zuerst, ob ein Interessenkonflikt besteht."))


@transaction.atomic
def declare_conflict(
    application: GrantApplication, *, has_conflict: bool, statement: str, actor: Actor
) -> ConflictDeclaration:
    """Record the declaration of the acting person; a later one replaces it and the trail keeps both."""
    declaration, _created = ConflictDeclaration.objects.update_or_create(
        application=application,
        person=actor.user,
        defaults={"has_conflict": has_conflict, "statement": statement},
    )
    after = {"has_conflict": has_conflict, "statement": statement}
    audit.record("declare_conflict", declaration, actor=actor, after=after)
    if has_conflict and application.officer_id == actor.user.pk and application.status not in DECIDED:
        application.officer = None
        application.save(update_fields=["officer"])
        audit.record("leave_officer", application, actor=actor, after={"officer": None})
    return declaration


@transaction.atomic
def take_over(application: GrantApplication, *, on: date, actor: Actor) -> None:
    """Begin the review as the assigned officer. Raises ConflictOfInterest or NotAllowedNow."""
    refuse_conflict(application, actor=actor)
    APPLICATION.apply("take_over", application, actor=actor, changes={"officer": actor.user, "status_since": on})


@transaction.atomic
def assign_officer(application: GrantApplication, *, actor: Actor) -> None:
    """Make the acting person the assigned officer of a running review. Raises ConflictOfInterest, NotUnderReview."""
    refuse_conflict(application, actor=actor)
    if application.status in DECIDED or application.is_inside:
        raise NotUnderReview(_("Der Antrag wird gerade nicht geprüft."))
    before = {"officer": application.officer_id}
    application.officer = actor.user
    application.save(update_fields=["officer"])
    audit.record("assign_officer", application, actor=actor, before=before, after={"officer": actor.user.pk})


def sign_of_checklist(application: GrantApplication) -> str:
    """Return a sign of what the checklist says, another one after every change."""
    said = list(application.checklist_answers.order_by("item_id").values_list("item_id", "result", "note"))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@transaction.atomic
def answer_checklist(
    application: GrantApplication, *, answers: dict, on: date, actor: Actor, seen: str | None = None
) -> None:
    """Save answers by checklist item: {item: (result, note)}; `seen` is the sign of what was on the screen.

    Raises ConflictOfInterest, NotUnderReview, or StaleVersion where somebody else has answered since.
    """
    current = locking(GrantApplication.objects).get(pk=application.pk)
    refuse_conflict(current, actor=actor)
    if current.status not in {ApplicationStatus.UNDER_REVIEW, ApplicationStatus.INFORMATION_REQUESTED}:
        raise NotUnderReview(_("Der Antrag wird gerade nicht geprüft."))
    if seen and seen != sign_of_checklist(current):
        raise StaleVersion(
            _(
                "Jemand anderes hat die Prüfliste inzwischen geändert. Ihre Eingaben stehen noch da, gespeichert ist "
                "nichts. Öffnen Sie die Prüfung in einem zweiten Fenster, vergleichen Sie, und speichern Sie dann."
            )
        )
    known = {answer.item_id: answer for answer in current.checklist_answers.all()}
    for item, (result, note) in answers.items():
        earlier = known.get(item.pk)
        if earlier and (earlier.result, earlier.note) == (result, note):
            continue
        answer, _created = ChecklistAnswer.objects.update_or_create(
            application=application, item=item, defaults={"result": result, "note": note, "answered_by": actor.user}
        )
        before = {"result": earlier.result, "note": earlier.note} if earlier else None
        audit.record("answer_checklist", answer, actor=actor, before=before, after={"result": result, "note": note})


@transaction.atomic
def request_information(
    application: GrantApplication, *, text: str, due_on: date, on: date, actor: Actor
) -> InformationRequest:
    """Ask the carrier for what is missing; the deadline moves to a working day (§ 31 (3) VwVfG NRW).

    Raises ConflictOfInterest, DeadlineTooEarly or NotAllowedNow.
    """
    refuse_conflict(application, actor=actor)
    if due_on <= on:
        raise DeadlineTooEarly(_("Die Frist muss nach heute liegen."), field="due_on")
    nominal_on, due_on = due_on, next_working_day(due_on)
    APPLICATION.apply("request_information", application, actor=actor, changes={"status_since": on}, note=text)
    request = InformationRequest.objects.create(
        application=application,
        text=text,
        due_on=due_on,
        requested_on=on,
        document=letters.information_request(application, text=text, due_on=due_on, on=on),
        **actor.signs("requested"),
    )
    clocks.question_asked(request, nominal_on=nominal_on, on=on, actor=actor)
    notifications.tell_carrier_about_request(request)
    return request


@transaction.atomic
def answer_request(request: InformationRequest, *, answer: str, on: date, actor: Actor) -> None:
    """Answer the open questions; the review goes on."""
    changes = {"answer": answer, "answered_on": on, **actor.signs("answered")}
    locking(GrantApplication.objects).get(pk=request.application_id)  # before its request
    INFORMATION_REQUEST.apply("answer", request, actor=actor, changes=changes)
    APPLICATION.apply("answer_request", request.application, actor=actor, changes={"status_since": on})
    clocks.question_answered(request, on=on, actor=actor)
    notifications.tell_officer_about_answer(request)


@transaction.atomic
def hand_back(application: GrantApplication, *, reason: str, on: date, actor: Actor) -> None:
    """Hand the application back for revision; it must be signed twice and submitted again."""
    refuse_conflict(application, actor=actor)
    nobody = dict.fromkeys(("offered_by", "offered_for", "offered_at", "signed_by", "signed_for", "signed_at"))
    changes = {**nobody, "hand_back_reason": reason, "status_since": on}
    APPLICATION.apply("hand_back", application, actor=actor, changes=changes, note=reason)
    notifications.tell_carrier_about_hand_back(application)
