"""Deadlines about money that comes back: until when to pay, until when to use."""

from django.utils.translation import gettext_lazy as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.dates import today
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on
from verbund.funding import permissions, queries
from verbund.funding.models import Disbursement, Reclaim

RECLAIM_DUE, USE_WITHIN_TWO_MONTHS = "RECLAIM_DUE", "USE_WITHIN_TWO_MONTHS"


def _holders(*roles: str, carrier_id: int | None = None):
    memberships = Membership.objects.filter(valid_on(today()), role__in=roles)
    if carrier_id is not None:
        memberships = memberships.filter(organisation_id=carrier_id)
    return User.objects.filter(pk__in=memberships.values("user_id"), is_active=True)


def _treasury(subject):
    return _holders(Role.TREASURY, Role.SIGNATORY, carrier_id=subject.audit_organisation_id)


def _officer(application):
    known = User.objects.filter(pk=application.officer_id, is_active=True)
    return known if application.officer_id else _holders(Role.GRANT_OFFICER)


deadlines.register_kind(
    RECLAIM_DUE,
    _("Rückforderung zahlen"),
    audiences={
        deadlines.RECIPIENT: _treasury,
        deadlines.AUTHORITY: lambda reclaim: _officer(reclaim.application),
        deadlines.APPROVER: lambda reclaim: _holders(Role.GRANT_APPROVER),
    },
    url=lambda reclaim: reclaim.get_absolute_url(),
    title=str,
    subjects=lambda: Reclaim.objects.select_related(
        "application__call__programme", "application__centre__organisation", "application__carrier__organisation"
    ),
    visible_to=queries.reclaims_visible_to,
    may_extend=lambda actor, reclaim: False,
    is_extendable=False,
)
deadlines.register_kind(
    USE_WITHIN_TWO_MONTHS,
    _("Ausgezahlte Mittel verwenden"),
    audiences={
        deadlines.RECIPIENT: _treasury,
        deadlines.AUTHORITY: lambda payment: _officer(payment.drawdown.notice.application),
    },
    url=lambda payment: payment.drawdown.get_absolute_url(),
    title=lambda payment: str(payment.drawdown.notice),
    subjects=lambda: Disbursement.objects.select_related("drawdown__notice__decision__application"),
    visible_to=queries.disbursements_visible_to,
    may_extend=permissions.can_extend_use,
)
