"""The demonstration day: in the demonstration one can work on another day, to run a grant of 2012 from call to payout.

The chosen day stands in a cookie, because signing in as another role ends the session. It counts only on requests of
the demonstration (`core.demo_guard`); instants in the audit trail stay real.
"""

from datetime import date, timedelta

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from verbund.core.dates import on_demo_day, today
from verbund.core.demo_guard import is_demo_request
from verbund.core.permissions import public
from verbund.core.signals import demo_day_chosen

COOKIE = "vorfuehrtag"
FIRST_DAY = date(2012, 1, 1)
FURTHEST = timedelta(days=800)


def chosen_day(request) -> date | None:
    """Return the day chosen for this demonstration request; None where there is none or it makes no sense."""
    typed = request.COOKIES.get(COOKIE, "")
    return parse(typed) if typed and is_demo_request(request) else None


def parse(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed[:10])
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= today() + FURTHEST else None


class DemoDayMiddleware:
    """Runs a request of the demonstration on the chosen day; `request.demo_day` is that day or None."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.demo_day = chosen_day(request)
        with on_demo_day(request.demo_day):
            return self.get_response(request)


@require_POST
@public
def choose(request):
    """Choose a day for the demonstration, or none to work on the real one; does not exist outside of it."""
    if not is_demo_request(request):
        raise Http404
    back = request.POST.get("next", "/")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = "/"
    response = redirect(back)
    with on_demo_day(None):
        day = parse(request.POST.get("day", ""))
    if day is None:
        response.delete_cookie(COOKIE)
    else:
        demo_day_chosen.send(sender=None, day=day)
        response.set_cookie(
            COOKIE, day.isoformat(), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
