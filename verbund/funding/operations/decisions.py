"""Decide with four eyes: one person proposes, another one signs, and the notice is issued in the same act."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.directory.operations import mark_as_changed
from verbund.funding import amounts, notifications, queries
from verbund.funding.lifecycle import APPLICATION, DECISION
from verbund.funding.models import BudgetTitle, Decision, GrantApplication, GrantNotice
from verbund.funding.operations import commitments, notices, posts, titles
from verbund.funding.operations.reviews import refuse_conflict


class ChecklistOpen(DomainError):
    """Every item of the checklist needs an answer before a decision; a grant needs none that is not met."""


class AboveMaximum(DomainError):
    """No more can be granted than the rules give, and no more than was asked for."""


class ReasonMissing(DomainError):
    """A refusal and a deviation need reasons (§ 39 VwVfG NRW)."""


def _refuse_open_checklist(application: GrantApplication, kind: str) -> None:
    answers = dict(application.checklist_answers.values_list("item_id", "result"))
    open_items = sum(item.pk not in answers for item in queries.checklist_of(application))
    if open_items:
        raise ChecklistOpen(_("In der Prüfliste sind noch %(count)s Punkte offen.") % {"count": open_items})
    if kind == Decision.Kind.GRANT and "NOT_MET" in answers.values():
        raise ChecklistOpen(_("Ein Punkt der Prüfliste ist nicht erfüllt; so kann nicht bewilligt werden."))


@transaction.atomic
def propose_decision(
    application: GrantApplication,
    *,
    kind: str,
    amount: Decimal,
    reasons: str = "",
    deviation_reason: str = "",
    on: date,
    actor: Actor,
) -> Decision:
    """Propose to grant `amount` euros or to refuse.

    Raises ChecklistOpen, AboveMaximum, ReasonMissing, TitleExhausted, ConflictOfInterest or NotAllowedNow.
    """
    refuse_conflict(application, actor=actor)
    APPLICATION.check("propose_decision", GrantApplication.objects.get(pk=application.pk))
    _refuse_open_checklist(application, kind)
    computed = amounts.compute(application).total
    if kind == Decision.Kind.REFUSAL:
        amount = Decimal(0)
        if not reasons.strip():
            raise ReasonMissing(_("Eine Ablehnung braucht Gründe."), field="reasons")
    else:
        _refuse_wrong_amount(application, amount, computed, deviation_reason)
    APPLICATION.apply("propose_decision", application, actor=actor, changes={"status_since": on})
    decision = Decision.objects.create(
        application=application,
        kind=kind,
        amount=amount,
        amount_computed=computed,
        reasons=reasons,
        deviation_reason=deviation_reason,
        parameters=amounts.parameters_of(application),
        **actor.signs("proposed"),
    )
    notifications.tell_approvers(decision)
    return decision


def _refuse_wrong_amount(application, amount: Decimal, computed: Decimal, deviation_reason: str) -> None:
    most = min(computed, application.amount_requested)
    if amount <= 0:
        raise AboveMaximum(_("Eine Bewilligung braucht einen Betrag über null."), field="amount")
    if amount > most:
        raise AboveMaximum(
            _("Höchstens %(most)s sind möglich: errechnet %(computed)s, beantragt %(requested)s.")
            % {
                "most": format_euro(most),
                "computed": format_euro(computed),
                "requested": format_euro(application.amount_requested),
            },
            field="amount",
        )
    if amount != computed and not deviation_reason.strip():
        raise ReasonMissing(_("Der Betrag weicht vom errechneten ab; nennen Sie den Grund."), field="deviation_reason")
    _refuse_beyond_titles(amounts.titles_by_year(application.call), amounts.parameters_of(application), amount)


def _refuse_beyond_titles(by_year: dict[int, BudgetTitle], parameters: dict, amount: Decimal) -> None:
    for year, part in amounts.amounts_by_year(parameters, amount).items():
        if part > by_year[year].amount_free:
            raise titles.TitleExhausted(by_year[year], part)


@transaction.atomic
def countersign_decision(decision: Decision, *, issued_on: date, actor: Actor) -> GrantNotice:
    """Countersign a proposed grant or refusal and issue its notice (changes of a grant: `countersign_change`).

    Commits `decision.amount` euros of the budget titles, each year by its own, and provides the centre with the posts
    granted. Raises SamePerson, ConflictOfInterest, TitleExhausted, or NotAllowedNow when the decision is not awaiting a
    second signature.
    """
    application = locking(GrantApplication.objects).get(pk=decision.application_id)  # before its decision
    current = locking(Decision.objects).get(pk=decision.pk)
    DECISION.check("countersign", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    refuse_conflict(application, actor=actor)
    is_grant = current.kind == Decision.Kind.GRANT
    held = commitments.hold_titles(application) if is_grant else {}
    if is_grant:
        _refuse_beyond_titles(held, current.parameters, current.amount)
    DECISION.apply("countersign", decision, actor=actor, changes={**actor.signs("signed"), "signed_at": timezone.now()})
    move = "grant" if is_grant else "refuse"
    APPLICATION.apply(move, application, actor=actor, changes={"status_since": issued_on})
    notice = notices.issue(decision, issued_on=issued_on, actor=actor)
    if is_grant:
        commitments.bind(notice, held, on=issued_on, actor=actor)
        posts.provide_posts_of(notice, on=issued_on, actor=actor)
    mark_as_changed(application.centre_id)
    notifications.tell_carrier_about_notice(notice)
    return notice


@transaction.atomic
def reject_proposal(decision: Decision, *, reason: str, on: date, actor: Actor) -> None:
    """Send a proposal back to the review with a reason. The proposer may take it back in the same way."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    locking(GrantApplication.objects).get(pk=decision.application_id)  # before its decision
    DECISION.apply("reject", decision, actor=actor, changes={"rejection_reason": reason}, note=reason)
    APPLICATION.apply("reject_proposal", decision.application, actor=actor, changes={"status_since": on})
    notifications.tell_officer_about_rejection(decision)
