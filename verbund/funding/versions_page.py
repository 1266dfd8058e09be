"""What the page of a notice says about its versions: what was asked, heard, proposed and claimed."""

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.funding import permissions, queries, reclaim_reading, vacancies
from verbund.funding.lifecycle import CHANGE_REQUEST, HEARING
from verbund.funding.models import GrantNotice
from verbund.funding.operations.hearings import last_day_of_revocation

TONES = {"SUBMITTED": "warning", "GRANTED": "success", "DECLINED": "neutral", "WITHDRAWN": "neutral"}
HEARING_TONES = {"OPEN": "warning", "ANSWERED": "info", "CLOSED": "neutral", "LAPSED": "neutral"}


def about(notice: GrantNotice, actor: Actor, *, on: date) -> dict:
    """Return the context of `funding/parts/versions.html`; nothing for a refusal."""
    if not notice.is_grant:
        return {}
    application = notice.application
    versions = list(queries.versions_of(application).select_related("decision"))
    last = versions[-1]
    differences = [None, *(later.amount_granted - earlier.amount_granted for earlier, later in pairwise(versions))]
    return {
        "versions": [
            {"notice": one, "is_valid": one.pk == last.pk, "difference": difference}
            for one, difference in zip(versions, differences, strict=True)
        ],
        "is_replaced": notice.pk != last.pk,
        "valid_version": last,
        "open_decision": _open_decision(application, actor),
        "change_requests": [_request_row(one, actor) for one in application.change_requests.all()],
        "hearings": [
            _hearing_row(one, actor, on) for one in queries.hearings_visible_to(actor).filter(application=application)
        ],
        "reclaims": reclaim_reading.rows_of(queries.reclaims_visible_to(actor).filter(application=application), actor),
        "can_request_change": permissions.can_request_change(actor, notice),
        "can_pay_back": permissions.can_pay_back(actor, notice),
        "can_amend": permissions.can_propose_change(actor, notice),
        "vacancy": _vacancy(application, on) if permissions.can_propose_change(actor, notice) else None,
    }


def _vacancy(application, on: date) -> vacancies.Consequences | None:
    """Return what vacancies cost, for who proposes a change; None where they cost nothing or no posts are granted."""
    try:
        found = vacancies.consequences(application, on=on)
    except DomainError:
        return None
    return found if found.total_difference else None


def _open_decision(application, actor: Actor):
    return queries.decisions_visible_to(actor).filter(application=application, status="PROPOSED").first()


def _request_row(request, actor: Actor) -> dict:
    is_open = bool(CHANGE_REQUEST.open_for(request.status))
    return {
        "request": request,
        "tone": TONES[request.status],
        "can_withdraw": is_open and permissions.can_withdraw_change_request(actor, request),
        "can_decline": is_open and permissions.can_decline_change_request(actor, request),
    }


def _hearing_row(hearing, actor: Actor, on: date) -> dict:
    is_open = "answer_hearing" in HEARING.open_for(hearing.status)
    is_running = on <= hearing.due_on
    return {
        "hearing": hearing,
        "tone": HEARING_TONES[hearing.status],
        "revocable_until": last_day_of_revocation(hearing),
        "can_answer": is_open and permissions.can_answer_hearing(actor, hearing),
        "can_close": is_open and permissions.can_close_hearing(actor, hearing),
        "why_not_close": _("Der Träger kann sich noch äußern.") if is_running else "",
    }
