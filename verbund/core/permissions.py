"""Who may open an address: `public` for everybody, `gate` for people with the right. Each view carries one of them."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect


def public(view):
    """Mark a view as open to everybody, also without an account."""
    view.access = "public"
    return view


def gate(*, among=None, may=None, key: str = "pk"):
    """Let only the right people in, in one visible line.

    Without sign-in: to the sign-in page. `among(actor)` is the queryset of records this person may see; the record is
    looked up by the URL's `key`, otherwise 404. `may(actor, record)` (without `among`: `may(actor)`) decides,
    otherwise 403. A record whose content is gone names the page that says so (`page_instead`): it is shown in place of
    all others.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, **captured):
            if not request.actor.is_signed_in:
                return redirect_to_login(request.get_full_path())
            found = ()
            if among is not None:
                record = among(request.actor).order_by().filter(pk=captured.pop(key)).first()
                if record is None:
                    raise Http404
                instead = getattr(record, "page_instead", None)
                if instead and instead != request.path:
                    return redirect(instead)
                found = (record,)
            if may is not None and not may(request.actor, *found):
                raise PermissionDenied
            return view(request, *found, **captured)

        guarded.access = "gated"
        return guarded

    return decorate


def signed_in(actor) -> bool:
    """Everyone who has signed in."""
    return actor.is_signed_in
