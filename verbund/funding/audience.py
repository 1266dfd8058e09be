"""Whom deadlines are recalled to. A subject is an application, or a record that has one."""

from django.db.models import Q

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on
from verbund.funding.lifecycle import INSIDE, ApplicationStatus, CallStatus
from verbund.funding.models import Call, CentreWindow, GrantApplication
from verbund.funding.notifications import of_carrier, people_in


def applicants_of(subject):
    """Return staff and lead of the centre concerned."""
    return of_carrier(_application_of(subject))


def payees_of(subject):
    """Return treasury and signatory of the carrier concerned: they call money and answer for it."""
    return of_carrier(_application_of(subject), Role.TREASURY, Role.SIGNATORY)


def signatories_of(subject):
    return of_carrier(_application_of(subject), Role.SIGNATORY)


def provers_of(subject):
    """Return who proves the use of a grant: lead of the centre and treasury."""
    return of_carrier(_application_of(subject), Role.CENTRE_LEAD, Role.TREASURY)


def officers_of(subject):
    """Return the assigned officer while they hold the function, else all officers."""
    officers = people_in(Role.GRANT_OFFICER, Role.GRANT_APPROVER)
    assigned = officers.filter(pk=_application_of(subject).officer_id or 0)
    return assigned if assigned.exists() else people_in(Role.GRANT_OFFICER)


def approvers_of(subject):
    return people_in(Role.GRANT_APPROVER)


def those_who_may_apply(call: Call):
    """Return staff and leads of the centres that have not submitted under a call; once it is closed, with a draft.

    Centres with a longer window are recalled to their own last day.
    """
    living = _living(call)
    inside = Q(organisation__centre__in=living.filter(status__in=INSIDE).values("centre"))
    if call.status == CallStatus.OPEN:
        inside |= ~Q(organisation__centre__in=living.values("centre"))
    return _at_centres(inside & ~Q(organisation__centre__in=call.centre_windows.values("centre")))


def those_who_may_apply_longer(window: CentreWindow):
    """Return staff and leads of the centre that was given a longer window, unless it has submitted."""
    submitted = _living(window.call).exclude(status__in=INSIDE).filter(centre=window.centre_id)
    return User.objects.none() if submitted.exists() else _at_centres(Q(organisation__centre=window.centre_id))


def _living(call: Call):
    return GrantApplication.objects.filter(call=call).exclude(status=ApplicationStatus.WITHDRAWN)


def _at_centres(which: Q):
    of_centres = Membership.objects.filter(
        valid_on(today()), which, role__in=[Role.CENTRE_LEAD, Role.CENTRE_STAFF], organisation__centre__isnull=False
    )
    return User.objects.filter(pk__in=of_centres.values("user_id"), is_active=True)


def _application_of(subject) -> GrantApplication:
    return subject if isinstance(subject, GrantApplication) else subject.application
