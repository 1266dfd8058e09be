"""Puts the acting person on the request: `request.actor`."""

from django.utils.functional import SimpleLazyObject

from verbund.core.acting import ANONYMOUS
from verbund.core.dates import today
from verbund.directory import queries

SESSION_KEY = "acting_as"


class ActorMiddleware:
    """Adds `request.actor`: who acts, in the membership chosen in the page head, valid today."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)


def actor_of(request):
    """Return who acts on this request; ANONYMOUS without sign-in."""
    if not request.user.is_authenticated:
        return ANONYMOUS
    return queries.actor_of_choice(request.user, str(request.session.get(SESSION_KEY, "")), on=today())
