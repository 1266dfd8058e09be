"""Notices: issue, notify, waive, contest, become final."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import SYSTEM, Actor
from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.funding import clocks, legal_remedy, letters, notifications, payout, proof_clocks
from verbund.funding.lifecycle import NOTICE, NoticeStatus
from verbund.funding.models import Decision, GrantNotice, Instalment, ReclaimNotice
from verbund.funding.models.notices import Notice, new_verification_code
from verbund.funding.operations import court_of_audit


class WrongDay(DomainError):
    """A day that cannot be right: before the notice was issued, or in the future."""


def issue(decision: Decision, *, issued_on: date, actor: Actor, replaces: GrantNotice | None = None) -> GrantNotice:
    """Issue the notice of a signed decision: number, parameters, instalments, document. Call within its transaction.

    `replaces` is the version before, when a grant changes.
    """
    application = decision.application
    code = new_verification_code()
    plan = payout.instalments(decision) if decision.kind != Decision.Kind.REFUSAL else []
    document = letters.notice(decision, plan=plan, issued_on=issued_on, code=code)
    notice = GrantNotice.objects.create(
        decision=decision,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        effective_from=decision.effective_from,
        file_reference=application.file_reference,
        issued_on=issued_on,
        amount_granted=decision.amount,
        parameters=decision.parameters,
        document=document,
        verification_code=code,
    )
    Instalment.objects.bulk_create(
        Instalment(notice=notice, number=number, due_on=part.due_on, amount=part.amount)
        for number, part in enumerate(plan, start=1)
    )
    after = {
        "amount_granted": notice.amount_granted,
        "issued_on": issued_on,
        "sha256": document.sha256,
        "amount": format_euro(notice.amount_granted),
    }
    audit.record("issue_notice", notice, actor=actor, after=after)
    clocks.grant_issued(notice, on=issued_on, actor=actor)
    court_of_audit.note_copy(notice)
    proof_clocks.version_issued(notice, on=issued_on, actor=actor)
    return notice


@transaction.atomic
def record_notification(notice: Notice, *, how: str, day: date, on: date, actor: Actor) -> None:
    """Record how and when the notice reached the carrier and begin the appeal period.

    By post `day` is the day of posting and the statutory presumption counts; otherwise it is the day of notification.
    Raises WrongDay or NotAllowedNow.
    """
    if day < notice.issued_on:
        raise WrongDay(
            _("Der Bescheid wurde erst am %(day)s erlassen.") % {"day": f"{notice.issued_on:%d.%m.%Y}"}, field="day"
        )
    if day > on:
        raise WrongDay(_("Der Tag liegt in der Zukunft."), field="day")
    by_post = how == Notice.How.POST
    notified_on = legal_remedy.notified_on_by_post(day) if by_post else day
    changes = {
        "notified_how": how,
        "posted_on": day if by_post else None,
        "notified_on": notified_on,
        "appeal_until": legal_remedy.appeal_until(notified_on, remedy_is_correct=notice.remedy_is_correct),
    }
    NOTICE.apply("record_notification", notice, actor=actor, changes=changes)
    clocks.appeal_runs(notice, on=on, actor=actor)


@transaction.atomic
def mark_remedy_as_wrong(notice: Notice, *, reason: str, actor: Actor) -> None:
    """Record that the printed legal remedy was wrong: the appeal period becomes a year (§ 58 (2) VwGO)."""
    current = locking(type(notice)._default_manager).get(pk=notice.pk)
    if current.status == NoticeStatus.FINAL:
        raise WrongDay(_("Der Bescheid ist schon bestandskräftig."))
    before = {"remedy_is_correct": current.remedy_is_correct, "appeal_until": current.appeal_until}
    notice.remedy_is_correct = False
    if current.notified_on:
        notice.appeal_until = legal_remedy.appeal_until(current.notified_on, remedy_is_correct=False)
    notice.save(update_fields=["remedy_is_correct", "appeal_until"])
    after = {"remedy_is_correct": False, "appeal_until": notice.appeal_until}
    audit.record("mark_remedy_as_wrong", notice, actor=actor, before=before, after=after, note=reason)
    if notice.status == NoticeStatus.NOTIFIED:
        clocks.appeal_runs(notice, on=today(), actor=actor)


@transaction.atomic
def waive_remedy(notice: Notice, *, on: date, actor: Actor) -> None:
    """Waive the remedy for the carrier: the notice is final from that day. Raises WrongDay or NotAllowedNow."""
    if notice.notified_on and on < notice.notified_on:
        raise WrongDay(
            _("Der Bescheid gilt erst am %(day)s als bekannt gegeben; ein Verzicht ist ab dann möglich.")
            % {"day": f"{notice.notified_on:%d.%m.%Y}"}
        )
    changes = {"waiver_received_on": on, "waived_by": actor.user, "final_on": on}
    NOTICE.apply("accept_waiver", notice, actor=actor, changes=changes)
    clocks.appeal_ends(notice, on=on, actor=actor)
    notifications.tell_both_that_final(notice)


@transaction.atomic
def contest(notice: Notice, *, reason: str, brought_on: date, actor: Actor) -> None:
    """Record that an action was brought on a day within the appeal period. Raises WrongDay or NotAllowedNow."""
    if notice.notified_on and brought_on < notice.notified_on:
        raise WrongDay(
            _("Der Bescheid gilt erst am %(day)s als bekannt gegeben.") % {"day": f"{notice.notified_on:%d.%m.%Y}"},
            field="brought_on",
        )
    if notice.appeal_until and brought_on > notice.appeal_until:
        raise WrongDay(
            _("Die Klagefrist ist am %(day)s abgelaufen.") % {"day": f"{notice.appeal_until:%d.%m.%Y}"},
            field="brought_on",
        )
    NOTICE.apply("contest", notice, actor=actor, note=reason)
    clocks.appeal_ends(notice, on=brought_on, actor=actor)


@transaction.atomic
def settle_contest(notice: Notice, *, reason: str, on: date, actor: Actor) -> None:
    """Record that the action ended and the notice stands."""
    NOTICE.apply("settle_contest", notice, actor=actor, changes={"final_on": on}, note=reason)
    notifications.tell_both_that_final(notice)


def finalise_due_notices(*, on: date) -> int:
    """Make every notice final, of grants and of claims, whose appeal period ended before a day; returns how many."""
    due = [
        notice
        for model in (GrantNotice, ReclaimNotice)
        for notice in model.objects.filter(status=NoticeStatus.NOTIFIED, appeal_until__lt=on)
    ]
    for notice in due:
        with transaction.atomic():
            changes = {"final_on": notice.appeal_until + timedelta(days=1)}
            NOTICE.apply("become_final", notice, actor=SYSTEM, changes=changes)
            clocks.appeal_ends(notice, on=changes["final_on"], actor=SYSTEM)
            notifications.tell_both_that_final(notice)
    return len(due)
