"""Changes of a grant: request, amend, rescind, revoke. Each makes a new version of the notice, with four eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.directory.operations import mark_as_changed
from verbund.funding import amounts, clocks, notifications, payout, queries
from verbund.funding.lifecycle import CHANGE_REQUEST, DECISION, ApplicationStatus, ChangeRequestStatus, DecisionStatus
from verbund.funding.models import ChangeRequest, Decision, GrantApplication, GrantNotice, Hearing, Reclaim
from verbund.funding.operations import commitments, hearings, notices, posts
from verbund.funding.operations.applications import PostPlan
from verbund.funding.operations.decisions import AboveMaximum, ReasonMissing
from verbund.funding.operations.grants import locked_grant
from verbund.funding.operations.reclaims import open_reclaim
from verbund.funding.operations.reviews import refuse_conflict

OCCASIONS = {
    Decision.Kind.AMENDMENT: Reclaim.Occasion.AMENDMENT,
    Decision.Kind.RESCISSION: Reclaim.Occasion.RESCISSION,
    Decision.Kind.REVOCATION: Reclaim.Occasion.REVOCATION,
}
BURDENS = frozenset({Decision.Kind.RESCISSION, Decision.Kind.REVOCATION})
"""What may only be decided after a hearing, within a year, and with discretion recorded (§§ 28, 48, 49 VwVfG NRW)."""


class NothingGranted(DomainError):
    """There is no grant that could change."""


class VersionReplaced(DomainError):
    """Another version of the notice was issued meanwhile; what is changed must be the one that counts."""


class ProposalWaits(DomainError):
    """One change of a grant waits for its second signature; the next one is proposed after it."""


class NothingChanges(DomainError):
    """Sum, posts and period are the same as before."""


class OutsideThePeriod(DomainError):
    """A change counts from a day within the grant period."""


class OpenDrawdowns(DomainError):
    """Calls for money that are under way would exceed the lower grant."""


class YearIsOver(DomainError):
    """Rescission and revocation are possible within a year of full knowledge (§§ 48 (4), 49 (3) VwVfG NRW)."""


class OnlyForTheFuture(DomainError):
    """What counts only for the future leaves what was paid."""


@dataclass(frozen=True)
class Extent:
    """How far a rescission or revocation goes: back into the past or only ahead, and how discretion was used."""

    reaches_back: bool
    discretion: str
    hearing: Hearing | None


@transaction.atomic
def request_change(
    application: GrantApplication,
    *,
    kind: str,
    reason: str,
    effective_from: date,
    amount_requested: Decimal | None,
    on: date,
    actor: Actor,
) -> ChangeRequest:
    """Ask the authority to change the grant from a day on. Raises NothingGranted or OutsideThePeriod."""
    _granted(locked_grant(application.pk))
    _refuse_outside(application, effective_from)
    request = ChangeRequest.objects.create(
        application=application,
        kind=kind,
        reason=reason,
        effective_from=effective_from,
        amount_requested=amount_requested,
        requested_on=on,
        **actor.signs("requested"),
    )
    after = {"kind": kind, "reason": reason, "effective_from": effective_from, "amount_requested": amount_requested}
    audit.record("request_change", request, actor=actor, after=after)
    notifications.tell_officer_about_change_request(request)
    return request


@transaction.atomic
def withdraw_change_request(request: ChangeRequest, *, actor: Actor) -> None:
    """Take a request back before it is decided. Raises NotAllowedNow."""
    CHANGE_REQUEST.apply("withdraw_change", request, actor=actor)


@transaction.atomic
def decline_change_request(request: ChangeRequest, *, answer: str, on: date, actor: Actor) -> None:
    """Leave the grant as it is, with a reason. Raises ConflictOfInterest, ReasonMissing or NotAllowedNow."""
    refuse_conflict(request.application, actor=actor)
    if not answer.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="answer")
    changes = {"answer": answer, "answered_on": on, **actor.signs("answered")}
    CHANGE_REQUEST.apply("decline_change", request, actor=actor, changes=changes, note=answer)
    notifications.tell_carrier_about_declined_change(request)


@transaction.atomic
def propose_change(
    notice: GrantNotice,
    *,
    kind: str,
    amount: Decimal | None,
    effective_from: date,
    reasons: str,
    on: date,
    actor: Actor,
    posts: Sequence[PostPlan] | None = None,
    deviation_reason: str = "",
    extent: Extent | None = None,
) -> Decision:
    """Propose a new version of a grant: `amount` is the whole grant afterwards, `posts` the whole post plan.

    Without an amount it is what the posts compute to; without `posts` those of the valid version stay. A rescission or
    revocation needs its `extent`. Raises ConflictOfInterest, VersionReplaced, ProposalWaits, NothingChanges,
    OutsideThePeriod, AboveMaximum, ReasonMissing, NotHeard, YearIsOver, OnlyForTheFuture or TitleExhausted.
    """
    application = locked_grant(notice.decision.application_id)
    refuse_conflict(application, actor=actor)
    _refuse_replaced(application, notice)
    _refuse_while_one_waits(application)
    _refuse_outside(application, effective_from)
    if not reasons.strip():
        raise ReasonMissing(_("Eine Änderung braucht Gründe; sie stehen im Bescheid."), field="reasons")
    parameters = notice.parameters if posts is None else amounts.parameters_of(application, posts)
    computed = amounts.recompute(parameters).total
    amount = computed if amount is None else amount
    if kind in BURDENS:
        _refuse_burden(application, notice, amount, extent, on)
        deviation_reason = deviation_reason or str(Decision.Kind(kind).label)
    else:
        _refuse_wrong_amount(notice, parameters, amount, computed, deviation_reason)
    commitments.refuse_beyond_titles(notice, parameters, amount)
    decision = Decision.objects.create(
        application=application,
        kind=kind,
        amends=notice,
        amount=amount,
        amount_computed=computed,
        reasons=reasons,
        deviation_reason=deviation_reason,
        effective_from=effective_from,
        reaches_back=bool(extent and extent.reaches_back),
        discretion=extent.discretion if extent else "",
        parameters=parameters,
        **actor.signs("proposed"),
    )
    audit.record("propose_change", decision, actor=actor, after=_said(decision))
    notifications.tell_approvers(decision)
    return decision


def _said(decision: Decision) -> dict:
    names = ("kind", "amount", "effective_from", "reasons", "deviation_reason", "reaches_back", "discretion")
    return {name: getattr(decision, name) for name in names}


def _granted(application: GrantApplication) -> GrantNotice:
    notice = queries.valid_notice(application)
    if application.status != ApplicationStatus.GRANTED or notice is None:
        raise NothingGranted(_("Zu diesem Antrag gibt es keine Bewilligung."))
    return notice


def _refuse_replaced(application: GrantApplication, notice: GrantNotice) -> None:
    if _granted(application).pk != notice.pk:
        raise VersionReplaced(_("Inzwischen gilt eine neuere Fassung des Bescheids. Bitte sehen Sie noch einmal nach."))


def _refuse_while_one_waits(application: GrantApplication) -> None:
    if application.decisions.filter(status=DecisionStatus.PROPOSED).exists():
        raise ProposalWaits(
            _("Eine vorgeschlagene Änderung wartet noch auf die zweite Person. Lassen Sie sie zuerst zurückweisen.")
        )


def _refuse_outside(application: GrantApplication, effective_from: date) -> None:
    call = application.call
    if not call.period_from <= effective_from <= call.period_until:
        raise OutsideThePeriod(
            _("Der Tag muss im Bewilligungszeitraum liegen: %(first)s bis %(last)s.")
            % {"first": f"{call.period_from:%d.%m.%Y}", "last": f"{call.period_until:%d.%m.%Y}"},
            field="effective_from",
        )


def _refuse_wrong_amount(notice, parameters: dict, amount: Decimal, computed: Decimal, deviation_reason: str) -> None:
    if amount < 0 or amount > computed:
        raise AboveMaximum(
            _("Höchstens %(most)s sind möglich; so viel ist errechnet.") % {"most": format_euro(computed)},
            field="amount",
        )
    if amount != computed and not deviation_reason.strip():
        raise ReasonMissing(_("Der Betrag weicht vom errechneten ab; nennen Sie den Grund."), field="deviation_reason")
    if amount == notice.amount_granted and parameters == notice.parameters:
        raise NothingChanges(_("Betrag und Stellen sind dieselben wie bisher."), field="amount")


def _refuse_burden(application, notice, amount: Decimal, extent: Extent | None, on: date) -> None:
    """Check what a rescission or revocation needs: a lower sum, a hearing, discretion, and the year not over."""
    if not 0 <= amount < notice.amount_granted:
        raise AboveMaximum(
            _("Danach muss die Zuwendung niedriger sein als %(granted)s.")
            % {"granted": format_euro(notice.amount_granted)},
            field="amount",
        )
    if extent is None or not extent.discretion.strip():
        raise ReasonMissing(_("Begründen Sie, wie das Ermessen ausgeübt wurde."), field="discretion")
    hearings.refuse_unheard(extent.hearing)
    last_day = hearings.last_day_of_revocation(extent.hearing)
    if last_day is not None and on > last_day:
        raise YearIsOver(
            _("Die Jahresfrist ist am %(day)s abgelaufen (§§ 48, 49 VwVfG NRW).") % {"day": f"{last_day:%d.%m.%Y}"}
        )
    paid = payout.amount_kept(application)
    if not extent.reaches_back and amount < paid:
        raise OnlyForTheFuture(
            _("Nur für die Zukunft bleibt, was gezahlt ist: mindestens %(paid)s.") % {"paid": format_euro(paid)},
            field="amount",
        )


@transaction.atomic
def countersign_change(decision: Decision, *, issued_on: date, actor: Actor) -> GrantNotice:
    """Countersign a proposed change and issue the next version of the notice.

    Binds or frees what differs in the titles. What was paid beyond the new sum becomes a reclaim: payments under an
    earlier version are judged by this one. Raises SamePerson, ConflictOfInterest, VersionReplaced, OpenDrawdowns,
    TitleExhausted or NotAllowedNow.
    """
    application = locked_grant(decision.application_id)
    current = locking(Decision.objects).get(pk=decision.pk)
    DECISION.check("countersign", current)
    refuse_same_person(actor, persons_of(current, "proposed"))
    refuse_conflict(application, actor=actor)
    before = GrantNotice.objects.get(pk=current.amends_id)
    _refuse_replaced(application, before)
    paid = payout.amount_paid(application)
    _refuse_open_drawdowns(before, current.amount, paid)
    titles_held = commitments.hold_titles(application)
    DECISION.apply("countersign", decision, actor=actor, changes={**actor.signs("signed"), "signed_at": timezone.now()})
    clocks.version_replaced(before, on=issued_on, actor=actor)
    notice = notices.issue(decision, issued_on=issued_on, actor=actor, replaces=before)
    posts.provide_posts_of(notice, on=issued_on, actor=actor)
    commitments.adjust(before, notice, titles_held, on=issued_on, actor=actor)
    if decision.kind in BURDENS:
        for hearing in application.hearings.filter(occasion=decision.kind):
            clocks.revocation_decided(hearing, on=issued_on, actor=actor)
    for request in application.change_requests.filter(status=ChangeRequestStatus.SUBMITTED):
        changes = {"decision": decision, "answered_on": issued_on, **actor.signs("answered")}
        CHANGE_REQUEST.apply("grant_change", request, actor=actor, changes=changes)
    _claim_overpaid(decision, notice, paid, on=issued_on, actor=actor)
    mark_as_changed(application.centre_id)
    notifications.tell_carrier_about_notice(notice)
    return notice


def _refuse_open_drawdowns(notice: GrantNotice, amount: Decimal, paid: Decimal) -> None:
    open_ones = payout.amount_called(notice) - paid
    if open_ones and payout.amount_drawn(notice) > amount:
        raise OpenDrawdowns(
            _("Mittelabrufe über %(open)s laufen noch; weisen Sie sie zuerst zurück, oder warten Sie die Zahlung ab.")
            % {"open": format_euro(open_ones)}
        )


def _claim_overpaid(decision: Decision, notice: GrantNotice, paid: Decimal, *, on: date, actor: Actor) -> None:
    """Open a reclaim for what was paid beyond the new sum and is not claimed yet."""
    claimed = queries.amount_claimed(decision.application)
    overpaid = paid - notice.amount_granted - claimed
    if overpaid > 0:
        said = _("Gezahlt %(paid)s, nach Fassung %(version)s stehen %(granted)s zu.")
        if claimed:
            said = _("Gezahlt %(paid)s, zurückgefordert %(claimed)s, nach Fassung %(version)s stehen %(granted)s zu.")
        reason = said % {
            "paid": format_euro(paid),
            "claimed": format_euro(claimed),
            "version": notice.version,
            "granted": format_euro(notice.amount_granted),
        }
        open_reclaim(
            decision.application,
            occasion=OCCASIONS[Decision.Kind(decision.kind)],
            principal=overpaid,
            reason=reason,
            on=on,
            actor=actor,
            notice=notice,
            told_on=on,
        )


@transaction.atomic
def reject_change(decision: Decision, *, reason: str, actor: Actor) -> None:
    """Send a proposed change back with a reason; the grant stays as it is. Raises ReasonMissing or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    DECISION.apply("reject", decision, actor=actor, changes={"rejection_reason": reason}, note=reason)
    notifications.tell_officer_about_rejection(decision)
