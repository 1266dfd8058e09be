"""The clocks of a grant: which deadlines there are, who hears of them, and when they begin and end (domain 2.1).

Every operation that starts or stops a period calls one function here, in its own transaction. What is a deadline of
one recipient is a row; the window of a call is one row for all centres, and who still owes an application is asked
when somebody is to be reminded (docs/adr/0007-one-window-per-call.md).
"""

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.core.deadlines import APPROVER, AUTHORITY, RECIPIENT
from verbund.funding import audience, legal_remedy, payout, permissions, queries
from verbund.funding.clock_kinds import (
    APPEAL,
    APPLICATION_WINDOW,
    CENTRE_WINDOW,
    HEARING_ANSWER,
    INFORMATION_ANSWER,
    INTERIM_PROOF,
    LAST_DRAWDOWN,
    PAY_DAY,
    PROOF_OF_USE,
    RECLAIM_DUE,
    REVOCATION_YEAR,
    USE_WITHIN_TWO_MONTHS,
)
from verbund.funding.models import (
    Call,
    CentreWindow,
    Disbursement,
    GrantApplication,
    GrantNotice,
    Hearing,
    InformationRequest,
    Instalment,
    ProofOfUse,
    Reclaim,
    ReclaimNotice,
)
from verbund.funding.models.notices import Notice


def _register(code: str, label, recipients, **more) -> None:
    more = {
        "url": lambda subject: subject.get_absolute_url(),
        "title": lambda subject: str(subject.application),
        "may_extend": permissions.can_extend_deadline,
        "may_remind": permissions.can_remind,
        **more,
    }
    audiences = {AUTHORITY: audience.officers_of, APPROVER: audience.approvers_of}
    if recipients is not None:
        audiences[RECIPIENT] = recipients
    deadlines.register_kind(code, label, audiences=audiences, **more)


def register() -> None:
    """Register the kinds of funding and the records they run on; called once when the app is ready."""
    _register(
        INFORMATION_ANSWER,
        _("Nachforderung beantworten"),
        audience.applicants_of,
        url=lambda request: request.application.get_absolute_url(),
    )
    deadlines.register_kind(
        APPLICATION_WINDOW,
        _("Antrag einreichen"),
        audiences={RECIPIENT: audience.those_who_may_apply, AUTHORITY: lambda call: []},
        url=lambda call: reverse("funding:home"),
        title=str,
        is_extendable=False,
        lapses=True,
    )
    deadlines.register_kind(
        CENTRE_WINDOW,
        _("Antrag einreichen, Frist dieses Zentrums"),
        audiences={RECIPIENT: audience.those_who_may_apply_longer, AUTHORITY: lambda window: []},
        url=lambda window: window.get_absolute_url(),
        title=str,
        lapses=True,
    )
    fixed = {"is_extendable": False, "lapses": True}
    _register(APPEAL, _("Klage gegen den Bescheid"), audience.signatories_of, **fixed)
    _register(PAY_DAY, _("Rate abrufen"), audience.payees_of, **fixed)
    _register(LAST_DRAWDOWN, _("letzter Tag für Mittelabrufe"), audience.payees_of, lapses=True)
    _register(PROOF_OF_USE, _("Verwendungsnachweis einreichen"), audience.provers_of)
    _register(INTERIM_PROOF, _("Zwischennachweis einreichen"), audience.provers_of)
    to_grant = {"url": lambda hearing: hearing.application.get_absolute_url()}
    _register(HEARING_ANSWER, _("zur Anhörung äußern"), audience.provers_of, **to_grant)
    _register(REVOCATION_YEAR, _("Jahresfrist für Rücknahme und Widerruf"), None, is_extendable=False, **to_grant)
    _register(
        USE_WITHIN_TWO_MONTHS,
        _("Mittel innerhalb von zwei Monaten verwenden"),
        audience.payees_of,
        url=lambda payment: payment.drawdown.get_absolute_url(),
    )
    _register(RECLAIM_DUE, _("Erstattung zahlen"), audience.payees_of, title=str, is_extendable=False)
    _register_subjects()


def _register_subjects() -> None:
    joined = ("call__programme", "centre__organisation", "carrier__organisation")
    for model, path, visible_to in (
        (GrantApplication, "", queries.applications_visible_to),
        (InformationRequest, "application__", queries.information_requests_visible_to),
        (GrantNotice, "decision__application__", queries.notices_visible_to),
        (Hearing, "application__", queries.hearings_visible_to),
        (ProofOfUse, "application__", queries.proofs_visible_to),
        (Reclaim, "application__", queries.reclaims_visible_to),
        (ReclaimNotice, "reclaim__application__", queries.reclaim_notices_visible_to),
        (Disbursement, "drawdown__notice__decision__application__", queries.disbursements_visible_to),
        (Instalment, "notice__decision__application__", queries.instalments_visible_to),
    ):
        names = [f"{path}{name}" for name in joined]
        deadlines.register_subject(
            model,
            records=lambda model=model, names=names: model.objects.select_related(*names),
            visible_to=visible_to,
        )
    deadlines.register_subject(
        Call, records=lambda: Call.objects.select_related("programme"), visible_to=queries.calls_visible_to
    )
    deadlines.register_subject(
        CentreWindow,
        records=lambda: CentreWindow.objects.select_related("call__programme", "centre__organisation"),
        visible_to=queries.windows_visible_to,
    )


# the carrier applies and answers


def window_opens(call: Call, *, actor: Actor) -> None:
    """Let the window of a call run to its last day; without one (2012) nothing runs."""
    if call.closes_on is not None:
        deadlines.set_deadline(APPLICATION_WINDOW, call, nominal_on=call.closes_on, actor=actor)


def window_is_longer(window: CentreWindow, *, until: date, reason: str, on: date, actor: Actor) -> None:
    """Let one centre apply until a later working day. Raises NotForward or ReasonMissing (`core.deadlines`)."""
    nominal_on = window.call.closes_on
    own = deadlines.set_deadline(CENTRE_WINDOW, window, nominal_on=nominal_on, actor=actor, on=on)
    deadlines.extend(own, until=until, reason=reason, on=on, actor=actor)


def question_asked(request: InformationRequest, *, nominal_on: date, on: date, actor: Actor) -> None:
    deadlines.set_deadline(INFORMATION_ANSWER, request, nominal_on=nominal_on, actor=actor, on=on)


def question_answered(request: InformationRequest, *, on: date, actor: Actor) -> None:
    deadlines.fulfil(INFORMATION_ANSWER, request, on=on, actor=actor)


def question_lapses(request: InformationRequest, *, reason: str, on: date, actor: Actor) -> None:
    deadlines.lift(INFORMATION_ANSWER, request, reason=reason, on=on, actor=actor)


# a notice


def appeal_runs(notice: Notice, *, on: date, actor: Actor) -> None:
    """Let the appeal period run from the day of notification; a wrong instruction makes it a year."""
    nominal_on = legal_remedy.appeal_nominally_until(notice.notified_on, remedy_is_correct=notice.remedy_is_correct)
    deadlines.set_deadline(APPEAL, notice, nominal_on=nominal_on, actor=actor, on=on)


def appeal_ends(notice: Notice, *, on: date, actor: Actor) -> None:
    """End the appeal period: it has passed, the carrier waived it, or an action was brought."""
    deadlines.fulfil(APPEAL, notice, on=on, actor=actor)


# the money


def grant_issued(notice: GrantNotice, *, on: date, actor: Actor) -> None:
    """Let the days run on which a grant falls due and the last one on which it can be called."""
    if not notice.is_grant:
        return
    _call_money_until(notice, on=on, actor=actor)
    days = payout.pay_days(notice.application.call)
    for part, nominal_on in zip(notice.instalments.all(), days, strict=False):
        if nominal_on is not None and part.due_on > on:
            deadlines.set_deadline(PAY_DAY, part, nominal_on=nominal_on, actor=actor, on=on)


def _call_money_until(notice: GrantNotice, *, on: date, actor: Actor) -> None:
    """The budget year is a fixed calendar date: it does not move to a working day (§ 45 LHO NRW)."""
    last_day = notice.application.call.drawdowns_until
    deadlines.set_deadline(LAST_DRAWDOWN, notice, nominal_on=last_day, is_fixed_date=True, actor=actor, on=on)


def version_replaced(notice: GrantNotice, *, on: date, actor: Actor) -> None:
    """Lift the days of a version that another one replaces; the new version has its own."""
    reason = str(_("Eine neuere Fassung gilt."))
    deadlines.lift(LAST_DRAWDOWN, notice, reason=reason, on=on, actor=actor)
    for part in notice.instalments.all():
        deadlines.lift(PAY_DAY, part, reason=reason, on=on, actor=actor)


def money_called(notice: GrantNotice, *, on: date, actor: Actor) -> None:
    """Bring the clocks in step with what has been called; a call that is rejected or withdrawn starts them again.

    What runs is the valid version, whichever one the call was made under.
    """
    notice = queries.valid_notice(notice.application) or notice
    called, until_here = payout.amount_drawn(notice), Decimal(0)
    days = payout.pay_days(notice.application.call)
    for part, nominal_on in zip(notice.instalments.all(), days, strict=False):
        until_here += part.amount
        if called >= until_here:
            deadlines.fulfil(PAY_DAY, part, on=on, actor=actor)
        elif nominal_on is not None and part.due_on > on:
            deadlines.set_deadline(PAY_DAY, part, nominal_on=nominal_on, actor=actor, on=on)
    if called >= notice.amount_granted:
        deadlines.fulfil(LAST_DRAWDOWN, notice, on=on, actor=actor)
    elif deadlines.due_of(LAST_DRAWDOWN, notice) is None:
        _call_money_until(notice, on=on, actor=actor)


def last_day_for_drawdowns(notice: GrantNotice) -> date:
    """Return the last day on which this grant can be called: the extended one, else that of its call."""
    return deadlines.due_of(LAST_DRAWDOWN, notice) or notice.application.call.drawdowns_until


# a hearing


def hearing_opened(hearing: Hearing, *, nominal_on: date, last_day: date | None, on: date, actor: Actor) -> None:
    """Let the carrier's time to answer run, and the year for a rescission or revocation where it has begun."""
    deadlines.set_deadline(HEARING_ANSWER, hearing, nominal_on=nominal_on, actor=actor, on=on)
    if last_day is not None:
        deadlines.set_deadline(REVOCATION_YEAR, hearing, nominal_on=last_day, actor=actor, on=on)


def hearing_ended(hearing: Hearing, *, on: date, actor: Actor) -> None:
    deadlines.fulfil(HEARING_ANSWER, hearing, on=on, actor=actor)


def revocation_decided(hearing: Hearing, *, on: date, actor: Actor) -> None:
    deadlines.fulfil(REVOCATION_YEAR, hearing, on=on, actor=actor)
