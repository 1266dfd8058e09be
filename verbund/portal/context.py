"""What every page knows: who acts, in which memberships one could act, where one can go."""

from django.utils.translation import gettext as _

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.demo_guard import is_demo_request
from verbund.directory import queries as directory
from verbund.directory import reference_day
from verbund.directory.models import DeputyAppointment
from verbund.portal import demonstration, navigation

ROLE_NAMES = dict(Role.choices)


def page(request) -> dict:
    """Context of every page. Outside the demonstration it costs no statement for visitors without an account."""
    actor = getattr(request, "actor", None)
    signed_in = actor is not None and actor.is_signed_in
    day_query = reference_day.chosen(request).query if reference_day.PARAMETER in request.GET else ""
    return {
        "actor": actor,
        "demo_accounts": demonstration.role_bar(request) if is_demo_request(request) else [],
        "memberships": choices_of(request) if signed_in else [],
        "navigation": navigation.links(navigation.MAIN, actor=actor, path=request.path, day_query=day_query),
        "personal_navigation": navigation.links(navigation.PERSONAL, actor=actor, path=request.path),
        "footer_navigation": navigation.links(navigation.FOOTER, actor=actor, path=request.path),
        "act_as_url": navigation.address("directory:act-as"),
        "demo_sign_in_url": navigation.address("accounts:demo-sign-in"),
        "demo_roles_url": navigation.address("portal:demonstration"),
        "sign_in_url": navigation.address("account_login"),
        "sign_out_url": navigation.address("account_logout"),
    }


def choices_of(request) -> list[dict]:
    """Return the functions in which the person could act, own ones first, as value and label of the menu.

    Runs on every page: one light statement; the appointments are only looked into where there are any.
    """
    actor, user, on = request.actor, request.user, today()
    choices = [
        {
            "value": f"m{one.pk}",
            "label": f"{ROLE_NAMES.get(one.role, one.role)}, {one.organisation.name}",
            "is_current": actor.membership_id == one.pk and not actor.on_behalf_of,
        }
        for one in request.memberships
    ]
    if DeputyAppointment.objects.filter(deputy_id=user.pk).exists():
        choices += [
            {
                "value": f"d{one.pk}",
                "label": _("%(function)s (in Vertretung)") % {"function": one.principal},
                "is_current": actor.on_behalf_of is not None and actor.membership_id == one.principal_id,
            }
            for one in directory.deputyships_of(user, on=on)
        ]
    return choices
