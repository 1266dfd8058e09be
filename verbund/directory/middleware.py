"""Puts on the request who acts (`request.actor`) and in which functions they could (`request.memberships`)."""

from django.utils.functional import SimpleLazyObject

from verbund.core.acting import ANONYMOUS
from verbund.core.dates import today
from verbund.directory import queries

SESSION_KEY = "acting_as"


class ActorMiddleware:
    """Adds `request.actor`: who acts, in the membership chosen in the page head, valid today; and all of these."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.memberships = SimpleLazyObject(lambda: memberships_of(request))
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)


def actor_of(request):
    """Return who acts on this request; ANONYMOUS without sign-in."""
    if not request.user.is_authenticated:
        return ANONYMOUS
    choice = str(request.session.get(SESSION_KEY, ""))
    return queries.actor_of_choice(request.user, choice, on=today(), memberships=request.memberships)


def memberships_of(request) -> list:
    """Return the own functions of the person, read once for actor and page head; none without sign-in."""
    return list(queries.memberships_of(request.user, on=today())) if request.user.is_authenticated else []
