"""The roles of the demonstration: the short bar on every page, and the page that lists them all."""

from itertools import groupby

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on

ON_THE_BAR = [
    Role.CENTRE_LEAD,
    Role.SIGNATORY,
    Role.TREASURY,
    Role.GRANT_OFFICER,
    Role.GRANT_APPROVER,
    Role.CASHIER,
    Role.COORDINATOR,
    Role.OPERATOR,
]
"""Who takes part in a grant from the call to the payout, in that order; one account each."""


def role_bar(request) -> list[dict]:
    """Return one account for each role of the bar, and the present one if it is none of them. One statement."""
    current = _user_id(request)
    found = Membership.objects.filter(user__is_demo=True, user__is_active=True, role__in=ON_THE_BAR).order_by("user_id")
    first: dict[str, tuple] = {}
    for role, user_id, name in found.values_list("role", "user_id", "user__display_name"):
        first.setdefault(role, (user_id, name))
    shown = [first[role] for role in ON_THE_BAR if role in first]
    if current and current not in [user_id for user_id, _ in shown]:
        shown.append((current, request.user.display_name))
    return [{"value": user_id, "label": name, "is_current": user_id == current} for user_id, name in shown]


def all_accounts(request) -> list[dict]:
    """Return every account of the demonstration with its functions, grouped by where it works."""
    current = _user_id(request)
    found = (
        Membership.objects.filter(valid_on(today()), user__is_demo=True, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("organisation__kind", "organisation__name", "organisation_id", "user_id")
    )
    return [
        {
            "organisation": organisation.name,
            "accounts": [
                {
                    "value": one.user_id,
                    "label": one.user.display_name,
                    "role": one.get_role_display(),
                    "is_current": one.user_id == current,
                }
                for one in memberships
            ],
        }
        for organisation, memberships in groupby(found, key=lambda one: one.organisation)
    ]


def _user_id(request) -> int | None:
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None
